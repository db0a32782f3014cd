"""Which articles to code next, and from which confidence on to count: what codings are good for.

Within a stratum it is chance that says which article comes next: one that looked doubtful would
stand for no others. What can be chosen is the stratum, and the one whose next article is expected
to make the intervals narrower by most comes first (Neyman 1934, step by step).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sayso.coding.codings import Codings
from sayso.coding.counts import FIGURES, Beside
from sayso.coding.items import items, layer, matched, suggested

FOLDS = 5
FEWEST = 5  # coded articles: of fewer nothing is fitted
STEPS = 40  # thresholds that are tried
TUNED = ["of", "n_articles", "threshold"]
TUNED += [f"{name}_{when}" for name in ("precision", "recall", "f1") for when in ("now", "then")]


def next_articles(codings: Codings, given: Beside, n: int) -> pd.DataFrame:
    """Return the ``n`` articles to be coded next, those of most expected gain first.

    The gain is what the next article of a stratum takes off the variance of the headline figures,
    on their average. Drawn articles that nobody coded come first in their stratum, the others in an
    order of chance, the same every time.

    Columns: article_id, stratum, drawn (already), gain (share of the variance). No rows where
    nothing was drawn, or nothing can be corrected yet.
    """
    columns = ["article_id", "stratum", "drawn", "gain"]
    if codings.design is None or given.why_not:
        return pd.DataFrame(columns=columns)
    design = codings.design
    chance = np.random.default_rng([0, int(design["drawn"].sum())]).permutation(len(design))
    left = design.assign(chance=chance)[~design["article_id"].isin(codings.texts)]
    left = left.sort_values(["drawn", "chance"], ascending=[False, True])
    queues = {name: own.to_dict("records") for name, own in left.groupby("stratum")}
    coded = design["article_id"].isin(codings.texts).groupby(design["stratum"]).sum().clip(lower=1)
    weights, rows = _weights(design, given), []
    for _ in range(min(n, len(left))):
        gains = {
            h: weights[h] * (1 / coded[h] - 1 / (coded[h] + 1)) for h, q in queues.items() if q
        }
        best = max(sorted(gains), key=gains.get)
        row = queues[best].pop(0)
        coded[best] += 1
        rows.append((row["article_id"], best, row["drawn"], gains[best]))
    return pd.DataFrame(rows, columns=columns)


def extended(codings: Codings, given: Beside, n: int) -> pd.DataFrame:
    """Return the design with ``n`` more articles drawn, the next ones of most expected gain.

    Raises ValueError where nothing was drawn, or nothing can be corrected yet.
    """
    if codings.design is None or given.why_not:
        raise ValueError(f"no more articles can be drawn: {given.why_not}")
    design = codings.design.copy()
    waiting = int((design["drawn"] & ~design["article_id"].isin(codings.texts)).sum())
    new = next_articles(codings, given, n + waiting)
    ids = new.loc[~new["drawn"].astype(bool), "article_id"].head(n)
    leads = sorted(set(design.loc[design["drawn"], "lead"]))
    for turn, name in enumerate(ids):
        row = design["article_id"] == name
        design.loc[row, ["drawn", "blind", "lead"]] = True, turn % 2 == 0, leads[turn % len(leads)]
    design["n_drawn"] = design.groupby("stratum")["drawn"].transform("sum")
    design["pi"] = design["n_drawn"] / design["n_stratum"]
    return design


def _weights(design: pd.DataFrame, given: Beside) -> pd.Series:
    """Return of each stratum N^2 s^2, over the variance, on the average of the headline figures.

    A stratum of which fewer than two articles are coded is taken to differ as all articles do.
    """
    stratum = given.frame["article_id"].map(design.set_index("article_id")["stratum"])
    sizes, parts = design["stratum"].value_counts().sort_index(), []
    for figure in FIGURES.values():
        if figure.of not in given.coded:
            continue
        one = figure.estimate(given.counts(figure))
        if one.influence is None or not one.se:
            continue
        told = pd.Series(one.influence).where(given.frame["coded"])
        spread = told.groupby(stratum).var().reindex(sizes.index).fillna(told.var())
        parts.append(sizes**2 * spread / one.se**2)
    return sum(parts) / len(parts) if parts else (sizes**2).astype(float)


def thresholds(codings: Codings, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return from which confidence on rows are best counted in this corpus, and what that does.

    The threshold has the highest F1 on all coded articles, each counted by how many others it
    stands for. What it does is told by folds: of each fifth of the articles with the threshold that
    the other four have chosen; so a gain is one on articles that it was not fitted to.

    Columns: ``TUNED``: of (quotes, blames), n_articles, threshold, and precision, recall and f1 now
    and then. No row for what coders were not asked about, or fewer than five coded articles.
    """
    names, rows = sorted(codings.texts), []
    if len(names) < FEWEST:
        return pd.DataFrame(columns=TUNED)
    weight = np.ones(len(names))
    if codings.design is not None:
        weight = 1 / codings.design.set_index("article_id")["pi"].reindex(names).to_numpy()
    fold = np.random.default_rng(0).permutation(len(names)) % FOLDS
    for of in (name for name in ("quotes", "blames") if name in codings.asked):
        sure = [_judged(codings, tables, of, name) for name in names]
        steps = _steps(np.concatenate([own for own, _, _ in sure]))
        counts = np.stack([_counts(*own, steps) for own in sure]) * weight[:, None, None]
        now = counts[:, 0].sum(axis=0)
        then = sum(counts[fold == k, _best(counts[fold != k])].sum(axis=0) for k in range(FOLDS))
        pairs = zip(_figures(now), _figures(then), strict=True)
        told = [value for pair in pairs for value in pair]
        rows.append((of, len(names), steps[_best(counts)], *told))
    return pd.DataFrame(rows, columns=TUNED)


def _judged(codings: Codings, tables: Mapping, of: str, name: str) -> tuple[np.ndarray, ...]:
    """Return of what was found in an article the confidence, whether it is right; how many are."""
    own, text = tables[of], codings.texts[name]
    own = own[own["article_id"] == name]
    seen = suggested({of: own})
    sure = own.set_index(f"{of[:-1]}_id")["confidence"].reindex(seen["id"]).to_numpy(float)
    wanted = [one for one in codings.settled[name] if layer(one) == of]
    right = np.zeros(len(seen), bool)
    right[[i for i, _ in matched(text, items(text, seen), wanted)]] = True
    return sure, right, np.array(len(wanted))


def _steps(sure: np.ndarray) -> np.ndarray:
    """Return the thresholds that are tried, of which the first leaves nothing out."""
    tried = np.quantile(sure, np.linspace(0, 0.9, STEPS)) if len(sure) else []
    return np.unique([0.0, *np.round(tried, 3)])


def _counts(sure: np.ndarray, right: np.ndarray, true: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """Return by threshold what is counted as found, what of it is right, and what there is."""
    kept = sure[None, :] >= steps[:, None]
    return np.stack([kept.sum(1), (kept & right).sum(1), np.full(len(steps), true)], axis=1)


def _best(counts: np.ndarray) -> int:
    """Return which threshold has the highest F1 on some articles; of equal ones the lowest."""
    found, right, true = counts.sum(axis=0).T
    return int(np.argmax(np.round(2 * right / np.maximum(found + true, 1e-9), 9)))


def _figures(sums: np.ndarray) -> tuple[float, float, float]:
    found, right, true = sums
    parts = ((right, found), (right, true), (2 * right, found + true))
    return tuple(part / whole if whole else np.nan for part, whole in parts)
