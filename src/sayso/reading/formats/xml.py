"""XML from others: parsed without entities of its own, fetching nothing."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from sayso.reading.formats.decode import decode

if TYPE_CHECKING:
    from lxml.etree import _Element

DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
# The five that XML itself knows; others are HTML's, and a file without its DTD does not know them.
NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(\w+);")


class BadXml(ValueError):
    """An XML file is not well-formed, or declares entities."""


def parse_xml(data: bytes | str) -> _Element:
    """Return the root of an XML document, without comments.

    Raises
    ------
    BadXml
        If it is not well-formed, or declares entities, by which a small file can grow without end
        or take in other files. They are refused before anything is parsed.
    """
    # Imported here: it is slow to load, and most corpora have no XML.
    from lxml import etree

    text = decode(data).text if isinstance(data, bytes) else data
    text = DECLARATION.sub("", text, count=1).lstrip()
    if ENTITY.search(text):
        raise BadXml("it declares entities, which can hide a bomb; they are never read")
    text = NAMED.sub(lambda match: html.unescape(match.group()), text)
    # Without DTDs, the network and huge trees, as is lxml's custom.
    parser = etree.XMLParser(resolve_entities=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError as fault:
        raise BadXml(f"its XML is not well-formed ({fault})") from None


def name_of(element: _Element) -> str:
    """Return an element's name without its namespace, '' for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element, name: str) -> str | None:
    """Return the value of an attribute by its name without namespace."""
    return next((v for key, v in element.items() if key.rpartition("}")[2] == name), None)
