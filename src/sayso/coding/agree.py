"""How far coders agree, with one another and with sayso: spans, kinds, speakers, stances.

Whether two mark the same quotes has no agreement by chance to be taken off, as nobody can say how
many quotes were not marked: it is told as F1. What they say of the quotes that both marked is told
as Krippendorff's alpha. Intervals draw whole articles anew, within their strata.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import combinations

import numpy as np
import pandas as pd

from sayso.analyze.framing.agreement import alpha
from sayso.coding.codings import ASPECTS, Codings
from sayso.coding.items import KINDS, Item, matched

RESAMPLES = 1000
FEWEST = 5  # articles: of fewer, resamples repeat each other


def agreement(codings: Codings) -> pd.DataFrame:
    """Return how far each two coders agree on the articles that both coded.

    Columns: what ('quotes', or kind, speaker, stance), measure ('F1', 'alpha'), coder, other,
    n_articles, n (quotes that both marked), value, low, high (95 %; null for fewer than five
    articles). Alpha is null where all say the same: nothing tells chance then.
    """
    rows = []
    for one, other in combinations(codings.coders, 2):
        names = [
            name
            for name in sorted(codings.texts)
            if (name, one) in codings.coded and (name, other) in codings.coded
        ]
        if not names:
            continue
        sides = [(codings.coded[n, one], codings.coded[n, other]) for n in names]
        pairs = [matched(codings.texts[n], *both) for n, both in zip(names, sides, strict=True)]
        hits = np.array([[len(p), len(a), len(b)] for p, (a, b) in zip(pairs, sides, strict=True)])
        n = int(hits[:, 0].sum())
        told = (one, other, len(names), n)
        drawn = _with_interval(len(names), partial(_f1, hits))
        rows.append(("quotes", "F1", *told, *drawn))
        for what in ASPECTS:
            codes, sizes = _codes(pairs, sides, what)
            drawn = _with_interval(len(names), partial(_alpha_of, codes, sizes))
            rows.append((what, "alpha", *told, *drawn))
    columns = ["what", "measure", "coder", "other", "n_articles", "n", "value", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _codes(pairs: Sequence, sides: Sequence, what: str) -> tuple[list[np.ndarray], int]:
    """Return what two say of the quotes of both, as numbers by article, and how many values."""
    told = [
        [(getattr(a[i], what).casefold(), getattr(b[j], what).casefold()) for i, j in own]
        for own, (a, b) in zip(pairs, sides, strict=True)
    ]
    values = sorted({value for own in told for both in own for value in both})
    number = {value: n for n, value in enumerate(values)}
    codes = [np.array([[number[x], number[y]] for x, y in own]).reshape(-1, 2) for own in told]
    return codes, len(values)


def _alpha_of(codes: list[np.ndarray], sizes: int, drawn: np.ndarray) -> float:
    return alpha(np.concatenate([codes[i] for i in drawn]), sizes)


def _f1(hits: np.ndarray, drawn: np.ndarray) -> float:
    both, one, other = hits[drawn].sum(axis=0)
    return 2 * both / (one + other) if one + other else np.nan


def _with_interval(n: int, measure: Callable[[np.ndarray], float]) -> tuple[float, float, float]:
    """Return a measure of ``n`` articles, and its 95 % interval when articles are drawn anew."""
    value = float(measure(np.arange(n)))
    if n < FEWEST or np.isnan(value):
        return value, np.nan, np.nan
    draws = np.random.default_rng(0).integers(0, n, (RESAMPLES, n))
    low, high = np.nanquantile([measure(drawn) for drawn in draws], [0.025, 0.975])
    return value, float(low), float(high)


def accuracy(
    codings: Codings, found: Mapping[str, Sequence[Item]], groups: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return how many of the quotes found are right, and how many of the right ones were found.

    ``found`` are the items of every coded article, ``groups`` the outlet of each, if wanted.
    Articles count by how many others they stand for (1 / pi).

    Columns: of ('all', a kind, 'outlet: ...'; of a kind, precision is of those found as it, recall
    of those coded as it), n_articles, found, coded, both; precision, recall, f1, each with _low and
    _high (95 %, null for fewer than five articles); speaker (share of right ones among both).
    """
    names = sorted(codings.texts)
    hits = {name: _hits(codings.texts[name], found[name], codings.settled[name]) for name in names}
    weights = np.ones(len(names))
    if codings.design is not None:
        chance = codings.design.set_index("article_id")["pi"]
        weights = 1 / chance.reindex(names).to_numpy()
    rows = [("all", names), *((kind, names) for kind in KINDS)]
    if groups:
        outlets = sorted({groups[n] for n in names if pd.notna(groups.get(n))})
        rows += [(f"outlet: {g}", [n for n in names if groups.get(n) == g]) for g in outlets]
    return pd.DataFrame(
        [_accuracy(of, own, hits, dict(zip(names, weights, strict=True))) for of, own in rows]
    )


def _hits(text: str, found: Sequence[Item], coded: Sequence[Item]) -> dict[str, np.ndarray]:
    """Return by kind, and for all: found, coded, found and right, coded and found, speakers."""
    pairs = matched(text, found, coded)
    told = {}
    for kind in ("all", *KINDS):
        one, other = ([kind in ("all", q.kind) for q in side] for side in (found, coded))
        right = sum(one[i] for i, _ in pairs)
        seen = sum(other[j] for _, j in pairs)
        named = sum(other[j] and found[i].speaker == coded[j].speaker for i, j in pairs)
        told[kind] = np.array([sum(one), sum(other), right, seen, named], dtype="float64")
    return told


def _accuracy(of: str, names: list[str], hits: Mapping, weights: Mapping[str, float]) -> dict:
    kind = of if of in KINDS else "all"
    plain = np.array([hits[name][kind] for name in names]).reshape(-1, 5)
    weighted = plain * np.array([weights[name] for name in names])[:, None]
    row = {"of": of, "n_articles": len(names)}
    row |= dict(
        zip(("found", "coded", "both"), plain.sum(axis=0)[[0, 1, 3]].astype(int), strict=True)
    )
    for name, measure in MEASURES.items():
        drawn = _with_interval(len(names), lambda i, m=measure: m(weighted[i].sum(axis=0)))
        row |= dict(zip((name, f"{name}_low", f"{name}_high"), drawn, strict=True))
    return row | {"speaker": _share(weighted.sum(axis=0)[4], weighted.sum(axis=0)[3])}


def _share(part: float, whole: float) -> float:
    return part / whole if whole else np.nan


MEASURES: dict[str, Callable[[np.ndarray], float]] = {
    "precision": lambda sums: _share(sums[2], sums[0]),
    "recall": lambda sums: _share(sums[3], sums[1]),
    "f1": lambda sums: _share(sums[2] + sums[3], sums[0] + sums[1]),
}
