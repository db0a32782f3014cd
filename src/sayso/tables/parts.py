"""A corpus that is read part by part, for analyses that need the texts of all its articles."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Protocol

import pandas as pd

Each = Callable[[Callable, Iterable], Iterable]
"""Applies a function to things as ``map`` does; what it yields of a thing may come as a list."""


class Parts(Protocol):
    """What analyses need of :class:`sayso.corpus.Corpus`, which has the meaning of each."""

    def table(self, name: str, columns: Iterable[str] | None = None) -> pd.DataFrame:
        """Return a table, or some columns of it."""

    def only(self, articles: Collection[str]) -> Parts:
        """Return the corpus of these articles alone."""

    def parts(self) -> Iterator[Parts]:
        """Return the corpus part by part."""


def gather(corpus: Parts, read: Callable[[Parts], pd.DataFrame]) -> pd.DataFrame:
    """Return the rows that are read of each part, in the order of the parts.

    Memory holds these rows, and what is read of one part at a time.
    """
    found = [read(part) for part in corpus.parts()] or [read(corpus)]
    full = [rows for rows in found if len(rows)] or found[:1]
    return pd.concat(full, ignore_index=True)
