"""Corrected figures: what was found in all articles, mended by what coders say of some.

What the coded articles show to be wrong stands for what is wrong in the others of their stratum:
the difference estimator (Särndal, Swensson and Wretman 1992), which is design-based supervised
learning (Egami et al. 2023) and prediction-powered inference (Angelopoulos et al. 2023) for counts
in articles that were drawn at random. Nothing is assumed of how good sayso is: it only makes the
intervals narrower, the more so the better it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

# Degrees of freedom (some twenty coded articles): with fewer, tuning makes intervals too narrow.
FEWEST_TUNED = 15
LEVEL = 0.95
# So many articles is the rule worth that longer articles differ more (see _variance): chosen on
# generated corpora (benchmarks/coding/generated.py).
PRIOR = 20
# Bounds of what is estimated.
SHARE, AMOUNT = (0.0, 1.0), (0.0, np.inf)


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of each article of the frame: of a share the part and the whole.

    ``stratum`` are whole numbers from 0, ``coded`` flags. ``found`` and ``found_of`` are what sayso
    counts; ``true`` and ``true_of`` what coders count, used only where ``coded``.
    """

    stratum: np.ndarray
    coded: np.ndarray
    found: np.ndarray
    found_of: np.ndarray
    true: np.ndarray
    true_of: np.ndarray


@dataclass(frozen=True, slots=True)
class Estimate:
    """A corrected figure with its 95% interval, beside the one that was found.

    ``weight`` is how much of what was found is used (1: all of it), ``clipped`` whether the figure
    itself was out of its bounds and was set to the nearest, ``influence`` what each article does to
    it, ``spread`` what it does to one of articles like these.
    """

    found: float
    corrected: float
    low: float
    high: float
    se: float
    df: float
    n_coded: int
    weight: float = 1.0
    clipped: bool = False
    influence: np.ndarray | None = None
    spread: np.ndarray | None = None


def ratio(
    counts: Counts,
    *,
    bounds: tuple[float, float] = SHARE,
    weight: float | None = None,
    like_these: bool = False,
) -> Estimate:
    """Return a share (or another ratio, such as words a quote), corrected.

    Parameters
    ----------
    counts
        Every stratum needs two coded articles, or all it has (ValueError).
    bounds
        What the ratio can be: ``SHARE`` or ``AMOUNT``.
    weight
        0 uses the coders alone, 1 the plain difference; if null, 1, or tuned where some twenty
        articles are coded.
    like_these
        Whether the figure is about articles like these, of which these are a sample, and not about
        these articles alone; intervals are wider then.
    """
    sizes, n = _sizes(counts)
    if weight is None:
        enough = (n - 1)[n < sizes].sum() >= FEWEST_TUNED
        weight = _tuned(counts, sizes, n) if enough else 1.0
    value, whole = _value(counts, sizes, n, weight)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.divide(counts.found.sum(), counts.found_of.sum())
    if not whole > 0:
        nothing = (np.nan, np.nan, np.nan, np.nan)
        return Estimate(found, *nothing, 0.0, int(n.sum()), weight, whole < 0)
    coded = counts.coded
    alone = np.where(coded, counts.true - value * counts.true_of, 0.0) / whole
    ours = np.where(coded, counts.found - value * counts.found_of, 0.0) / whole
    spread = alone if like_these else np.zeros(len(coded))
    result = Estimate(
        found, value, 0, 0, 0, 0, int(n.sum()), weight, False, alone - weight * ours, spread
    )
    return _with_interval(result, counts, bounds)


def total(counts: Counts, *, mean: bool = False, **options) -> Estimate:
    """Return how many there are in all articles (or in one of them, the ``mean``), corrected.

    Only ``found`` and ``true`` of the counts are used. Options: weight, like_these.
    """
    each = np.ones(len(counts.coded))
    own = replace(counts, found_of=each, true_of=each)
    one = ratio(own, bounds=AMOUNT, **options)
    times = 1 if mean else len(each)
    scaled = {
        name: times * getattr(one, name) for name in ("found", "corrected", "low", "high", "se")
    }
    return replace(one, **scaled, influence=times * one.influence, spread=times * one.spread)


def difference(one: Estimate, other: Estimate) -> Estimate:
    """Return how much one figure is above another, of other articles, with its interval.

    Degrees of freedom are Welch's: of the two, the one that is known worse counts more.
    """
    from scipy.special import stdtrit

    value, se = one.corrected - other.corrected, float(np.hypot(one.se, other.se))
    parts = sum(side.se**4 / side.df for side in (one, other) if side.se)
    df = se**4 / parts if parts else max(one.df, other.df)
    reach = stdtrit(df, (1 + LEVEL) / 2) * se if se else se
    found, n = one.found - other.found, one.n_coded + other.n_coded
    clipped = one.clipped or other.clipped
    return Estimate(found, value, value - reach, value + reach, se, df, n, clipped=clipped)


def n_needed(one: Estimate, counts: Counts, half_width: float) -> int | None:
    """Return how many articles are to be coded for an interval of so much to each side.

    It goes by how much the articles coded so far differ, and is never less than these; null if no
    number is enough.
    """
    from scipy.special import ndtri

    wanted = (half_width / ndtri((1 + LEVEL) / 2)) ** 2
    sizes, n = _sizes(counts)
    within = _products(one.influence, counts, n) * sizes  # N_h s_h^2
    # V = sum N_h^2 s_h^2 / n_h - sum N_h s_h^2 (+ what articles like these differ), n_h ~ N_h.
    rest = -within.sum() + (sizes * _products(one.spread, counts, n)).sum()
    wanted -= rest
    if wanted <= 0 or not np.isfinite(wanted):
        return None
    needed = np.ceil(sizes.sum() * within.sum() / wanted)
    return int(np.clip(needed, n.sum(), sizes.sum()))


# --- inside -----------------------------------------------------------------------------------


def _sizes(counts: Counts) -> tuple[np.ndarray, np.ndarray]:
    """Return how many articles each stratum has, and how many of them are coded."""
    sizes = np.bincount(counts.stratum)
    n = np.bincount(counts.stratum[counts.coded], minlength=len(sizes))
    if ((n < 2) & (n < sizes)).any():
        raise ValueError("every stratum needs two coded articles, or all it has")
    return sizes, n


def _value(counts: Counts, sizes: np.ndarray, n: np.ndarray, weight: float) -> tuple[float, float]:
    """Return the ratio of the corrected totals, and the corrected total of the whole."""
    coded = counts.coded
    scale = (sizes / np.maximum(n, 1))[counts.stratum[coded]]
    sums = [
        weight * found.sum() + (scale * (true[coded] - weight * found[coded])).sum()
        for found, true in ((counts.found, counts.true), (counts.found_of, counts.true_of))
    ]
    return (sums[0] / sums[1] if sums[1] else np.nan), sums[1]


def _products(
    one: np.ndarray, counts: Counts, n: np.ndarray, other: np.ndarray | None = None
) -> np.ndarray:
    """Return a value's variance over the coded articles of each stratum, or its covariance."""
    strata, other = counts.stratum[counts.coded], one if other is None else other
    one, other = one[counts.coded], other[counts.coded]
    means = [np.bincount(strata, v, len(n)) / np.maximum(n, 1) for v in (one, other)]
    apart = (one - means[0][strata]) * (other - means[1][strata])
    return np.bincount(strata, apart, len(n)) / np.maximum(n - 1, 1)


def _tuned(counts: Counts, sizes: np.ndarray, n: np.ndarray) -> float:
    """Return the weight of what was found that makes the variance smallest, from 0 to 1."""
    value, _ = _value(counts, sizes, n, 1.0)
    if not np.isfinite(value):
        return 1.0
    true, ours = counts.true - value * counts.true_of, counts.found - value * counts.found_of
    if np.array_equal(true[counts.coded], ours[counts.coded]):
        return 1.0
    scale = sizes**2 * (1 - n / sizes) / np.maximum(n, 1)
    below = (scale * _products(ours, counts, n)).sum()
    above = (scale * _products(true, counts, n, ours)).sum()
    return float(np.clip(above / below, 0, 1)) if below > 0 else 1.0


def _with_interval(one: Estimate, counts: Counts, bounds: tuple[float, float]) -> Estimate:
    """Return an estimate with its standard error, degrees of freedom and interval."""
    from scipy.special import stdtrit

    sizes, n = _sizes(counts)
    variance = _variance(one, counts, sizes, n)
    told = one.influence[counts.coded]
    touched = np.bincount(counts.stratum[counts.coded], told != 0, len(n)) > 0
    df = float(np.maximum(n - 1, 0)[touched & (n < sizes)].sum())
    df = max(df - (one.weight not in (0.0, 1.0)), 1.0)
    reach = stdtrit(df, (1 + LEVEL) / 2)
    se = float(np.sqrt(variance))
    value = min(max(one.corrected, bounds[0]), bounds[1])
    low, high = value - reach * se, value + reach * se
    if bounds == SHARE and (low < 0 or high > 1):
        low, high = _wilson(value, variance, reach)
    low, high = max(low, bounds[0]), min(high, bounds[1])
    clipped = one.clipped or value != one.corrected
    return replace(one, corrected=value, low=low, high=high, se=se, df=df, clipped=clipped)


def _variance(one: Estimate, counts: Counts, sizes: np.ndarray, n: np.ndarray) -> float:
    """Return the variance of an estimate over draws, and over articles like these if asked for.

    Errors grow with the length of an article, and the few longest are mostly not among those coded:
    what these show is too little then. So it is drawn towards what it would be if variance went
    with the number found, which is known of all, the more so the fewer are coded.
    """
    scale = sizes**2 * (1 - n / sizes) / np.maximum(n, 1)
    drawn = (scale * _products(one.influence, counts, n)).sum()
    coded = counts.coded & (n < sizes)[counts.stratum]
    strata, length = counts.stratum, np.maximum(_length(counts), 1.0)
    means = np.bincount(strata[coded], one.influence[coded], len(n)) / np.maximum(n, 1)
    apart = (one.influence - means[strata])[coded] ** 2 / length[coded]
    each = apart.sum() / max((n - 1)[n < sizes].sum(), 1)
    by_length = each * (scale * np.bincount(strata, length, len(n)) / sizes).sum()
    drawn += max(by_length - drawn, 0.0) * PRIOR / (PRIOR + max(coded.sum(), 1))
    return float(drawn + (sizes * _products(one.spread, counts, n)).sum())


def _length(counts: Counts) -> np.ndarray:
    """Return how much was found in each article: of a share the whole, of a number itself."""
    return counts.found if (counts.found_of == 1).all() else counts.found_of


def _wilson(share: float, variance: float, reach: float) -> tuple[float, float]:
    """Return Wilson's interval of a share for as many cases as its variance amounts to.

    After Korn and Graubard (1998): near 0 and 1 the plain interval leaves what a share can be.
    """
    if not variance:
        return share, share
    # A share of 0 or 1 tells no number of cases: it is taken as far off as its error.
    near = min(max(share, np.sqrt(variance)), 1 - np.sqrt(variance)) if variance < 0.25 else 0.5
    n = near * (1 - near) / variance
    middle = (share + reach**2 / (2 * n)) / (1 + reach**2 / n)
    half = reach / (1 + reach**2 / n) * np.sqrt(share * (1 - share) / n + (reach / (2 * n)) ** 2)
    return middle - half, middle + half
