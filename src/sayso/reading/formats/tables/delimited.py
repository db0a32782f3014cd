"""Delimited text: CSV, TSV and their kin, in whatever dialect they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, TextIO

from sayso.reading.columns import Columns
from sayso.reading.formats.decode import open_text
from sayso.reading.formats.source import File, Raw, warned
from sayso.reading.formats.tables.cells import shortened
from sayso.reading.formats.tables.header import find_header, is_headless, unique_names
from sayso.reading.formats.tables.records import BLANK, Dialect, Record, cut
from sayso.reading.formats.tables.rows import Grid, Row, Table
from sayso.reading.problem import Problem

# So many characters, and lines at most, tell the dialect.
SAMPLE = 1 << 18
MOST_LINES = 2000
# Excel's own way to say what parts the cells.
SEP = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE)
DELIMITERS = {".tsv": "\t,;|", ".tab": "\t,;|"}
USUAL = ",;\t|"
# In a table most rows have as many cells as there are names.
MOST = 0.8


def read_csv(file: File) -> Iterator[Raw | Problem]:
    """Return the articles of a CSV or TSV file, a row each."""
    lines, warning = open_text(file.open())
    yield from warned(warning)
    with lines:
        if found := open_delimited(lines, file.ending, file.columns):
            yield from Table(file).read_grid(found)


def open_delimited(lines: TextIO, ending: str, columns: Columns) -> Grid | None:
    """Return the table in a text, None where there is none; its rows are read one by one.

    ``ending`` is that of its file: a table in '.tsv' is parted by tabs if nothing speaks against.
    """
    sample = _sample(lines)
    beginning = next((n for n, line in enumerate(sample) if line.strip(BLANK)), len(sample))
    said = SEP.fullmatch(sample[beginning]) if beginning < len(sample) else None
    sample = sample[beginning + (said is not None) :]
    more = [line for line in (next(lines, None),) if line is not None]
    marks = said[1] if said else DELIMITERS.get(ending, USUAL)
    dialect = _find_dialect(sample, columns, marks, whole=not more)
    first = [record.cells for record in cut(sample, replace(dialect, width=0))]
    if not first:
        return None
    at = find_header(first, columns)
    names = _names(first, at, dialect)
    dialect = replace(dialect, width=len(names))
    records = cut(chain(sample, more, lines), dialect)
    above = [" ".join(next(records).cells) for _ in range(at)]
    headless = is_headless(names, columns)
    if not headless:
        next(records, None)
    text = columns.plan(names).get("text")
    at_text = names.index(text[0][0]) if text else None
    rows = (_row(n, record, names, at_text, dialect) for n, record in enumerate(records, start=1))
    return Grid(names, rows, above, headless)


def _sample(lines: TextIO) -> list[str]:
    sample, length = [], 0
    for line in lines:
        sample.append(line)
        length += len(line)
        if length > SAMPLE or len(sample) == MOST_LINES:
            break
    return sample


def _find_dialect(sample: list[str], columns: Columns, marks: str, *, whole: bool) -> Dialect:
    """Return the dialect that fits the first lines of a table (``whole``: all of them) best."""
    fits = [_fit(sample, Dialect(mark), columns, whole) for mark in marks]
    rank, dialect = max(fits, key=lambda fit: fit[0])
    if any("\\" in line for line in sample):
        escaped = _fit(sample, replace(dialect, escapes=True, width=0), columns, whole)
        return escaped[1] if escaped[0] > rank else dialect
    return dialect


def _fit(
    sample: list[str], dialect: Dialect, columns: Columns, whole: bool
) -> tuple[tuple, Dialect]:
    """Try a dialect on the first lines of a table; return how well it fits, and all of it.

    The better one knows more names, and cuts more rows in as many cells, with less to mend.
    """
    records = list(cut(sample, dialect, whole=whole))
    if not records:
        return (0, False, 0.0, 0), dialect
    at = find_header([record.cells for record in records], columns)
    header, mark = records[at], re.escape(dialect.delimiter)
    width = len(header.cells)
    all_marked = re.fullmatch(rf'\s*"[^"]*"( *{mark} *"[^"]*")*\s*', header.text) is not None
    dialect = replace(dialect, all_marked=all_marked, width=width)
    rows = list(cut(sample, dialect, whole=whole))[at + 1 :]
    share = sum(len(row.cells) == width for row in rows) / len(rows) if rows else 1.0
    mended = sum(row.mended for row in rows)
    return (len(columns.known(header.cells)), width > 1 and share > MOST, share, -mended), dialect


def _names(rows: Sequence[list[str]], at: int, dialect: Dialect) -> list[str]:
    """Return the names of the columns; empty ones at the end are none."""
    header = list(rows[at])
    width = len(header)
    while len(header) > 1 and not header[-1].strip(BLANK):
        header.pop()
    # R leaves out the name of the row names, with which each row begins.
    below = rows[at + 1 :]
    if dialect.all_marked and below and all(len(row) == width + 1 and row[-1] for row in below):
        header = ["", *header]
    return unique_names(header)


def _row(
    number: int, record: Record, names: list[str], at_text: int | None, dialect: Dialect
) -> Row:
    """Return a record as a row; cells that are too many or too few are told."""
    cells, mark = record.cells, dialect.delimiter
    extra = len(cells) - len(names)
    odd = None
    if extra and any(cell.strip() for cell in cells[len(names) if extra > 0 else 0 :]):
        odd = f"has {len(cells)} cells for {len(names)} names"
    if odd and extra > 0:
        after = at_text + extra + 1 if at_text is not None else 0
        text = mark.join(cells[at_text:after])
        if after and f"{mark}{text}" in f"{mark}{record.text}":
            # A text without marks around it that holds the delimiter: put together again.
            cells = [*cells[:at_text], text, *cells[after:]]
            odd += f": {extra + 1} of them are read as one text; put it in quotation marks"
        else:
            left = ", ".join(f"'{shortened(cell)}'" for cell in cells[len(names) :])
            odd += f": what is beyond them is left out ({left})"
    values: dict[str, Any] = dict.fromkeys(names)
    values.update(zip(names, cells, strict=False))
    return Row(number, values, odd=odd)
