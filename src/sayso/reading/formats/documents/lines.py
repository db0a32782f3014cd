"""Lines on printed pages: which are the pages' own, and which make a paragraph together."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

# How many lines at the top and the bottom of a page may be its own.
AT_EDGE = 2
# How far from the text it stands, in sizes of the font.
AWAY = 1.5
# On what share of the pages such a line stands.
MOST_PAGES = 0.6
PAGE_NUMBER = re.compile(
    r"(?:page |p\. ?)?[-–]? ?\d{1,4} ?[-–]?(?: ?(?:/|of) ?\d{1,4})?", re.IGNORECASE
)
PRINTED = re.compile(r"https?://\S+ \d+/\d+")
# Lines farther apart than this, in usual distances, are of two paragraphs.
APART = 1.3
WIDEST = 2.5
INDENT = 5
# A line ends early if the next word would have filled no more than this share of a full line.
FILLED = 0.92
ENDS = re.compile(r"[.!?…:][\"”’')\]]*$")
SPLIT_WORD = re.compile(r"(\w+)[-\u00ad\u2010]$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: where it begins (from the lower left, in points) and the font's size."""

    text: str
    x: float
    y: float
    size: float


def without_furniture(pages: list[list[Line]]) -> tuple[list[Line], list[str]]:
    """Return the lines of all pages without running heads and page numbers, and what those were."""
    counts: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        counts.update({_shape(line) for side in _sides(lines) for line in side[:AT_EDGE]})
    enough = max(2, MOST_PAGES * sum(map(bool, pages)))
    often = {shape for shape, count in counts.items() if count >= enough}
    kept: list[Line] = []
    left_out: dict[tuple[str, int], str] = {}
    for lines in pages:
        edges = [line for side in _sides(lines) for line in _edge(side, often)]
        left_out |= {_shape(line): line.text for line in edges if _shape(line) not in left_out}
        kept += [line for line in lines if line not in edges]
    return kept, list(left_out.values())


def _sides(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return a page's lines from the top down, and from the bottom up."""
    upwards = sorted(lines, key=lambda line: line.y)
    return upwards[::-1], upwards


def _edge(side: list[Line], often: set[tuple[str, int]]) -> list[Line]:
    """Return the outermost lines that are the page's own and stand apart from the others."""
    for count in range(AT_EDGE, 0, -1):
        lines, rest = side[:count], side[count:]
        if (
            rest
            and abs(lines[-1].y - rest[0].y) > AWAY * rest[0].size
            and all(
                _shape(line) in often
                or PAGE_NUMBER.fullmatch(line.text)
                or PRINTED.fullmatch(line.text)
                for line in lines
            )
        ):
            return lines
    return []


def _shape(line: Line) -> tuple[str, int]:
    """Return a line's words and height; every number is the same, as pages differ by theirs."""
    return re.sub(r"\d+", "0", line.text.casefold()), round(line.y)


def join_paragraphs(lines: list[Line]) -> list[str]:
    """Return the paragraphs that lines in reading order make; words that were split are whole."""
    if not lines:
        return []
    usual = _usual_steps(lines)
    full = sorted(len(line.text) for line in lines)[len(lines) * 9 // 10]
    whole = " ".join(line.text for line in lines)
    paragraphs = [lines[0].text]
    for above, line, below in zip(lines, lines[1:], [*lines[2:], None], strict=False):
        if _begins(above, line, usual.get(_size(line), 0.0), full) or (
            below is not None and _is_indented(line, below) and _is_short(above, line, full)
        ):
            paragraphs.append(line.text)
        else:
            paragraphs[-1] = _joined(paragraphs[-1], line.text, whole)
    return paragraphs


def _usual_steps(lines: list[Line]) -> dict[int, float]:
    """Return how far apart lines of a paragraph stand, for each size of font."""
    steps: dict[int, list[float]] = {}
    for above, line in pairwise(lines):
        step = above.y - line.y
        if _size(above) == _size(line) and 0 < step < WIDEST * line.size:
            steps.setdefault(_size(line), []).append(step)
    return {size: median(found) for size, found in steps.items()}


def _size(line: Line) -> int:
    return round(line.size * 2)


def _begins(above: Line, line: Line, usual: float, full: int) -> bool:
    """Whether a line begins a paragraph, told by it and the line above it."""
    ended = ENDS.search(above.text) is not None
    is_short = _is_short(above, line, full)
    if abs(above.size - line.size) > 0.5:
        return True
    step = above.y - line.y
    if step < -line.size or step > 6 * max(usual, line.size):
        # A new page or column goes on with the paragraph, unless that was at its end.
        return ended and is_short
    if usual and step > APART * usual:
        return True
    return (_is_indented(line, above) and (ended or is_short)) or (is_short and ended)


def _is_short(above: Line, line: Line, full: int) -> bool:
    """Whether the first word of a line would have found room on the line above it."""
    return len(above.text) + 1 + len(line.text.split()[0]) <= FILLED * full


def _is_indented(line: Line, beside: Line) -> bool:
    """Whether a line begins a little to the right of one above or below it."""
    return INDENT < line.x - beside.x < 8 * line.size


def _joined(before: str, after: str, whole: str) -> str:
    """Join two lines; a hyphen goes if it only splits a word, as far as the rest tells."""
    split = SPLIT_WORD.search(before)
    if split is None:
        return f"{before} {after}"
    word = re.match(r"\w+", after)
    if word is None or not after[0].islower():
        return before + after
    if before.endswith("-") and f"{split[1]}-{word[0]}".casefold() in whole.casefold():
        return before + after
    return before[:-1] + after
