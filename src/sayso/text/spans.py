"""Stretches of a text: offsets of Python strings, end exclusive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Span = tuple[int, int]


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
