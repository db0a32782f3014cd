"""Do nominal 95% intervals of corrected figures hold what is true in 95% of draws?

Articles whose quotes (PolNeAR) or ties of blame are known are the corpus. Some are drawn at random,
again and again, and taken as coded with what is known; the corrected figures are held against the
truth. PATH is a PolNeAR articles.jsonl.gz or its folder; or a folder that holds one in
attribution/polnear/dev, and in blame/articles texts (txt/) with the ties a reader saw (A/).

Constants of the estimates were chosen on generated corpora alone:
``python -m benchmarks.coding.generated``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
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
from sayso.article import Article, Layout
from sayso.coding.design import allocate, stratify
from sayso.coding.estimate import AMOUNT, Counts, Estimate, difference, ratio, total
from sayso.extract import extract
from sayso.extract.document import read_document
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import encoder
from sayso.text.marks import paragraphs

DRAWS = 2000
SIZES = (12, 20, 30)
ALONE = 200  # draws of which the half width of coders alone is told, too
OF_FEW = (6, 8, 10)  # of the articles with known blame, which are fourteen
HALF = "half of each outlet"
MARKED = ("direct", "mixed")
COLUMNS = ["design", "n", "figure", "truth", "found", "coverage", "half_width", "coders_alone"]
Numbers = Mapping[str, np.ndarray]


def tables(path: Path | None = None) -> dict[str, pd.DataFrame]:
    """Return ``figures``: how often the interval holds the truth, by design, size and figure.

    Columns: design ('simple', 'by outlet', ``HALF``), n (articles coded), figure, truth, found
    (without any correction), coverage (share of draws), half_width (mean), coders_alone (mean half
    width with nothing but the coded articles), bias (mean of corrected less the truth). In ``HALF``
    all outlets, and all pairs of them, are one row: what they have on average, coverage from the
    least to the most in ``least`` and ``most``.
    """
    if path is None:
        raise ValueError("coding needs a path: a PolNeAR articles.jsonl.gz or its folder")
    inside = path / "attribution" / "polnear" / "dev"
    counted = read_counts(inside if inside.exists() else path)
    rows = [row for n in SIZES for row in simulate(counted, None, "simple", n)]
    rows += [row for n in SIZES for row in simulate(counted, counted["outlet"], "by outlet", n)]
    rows += by_outlet(counted)
    if (path / "blame" / "articles").exists():
        blames = read_blames(path / "blame" / "articles")
        rows += [row for n in OF_FEW for row in simulate(blames, None, "simple", n)]
    return {"figures": pd.DataFrame(rows, columns=[*COLUMNS, "bias", "least", "most"])}


def read_blames(path: Path) -> pd.DataFrame:
    """Return how many ties of blame a reader saw in each article, and how many are found."""
    rows = []
    for file in sorted((path / "txt").glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        article = Article(file.stem, text, layout=Layout(body=tuple(paragraphs(text))))
        found = extract(read_document(article, lexicon(), encoder(1)), ["blames"])["blames"]
        seen = json.loads((path / "A" / f"{file.stem}.json").read_text(encoding="utf-8"))["ties"]
        true = sum(tie["stance"] != "deny" for tie in seen)
        rows.append({"true_ties": true, "found_ties": sum(t.stance != "deny" for t in found)})
    return pd.DataFrame(rows)


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


def simulate(counted: pd.DataFrame, strata: pd.Series | None, design: str, n: int) -> list[tuple]:
    """Return the rows of one design and size (see :func:`tables`)."""
    numbers = {name: own.to_numpy() for name, own in counted.items()}
    strata = pd.Series("all", counted.index) if strata is None else strata
    length = counted["found_quotes" if "found_quotes" in counted else "found_ties"]
    codes, names = pd.factorize(stratify(strata, length, n), sort=True)
    sizes = pd.Series(np.bincount(codes), index=names)
    given = allocate(sizes, sizes.astype(float), n).to_numpy()
    return [(design, n, *row) for row in _repeated(numbers, codes, given, figures)]


def by_outlet(counted: pd.DataFrame) -> list[tuple]:
    """Return the rows of ``HALF``: the share of each outlet, and the differences of each two."""
    numbers = {name: own.to_numpy() for name, own in counted.items()}
    codes, _ = pd.factorize(counted["outlet"], sort=True)
    half = np.bincount(codes) // 2
    rows = pd.DataFrame(_repeated(numbers, codes, half, compared), columns=[*COLUMNS[2:], "bias"])
    merged = []
    for kind, own in rows.groupby(rows["figure"].str.split(":").str[0]):
        means = own.drop(columns="figure").mean()
        spread = own["coverage"].min(), own["coverage"].max()
        merged.append((HALF, int(half.sum()), kind, *means, *spread))
    return merged


def _repeated(numbers: Numbers, codes: np.ndarray, given: np.ndarray, measure) -> list[tuple]:
    """Return the figures of many draws: name, truth, found, coverage, half widths, bias."""
    every = measure(numbers, codes, np.ones(len(codes), bool))
    whole = {name: one.corrected for name, one in every.items()}
    places = [np.flatnonzero(codes == stratum) for stratum in range(len(given))]
    rng, kept = np.random.default_rng(1), {}
    for turn in range(DRAWS):
        coded = np.zeros(len(codes), bool)
        for own, k in zip(places, given, strict=True):
            coded[rng.choice(own, k, replace=False)] = True
        alone = measure(numbers, codes, coded, weight=0.0) if turn < ALONE else {}
        for name, one in measure(numbers, codes, coded).items():
            holds = one.low <= whole[name] <= one.high
            half = [(s.high - s.low) / 2 if s else np.nan for s in (one, alone.get(name))]
            kept.setdefault(name, []).append((one.found, holds, *half, one.corrected - whole[name]))
    return [(name, whole[name], *np.nanmean(drawn, axis=0)) for name, drawn in kept.items()]


def _of(numbers: Numbers, codes: np.ndarray, coded: np.ndarray, part: str, whole: str) -> Counts:
    sides = [numbers[f"{side}_{what}"] for side in ("found", "true") for what in (part, whole)]
    return Counts(codes, coded, *(own.astype(float) for own in sides))


def figures(numbers: Numbers, codes: np.ndarray, coded: np.ndarray, **options) -> dict:
    """Return the figures of one draw."""
    if "found_ties" in numbers:
        ties = _of(numbers, codes, coded, "ties", "ties")
        return {"ties of blame in all": total(ties, **options)}
    shares, words, each = (
        _of(numbers, codes, coded, *names)
        for names in (("marked", "quotes"), ("words", "quotes"), ("quotes", "quotes"))
    )
    return {
        "share with marks": ratio(shares, **options),
        "words a quote": ratio(words, bounds=AMOUNT, **options),
        "quotes an article": total(each, mean=True, **options),
    }


def compared(numbers: Numbers, codes: np.ndarray, coded: np.ndarray, **options) -> dict:
    """Return the share of each outlet of one draw, and how each two differ."""
    whole = _of(numbers, codes, coded, "marked", "quotes")
    parts: list[Estimate] = []
    for outlet in range(codes.max() + 1):
        own = codes == outlet
        columns = (whole.coded, whole.found, whole.found_of, whole.true, whole.true_of)
        one = Counts(np.zeros(own.sum(), int), *(column[own] for column in columns))
        parts.append(ratio(one, **options))
    told = {f"share with marks of an outlet:{n}": one for n, one in enumerate(parts)}
    pairs = combinations(enumerate(parts), 2)
    apart = {f"difference of two outlets:{i} {j}": difference(a, b) for (i, a), (j, b) in pairs}
    return told | apart
