"""Stretches of a text: offsets of Python strings, end exclusive."""

from __future__ import annotations

Span = tuple[int, int]
