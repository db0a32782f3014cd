"""Files in many formats, made by hand for the tests: no library writes what another one reads."""

from __future__ import annotations

import io
import textwrap
import zipfile
from xml.sax.saxutils import escape

from sayso.article import Article
from sayso.reading import read_articles

HEADLINE = "Bridge to close for two years"
LEAD = (
    "ORVELT, March 12, 2024 - The council of Orvelt voted on Tuesday to close the old bridge for"
    " repairs that may take two years, a spokesman said."
)
QUOTE = "“We had no other choice,” Mayor Ada Brink told reporters after the vote."
END = "Shop owners were not pleased. “It will ruin us,” said Jonas Petty, who sells bread there."
PARAGRAPHS = (HEADLINE, LEAD, QUOTE, END)
TEXT = "\n\n".join(PARAGRAPHS) + "\n"

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def read(source, **options):
    """Return a corpus's articles by id, and all its notes, those of articles too."""
    found = list(read_articles(source, **options))
    articles = {item.article_id: item for item in found if isinstance(item, Article)}
    notes = [item for item in found if not isinstance(item, Article)]
    return articles, [*notes, *(note for article in articles.values() for note in article.notes)]


def zipped(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive of members by their names, the same bytes every time."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 3, 12, 0, 0, 0)), content, method)
    return data.getvalue()


def docx(body: str, prolog: str = "", **parts: str) -> bytes:
    """Return a Word document whose body is XML with the prefix 'w'; parts such as footnotes."""
    document = f'{prolog}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    members = {"word/document.xml": document}
    for name, inner in parts.items():
        members[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{WORD}">{inner}</w:{name}>'
    return zipped(members)


def word_paragraphs(*lines: str) -> str:
    """Return paragraphs of a Word document with these lines."""
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    return "".join(f"<w:p>{run.format(escape(line)) if line else ''}</w:p>" for line in lines)


def odt(body: str, prolog: str = "", **members: str) -> bytes:
    """Return an OpenOffice document whose text is XML with the prefixes 'text' and 'office'."""
    spaces = " ".join(
        f'xmlns:{name}="{ODF}{path}:1.0"'
        for name, path in {"office": "office", "text": "text", "draw": "drawing"}.items()
    )
    content = (
        f"{prolog}<office:document-content {spaces}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )
    return zipped({"content.xml": content} | members)


def odt_paragraphs(*lines: str) -> str:
    """Return paragraphs of an OpenOffice document with these lines."""
    return "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)


def rtf(*lines: str) -> bytes:
    """Return an RTF file with a paragraph for each line."""
    body = "\\par\n".join(map(rtf_words, lines))
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\n{body}\\par}}".encode()


def rtf_words(line: str) -> str:
    """Return a line as RTF writes it: letters beyond ASCII by their numbers."""
    plain = line.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
    return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in plain)


Placed = tuple[float, float, float, str]


def pdf(pages: list[list[Placed]], trailer: str = "") -> bytes:
    """Return a PDF whose pages hold lines, each with x, y and size."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(
            f"/F1 {size} Tf 1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj\n"
            for x, y, size, text in lines
        )
        stream = f"BT\n{shown}ET" if lines else ""
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources "
            f"<< /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream",
        ]
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
        f"<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(data)}\n%%EOF\n"
    )
    return data + end.encode()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def set_in_pages(paragraphs, *, width=70, gap=0, indent=0, leading=13, furniture=True):
    """Return the pages of paragraphs set in lines, with a running head and numbers below."""
    pages: list[list[Placed]] = [[]]
    y = 720
    for paragraph in paragraphs:
        for number, line in enumerate(textwrap.wrap(paragraph, width)):
            if y < 90:
                pages.append([])
                y = 720
            pages[-1].append((72 + (indent if number == 0 else 0), y, 11, line))
            y -= leading
        y -= gap
    if furniture:
        for number, page in enumerate(pages, start=1):
            page.insert(0, (72, 760, 9, "Harbour Gazette"))
            page.append((280, 30, 9, f"Page {number} of {len(pages)}"))
    return pages


TOP = f"<h1>{HEADLINE}</h1>"


def page(body: str, head: str = "", title: str = HEADLINE, heading: str = TOP) -> str:
    """Return a web page with an article."""
    return (
        "<!doctype html><html lang=en><head><meta charset=utf-8>"
        f"<title>{title}</title>{head}</head>"
        f"<body><article>{heading}{body}</article></body></html>"
    )


BODY = "".join(f"<p>{line}</p>" for line in (LEAD.partition(" - ")[2], QUOTE, END))


def warc(*records: tuple[str, str, bytes]) -> bytes:
    """Return a web archive of records: type, address, and what was sent, its HTTP head first."""
    data = b""
    for number, (kind, url, block) in enumerate(records):
        http = "msgtype=request" if kind == "request" else "msgtype=response"
        head = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
            "WARC-Date: 2026-01-02T03:04:05Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
            f"Content-Type: application/http; {http}\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        data += head.encode() + block + b"\r\n\r\n"
    return data


def sent(body, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    """Return what a server sends: head and content."""
    body = body.encode() if isinstance(body, str) else body
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
