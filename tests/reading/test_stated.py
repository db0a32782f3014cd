"""Dates as heads, metadata and databases state them: where, which, and what must be told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.stated import find_stated, read_date

TOLD = "2021-03-05"


@pytest.mark.parametrize(
    "text",
    [
        "on March 5, 2021, 6:21 AM EST",
        "10:48, Fri, Mar 5, 2021",
        "Fri 03/05/21 6:38 AM",
        "Fri 5 Mar 2021 12.42 CET",
        "5 March 2021 • 2:54pm",
        "2021-03-05T10:11:12+00:00",
        "05.03.2021",
        "5th March, 2021",
        "By ANNA BELL | MARCH 5, 2021 | World",
        "Posted Mar. 5 2021 in City / 3 comments",
        "MAR. 5, 2021",
        "Mar. 5, '21",
        "2021/03/05",
        "5-Mar-21",
        "Friday, 05 March, 2021",
        "2021年3月5日",
        "PUBLISHED5 MARCH 2021",
        "12:00 a.m. GMTMarch 5, 2021",
        "Mis en ligne le vendredi 5 mars 2021 à 10h",
        "am 5. März 2021",
        "5. Maerz 2021",
        "5 de marzo de 2021",
        "5 de março de 2021",
        "5 marzo 2021",
        "vrijdag 5 maart 2021",
        "march 5, 2021",
        "Friday morning, March 5, 2021",
    ],
)
def test_one_day_is_stated(text: str):
    assert [(s.value, s.candidates) for s in find_stated(text)] == [(TOLD, ())]


@pytest.mark.parametrize(
    ("text", "surfaces", "values"),
    [
        (
            "Updated March 6, 2021Published 5 March 2021",
            ["March 6, 2021", "5 March 2021"],
            ["2021-03-06", TOLD],
        ),
        ("Publié le 5 mars 2021Mis à jour à 10h", ["5 mars 2021"], [TOLD]),
        ("Fri 5 Mar, and March 2021", ["Fri 5 Mar", "March 2021"], ["XXXX-03-05", "2021-03"]),
        ("© 2021 The Lantern", ["2021"], ["2021"]),
        (
            "5. Mai | 13. November 2017",
            ["5. Mai", "13. November 2017"],
            ["XXXX-05-05", "2017-11-13"],
        ),
        ("Vol. 12, No. 5, page 3", [], []),
        ("February 30, 2021 or 31.02.2021", [], []),
    ],
)
def test_where_dates_stand(text: str, surfaces: list[str], values: list[str]):
    found = find_stated(text)
    assert [text[s.start : s.end] for s in found] == surfaces
    assert [s.value for s in found] == values


def test_day_and_month_that_cannot_be_told_apart_are_two_days():
    (stated,) = find_stated("Updated 12/03/2021")
    assert (stated.value, stated.candidates) == ("", ("2021-12-03", "2021-03-12"))
    (settled,) = find_stated("Updated Monday, 12/04/2021")
    assert (settled.value, settled.candidates) == ("2021-04-12", ())


@pytest.mark.parametrize(
    ("value", "precision", "day", "exact"),
    [
        ("2021-03-04", None, date(2021, 3, 4), "day"),
        ("2021-03-04 10:00:00+01:00", None, date(2021, 3, 4), "day"),
        ("2021-03-04T23:59:00-08:00", None, date(2021, 3, 4), "day"),
        ("2021-03", None, date(2021, 3, 1), "month"),
        ("March 2021", None, date(2021, 3, 1), "month"),
        (2021, None, date(2021, 1, 1), "year"),
        (2021.0, None, date(2021, 1, 1), "year"),
        ("2021-03-04", "year", date(2021, 1, 1), "year"),
        ("2021", "day", date(2021, 1, 1), "year"),
        ("4 March 2021", None, date(2021, 3, 4), "day"),
        ("March 4, 2021 Thursday, Late Edition - Final", None, date(2021, 3, 4), "day"),
        ("March 4, 2021 Thursday 10:36 EST", None, date(2021, 3, 4), "day"),
        ("20210304", None, date(2021, 3, 4), "day"),
        (20210304, None, date(2021, 3, 4), "day"),
        ("20210304T103600Z", None, date(2021, 3, 4), "day"),
        (1614816000, None, date(2021, 3, 4), "day"),
        ("1614816000000", None, date(2021, 3, 4), "day"),
        ("Thu, 04 Mar 2021 10:00:00 GMT", None, date(2021, 3, 4), "day"),
        ("Thu, 04 Mar 21 23:00:00 -0800", None, date(2021, 3, 4), "day"),
        ("Thu Mar 04 10:11:12 +0000 2021", None, date(2021, 3, 4), "day"),
        ("jeudi 4 mars 2021", None, date(2021, 3, 4), "day"),
        ("4. November 2017", None, date(2017, 11, 4), "day"),
        ("Mi, 5. Dez. 2018", None, date(2018, 12, 5), "day"),
        ("1er janvier 2020", None, date(2020, 1, 1), "day"),
        ("29 de novembro de 2011", None, date(2011, 11, 29), "day"),
        ("13/03/2024", None, date(2024, 3, 13), "day"),
        ("Monday 03/04/2024", None, date(2024, 3, 4), "day"),
        (date(2021, 3, 4), None, date(2021, 3, 4), "day"),
        (datetime(2021, 3, 4, 23, tzinfo=UTC), None, date(2021, 3, 4), "day"),
        (pd.Timestamp("2021-03-04 23:30", tz="US/Eastern"), None, date(2021, 3, 4), "day"),
        (pd.Timestamp("2021-03-04").to_datetime64(), None, date(2021, 3, 4), "day"),
        (pa.scalar(datetime(2021, 3, 4, 10)), None, date(2021, 3, 4), "day"),
        (pa.scalar(date(2021, 3, 4)), None, date(2021, 3, 4), "day"),
        ("9999-12-31", None, date(9999, 12, 31), "day"),
    ],
)
def test_dates_of_metadata(value, precision, day, exact):
    published, message = read_date(value, precision)
    assert (published.day, published.precision, published.how) == (day, exact, "metadata")
    assert message is None


@pytest.mark.parametrize("value", ["", None, float("nan"), pd.NaT, pd.NA, " "])
def test_an_empty_cell_is_nothing_to_tell(value):
    assert read_date(value) == (None, None)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("03/04/2021", "is 2021-03-04 or 2021-04-03, and nothing tells which"),
        ("2021-13-01", "no day of the calendar"),
        ("31 February 2021", "cannot be read"),
        ("32 March 2021", "cannot be read"),
        ("last week", "cannot be read"),
        ("5 March", "names no year"),
        ("March 5, 2021, updated 6 March 2021", "names several days, 2021-03-05 and 2021-03-06"),
        (12345678901, "cannot be read"),
    ],
)
def test_what_is_no_one_date_is_told(value, message: str):
    published, told = read_date(value)
    assert published is None
    assert f"'{value}'" in told
    assert message in told
    assert told.endswith("write it as YYYY-MM-DD")


def test_month_before_day_is_told():
    published, message = read_date("03/13/2024")
    assert published.day == date(2024, 3, 13)
    assert message == "the date '03/13/2024' was read as month/day/year"


@given(st.text(max_size=60) | st.from_regex(r"[0-9 .,/:TZ+'-]{1,24}", fullmatch=True))
def test_anything_can_be_read(text: str):
    for stated in find_stated(text):
        assert 0 <= stated.start < stated.end <= len(text)
        assert stated.value or len(stated.candidates) == 2
    published, message = read_date(text)
    assert published is None or published.day is not None
    assert message is None or message.startswith("the date '")
