"""Copies of one text among articles: wire copy, reprints, updates."""

from __future__ import annotations

import pandas as pd

from sayso.tables import DuplicatePair, frame


def find_duplicates(articles: pd.DataFrame, *, least: float = 0.6) -> pd.DataFrame:
    """Return the pairs of articles of which one is mostly contained in the other.

    Parameters
    ----------
    articles
        The articles table. Boilerplate is left out of the comparison.
    least
        Least share of one article's word sequences that the other has.

    Returns
    -------
    DataFrame
        The columns of :class:`sayso.tables.DuplicatePair`, by article a, then article b.
    """
    return frame(DuplicatePair, [])
