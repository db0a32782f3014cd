"""Charges per article: counted once an article, with intervals, and compared between outlets."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sayso.analyze.blame.rates import charge_rates, charges_by_article, differences, rate

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
    assert each["event"].isna().all()
    table = charge_rates(each).set_index("outlet")
    assert table["n_charges"].to_dict() == {"The Post": 2, "The Herald": 1}
    assert table["per_article"].to_dict() == {"The Post": 1.0, "The Herald": 1.0}
    assert table["per_1000_words"].to_dict() == {"The Post": 2.0, "The Herald": 4.0}
    assert table["low"].isna().all()


def test_no_charges_and_no_articles():
    each = charges_by_article(CHARGES.iloc[:0], BLAMES.iloc[:0], ARTICLES)
    assert each["n_charges"].sum() == 0 and len(each) == 4
    none = charges_by_article(CHARGES.iloc[:0], BLAMES.iloc[:0], ARTICLES.iloc[:0])
    assert none.empty and charge_rates(none).empty and differences(none).empty
    assert list(charge_rates(none))[:3] == ["outlet", "n_articles", "n_charges"]


def test_the_mean_has_an_interval_from_ten_articles_on_and_where_they_differ():
    assert np.isnan(rate(pd.Series([1, 2] * 4 + [1]))[1])
    mean, low, high = rate(pd.Series([1, 2] * 5))
    assert low < mean == 1.5 < high
    assert np.isnan(rate(pd.Series([3] * 50))[1]) and rate(pd.Series([3] * 50))[0] == 3
    narrow = rate(pd.Series([1, 2] * 50))
    assert narrow[2] - narrow[1] < high - low
    assert np.isnan(rate(pd.Series([], dtype=int))).all()


def outlets(**counts: list[int]) -> pd.DataFrame:
    rows = [(name, None, n) for name, numbers in counts.items() for n in numbers]
    return pd.DataFrame(rows, columns=["group", "event", "n_charges"])


def test_a_clear_difference_holds_whichever_outlet_comes_first():
    few, many = [0, 1, 0, 2, 1, 0, 1, 1, 0, 1], [4, 5, 3, 6, 4, 5, 4, 3, 5, 6]
    for each in (outlets(Ada=few, Bo=many), outlets(Ada=many, Bo=few)):
        (row,) = differences(each).itertuples()
        assert row.a == ("Bo" if each["n_charges"].iloc[0] == 0 else "Ada")
        assert row.difference == pytest.approx(3.8)
        assert 0 < row.low < row.difference < row.high and row.holds
        assert (row.n_a, row.n_b, row.n_events) == (10, 10, 0)


def test_what_chance_may_do_does_not_hold():
    table = differences(outlets(Ada=[1, 2, 0, 3] * 5, Bo=[2, 1, 3, 0, 2] * 4))
    assert len(table) == 1 and not table["holds"].any()
    assert table["low"].iloc[0] < 0 < table["high"].iloc[0]


@pytest.mark.parametrize(
    "each",
    [
        outlets(Ada=[0, 1] * 4, Bo=[5, 6] * 20),  # too few articles
        outlets(Ada=[0] * 20, Bo=[5, 6] * 20),  # one that never varies
        outlets(Ada=[0, 1] * 20),
    ],
)
def test_outlets_of_which_too_little_is_known_are_not_compared(each):
    assert differences(each).empty


def test_only_the_largest_groups_are_compared():
    names = [f"o{n:02}" for n in range(15)]
    table = differences(outlets(**{name: [0, 1] * (20 - n) for n, name in enumerate(names)}))
    assert len(table) == 12 * 11 / 2 and set(table["a"]) | set(table["b"]) == set(names[:12])


def test_many_comparisons_of_one_kind_of_outlet_rarely_hold():
    rng = np.random.default_rng(3)
    held = [
        differences(outlets(**{f"o{n}": list(rng.poisson(2, 12)) for n in range(8)}))["holds"].any()
        for _ in range(40)
    ]
    assert sum(held) <= 6


def test_outlets_are_compared_on_the_same_events_where_they_are_known():
    base = [0, 9, 3, 12, 1, 7, 5, 10, 2, 8]
    more = [n + 1 + n % 2 for n in base]
    apart = outlets(Ada=base, Bo=more)
    assert not differences(apart)["holds"].any()
    (row,) = differences(apart.assign(event=[f"e{n}" for n in range(10)] * 2)).itertuples()
    assert (row.a, row.n_events, row.holds) == ("Bo", 10, True)
    assert row.difference == pytest.approx(np.mean(more) - np.mean(base))
    # Nine events are too few: then articles are compared.
    (row,) = differences(apart.assign(event=[*"abcdefghi", None] * 2)).itertuples()
    assert (row.n_events, row.holds) == (0, False)


def test_an_event_column_of_the_articles_is_used():
    events = ARTICLES.assign(event=["e1", "e2", "e1", None])
    assert charges_by_article(CHARGES, BLAMES, events)["event"].tolist()[:3] == ["e1", "e2", "e1"]


def test_the_same_articles_give_the_same_intervals_in_any_order():
    each = outlets(Ada=[0, 1, 2, 0, 4] * 3, Bo=[5, 2, 1, 6] * 3)
    turned = each.iloc[::-1]
    pd.testing.assert_frame_equal(differences(each), differences(turned))
    assert rate(each["n_charges"]) == rate(turned["n_charges"])
