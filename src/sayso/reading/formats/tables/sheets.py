"""Spreadsheets (.xlsx): each sheet with a column for texts is a table of articles."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any
from zipfile import BadZipFile

from sayso.reading.columns import Columns
from sayso.reading.formats.source import File, Raw, error
from sayso.reading.formats.tables.cells import shortened
from sayso.reading.formats.tables.header import WITHIN, find_header, is_headless, unique_names
from sayso.reading.formats.tables.rows import Row, Table
from sayso.reading.problem import Problem

# What old Office files begin with, and new ones behind a password.
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# How Excel writes a character that XML cannot hold.
CONTROL = re.compile(r"_x(00[01][0-9A-Fa-f])_")
NO_LIBRARY = "openpyxl reads it, which is not installed; run: pip install 'sayso[formats]'"

# A row: its number in the sheet, its cells, and the formulas they are made with.
Cells = tuple[int, Sequence[Any], Sequence[Any]]


@dataclass(slots=True)
class Sheet:
    """A sheet as it is read: names of columns, the rows above and below them."""

    title: str
    names: list[str]
    above: list[str]
    headless: bool
    rows: Iterator[Cells]


def read_xlsx(file: File) -> Iterator[Raw | Problem]:
    """Return the articles of a spreadsheet, a row each, sheet by sheet."""
    try:
        import openpyxl  # noqa: F401 - few files need it, so it may be missing
    except ImportError:
        yield error("missing library", NO_LIBRARY)
        return
    with file.open() as data:
        beginning = data.read(len(OLD_OFFICE))
    if not beginning:
        return
    if beginning == OLD_OFFICE:
        message = "it is an old .xls, or behind a password; save it as .xlsx without one"
        yield error("unreadable file", message)
        return
    with ExitStack() as opened:
        try:
            books = [_open(file, opened, data_only=data_only) for data_only in (True, False)]
        except (BadZipFile, KeyError):
            yield error("unreadable file", "it is no .xlsx inside; save it as .xlsx, or as .csv")
            return
        sheets = [_sheet(title, books, file.columns) for title in _titles(books[0])]
        sheets = [sheet for sheet in sheets if sheet]
        with_text = [sheet for sheet in sheets if "text" in file.columns.plan(sheet.names)]
        for sheet in sheets:
            if sheet in with_text or not with_text:
                part = sheet.title if len(with_text or sheets) > 1 else ""
                yield from _read(sheet, Table(file, part=part))
            else:
                yield _unread(sheet)


def _open(file: File, opened: ExitStack, *, data_only: bool) -> Any:
    from openpyxl import load_workbook

    data = opened.enter_context(file.open())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(data, read_only=True, data_only=data_only, keep_links=False)
    opened.callback(book.close)
    return book


def _titles(book: Any) -> list[str]:
    return [sheet.title for sheet in book.worksheets]


def _sheet(title: str, books: Sequence[Any], columns: Columns) -> Sheet | None:
    """Return a sheet, None where it is empty."""
    rows = _cells(title, books)
    first = list(islice(rows, WITHIN))
    if not first:
        return None
    at = find_header([cells for _, cells, _ in first], columns)
    header = list(first[at][1])
    while header and not _says(header[-1]):
        header.pop()
    names = unique_names(header)
    above = [" ".join(str(cell) for cell in cells if _says(cell)) for _, cells, _ in first[:at]]
    headless = is_headless(names, columns)
    below = first[at:] if headless else first[at + 1 :]
    return Sheet(title, names, above, headless, chain(below, rows))


def _cells(title: str, books: Sequence[Any]) -> Iterator[Cells]:
    """Return the rows of a sheet that hold something: their values beside their formulas."""
    sheets = [book[title] for book in books]
    for sheet in sheets:
        # Some programs write that a sheet has one cell only.
        sheet.reset_dimensions()
    both = (sheet.iter_rows(values_only=True) for sheet in sheets)
    for number, (values, formulas) in enumerate(zip(*both, strict=False), start=1):
        if any(map(_says, formulas)):
            yield number, [_plain(value) for value in values], formulas


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return CONTROL.sub(lambda match: chr(int(match[1], 16)), value)
    return value


def _read(sheet: Sheet, table: Table) -> Iterator[Raw | Problem]:
    table.used.headless = sheet.headless
    for row in sheet.above:
        table.told.above(shortened(row))
    yield from table.read(_row(cells, sheet.names) for cells in sheet.rows)


def _row(cells: Cells, names: list[str]) -> Row:
    number, values, formulas = cells
    beyond = [shortened(value) for value in values[len(names) :] if _says(value)]
    odd = None
    if beyond:
        left = ", ".join(f"'{one}'" for one in beyond)
        odd = f"has cells without a name above them, which are left out ({left})"
    both = zip(values, formulas, strict=False)
    if any(_says(formula) and not _says(value) for value, formula in both):
        odd = "has formulas whose results are not in the file; open it in Excel and save it"
    row: dict[str, Any] = dict.fromkeys(names)
    row.update(zip(names, values, strict=False))
    return Row(number, row, odd=odd)


def _unread(sheet: Sheet) -> Problem:
    names = ", ".join(sheet.names)
    n_rows = sum(1 for _ in sheet.rows)
    message = (
        f"sheet '{sheet.title}' has no column 'text', so its {n_rows} rows are not read "
        f"(its columns: {names})"
    )
    return Problem("note", "unread sheet", message)


def _says(cell: Any) -> bool:
    return cell is not None and bool(str(cell).strip())
