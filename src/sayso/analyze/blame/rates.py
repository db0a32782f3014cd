"""Charges per article: by outlet, and how outlets differ, with intervals.

An article counts a charge once, however often it repeats it. Whole articles (or events, where
outlets are compared on the same ones) are drawn anew for the intervals (Efron 1979). Of few
articles the draws differ too little; the intervals are widened for that (Hesterberg 2015).
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from sayso.analyze.groups import groups, ranked
from sayso.analyze.intervals import FEWEST_DRAWN

DRAWS = 4000
EXACT = 1.96  # standard errors to either side of many cases
MOST_COMPARED = 12
"""So many groups are compared with each other, those of most articles."""
LEVEL = 0.05
"""Share of the stated differences that chance alone may make (Benjamini and Hochberg 1995)."""
COMPARED = ["n_a", "n_b", "n_events", "difference", "low", "high", "holds"]


def charges_by_article(
    charges: pd.DataFrame, blames: pd.DataFrame, articles: pd.DataFrame, by: str = "outlet"
) -> pd.DataFrame:
    """Return how many charges each article makes or passes on; denials are none.

    Columns: article_id, group (of ``by``), event (null where the articles have none), n_words,
    n_charges. A row an article, also without blame.
    """
    ties = charges[["charge_id", "blame_ids"]].explode("blame_ids").dropna(subset="blame_ids")
    home = blames.set_index("blame_id")["article_id"]
    told = ties.assign(article_id=ties["blame_ids"].map(home))
    counts = told.groupby("article_id")["charge_id"].nunique()
    each = articles[["article_id", "n_words"]].assign(group=groups(articles, articles, by))
    each["event"] = articles["event"].astype("object") if "event" in articles else None
    each["n_charges"] = each["article_id"].map(counts).fillna(0).astype("int64")
    names = ["article_id", "group", "event", "n_words", "n_charges"]
    return each[names].reset_index(drop=True)


def rate(counts: pd.Series) -> tuple[float, float, float]:
    """Return the mean of a number that each article has, and its 95% interval.

    The interval is null for fewer than ten articles, and where all have the same number:
    drawing them anew then tells nothing.
    """
    values = counts.to_numpy(float)
    mean = float(values.mean()) if len(values) else np.nan
    if len(values) < FEWEST_DRAWN or not np.ptp(values):
        return mean, np.nan, np.nan
    return mean, *_interval(_drawn_means(values, np.random.default_rng(0)), len(values))


def charge_rates(each: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Return the charges per article of each group of :func:`charges_by_article`.

    Columns: ``by``, n_articles, n_charges (counted once an article), per_article, low, high (95%
    interval, see :func:`rate`), per_1000_words. Most articles first.
    """
    rows = []
    for name, own in each.groupby("group"):
        total, words = int(own["n_charges"].sum()), int(own["n_words"].sum())
        by_words = 1000 * total / words if words else np.nan
        rows.append((name, len(own), total, *rate(own["n_charges"]), by_words))
    columns = [by, "n_articles", "n_charges", "per_article", "low", "high", "per_1000_words"]
    table = pd.DataFrame(rows, columns=columns).set_index(by)
    return table.loc[ranked(table["n_articles"])].reset_index()


def differences(each: pd.DataFrame) -> pd.DataFrame:
    """Return how the charges per article of two groups differ: a minus b, a being the higher.

    Two groups that both have articles on ten events or more are compared on these alone, event by
    event; all others by their articles, of which each must have ten. Groups whose numbers do not
    vary have no interval and are left out.

    Columns: a, b, n_a, n_b (articles), n_events (0: not paired), difference, low, high (95%
    interval), holds. It *holds* where the interval excludes zero and the difference is not one
    that so many comparisons find by chance (Benjamini and Hochberg 1995, at ``LEVEL``).
    """
    sizes = each["group"].value_counts()
    names = ranked(sizes[sizes >= FEWEST_DRAWN])[:MOST_COMPARED]
    own = {name: each[each["group"] == name] for name in names}
    rows = [_compared(a, own[a], b, own[b]) for a, b in combinations(names, 2)]
    table = pd.DataFrame([row for row in rows if row], columns=["a", "b", *COMPARED, "score"])
    excludes = (table["low"] > 0) | (table["high"] < 0)
    table["holds"] = excludes & _beyond_chance(table["score"].to_numpy(float))
    order = ["holds", "difference", "a", "b"]
    table = table.sort_values(order, ascending=[False, False, True, True], ignore_index=True)
    return table.drop(columns="score")


def _compared(a: str, first: pd.DataFrame, b: str, second: pd.DataFrame) -> tuple | None:
    """Return the row of two groups, the higher in front; None where nothing varies."""
    rng = np.random.default_rng(0)
    shared = _event_differences(first, second)
    if paired := len(shared) >= FEWEST_DRAWN:
        difference, drawn = shared.mean(), _drawn_means(shared, rng)
    else:
        one, other = (t["n_charges"].to_numpy(float) for t in (first, second))
        if not np.ptp(one) or not np.ptp(other):
            return None
        difference = one.mean() - other.mean()
        drawn = _drawn_means(one, rng) - _drawn_means(other, rng)
    spread = drawn.std()
    if not spread:
        return None
    if difference < 0:
        a, first, b, second, difference, drawn = b, second, a, first, -difference, -drawn
    n_events = len(shared) if paired else 0
    n = n_events or min(len(first), len(second))
    counts = (len(first), len(second), n_events, difference, *_interval(drawn, n), False)
    return a, b, *counts, difference / spread * EXACT / _standard_errors(n)


def _event_differences(first: pd.DataFrame, second: pd.DataFrame) -> np.ndarray:
    """Return for each event that both tell of how much more charges the first has an article."""
    means = [table.groupby("event")["n_charges"].mean() for table in (first, second)]
    return (means[0] - means[1]).dropna().to_numpy(float)


def _drawn_means(values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return np.sort(values)[rng.integers(0, len(values), (DRAWS, len(values)))].mean(axis=1)


def _standard_errors(n: int) -> float:
    """Return how many standard errors of the draws make a 95% interval of n cases."""
    from scipy.stats import t

    return float(t.ppf(0.975, n - 1)) * (n / (n - 1)) ** 0.5


def _interval(drawn: np.ndarray, n: int) -> tuple[float, float]:
    from scipy.stats import norm

    tail = norm.cdf(-_standard_errors(n))
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return float(low), float(high)


def _beyond_chance(scores: np.ndarray) -> np.ndarray:
    """Return which differences stay when all are judged at once, by their standard scores."""
    from scipy.stats import false_discovery_control, norm

    if not len(scores):
        return np.zeros(0, bool)
    return false_discovery_control(2 * norm.sf(np.abs(scores))) <= LEVEL
