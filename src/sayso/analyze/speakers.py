"""Who speaks: quotes and sources counted by outlet, the cues, the names, how sure it all is.

Quotes inside quotes are left out of every count: there it is not the outlet that chose the words.
A source counts once for each article that cites it. ``by`` is always one of
:data:`sayso.analyze.groups.BY`.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pandas as pd

from sayso.analyze.groups import REST, cue_at, groups, n_words, outer, ranked
from sayso.analyze.intervals import drawn_shares
from sayso.analyze.passages import label_rows
from sayso.lexicon.cues import ACTS, SPEECH

STANCES = ("neutral", "endorsing", "distancing", "denying", "no cue")
# Values of a column in their order, and what the first so many of them are together.
CROSSED = {
    "kind": (("direct", "mixed", "indirect"), 2, "with_marks"),
    "act": ((*SPEECH, *(act for act in ACTS if act not in SPEECH)), len(SPEECH), "speech"),
}
BANDS = (0.0, 0.25, 0.5, 0.75, 1.0)


def overview(
    quotes: pd.DataFrame, sources: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet"
) -> pd.DataFrame:
    """Return what was counted for each outlet (or other group).

    Columns: ``by``; n_articles, n_words (boilerplate left out), n_quotes, quoted_words,
    n_sources (different ones). Most words first, then by name.
    """
    quotes = outer(quotes)
    own = articles.groupby(groups(articles, articles, by))
    told = groups(quotes, articles, by)
    table = pd.DataFrame(
        {
            "n_articles": own["article_id"].count(),
            "n_words": own["n_words"].sum(),
            "n_quotes": quotes.groupby(told)["quote_id"].count(),
            "quoted_words": n_words(quotes).groupby(told).sum(),
            "n_sources": sources.groupby(groups(sources, articles, by))["source"].nunique(),
        }
    )
    table = table.fillna(0).astype("int64").rename_axis(by)
    return table.loc[ranked(table["n_words"])].reset_index()


def voice_shares(
    sources: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", top: int = 8
) -> pd.DataFrame:
    """Return whose words fill each group's quotes.

    The ``top`` sources of most words over all groups have rows of their own; what is left of a
    group is '(others)'.

    Columns: ``by``, source, kind (null for '(others)'), n_words, share (of the group's quoted
    words). The group of most words first, then the source of most words over all; no row
    without words.
    """
    leaders = ranked(sources.groupby("source")["n_words"].sum())[:top]
    names = sources["source"].astype("object")
    names = names.where(names.isin(leaders), REST)
    group = groups(sources, articles, by)
    words = sources["n_words"].groupby([group, names]).sum()
    table = _with_shares(words[words > 0], [*leaders, REST])
    kinds = sources.drop_duplicates("source").set_index("source")["kind"].reindex(leaders)
    table.insert(2, "kind", table["source"].map(kinds))
    return table


def heard(sources: pd.DataFrame) -> pd.DataFrame:
    """Return the sources of all articles, by quoted words.

    Columns: source, kind, n_articles, n_quotes, n_words. Most words first, then by name.
    """
    own = sources.groupby(["source", "kind"], dropna=False)
    table = own.agg(
        n_articles=("article_id", "nunique"),
        n_quotes=("n_quotes", "sum"),
        n_words=("n_words", "sum"),
    )
    return table.loc[ranked(table["n_words"])].reset_index()


def kinds(quotes: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Return how each outlet quotes: word for word, in part, or in its own words.

    Columns: ``by``; n_articles (with quotes), direct, mixed, indirect, n_quotes, with_marks
    (direct and mixed together); share, low, high (of with_marks in n_quotes, 95% interval).
    Most quotes first.
    """
    return _crossed(quotes, articles, by, "kind")


def acts(quotes: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Return what the speakers do in each outlet's quotes: say, write, ask, order, or think.

    Columns: ``by``; n_articles (with quotes), a column for each of ``sayso.lexicon.cues.ACTS``,
    those of speech first, n_quotes, speech; share, low, high (of speech in n_quotes, 95%
    interval). Most quotes first.
    """
    return _crossed(quotes, articles, by, "act")


def _crossed(quotes: pd.DataFrame, articles: pd.DataFrame, by: str, column: str) -> pd.DataFrame:
    """Return each group's quotes by a column of ``CROSSED``."""
    names, size, part = CROSSED[column]
    own = outer(quotes)
    group = groups(own, articles, by)
    table = pd.crosstab(group, own[column].astype("object")).rename_axis(columns=None)
    table = table.reindex(columns=list(names), fill_value=0)
    table = table.assign(n_quotes=table.sum(axis=1), **{part: table.iloc[:, :size].sum(axis=1)})
    table.insert(0, "n_articles", own.groupby(group)["article_id"].nunique())
    hits = own[column].isin(names[:size])
    table = table.join(drawn_shares(hits, [group], own["article_id"]))
    return table.loc[ranked(table["n_quotes"])].reset_index()


def carriers(quotes: pd.DataFrame) -> pd.DataFrame:
    """Return through what words came to the outlets: other media, platforms, kinds of texts.

    Columns: via, n_articles, n_quotes, speakers (in text order). Most quotes first.
    """
    own = outer(quotes)
    told = own[own["via"].notna()].groupby("via")
    table = told.agg(
        n_articles=("article_id", "nunique"),
        n_quotes=("quote_id", "count"),
        speakers=("speakers", lambda names: ", ".join(dict.fromkeys(names.explode().dropna()))),
    )
    return table.loc[ranked(table["n_quotes"])].reset_index()


def stance_counts(
    quotes: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet"
) -> pd.DataFrame:
    """Return each group's quotes by the stance of their cue.

    Columns: ``by``, stance (one of ``STANCES``), n_quotes, share (of the group's quotes). The
    group of most quotes first, then as ``STANCES``; no row without quotes.
    """
    own = outer(quotes)
    stance = own["cue_stance"].astype("object").fillna("no cue")
    keys = [groups(own, articles, by), stance.rename("stance")]
    return _with_shares(own["quote_id"].groupby(keys).count().rename("n_quotes"), STANCES)


def _with_shares(counts: pd.Series, names: Iterable[str]) -> pd.DataFrame:
    """Return counts by group and name as rows with the share of each in its group.

    The group that counts most comes first; names stand in their own order.
    """
    by, column = counts.index.names
    sums = counts.groupby(level=by).sum()
    table = counts.reset_index()
    table["share"] = table[counts.name] / table[by].map(sums)
    places = {by: ranked(sums), column: pd.Index(names)}
    return table.sort_values(
        [by, column], key=lambda c: places[c.name].get_indexer(c), ignore_index=True
    )


def cues(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the words that announce quotes, most frequent first.

    Columns: cue (in small letters), stance, n_quotes, n_outlets, confidence (median).
    """
    own = outer(quotes)
    own = own[own["cue"].notna()].assign(outlet=lambda rows: groups(rows, articles, "outlet"))
    cue = own["cue"].str.lower().str.split().str.join(" ").rename("cue")
    found = own.groupby([cue, own["cue_stance"].rename("stance")])
    table = found.agg(
        n_quotes=("quote_id", "count"),
        n_outlets=("outlet", "nunique"),
        confidence=("confidence", "median"),
    )
    return table.loc[ranked(table["n_quotes"])].reset_index()


def marked_cues(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the quotes whose cue is not neutral, and where it stands.

    Columns: article, outlet, speaker, cue, stance, article_id, sentence (its place, for
    :func:`sayso.analyze.passages.told`); text order.
    """
    own = outer(quotes)
    own = own[own["cue_stance"].isin(["endorsing", "distancing", "denying"])]
    found = label_rows(own, articles).assign(stance=own["cue_stance"], sentence=cue_at(own))
    names = ["article", "outlet", "speaker", "cue", "stance", "article_id", "sentence"]
    return found[names].reset_index(drop=True)


def names_used(sources: pd.DataFrame) -> pd.DataFrame:
    """Return the sources that articles call by more than one name, pronouns included.

    Columns: source, kind, n_articles, n_names, names (spelt as first used). Most names first.
    """
    used = sources[["source", "aliases"]].explode("aliases").dropna(subset="aliases")
    used["aliases"] = used["aliases"].astype("str").str.split().str.join(" ")
    used = used[~used.assign(aliases=used["aliases"].str.lower()).duplicated()]
    cited = sources.groupby("source")["kind"]
    names = used.groupby("source")["aliases"].agg(n_names="size", names=", ".join)
    table = cited.agg(kind=lambda kinds: kinds.iloc[0], n_articles="size")
    table = table.join(names[names["n_names"] > 1], how="inner").reset_index()
    return table.sort_values(["n_names", "source"], ascending=[False, True], ignore_index=True)


def unresolved(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the quotes of which it is not known who speaks.

    Columns: article, outlet, speaker_mention, cue, article_id, content (the quote's id, for
    :func:`sayso.analyze.passages.told`), confidence; text order.
    """
    own = outer(quotes)
    own = label_rows(own[own["speaker"].isna()], articles).assign(content=lambda q: q["quote_id"])
    names = ["article", "outlet", "speaker_mention", "cue", "article_id", "content", "confidence"]
    return own[names].reset_index(drop=True)


def confidence_bands(quotes: pd.DataFrame) -> pd.DataFrame:
    """Return how many quotes there are by confidence.

    Columns: confidence (the band), n_quotes, without_speaker. One row a band, the surest first.
    """
    own = outer(quotes)
    names = [f"{low:.2f} to {high:.2f}" for low, high in pairwise(BANDS)]
    band = pd.cut(own["confidence"], BANDS, include_lowest=True, labels=names).astype("object")
    found = own.assign(missing=own["speaker"].isna()).groupby(band)["missing"]
    table = found.agg(n_quotes="size", without_speaker="sum").reindex(names[::-1], fill_value=0)
    return table.astype("int64").rename_axis("confidence").reset_index()
