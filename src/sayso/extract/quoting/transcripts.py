"""Transcripts and testimonials: quotes that are told by the layout, not by a reporting verb.

In a transcript each paragraph begins with who speaks ('MAYOR: We will rebuild.'); in a list of
testimonials each quotation ends with a dash and a name ('“We will rebuild.” — Ann Lee').
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from sayso.text.marks import MARK, Quotation
from sayso.text.spans import Span

_NAME = r"(?:(?:[A-Z][\w.’'-]*|[A-Z]\.|of|the|de|van|von|bin|al)\s){0,4}[A-Z][\w.’'-]*"
_CAPITALS = re.compile(r"[A-Z][A-Z.’' -]+$")
_TURN = re.compile(rf"(?:{MARK.pattern})*+\s*(?P<who>{_NAME})\s?(?P<cue>:)\s+(?=\S)")
_SIGNED = re.compile(rf"\s*(?P<cue>[-–—―]{{1,2}})\s*(?P<who>{_NAME})(?:,[^.“”\"]{{0,80}})?\s*$")
# Fewer paragraphs that begin with a name are no transcript.
FEWEST_TURNS = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's turn: the spans of the name, of the mark that is its cue, and of the words."""

    speaker: Span
    cue: Span
    content: tuple[Span, ...]

    @property
    def start(self) -> int:
        return min(self.speaker[0], self.content[0][0])

    @property
    def end(self) -> int:
        return max(self.speaker[1], self.content[-1][1])


def find_turns(text: str, paras: list[Span], quotations: list[Quotation]) -> list[Turn]:
    """Return the turns of transcripts and the signed quotations of a text, in text order."""
    return sorted(
        [*_spoken(text, paras), *_signed(text, paras, quotations)], key=lambda t: t.content
    )


def _spoken(text: str, paras: list[Span]) -> list[Turn]:
    """Return the turns of a transcript: at least two names, and one that comes again."""
    turns: dict[Turn, str] = {}
    for start, end in paras:
        head = _TURN.match(text, start, end)
        words = _inside(text, head.end(), end) if head else None
        if words:
            turns[Turn(head.span("who"), head.span("cue"), (words,))] = head["who"]
    in_capitals = {turn: name for turn, name in turns.items() if _CAPITALS.match(name)}
    if _is_talk(in_capitals.values()):
        return list(in_capitals)
    # Names in ordinary letters also begin the items of lists, so they must come again and again.
    again = len(set(turns.values())) <= len(turns) / 2
    return list(turns) if again and _is_talk(turns.values()) else []


def _is_talk(names: Iterable[str]) -> bool:
    """Whether names at the beginning of paragraphs take turns."""
    counts = Counter(names)
    return counts.total() >= FEWEST_TURNS and len(counts) > 1 and max(counts.values()) > 1


def _inside(text: str, start: int, end: int) -> Span | None:
    """Return a span without blanks and without quotation marks that enclose nothing of it."""
    while end > start and (text[end - 1].isspace() or _dangling(text, start, end)):
        end -= 1
    return (start, end) if end > start else None


def _dangling(text: str, start: int, end: int) -> bool:
    """Whether a span ends with a closing mark that was opened before it."""
    body = text[start:end]
    return body[-1] in '”"' and len(re.findall(r"[“”\"]", body)) % 2 == 1


def _signed(text: str, paras: list[Span], quotations: list[Quotation]) -> list[Turn]:
    """Return quotations that fill a paragraph but for a dash and a name."""
    turns = []
    for start, end in paras:
        own = [q for q in quotations if q.double and start <= q.start < end and q.inner]
        if not own or text[start : own[0].start].strip():
            continue
        signature = _SIGNED.match(text, own[-1].end, end)
        between = all(not text[a.end : b.start].strip() for a, b in pairwise(own))
        if signature and between:
            content = tuple(span for q in own for span in q.inner)
            turns.append(Turn(signature.span("who"), signature.span("cue"), content))
    return turns
