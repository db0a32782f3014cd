"""Nexis UK: HTML in which each document stands between comments that say <DOCFULL>.

Classes have other numbers in each file. What is a label is told by its element: it has one of its
own, and none of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from sayso.reading.formats.databases.found import Found
from sayso.reading.formats.databases.labels import split_label
from sayso.reading.formats.databases.markup import blocks, flat, parse
from sayso.reading.formats.databases.nexis import FIELD, part_of, read_document
from sayso.reading.formats.databases.paragraphs import Paragraph

# The comments hold unclosed tags.
DOCUMENT = re.compile(r"<!--[^<>]{0,200}<DOC NUMBER=[^>]{0,20}>\s*<DOCFULL>\s*-->", re.I)
LONGEST_FIELD = 200
PARTS = ("p", "span", "b", "i", "font", "table", "ul", "ol", "pre", "h1", "h2", "h3", "center")
END = re.compile(r"<!--[^<>]{0,200}</DOCFULL>\s*</DOC>\s*-->", re.I)


def is_nexis_html(text: str) -> bool:
    """Whether a page is a download of Nexis UK."""
    return DOCUMENT.search(text) is not None


def read_nexis_html(text: str) -> Iterator[Found]:
    """Return the articles of a download of Nexis UK."""
    _, *documents = DOCUMENT.split(text)
    return (read_document(list(_paragraphs(document))) for document in documents)


def _paragraphs(document: str) -> Iterator[Paragraph]:
    """Return the paragraphs of a document."""
    page = parse(f"<div>{END.split(document, maxsplit=1)[0]}</div>")
    for number, division in enumerate(() if page is None else _divisions(page)):
        found = [text for part in division for text in blocks(part)]
        text = " ".join(found)
        label = _label(division)
        value = text[len(label) :].lstrip(" \u00a0:")
        part = part_of(label.rstrip(": ").casefold(), value) if label else None
        if part == "other":
            # A new label has a line of its own; a text may begin with the name of a speaker.
            part = FIELD if len(found) == 1 and len(text) < LONGEST_FIELD else None
        if part:
            yield Paragraph(text, part, value, block=number)
        else:
            yield from (Paragraph(one, block=number) for one in found)


def _divisions(page: etree._Element) -> Iterator[list[etree._Element]]:
    """Return the innermost divisions of a page, each as the elements that hold its text."""
    for division in page.iter("div"):
        parts = [child for child in division if child.tag in PARTS]
        if parts or flat(division.text or ""):
            yield parts or [division]


def _label(division: list[etree._Element]) -> str:
    """Return the label with which a division begins, or '': its first element holds no more."""
    elements = division[0].iter("span", "b", "strong")
    text = next((text for text in (flat(one.text or "") for one in elements) if text), "")
    found = split_label(text, raised=True)
    return text if found and not found[1].strip() else ""
