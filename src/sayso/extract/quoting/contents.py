"""Contents: what the encoder marks as said, cut at the quotation marks."""

from __future__ import annotations

import re

from sayso.extract.quoting.attribution import Attribution
from sayso.text.marks import Quotation
from sayso.text.spans import Span

COVERED = 0.5
PASSIVE = re.compile(
    r"(?:(?:has|have|had|will|would|could|may) )?(?:be|been|being|is|are|was|were)\b"
)
EDGE = " \t\r\n\u00a0.,;:–—-“”\"‘’'«»„()[]"


def cut_content(
    text: str, attribution: Attribution, quotations: list[Quotation]
) -> tuple[tuple[Span, ...], tuple[bool, ...]]:
    """Cut an attribution's content at quotation marks and leave these out.

    A quotation most of which lies in the content belongs to it whole: marks know better than the
    encoder where quoted words begin and end.
    """
    raw = [(p.start, p.end) for p in attribution.contents]
    inner = [span for quotation in quotations for span in quotation.inner]
    pieces: list[tuple[int, int, bool]] = []
    taken: set[int] = set()
    for start, end in raw:
        for number, (a, b) in enumerate(inner):
            overlap = min(b, end) - max(a, start)
            if overlap > 0 and number not in taken and (overlap >= COVERED * (b - a)):
                taken.add(number)
                pieces.append((a, b, True))
            elif overlap > 0 and number not in taken:
                pieces.append((max(a, start), min(b, end), True))
        pieces += [(a, b, False) for a, b in _outside(start, end, quotations)]
    pieces = sorted(set(pieces))
    kept = []
    for start, end, quoted in pieces:
        span = strip_edges(text, start, end, quoted)
        if span is not None:
            kept.append((*span, quoted))
    kept = _whole(text, kept)
    return tuple((a, b) for a, b, _ in kept), tuple(q for _, _, q in kept)


def _outside(start: int, end: int, quotations: list[Quotation]) -> list[Span]:
    """Return the stretches of a span that stand outside all quotations."""
    result, at = [], start
    for quotation in quotations:
        if quotation.end <= at or quotation.start >= end:
            continue
        if quotation.start > at:
            result.append((at, quotation.start))
        at = max(at, quotation.end)
    if at < end:
        result.append((at, end))
    return result


def strip_edges(text: str, start: int, end: int, quoted: bool) -> Span | None:
    """Cut blanks off quoted words, and marks and punctuation too off unquoted ones."""
    edge = " \t\r\n\u00a0" if quoted else EDGE
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge and not _abbreviation(text, start, end):
        end -= 1
    if not quoted and (that := re.match(r"that\s+(?=\w)", text[start:end])):
        start += that.end()
    if not re.search(r"\w", text[start:end]):
        return None
    return start, end


def _abbreviation(text: str, start: int, end: int) -> bool:
    """Whether a span ends with an abbreviation whose full stop belongs to it ('the U.S.')."""
    return text[end - 1] == "." and re.search(r"\b\w\.\w\.$", text[start:end]) is not None


def _whole(text: str, pieces: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Drop pieces that lie in others, and a bare 'that' before quoted words."""
    result: list[tuple[int, int, bool]] = []
    for start, end, quoted in pieces:
        bare = not quoted and text[start:end].casefold() == "that"
        if not bare and not (result and start < result[-1][1]):
            result.append((start, end, quoted))
    return result


def tighten(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(s for a, b in spans if (s := strip_edges(text, a, b, True)) is not None)
