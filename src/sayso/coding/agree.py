"""How far coders agree, with one another and with sayso: spans, kinds, speakers, stances.

Whether two mark the same words is told as F1 (of what is alike in half of its characters) and as
Krippendorff's alpha for unitizing, which takes off what chance would do. What they say of what both
marked is told as his nominal alpha. Intervals draw whole articles anew, within their strata.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations

import numpy as np
import pandas as pd

from sayso.analyze import unitizing
from sayso.analyze.framing.agreement import alpha
from sayso.coding.codings import Codings
from sayso.coding.items import LAYERS, Item, layer, matched

RESAMPLES = 1000
FEWEST = 5  # articles: of fewer, resamples repeat each other
# What two may say differently of the same words.
ASPECTS = {
    "quotes": ("kind", "speaker", "stance"),
    "blames": ("speaker", "stance", "target"),
    "frames": ("speaker",),
}


def agreement(codings: Codings) -> pd.DataFrame:
    """Return how far each two coders agree on the articles that both coded.

    Columns: what (a layer, or what is said of it, as 'quotes: kind'), measure ('F1', 'unitizing
    alpha', 'alpha'), coder, other, n_articles, n (that both marked), value, low, high (95%; null
    for fewer than five articles). Alpha is null where all say the same: nothing tells chance then.
    """
    rows = []
    for one, other in combinations(codings.coders, 2):
        names = [n for n in sorted(codings.texts) if {(n, one), (n, other)} <= codings.coded.keys()]
        for kind in codings.asked if names else ():
            sides = [
                tuple([q for q in codings.coded[n, c] if layer(q) == kind] for c in (one, other))
                for n in names
            ]
            texts = [codings.texts[name] for name in names]
            for what, measure, n, *drawn in _measured(kind, texts, sides):
                rows.append((what, measure, one, other, len(names), n, *drawn))
    columns = ["what", "measure", "coder", "other", "n_articles", "n", "value", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _measured(kind: str, texts: list[str], sides: list[tuple]) -> Iterator[tuple]:
    """Yield what is measured of two coders' items of a layer: what, measure, n, and its values."""
    pairs = [matched(text, *both) for text, both in zip(texts, sides, strict=True)]
    hits = np.array([[len(p), len(a), len(b)] for p, (a, b) in zip(pairs, sides, strict=True)])
    n, of = int(hits[:, 0].sum()), len(texts)
    yield kind, "F1", n, *_with_interval(of, partial(_f1, hits))
    names = sorted({q.target for both in sides for own in both for q in own})
    parts = [
        unitizing.prepared([_section(t, both, name) for t, both in zip(texts, sides, strict=True)])
        for name in (names if kind == "frames" else [None])
    ]
    yield kind, "unitizing alpha", n, *_with_interval(of, partial(unitizing.alpha, parts))
    for what in ASPECTS[kind]:
        codes, sizes = _codes(pairs, sides, what)
        yield f"{kind}: {what}", "alpha", n, *_with_interval(of, partial(_alpha_of, codes, sizes))


def _section(text: str, both: tuple, name: str | None) -> unitizing.Section:
    """Return what two marked in a text, of one frame if it is named."""
    own = ([s for q in side if name in (None, q.target) for s in q.spans] for side in both)
    return unitizing.Section(len(text), tuple(map(unitizing.apart, own)))


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
    """Return a measure of ``n`` articles, and its 95% interval when articles are drawn anew."""
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

    Columns: of (a layer, a kind of quote, 'outlet: ...' of quotes; of a kind, precision is of those
    found as it, recall of those coded as it), n_articles, found, coded, both; precision, recall,
    f1, each with _low and _high (95%, null for fewer than five articles); speaker, target (shares
    of right ones among both).
    """
    names = sorted(codings.texts)
    hits = {name: _hits(codings.texts[name], found[name], codings.settled[name]) for name in names}
    weights = np.ones(len(names))
    if codings.design is not None:
        chance = codings.design.set_index("article_id")["pi"]
        weights = 1 / chance.reindex(names).to_numpy()
    # Of quotes each kind is told, too.
    kinds = {name: LAYERS[name] if name == "quotes" else () for name in codings.asked}
    rows = [(of, names) for name, own in kinds.items() for of in (name, *own)]
    if groups:
        outlets = sorted({groups[n] for n in names if pd.notna(groups.get(n))})
        rows += [(f"outlet: {g}", [n for n in names if groups.get(n) == g]) for g in outlets]
    return pd.DataFrame(
        [_accuracy(of, own, hits, dict(zip(names, weights, strict=True))) for of, own in rows]
    )


def _hits(text: str, found: Sequence[Item], coded: Sequence[Item]) -> dict[str, np.ndarray]:
    """Return by layer and kind: found, coded, found and right, coded and found, like parties."""
    pairs = matched(text, found, coded)
    told = {}
    for of in (*LAYERS, *LAYERS["quotes"]):
        one, other = ([of in (layer(q), q.kind) for q in side] for side in (found, coded))
        right = sum(one[i] for i, _ in pairs)
        seen = [(found[i], coded[j]) for i, j in pairs if other[j]]
        alike = [sum(getattr(a, n) == getattr(b, n) for a, b in seen) for n in PARTIES]
        told[of] = np.array([sum(one), sum(other), right, len(seen), *alike], dtype="float64")
    return told


PARTIES = ("speaker", "target")


def _accuracy(of: str, names: list[str], hits: Mapping, weights: Mapping[str, float]) -> dict:
    kind = "quotes" if of.startswith("outlet: ") else of
    plain = np.array([hits[name][kind] for name in names]).reshape(-1, 6)
    weighted = plain * np.array([weights[name] for name in names])[:, None]
    row = {"of": of, "n_articles": len(names)}
    row |= dict(
        zip(("found", "coded", "both"), plain.sum(axis=0)[[0, 1, 3]].astype(int), strict=True)
    )
    for name, measure in MEASURES.items():
        drawn = _with_interval(len(names), lambda i, m=measure: m(weighted[i].sum(axis=0)))
        row |= dict(zip((name, f"{name}_low", f"{name}_high"), drawn, strict=True))
    *_, both, speaker, target = weighted.sum(axis=0)
    row["speaker"] = _share(speaker, both)
    return row | (
        {} if kind == "quotes" or kind in LAYERS["quotes"] else {"target": _share(target, both)}
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole else np.nan


MEASURES: dict[str, Callable[[np.ndarray], float]] = {
    "precision": lambda sums: _share(sums[2], sums[0]),
    "recall": lambda sums: _share(sums[3], sums[1]),
    "f1": lambda sums: _share(sums[2] + sums[3], sums[0] + sums[1]),
}
