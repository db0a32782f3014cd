"""Publication dates: each rung of the ladder, and where it must not answer."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.article import Layout, Published
from sayso.reading.page.layout import find_layout
from sayso.reading.page.published import find_published


def published(text: str) -> Published:
    return find_published(text, find_layout(text).layout)


def words(text: str, found: Published) -> str:
    return text[slice(*found.evidence)]


def test_metadata_wins():
    known = Published(date(2020, 3, 1), "month", "metadata")
    text = "OSLO, May 5, 2021 (Wire) - The river rose."
    assert find_published(text, find_layout(text).layout, metadata=known) == known


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Dam closed\n\nOSLO, May 5, 2021 (Wire) - The river rose again.", "2021-05-05"),
        ("Dam closed\n\nLondon, 5 March 2020 – The river rose again.", "2020-03-05"),
        ("Dam closed\n\nUpdated 26 January 2019\n\nThe river rose again and fell.", "2019-01-26"),
    ],
)
def test_full_date(text: str, day: str):
    found = published(text)
    assert (found.day, found.precision, found.how) == (date.fromisoformat(day), "day", "dateline")
    assert day[:4] in words(text, found)


LEAD = "Dam closed\n\nPARIS, March 12. /TASS/. The dam will close, an official said on {weekday}."


def test_year_from_weekday_and_official():
    text = LEAD.format(weekday="Tuesday")
    text += "\n\nPrime Minister Theresa May said it was time."
    found = published(text)
    assert (found.day, found.how) == (date(2019, 3, 12), "inferred")
    assert words(text, found) == "March 12"


def test_year_from_the_last_dated_event():
    text = LEAD.format(weekday="Tuesday")
    text += "\n\nIn December 2018, they sent a letter. On February 1, they closed the locks."
    assert published(text).day == date(2019, 3, 12)


def test_a_dateline_names_its_own_weekday():
    text = "Dam closed\n\nTuesday, 12 March\n\nThe dam, flooded in March 2018, was closed again."
    assert published(text).day == date(2019, 3, 12)


def test_several_years_are_named():
    text = LEAD.format(weekday="Tuesday") + "\n\nThe locks were closed in March 2010."
    found = published(text)
    assert (found.day, found.how) == (None, "unknown")
    assert found.candidates == ("2013-03-12", "2019-03-12", "2024-03-12", "2030-03-12")


def test_a_weekday_elsewhere_may_be_the_day_before():
    text = "Dam closed\n\nPARIS, March 12 (Wire) — The dam closed, an official said on Tuesday."
    text += "\n\nPresident Emmanuel Macron said it was time."
    found = published(text)
    assert (found.day, found.candidates) == (None, ("2019-03-12", "2024-03-12", "2025-03-12"))


@pytest.mark.parametrize(
    ("line", "day", "precision"),
    [
        ("It rains! — Ann Lee (@annlee) June 15, 2016", "2016-06-01", "month"),
        ("It rains! — Ann Lee (@annlee) June 29, 2016", "2016-01-01", "year"),
        ("They met on Saturday, Feb. 13, 2016, in the town hall.", "2016-02-01", "month"),
    ],
)
def test_post_or_day_in_full(line: str, day: str, precision: str):
    text = f"Rain falls on the town\n\nIt was wet, people wrote.\n\n{line}\n\nIt was wet."
    found = published(text)
    assert (found.day, found.precision) == (date.fromisoformat(day), precision)
    assert "2016" in words(text, found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The river rose. It fell on Friday.",
        "The river rose in 1987 and on June 1, 1988, it fell.",
        "They met on Friday, Feb. 13, 2016, in the hall.",  # it was a Saturday
        "They met on Tuesday, Sept. 11, 2001. The town was rebuilt in 2014.",
        "Under former President Barack Obama said to be warm, it rained.",
    ],
)
def test_unknown(text: str):
    found = published(text)
    assert (found.day, found.precision, found.how, found.evidence) == (None, None, "unknown", None)


def test_no_layout():
    assert find_published("OSLO, May 5, 2021 - It rained.", Layout()) == Published()


PIECES = [
    "OSLO, May 5. (Wire) - ",
    "Friday",
    "in March 2016, ",
    "said",
    "Feb. 29",
    "\n\n",
    "(@a) May 5, 2016",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join) | st.text(max_size=60))
def test_anything_can_be_read(text: str):
    found = published(text)
    assert (found.day is None) == (found.how == "unknown")
    if found.evidence:
        assert 0 <= found.evidence[0] < found.evidence[1] <= len(text)
