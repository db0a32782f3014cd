"""What confidence was worth where it was measured, held against the quotes at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sayso.analyze.groups import groups, outer
from sayso.evaluation.results import Result

BINS = 10


def measured(results: Mapping[str, Result], cut: str) -> pd.DataFrame:
    """Return the kept bins of the quotes that were scored; ``cut`` is 'mass' or 'width'."""
    bins = results["attribution"].tables["reliability"]
    return bins[bins["cut"] == cut].drop(columns="cut")


def expected(found: pd.DataFrame) -> tuple[int, int]:
    """Return how many quotes would be right if they were like the measured ones, and of how many.

    ``found`` is what :func:`bands` returned; bands in which none was measured are left out.
    """
    known = found[found["right"].notna()]
    return round((known["n"] * known["right"]).sum()), int(known["n"].sum())


def surest(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return for each outlet n_quotes, above_90 (how many are surer), and without_speaker."""
    own = outer(quotes)
    facts = pd.DataFrame(
        {
            "n_quotes": 1,
            "above_90": own["confidence"] > 0.9,
            "without_speaker": own["speaker"].isna(),
        }
    )
    return facts.groupby(groups(own, articles, "outlet")).sum().reset_index()


def bands(table: pd.DataFrame, confidence: Sequence[float]) -> pd.DataFrame:
    """Return how other cases fall into measured bins, and how many of such were right there.

    Parameters
    ----------
    table
        Measured bins of equal width (see :func:`measured`).
    confidence
        Of the cases at hand.

    Returns
    -------
    DataFrame
        One row is a band of confidence, the surest first: confidence ('0.9 to 1.0'), n (cases at
        hand), n_measured, right, right_low, right_high (of the measured ones; null where none was).
    """
    inner = np.arange(1, BINS) / BINS
    here = np.bincount(np.searchsorted(inner, confidence, side="right"), minlength=BINS)
    measured = table.set_index(np.searchsorted(inner, table["least"], side="right"))
    rows = measured[["n", "right", "right_low", "right_high"]].reindex(range(BINS))
    rows = rows.rename(columns={"n": "n_measured"})
    rows["n_measured"] = rows["n_measured"].fillna(0).astype(int)
    rows.insert(0, "n", here)
    rows.insert(0, "confidence", [f"{n / BINS} to {(n + 1) / BINS}" for n in range(BINS)])
    return rows.iloc[::-1].reset_index(drop=True)
