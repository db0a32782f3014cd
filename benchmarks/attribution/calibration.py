"""Whether confidence means something: of the quotes with .8, are eight in ten right?

What is kept of a measurement is read again by :mod:`sayso.evaluation.calibration`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sayso.analyze.intervals import wilson

BINS = 10
# Bins of equally many cases, or of equal width between 0 and 1.
CUTS = ("mass", "width")


def reliability(
    confidence: Sequence[float], right: Sequence[bool], bins: int = BINS, *, cut: str = "mass"
) -> pd.DataFrame:
    """Return how many are right among those of about the same confidence.

    Parameters
    ----------
    confidence
        One for each case, from 0 to 1.
    right
        Whether each case is right.
    bins
        Into how many parts the cases are sorted; empty ones are left out. Cases of equal
        confidence are never parted, so bins of equal mass may differ in size.
    cut
        'mass' for bins of equally many cases, 'width' for bins of equal width.

    Returns
    -------
    DataFrame
        One row is a bin, by confidence: least, most (the lowest and highest confidence in it), n,
        confidence (mean), right (share), right_low, right_high (its 95% interval by Wilson).

    Examples
    --------
    >>> reliability([0.2, 0.2, 0.9, 0.9], [False, True, True, True], 2)[["confidence", "right"]]
       confidence  right
    0         0.2    0.5
    1         0.9    1.0
    """
    sure, hit = np.asarray(confidence, float), np.asarray(right, bool)
    if len(sure) != len(hit):
        raise ValueError(f"{len(sure)} confidences, but {len(hit)} cases that are right or wrong")
    rows = []
    bin_of = np.searchsorted(_edges(sure, bins, cut), sure, side="right")
    for number in np.unique(bin_of):
        inside = bin_of == number
        n, n_right = int(inside.sum()), int(hit[inside].sum())
        own = sure[inside]
        rows.append((own.min(), own.max(), n, own.mean(), n_right / n, *wilson(n_right, n)))
    columns = ["least", "most", "n", "confidence", "right", "right_low", "right_high"]
    return pd.DataFrame(rows, columns=columns)


def expected_error(
    confidence: Sequence[float], right: Sequence[bool], bins: int = BINS, *, cut: str = "mass"
) -> float:
    """Return the expected calibration error: how far confidence lies from the share that is right.

    It is the mean distance over the bins of :func:`reliability`, each weighted by its cases; not a
    number where there are no cases.
    """
    table = reliability(confidence, right, bins, cut=cut)
    if table.empty:
        return float("nan")
    return float(np.average((table["confidence"] - table["right"]).abs(), weights=table["n"]))


def tables(confidence: Sequence[float], right: Sequence[bool]) -> dict[str, pd.DataFrame]:
    """Return what is kept of a measurement.

    Returns
    -------
    dict of DataFrame
        ``calibration``: one row with n, confidence (mean), right (share), error_mass, error_width.
        ``reliability``: the bins of both cuts, with the column cut.
    """
    summary = {
        "n": len(right),
        "confidence": float(np.mean(confidence)) if len(right) else float("nan"),
        "right": float(np.mean(right)) if len(right) else float("nan"),
        **{f"error_{cut}": expected_error(confidence, right, cut=cut) for cut in CUTS},
    }
    curves = [reliability(confidence, right, cut=cut).assign(cut=cut) for cut in CUTS]
    return {"calibration": pd.DataFrame([summary]), "reliability": pd.concat(curves)}


def _edges(confidence: np.ndarray, bins: int, cut: str) -> np.ndarray:
    """Return the inner edges of the bins; an edge belongs to the bin above it."""
    shares = np.arange(1, bins) / bins
    if cut == "width":
        return shares
    if cut == "mass":
        return np.unique(np.quantile(confidence, shares)) if len(confidence) else shares
    raise ValueError(f"cut is {cut!r}, expected one of {', '.join(map(repr, CUTS))}")
