"""Who wrote it, for whom and when: what the lines around an article say."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.reading import build_article
from sayso.reading.page.byline import read_byline
from sayso.reading.page.outlets import _masthead

BODY = (
    "The harbour board voted on Thursday to widen the channel, a step that fishermen oppose and"
    " that will cost the county more than it has.\n\n"
    "“It’s the end of the eels,” said Bob Hill, a fisherman of 62, who was there with his sons.\n\n"
    "Ann Müller, who chairs the board, said that the work would take two years at the very least."
)


@pytest.mark.parametrize(
    ("line", "persons"),
    [
        ("By Ann Field", ["Ann Field"]),
        ("By ANN FIELD and Bob Hill", ["ANN FIELD", "Bob Hill"]),
        ("By Ann Field, Bob Hill & Eva O'Neil-Ross", ["Ann Field", "Bob Hill", "Eva O'Neil-Ross"]),
        ("Ann Field in Bergen and Bob Hill in Oslo", ["Ann Field", "Bob Hill"]),
        ("by Ann Field | March 4, 2021 12:01 PM", ["Ann Field"]),
        ("Posted by Ann Maria Field on March 4, 2021", ["Ann Maria Field"]),
        ("Words: Ann Field", ["Ann Field"]),
        ("ByAnn FieldPolitical reporter", ["Ann Field"]),
        ("Ann Field@annfield", ["Ann Field"]),
        ("By Ann Field, Harbour correspondent", ["Ann Field"]),
        ("By Ann Field, New York", ["Ann Field"]),
        ("By Dr. Ludwig van der Berg", ["Ludwig van der Berg"]),
        ("By Ann McField", ["Ann McField"]),
        ("Desk | Ann Field | Mar 4, 2021", ["Ann Field"]),
        ("By Staff Reports", []),
        ("By Reuters Staff", []),
        ("Photographs by Ann Field", []),
        ("Edited by Ann Field", []),
        ("March 4, 2021", []),
    ],
)
def test_persons(line, persons):
    assert list(read_byline(line).persons) == persons


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("By Ann Field, The Harbour Gazette", "The Harbour Gazette"),
        ("By Ann FieldHARBOURTV", "HARBOURTV"),
        ("By Ann Field for Harbour Mail", "Harbour Mail"),
        ("By Ann Field | harbourmail.com", "harbourmail.com"),
        ("By Ann Field, Reuters", None),
        ("By Ann Field in London", None),
    ],
)
def test_outlets(line, outlet):
    assert read_byline(line).outlet == outlet


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("The Harbour Gazette - back to home", "The Harbour Gazette"),
        ("*** HARBOUR MAIL ***", "HARBOUR MAIL"),
        ("Harbour Mail | Friday, March 4, 2021", "Harbour Mail"),
        ("Harbour News", "Harbour News"),
    ],
)
def test_mastheads(line, name):
    assert _masthead(line) == name


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("By Ann Field\nMarch 4, 2021 at 9:45 am", date(2021, 3, 4)),
        ("By Ann Field\n| March 4, 2021 12:01 PM", date(2021, 3, 4)),
        ("PUBLISHED: 10:48, Thu, Mar 4, 2021 | UPDATED: 11:05, Fri, Mar 5, 2021", date(2021, 3, 4)),
        ("Updated March 5, 2021\nPublished March 4, 2021", date(2021, 3, 4)),
        ("By Ann Field\n03/25/21 6:38 AM", date(2021, 3, 25)),
        ("By Ann Field\nUpdated March 5, 2021", None),
        ("By Ann Field\n3 hours ago", None),
    ],
)
def test_the_day_that_a_head_tells(head, day):
    text = f"Board votes for a wider channel\n\n{head}\n\n{BODY}"
    assert build_article(text, article_id="a").published.day == day


def test_the_day_that_a_foot_tells():
    text = (
        f"Board votes for a wider channel\n\n{BODY}\n\nPublished in Harbour Mail, March 4th, 2021"
    )
    article = build_article(text, article_id="a")
    assert (article.published.day, article.outlet) == (date(2021, 3, 4), "Harbour Mail")


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("The last vote was on 25/01/2021.", date(2021, 4, 3)),
        ("The last vote was on 01/25/2021.", date(2021, 3, 4)),
        ("Votes are rare.", None),
    ],
)
def test_the_order_of_a_numeric_date_is_settled_by_the_page_or_not_at_all(told, day):
    body = BODY.replace(" on Thursday", "")
    text = f"Board votes for a wider channel\n\nBy Ann Field\n\n03/04/2021\n\n{body}\n\n{told}"
    published = build_article(text, article_id="a").published
    assert published.day == day
    if day is None:
        assert published.candidates == ("2021-03-04", "2021-04-03")
