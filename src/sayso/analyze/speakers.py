"""Who speaks: quotes and sources counted by outlet, the cues, the names, how sure it all is.

Quotes inside quotes are left out of every count: there it is not the outlet that chose the words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from sayso.analyze.groups import by_row_sum, groups, n_words, outer, ranked
from sayso.analyze.intervals import with_interval
from sayso.analyze.passages import label_rows, sentences

if TYPE_CHECKING:
    from sayso.corpus import Corpus

STANCES = ("neutral", "endorsing", "distancing", "denying", "no cue")
BANDS = (0.0, 0.25, 0.5, 0.75, 1.0)


def overview(corpus: Corpus, by: str = "outlet") -> pd.DataFrame:
    """Return what was counted for each outlet (or other group).

    Returns
    -------
    DataFrame
        Columns: ``by``; n_articles, n_words (boilerplate left out), n_quotes, quoted_words,
        n_sources (different ones). Most words first, then by name.
    """
    articles, quotes = corpus.articles, outer(corpus.quotes)
    sources = corpus.sources
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
    return ranked(table.fillna(0).astype("int64"), "n_words", by)


def kinds(quotes: pd.DataFrame, articles: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Return how each outlet quotes: word for word, in part, or in its own words.

    Returns
    -------
    DataFrame
        Columns: ``by``; direct, mixed, indirect, n_quotes, with_marks (direct and mixed together);
        share, low, high (of with_marks in n_quotes, 95% interval). Most quotes first.
    """
    own = outer(quotes)
    table = pd.crosstab(groups(own, articles, by), own["kind"].astype("object"))
    table = table.reindex(columns=["direct", "mixed", "indirect"], fill_value=0)
    table["n_quotes"] = table.sum(axis=1)
    table["with_marks"] = table["direct"] + table["mixed"]
    return with_interval(ranked(table, "n_quotes", by), "with_marks", "n_quotes")


def named(sources: pd.DataFrame, articles: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Return how many of the sources that articles cite have a name in them.

    A source counts once for each article that cites it.

    Returns
    -------
    DataFrame
        Columns: ``by``; n_named, n_unnamed, n_sources; share, low, high (of n_named in n_sources,
        95% interval). Most sources first.
    """
    found = sources.groupby(groups(sources, articles, by))["named"]
    table = pd.DataFrame({"n_named": found.sum(), "n_sources": found.count()}).astype("int64")
    table.insert(1, "n_unnamed", table["n_sources"] - table["n_named"])
    return with_interval(ranked(table, "n_sources", by), "n_named", "n_sources")


def cues(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the words that announce quotes, most frequent first.

    Returns
    -------
    DataFrame
        Columns: cue (in small letters), stance, n_quotes, n_outlets, confidence (median).
    """
    own = outer(quotes)
    own = own[own["cue"].notna()].assign(outlet=lambda rows: groups(rows, articles, "outlet"))
    cue = own["cue"].str.lower().str.split().str.join(" ").rename("cue")
    found = own.groupby([cue, own["cue_stance"].rename("stance")])
    table = pd.DataFrame(
        {
            "n_quotes": found["quote_id"].count(),
            "n_outlets": found["outlet"].nunique(),
            "confidence": found["confidence"].median(),
        }
    ).reset_index()
    return table.sort_values(["n_quotes", "cue"], ascending=[False, True], ignore_index=True)


def marked_cues(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the quotes whose cue is not neutral, with the sentence in which it stands.

    Returns
    -------
    DataFrame
        Columns: article, outlet, speaker, cue, stance, sentence, confidence; text order.
    """
    own = outer(quotes)
    own = own[own["cue_stance"].isin(["endorsing", "distancing", "denying"])]
    found = label_rows(own, articles).assign(
        stance=own["cue_stance"], sentence=sentences(own, articles, span="cue_span")
    )
    names = ["article", "outlet", "speaker", "cue", "stance", "sentence", "confidence"]
    return found[names].reset_index(drop=True)


def names_used(sources: pd.DataFrame) -> pd.DataFrame:
    """Return the sources that articles call by more than one name, pronouns included.

    Returns
    -------
    DataFrame
        Columns: source, kind, n_articles, n_names, names (spelt as first used). Most names first.
    """
    rows = []
    for source, own in sources.groupby("source", sort=True):
        used = _alike(name for names in own["aliases"] for name in names)
        rows.append((source, own["kind"].iloc[0], len(own), len(used), ", ".join(used)))
    columns = ["source", "kind", "n_articles", "n_names", "names"]
    table = pd.DataFrame(rows, columns=columns)
    table = table[table["n_names"] > 1]
    return table.sort_values(["n_names", "source"], ascending=[False, True], ignore_index=True)


def unresolved(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the quotes of which it is not known who speaks.

    Returns
    -------
    DataFrame
        Columns: article, outlet, speaker_mention, cue, content, confidence; text order.
    """
    own = outer(quotes)
    own = label_rows(own[own["speaker"].isna()], articles)
    names = ["article", "outlet", "speaker_mention", "cue", "content", "confidence"]
    return own[names].reset_index(drop=True)


def confidence_bands(quotes: pd.DataFrame) -> pd.DataFrame:
    """Return how many quotes there are by confidence.

    Returns
    -------
    DataFrame
        Columns: confidence (the band), n_quotes, without_speaker. One row a band, the surest first.
    """
    own = outer(quotes)
    band = pd.cut(own["confidence"], BANDS, include_lowest=True, labels=False)
    rows = []
    for number in reversed(range(len(BANDS) - 1)):
        inside = own[band == number]
        label = f"{BANDS[number]:.2f} to {BANDS[number + 1]:.2f}"
        missing = int(inside["speaker"].isna().sum())
        rows.append((label, len(inside), missing))
    return pd.DataFrame(rows, columns=["confidence", "n_quotes", "without_speaker"])


def _alike(names: Iterable[str]) -> list[str]:
    """Return different names, in order; those that differ in capitals or spaces alone are one."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(" ".join(name.lower().split()), " ".join(name.split()))
    return list(kept.values())


def voice_shares(
    sources: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    top: int = 8,
) -> pd.DataFrame:
    """Return each group's quoted words by source, as counts.

    Parameters
    ----------
    sources, articles
        Those tables.
    by
        What a row is, one of :data:`sayso.analyze.groups.BY`.
    top
        Sources with a column of their own, by words over all groups.

    Returns
    -------
    pandas.DataFrame
        Index: group, by words and name. Columns: the sources, then 'others' where there are any.
    """
    names = sources["source"].astype("object")
    totals = sources.groupby(names)["n_words"].sum()
    leaders = totals.sort_index().sort_values(ascending=False, kind="stable").index[:top]
    kept = names.where(names.isin(leaders), "others")
    words = sources["n_words"].groupby([groups(sources, articles, by), kept]).sum()
    table = words.unstack(fill_value=0)
    order = [name for name in [*leaders, "others"] if name in table]
    return by_row_sum(table.reindex(columns=order).rename_axis(index=by, columns="source"))


def stance_counts(
    quotes: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet"
) -> pd.DataFrame:
    """Return each group's quotes by the stance of their cue; nested quotes are left out.

    The cue of a nested quote is the words of the one who is quoted, not of the outlet.

    Returns
    -------
    pandas.DataFrame
        Index: group, by quotes and name. Columns: the stances, then 'no cue'; counts.
    """
    own = quotes[quotes["nested_in"].isna()]
    stance = own["cue_stance"].astype("object").where(own["cue_stance"].notna(), "no cue")
    group = groups(own, articles, by)
    counts = own["quote_id"].groupby([group, stance]).count().unstack(fill_value=0)
    counts = counts.reindex(columns=list(STANCES), fill_value=0)
    return by_row_sum(counts.rename_axis(index=by, columns="stance"))
