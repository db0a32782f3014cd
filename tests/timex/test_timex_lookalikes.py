"""What only looks like a time, what several items share, and which year or day is meant."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.timex import find

DAY = date(2022, 9, 14)  # a Wednesday


def values(text: str, day: date | None = DAY) -> list[str]:
    return [t.value for t in find(text, published=day)]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. August and Miss April Lund thanked June Brandt.",
        "Then April told the court that June, her aunt, had lied.",
        "The premier, Ada May, met Jan Olsen.",
        "Thousands joined the March for Water while others march on.",
        "The Sunday Herald and The Mail on Sunday asked Sheffield Wednesday.",
        "He laughed when Monday Okoro sang on Saturday Night Live.",
        "She spoke to the Tuesday Group about Black Monday.",
        "He was on the “Today” show, read Norway Today and watched NBC's Today.",
        "She told VOA Today and the Tonight show that he hosted ABC's This Week.",
        "Bus No. 1988, flight 2011 and room 1977 were late.",
        "Under Section 1951 and Resolution 1960 they fined 1990 people.",
        "She lives at 1985 Long Oak Avenue, weighs 1999 grams and paid 2001 euros.",
        "A population of 1980 cast 1975 votes; 1990 of them were void.",
        "The temperature was in the 80s, with lows in the mid-60s.",
        "Both men, in their late 30s or 40s, have a friend in her early 20s.",
        "Play clip 02:35 Watch more 10:59 and they won 2:1.",
        "The talks are on a day when nobody works.",
    ],
)
def test_no_time_in_it(text: str):
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In April Norway voted.", ["2022-04"]),
        ("On Monday Lund said so.", ["2022-09-12"]),
        ("June Brandt left in June.", ["2022-06"]),
        ("In 2016 voters stayed home; the 2012 election was close.", ["2016", "2012"]),
        ("The hits of the 90s and of the late 1980s.", ["199", "198"]),
        ("“Today is the day,” she said.", ["2022-09-14"]),
        ("Polls close at 10:45 on Friday.", ["2022-09-16T10:45"]),
        ("TRUMP SAYS JUNE DEADLINE STAYS IN JUNE", ["2022-06", "2022-06"]),
    ],
)
def test_what_stands_beside_a_lookalike(text: str, expected: list[str]):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Held on 12, 14 and 15 May 2018.", ["2018-05-12", "2018-05-14", "2018-05-15"]),
        ("Held on May 12, 14 and 15, 2018.", ["2018-05-12", "2018-05-14", "2018-05-15"]),
        ("It fell in March, April and May 2011.", ["2011-03", "2011-04", "2011-05"]),
        ("It fell between November and February 2011.", ["2010-11", "2011-02"]),
        ("It ran from 28 May to 2 June 2011.", ["2011-05-28", "2011-06-02"]),
        ("Sales in the first and third quarters of 2011.", ["2011-Q1", "2011-Q3"]),
        ("In the 17th and 18th centuries.", ["16", "17"]),
        ("The 1999-00 season.", ["1999", "2000"]),
        ("It will open from 11 to 1 p.m. on Friday.", ["2022-09-16T11:00", "2022-09-16T13:00"]),
        ("It could last until January and February.", ["2023-01", "2023-02"]),
    ],
)
def test_items_share_what_is_said_once(text: str, expected: list[str]):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He was buried on October 2.", "2021-10-02"),
        ("The levy takes effect on October 2.", "2022-10-02"),
        ("Voters go to the polls on Sunday.", "2022-09-18"),
        ("On Friday, he is opening a school.", "2022-09-16"),
        ("She was fined on Friday.", "2022-09-09"),
        ("He resigned ahead of the November vote.", "2022-11"),
        ("Friday's debate will decide it.", "2022-09-16"),
        ("Friday's debate decided it.", "2022-09-09"),
        ("It was a topic as early as July.", "2022-07"),
        ("They could sign it as early as Friday.", "2022-09-16"),
        ("This winter she learned to ski.", "2021-WI"),
    ],
)
def test_tense_tells_the_side(text: str, expected: str):
    assert values(text) == [expected]


def test_numbers_that_may_be_two_days():
    (timex,) = find("Stamped 03/05/2014.", published=DAY)
    assert timex.value == "2014-XX-XX"
    assert (timex.earliest, timex.latest) == (date(2014, 3, 5), date(2014, 5, 3))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stamped 03/05/2014, answered 21/05/2014.", ["2014-05-03", "2014-05-21"]),
        ("Stamped 03/05/2014, answered 05/21/2014.", ["2014-03-05", "2014-05-21"]),
        ("Stamped Saturday 03/05/2014.", ["2014-05-03"]),
        ("Stamped 3-May-14 and 2014/05/03.", ["2014-05-03", "2014-05-03"]),
        ("Stamped 05/05/2014.", ["2014-05-05"]),
    ],
)
def test_what_settles_the_order_of_day_and_month(text: str, expected: list[str]):
    assert values(text) == expected


def test_a_month_has_no_sixth_monday():
    assert values("They meet on the sixth Monday of May.") == []
