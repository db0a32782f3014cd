"""Groups of articles that are compared: by outlet, agency, or each article by itself."""

from __future__ import annotations

import pandas as pd

BY = ("outlet", "agency", "month", "article_id")


def outer(quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the quotes that stand in no other quote."""
    return quotes[quotes["nested_in"].isna()]


def n_words(quotes: pd.DataFrame) -> pd.Series:
    """Return how many words each quote reports."""
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
    group = _months(articles) if by == "month" else articles[by]
    own = rows["article_id"].map(group.set_axis(articles["article_id"]))
    return own.astype("object").where(own.notna(), None).rename(by)


def _months(articles: pd.DataFrame) -> pd.Series:
    """Return the month of publication of each article ('2019-02'), null where it is not known."""
    known = articles["published_precision"].isin(["day", "month"])
    return articles["published"].where(known).dt.strftime("%Y-%m")


def ranked(table: pd.DataFrame, column: str, by: str) -> pd.DataFrame:
    """Return a frame by descending counts and then by name, its index as the first column."""
    table = table.rename_axis(index=by, columns=None).sort_index()
    return table.sort_values(column, ascending=False, kind="stable").reset_index()


def by_row_sum(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of counts with the rows of most first, then by name."""
    order = table.sum(axis=1).sort_index().sort_values(ascending=False, kind="stable").index
    return table.loc[order]
