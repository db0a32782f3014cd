"""Stretches of a text: offsets of Python strings, end exclusive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

Span = tuple[int, int]
Thing = TypeVar("Thing")
BLOCK = 512  # characters in which things are looked up


class Places(Generic[Thing]):
    """Things by the spans of each: those near a place are found without a look at all."""

    def __init__(self, things: Iterable[tuple[Iterable[Span], Thing]] = ()) -> None:
        self._near: dict[int, dict[int, Thing]] = defaultdict(dict)
        self._size = 0
        for spans, thing in things:
            self.add(spans, thing)

    def add(self, spans: Iterable[Span], thing: Thing) -> None:
        """Add a thing."""
        for start, end in spans:
            for block in range(start // BLOCK, end // BLOCK + 1):
                self._near[block][self._size] = thing
        self._size += 1

    def near(self, span: Span) -> list[Thing]:
        """Return at least the things that a span meets, in the order in which they were given."""
        first, last = span[0] // BLOCK, span[1] // BLOCK
        if first == last:
            return list(self._near.get(first, {}).values())
        found: dict[int, Thing] = {}
        for block in range(first, last + 1):
            found |= self._near.get(block, {})
        return [found[number] for number in sorted(found)]


def overlap(one: Sequence[int], other: Sequence[int]) -> int:
    """Return how many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def gaps(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """Return the stretches between two places that no span covers, in order."""
    found = []
    for first, last in sorted(spans):
        if start < min(first, end):
            found.append((start, min(first, end)))
        start = max(start, last)
    return [*found, (start, end)] if start < end else found


def covered(spans: Iterable[Sequence[int]]) -> int:
    """Return how many characters spans cover; those that overlap count once."""
    length, reached = 0, 0
    for start, end in sorted(tuple(span) for span in spans):
        length += max(0, end - max(start, reached))
        reached = max(reached, end)
    return length


def in_words(text: str, span: Span) -> Span:
    """Return a span that cuts no word at its edges."""
    start, end = span
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end
