"""How groups of articles differ in a share or a rate, and which differences are beyond chance.

Sentences, quotes and charges of one article resemble each other, so whole articles are drawn anew
for an interval (Efron 1979): events, where the articles have a column ``event`` and two groups
share enough of them, since what they write about is the same then. Draws of few articles differ
too little; the intervals are widened for that (Hesterberg 2015).

A difference *holds* where its interval excludes none, it is no smaller than ``SMALL``, at least
``CARRIERS`` articles make it, and it stays when all that a notebook compares is judged at once
(Benjamini and Hochberg 1995, at ``LEVEL``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from sayso.analyze.groups import groups, ranked
from sayso.analyze.intervals import FEWEST, drawn_ratios, quantiles

LEVEL = 0.01
"""Share of the stated differences that chance alone may make, in each notebook: six notebooks may
then state one by chance in six of a hundred corpora (``python -m benchmarks.differences.honesty``).
"""
SMALL = 0.2
"""The least effect that holds: Cohen's h of two shares, or the logarithm of the rates' ratio."""
CARRIERS = 3
"""Articles (or events) that must have what the higher group has more of."""
REST = "all others"
COLUMNS = ["figure", "part", "a", "b", "n_a", "n_b", "n_events", "value_a", "value_b"]
COLUMNS += ["difference", "low", "high", "effect", "p", "holds"]


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted in each article: of each part so many ``hits`` in so many ``totals``.

    ``hits`` and ``totals`` are frames, a row an article, a column a part. ``group`` and ``event``
    belong to the rows, null where an article has none. Of a ``rate`` the hits are an amount for
    each of the totals (charges an article), else a share of them.
    """

    hits: pd.DataFrame
    totals: pd.DataFrame
    group: pd.Series
    event: pd.Series
    rate: bool = False


def count_rows(
    rows: pd.DataFrame,
    articles: pd.DataFrame,
    by: str,
    parts: Mapping[str, pd.Series],
    *,
    weight: pd.Series | float = 1.0,
) -> Counted:
    """Return how many rows of each article fall into each part, of all its rows.

    ``parts`` are flags of the rows, null where a row is not asked; ``weight`` is how much a row
    counts.
    """
    flags = pd.DataFrame(dict(parts), index=rows.index).astype("float64")
    weight = pd.Series(weight, rows.index, dtype="float64")
    counts = [part.mul(weight, axis=0) for part in (flags.fillna(0.0), flags.notna())]
    hits, totals = (part.groupby(rows["article_id"]).sum() for part in counts)
    return per_article(hits, totals, articles, by)


def per_article(
    hits: pd.DataFrame,
    totals: pd.DataFrame | float,
    articles: pd.DataFrame,
    by: str,
    *,
    rate: bool = False,
) -> Counted:
    """Return counts by article_id with the groups and events of all articles.

    An article that the counts lack has none; ``totals`` may be one number for every article.
    """
    ids = pd.Index(articles["article_id"]).sort_values()
    if not isinstance(totals, pd.DataFrame):
        totals = pd.DataFrame(totals, index=ids, columns=hits.columns)
    hits, totals = (part.reindex(ids).fillna(0.0).astype(float) for part in (hits, totals))
    event = articles["event"] if "event" in articles else pd.Series(None, articles.index)
    of = {"group": groups(articles, articles, by), "event": event.astype("object")}
    of = {name: own.set_axis(articles["article_id"]).reindex(ids) for name, own in of.items()}
    return Counted(hits, totals, rate=rate, **of)


def differences(figures: Mapping[str, Counted], *, against: str = "") -> pd.DataFrame:
    """Return how the groups differ in each part of some figures: a minus b, a being the higher.

    Each two groups of ``FEWEST`` articles or more are compared, or each with the group ``against``
    (``REST``: with all others together). Left out is what does not vary in either.

    Columns: figure, part, a, b, n_a, n_b (articles), n_events (0: not compared on the same ones),
    value_a, value_b, difference, low, high (95% interval), effect (Cohen's h of two shares; the
    ratio of two rates, null where b has none), p (alone, of no difference), holds. What holds
    comes first, the least p first.
    """
    tables = [_compared(counted, against).assign(figure=name) for name, counted in figures.items()]
    tables = [table for table in tables if len(table)]
    if not tables:
        return pd.DataFrame(columns=COLUMNS).astype({"holds": bool, "n_events": int})
    table = pd.concat(tables, ignore_index=True)
    table["holds"] &= (table["low"] > 0) & _beyond_chance(table["p"].to_numpy(float))
    order = {"holds": False, "p": True, "figure": True, "part": True, "a": True, "b": True}
    ways = list(order.values())
    return table.sort_values(list(order), ascending=ways, ignore_index=True)[COLUMNS]


def _compared(counted: Counted, against: str) -> pd.DataFrame:
    """Return the rows of a figure; ``holds`` is that of the effect and the articles alone."""
    figure = _Figure(counted)
    rows = [figure.compare(*pair) for pair in _pairs(counted, against)]
    if not rows:
        return pd.DataFrame()
    table = pd.DataFrame({name: np.concatenate([row[name] for row in rows]) for name in rows[0]})
    return _with_effects(_higher_first(table[table["error"] > 0]), rate=counted.rate)


def _pairs(counted: Counted, against: str) -> Iterator[tuple[str, str]]:
    sizes = counted.group.value_counts()
    names = list(ranked(sizes[sizes >= FEWEST]))
    if not against or (against == REST and len(sizes) < 3):
        yield from combinations(names, 2)
    else:
        yield from ((name, against) for name in names if name != against)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of two groups: hits and totals by article, or by event where these are ``paired``."""

    hits: np.ndarray
    totals: np.ndarray
    articles: np.ndarray
    paired: bool

    @property
    def value(self) -> np.ndarray:
        return self.hits.sum(axis=0) / self.totals.sum(axis=0)


class _Figure:
    """Counts as arrays, with what groups have when articles are drawn anew, each drawn but once."""

    def __init__(self, counted: Counted) -> None:
        self._parts = counted.hits.columns.to_numpy(object)
        self._counts = counted.hits.to_numpy(), counted.totals.to_numpy()
        self._group, self._known = counted.group.to_numpy(object), counted.group.notna().to_numpy()
        self._event = counted.event.astype("object").where(counted.event.notna(), None).to_numpy()
        self._kept: dict[tuple[str, str], np.ndarray] = {}

    def compare(self, a: str, b: str) -> dict[str, np.ndarray]:
        """Return the columns of two groups, a row a part that enough articles are asked of."""
        masks = self._rows(a, b), self._rows(b, a)
        sizes = [(self._counts[1][rows] > 0).sum(axis=0) for rows in masks]
        kept = (sizes[0] >= FEWEST) & (sizes[1] >= FEWEST)
        kept &= self._counts[0][masks[0] | masks[1]].sum(axis=0) > 0
        events = self._shared(*masks)
        first, second = (
            self._side(rows, events, kept, n[kept]) for rows, n in zip(masks, sizes, strict=True)
        )
        error, freedom = _error(first, second)
        difference = first.value - second.value
        sides = (first, second) if events else ()
        drawn = [drawn_ratios(one.hits, one.totals, np.random.default_rng(0)) for one in sides]
        drawn = drawn or [self._drawn(name, other)[:, kept] for name, other in ((a, b), (b, a))]
        low, high = _bounds(drawn[0] - drawn[1], error, freedom)
        carriers = [(side.hits > 0).sum(axis=0) for side in (first, second)]
        return {
            "part": self._parts[kept],
            "a": np.full(kept.sum(), a, object),
            "b": np.full(kept.sum(), b, object),
            "n_a": first.articles,
            "n_b": second.articles,
            "n_events": np.full(kept.sum(), len(events)),
            "value_a": first.value,
            "value_b": second.value,
            "difference": difference,
            "low": difference + low,
            "high": difference + high,
            "p": _p(difference, error, freedom),
            "error": error,
            "holds": np.where(difference > 0, *carriers) >= CARRIERS,
        }

    def _rows(self, group: str, other: str) -> np.ndarray:
        """Return which articles a group has; ``REST`` has those of all but the other."""
        if group == REST:
            return (self._group != other) & self._known
        return self._group == group

    def _shared(self, first: np.ndarray, second: np.ndarray) -> list:
        """Return the events of both groups, if there are enough."""
        both = set(self._event[first]) & set(self._event[second]) - {None}
        return sorted(both, key=str) if len(both) >= FEWEST else []

    def _side(self, rows: np.ndarray, events: list, kept: np.ndarray, n: np.ndarray) -> _Side:
        counts = [part[rows][:, kept] for part in self._counts]
        if events:
            event = self._event[rows]
            counts = [pd.DataFrame(part).groupby(event).sum().loc[events] for part in counts]
        return _Side(*map(np.asarray, counts), n, bool(events))

    def _drawn(self, group: str, other: str) -> np.ndarray:
        key = (group, other if group == REST else "")
        if key not in self._kept:
            rows = self._rows(group, other)
            counts = (part[rows] for part in self._counts)
            rng = np.random.default_rng(1 + len(self._kept))
            self._kept[key] = drawn_ratios(*counts, rng)
        return self._kept[key]


def _error(first: _Side, second: _Side) -> tuple[np.ndarray, np.ndarray]:
    """Return the standard error of each difference, and its degrees of freedom.

    It is Welch's, or that of a spread which both groups share, whichever is larger: the few
    articles of a group that happen to be alike make it no surer than the other.
    """
    sides = (first, second)
    n = [np.maximum(side.articles, 2) for side in sides]
    sums = [side.totals.sum(axis=0) for side in sides]
    apart = [side.hits - side.value * side.totals for side in sides]
    if first.paired:
        each = apart[0] / sums[0] - apart[1] / sums[1]
        events = len(each)
        square = (each**2).sum(axis=0) * events / (events - 1)
        return np.sqrt(square), np.full(len(square), events - 1.0)
    squares = [(one**2).sum(axis=0) for one in apart]
    shared = sum(squares) / (n[0] + n[1] - 2)
    alike = sum(shared * k / of**2 for k, of in zip(n, sums, strict=True))
    alone = [sq * k / (k - 1) / of**2 for sq, k, of in zip(squares, n, sums, strict=True)]
    own, below = sum(alone), sum(one**2 / (k - 1) for one, k in zip(alone, n, strict=True))
    welch = np.divide(own**2, below, out=np.ones_like(own), where=below > 0)
    return np.sqrt(np.maximum(own, alike)), np.where(own >= alike, welch, n[0] + n[1] - 2.0)


def _bounds(
    apart: np.ndarray, error: np.ndarray, freedom: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return how far below and above each difference its interval goes.

    The draws (``apart``) have its shape, the standard error its width.
    """
    from scipy.stats import t

    apart = apart - apart.mean(axis=0)
    spread = apart.std(axis=0)
    widened = np.divide(error, spread, out=np.zeros_like(spread), where=spread > 0)
    low, high = quantiles(apart, t.ppf(0.975, freedom))
    return low * widened, high * widened


def _p(difference: np.ndarray, error: np.ndarray, freedom: np.ndarray) -> np.ndarray:
    from scipy.stats import t

    score = np.divide(difference, error, out=np.zeros_like(error), where=error > 0)
    return 2 * t.sf(np.abs(score), freedom)


def _higher_first(table: pd.DataFrame) -> pd.DataFrame:
    """Turn the rows in which b is the higher."""
    turn = (table["difference"] < 0).to_numpy()
    other = {"a": "b", "n_a": "n_b", "value_a": "value_b"}
    turned = table.rename(columns=other | {b: a for a, b in other.items()})
    low, high = -table["high"], -table["low"]
    turned = turned.assign(difference=-table["difference"], low=low, high=high)[table.columns]
    return pd.concat([table[~turn], turned[turn]]).sort_index()


def _with_effects(table: pd.DataFrame, *, rate: bool) -> pd.DataFrame:
    """Add the effects; what is smaller than ``SMALL`` does not hold."""
    a, b = (table[name].to_numpy(float) for name in ("value_a", "value_b"))
    if rate:
        effect = np.divide(a, b, out=np.full_like(a, np.nan), where=b > 0)
        size = np.where(b > 0, np.log(np.where(b > 0, effect, 1.0)), np.inf)
    else:
        effect = size = 2 * np.arcsin(np.sqrt(a.clip(0, 1))) - 2 * np.arcsin(np.sqrt(b.clip(0, 1)))
        limits = {"low": table["low"].clip(-1, 1), "high": table["high"].clip(-1, 1)}
        table = table.assign(**limits)
    return table.assign(effect=effect, holds=table["holds"] & (size >= SMALL))


def _beyond_chance(p: np.ndarray) -> np.ndarray:
    """Return which differences stay when all are judged at once."""
    from scipy.stats import false_discovery_control

    return false_discovery_control(p) <= LEVEL
