"""Corpora with known truth, generated: on them the constants of the estimates are chosen.

    python -m benchmarks.coding.generated

Articles of a few outlets differ in length and in what is missed; what is found is what is true,
with misses and false alarms that differ from article to article. Tried are the weight of the rule
that errors grow with length (``PRIOR``): taken is the one whose intervals hold the truth in 95% or
a little more on the average, and seldom in less than 93.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.coding import score
from sayso.coding import estimate

PRIORS = (0, 10, 20, 40)
CORPORA = 9
RECALLS, ALIKE = (0.65, 0.8, 0.95), (3, 8, 20)  # the last: less or more alike are articles
DRAWS = 100


def corpus(seed: int, *, articles: int = 84, outlets: int = 7) -> pd.DataFrame:
    """Return the numbers of each article, as ``read_counts`` does: outlet, true and found ones.

    Lengths are log-normal (some articles have ten times the quotes of others), shares of marks and
    what is missed beta by article; false alarms are as many as misses. How much is missed, and how
    far articles differ in it, is another thing in each corpus.
    """
    rng = np.random.default_rng(seed)
    recall, alike = RECALLS[seed % len(RECALLS)], ALIKE[seed // len(RECALLS) % len(ALIKE)]
    outlet = np.arange(articles) % outlets
    length = rng.lognormal(rng.normal(3.0, 0.3, outlets)[outlet], 0.8)
    quotes = rng.poisson(length) + 1
    level = rng.beta(6, 10, outlets)[outlet]
    marked = rng.binomial(quotes, rng.beta(8 * level + 0.2, 8 * (1 - level) + 0.2))
    found_marked = _found(rng, marked, (1 + recall) / 2, alike)
    found_plain = _found(rng, quotes - marked, recall, alike)
    each = rng.lognormal(2.6, 0.3, articles)
    rows = {"outlet": np.char.add("outlet ", outlet.astype(str))}
    sides = (("true", marked, quotes), ("found", found_marked, found_marked + found_plain))
    for side, own, of in sides:
        rows |= {f"{side}_quotes": of, f"{side}_marked": own}
        rows[f"{side}_words"] = rng.poisson(each * of)
    return pd.DataFrame(rows)


def _found(rng: np.random.Generator, true: np.ndarray, recall: float, alike: int) -> np.ndarray:
    """Return how many are found: those not missed, and false alarms."""
    kept = rng.binomial(true, rng.beta(alike * recall, alike * (1 - recall), len(true)))
    return kept + rng.poisson(true * (1 - recall) * rng.gamma(2, 0.5, len(true)))


def main() -> None:
    """Print by weight how often intervals hold the truth, on the average and at least.

    Columns: mean, min, max of the coverage over designs, sizes and figures, each over all corpora;
    outlet (coverage of shares and differences of outlets, half of their articles coded) and
    half_width (of a share).
    """
    score.DRAWS, score.ALONE = DRAWS, 0
    for estimate.PRIOR in PRIORS:
        rows, apart = [], []
        for seed in range(CORPORA):
            made = corpus(seed)
            for n in score.SIZES:
                for design, strata in (("simple", None), ("by outlet", made["outlet"])):
                    told = score.simulate(made, strata, design, n)
                    rows += [(*row[:3], row[5], row[6]) for row in told]
            apart += [row[5] for row in score.by_outlet(made)]
        table = pd.DataFrame(rows, columns=["design", "n", "figure", "coverage", "half_width"])
        cells = table.groupby(["design", "n", "figure"])["coverage"].mean()
        half = table.loc[table["figure"] == "share with marks", "half_width"].mean()
        told = (cells.mean(), cells.min(), cells.max(), np.mean(apart), half)
        print(estimate.PRIOR, *(f"{v:.4f}" for v in told), flush=True)


if __name__ == "__main__":
    main()
