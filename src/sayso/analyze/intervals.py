"""How sure a share is that was counted in a sample."""

from __future__ import annotations

import math
from math import sqrt

import numpy as np
import pandas as pd

FEWEST_SAMPLED = 2  # articles
Z95 = 1.959963984540054  # the normal quantile of a 95% interval


def wilson(count: int, of: int) -> tuple[float, float]:
    """Return the 95% interval of a share (Wilson 1927): ``count`` cases out of ``of``.

    Examples
    --------
    >>> low, high = wilson(3, 9)
    >>> round(low, 2), round(high, 2)
    (0.12, 0.65)
    >>> wilson(0, 0)
    (0.0, 1.0)
    """
    if not of:
        return 0.0, 1.0
    share, spread = count / of, Z95**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = sqrt(share * (1 - share) * spread + spread**2 / 4) / (1 + spread)
    # At the ends of the scale rounding could leave the share itself outside.
    return min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half))


def with_interval(data: pd.DataFrame, count: str, of: str) -> pd.DataFrame:
    """Return a frame with the share of one count column in another, and its 95% interval.

    Where the frame has a column ``n_articles``, groups of fewer than two have no interval: one
    article is described by its counts, and no sample of anything.

    Returns
    -------
    DataFrame
        The columns it had, and share, low, high (number, 0 to 1; share null where ``of`` is 0).
    """
    pairs = list(zip(data[count].astype(int), data[of].astype(int), strict=True))
    sampled = data["n_articles"] >= FEWEST_SAMPLED if "n_articles" in data else [True] * len(data)
    bounds = [
        wilson(*pair) if several else (None, None)
        for pair, several in zip(pairs, sampled, strict=True)
    ]
    return data.assign(
        share=pd.Series([k / n if n else None for k, n in pairs], data.index, dtype="float64"),
        low=pd.Series([low for low, _ in bounds], data.index, dtype="float64"),
        high=pd.Series([high for _, high in bounds], data.index, dtype="float64"),
    )


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
