"""Spreadsheets (.xlsx): each sheet with a column for texts is a table of articles."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import chain, islice
from typing import Any
from zipfile import BadZipFile

from sayso.reading.columns import Columns
from sayso.reading.formats.decode import OLD_OFFICE
from sayso.reading.formats.source import File, Raw, error
from sayso.reading.formats.tables.cells import is_filled, shortened
from sayso.reading.formats.tables.header import WITHIN, find_header, is_headless, unique_names
from sayso.reading.formats.tables.rows import Grid, Row, Table
from sayso.reading.problem import Problem

# How Excel writes a character that XML cannot hold.
CONTROL = re.compile(r"_x(00[01][0-9A-Fa-f])_")
NO_LIBRARY = "openpyxl reads it, which is not installed; run: pip install 'sayso[formats]'"

# A row: its number in the sheet, its cells, and the formulas they are made with.
Cells = tuple[int, Sequence[Any], Sequence[Any]]


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
        titles = [sheet.title for sheet in books[0].worksheets]
        found = {title: _grid(title, books, file.columns) for title in titles}
        sheets = {title: grid for title, grid in found.items() if grid}
        with_text = [t for t, grid in sheets.items() if "text" in file.columns.plan(grid.names)]
        for title, grid in sheets.items():
            if title in with_text or not with_text:
                part = title if len(with_text or sheets) > 1 else ""
                yield from Table(file, part=part).read_grid(grid)
            else:
                message = (
                    f"sheet '{title}' has no column 'text', so its {sum(1 for _ in grid.rows)} "
                    f"rows are not read (its columns: {', '.join(grid.names)})"
                )
                yield Problem("note", "unread sheet", message)


def _open(file: File, opened: ExitStack, *, data_only: bool) -> Any:
    from openpyxl import load_workbook

    data = opened.enter_context(file.open())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(data, read_only=True, data_only=data_only, keep_links=False)
    opened.callback(book.close)
    return book


def _grid(title: str, books: Sequence[Any], columns: Columns) -> Grid | None:
    """Return the table in a sheet, None where it is empty."""
    rows = _cells(title, books)
    first = list(islice(rows, WITHIN))
    if not first:
        return None
    at = find_header([cells for _, cells, _ in first], columns)
    header = list(first[at][1])
    while header and not is_filled(header[-1]):
        header.pop()
    names = unique_names(header)
    above = [" ".join(map(str, filter(is_filled, cells))) for _, cells, _ in first[:at]]
    headless = is_headless(names, columns)
    below = first[at:] if headless else first[at + 1 :]
    return Grid(names, (_row(cells, names) for cells in chain(below, rows)), above, headless)


def _cells(title: str, books: Sequence[Any]) -> Iterator[Cells]:
    """Return the rows of a sheet that hold something: their values beside their formulas."""
    sheets = [book[title] for book in books]
    for sheet in sheets:
        # Some programs write that a sheet has one cell only.
        sheet.reset_dimensions()
    both = (sheet.iter_rows(values_only=True) for sheet in sheets)
    for number, (values, formulas) in enumerate(zip(*both, strict=False), start=1):
        if any(map(is_filled, formulas)):
            yield number, [_plain(value) for value in values], formulas


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return CONTROL.sub(lambda match: chr(int(match[1], 16)), value)
    return value


def _row(cells: Cells, names: list[str]) -> Row:
    number, values, formulas = cells
    odd = None
    if beyond := [f"'{shortened(value)}'" for value in values[len(names) :] if is_filled(value)]:
        odd = f"has cells without a name above them, which are left out ({', '.join(beyond)})"
    both = zip(values, formulas, strict=False)
    if any(is_filled(formula) and not is_filled(value) for value, formula in both):
        odd = "has formulas whose results are not in the file; open it in Excel and save it"
    row: dict[str, Any] = dict.fromkeys(names)
    row.update(zip(names, values, strict=False))
    return Row(number, row, odd=odd)
