"""Charges per article: counted once an article, with intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sayso.analyze.blame.rates import charge_rates, charges_by_article, rate

ARTICLES = pd.DataFrame(
    {
        "article_id": ["a", "b", "c", "d"],
        "outlet": ["The Post", "The Post", "The Herald", None],
        "n_words": [500, 500, 250, 100],
    }
)
BLAMES = pd.DataFrame(
    {"blame_id": ["a1", "a2", "a3", "c1", "d1"], "article_id": ["a", "a", "a", "c", "d"]}
)
CHARGES = pd.DataFrame(
    {
        "charge_id": ["a1", "a2", "d2"],
        # The second is told twice in one article; the third is only denied.
        "blame_ids": [["a1", "c1", "d1"], ["a2", "a3"], []],
    }
)


def test_an_article_counts_a_charge_once_and_one_without_blame_counts():
    each = charges_by_article(CHARGES, BLAMES, ARTICLES)
    assert each["n_charges"].tolist() == [2, 0, 1, 1]
    assert each["group"].tolist()[:3] == ["The Post", "The Post", "The Herald"]
    table = charge_rates(each).set_index("outlet")
    assert table["n_charges"].to_dict() == {"The Post": 2, "The Herald": 1}
    assert table["per_article"].to_dict() == {"The Post": 1.0, "The Herald": 1.0}
    assert table["per_1000_words"].to_dict() == {"The Post": 2.0, "The Herald": 4.0}
    assert table["low"].isna().all()


def test_no_charges_and_no_articles():
    each = charges_by_article(CHARGES.iloc[:0], BLAMES.iloc[:0], ARTICLES)
    assert each["n_charges"].sum() == 0 and len(each) == 4
    none = charges_by_article(CHARGES.iloc[:0], BLAMES.iloc[:0], ARTICLES.iloc[:0])
    assert none.empty and charge_rates(none).empty
    assert list(charge_rates(none))[:3] == ["outlet", "n_articles", "n_charges"]


def test_the_mean_has_an_interval_from_ten_articles_on_and_where_they_differ():
    assert np.isnan(rate(pd.Series([1, 2] * 4 + [1]))[1])
    mean, low, high = rate(pd.Series([1, 2] * 5))
    assert low < mean == 1.5 < high
    assert np.isnan(rate(pd.Series([3] * 50))[1]) and rate(pd.Series([3] * 50))[0] == 3
    narrow = rate(pd.Series([1, 2] * 50))
    assert narrow[2] - narrow[1] < high - low
    assert np.isnan(rate(pd.Series([], dtype=int))).all()


def test_the_mean_is_the_same_in_any_order():
    counts = pd.Series([0, 1, 2, 0, 4] * 3)
    assert rate(counts) == rate(counts[::-1])
