"""What a coder marks, an item a quote, and how its words are found again in the article.

Offsets that come back from other tools are off in many ways: after an emoji where a tool counts
UTF-16 units, after line ends where it counts them once or twice. So words go out with every span,
and it is the words that are looked for when it comes back.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from sayso.analyze.groups import outer, speech
from sayso.text.overlap import characters, jaccard, pair
from sayso.text.spans import Span

KINDS = ("direct", "mixed", "indirect")
STANCES = ("neutral", "endorsing", "distancing", "denying")
JOINT = " ... "
FOUND = 0.5  # characters in common over all: so alike are two quotes that are the same one
BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Item:
    """A quote as somebody marked it: its pieces, what kind it is, who says it, how it is put.

    ``speaker`` and ``stance`` are '' where there is none. Make one with :func:`item`.
    """

    spans: tuple[Span, ...]
    kind: str
    speaker: str = ""
    stance: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """An article as a tool has it: its id ('' where the tool keeps none), its text, its items."""

    article_id: str
    text: str
    items: tuple[Item, ...]


def item(
    text: str, spans: Iterable[Sequence[int]], kind: str, speaker: str = "", stance: str = ""
) -> Item:
    """Return an item in its one normal form: see :func:`tidy`; blanks of a name are single."""
    return Item(tidy(text, spans), kind, " ".join(speaker.split()), stance)


def tidy(text: str, spans: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    """Return spans in order, without blanks at their ends; those parted by blanks only are one."""
    kept: list[Span] = []
    for start, end in sorted(map(tuple, spans)):
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if start == end:
            continue
        if kept and not text[kept[-1][1] : start].strip():
            start, end = kept[-1][0], max(end, kept.pop()[1])
        kept.append((start, end))
    return tuple(kept)


def words_of(text: str, spans: Iterable[Span]) -> str:
    """Return the words of spans, pieces joined by ' ... '."""
    return JOINT.join(text[start:end] for start, end in spans)


def counted(quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the quotes that coders are asked about: of speech, and in no other quote."""
    return speech(outer(quotes))


def items(text: str, quotes: pd.DataFrame) -> list[Item]:
    """Return an article's quotes, rows of the quotes table, as items."""
    told = quotes.astype("object").where(quotes.notna(), "")
    return [
        item(text, row.content_spans, row.kind, row.speaker, row.cue_stance)
        for row in told.itertuples()
    ]


def digest(text: str) -> str:
    """Return the SHA-256 of a text, as the column ``sha256`` of the articles has it."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def matched(
    text: str, found: Sequence[Item], coded: Sequence[Item], least: float = FOUND
) -> list[tuple[int, int]]:
    """Return which found item is which coded one: pairs of indices, the most alike first taken."""
    sets = [[characters(text, one.spans) for one in some] for some in (found, coded)]
    return [(i, j) for i, j, _ in pair(*sets, jaccard, least)]


# --- places -----------------------------------------------------------------------------------


def units(text: str, place: int) -> int:
    """Return a place in a text as UTF-16 counts it: an emoji is two."""
    return len(text[:place].encode("utf-16-le")) // 2


def points(text: str, place: int) -> int:
    """Return the place of a character that is so many UTF-16 units from the beginning."""
    return len(text.encode("utf-16-le")[: 2 * place].decode("utf-16-le", "ignore"))


def anchor(text: str, words: str, near: int = 0) -> Span | None:
    """Return where words stand in a text, however their blanks were changed; null if nowhere.

    Of several places it is the one whose start is nearest to ``near``.
    """
    pattern = r"\s+".join(map(re.escape, words.split()))
    if not pattern:
        return None
    places = [match.span() for match in re.finditer(pattern, text)]
    return min(places, key=lambda span: abs(span[0] - near), default=None)


def anchor_pieces(text: str, words: str, near: int = 0) -> tuple[Span, ...] | None:
    """Return the spans of words whose pieces are joined by ' ... '; null if any is nowhere."""
    whole = anchor(text, words, near)
    if whole:
        return (whole,)
    spans = []
    for piece in words.split(JOINT):
        span = anchor(text, piece, near)
        if span is None:
            return None
        spans.append(span)
        near = span[1]
    return tuple(spans)


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but their blanks."""
    return "".join(one.split()) == "".join(other.split())


def carried(text: str, there: str, spans: Iterable[Sequence[int]]) -> list[Span]:
    """Return spans of a text's copy, whose blanks differ, as spans of the text itself.

    Raises
    ------
    ValueError
        If more than blanks differs: it is another text, or somebody edited it.
    """
    if text == there:
        return [tuple(span) for span in spans]
    if not same_words(text, there):
        raise ValueError("the text is another one than the article's: it was edited or exchanged")
    ours = [place for place, char in enumerate(text) if not char.isspace()]
    theirs = [place for place, char in enumerate(there) if not char.isspace()]
    moved = []
    for start, end in spans:
        first, last = bisect_left(theirs, start), bisect_left(theirs, end)
        if first < last:
            moved.append((ours[first], ours[last - 1] + 1))
    return moved


def fitted(text: str, start: int, end: int, words: str, *, wide: bool = False) -> Span:
    """Return the span that words have in a text, given where another tool says they are.

    ``wide`` tells that the tool is known to count UTF-16 units; the other way is tried next.

    Raises
    ------
    ValueError
        If the words are nowhere in the text.
    """
    as_told, as_units = (start, end), (points(text, start), points(text, end))
    for span in (as_units, as_told) if wide else (as_told, as_units):
        if text[slice(*span)] == words:
            return span
    if span := anchor(text, words, start):
        return span
    raise ValueError(f"the words '{' '.join(words.split())[:60]}' are not in the article")


def in_order(found: Iterable[Item]) -> list[Item]:
    """Return items by place: the order in which every format gives them back."""
    return sorted(found, key=lambda one: (one.spans, one.kind, one.speaker, one.stance))
