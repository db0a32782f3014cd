"""Delimited text: CSV, TSV and their kin, in whatever dialect they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, TextIO

from sayso.reading.columns import Columns
from sayso.reading.formats.decode import open_text
from sayso.reading.formats.source import File, Raw, warned
from sayso.reading.formats.tables.cells import shortened
from sayso.reading.formats.tables.dialect import find_dialect, said_delimiter
from sayso.reading.formats.tables.header import find_header, is_headless, unique_names
from sayso.reading.formats.tables.records import BLANK, Cutter, Dialect, Record
from sayso.reading.formats.tables.rows import Row, Table
from sayso.reading.problem import Problem

# So many characters, and lines at most, tell the dialect.
SAMPLE = 1 << 18
MOST_LINES = 2000
# A cell that holds an article is longer than this.
SHORT = 40


@dataclass(frozen=True, slots=True)
class Delimited:
    """A table in delimited text: the names of its columns, and its rows.

    ``above`` are the rows above the names. ``headless``: there are no names, and the first row
    stands for them.
    """

    names: list[str]
    rows: Iterator[Row]
    above: list[str]
    headless: bool = False


def read_csv(file: File) -> Iterator[Raw | Problem]:
    """Return the articles of a CSV or TSV file, a row each."""
    lines, warning = open_text(file.open())
    yield from warned(warning)
    with lines:
        found = open_delimited(lines, file.ending, file.columns)
        if found is None:
            return
        table = Table(file)
        table.used.headless = found.headless
        for row in found.above:
            table.told.above(row)
        yield from table.read(found.rows)


def open_delimited(lines: TextIO, ending: str, columns: Columns) -> Delimited | None:
    """Return the table in a text, None where there is none; its rows are read one by one.

    ``ending`` is that of its file: a table in '.tsv' is parted by tabs if nothing speaks against.
    """
    sample = _sample(lines)
    beginning = next((n for n, line in enumerate(sample) if line.strip(BLANK)), len(sample))
    said = said_delimiter(sample[beginning]) if beginning < len(sample) else None
    sample = sample[beginning + (said is not None) :]
    if not any(line.strip(BLANK) for line in sample):
        return None
    rest = next(lines, None)
    more = [] if rest is None else [rest]
    dialect = find_dialect(sample, columns, ending=ending, said=said, whole=rest is None)
    return _cut(chain(sample, more, lines), sample, dialect, columns)


def _sample(lines: TextIO) -> list[str]:
    sample, length = [], 0
    for line in lines:
        sample.append(line)
        length += len(line)
        if length > SAMPLE or len(sample) == MOST_LINES:
            break
    return sample


def _cut(
    lines: Iterable[str], sample: list[str], dialect: Dialect, columns: Columns
) -> Delimited | None:
    first = [record.cells for record in Cutter(dialect).records(sample)]
    if not first:
        return None
    at = find_header(first, columns)
    names = _names(first, at, dialect)
    records = Cutter(dialect, len(names)).records(lines)
    above = [shortened(" ".join(next(records).cells)) for _ in range(at)]
    headless = is_headless(names, columns)
    if not headless:
        next(records, None)
    text = columns.plan(names).get("text")
    at_text = names.index(text[0][0]) if text else None
    rows = (
        _row(number, record, names, at_text, dialect.delimiter)
        for number, record in enumerate(records, start=1)
    )
    return Delimited(names, rows, above, headless)


def _names(rows: list[list[str]], at: int, dialect: Dialect) -> list[str]:
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


def _row(number: int, record: Record, names: list[str], at_text: int | None, delimiter: str) -> Row:
    """Return a record as a row; cells that are too many or too few are told."""
    cells, marked = record.cells, record.marked
    extra = len(cells) - len(names)
    odd = None
    if extra > 0 and any(cell.strip() for cell in cells[len(names) :]):
        count = f"has {len(cells)} cells for {len(names)} names"
        if at_text is not None and not any(marked[at_text : at_text + extra + 1]):
            # A text without marks around it that holds the delimiter: put together again.
            whole = delimiter.join(cells[at_text : at_text + extra + 1])
            cells = [*cells[:at_text], whole, *cells[at_text + extra + 1 :]]
            odd = f"{count}: {extra + 1} of them are read as one text; put it in quotation marks"
        else:
            left = ", ".join(f"'{shortened(cell)}'" for cell in cells[len(names) :])
            odd = f"{count}: what is beyond them is left out ({left})"
    elif extra < 0 and any(cell.strip() for cell in cells):
        odd = f"has {len(cells)} cells for {len(names)} names"
    values: dict[str, Any] = dict.fromkeys(names)
    values.update(zip(names, cells, strict=False))
    return Row(number, values, odd=odd)
