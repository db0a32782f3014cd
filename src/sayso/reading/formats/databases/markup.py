"""Elements of a page: its tree, the classes of an element, and its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

SPACES = re.compile(r"[ \t\n\r\f]+")
DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
CLASSED = etree.XPath("descendant-or-self::*[@class]")
BREAKS = frozenset(
    ["br", "p", "div", "tr", "li", "table", "h1", "h2", "h3", "h4", "blockquote", "pre", "td"]
)


def parse(text: str, *, xml: bool = False) -> etree._Element | None:
    """Return the tree of a page or of XML, None where there is none. Nothing is run or fetched."""
    if xml:
        parser = etree.XMLParser(
            huge_tree=True, no_network=True, recover=True, resolve_entities=False, load_dtd=False
        )
    else:
        parser = html.HTMLParser(huge_tree=True, no_network=True, encoding="utf-8")
    data = DECLARATION.sub("", text, count=1).encode("utf-8", "replace")
    try:
        return etree.fromstring(data, parser) if xml else html.document_fromstring(data, parser)
    except etree.LxmlError:
        return None


def classes(element: etree._Element) -> list[str]:
    """Return the classes of an element in small letters."""
    return (element.get("class") or "").casefold().split()


def blocks(element: etree._Element | None) -> list[str]:
    """Return the text of an element (null: none) in paragraphs, markup within them left out.

    What only changes how words look, as the marks of a search do, parts no words.
    """
    if element is None:
        return []
    found: list[list[str]] = [[]]
    for event, one in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        is_tag = event in ("start", "end") and isinstance(one.tag, str)
        if is_tag and one.tag in BREAKS:
            found.append([])
        if event == "start" and one.tag not in ("script", "style"):
            found[-1].append(one.text or "")
        elif event != "start" and one is not element:
            found[-1].append(one.tail or "")
    return [text for text in (flat("".join(parts)) for parts in found) if text]


def line(element: etree._Element | None) -> str:
    """Return the text of an element in one line, empty where there is none."""
    return " ".join(blocks(element))


def flat(text: str) -> str:
    """Return a text with its blanks and ends of lines made single blanks."""
    return SPACES.sub(" ", text).strip()


def with_class(element: etree._Element, pattern: str) -> Iterator[etree._Element]:
    """Return an element and those below it that have a class of a pattern, in small letters."""
    wanted = re.compile(pattern)
    return (one for one in CLASSED(element) if any(map(wanted.fullmatch, classes(one))))


def first_with_class(element: etree._Element, pattern: str) -> etree._Element | None:
    """Return the first such element, or None."""
    return next(with_class(element, pattern), None)
