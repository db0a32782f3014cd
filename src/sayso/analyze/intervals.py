"""Intervals: how far a share from a sample can be trusted."""

from __future__ import annotations

import math

import numpy as np

RESAMPLES = 1000


def wilson(hits: int, total: int, *, z: float = 1.96) -> tuple[float, float]:
    """Return the Wilson interval of a share of independent cases (95 % by default).

    Examples
    --------
    >>> low, high = wilson(3, 10)
    >>> round(low, 2), round(high, 2)
    (0.11, 0.6)
    """
    if total == 0:
        return math.nan, math.nan
    share, square = hits / total, z * z / total
    middle = share + square / 2
    half = z * math.sqrt(share * (1 - share) / total + square / (4 * total))
    return max(0.0, (middle - half) / (1 + square)), min(1.0, (middle + half) / (1 + square))


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
    """
    if not len(totals) or not np.sum(totals):
        return math.nan, math.nan
    draws = np.random.default_rng(seed).integers(0, len(totals), (RESAMPLES, len(totals)))
    below = np.asarray(totals)[draws].sum(axis=1)
    above = np.asarray(hits)[draws].sum(axis=1)
    ratios = above[below > 0] / below[below > 0]
    low, high = np.quantile(ratios, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
