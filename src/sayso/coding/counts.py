"""From codings to figures: what was found and what coders say, counted alike in every article.

What coders say becomes a table of quotes like the one that was found, so that whatever is counted
in the one is counted in the other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sayso.analyze.groups import groups, n_words
from sayso.coding.codings import Codings
from sayso.coding.estimate import AMOUNT, SHARE, Counts, ratio, total
from sayso.coding.items import Item, counted, items, matched, words_of

FEWEST = 2  # coded articles of a stratum
TOGETHER = "(together)"

Number = Callable[[pd.DataFrame], pd.Series]
"""Takes quotes and returns a number for each, which are summed up by article."""


def coded_quotes(codings: Codings, quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the settled codings as a quotes table, of the coded articles alone.

    What coders are not asked, a quote has from the one that was found: its act, its carrier. One
    that was missed is said, and by somebody of whom nothing more is known. Places of cue and
    speaker are those found.
    """
    found = dict(list(counted(quotes).groupby("article_id")))
    rows = []
    for name, settled in codings.settled.items():
        own = found.get(name, quotes.iloc[:0])
        rows += _rows(name, codings.texts[name], own, settled)
    table = pd.DataFrame(rows, columns=quotes.columns)
    return table.astype(quotes.dtypes.to_dict())


def _rows(name: str, text: str, own: pd.DataFrame, settled: Sequence[Item]) -> list[dict]:
    known = own.to_dict("records")
    pairs = {j: known[i] for i, j in matched(text, items(text, own), settled)}
    rows = []
    for number, one in enumerate(settled):
        row = pairs.get(number) or _missed(name, one)
        same = row["speaker"] == one.speaker
        rows.append(
            row
            | {"kind": one.kind, "cue_stance": one.stance or None, "speaker": one.speaker or None}
            | {"content": words_of(text, one.spans), "content_spans": [list(s) for s in one.spans]}
            | {"speakers": row["speakers"] if same else [one.speaker] if one.speaker else []}
        )
    return rows


def _missed(name: str, one: Item) -> dict:
    start, end = one.spans[0][0], one.spans[-1][1]
    row = {"quote_id": f"{name}-q{start}", "article_id": name, "start": start, "end": end}
    row |= dict.fromkeys(("cue", "cue_span", "speaker_mention", "speaker_span", "speaker", "via"))
    row |= dict.fromkeys(("speaker_kind", "affiliation", "nested_in"))
    row |= {"act": "says", "speakers": [], "negated": False, "in_headline": False}
    return row | {"confidence": 1.0}


@dataclass(frozen=True)
class Beside:
    """What was found in all articles beside what coders say of some.

    ``frame`` has the articles that could be drawn: article_id, stratum, coded; ``found`` and
    ``coded`` are quotes. ``why_not`` says why nothing is corrected; '' if it is.
    """

    frame: pd.DataFrame
    found: pd.DataFrame
    coded: pd.DataFrame
    articles: pd.DataFrame
    why_not: str

    def counts(
        self, part: Number, whole: Number | None = None, within: Collection[str] | None = None
    ) -> Counts:
        """Return the numbers of each article of the frame, or of those ``within`` some ids."""
        frame = self.frame
        if within is not None:
            frame = frame[frame["article_id"].isin(within)]
        sums = [
            _sums(frame, rows, number)
            for rows in (self.found, self.coded)
            for number in (part, whole or part)
        ]
        strata = pd.factorize(together(frame["stratum"], frame["coded"]), sort=True)[0]
        return Counts(strata, frame["coded"].to_numpy(), *sums)

    def by_group(
        self, by: str, part: Number, whole: Number | None = None, **options
    ) -> pd.DataFrame:
        """Return a share (or, without ``whole``, a number) of each group, found and corrected.

        Columns: ``by``, n_articles, n_coded, found, corrected, low, high. The corrected ones are
        null where nothing can be corrected, or fewer than two articles of a group are coded.
        Options: bounds, like_these (:func:`sayso.coding.estimate.ratio`).
        """
        rows = []
        own = groups(self.articles, self.articles, by)
        for name, ids in self.articles["article_id"].groupby(own):
            inside = self.frame["article_id"].isin(ids)
            coded = int((inside & self.frame["coded"]).sum())
            rows.append((name, len(ids), coded, *self._figure(ids, coded, part, whole, options)))
        columns = [by, "n_articles", "n_coded", "found", "corrected", "low", "high"]
        return pd.DataFrame(rows, columns=columns)

    def _figure(self, ids, coded: int, part: Number, whole: Number | None, options) -> tuple:
        own = self.found[self.found["article_id"].isin(set(ids))]
        above, below = (float(one(own).sum()) if one else 1.0 for one in (part, whole))
        found = above / below if below else np.nan
        inside = int(self.frame["article_id"].isin(ids).sum())
        if self.why_not or coded < min(FEWEST, inside) or not inside:
            return found, np.nan, np.nan, np.nan
        counts = self.counts(part, whole, set(ids))
        one = ratio(counts, **options) if whole else total(counts, **options)
        return found, one.corrected, one.low, one.high


def _sums(frame: pd.DataFrame, rows: pd.DataFrame, number: Number) -> np.ndarray:
    sums = number(rows).astype("float64").groupby(rows["article_id"]).sum()
    return frame["article_id"].map(sums).fillna(0.0).to_numpy()


def beside(codings: Codings, quotes: pd.DataFrame, articles: pd.DataFrame) -> Beside:
    """Return what was found beside what was coded; ``quotes`` and ``articles`` are all there are.

    Drawn articles that nobody coded are taken for as good as those that were: that holds only if
    chance, and not their difficulty, left them out.
    """
    coded = articles["article_id"].isin(codings.texts)
    frame = pd.DataFrame({"article_id": articles["article_id"], "stratum": "", "coded": coded})
    why_not = codings.why_not
    if codings.design is not None:
        strata = codings.design.set_index("article_id")["stratum"]
        frame = frame[frame["article_id"].isin(strata.index)].reset_index(drop=True)
        frame["stratum"] = frame["article_id"].map(strata)
    if not why_not and coded.sum() < min(FEWEST, len(frame)):
        why_not = f"of {len(frame)} articles {coded.sum()} are coded: {FEWEST} are the least"
    return Beside(frame, counted(quotes), coded_quotes(codings, quotes), articles, why_not)


def together(strata: pd.Series, coded: pd.Series) -> pd.Series:
    """Return strata of which each has two coded articles, or is coded whole: small ones are one."""
    while True:
        own = pd.DataFrame({"n": coded.groupby(strata).sum(), "of": strata.value_counts()})
        short = own[(own["n"] < FEWEST) & (own["n"] < own["of"])]
        if short.empty or len(own) == 1:
            return strata
        # If one alone is short, the one with most coded articles takes it in.
        rest = own.drop(short.index).sort_values("n", ascending=False, kind="stable")
        names = [*short.index, *(rest.index[:1] if len(short) == 1 else [])]
        strata = strata.where(~strata.isin(names), TOGETHER)


def one_each(rows: pd.DataFrame) -> pd.Series:
    """Return 1 for each quote."""
    return pd.Series(1.0, rows.index)


def with_marks(rows: pd.DataFrame) -> pd.Series:
    """Return 1 for each quote that has quotation marks, 0 for others."""
    return (rows["kind"] != "indirect").astype("float64")


def distanced(rows: pd.DataFrame) -> pd.Series:
    """Return 1 for each quote whose cue keeps a distance or denies, 0 for others."""
    return rows["cue_stance"].isin(["distancing", "denying"]).astype("float64")


FIGURES: dict[str, tuple[Number, Number | None, tuple[float, float]]] = {
    "quotes": (one_each, None, AMOUNT),
    "share with quotation marks": (with_marks, one_each, SHARE),
    "share announced with distance": (distanced, one_each, SHARE),
    "words a quote": (n_words, one_each, AMOUNT),
}
"""The headline figures: what is counted, out of what, and what it can be."""


def headline(given: Beside) -> pd.DataFrame:
    """Return the headline figures of the whole corpus, found and corrected.

    Columns: figure, found, corrected, low, high (of these articles), like_low, like_high (of
    articles like these), n_coded, weight (of what was found), clipped.
    """
    rows = []
    for name, (part, whole, bounds) in FIGURES.items():
        counts = given.counts(part, whole)
        found = counts.found.sum() / (counts.found_of.sum() if whole else 1)
        row = {"figure": name, "found": found, "n_coded": int(counts.coded.sum())}
        if not given.why_not:
            options = [{"like_these": like} for like in (False, True)]
            both = [
                ratio(counts, bounds=bounds, **o) if whole else total(counts, **o) for o in options
            ]
            row |= {
                n: getattr(both[0], n) for n in ("corrected", "low", "high", "weight", "clipped")
            }
            row |= {"like_low": both[1].low, "like_high": both[1].high}
        rows.append(row)
    columns = ["figure", "found", "corrected", "low", "high", "like_low", "like_high", "n_coded"]
    return pd.DataFrame(rows, columns=[*columns, "weight", "clipped"])


def by_article(given: Beside) -> pd.DataFrame:
    """Return the quotes of each coded article: article_id, found, coded."""
    counts = given.counts(one_each)
    table = given.frame.assign(found=counts.found, coded_n=counts.true)
    table = table.loc[given.frame["coded"], ["article_id", "found", "coded_n"]]
    return table.rename(columns={"coded_n": "coded"}).astype({"found": "int64", "coded": "int64"})
