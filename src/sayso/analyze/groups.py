"""Groups of articles that are compared: by outlet, agency, or each article by itself."""

from __future__ import annotations

import pandas as pd

BY = ("outlet", "agency", "article_id")


def outer(quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the quotes that stand in no other quote."""
    return quotes[quotes["nested_in"].isna()]


def n_words(quotes: pd.DataFrame) -> pd.Series:
    """Return how many words each quote reports."""
    joined = quotes["content"].str.replace(" ... ", " ", regex=False)
    return joined.str.split().str.len().fillna(0).astype("int64")


def groups(rows: pd.DataFrame, articles: pd.DataFrame, by: str) -> pd.Series:
    """Return each row's group: what its article has in column ``by``."""
    if by not in BY:
        raise ValueError(f"rows are grouped by one of {', '.join(BY)}, not by '{by}'")
    group = rows["article_id"].map(articles.set_index("article_id", drop=False)[by])
    return group.astype("object").where(group.notna(), f"{by} unknown").rename(by)


def ranked(table: pd.DataFrame, column: str, by: str) -> pd.DataFrame:
    """Return a frame by descending counts and then by name, its index as the first column."""
    table = table.rename_axis(index=by, columns=None).sort_index()
    return table.sort_values(column, ascending=False, kind="stable").reset_index()


def with_group(
    rows: pd.DataFrame, articles: pd.DataFrame | None = None, *, by: str = "outlet"
) -> pd.Series:
    """Return each row's group: its own column ``by``, or that of its article."""
    if by in rows:
        group = rows[by]
    elif articles is not None and by in articles:
        group = rows["article_id"].map(articles.set_index("article_id")[by])
    else:
        raise ValueError(f"no column '{by}': pass the articles table, or by='article_id'")
    return group.astype("object").where(group.notna(), f"{by} unknown").rename("group")


def by_row_sum(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of counts with the rows of most first, then by name."""
    order = table.sum(axis=1).sort_index().sort_values(ascending=False, kind="stable").index
    return table.loc[order]
