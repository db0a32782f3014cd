"""Values and numbers: the days a value covers, holidays, numbers in words, scoring."""

from __future__ import annotations

from datetime import date

import pytest
from benchmarks.dates.score import as_published, score

from sayso.timex.context import merge
from sayso.timex.numbers import number
from sayso.timex.tokens import OTHER, number_letter, tokenise
from sayso.timex.values import add, bounds, nth_weekday


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2019-02", "2019-02-01", "2019-02-28"),
        ("2020-H2", "2020-07-01", "2020-12-31"),
        ("2019-W01", "2018-12-31", "2019-01-06"),
        ("2019-W01-WE", "2019-01-05", "2019-01-06"),
        ("2019-01-25TMO", "2019-01-25", "2019-01-25"),
        ("2018-WI", "2018-12-01", "2019-02-28"),
        ("199", "1990-01-01", "1999-12-31"),
    ],
)
def test_bounds(value: str, first: str, last: str):
    assert bounds(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "value", ["PRESENT_REF", "P2D", "XXXX-12", "2019-13", "2019-W60", "2019-XX", ""]
)
def test_no_bounds(value: str):
    assert bounds(value) == (None, None)


def test_nth_weekday():
    assert nth_weekday(2019, 11, 4, 4) == date(2019, 11, 28)
    assert nth_weekday(2019, 5, 1, -1) == date(2019, 5, 27)


def test_counting_months_ends_with_the_month():
    assert add(date(2019, 3, 31), -1, "M") == date(2019, 2, 28)
    assert add(date(9990, 1, 1), 5, "C") is None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("two and a half", 2.5),
        ("twenty - six", 26),
        ("a hundred thirty", 130),
        ("nineteen ninety - seven", 1997),
        ("two thousand", 2000),
        ("a dozen", 12),
        ("3 1 / 2", 3.5),
        ("several", None),
    ],
)
def test_number(words: str, value: float | None):
    assert number(words.split()) == value


def test_kinds_of_numbers():
    kinds = [number_letter(w) for w in ("0", "12", "24", "31", "59", "99", "365", "1999", "2,000")]
    assert len(set(kinds)) == len(kinds)
    assert [number_letter(w) for w in ("1st", "1ST", "5K", "9" * 5000)] == ["O", "O", OTHER, "j"]


def test_tokens_keep_their_places():
    tokens = tokenise("At 10 a.m. on Sept. 5, it’s", {})
    assert tokens.words == ["At", "10", "a.m.", "on", "Sept.", "5", ",", "it", "’s"]
    assert [tokens.text[a:b] for a, b in tokens.spans] == tokens.words


def test_merge_keeps_what_agrees():
    assert merge(["2018-12-05", "2018-12-06"]) == "2018-12-XX"
    assert merge(["2018-12-05", "2019-11-06"], weekday=5) == "XXXX-WXX-5"


def test_score():
    def timex(start: int, end: int, value: str, type_: str = "DATE") -> dict:
        return {"start": start, "end": end, "type": type_, "value": value}

    gold = [
        timex(0, 6, "2019-07-05"),
        timex(10, 16, "2019-07-05"),
        timex(20, 28, "P6M", "DURATION"),
    ]
    predicted = [timex(0, 6, "2019-07-05"), timex(9, 16, "2019-07-12"), timex(30, 34, "2019")]
    row = score([gold], [predicted]).loc["all"]
    assert (row.gold, row.predicted, row.strict_f1, row.relaxed_f1, row.value_f1) == (
        3,
        3,
        33.33,
        66.67,
        33.33,
    )


def test_a_wider_span_counts_once():
    two = [{"start": s, "end": s + 4, "type": "DATE", "value": "2019"} for s in (0, 5)]
    one = [{"start": 0, "end": 9, "type": "DATE", "value": "2019"}]
    assert score([two], [one]).loc["all", "relaxed_recall"] == 50


def test_published_from_text():
    assert as_published("1990-08-15T13:37").day == date(1990, 8, 15)
    assert as_published("2019-01").precision == "month"
    assert as_published(None).day is None
