"""How sure a share is that was counted in a sample."""

from __future__ import annotations

import numpy as np
import pandas as pd

FEWEST_SAMPLED = 2  # articles: one is described by its counts, and is no sample of anything
FEWEST_DRAWN = 10  # articles: of fewer, resamples repeat each other
RESAMPLES = 1000


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
    from scipy.stats import binomtest

    if not of:
        return 0.0, 1.0
    interval = binomtest(count, of).proportion_ci(method="wilson")
    return float(interval.low), float(interval.high)


def with_interval(data: pd.DataFrame, count: str, of: str) -> pd.DataFrame:
    """Return a frame with the share of one count column in another, and its 95% interval.

    Where the frame has a column ``n_articles``, groups of fewer than two have no interval.

    Columns: those it had, and share, low, high (number, 0 to 1; share null where ``of`` is 0).
    """
    pairs = zip(data[count].astype(int), data[of].astype(int), strict=True)
    bounds = [wilson(*pair) for pair in pairs]
    bounds = pd.DataFrame(bounds, index=data.index, columns=["low", "high"], dtype="float64")
    if "n_articles" in data:
        bounds = bounds.where(data["n_articles"] >= FEWEST_SAMPLED)
    share = data[count] / data[of].where(data[of] > 0)
    return data.assign(share=share.astype("float64"), low=bounds["low"], high=bounds["high"])


def bootstrap_ratio(hits: np.ndarray, totals: np.ndarray) -> tuple[float, float]:
    """Return the 95% interval of ``sum(hits) / sum(totals)`` when articles are drawn anew.

    ``hits`` and ``totals`` hold a number for each article. Sentences of one article resemble each
    other, so it is whole articles that are drawn (Efron 1979). Fewer than ten have no interval.

    Examples
    --------
    >>> low, high = bootstrap_ratio([1, 2, 0, 3, 1, 2, 0, 3, 1, 2], [10] * 10)
    >>> low < 0.15 < high
    True
    """
    hits, totals = np.asarray(hits), np.asarray(totals)
    if len(totals) < FEWEST_DRAWN or not totals.sum():
        return np.nan, np.nan
    draws = np.random.default_rng(0).integers(0, len(totals), (RESAMPLES, len(totals)))
    above, below = hits[draws].sum(axis=1), totals[draws].sum(axis=1)
    low, high = np.quantile(above[below > 0] / below[below > 0], [0.025, 0.975])
    return float(low), float(high)
