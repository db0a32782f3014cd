"""The networks that choose whom a mention of a blame tie means (``training/naming.py``)."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from sayso.paths import read_model

LAYERS = ("first", "second", "last", "straight")


@lru_cache(maxsize=1)
def _networks() -> tuple[dict[str, int], list[np.ndarray]]:
    """Return the numbers of the facts, and weights and biases by layer, of all networks."""
    with np.load(io.BytesIO(read_model("naming.npz")), allow_pickle=False) as kept:
        numbers = {str(name): number for number, name in enumerate(kept["facts"])}
        return numbers, [
            kept[f"{layer}_{part}"].astype(float)
            for layer in LAYERS
            for part in ("weights", "biases")
        ]


def likelihoods(facts: Sequence[Mapping[str, float]]) -> np.ndarray:
    """Return how likely each of those is meant of whom the facts are told: they sum to 1."""
    numbers, (first, b1, second, b2, last, b3, straight, b4) = _networks()
    rows = np.zeros((len(facts), len(numbers)))
    for row, told in zip(rows, facts, strict=True):
        for name, value in told.items():
            if name in numbers:
                row[numbers[name]] = value
    hidden = np.maximum(rows @ first + b1, 0)  # a layer for each network
    scores = np.maximum(hidden @ second + b2, 0) @ last + b3 + rows @ straight + b4
    odds = np.exp(scores[..., 0] - scores[..., 0].max(axis=1, keepdims=True))
    return (odds / odds.sum(axis=1, keepdims=True)).mean(axis=0)
