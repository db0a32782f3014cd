"""Documents of Word (.docx) and OpenOffice (.odt): their text, a line for each paragraph.

Only what a reader sees counts: text that was deleted or hidden, comments, headers and footers are
left out. Footnotes stand at the end. The author that a document names is who typed it; it is not
read.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.reading.formats.archives.zips import read_within
from sayso.reading.formats.decode import OLD_OFFICE
from sayso.reading.formats.limits import check
from sayso.reading.formats.source import File, Raw, error
from sayso.reading.formats.text import read_words
from sayso.reading.formats.xml import attribute, name_of, parse_xml
from sayso.reading.problem import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

LOCKED = error("locked file", "it is locked with a password; save it without one")
OLDER = error("unreadable file", "it is in the old Word format; save it as .docx")
ODF = "{urn:oasis"
MOST_BLANKS = 100
BLANKS = re.compile(r"[ \t\r\n]+")
SOFT_HYPHEN = "\xad"

# Elements of either format whose text is none of the article.
SKIPPED = re.compile(
    "del|delText|moveFrom|instrText|Fallback|rPr|pPr|sectPr|annotation|tracked-changes|forms"
    "|sequence-decls|ruby-text|rt|soft-page-break|title|desc|note-citation"
)
NOTES = ("footnote", "endnote", "note")
PARAGRAPHS = ("p", "h")
BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "noBreakHyphen": "-"}


def read_docx(file: File) -> Iterator[Raw | Problem]:
    """Return the article of a Word document, or those of a download."""
    with file.open() as data:
        if data.read(len(OLD_OFFICE)) == OLD_OFFICE:
            yield LOCKED if "EncryptedPackage".encode("utf-16-le") in data.read() else OLDER
            return
        with zipfile.ZipFile(data) as archive:
            main = "word/document.xml"
            if "_rels/.rels" in archive.namelist():
                for relation in _part(archive, "_rels/.rels"):
                    if relation.get("Type", "").endswith("/officeDocument"):
                        main = relation.get("Target", "").lstrip("/")
            paragraphs = _paragraphs(_part(archive, main))
            for name in ("footnotes", "endnotes"):
                part = f"{main.rpartition('/')[0]}/{name}.xml".lstrip("/")
                if part in archive.namelist():
                    paragraphs += ["", *filter(None, _paragraphs(_part(archive, part)))]
    yield from read_words("\n".join(paragraphs))


def read_odt(file: File) -> Iterator[Raw | Problem]:
    """Return the article of an OpenOffice document, or those of a download."""
    with file.open() as data, zipfile.ZipFile(data) as archive:
        if "META-INF/manifest.xml" in archive.namelist():
            manifest = _part(archive, "META-INF/manifest.xml")
            if any(name_of(element) == "encryption-data" for element in manifest.iter()):
                yield LOCKED
                return
        paragraphs = _paragraphs(_part(archive, "content.xml"))
    yield from read_words("\n".join(paragraphs))


def _part(archive: zipfile.ZipFile, name: str) -> _Element:
    member = archive.getinfo(name)
    check("text_bytes", member.file_size, "its text has more than {} bytes")
    return parse_xml(read_within(archive, member))


def _paragraphs(root: _Element) -> list[str]:
    """Return the paragraphs of a part in order, footnotes last; a blank one is ''."""
    notes: list[str] = []
    lines = list(_lines(root, notes))
    return [*lines, *(["", *notes] if notes else [])]


def _lines(element: _Element, notes: list[str]) -> Iterator[str]:
    """Return the paragraphs in an element; those within a paragraph (a text box) come behind it."""
    name = name_of(element)
    if SKIPPED.fullmatch(name) or not name:
        return
    if name in PARAGRAPHS:
        inner: list[str] = []
        words = "".join(_words(element, inner, notes))
        yield "\n".join(line.strip() for line in words.replace(SOFT_HYPHEN, "").split("\n"))
        yield from inner
        return
    for child in element:
        yield from _lines(child, notes)


def _words(element: _Element, inner: list[str], notes: list[str]) -> Iterator[str]:
    """Return the text in a part of a paragraph, piece by piece."""
    # In OpenOffice's XML all text counts, and blanks and line ends in a row are a single blank.
    is_odt = element.tag.startswith(ODF)
    if is_odt:
        yield BLANKS.sub(" ", element.text or "")
    elif name_of(element) == "t":
        yield element.text or ""
    for child in element:
        name = name_of(child)
        if name in BREAKS:
            yield BREAKS[name]
        elif name == "s":
            yield " " * min(int(attribute(child, "c") or 1), MOST_BLANKS)
        elif name in NOTES:
            notes += filter(None, [line for part in child for line in _lines(part, notes)])
        elif name in PARAGRAPHS:
            inner += _lines(child, notes)
        elif name and not SKIPPED.fullmatch(name) and not (name == "r" and _is_hidden(child)):
            yield from _words(child, inner, notes)
        if is_odt:
            yield BLANKS.sub(" ", child.tail or "")


def _is_hidden(run: _Element) -> bool:
    """Whether a run of a Word document is set as hidden text."""
    marks = (one for part in run if name_of(part) == "rPr" for one in part)
    values = [attribute(one, "val") for one in marks if name_of(one) == "vanish"]
    return any(value not in ("0", "false", "off") for value in values)
