"""Contents: what the encoder marks as said, cut at the quotation marks."""

from __future__ import annotations

import re

from sayso.extract.quoting.attribution import Attribution
from sayso.text.marks import Quotation
from sayso.text.spans import Span, gaps

COVERED = 0.5
PASSIVE = re.compile(
    r"(?:(?:has|have|had|will|would|could|may) )?(?:be|been|being|is|are|was|were)\b"
)
# An abbreviation whose full stop belongs to it: 'the U.S.'
ABBREVIATED = re.compile(r"\b\w\.\w\.\Z")
EDGE = " \t\r\n\u00a0.,;:–—-“”\"‘’'«»„()[]"


def cut_content(
    text: str, attribution: Attribution, quotations: list[Quotation]
) -> tuple[tuple[Span, ...], tuple[bool, ...]]:
    """Cut an attribution's content at quotation marks and leave these out.

    A quotation most of which lies in the content belongs to it whole: marks know better than the
    encoder where quoted words begin and end.
    """
    pieces: set[tuple[int, int, bool]] = set()
    for part in attribution.contents:
        for a, b in (span for quotation in quotations for span in quotation.inner):
            first, last = max(a, part.start), min(b, part.end)
            if last > first:
                most = last - first >= COVERED * (b - a)
                pieces.add((a, b, True) if most else (first, last, True))
        marked = ((quotation.start, quotation.end) for quotation in quotations)
        pieces |= {(a, b, False) for a, b in gaps(marked, part.start, part.end)}
    kept: list[tuple[Span, bool]] = []
    for start, end, quoted in sorted(pieces):
        span = strip_edges(text, start, end, quoted)
        that = not quoted and text[slice(*span or (0, 0))].casefold() == "that"
        if span and not that and not (kept and span[0] < kept[-1][0][1]):
            kept.append((span, quoted))
    return tuple(span for span, _ in kept), tuple(quoted for _, quoted in kept)


def strip_edges(text: str, start: int, end: int, quoted: bool) -> Span | None:
    """Cut blanks off quoted words, and marks and punctuation too off unquoted ones."""
    edge = " \t\r\n\u00a0" if quoted else EDGE
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge and not ABBREVIATED.search(text[start:end]):
        end -= 1
    if not quoted and (that := re.match(r"that\s+(?=\w)", text[start:end])):
        start += that.end()
    return (start, end) if re.search(r"\w", text[start:end]) else None
