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
# A page's number, or the address it was printed from.
OWN = re.compile(
    r"(?:page |p\. ?)?[-–]? ?\d{1,4} ?[-–]?(?: ?(?:/|of) ?\d{1,4})?|https?://\S+ \d+/\d+",
    re.IGNORECASE,
)
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
    sides = [side for lines in pages for side in _sides(lines)]
    counts = Counter(_shape(line) for side in sides for line in side[:AT_EDGE])
    enough = max(2, MOST_PAGES * sum(map(bool, pages)))

    def is_furniture(line: Line) -> bool:
        return counts[_shape(line)] >= enough or OWN.fullmatch(line.text) is not None

    kept: list[Line] = []
    left_out: dict[tuple[str, int], str] = {}
    for lines in pages:
        edges: list[Line] = []
        for side in _sides(lines):
            for count in range(min(AT_EDGE, len(side) - 1), 0, -1):
                last, text = side[count - 1], side[count]
                apart = abs(last.y - text.y) > AWAY * text.size
                if apart and all(map(is_furniture, side[:count])):
                    edges += side[:count]
                    break
        for line in edges:
            left_out.setdefault(_shape(line), line.text)
        kept += [line for line in lines if line not in edges]
    return kept, list(left_out.values())


def _sides(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return a page's lines from the top down, and from the bottom up."""
    upwards = sorted(lines, key=lambda line: line.y)
    return upwards[::-1], upwards


def _shape(line: Line) -> tuple[str, int]:
    """Return a line's words and height; every number is the same, as pages differ by theirs."""
    return re.sub(r"\d+", "0", line.text.casefold()), round(line.y)


def join_paragraphs(lines: list[Line]) -> list[str]:
    """Return the paragraphs that lines in reading order make; words that were split are whole."""
    if not lines:
        return []
    # How far apart lines of a paragraph stand, for each size of font.
    steps: dict[float, list[float]] = {}
    for above, line in pairwise(lines):
        step = above.y - line.y
        if round(above.size) == round(line.size) and 0 < step < WIDEST * line.size:
            steps.setdefault(round(line.size), []).append(step)
    usual = {size: median(found) for size, found in steps.items()}
    full = sorted(len(line.text) for line in lines)[len(lines) * 9 // 10]
    whole = " ".join(line.text for line in lines)
    paragraphs = [lines[0].text]
    for above, line, below in zip(lines, lines[1:], [*lines[2:], None], strict=False):
        # The first word of the line would have found room on the line above it.
        is_short = len(above.text) + 1 + len(line.text.split()[0]) <= FILLED * full
        outdented = below is not None and _is_indented(line, below)
        if (outdented and is_short) or _begins(
            above, line, usual.get(round(line.size), 0), is_short
        ):
            paragraphs.append(line.text)
        else:
            paragraphs[-1] = _joined(paragraphs[-1], line.text, whole)
    return paragraphs


def _begins(above: Line, line: Line, usual: float, is_short: bool) -> bool:
    """Whether a line begins a paragraph, told by it and the line above it."""
    ended = ENDS.search(above.text) is not None
    step = above.y - line.y
    if abs(above.size - line.size) > 0.5:
        return True
    if step < -line.size or step > 6 * max(usual, line.size):
        # A new page or column goes on with the paragraph, unless that was at its end.
        return ended and is_short
    if usual and step > APART * usual:
        return True
    return (is_short and ended) or (_is_indented(line, above) and (ended or is_short))


def _is_indented(line: Line, beside: Line) -> bool:
    """Whether a line begins a little to the right of one above or below it."""
    return INDENT < line.x - beside.x < 8 * line.size


def _joined(before: str, after: str, whole: str) -> str:
    """Join two lines; a hyphen goes if it only splits a word, as far as the rest tells."""
    split = SPLIT_WORD.search(before)
    if split is None:
        return f"{before} {after}"
    word = re.match(r"\w+", after)
    compound = f"{split[1]}-{word[0]}" if word else ""
    is_compound = before.endswith("-") and compound.casefold() in whole.casefold()
    return before + after if is_compound or not after[0].islower() else before[:-1] + after
