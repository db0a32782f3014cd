"""Whether confidence means something: of the quotes with .8, are eight in ten right?

What is kept of a measurement is read again by :mod:`sayso.evaluation.calibration`. On real news
with quotes marked by reading: ``python -m benchmarks.attribution.calibration FOLDER``, see
:func:`of_folder`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.intervals import wilson
from sayso.text.marks import MARK
from sayso.text.overlap import characters, jaccard, pair

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


def of_folder(folder: Path) -> tuple[list[float], list[bool]]:
    """Return the confidence of quotes that sayso finds in marked articles, and which are right.

    ``txt`` holds the articles; ``gold`` for each a JSON file: ``article_id`` and ``quotes`` with
    ``content`` (spans) and ``optional`` (neither missed nor false). A quote is right if a marked
    one shares half of its characters, quotation marks left out; nested quotes do not count.
    """
    import sayso

    corpus = sayso.read(str(folder / "txt"))
    texts = corpus.articles.set_index("article_id")["text"]
    confidence, right = [], []
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = texts[gold["article_id"]]
        marks = {at for mark in MARK.finditer(text) for at in range(*mark.span())}
        wanted = [characters(text, quote["content"]) - marks for quote in gold["quotes"]]
        own = corpus.quotes[corpus.quotes["article_id"] == gold["article_id"]]
        own = own[own["nested_in"].isna()]
        found = [characters(text, spans) - marks for spans in own["content_spans"]]
        paired = {j: i for i, j, _ in pair(wanted, found, jaccard, 0.5)}
        may = [
            said for said, quote in zip(wanted, gold["quotes"], strict=True) if quote["optional"]
        ]
        for number, (said, sure) in enumerate(zip(found, own["confidence"], strict=True)):
            spared = len(said & set().union(*may)) * 2 >= len(said)
            if number in paired and gold["quotes"][paired[number]]["optional"]:
                continue
            if number in paired or not spared:
                confidence.append(sure)
                right.append(number in paired)
    return confidence, right


if __name__ == "__main__":
    measured = of_folder(Path(sys.argv[1]))
    print(reliability(*measured, cut="width").to_string(index=False))
    for how in CUTS:
        print(
            f"expected calibration error, bins of {how}: {expected_error(*measured, cut=how):.3f}"
        )
