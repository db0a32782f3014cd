"""Which dialect a delimited text is written in, told by its first lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.reading.columns import Columns
from sayso.reading.formats.tables.header import find_header
from sayso.reading.formats.tables.records import Cutter, Dialect, Record

# Excel's own way to say what parts the cells.
SEP = re.compile(r'"?sep=(?P<mark>.)"?[\r\n]*', re.IGNORECASE)
WHOLE = re.compile(r'"[^"]*"')
DELIMITERS = {".tsv": "\t,;|", ".tab": "\t,;|"}
USUAL = ",;\t|"
# In a table most rows have as many cells as there are names.
MOST = 0.8


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a dialect fits: the fields known by name, the share of rows of the right width."""

    dialect: Dialect
    known: int
    share: float
    stray: int
    is_wide: bool

    @property
    def rank(self) -> tuple:
        """What makes a delimiter better than another."""
        return self.known, self.is_wide and self.share > MOST, self.share


def said_delimiter(line: str) -> str | None:
    """Return the delimiter that a first line 'sep=;' names, None if it is no such line."""
    match = SEP.fullmatch(line)
    return match["mark"] if match else None


def find_dialect(
    lines: Sequence[str], columns: Columns, *, ending: str, said: str | None, whole: bool
) -> Dialect:
    """Return the dialect of a table.

    Parameters
    ----------
    lines
        Its first lines; ``whole`` says whether they are all.
    ending
        Of its file: it settles what the lines leave open.
    said
        The delimiter that the file names itself.
    """
    usual = said or DELIMITERS.get(ending, USUAL)
    fits = [_fit(lines, Dialect(mark), columns, whole) for mark in usual]
    best = max(fits, key=lambda fit: fit.rank)
    if any("\\" in line for line in lines):
        other = Dialect(best.dialect.delimiter, escapes=True, all_marked=best.dialect.all_marked)
        escaped = _fit(lines, other, columns, whole)
        if (escaped.known, escaped.share, -escaped.stray) > (best.known, best.share, -best.stray):
            return escaped.dialect
    return best.dialect


def _fit(lines: Sequence[str], dialect: Dialect, columns: Columns, whole: bool) -> Fit:
    """Try a dialect on the first lines of a table."""
    records = list(Cutter(dialect, whole=whole).records(lines))
    at = find_header([record.cells for record in records], columns)
    if not records:
        return Fit(dialect, 0, 0.0, 0, False)
    header = records[at]
    dialect = Dialect(dialect.delimiter, dialect.escapes, _is_all_marked(header))
    width = len(header.cells)
    rows = list(Cutter(dialect, width, whole=whole).records(lines))[at + 1 :]
    fitting = sum(len(row.cells) == width for row in rows)
    return Fit(
        dialect,
        len(columns.known(header.cells)),
        fitting / len(rows) if rows else 1.0,
        sum(row.stray for row in rows),
        width > 1,
    )


def _is_all_marked(header: Record) -> bool:
    cells = zip(header.cells, header.marked, strict=True)
    return all(marked or WHOLE.fullmatch(cell) for cell, marked in cells)
