"""How sure a share of independent cases is."""

from __future__ import annotations

import pandas as pd
from scipy.stats import binomtest


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
    interval = binomtest(count, of).proportion_ci(method="wilson")
    return float(interval.low), float(interval.high)


def with_interval(data: pd.DataFrame, count: str, of: str) -> pd.DataFrame:
    """Return a frame with the share of one count column in another, and its 95% interval.

    Of independent cases: those of articles are for :func:`sayso.analyze.intervals.drawn_shares`.

    Columns: those it had, and share, low, high (number, 0 to 1; share null where ``of`` is 0).
    """
    pairs = zip(data[count].astype(int), data[of].astype(int), strict=True)
    bounds = [wilson(*pair) for pair in pairs]
    bounds = pd.DataFrame(bounds, index=data.index, columns=["low", "high"], dtype="float64")
    share = data[count] / data[of].where(data[of] > 0)
    return data.assign(share=share.astype("float64"), low=bounds["low"], high=bounds["high"])
