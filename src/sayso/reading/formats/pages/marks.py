"""Marks for what extractors of pages lose: they drop a <q>'s quotation marks, and a <time>."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

QUOTES = tuple('"“”„«»')
OUTER, INNER = ("“", "”"), ("‘", "’")


def write_marks(tree: HtmlElement) -> None:
    """Put quotation marks for each <q>, and the words of a <time> into its sentence."""
    for quote in reversed(list(tree.iter("q"))):
        # Some pages set the marks themselves, in the element or around it.
        if not text_before(quote).endswith(QUOTES) and not quote.text_content().startswith(QUOTES):
            opening, closing = INNER if len(list(quote.iterancestors("q"))) % 2 else OUTER
            quote.text = opening + (quote.text or "")
            if len(quote):
                quote[-1].tail = (quote[-1].tail or "") + closing
            else:
                quote.text += closing
        _make_plain(quote)
    words: dict[HtmlElement, str] = {}
    for time in list(tree.iter("time")):
        paragraph = next(time.iterancestors("p"), None)
        if paragraph is not None and paragraph not in words:
            words[paragraph] = paragraph.text_content().strip()
        if paragraph is not None and words[paragraph] != time.text_content():
            # The element itself stays, empty: it may tell the day of publication.
            time.addprevious(time.makeelement("time", dict(time.attrib)))
            _make_plain(time)


def _make_plain(element: HtmlElement) -> None:
    """Let an element be its words alone: to take it out, all its siblings would be counted."""
    element.attrib.clear()
    element.tag = "span"


def text_before(element: HtmlElement) -> str:
    """Return the text right before an element."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        return previous.tail or ""
    return "" if parent is None else parent.text or ""
