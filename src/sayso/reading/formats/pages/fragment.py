"""Text of a piece of HTML that is an article already: nothing in it is left out as furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.reading.formats.pages.marks import write_marks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Elements that stand within a line; all others begin a new one.
INLINE = re.compile(
    "a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|span|strike"
    "|strong|sub|sup|time|tt|u|var|wbr|o:p"
)
SKIPPED = re.compile("script|style|head|title|template|noscript|svg|math|object|iframe")


def fragment_text(html: str) -> str:
    """Return the text of a piece of HTML, its paragraphs with blank lines between them."""
    from lxml.html import fromstring

    if not html.strip():
        return ""
    tree = fromstring(f"<div>{html}</div>")
    write_marks(tree)
    lines = (" ".join(line.split()) for line in "".join(_pieces(tree)).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _pieces(element: HtmlElement) -> Iterator[str]:
    """Return the texts in an element in order, with line ends around what is no part of a line."""
    if not isinstance(element.tag, str) or SKIPPED.fullmatch(element.tag):
        return
    around = "" if INLINE.fullmatch(element.tag) else "\n"
    # In HTML line ends are no more than blanks.
    yield around + re.sub(r"\s", " ", element.text or "")
    for child in element:
        yield from _pieces(child)
        yield re.sub(r"\s", " ", child.tail or "")
    yield around
