"""How many articles does an interval of a difference need, and how often is 'no difference' missed?

    python -m benchmarks.differences.coverage

Made-up corpora: two groups of articles; an article has 1 + a negative binomial number of quotes (13
in the mean), and a share of its own (beta-distributed, intraclass correlation .15). Printed for
each size: how often the 95% interval holds the true difference, its mean width, and where there is
none, how often p falls below .01.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sayso.analyze import differences
from sayso.analyze.differences import Counted

CORPORA = 1000
QUOTES, SHAPE, ALIKE = 12.0, 1.5, 0.15
SIZES = [(n, m) for n in (4, 5, 6, 8, 10, 12, 16, 30) for m in (n, 5 * n)]
SHARES = [(0.05, 0.05), (0.3, 0.3), (0.05, 0.2), (0.2, 0.05), (0.3, 0.6), (0.9, 0.7)]


def group(n: int, share: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return hits and quotes of ``n`` articles in each of ``CORPORA`` corpora."""
    quotes = 1 + rng.negative_binomial(SHAPE, SHAPE / (SHAPE + QUOTES), (n, CORPORA))
    spread = 1 / ALIKE - 1
    own = rng.beta(share * spread, (1 - share) * spread, (n, CORPORA))
    return rng.binomial(quotes, own).astype(float), quotes.astype(float)


def simulate(sizes: tuple[int, int], shares: tuple[float, float]) -> tuple[float, ...]:
    """Return coverage, mean width and the share of p below .01."""
    rng = np.random.default_rng(1)
    parts = [group(n, share, rng) for n, share in zip(sizes, shares, strict=True)]
    hits, totals = (pd.DataFrame(np.concatenate(both)) for both in zip(*parts, strict=True))
    names = pd.Series(np.repeat(["a", "b"], sizes))
    counted = Counted(hits, totals, names, pd.Series(None, names.index, dtype="object"))
    table = differences.differences({"made up": counted})
    true = np.where(table["a"] == "a", 1, -1) * (shares[0] - shares[1])
    held = ((table["low"] <= true) & (true <= table["high"])).sum() + CORPORA - len(table)
    width = (table["high"] - table["low"]).mean()
    return held / CORPORA, width, (table["p"] < 0.01).sum() / CORPORA


def main() -> None:
    print("articles   shares: coverage (width) p < .01")
    differences.FEWEST = 2  # it is what is to be chosen
    for sizes in SIZES:
        told = [(*shares, *simulate(sizes, shares)) for shares in SHARES]
        cells = [f"{a:g},{b:g}: {held:.3f} ({w:.2f}) {p:.3f}" for a, b, held, w, p in told]
        print(f"{sizes[0]:>3} {sizes[1]:>4}   " + "  ".join(cells), flush=True)


if __name__ == "__main__":
    main()
