"""Time expressions: every rule's examples, anchoring, unknown publication dates, invariants."""

from __future__ import annotations

import re
from datetime import date

import pytest
from benchmarks.dates.score import as_published
from hypothesis import given
from hypothesis import strategies as st

from sayso.article import Published
from sayso.timex import find, find_dated
from sayso.timex.grammar import load
from sayso.timex.tokens import tokenise

EXAMPLES = [(rule.name, *example) for rule in load().rules for example in rule.examples]
DAY = date(2019, 1, 25)


def found(text: str, **options) -> list[tuple[str, str]]:
    return [(text[t.start : t.end], t.value) for t in find(text, **options)]


def test_every_rule_has_an_example():
    assert [rule.name for rule in load().rules if not rule.examples] == []


def test_rule_names_are_unique():
    names = [rule.name for rule in load().rules]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("rule", "text", "published", "surface", "value"), EXAMPLES)
def test_example(rule: str, text: str, published: str, surface: str, value: str):
    grammar = load()
    letters = tokenise(text, grammar.vocabulary).letters
    assert rule in {match.rule.name for match in grammar.matches(letters)}
    assert (surface, value) in found(text, published=as_published(published))


def test_leap_day():
    assert found("They met on Feb. 29.", published=date(2018, 3, 1)) == [("Feb. 29", "2016-02-29")]


def test_anchor_is_publication():
    (timex,) = find("They met on Friday.", published=DAY)
    assert (timex.value, timex.anchor) == ("2019-01-25", "published")


def test_anchor_is_the_date_just_named():
    first, then = find("They met on December 4. He spoke on the following day.", published=DAY)
    assert (then.value, then.anchor) == ("2018-12-05", first.start)


def test_anchor_is_the_day_of_speech():
    text = '"We leave today," she said on Tuesday.'
    today, tuesday = find(text, published=DAY, quoted=[(0, 17)])
    assert (today.value, today.anchor) == ("2019-01-22", tuesday.start)
    assert find(text, published=DAY)[0].value == "2019-01-25"


def test_a_date_in_full_has_no_anchor():
    (timex,) = find("It was signed on December 8, 1987.", published=DAY)
    assert (timex.value, timex.anchor) == ("1987-12-08", None)
    assert timex.earliest == timex.latest == date(1987, 12, 8)


def test_comparisons_do_not_move_the_quarter_being_spoken_of():
    text = "Third-quarter profit beat that of a year earlier. Sales rose from a year earlier."
    values = [t.value for t in find(text, published=date(1989, 10, 30))]
    assert values == ["1989-Q3", "1988-Q3", "1988-Q3"]


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("on July 5", "XXXX-07-05"),
        ("on Friday", "XXXX-WXX-5"),
        ("last week", "XXXX-WXX"),
        ("in December", "XXXX-12"),
        ("in the third quarter", "XXXX-Q3"),
        ("last year", "XXXX"),
        ("yesterday", "XXXX-XX-XX"),
    ],
)
def test_unknown_publication_leaves_parts_open(phrase: str, value: str):
    (timex,) = find(f"They met {phrase}.")
    assert timex.value == value
    assert timex.earliest is timex.latest is timex.anchor is None


def test_unknown_publication_keeps_what_the_text_says():
    first, then = find("They met on May 1, 2018 and again the following day.")
    assert (first.earliest, then.value, then.earliest) == (
        date(2018, 5, 1),
        "2018-05-02",
        date(2018, 5, 2),
    )


def test_month_of_publication_settles_what_has_one_reading():
    month = Published(date(2019, 1, 1), "month", "metadata")
    december, yesterday = find("In December they met; yesterday they left.", published=month)
    assert (december.value, december.earliest) == ("2018-12", date(2018, 12, 1))
    assert yesterday.value == "XXXX-XX-XX"
    assert (yesterday.earliest, yesterday.latest) == (date(2018, 12, 31), date(2019, 1, 30))


def test_year_of_publication():
    year = Published(date(2019, 1, 1), "year", "metadata")
    last, friday = find("Last year they met on Friday.", published=year)
    assert (last.value, friday.value) == ("2018", "XXXX-WXX-5")


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("It fell in early 1990.", "1990-01-01", "1990-07-02"),
        ("It fell last week.", "2019-01-14", "2019-01-20"),
        ("It fell in the 1980s.", "1980-01-01", "1989-12-31"),
        ("It fell over the past three months.", "2018-10-25", "2019-01-25"),
        ("It fell last summer.", "2018-06-01", "2018-08-31"),
        ("It fell in the 19th century.", "1800-01-01", "1899-12-31"),
        ("It fell last weekend.", "2019-01-19", "2019-01-20"),
    ],
)
def test_days_covered(text: str, earliest: str, latest: str):
    (timex,) = find(text, published=DAY)
    assert (timex.earliest, timex.latest) == (
        date.fromisoformat(earliest),
        date.fromisoformat(latest),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Flight 9M729 has a range of 5,500 kilometers.",
        "About three-quarters of it may fall by $2000.",
        "They watched “60 Minutes” in a March for life.",
        "He is in his thirties, and in his 30s he saw Jan Kavan.",
        "Turnout was 2000 votes. He lives at 1995%.",
    ],
)
def test_no_time_in_it(text: str):
    assert found(text, published=DAY) == []


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("They meet Monday in Oslo.", "Monday", "2019-01-28"),
        ("They did not meet Monday in Oslo.", "Monday", "2019-01-21"),
        ("Data to be released Monday are old.", "Monday", "2019-01-28"),
        ("He called a vote for Monday.", "Monday", "2019-01-28"),
        ("They decided to leave in early March.", "early March", "2019-03"),
    ],
)
def test_tense(text: str, surface: str, value: str):
    assert (surface, value) in found(text, published=DAY)


def test_what_is_compared_with_is_not_what_is_spoken_of():
    text = "In 1989 it rose, up from 1985. The following year it fell."
    assert found(text, published=DAY)[-1] == ("The following year", "1990")


def test_excluded_stretches_are_left_out():
    text = "Home | 5 July 2019\n\nThey met on Friday."
    assert found(text, published=DAY, exclude=[(0, 18)]) == [("Friday", "2019-01-25")]


def test_dated_tells_the_day_where_a_part_of_it_is_named():
    (evening,) = find_dated("It began on the evening of March 3, 2019.")
    assert evening.value == "2019-03-03"


def test_dated_tells_tense():
    past, ahead = find_dated("It began in July 2014. It will end on August 2.")
    assert (past.value, past.tense) == ("2014-07", -1)
    assert (ahead.value, ahead.tense) == ("XXXX-08-02", 1)


@pytest.mark.parametrize(
    "text",
    [
        "She ran a 5K half marathon.",
        "It is due on February 30, 2019.",
        "It is due on the 31st of February.",
        "It came in the 0th century.",
        "It was signed on 12/31/9999, or on 00/00/0000, or on 9999-12-31.",
        "It weighs 0000.0001 grams.",
        "It grew in the 0th quarter and the 5th half.",
    ],
)
def test_what_the_calendar_does_not_have_is_no_value(text: str):
    assert [value for _, value in found(text, published=DAY) if value[:4].isdigit()] == []


def test_ordinals_in_capitals_are_ordinals():
    assert found("ON JULY 4TH, 2018", published=DAY) == [("JULY 4TH, 2018", "2018-07-04")]


def test_numbers_of_any_length_can_be_read():
    digits = "9" * 5000
    text = f"They met {digits} years ago, on May {digits}, and on Friday."
    assert found(text, published=DAY) == [("Friday", "2019-01-25")]


WORDS = sorted(load().vocabulary)
# fmt: off
NUMBERS = [
    "0", "4", "12", "31", "99", "0000", "1999", "2019", "9998", "9999", "12345", "1,000", "9" * 400,
    "9" * 5000, "0.5", "2.5", "3rd", "13th", "31st", "99th", "0th", "2.5th", "4TH", "5K", "'90s",
    "00s", "1990s", "1995s", "½", "²", "٣١", "٢٠١٩", "1/2/2019", "31.12.2019", "31/31/2019",
    "12/31/9999", "0000.0001", "2019-02-30", "9999-12-31", "\ud800", "x",
]
# fmt: on
TEXTS = st.lists(st.sampled_from(WORDS) | st.sampled_from(NUMBERS), max_size=25).map(" ".join)
RULES = st.sampled_from([text for _, text, *_ in EXAMPLES])


@given(
    TEXTS | st.builds(" ".join, st.tuples(RULES, TEXTS)) | st.text(max_size=80),
    st.none()
    | st.dates()
    | st.sampled_from([date.min, date.max])
    | st.builds(Published, st.dates(), st.sampled_from(["day", "month", "year"])),
)
def test_anything_can_be_read(text: str, published: Published | date | None):
    timexes = find(text, published=published, quoted=[(0, len(text) // 2)])
    assert timexes == find(text, published=published, quoted=[(0, len(text) // 2)])
    reached = 0
    for timex in timexes:
        assert reached <= timex.start < timex.end <= len(text)
        assert timex.type in ("DATE", "TIME", "DURATION", "SET")
        assert timex.value
        if timex.earliest and timex.latest:
            assert timex.earliest <= timex.latest
        reached = timex.end
    for dated in find_dated(text):
        assert 0 <= dated.start < dated.end <= len(text)
        assert re.fullmatch(r"(\d{4}|XXXX)(-\d\d){0,2}", dated.value)


def test_a_clock_time_run_together_with_its_half_of_the_day():
    text = "The vote ended at 9:27PM and the count at 12:45AM."
    values = [t.value for t in find(text, published=date(2021, 3, 4))]
    assert values == ["2021-03-04T21:27", "2021-03-04T00:45"]
