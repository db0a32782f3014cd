"""Articles written in the formats that sayso reads, rows as they are: nothing is made well-formed.

A format is a function from a folder, rows (``article_id``, ``text``, ``headline`` ...) and a source
of chance to the files written, each with how many articles it holds.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pyarrow as pa
import pyarrow.parquet as pq

from sayso.text.printed import NO_XML

Row = dict[str, Any]
Written = dict[Path, int]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
EXCEL_MOST = 32_767


def plain(value: Any) -> str:
    """Return a cell as a format without types writes it."""
    return value if isinstance(value, str) else "" if value is None else str(value)[:50_000]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _lines(row: Row) -> list[str]:
    return [plain(row["headline"]), *plain(row["text"]).split("\n")]


def _each(ending: str, made: Callable[[Row], bytes]) -> Callable[..., Written]:
    def write(folder: Path, rows: list[Row], chance: Random) -> Written:
        written = {}
        for row in rows:
            path = folder / f"{row['file']}.{ending}"
            path.write_bytes(made(row))
            written[path] = 1
        return written

    return write


def _one(name: str, made: Callable[[list[Row], Random], bytes]) -> Callable[..., Written]:
    def write(folder: Path, rows: list[Row], chance: Random) -> Written:
        path = folder / name
        path.write_bytes(made(rows, chance))
        return {path: len(rows)}

    return write


def _txt(row: Row) -> bytes:
    encoding = row["encoding"]
    errors = "surrogatepass" if encoding.startswith("utf") else "replace"
    return "\n\n".join([plain(row["headline"]), plain(row["text"])]).encode(encoding, errors)


def _html(row: Row) -> bytes:
    is_escaped = row["encoding"] == "utf-8"
    lines = [escape(line) if is_escaped else line for line in plain(row["text"]).split("\n")]
    meta = {"author": row["author"], "article:published_time": row["published"]}
    tags = (f"<meta name={quoteattr(k)} content={quoteattr(plain(v))}>" for k, v in meta.items())
    linked = {
        "@type": "NewsArticle",
        "headline": row["headline"],
        "datePublished": row["published"],
    }
    return _bytes(
        f"<!doctype html><html><head><meta charset=utf-8><title>{escape(plain(row['headline']))}"
        + "</title>"
        + "".join(tags)
        + f'<script type="application/ld+json">{json.dumps(linked)}</script></head><body><article>'
        + f"<h1>{escape(plain(row['headline']))}</h1>"
        + "".join(f"<p>{line}</p>" for line in lines)
        + "</article></body></html>"
    )


def _zip(members: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 3, 12, 0, 0, 0)), content)
    return data.getvalue()


def _xml_lines(row: Row, tag: str) -> str:
    return "".join(tag.format(escape(NO_XML.sub("", line))) for line in _lines(row))


def _docx(row: Row) -> bytes:
    body = _xml_lines(row, '<w:p><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>')
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return _zip({"word/document.xml": document.encode()})


def _odt(row: Row) -> bytes:
    spaces = f'xmlns:office="{OFFICE}:office:1.0" xmlns:text="{OFFICE}:text:1.0"'
    body = _xml_lines(row, "<text:p>{}</text:p>")
    content = (
        f"<office:document-content {spaces}><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>"
    )
    return _zip({"content.xml": content.encode()})


def _rtf(row: Row) -> bytes:
    def words(line: str) -> str:
        line = line.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
        units = line.encode("utf-16-le", "surrogatepass")
        numbers = [int.from_bytes(units[n : n + 2], "little") for n in range(0, len(units), 2)]
        return "".join(chr(n) if n < 128 else f"\\u{n - 65536 * (n > 32767)}?" for n in numbers)

    return ("{\\rtf1\\ansi " + "\\par ".join(map(words, _lines(row))) + "}").encode()


def _pdf(row: Row) -> bytes:
    lines = [line[n : n + 90] for line in _lines(row) for n in range(0, len(line) or 1, 90)][:800]
    shown = "".join(
        f"/F1 11 Tf 1 0 0 1 72 {720 - 13 * number} Tm ({line}) Tj\n"
        for number, line in enumerate(re.sub(r"([\\()])", r"\\\1", line) for line in lines)
    ).encode("cp1252", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources "
        b"<< /Font << /F1 3 0 R >> >> >>",
        b"<< /Length %d >>\nstream\nBT\n%sET\nendstream" % (len(shown) + 5, shown),
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return data + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def _eml(row: Row) -> bytes:
    one_line = " ".join(plain(row["headline"]).split())[:500]
    head = (
        f"From: Desk <desk@a.example>\nDate: {plain(row['published'])[:100]}\nSubject: {one_line}"
    )
    return _bytes(f"{head}\nContent-Type: text/plain; charset=utf-8\n\n{plain(row['text'])}")


def _jsonl(rows: list[Row], chance: Random) -> bytes:
    is_ascii = chance.random() < 0.5  # then surrogates are written as escapes
    return b"".join(_bytes(json.dumps(_own(row), ensure_ascii=is_ascii) + "\n") for row in rows)


def _json(rows: list[Row], chance: Random) -> bytes:
    own = [_own(row) for row in rows]
    return _bytes(json.dumps({"articles": own} if chance.random() < 0.3 else own, indent=1))


def _csv(rows: list[Row], chance: Random) -> bytes:
    text = io.StringIO(newline="")
    mark = chance.choice(",;\t|")
    writer = csv.writer(text, delimiter=mark, quoting=chance.choice((0, 1)))
    names = list(_own(rows[0]))
    writer.writerow(names)
    writer.writerows([plain(row[name]) for name in names] for row in rows)
    return _bytes(text.getvalue())


def _parquet(rows: list[Row], chance: Random) -> bytes:
    names = list(_own(rows[0]))
    columns: dict[str, pa.Array] = {}
    for name in names:
        cells = [None if row[name] is None else _bytes(plain(row[name])) for row in rows]
        raw = pa.array(cells, pa.binary())
        # Text that is no UTF-8 is what other writers leave behind.
        columns[name] = pa.StringArray.from_buffers(
            len(raw), raw.buffers()[1], raw.buffers()[2], raw.buffers()[0], raw.null_count
        )
    if chance.random() < 0.3:
        ends = (0, -(2**62), 2**62, 253402300799, -62135596800, None)
        unit = chance.choice(("ms", "us", "ns"))
        days = pa.array([chance.choice(ends) for _ in rows], pa.int64())
        columns["published"] = days.cast(pa.timestamp(unit))
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink, write_statistics=False)
    return sink.getvalue().to_pybytes()


def _xlsx(rows: list[Row], chance: Random) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("articles")
    names = list(_own(rows[0]))
    sheet.append(names)
    for row in rows:
        sheet.append([_excel(row[name]) for name in names])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _excel(value: Any) -> Any:
    if isinstance(value, (int, float)) and abs(value) < 1e300:
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) and value > "1900-01-02":
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    return NO_XML.sub("", plain(value))[:EXCEL_MOST]


def _rss(rows: list[Row], chance: Random) -> bytes:
    def item(row: Row) -> str:
        cells = {"title": "headline", "guid": "article_id", "pubDate": "published", "link": "url"}
        inner = "".join(
            f"<{tag}>{escape(NO_XML.sub('', plain(row[name])))}</{tag}>"
            for tag, name in cells.items()
        )
        text = escape(NO_XML.sub("", plain(row["text"])).replace("\n\n", "</p><p>"))
        return f"<item>{inner}<content:encoded>{text}</content:encoded></item>"

    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    items = "".join(map(item, rows))
    return f'<rss version="2.0" {spaces}><channel><title>a</title>{items}</channel></rss>'.encode()


def _warc(rows: list[Row], chance: Random) -> bytes:
    data = b""
    for number, row in enumerate(rows):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _html(row)
        data += (
            "WARC/1.0\r\nWARC-Type: response\r\n"
            f"WARC-Target-URI: http://a.example/{row['file']}\r\n"
            "WARC-Date: 2026-01-02T03:04:05Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        ).encode() + (block + b"\r\n\r\n")
    return data


def _packed(rows: list[Row], chance: Random) -> bytes:
    made = {"txt": _txt, "html": _html, "docx": _docx, "rtf": _rtf, "eml": _eml}
    endings = [chance.choice(list(made)) for _ in rows]
    pairs = zip(rows, endings, strict=True)
    return _zip({f"{row['file']}.{ending}": made[ending](row) for row, ending in pairs})


def _own(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in ("file", "encoding", "how")}


FORMATS: dict[str, Callable[[Path, list[Row], Random], Written]] = {
    "txt": _each("txt", _txt),
    "html": _each("html", _html),
    "docx": _each("docx", _docx),
    "odt": _each("odt", _odt),
    "rtf": _each("rtf", _rtf),
    "pdf": _each("pdf", _pdf),
    "eml": _each("eml", _eml),
    "txt.gz": _each("txt.gz", lambda row: gzip.compress(_txt(row), mtime=0)),
    "jsonl": _one("many.jsonl", _jsonl),
    "json": _one("many.json", _json),
    "csv": _one("many.csv", _csv),
    "parquet": _one("many.parquet", _parquet),
    "xlsx": _one("many.xlsx", _xlsx),
    "xml": _one("many.xml", _rss),
    "warc": _one("many.warc", _warc),
    "zip": _one("many.zip", _packed),
    "jsonl.gz": _one("many.jsonl.gz", lambda rows, c: gzip.compress(_jsonl(rows, c), mtime=0)),
}
TABLES = ("jsonl", "json", "csv", "parquet", "xlsx", "jsonl.gz")
"""Formats in which each row is an article or is told."""
