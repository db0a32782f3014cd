"""Made-up outlets: what is stated of them is false, unless it was planted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from benchmarks.differences.honesty import deal, false_findings, plant

from sayso.analyze.differences import differences, per_article


@pytest.fixture(scope="module")
def notebooks():
    """Figures of a generated outlet: 60 articles that differ as much as articles do."""
    rng = np.random.default_rng(1)
    ids = [f"a{n:02}" for n in range(60)]
    articles = pd.DataFrame({"article_id": ids, "outlet": "Post"})
    made = {}
    for notebook in ("01", "02", "07"):
        totals = pd.DataFrame(1 + rng.poisson(12, (60, 6)), index=ids, columns=list("abcdef"))
        hits = rng.binomial(totals, rng.beta(0.8, 3.2, (60, 6)))
        hits = pd.DataFrame(hits, index=ids, columns=totals.columns)
        made[notebook] = {"figure": per_article(hits, totals, articles, "outlet")}
    return made


def test_outlets_that_are_none_rarely_differ(notebooks):
    false = false_findings(notebooks, 60)
    assert (false.sum(axis=1) > 0).mean() < 0.1


def test_a_planted_difference_is_found(notebooks):
    rng, found = np.random.default_rng(2), 0
    for _ in range(20):
        own = deal(notebooks, rng, 2)["02"]["figure"]
        table = differences({"figure": plant(own, "c", 0.3, rng)})
        held = table[table["holds"]]
        found += ((held["part"] == "c") & (held["a"] == "outlet 0")).any()
    assert found >= 16
