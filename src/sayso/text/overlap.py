"""What the scorers share: overlap of span sets, one-to-one pairing, precision and recall."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of a comparison, and what follows from them."""

    hits: float
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the predicted ones that are right; 0 where nothing was predicted."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold ones that were found; 0 where there is none."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hits / (self.predicted + self.gold) if self.hits else 0.0


def characters(text: str, spans: Iterable[Sequence[int]]) -> set[int]:
    """Return the offsets of the characters in some spans, blanks aside."""
    return {i for a, b in spans for i in range(a, b) if not text[i].isspace()}


def jaccard(one: set[int], other: set[int]) -> float:
    """Return the characters in common over all characters of two sets; two empty sets agree."""
    if not one and not other:
        return 1.0
    return len(one & other) / len(one | other)


def pair(
    gold: Sequence, predicted: Sequence, likeness: Callable, least: float
) -> list[tuple[int, int, float]]:
    """Pair gold and predicted items one to one, the most alike first, down to ``least``."""
    scored = [(likeness(g, p), -i, -j) for i, g in enumerate(gold) for j, p in enumerate(predicted)]
    pairs, used_gold, used_predicted = [], set(), set()
    for value, i, j in sorted((s for s in scored if s[0] >= least), reverse=True):
        if -i not in used_gold and -j not in used_predicted:
            used_gold.add(-i)
            used_predicted.add(-j)
            pairs.append((-i, -j, value))
    return sorted(pairs)
