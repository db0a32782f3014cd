"""The sheet of one article and coder: a CSV or Excel file, and the rows that come back in it.

A row is a quote that was found, or one that was missed; of the latter the coder copies the words.
The first row is about the article: only an article whose ``done`` cell is filled is coded.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from sayso.coding.items import KINDS, STANCES, Item, words_of
from sayso.reading.formats.decode import decode

VERDICTS = ("right", "wrong", "changed", "missed")
COLUMNS = ("article_id", "sha256", "quote_id", "verdict", "words", "kind", "speaker", "stance")
COLUMNS += ("spans", "note", "done")
LISTS = {"verdict": VERDICTS, "kind": KINDS, "stance": STANCES, "done": ("yes",)}
EMPTY_ROWS = 15
# A spreadsheet would take what begins like this for a formula; a mark before it says it is text.
FORMULA = re.compile(r"(?='*[=+\-@\t\r])")
SAFE = re.compile(r"'(?='*[=+\-@\t\r])")
WIDTHS = {"words": 70, "speaker": 26, "note": 30, "article_id": 18}

Row = dict[str, str]


def rows(article_id: str, text: str, sha256: str, found: Sequence[tuple[str, Item]]) -> list[Row]:
    """Return the rows of an article's sheet: its own, those of quotes found, and empty ones."""
    blank = dict.fromkeys(COLUMNS, "")
    whole = blank | {"article_id": article_id, "sha256": sha256, "note": "the article: done?"}
    quotes = [
        blank
        | {"article_id": article_id, "quote_id": quote_id, "words": words_of(text, one.spans)}
        | {"kind": one.kind, "speaker": one.speaker, "stance": one.stance}
        | {"spans": ";".join(f"{start}-{end}" for start, end in one.spans)}
        for quote_id, one in found
    ]
    return [whole, *quotes, *({**blank, "article_id": article_id} for _ in range(EMPTY_ROWS))]


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def unsafe(cell: str) -> str:
    """Return a cell without the mark that :func:`safe` put before it."""
    return SAFE.sub("", cell, count=1) if SAFE.match(cell) else cell


def write_csv(sheet: Sequence[Row]) -> str:
    """Return rows as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: safe(cell) for name, cell in row.items()} for row in sheet)
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
            cell.value, cell.data_type = ILLEGAL.sub("\ufffd", row[name]), "s"
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


# What XML cannot hold, and so no Excel file.
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read(path: Path) -> list[Row]:
    """Return the rows of a sheet that came back, whatever was done to its columns' order.

    Raises
    ------
    ValueError
        If it is no such sheet, or a cell holds what is not in its list; told with file and row.
    """
    table = _xlsx(path) if path.suffix.casefold() == ".xlsx" else _csv(path)
    names = [name.strip().casefold() for name in table[0]] if table else []
    lacking = [name for name in ("article_id", "quote_id", "verdict", "done") if name not in names]
    if lacking:
        raise ValueError(f"{path.name} is no coding sheet: it has no column '{lacking[0]}'")
    read_rows = []
    for y, cells in enumerate(table[1:], 2):
        row = dict.fromkeys(COLUMNS, "") | {
            name: unsafe(cell).strip() for name, cell in zip(names, cells, strict=False)
        }
        for name in ("verdict", "kind", "stance"):
            row[name] = row[name].casefold()
            if row[name] and row[name] not in LISTS[name]:
                told = f"{path.name}, row {y}, column '{name}': '{row[name]}'"
                raise ValueError(f"{told} is none of {', '.join(LISTS[name])}")
        read_rows.append(row)
    return read_rows


def _csv(path: Path) -> list[list[str]]:
    """Return the cells of a CSV file in any encoding, parted by comma, semicolon or tab."""
    text = decode(path.read_bytes()).text.removeprefix("\ufeff")
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))


def _xlsx(path: Path) -> list[list[str]]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    try:
        page = book.worksheets[0]
        return [
            ["" if c is None else str(c) for c in row] for row in page.iter_rows(values_only=True)
        ]
    finally:
        book.close()
