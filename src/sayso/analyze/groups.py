"""Groups of articles that are compared: by outlet, agency, month, or each article by itself."""

from __future__ import annotations

import pandas as pd

from sayso.lexicon.cues import SPEECH
from sayso.tables.parts import Parts, gather

BY = ("outlet", "agency", "month", "article_id")
COUNTED = ("quote_id", "article_id", "kind", "cue", "cue_stance", "act", "speaker_mention")
COUNTED += ("speaker", "speakers", "via", "nested_in", "in_headline", "confidence")
REST = "(others)"  # what is left of names, as no name is written
# How a stretch of time is written, and how exactly a date must be known to fall into one.
PERIODS = {
    "day": ("%Y-%m-%d", ("day",)),
    "week": ("%G-W%V", ("day",)),
    "month": ("%Y-%m", ("day", "month")),
    "year": ("%Y", ("day", "month", "year")),
}


def outer(quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the quotes that stand in no other quote."""
    nested = quotes["nested_in"].notna()
    return quotes[~nested] if nested.any() else quotes.copy(deep=False)


def speech(quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the quotes that are said, written, asked or ordered, not thought, felt or intended."""
    return quotes[quotes["act"].isin(SPEECH)]


def cited(sources: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the sources of some quotes, with counts and shares of these alone: of speech, say.

    The columns are those of ``sources``. Each of several joint speakers has said all of it; a quote
    inside another does not count.
    """
    own = outer(quotes)
    counted = {"n_words": n_words(own), "marked": own["kind"] != "indirect"}
    own = own[["article_id", "speakers"]].assign(**counted)
    said = own.explode("speakers").groupby(["article_id", "speakers"])
    counts = said.agg(
        n_quotes=("marked", "count"), n_direct=("marked", "sum"), n_words=("n_words", "sum")
    )
    names = pd.MultiIndex.from_frame(sources[["article_id", "source"]])
    found = counts.reindex(names).set_axis(sources.index).dropna().astype("int64")
    whole = sources["article_id"].map(own.groupby("article_id")["n_words"].sum()).astype("float64")
    share = (found["n_words"] / whole).fillna(0.0).round(4)
    return sources.assign(share_of_voice=share).loc[found.index].assign(**found)


def without_words(corpus: Parts) -> pd.DataFrame:
    """Return the quotes of a corpus as far as they are counted: none of their words.

    Columns: those of ``COUNTED``; n_words (that the quote reports); cue_at (first character of the
    cue, null without one). What a quote says is told by :func:`sayso.analyze.passages.told`.
    """
    known: dict[tuple[str, ...], tuple[str, ...]] = {}

    def read(part: Parts) -> pd.DataFrame:
        quotes = part.table("quotes", [*COUNTED, "content", "cue_span"])
        # Who speaks together is kept once.
        together = [known.setdefault(names, names) for names in map(tuple, quotes["speakers"])]
        found = {"n_words": n_words(quotes), "cue_at": cue_at(quotes)}
        found["speakers"] = pd.Series(together, quotes.index, dtype="object")
        return quotes[[*COUNTED]].assign(**found)

    return gather(corpus, read)


def cue_at(quotes: pd.DataFrame) -> pd.Series:
    """Return the first character of each quote's cue, null without one."""
    return quotes["cue_at"] if "cue_at" in quotes else quotes["cue_span"].str[0].astype("float64")


def n_words(quotes: pd.DataFrame) -> pd.Series:
    """Return how many words each quote reports."""
    if "n_words" in quotes:
        return quotes["n_words"]
    joined = quotes["content"].str.replace(" ... ", " ", regex=False)
    return joined.str.split().str.len().fillna(0).astype("int64")


def groups(rows: pd.DataFrame, articles: pd.DataFrame, by: str) -> pd.Series:
    """Return each row's group, read off its article; null where that has none.

    An article without an outlet belongs to no outlet, so that nobody is compared with 'unknown':
    ``groupby`` and ``crosstab`` leave its rows out.

    Raises
    ------
    ValueError
        If ``by`` is not one of ``BY``.
    """
    if by not in BY:
        raise ValueError(f"rows are grouped by one of {', '.join(BY)}, not by '{by}'")
    group = periods(articles) if by == "month" else articles[by]
    own = rows["article_id"].map(group.set_axis(articles["article_id"]))
    return own.astype("object").where(own.notna(), None).rename(by)


def n_ungrouped(articles: pd.DataFrame, by: str) -> int:
    """Return how many articles belong to no group, so that comparisons leave them out."""
    return int(groups(articles, articles, by).isna().sum())


def periods(articles: pd.DataFrame, period: str = "month") -> pd.Series:
    """Return the 'day', 'week', 'month' or 'year' of each article's publication ('2019-02').

    Null where the date is not known that exactly.
    """
    shape, exact = PERIODS[period]
    known = articles["published_precision"].isin(exact)
    return articles["published"].where(known).dt.strftime(shape)


def ranked(sums: pd.Series) -> pd.Index:
    """Return the names of a series: those of the highest numbers first, equal ones by name."""
    return sums.sort_index().sort_values(ascending=False, kind="stable").index
