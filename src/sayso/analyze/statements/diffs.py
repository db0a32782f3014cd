"""What differs in words between two versions of a statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from rapidfuzz.distance import LCSseq

from sayso.analyze.statements.wording import Wording
from sayso.text.spans import Span

FILLER = 0.1
"""What a word counts for at least, when the stretch is sought that two sentences share."""
LOSS = 0.5
"""What a word that only one of them has costs, of its weight."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Step:
    """One step from a to b: equal, replace, delete or insert, and the places of its words."""

    kind: str
    a: Range
    b: Range


def steps_between(ours: list[int], theirs: list[int]) -> list[Step]:
    """Return the steps that turn one sequence into another.

    Examples
    --------
    >>> [(step.kind, step.a, step.b) for step in steps_between([1, 2, 3], [1, 9, 3, 4])]
    [('equal', (0, 1), (0, 1)), ('replace', (1, 2), (1, 2)), ('equal', (2, 3), (2, 3)), \
('insert', (3, 3), (3, 4))]
    """
    found = []
    opcodes = LCSseq.opcodes(ours, theirs)
    for equal, run in groupby(opcodes, key=lambda step: step.tag == "equal"):
        part = list(run)
        a, b = (part[0].src_start, part[-1].src_end), (part[0].dest_start, part[-1].dest_end)
        changed = "insert" if a[0] == a[1] else "delete" if b[0] == b[1] else "replace"
        found.append(Step("equal" if equal else changed, a, b))
    return found


def best_stretch(wording: Wording, first: int, second: int) -> tuple[Range, Range, float]:
    """Return the stretch of two segments with the most in common and the least besides.

    The two share a word. The stretch is a range of the wording's words on each side, and the share
    of the words in common, in order, in all words of both ranges: by weight or by number, whichever
    is more, so that one rare name spelt otherwise does not undo the rest.
    """
    a, b = wording.segment(first), wording.segment(second)
    weigh_a, weigh_b = (wording.weights[wording.stem[side]] + FILLER for side in (a, b))
    steps = steps_between(wording.stem[a].tolist(), wording.stem[b].tolist())
    gains = []
    for step in steps:
        ours, theirs = weigh_a[slice(*step.a)].sum(), weigh_b[slice(*step.b)].sum()
        gains.append(float(ours if step.kind == "equal" else -LOSS * (ours + theirs)))
    # The stretch with the greatest sum of gains ends where their total rose most above its lowest.
    total = np.cumsum([0.0, *gains])
    last = int((total[1:] - np.minimum.accumulate(total[:-1])).argmax())
    steps = steps[int(total[: last + 1].argmin()) : last + 1]
    in_a, in_b = (steps[0].a[0], steps[-1].a[1]), (steps[0].b[0], steps[-1].b[1])
    ours, theirs = weigh_a[slice(*in_a)], weigh_b[slice(*in_b)]
    kept = [step for step in steps if step.kind == "equal"]
    weight = sum(float(weigh_a[slice(*step.a)].sum()) for step in kept)
    number = sum(step.a[1] - step.a[0] for step in kept)
    share = max(
        2 * weight / float(ours.sum() + theirs.sum()), 2 * number / (len(ours) + len(theirs))
    )
    return (a.start + in_a[0], a.start + in_a[1]), (b.start + in_b[0], b.start + in_b[1]), share


def wording_diff(wording: Wording, a: Range, b: Range) -> Iterator[tuple[str, Span, Span]]:
    """Yield the steps that turn the words of one range into those of the other, with their spans.

    A step never runs over what stands between two pieces of a quote.
    """
    for step in steps_between(wording.word[slice(*a)].tolist(), wording.word[slice(*b)].tolist()):
        ours = (a[0] + step.a[0], a[0] + step.a[1])
        theirs = (b[0] + step.b[0], b[0] + step.b[1])
        if step.kind == "equal":
            places = zip(range(*ours), range(*theirs), strict=True)
            for _, run in groupby(places, key=lambda at: wording.piece[list(at)].tolist()):
                at_a, at_b = zip(*run, strict=True)
                sides = (at_a[0], at_a[-1] + 1), (at_b[0], at_b[-1] + 1)
                yield "equal", *(_span(wording, side) for side in sides)
        else:
            yield from _changed(wording, step.kind, ours, theirs)


def _changed(
    wording: Wording, kind: str, ours: Range, theirs: Range
) -> Iterator[tuple[str, Span, Span]]:
    """Yield a change; where it runs over pieces, the rest is deleted and inserted."""
    parts_a, parts_b = (list(_pieces(wording, side)) for side in (ours, theirs))
    if kind == "replace":
        yield kind, _span(wording, parts_a[0]), _span(wording, parts_b[0])
        parts_a, parts_b = parts_a[1:], parts_b[1:]
    for part in parts_a:
        yield "delete", _span(wording, part), _span(wording, (theirs[1], theirs[1]))
    for part in parts_b:
        yield "insert", _span(wording, (ours[1], ours[1])), _span(wording, part)


def _pieces(wording: Wording, side: Range) -> Iterator[Range]:
    """Yield the ranges of a range's words that stand in one piece."""
    for _, run in groupby(range(*side), key=lambda place: wording.piece[place]):
        places = list(run)
        yield places[0], places[-1] + 1


def _span(wording: Wording, side: Range) -> Span:
    """Return where words stand in the text; for no words, the place where they are missing."""
    first, after = side
    if first < after:
        return int(wording.start[first]), int(wording.end[after - 1])
    follows = first > 0 and (
        first == len(wording.piece) or wording.piece[first - 1] == wording.piece[first]
    )
    place = int(wording.end[first - 1] if follows else wording.start[first])
    return place, place


def spans_of(wording: Wording, side: Range) -> list[Span]:
    """Return the spans of a range's words, one for each piece they stand in."""
    return [_span(wording, part) for part in _pieces(wording, side)]
