"""Paragraphs of a download: hard-wrapped lines joined, labels on paragraphs of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

# Databases wrap lines at 75 to 80 characters.
WIDEST = 100
CENTRED = 8
HYPHENATED = re.compile(r"\w-$")
# 'two- and three-year' keeps its blank.
SUSPENDED = re.compile(r"(?:and|or|to|und|oder|bis|et|ou|y|e|o|en|of)\b")
SPACES = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its text, the part of an article that its label stands before, and its value.

    ``part`` is null where it has no label; ``centred``: all of its lines are indented. ``block``
    numbers the stretches between blank lines.
    """

    text: str
    part: str | None = None
    value: str = ""
    centred: bool = False
    block: int = 0


def to_lines(text: str) -> list[str]:
    """Return the lines of a text; a form feed ends one."""
    return text.replace("\ufeff", "").replace("\f", "\n\n").replace("\u2028", "\n").split("\n")


def is_wrapped(lines: Iterable[str]) -> bool:
    """Whether lines are cut at a width, so that a paragraph has many."""
    long, wide, before, runs = 0, 0, "", 0
    for line in lines:
        length = len(line)
        wide += length > 0
        long += length > WIDEST
        runs += length > 0 and line[0].islower() and len(before) > WIDEST // 2
        before = line
    return runs > 0 and long * 100 <= wide


def to_paragraphs(
    lines: Iterable[str], wrapped: bool, label: Callable[[str], tuple[str, str] | None]
) -> Iterator[Paragraph]:
    """Return the paragraphs of lines; ``label`` tells a line that begins with one.

    Where lines are not wrapped, each is a paragraph.
    """
    held: list[str] = []
    block = 0
    for line in lines:
        blank = not line or line.isspace()
        if held and (blank or not wrapped or label(line) or _is_apart(line, held[-1])):
            yield _paragraph(held, label, block)
            held = []
        if blank:
            block += 1
        else:
            held.append(line)
    if held:
        yield _paragraph(held, label, block)


def _is_apart(line: str, before: str) -> bool:
    """Whether a line begins a paragraph by its indent, or is centred."""
    if line[:CENTRED].isspace() or before[:CENTRED].isspace():
        return True
    return line[:2] == "  " and not before[0].isspace()


def _paragraph(held: list[str], label: Callable, block: int) -> Paragraph:
    text = unwrap(held)
    centred = all(line[:CENTRED].isspace() for line in held)
    if found := label(text):
        return Paragraph(text, found[0], found[1], centred, block)
    return Paragraph(text, centred=centred, block=block)


def unwrap(lines: list[str]) -> str:
    """Join the lines of a paragraph by blanks, after a hyphen by nothing."""
    parts: list[str] = []
    for line in lines:
        line = line.strip()
        if parts:
            whole = HYPHENATED.search(parts[-1][-2:]) and not SUSPENDED.match(line)
            parts.append("" if whole and line[:1].isalnum() else " ")
        parts.append(line)
    return SPACES.sub(" ", "".join(parts)).strip()
