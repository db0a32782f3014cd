"""The sheet of one article and coder: a CSV or Excel file, and the rows that come back in it.

A row is a quote that was found, or one that was missed; of the latter the coder copies the words.
The first row is about the article: only an article whose ``done`` cell is filled is coded.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

from sayso.coding.items import DETAILS, KINDS, STANCES, Item, details, words_of
from sayso.reading.formats.decode import NotText, decode
from sayso.text.printed import LINE_END, armed, disarmed, for_xml

VERDICTS = ("right", "wrong", "changed", "missed")
COLUMNS = ("article_id", "sha256", "quote_id", "verdict", "words", "kind", "speaker", "stance")
COLUMNS += ("target", "spans", "note", "done")
LISTS = {"verdict": VERDICTS, "kind": KINDS, "stance": STANCES, "done": ("yes", "no")}
DONE = dict.fromkeys(("yes", "y", "x", "1", "1.0", "true", "done"), "yes")
DONE |= dict.fromkeys(("no", "n", "0", "0.0", "false", ""), "")
NEEDED = ("article_id", "quote_id", "verdict", "done")
EMPTY_ROWS = 15
WIDTHS = {"words": 70, "speaker": 26, "note": 30, "article_id": 18}

Row = dict[str, str]


def rows(article_id: str, text: str, sha256: str, found: Sequence[tuple[str, Item]]) -> list[Row]:
    """Return the rows of an article's sheet: its own, those of quotes found, and empty ones."""
    blank = dict.fromkeys(COLUMNS, "")
    whole = blank | {"article_id": article_id, "sha256": sha256, "note": "the article: done?"}
    whole["spans"] = str(len(found))
    quotes = [
        blank
        | {"article_id": article_id, "quote_id": quote_id, "words": words_of(text, one.spans)}
        | dict(zip(DETAILS, details(one), strict=True))
        | {"spans": ";".join(f"{start}-{end}" for start, end in one.spans)}
        for quote_id, one in found
    ]
    return [whole, *quotes, *({**blank, "article_id": article_id} for _ in range(EMPTY_ROWS))]


def write_csv(sheet: Sequence[Row]) -> str:
    """Return rows as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator=LINE_END)
    writer.writeheader()
    writer.writerows({name: disarmed(cell) for name, cell in row.items()} for row in sheet)
    return out.getvalue()


def write_xlsx(sheet: Sequence[Row], path: Path) -> None:
    """Write rows as an Excel file with drop-downs; every cell is a text."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    page = book.active
    page.title = "coding"
    page.freeze_panes = "A2"
    for y, row in enumerate([dict(zip(COLUMNS, COLUMNS, strict=True)), *sheet], 1):
        for x, name in enumerate(COLUMNS, 1):
            cell = page.cell(y, x)
            cell.value, cell.data_type = for_xml(row[name]), "s"
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=name == "words", vertical="top")
            cell.font = Font(bold=y == 1)
    for x, name in enumerate(COLUMNS, 1):
        letter = get_column_letter(x)
        page.column_dimensions[letter].width = WIDTHS.get(name, 12)
        if name in LISTS:
            one_of = DataValidation("list", formula1=f'"{",".join(LISTS[name])}"', allow_blank=True)
            page.add_data_validation(one_of)
            one_of.add(f"{letter}2:{letter}{len(sheet) + 200}")
    book.save(path)


def read(path: Path) -> list[Row]:
    """Return the rows of a sheet that came back, whatever was done to its columns' order.

    Raises
    ------
    ValueError
        If it is no such sheet, or a cell holds what is not in its list; told with file and row.
    """
    tables = _xlsx(path) if path.suffix.casefold() == ".xlsx" else [read_csv(path)]
    heads = [[name.strip().casefold() for name in table[0]] if table else [] for table in tables]
    lacking = [[name for name in NEEDED if name not in head] for head in heads]
    best = min(range(len(tables)), key=lambda n: len(lacking[n]))
    if lacking[best]:
        raise ValueError(f"{path.name} is no coding sheet: it has no column '{lacking[best][0]}'")
    read_rows = []
    for y, cells in enumerate(tables[best][1:], 2):
        row = dict.fromkeys(COLUMNS, "") | {
            name: armed(cell).strip() for name, cell in zip(heads[best], cells, strict=False)
        }
        try:
            read_rows.append(checked(row))
        except ValueError as error:
            raise ValueError(f"{path.name}, row {y}, {error}") from None
    return read_rows


def checked(row: Row) -> Row:
    """Return a row whose cells are as in their lists; raise ValueError if one cannot be."""
    row = row | {name: row[name].casefold().strip() for name in LISTS}
    row["done"] = DONE.get(row["done"], row["done"])
    for name, values in LISTS.items():
        if row[name] and row[name] not in values:
            raise ValueError(f"column '{name}': '{row[name]}' is none of {', '.join(values)}")
    return row


def read_csv(path: Path) -> list[list[str]]:
    """Return the cells of a CSV file in any encoding, parted by comma, semicolon or tab.

    Raises ValueError if it is not text.
    """
    try:
        text = decode(path.read_bytes()).text.removeprefix("\ufeff")
    except NotText as error:
        raise ValueError(f"{path.name} is no CSV file: {error}") from None
    if text[:4].casefold() == "sep=":
        text = text.split("\n", 1)[1]
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))


def _xlsx(path: Path) -> list[list[list[str]]]:
    """Return the cells of each page of an Excel file."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True)
    except (BadZipFile, KeyError, OSError) as error:
        raise ValueError(f"{path.name} is no whole Excel file: {error}") from None
    try:
        return [
            [["" if c is None else str(c) for c in row] for row in page.iter_rows(values_only=True)]
            for page in book.worksheets
        ]
    finally:
        book.close()
