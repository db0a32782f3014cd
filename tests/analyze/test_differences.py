"""Differences of groups: intervals by article or event, what holds, and what is not compared."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest

from sayso.analyze.differences import (
    COLUMNS,
    REST,
    SMALL,
    Counted,
    count_rows,
    differences,
    per_article,
)

FEW, MANY = [0, 1, 0, 2, 1, 0, 1, 1, 0, 1], [4, 5, 3, 6, 4, 5, 4, 3, 5, 6]


def outlets(rate: bool = True, event: list | None = None, **numbers: list[int]) -> Counted:
    """Return counts of some outlets' articles: an amount each, or of ten rows in each."""
    names = [name for name, own in numbers.items() for _ in own]
    hits = [n for own in numbers.values() for n in own]
    ids = [f"a{number:04}" for number in range(len(hits))]
    articles = pd.DataFrame({"article_id": ids, "outlet": names})
    if event:
        articles["event"] = event
    counts = pd.DataFrame({"x": hits}, index=ids)
    return per_article(counts, 1.0 if rate else 10.0, articles, "outlet", rate=rate)


def compare(counted: Counted, **options) -> pd.DataFrame:
    return differences({"figure": counted}, **options)


@pytest.mark.parametrize("first", ["Ada", "Bo"])
def test_a_clear_difference_holds_whichever_outlet_comes_first(first):
    numbers = {"Ada": FEW, "Bo": MANY} if first == "Ada" else {"Bo": MANY, "Ada": FEW}
    (row,) = compare(outlets(**numbers)).itertuples()
    assert (row.a, row.b, row.n_a, row.n_b, row.n_events) == ("Bo", "Ada", 10, 10, 0)
    assert row.difference == pytest.approx(3.8) and row.effect == pytest.approx(4.5 / 0.7)
    assert 0 < row.low < row.difference < row.high and row.holds


def test_a_share_has_cohens_h_and_stays_within_one():
    (row,) = compare(outlets(rate=False, Ada=[0] * 12, Bo=[9, 10] * 6)).itertuples()
    assert row.effect == pytest.approx(2 * np.arcsin(np.sqrt(0.95))) and row.holds
    assert row.high <= 1 and row.low > 0.5


def test_what_chance_may_do_does_not_hold():
    (row,) = compare(outlets(Ada=[1, 2, 0, 3] * 5, Bo=[2, 1, 3, 0, 2] * 4)).itertuples()
    assert row.low < 0 < row.high and not row.holds


def test_what_is_too_small_does_not_hold_however_sure():
    counted = outlets(rate=False, Ada=[4, 5] * 400, Bo=[5, 5] * 400)
    (row,) = compare(counted).itertuples()
    assert row.low > 0 and row.p < 1e-6 and row.effect < SMALL and not row.holds


def test_one_or_two_articles_make_no_difference():
    (row,) = compare(outlets(Ada=[0] * 40, Bo=[0] * 38 + [30, 30])).itertuples()
    assert row.a == "Bo" and not row.holds


@pytest.mark.parametrize(
    "numbers",
    [
        {"Ada": FEW[:9], "Bo": MANY * 2},
        {"Ada": FEW[:1], "Bo": MANY},
        {"Ada": FEW},
        {"Ada": [0] * 20, "Bo": [0] * 20},
        {},
    ],
)
def test_too_little_is_not_compared(numbers):
    table = compare(outlets(**numbers))
    assert table.empty and list(table) == COLUMNS


def test_an_outlet_that_never_has_it_is_compared_with_one_that_has():
    (row,) = compare(outlets(Ada=[0] * 20, Bo=MANY * 2)).itertuples()
    assert row.holds and row.b == "Ada" and pd.isna(row.effect)


def test_each_can_be_compared_with_one_or_with_all_others():
    counted = outlets(Ada=FEW, Bo=MANY, Cy=FEW[::-1])
    assert len(compare(counted)) == 3
    rest = compare(counted, against=REST)
    assert len(rest) == 3 and (rest[["a", "b"]] == REST).sum().sum() == 3
    assert rest.loc[rest["a"] == "Bo", "n_b"].item() == 20
    assert len(compare(counted, against="Bo")) == 2
    assert len(compare(outlets(Ada=FEW, Bo=MANY), against=REST)) == 1


def test_outlets_are_compared_on_the_same_events_where_they_are_known():
    base = [0, 9, 3, 12, 1, 7, 5, 10, 2, 8]
    more = [n + 1 + n % 2 for n in base]
    assert not compare(outlets(Ada=base, Bo=more))["holds"].any()
    (row,) = compare(outlets(Ada=base, Bo=more, event=[*"abcdefghij"] * 2)).itertuples()
    assert (row.a, row.n_events, row.holds) == ("Bo", 10, True)
    assert row.difference == pytest.approx(np.mean(more) - np.mean(base))
    # Nine events are too few: then articles are compared.
    (row,) = compare(outlets(Ada=base, Bo=more, event=[*"abcdefghi", None] * 2)).itertuples()
    assert (row.n_events, row.holds) == (0, False)


def test_the_order_of_articles_does_not_matter():
    counted = outlets(Ada=[0, 1, 2, 0, 4] * 3, Bo=[5, 2, 1, 6] * 3)
    turned = counted.hits.iloc[::-1].reset_index()
    articles = turned.assign(outlet=counted.group.iloc[::-1].to_numpy())
    again = per_article(counted.hits.iloc[::-1], 1.0, articles, "outlet", rate=True)
    pd.testing.assert_frame_equal(compare(counted), compare(again))


def test_rows_are_counted_where_they_are_asked():
    articles = pd.DataFrame({"article_id": ["a", "b", "c"], "outlet": ["Post", "Post", None]})
    rows = pd.DataFrame({"article_id": ["a", "a", "b"], "n": [3, 5, 7]})
    flag = pd.Series([True, None, False], dtype="object")
    counted = count_rows(rows, articles, "outlet", {"x": flag}, weight=rows["n"])
    assert counted.hits["x"].tolist() == [3, 0, 0] and counted.totals["x"].tolist() == [3, 7, 0]
    assert counted.group.tolist()[:2] == ["Post", "Post"] and pd.isna(counted.group["c"])


def test_of_alike_outlets_chance_alone_makes_the_small_p():
    rng = np.random.default_rng(3)
    own = rng.beta(0.6, 2.4, (45, 1000))
    hits = pd.DataFrame(rng.binomial(10, own), [f"a{n:02}" for n in range(45)])
    articles = pd.DataFrame({"article_id": hits.index, "outlet": ["Ada"] * 30 + ["Bo"] * 15})
    p = compare(per_article(hits, 10.0, articles, "outlet"))["p"]
    assert 0.02 < (p < 0.05).mean() < 0.07 and (p < 0.01).mean() < 0.02


def test_forty_outlets_and_two_thousand_articles_take_a_moment():
    rng = np.random.default_rng(5)
    ids = [f"a{n:04}" for n in range(2000)]
    articles = pd.DataFrame({"article_id": ids, "outlet": [f"o{n % 40}" for n in range(2000)]})
    hits = pd.DataFrame(rng.binomial(10, 0.3, (2000, 6)), index=ids, columns=list("abcdef"))
    began = time.process_time()
    table = compare(per_article(hits, 10.0, articles, "outlet"))
    assert len(table) == 780 * 6 and time.process_time() - began < 6
