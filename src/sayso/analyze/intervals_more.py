"""How far a share can be trusted that was counted in whole articles."""

from __future__ import annotations

import math

import numpy as np

RESAMPLES = 1000


def bootstrap_ratio(
    hits: np.ndarray, totals: np.ndarray, *, seed: int = 0, level: float = 0.95
) -> tuple[float, float]:
    """Return the interval of ``sum(hits) / sum(totals)`` when whole articles are drawn anew.

    Sentences of one article resemble each other, so it is articles that are drawn, not sentences.

    Parameters
    ----------
    hits, totals
        A number for each article.
    seed
        Of the random draws.
    level
        Share of the resamples inside the interval.

    Examples
    --------
    >>> low, high = bootstrap_ratio([1, 2, 0, 3], [10, 10, 10, 10])
    >>> low < 0.15 < high
    True
    """
    hits, totals = np.asarray(hits), np.asarray(totals)
    if not totals.sum():
        return math.nan, math.nan
    draws = np.random.default_rng(seed).integers(0, len(totals), (RESAMPLES, len(totals)))
    above, below = hits[draws].sum(axis=1), totals[draws].sum(axis=1)
    ratios = above[below > 0] / below[below > 0]
    low, high = np.quantile(ratios, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
