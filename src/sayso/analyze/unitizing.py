"""Krippendorff's alpha for unitizing: do coders mark the same stretches of a text, beyond chance?

Krippendorff, K. (1995). On the reliability of unitizing continuous data. Sociological Methodology
25, 47-76; and Content Analysis (2004), chapter 11.6. Characters are the smallest parts; what a
coder marked are units, what is between them gaps. Several texts are one continuum, in which no unit
crosses from one text to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sayso.text.spans import Span, gaps


@dataclass(frozen=True, slots=True)
class Section:
    """One text: how long it is, and what each coder marked in it, units that do not overlap."""

    length: int
    coders: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True)
class Unitizing:
    """What alpha takes of some texts: text by text, so that texts can be drawn anew."""

    m: int
    lengths: np.ndarray
    observed: np.ndarray
    units: np.ndarray
    fits: np.ndarray
    unit_of: np.ndarray
    gap_of: np.ndarray

    def disagreement(self, drawn: np.ndarray) -> tuple[float, float]:
        """Return observed and expected disagreement of some texts, by their numbers."""
        times = np.bincount(drawn, minlength=len(self.lengths)).astype(float)
        whole, of, gap = (times @ self.lengths), times[self.unit_of], times[self.gap_of]
        observed = (times @ self.observed) / (self.m * (self.m - 1) * whole**2)
        size = self.units
        among = (of.sum() - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        above = 2 / whole * (of @ (among + size**2 * (self.fits @ gap)))
        below = self.m * whole * (self.m * whole - 1) - of @ (size * (size - 1))
        return float(observed), float(above / below) if below else 0.0


def prepared(sections: Sequence[Section]) -> Unitizing:
    """Return what alpha takes of some texts, of which each was read by the same coders."""
    units, empty, unit_of, gap_of = [], [], [], []
    for number, section in enumerate(sections):
        for own in section.coders:
            between = gaps(own, 0, section.length)
            units += [end - start for start, end in own]
            empty += [end - start for start, end in between]
            unit_of += [number] * len(own)
            gap_of += [number] * len(between)
    sizes, holes = np.array(units, float), np.array(empty, float)
    return Unitizing(
        m=len(sections[0].coders) if sections else 2,
        lengths=np.array([section.length for section in sections], float),
        observed=np.array([_observed(section) for section in sections], float),
        units=sizes,
        fits=np.maximum(holes[None, :] - sizes[:, None] + 1, 0),
        unit_of=np.array(unit_of, int),
        gap_of=np.array(gap_of, int),
    )


def alpha(categories: Sequence[Unitizing], drawn: np.ndarray) -> float:
    """Return alpha of all categories of units together, of the texts with these numbers.

    Null where nothing was marked: chance has nothing to disagree about then.
    """
    told = [one.disagreement(drawn) for one in categories]
    expected = sum(e for _, e in told)
    return 1 - sum(o for o, _ in told) / expected if expected else float("nan")


def _observed(section: Section) -> float:
    """Return the sum of squared distances over all ordered pairs of coders."""
    total = 0.0
    for i, one in enumerate(section.coders):
        for other in (c for j, c in enumerate(section.coders) if j != i):
            for a, b in one:
                met = [(c, d) for c, d in other if c < b and a < d]
                total += sum((a - c) ** 2 + (b - d) ** 2 for c, d in met)
                # A unit in a gap of the other is one in the pair (gap, unit) as well.
                total += 0 if met else 2 * (b - a) ** 2
    return total


def apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans as units that do not overlap: those that do are one."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if kept and start < kept[-1][1]:
            start, end = kept[-1][0], max(end, kept.pop()[1])
        kept.append((start, end))
    return tuple(kept)
