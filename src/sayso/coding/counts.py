"""From codings to figures: what was found and what coders say, counted alike in every article.

Whatever is counted in a table that was found is counted in the same table as coders have it
(:mod:`sayso.coding.tables`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from sayso.analyze.blame import ties
from sayso.analyze.blame.charges import find_charges
from sayso.analyze.groups import groups, n_words
from sayso.coding.codings import Codings
from sayso.coding.estimate import AMOUNT, SHARE, Counts, Estimate, difference, ratio, total
from sayso.coding.items import counted, found_tables
from sayso.coding.tables import CODED, plain, views
from sayso.paths import project_path

FEWEST = 2  # coded articles of a stratum
TOGETHER = "(together)"
ESTIMATED = ["n_coded", "found", "corrected", "low", "high"]

Number = Callable[[pd.DataFrame], pd.Series]
"""Takes rows of a table and returns a number for each, which are summed up by article."""


@dataclass(frozen=True)
class Figure:
    """What is counted: ``part`` of the rows of a table, as a share of ``whole`` if that is given.

    ``of`` is the table, ``same`` the columns by which rows of a shown table pick rows of the part;
    the ``whole`` is picked by those of them that stand in ``within``. ``mean`` counts per article.
    """

    part: Number
    whole: Number | None = None
    of: str = "quotes"
    same: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    bounds: tuple[float, float] = SHARE
    mean: bool = False

    def estimate(self, counts: Counts, **options) -> Estimate:
        """Return the figure, found and corrected."""
        if self.whole:
            return ratio(counts, bounds=self.bounds, **options)
        return total(counts, mean=self.mean, **options)


@dataclass(frozen=True)
class Beside:
    """What was found in all articles beside what coders say of some.

    ``frame`` has the articles that could be drawn: article_id, stratum, coded; ``found`` and
    ``coded`` are tables by name. ``why_not`` says why nothing is corrected; '' if it is.
    """

    frame: pd.DataFrame
    found: Mapping[str, pd.DataFrame]
    coded: Mapping[str, pd.DataFrame]
    articles: pd.DataFrame
    why_not: str

    def counts(self, figure: Figure, within: Collection[str] | None = None) -> Counts:
        """Return the numbers of each article of the frame, or of those ``within`` some ids."""
        return self._picked(self._sums(figure), figure, {}, within)

    def by_group(self, by: str | pd.Series, figure: Figure, **options) -> pd.DataFrame:
        """Return a figure of each group, found and corrected.

        Columns: ``by``, n_articles, n_coded, found, corrected, low, high. The corrected ones are
        null where nothing can be corrected, or fewer than two articles of a group are coded.
        ``by`` is a name, or each article's group by its id. Options: like_these
        (:func:`sayso.coding.estimate.ratio`).
        """
        own = self._groups(by)
        sizes = own.value_counts().sort_index()
        keys = pd.DataFrame({own.name: sizes.index.astype("object")})
        table = self.rows(keys, figure, by, **options)
        table.insert(1, "n_articles", sizes.to_numpy())
        return table

    def rows(
        self, keys: pd.DataFrame, figure: Figure, by: str | pd.Series | None = None, **options
    ) -> pd.DataFrame:
        """Return a figure for each row of a table that is shown.

        A row is of the articles of its group, the column ``by`` (of all, if null), and of what has
        its values in the columns ``figure.same``. Columns: those of both kinds, n_coded, found,
        corrected, low, high.
        """
        own = None if by is None else self._groups(by)
        names = [*([] if own is None else [own.name]), *figure.same]
        sums, rows = self._sums(figure), []
        for key in keys[names].to_dict("records"):
            ids = None if own is None else own.index[own == key[own.name]]
            one = self._estimate(sums, figure, key, ids, options)
            rows.append((*key.values(), *(getattr(one, name) for name in ESTIMATED)))
        return pd.DataFrame(rows, columns=[*names, *ESTIMATED])

    def differences(self, pairs: pd.DataFrame, figure: Figure, by: str) -> pd.DataFrame:
        """Return how much the figure of group ``a`` is above that of ``b``, for pairs of groups.

        Columns: a, b, n_coded, found, corrected, low, high.
        """
        own, sums, rows = self._groups(by), self._sums(figure), []
        for pair in pairs[["a", "b"]].itertuples(index=False):
            sides = [self._estimate(sums, figure, {}, own.index[own == g], {}) for g in pair]
            one = difference(*sides)
            rows.append((*pair, *(getattr(one, name) for name in ESTIMATED)))
        return pd.DataFrame(rows, columns=["a", "b", *ESTIMATED])

    def _groups(self, by: str | pd.Series) -> pd.Series:
        if isinstance(by, pd.Series):
            return by
        own = groups(self.articles, self.articles, by)
        return own.set_axis(self.articles["article_id"])

    def _sums(self, figure: Figure) -> list[pd.Series]:
        """Return found part and whole, then coded ones, by article and what rows are picked by."""
        sums = []
        for side in (self.found, self.coded):
            rows = side.get(figure.of)
            for number, same in ((figure.part, figure.same), (figure.whole, figure.within)):
                if rows is None or number is None:
                    sums.append(pd.Series(dtype="float64"))
                    continue
                by = [rows["article_id"], *(plain(rows[name]) for name in same)]
                sums.append(number(rows).astype("float64").groupby(by).sum())
        return sums

    def _picked(self, sums, figure: Figure, key: dict, within: Collection[str] | None) -> Counts:
        frame = self.frame
        if within is not None:
            frame = frame[frame["article_id"].isin(within)]
        columns = [
            frame["article_id"].map(_one(own, key, names)).fillna(0.0).to_numpy(float)
            for own, names in zip(sums, 2 * (figure.same, figure.within), strict=True)
        ]
        strata = pd.factorize(together(frame["stratum"], frame["coded"]), sort=True)[0]
        return Counts(strata, frame["coded"].to_numpy(), *columns)

    def _estimate(self, sums, figure: Figure, key: dict, ids, options: dict) -> Estimate:
        frame = self.frame
        inside = frame if ids is None else frame[frame["article_id"].isin(ids)]
        coded = int(inside["coded"].sum())
        part, whole = (
            _one(s, key, n) for s, n in zip(sums[:2], (figure.same, figure.within), strict=True)
        )
        ids = self.articles["article_id"] if ids is None else ids
        above, below = (own[own.index.isin(ids)].sum() for own in (part, whole))
        below = below if figure.whole else len(ids) if figure.mean else 1
        found = above / below if below else np.nan
        lacking = self.why_not or coded < min(FEWEST, len(inside)) or inside.empty
        if lacking or figure.of not in self.coded:
            return Estimate(found, *[np.nan] * 5, coded)
        one = figure.estimate(self._picked(sums, figure, key, set(ids)), **options)
        return replace(one, found=found)


def _one(sums: pd.Series, key: dict, names: Sequence[str]) -> pd.Series:
    """Return the sums by article of what has the values of a key in some columns."""
    if not names or sums.empty:
        return sums
    values = plain(pd.Series([key[name] for name in names], dtype="object"))
    for name, value in zip(names, values, strict=True):
        level = sums.index.get_level_values(name)
        sums = sums[level == value]
    return sums.groupby(level=0).sum()


def beside(codings: Codings, tables: Mapping[str, pd.DataFrame], articles: pd.DataFrame) -> Beside:
    """Return what was found beside what was coded.

    ``tables`` are those of all articles that figures are about, named as
    :data:`sayso.coding.items.LAYERS`; of those that coders were not asked about nothing is
    corrected. Drawn articles that nobody coded are taken for as good as those that were: that holds
    only if chance, and not their difficulty, left them out.
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
    found = {name: counted(rows) if name == "quotes" else rows for name, rows in tables.items()}
    own = {name: CODED[name](codings, found) for name in tables if name in codings.asked}
    return Beside(frame, views(found, articles), views(own, articles), articles, why_not)


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


def present(rows: pd.DataFrame) -> pd.Series:
    """Return 1 for each headline or sentence that has its frame, 0 for others."""
    return (rows["present"] & (rows["unit"] != "quote")).astype("float64")


def each_unit(rows: pd.DataFrame) -> pd.Series:
    """Return 1 for each headline or sentence, 0 for quotes, which have the same words again."""
    return (rows["unit"] != "quote").astype("float64")


def blaming(rows: pd.DataFrame) -> pd.Series:
    """Return 1 for each tie that blames, 0 for denials."""
    return (rows["stance"] != "deny").astype("float64")


def without_blamer(rows: pd.DataFrame) -> pd.Series:
    """Return 1 for each tie that blames and names no blamer, 0 for others."""
    return blaming(rows) * rows["agentless"].astype("float64")


def first_of_charge(rows: pd.DataFrame) -> pd.Series:
    """Return 1 for one tie of each charge in each article, 0 for others: so charges are counted."""
    dates = {"outlet": None, "published": pd.NaT}
    articles = rows[["article_id"]].drop_duplicates().assign(**dates)
    charges = find_charges(rows, articles, by="article_id").explode("blame_ids")
    own = rows["blame_id"].map(
        charges.dropna(subset="blame_ids").set_index("blame_ids")["charge_id"]
    )
    first = own.notna() & ~pd.DataFrame({"a": rows["article_id"], "c": own}).duplicated()
    return first.astype("float64")


QUOTES = Figure(one_each)
MARKS = Figure(with_marks, one_each)
FIGURES: dict[str, Figure] = {
    "quotes": QUOTES,
    "share with quotation marks": MARKS,
    "share announced with distance": Figure(distanced, one_each),
    "words a quote": Figure(n_words, one_each, bounds=AMOUNT),
    "ties of blame": Figure(blaming, of="blames"),
    "share of blame without a blamer": Figure(without_blamer, blaming, of="blames"),
    "share of units with a given frame": Figure(present, each_unit, of="frames"),
}
"""The headline figures: what is counted, out of what, and what it can be."""
BY_FRAME = ("voice_kind", "frame")
FRAMES = Figure(present, each_unit, "frames", BY_FRAME, BY_FRAME)
FRAMES_OF = Figure(present, each_unit, "voices", ("voice", *BY_FRAME), ("voice", *BY_FRAME))
HEADLINES = Figure(one_each, of="headlines", same=("frame", "difference"))
WHOLE = Figure(lambda rows: rows["share"], one_each, "whole", ("frame",), ("frame",))
HEARD = Figure(n_words, n_words, "said", ("source",))
STANCES = Figure(one_each, one_each, "quotes", ("stance",))
CHARGES = Figure(first_of_charge, of="blames", mean=True)
TIES = Figure(blaming, of="blames", same=("blamer", "voice", "target"))
TARGETS = Figure(blaming, of="blames", same=("target",))
PER_ARTICLE = Figure(blaming, of="blames", mean=True)
AGENTLESS = Figure(without_blamer, blaming, of="blames")


def in_stance(stance: str) -> Figure:
    """Return the number of ties of blame in a stance, by voice."""
    return Figure(lambda rows: rows["stance"] == stance, of="blames", same=("voice",))


def headline(given: Beside) -> pd.DataFrame:
    """Return the headline figures of the whole corpus, found and corrected.

    Columns: figure, found, corrected, low, high (of these articles), like_low, like_high (of
    articles like these), n_coded, weight (of what was found), clipped.
    """
    rows = []
    for name, figure in FIGURES.items():
        if figure.of not in given.found:
            continue
        counts = given.counts(figure)
        found = counts.found.sum() / (counts.found_of.sum() if figure.whole else 1)
        row = {"figure": name, "found": found, "n_coded": int(counts.coded.sum())}
        if not given.why_not and figure.of in given.coded:
            one, like = (figure.estimate(counts, like_these=like) for like in (False, True))
            row |= {n: getattr(one, n) for n in ("corrected", "low", "high", "weight", "clipped")}
            row |= {"like_low": like.low, "like_high": like.high}
        rows.append(row)
    columns = ["figure", "found", "corrected", "low", "high", "like_low", "like_high", "n_coded"]
    return pd.DataFrame(rows, columns=[*columns, "weight", "clipped"])


def by_article(given: Beside) -> pd.DataFrame:
    """Return the quotes of each coded article: article_id, found, coded."""
    counts = given.counts(QUOTES)
    table = given.frame.assign(found=counts.found, coded_n=counts.true)
    table = table.loc[given.frame["coded"], ["article_id", "found", "coded_n"]]
    return table.rename(columns={"coded_n": "coded"}).astype({"found": "int64", "coded": "int64"})


def corrections(
    news: Any, folder: str, asked: Mapping[str, str], least: float = 0.0, denied: float = 0.0
) -> Beside | None:
    """Return what corrects the figures of a corpus by a folder of codings; null without one.

    ``asked`` are the layers that figures are about, as :func:`sayso.coding.items.found_tables`
    takes them; ties of blame below the confidence ``least`` are not counted as found, nor denials
    below ``denied``.
    """
    if not folder:
        return None
    codings = news.with_codings(project_path(folder)).codings
    tables = found_tables(news, asked)
    if "blames" in tables:
        tables["blames"] = ties.counted(tables["blames"], least, denied)
    both = beside(codings, tables, news.articles)
    book, theirs = asked.get("frames"), codings.asked.get("frames", "") or "generic"
    if "frames" in both.coded and book != theirs:
        return replace(both, why_not=f"coders were asked about the frames of '{theirs}'")
    return both


def noted(given: Beside | None, name: str) -> str:
    """Return the sentence that says what is corrected and what is not; '' without codings."""
    if given is None:
        return ""
    n, of = int(given.frame["coded"].sum()), len(given.frame)
    why = given.why_not or ("" if name in given.coded else f"coders were not asked about {name}")
    told = f"nothing is corrected, as {why}" if why else "what they say corrects the figures below"
    return f"{n:,} of {of:,} articles are coded: {told}."
