"""How sure a share or a mean is that was counted in a sample."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

FEWEST = 10
"""Articles (or events) that a group needs for an interval; of fewer its counts describe them.

Chosen by ``python -m benchmarks.differences.coverage``: from ten on, intervals of differences hold
what is true in 92 to 99 of 100 made-up corpora, also where the other group has five times as many.
"""
DRAWS = 1000
MANY = 5000
"""Articles from which on an interval is that of the normal distribution: so many draws of so many
articles take long, and tell the same.
"""


def draw(n: int, rng: np.random.Generator) -> np.ndarray:
    """Return how often each of ``n`` articles is drawn when as many are: a row a draw."""
    drawn = rng.integers(0, n, (DRAWS, n)) + n * np.arange(DRAWS)[:, None]
    return np.bincount(drawn.ravel(), minlength=n * DRAWS).reshape(DRAWS, n).astype(float)


def bootstrap_ratio(hits: np.ndarray, totals: np.ndarray) -> tuple[float, float]:
    """Return the 95% interval of ``sum(hits) / sum(totals)`` when articles are drawn anew.

    ``hits`` and ``totals`` hold a number for each article. Sentences of one article resemble each
    other, so it is whole articles that are drawn (Efron 1979). Draws of few articles differ too
    little; the interval is widened for that (Hesterberg 2015). There is none for fewer than
    ``FEWEST`` articles, nor where all tell the same: drawing them anew then tells nothing.

    Examples
    --------
    >>> low, high = bootstrap_ratio([1, 2, 0, 3, 1, 2, 0, 3, 1, 2], [10] * 10)
    >>> low < 0.15 < high
    True
    """
    hits, totals = (np.asarray(one, float) for one in (hits, totals))
    hits, totals = hits[totals > 0], totals[totals > 0]
    n = len(totals)
    if n < FEWEST or not np.ptp(hits / totals):
        return np.nan, np.nan
    order, rng = np.lexsort((totals, hits)), np.random.default_rng(0)
    drawn = drawn_ratios(hits[order, None], totals[order, None], rng)
    low, high = quantiles(drawn, np.array([standard_errors(n)]))
    return float(low[0]), float(high[0])


def drawn_ratios(hits: np.ndarray, totals: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the ratios of sums when rows (articles) are drawn anew: a row a draw, a column each.

    Of ``MANY`` rows or more they are drawn from the normal distribution that the ratios have then.
    """
    n = len(hits)
    if n < MANY:
        weights = draw(n, rng)
        return (weights @ hits) / np.maximum(weights @ totals, 1e-9)
    sums = np.maximum(totals.sum(axis=0), 1e-9)
    ratio = hits.sum(axis=0) / sums
    error = np.sqrt(((hits - ratio * totals) ** 2).sum(axis=0)) / sums
    return ratio + error * rng.standard_normal((DRAWS, hits.shape[1]))


def drawn_shares(
    hits: pd.Series, keys: Sequence[pd.Series], article_ids: pd.Series
) -> pd.DataFrame:
    """Return the share of rows that are hits in each group, articles drawn anew for the interval.

    ``keys`` name the group of each row. Index: the keys. Columns: share, low, high (95%, see
    :func:`bootstrap_ratio`).
    """
    named = {key.name: key.to_numpy() for key in keys} | {"article_id": article_ids.to_numpy()}
    rows = pd.DataFrame({"hits": hits.to_numpy(float), "totals": 1.0} | named)
    each = rows.groupby(list(named)).sum()
    own = each.groupby(level=list(range(len(keys))))
    bounds = [bootstrap_ratio(one["hits"], one["totals"]) for _, one in own]
    share = own["hits"].sum() / own["totals"].sum()
    table = pd.DataFrame(bounds, index=share.index, columns=["low", "high"], dtype="float64")
    table.insert(0, "share", share)
    return table


def standard_errors(n: int) -> float:
    """Return how many standard errors of the draws make a 95% interval of n cases."""
    from scipy.stats import t

    return float(t.ppf(0.975, n - 1)) * (n / (n - 1)) ** 0.5


def quantiles(drawn: np.ndarray, reach: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the quantiles of each column that lie as far out as ``reach`` standard errors."""
    from scipy.stats import norm

    drawn, columns = np.sort(drawn, axis=0), np.arange(drawn.shape[1])
    last = len(drawn) - 1
    bounds = []
    for share in (norm.cdf(-reach), norm.sf(-reach)):
        at = share * last
        below = np.floor(at).astype(int)
        above = np.minimum(below + 1, last)
        one, other = drawn[below, columns], drawn[above, columns]
        bounds.append(one + (other - one) * (at - below))
    return bounds[0], bounds[1]
