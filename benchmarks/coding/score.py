"""Do nominal 95 % intervals of corrected figures hold what is true in 95 % of draws?

Articles whose quotes are known (PolNeAR) are the corpus. Some are drawn at random, again and again,
and taken as coded with what is known; the corrected figures are held against the truth.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.attribution.score import (
    _quotes,
    as_attribution,
    compare,
    gold_file,
    read_attributed,
)
from sayso.coding.design import allocate, stratify
from sayso.coding.estimate import AMOUNT, Counts, Estimate, difference, ratio, total

DRAWS = 2000
SIZES = (12, 20, 30)
OUTLETS = 4  # of which each two are compared, half of their articles coded
MARKED = ("direct", "mixed")
COLUMNS = ["design", "n", "figure", "truth", "found", "coverage", "half_width", "coders_alone"]


def tables(path: Path | None = None) -> dict[str, pd.DataFrame]:
    """Return ``figures``: how often the interval holds the truth, by design, size and figure.

    Columns: design ('simple', 'by outlet', or two outlets alone), n (articles coded), figure,
    truth, found (without any correction), coverage (share of draws), half_width (mean),
    coders_alone (mean half width with nothing but the coded articles), bias (mean of corrected
    less the truth).
    """
    if path is None:
        raise ValueError("coding needs a path: a PolNeAR articles.jsonl.gz or its folder")
    counted = read_counts(path)
    rows = []
    for n in SIZES:
        rows += simulate(counted, pd.Series("all", counted.index), "simple", n)
    for n in SIZES:
        rows += simulate(counted, counted["outlet"], "by outlet", n)
    for pair in combinations(sorted(counted["outlet"].unique())[:OUTLETS], 2):
        two = counted[counted["outlet"].isin(pair)].reset_index(drop=True)
        rows += simulate(two, two["outlet"], " and ".join(pair), len(two) // 2)
    return {"figures": pd.DataFrame(rows, columns=[*COLUMNS, "bias"])}


def read_counts(path: Path) -> pd.DataFrame:
    """Return what is known and what is found in each article: outlet, quotes, marked, words."""
    rows = []
    for article in read_attributed(gold_file(path)):
        predicted = [as_attribution(article["text"], q) for q in _quotes(article)]
        forms = compare(article, predicted)
        row = {"outlet": article["publisher"]}
        sides = (
            ("true", forms.gold_forms, article["attributions"]),
            ("found", forms.predicted_forms, predicted),
        )
        for side, own, quotes in sides:
            words = (article["text"][a:b].split() for q in quotes for a, b in q["content"])
            row[f"{side}_quotes"] = len(own)
            row[f"{side}_marked"] = sum(form in MARKED for form in own)
            row[f"{side}_words"] = sum(map(len, words))
        rows.append(row)
    return pd.DataFrame(rows)


def simulate(counted: pd.DataFrame, strata: pd.Series, design: str, n: int) -> list[tuple]:
    """Return the rows of one design and size (see :func:`tables`)."""
    outlets = counted["outlet"].to_numpy()
    codes, names = pd.factorize(stratify(strata, counted["found_quotes"], n), sort=True)
    sizes = pd.Series(np.bincount(codes), index=names)
    given = allocate(sizes, sizes.astype(float), n).to_numpy()
    whole = {
        name: one.corrected
        for name, one in figures(counted, codes, np.ones(len(codes), bool), outlets).items()
    }
    rng = np.random.default_rng(1)
    kept: dict[str, list[tuple]] = {}
    for _ in range(DRAWS):
        coded = np.zeros(len(codes), bool)
        for stratum, k in enumerate(given):
            coded[rng.choice(np.flatnonzero(codes == stratum), k, replace=False)] = True
        alone = figures(counted, codes, coded, outlets, weight=0.0)
        for name, one in figures(counted, codes, coded, outlets).items():
            holds = one.low <= whole[name] <= one.high
            told = (holds, (one.high - one.low) / 2, (alone[name].high - alone[name].low) / 2)
            kept.setdefault(name, []).append((*told, one.corrected - whole[name], one.found))
    rows = []
    for name, drawn in kept.items():
        holds, half, alone, bias, found = np.mean(drawn, axis=0)
        rows.append((design, n, name, whole[name], found, holds, half, alone, bias))
    return rows


def figures(
    counted: pd.DataFrame, codes: np.ndarray, coded: np.ndarray, outlets: np.ndarray, **options
) -> dict[str, Estimate]:
    """Return the figures of one draw."""

    def of(part: str, whole: str, within: np.ndarray | None = None) -> Counts:
        columns = [
            counted[f"{side}_{what}"].to_numpy(float)
            for side in ("found", "true")
            for what in (part, whole)
        ]
        if within is not None:
            columns = [np.where(within, column, 0.0) for column in columns]
        return Counts(codes, coded, *columns)

    shares = of("marked", "quotes")
    found = {
        "share with marks": ratio(shares, **options),
        "words a quote": ratio(of("words", "quotes"), bounds=AMOUNT, **options),
        "quotes an article": total(of("quotes", "quotes"), mean=True, **options),
        "quotes in all": total(of("quotes", "quotes"), **options),
    }
    named = np.unique(outlets)
    if len(named) == 2:
        parts = [ratio(of("marked", "quotes", outlets == k), **options) for k in named]
        found["share with marks, first outlet"] = parts[0]
        found["difference of two outlets"] = difference(*parts, shares)
    return found
