"""Stretches of a text: offsets of Python strings, end exclusive."""

from __future__ import annotations

from collections.abc import Sequence

Span = tuple[int, int]


def overlap(one: Sequence[int], other: Sequence[int]) -> int:
    """Return how many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
