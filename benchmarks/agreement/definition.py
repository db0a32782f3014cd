"""Krippendorff's alphas written out as they are defined, slowly: a second implementation.

Nominal alpha by its matrix of coincidences; alpha for unitizing by sections (units and gaps) and
the squared distance of every two, in exact fractions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations

Span = tuple[int, int]


def nominal(units: Sequence[Sequence[object]]) -> float:
    """Return alpha of the values that coders gave each unit, None where one gave none."""
    coincidences: Counter = Counter()
    for given in units:
        values = [value for value in given if value is not None]
        for pair in permutations(range(len(values)), 2):
            key = values[pair[0]], values[pair[1]]
            coincidences[key] += Fraction(1, len(values) - 1)
    totals: Counter = Counter()
    for (value, _), n in coincidences.items():
        totals[value] += n
    whole = sum(totals.values())
    observed = sum(n for (a, b), n in coincidences.items() if a != b)
    expected = sum(totals[a] * totals[b] for a, b in permutations(totals, 2))
    return float(1 - (whole - 1) * observed / expected) if expected else float("nan")


def unitizing(texts: Sequence[tuple[int, Sequence[Sequence[Span]]]]) -> float:
    """Return alpha of units of one kind, in texts given as length and units of each coder."""
    length = sum(n for n, _ in texts)
    coders = len(texts[0][1])
    observed, sections = Fraction(0), []
    for n, marked in texts:
        whole = [_sections(n, own) for own in marked]
        sections += [section for own in whole for section in own]
        for one, other in permutations(whole, 2):
            observed += sum(_distance(a, b) for a in one for b in other)
    observed /= coders * (coders - 1) * length**2
    units = [end - start for start, end, is_unit in sections if is_unit]
    empty = [end - start for start, end, is_unit in sections if not is_unit]
    expected = Fraction(0)
    for size in units:
        among = Fraction(len(units) - 1, 3) * (2 * size**3 - 3 * size**2 + size)
        expected += among + size**2 * sum(gap - size + 1 for gap in empty if gap >= size)
    below = coders * length * (coders * length - 1) - sum(size * (size - 1) for size in units)
    expected *= Fraction(2, length) / below
    return float(1 - observed / expected) if expected else float("nan")


def _sections(length: int, units: Sequence[Span]) -> list[tuple[int, int, bool]]:
    """Return units and the gaps between them, in order."""
    found, place = [], 0
    for start, end in sorted(units):
        found += [(place, start, False)] if place < start else []
        found.append((start, end, True))
        place = end
    return found + ([(place, length, False)] if place < length else [])


def _distance(one: tuple[int, int, bool], other: tuple[int, int, bool]) -> int:
    """Return the squared distance of two sections of different coders."""
    (a, b, unit), (c, d, others) = one, other
    if unit and others and a < d and c < b:
        return (a - c) ** 2 + (b - d) ** 2
    if unit and not others and c <= a and b <= d:
        return (b - a) ** 2
    if others and not unit and a <= c and d <= b:
        return (d - c) ** 2
    return 0
