"""The line of column names of a table: which it is, and what its columns are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sayso.reading.columns import Columns
from sayso.reading.formats.tables.cells import is_filled

# Titles and remarks may stand above the names, so many lines at most.
WITHIN = 20
# Names of columns are shorter, in characters and in words.
LONGEST_NAME = 80
MOST_WORDS = 9
VALUE = re.compile(r"[\d.,:/+\-]*\d[\d.,:/+\-TZ ]*|https?://\S+")


def find_header(rows: Sequence[Sequence[Any]], columns: Columns) -> int:
    """Return which of a table's first rows has the names of its columns.

    It is the row with most of the names that are known; without any, the first with several cells.
    """
    best, most = None, 0
    for number, row in enumerate(rows[:WITHIN]):
        known = columns.known(c for c in row if is_filled(c) and len(str(c)) <= LONGEST_NAME)
        n_filled = sum(map(is_filled, row))
        # A single known word in a wider row may be any cell's.
        if len(known) > most and (number == 0 or len(known) > 1 or n_filled == 1):
            best, most = number, len(known)
    if best is not None:
        return best
    several = (n for n, row in enumerate(rows[:WITHIN]) if sum(map(is_filled, row)) > 1)
    return next(several, 0)


def is_headless(header: Sequence[Any], columns: Columns) -> bool:
    """Whether what should be the names of columns looks like a row of articles."""
    cells = [str(cell).strip() for cell in header if is_filled(cell)]
    if columns.known(cells):
        return False
    return any(
        len(cell) > LONGEST_NAME or len(cell.split()) > MOST_WORDS or VALUE.fullmatch(cell)
        for cell in cells
    )


def unique_names(header: Sequence[Any]) -> list[str]:
    """Return names of columns that all differ: a second 'text' is 'text (2)', '' has its number."""
    names: list[str] = []
    counts: dict[str, int] = {}
    for number, cell in enumerate(header, start=1):
        plain = str(cell).replace("\0", "").strip(" \t\r\n\ufeff\"'") if is_filled(cell) else ""
        name = plain or f"column {number}"
        counts[name] = counts.get(name, 0) + 1
        names.append(name if counts[name] == 1 else f"{name} ({counts[name]})")
    return names
