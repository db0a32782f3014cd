"""Paragraphs of a download: hard-wrapped lines joined, labels on paragraphs of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Label = Callable[[str], tuple[str, str] | None]
# Databases wrap lines at 75 to 80 characters.
WIDEST = 100
CENTRED = 8
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
        wide += line != ""
        long += len(line) > WIDEST
        runs += line[:1].islower() and len(before) > WIDEST // 2
        before = line
    return runs > 0 and long * 100 <= wide


def to_paragraphs(
    lines: Sequence[str], label: Label, *, wrapped: bool | None = None
) -> list[Paragraph]:
    """Return the paragraphs of lines; ``label`` tells a line that begins with one.

    Where lines are not ``wrapped`` (null: as they look), each is a paragraph.
    """
    if wrapped is None:
        wrapped = is_wrapped(lines)
    found: list[Paragraph] = []
    held: list[str] = []
    block = 0
    for line in [*lines, ""]:
        blank = not line or line.isspace()
        if held and (blank or not wrapped or label(line) or _is_apart(line, held[-1])):
            text = _unwrap(held)
            part, value = label(text) or (None, "")
            centred = all(one[:CENTRED].isspace() for one in held)
            found.append(Paragraph(text, part, value, centred, block))
            held = []
        block += blank
        if not blank:
            held.append(line)
    return found


def _is_apart(line: str, before: str) -> bool:
    """Whether a line begins a paragraph by its indent, or is centred."""
    if line[:CENTRED].isspace() or before[:CENTRED].isspace():
        return True
    return line[:2] == "  " and not before[0].isspace()


def _unwrap(lines: Sequence[str]) -> str:
    """Join the lines of a paragraph by blanks, after a hyphen by nothing."""
    text = lines[0].strip()
    for line in map(str.strip, lines[1:]):
        hyphened = text[-1:] == "-" and text[-2:-1].isalnum() and line[:1].isalnum()
        text += line if hyphened and not SUSPENDED.match(line) else f" {line}"
    return SPACES.sub(" ", text).strip()
