"""Tables as files beside a page, for other programs: CSV and XLSX, formula-safe.

No cell is one that a spreadsheet would compute: in CSV, texts that begin like a formula get an
apostrophe; in XLSX they are texts. The same table gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from sayso.paths import write_whole
from sayso.show.table import Table
from sayso.text.printed import LINE_END, disarmed, for_xml

LONGEST = 32_767  # characters that a cell of XLSX can hold
EPOCH = (1980, 1, 1, 0, 0, 0)
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGED = "http://schemas.openxmlformats.org/package/2006"
PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGED}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sheet.xml" ContentType="{TYPES}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGED}/relationships"><Relationship Id="r1" '
        f'Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
        '<sheet name="table" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGED}/relationships"><Relationship Id="r1" '
        f'Type="{LINKS}/worksheet" Target="sheet.xml"/></Relationships>'
    ),
}


def write_table(table: Table, path: Path) -> None:
    """Write a table, all its rows and whole texts, as ``path``.csv and ``path``.xlsx."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator=LINE_END)
    writer.writerow(map(_safe, table.names))
    writer.writerows([_safe(value) for value in row] for row in table.rows)
    write_whole(path.with_name(f"{path.name}.csv"), "\ufeff" + file.getvalue())
    sheet = "".join(_rows([table.names, *table.rows]))
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>'
    whole_book = io.BytesIO()
    with zipfile.ZipFile(whole_book, "w") as book:
        for name, text in (PARTS | {"xl/sheet.xml": sheet}).items():
            whole = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            book.writestr(info, whole)
    write_whole(path.with_name(f"{path.name}.xlsx"), whole_book.getvalue())


def _safe(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return disarmed(value) if isinstance(value, str) else value


def _rows(rows: list[list[Any]]) -> Iterator[str]:
    for row in rows:
        yield f"<row>{''.join(map(_cell, row))}</row>"


def _cell(value: Any) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f"<c><v>{value!r}</v></c>"
    text = escape(for_xml(value[:LONGEST]))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
