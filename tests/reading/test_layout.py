"""Layout: the parts of an article, on invented texts of many newsrooms and on the seeds."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from sayso.reading.page.dateline import find_date_line, find_dateline
from sayso.reading.page.layout import find_layout

SEEDS = ROOT / "seeds"
LEAD = "The harbour board voted on Thursday to widen the channel, a step that fishermen oppose."


def words(text, span):
    return None if span is None else text[slice(*span)]


@pytest.mark.parametrize(
    ("line", "dateline", "place", "date", "agency"),
    [
        (
            "PORT ELLEN, July 5. /OBAN/. {}",
            "PORT ELLEN, July 5. /OBAN/.",
            "PORT ELLEN",
            "July 5",
            "OBAN",
        ),
        ("OSLO (AP) — {}", "OSLO (AP) —", "OSLO", None, "AP"),
        ("Jan. 26, 2021 (ABNS)—{}", "Jan. 26, 2021 (ABNS)—", None, "Jan. 26, 2021", "ABNS"),
        ("AUSTIN, Tex. - {}", "AUSTIN, Tex. -", "AUSTIN, Tex.", None, None),
        ("NEW DELHI: {}", "NEW DELHI:", "NEW DELHI", None, None),
        ("Bergen, 5 March 2020 – {}", "Bergen, 5 March 2020 –", "Bergen", "5 March 2020", None),
        ("Lima (AFP) – {}", "Lima (AFP) –", "Lima", None, "AFP"),
        ("LAGOS, Feb. 2 (UPI) — {}", "LAGOS, Feb. 2 (UPI) —", "LAGOS", "Feb. 2", "UPI"),
        ("ACCRA, Ghana -- {}", "ACCRA, Ghana --", "ACCRA, Ghana", None, None),
        ("CAPE TOWN, The Cape – {}", "CAPE TOWN, The Cape –", "CAPE TOWN, The Cape", None, None),
        ("(Reuters) - {}", "(Reuters) -", None, None, "Reuters"),
        ("(CNN){}", "(CNN)", None, None, "CNN"),
        ("VIENNA. March 5 (APA) - {}", "VIENNA. March 5 (APA) -", "VIENNA", "March 5", "APA"),
        ("CAIRO/TUNIS (Reuters) - {}", "CAIRO/TUNIS (Reuters) -", "CAIRO/TUNIS", None, "Reuters"),
        ("SAN JOSÉ, May 3 (dpa) - {}", "SAN JOSÉ, May 3 (dpa) -", "SAN JOSÉ", "May 3", "dpa"),
        ("DHAKA, June 1 (BSS): {}", "DHAKA, June 1 (BSS):", "DHAKA", "June 1", "BSS"),
        ("ROME, 12 MAY - {}", "ROME, 12 MAY -", "ROME", "12 MAY", None),
        ("Kell, 21 May (Own report). {}", "Kell, 21 May (Own report).", "Kell", "21 May", None),
        ("Turin — {}", "Turin —", "Turin", None, None),
    ],
)
def test_dateline(line, dateline, place, date, agency):
    text = line.format(LEAD)
    found = find_dateline(text, 0, len(text))
    assert words(text, (found.start, found.end)) == dateline
    assert words(text, found.place) == place
    assert words(text, found.date) == date
    assert words(text, found.agency) == agency


@pytest.mark.parametrize(
    "line",
    [
        "EXCLUSIVE – Harbour board splits over channel",
        "The European Union (EU) said on Monday that it would pay for the bridge.",
        "Sen. Ann Field (I-Vt.) - who chairs the board - said no.",
        "UNESCO — which lists the harbour — said nothing.",
        "Ann Field — the mayor — said the bridge was closed.",
        "On Friday – the last day of the fair – it rained.",
        "UPDATE: The bridge is open again, the town said on Friday in a statement.",
        LEAD,
    ],
)
def test_no_dateline(line):
    assert find_dateline(line, 0, len(line)) is None


def test_a_transcript_has_no_dateline():
    text = f"HOST: {LEAD}\n\nGUEST: I doubt it.\n\nHOST: Why so?"
    assert find_dateline(text, 0, text.index("\n")) is None


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("January 25, 2019", "January 25, 2019"),
        ("Published: 25 January 2019 10:30 GMT", "25 January 2019"),
        ("Updated January 5, 2019 at 10:30 am", "January 5, 2019"),
        ("Friday, 25 January 2019 | World", "Friday, 25 January 2019"),
        ("On January 25, 2019 the bridge was closed.", None),
    ],
)
def test_date_line(line, date):
    assert words(line, find_date_line(line, 0, len(line))) == date


FURNITURE = (
    "ADVERTISEMENT",
    "[Advertisement]",
    "Story continues below advertisement",
    "Subscribe to our newsletter",
    "Sign up for our daily newsletter",
    "Sign up to receive the latest news in your inbox.",
    "Follow us on Twitter and Facebook",
    "Follow Ann Field on Twitter @annfield.",
    "Follow Harbour Today on social media:",
    "Share this article",
    "Share on Facebook",
    "Share this story: Chirper | Copy link",
    "Get the tides in your inbox every morning.",
    "Read more: Channel will be widened in spring",
    "READ ALSO: Fishermen take board to court",
    "Click here to read the board's letter",
    "© 2021 Harbour Gazette. All rights reserved.",
    "All rights reserved. This material may not be published.",
    "This website uses cookies to improve your experience.",
    "Photo: Ann Field/Reuters",
    "The old quay at low tide. Photograph: Ann Field/Coast Pictures",
    "(Image: GETTY)",
    "Leave a comment",
    "Tags: harbour, channel, fish",
    "FILE PHOTO: Trawlers lie at the quay in Port Ellen, March 2, 2021. REUTERS/Ann Field",
)
OWN_WORDS = (
    "Read more carefully, the letter says the opposite, she said.",
    "Follow the money, the mayor told the board on Thursday.",
    "Share prices of the shipyard fell by a tenth.",
    "Subscribe to that theory and you will believe anything, he said.",
    "Revenue from advertisements fell at the Gazette by a third.",
    "Support for the channel is growing, a poll shows.",
    "Sign up or leave, the foreman told the dockers.",
    "Ann Field is a reporter who was jailed for three weeks in the dispute.",
    "Photos of the wreck were shown in court.",
    "Home prices rose in the harbour district.",
    "Copying is not theft, she said.",
    "He was wrong.",
    "“Never,” she said.",
    "More than 40 people lost their boats.",
)
BODY = (
    LEAD,
    "Ann Müller, who chairs the board, said that the work would take two years and cost a great"
    " deal of money, most of it from the county.",
    "“It’s the end of the eels,” said Bob Hill, a fisherman of 62, who was there with his sons.",
)


def page(line):
    """Return a page whose body a line interrupts."""
    return "\n\n".join(["Board votes for a wider channel", *BODY[:2], line, BODY[2]])


def marked(text):
    return [words(text, span) for span in find_layout(text).layout.boilerplate]


def test_furniture_is_set_aside():
    missed = [line for line in FURNITURE if marked(page(line)) != [line]]
    assert len(missed) <= len(FURNITURE) // 12, missed


def test_the_article_is_not_set_aside():
    assert [line for line in OWN_WORDS if marked(page(line))] == []


def test_edges_of_a_page():
    text = (
        "Home\nWorld\n\nBoard votes for a wider channel\n\nBy Ann Field\n\nMarch 4, 2021\n\n"
        + "\n\n".join(BODY)
        + "\n\nFacebook\nTwitter\n\nAnn Field\n\n"
        "Ann Field is a senior reporter at Harbour Gazette, covering the coast.\n\n"
        "Related articles\n\nFishermen take board to court\n\nWreck is lifted after a year"
    )
    head = find_layout(text)
    layout = head.layout
    assert words(text, layout.headline) == "Board votes for a wider channel"
    assert words(text, layout.byline) == "By Ann Field"
    assert head.author == "Ann Field"
    assert words(text, layout.dateline) == "March 4, 2021"
    assert [words(text, span) for span in layout.body] == list(BODY)
    assert len(layout.boilerplate) == 9


def test_a_head_in_any_order():
    text = (
        "The quay at dusk. Photograph: Ann Field/Coast Pictures\n\nNorway\n\n"
        "Board votes for a wider channel\n\nA step that many call “late” took nine hours.\n\n"
        "Ann Field in Bergen\nThu 4 Mar 2021 12.42 CET\n\n" + "\n\n".join(BODY)
    )
    head = find_layout(text)
    assert words(text, head.layout.headline) == "Board votes for a wider channel"
    assert head.author == "Ann Field"
    assert [words(text, span) for span in head.layout.body] == list(BODY)


def test_masthead_subhead_and_outlet():
    text = (
        "Northern Coast Review\n\n\nBoard votes for a wider channel\n\n"
        f"Fishermen say the eels will go\n\nPORT ELLEN, March 4 — {LEAD}"
    )
    layout = find_layout(text).layout
    assert words(text, layout.outlet) == "Northern Coast Review"
    assert words(text, layout.headline) == "Board votes for a wider channel"
    assert words(text, layout.subhead) == "Fishermen say the eels will go"
    assert [words(text, span) for span in layout.body] == [LEAD]
    assert layout.boilerplate == (layout.outlet,)


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("Follow Harbour Today on social media:", "Harbour Today"),
        ("© 2021 Harbour Gazette. All rights reserved.", "Harbour Gazette"),
        ("Copyright 2021 Harbour Gazette", "Harbour Gazette"),
        ("Follow Ann Field on Twitter @annfield.", None),
    ],
)
def test_outlet_that_a_line_names(line, outlet):
    text = "\n\n".join(["Board votes for a wider channel", *BODY, line])
    assert find_layout(text).outlet == outlet


def test_known_headline():
    text = f"Fog again.\n\n{LEAD}\n\nThe work begins in May."
    assert words(text, find_layout(text, headline="Fog again").layout.headline) == "Fog again."
    layout = find_layout(text, headline="Board votes for a wider channel").layout
    assert layout.headline is None
    assert words(text, layout.body[0]) == "Fog again."


def test_text_without_headline_is_all_body():
    text = f"{LEAD} {LEAD}\n\nThe work begins in May."
    layout = find_layout(text).layout
    assert layout.headline is None
    assert len(layout.body) == 2


def test_line_ends_and_blanks_do_not_matter():
    text = f"Board votes for a wider channel\r\n\r\nOSLO (AP) —  {LEAD}\u00a0\r\n\r\nThe end.\r\n"
    layout = find_layout(text).layout
    assert [words(text, span) for span in layout.body] == [LEAD, "The end."]


LINES = st.sampled_from(
    [
        "",
        "All news",
        "By Ann Field",
        "Board votes for a wider channel",
        "March 4, 2021",
        f"OSLO (AP) — {LEAD}",
        LEAD,
        "“Never,” she said.",
        "ADVERTISEMENT",
        "Ann Field",
        "Ann Field is a reporter for Harbour Gazette.",
        "Related posts",
        "Share",
        "\u00a0 x",
    ]
)


@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_parts_are_in_order_and_apart(lines, end):
    text = end.join(lines)
    layout = find_layout(text).layout
    parts = [*layout.body, *layout.boilerplate]
    parts += [span for span in (layout.headline, layout.subhead) if span]
    parts.sort()
    assert all(0 <= start < stop <= len(text) for start, stop in parts)
    assert all(before[1] <= after[0] for before, after in pairwise(parts))
    assert list(layout.body) == sorted(layout.body)
    for start, stop in parts:
        assert text[start:stop] == text[start:stop].strip()


def test_any_text_has_a_layout():
    @given(st.text(max_size=300))
    def check(text):
        find_layout(text)

    check()


# What a careful reader finds in the seeds; bodies as first and last words and number of paragraphs.
SEED_PARTS = {
    "000": {
        "outlet": "Executive Intelligence Review",
        "headline": "Russia Refuses To Submit to U.S. Ultimatum on Intermediate-Range Nuclear"
        " Forces Treaty",
        "subhead": None,
        "dateline": "Jan. 26, 2019 (EIRNS)—",
        "agency": "EIRNS",
        "boilerplate": ["Executive Intelligence Review"],
        "body": (8, "The NATO-Russia Council", "onto Russia.”"),
    },
    "001": {
        "outlet": None,
        "headline": "NATO-Russia Council sees no progress on saving INF accord",
        "subhead": "The NATO Chief put all the blame for the US unilateral withdrawal from the INF"
        " Treaty on Russia, accusing Moscow of violating the treaty",
        "dateline": "BRUSSELS, July 5. /TASS/.",
        "agency": "TASS",
        "boilerplate": ["All news"],
        "body": (6, "The sides of the", "on August 2."),
    },
    "002": {
        "outlet": None,
        "headline": "‘Russia’s Last Chance’: NATO Demands Moscow’s Compliance with Treaty INF",
        "subhead": None,
        "dateline": "WASHINGTON DC, The United States –",
        "agency": None,
        "boilerplate": [
            "- Advertisement -",
            "Subscribe to our newsletter",
            "Sign up here to get the latest news, updates and special offers delivered directly to"
            " your inbox.",
        ],
        "body": (10, "The Atlantic Alliance", "making them targets."),
    },
    "003": {
        "outlet": "EU Today",
        "headline": 'NATO says Russia is "solely to blame" for demise of INF Treaty',
        "subhead": None,
        "dateline": None,
        "agency": None,
        "boilerplate": [
            "Follow EU Today on Social media:",
            "Martin Banks",
            "Martin Banks",
            "Martin Banks is a highly qualified journalist with many years experience of working"
            " within the EU institutions. He is an occasional, and highly valued,\u00a0contributor"
            " to EU today, writing on a wide variety of issues.",
            "Related posts",
        ],
        "body": (10, "Nato says Russia today", 'make that possible."'),
    },
    "004": {
        "outlet": None,
        "headline": "Russian diplomat calls on NATO to pool efforts to keep INF Treaty in place",
        "subhead": "On January 15, Moscow and Washington held inter-agency consultations on the INF"
        " Treaty in Geneva",
        "dateline": "MOSCOW, January 25. /TASS/.",
        "agency": "TASS",
        "boilerplate": ["All news"],
        "body": (9, "Russian Deputy Foreign", "withdraws from it."),
    },
}


@pytest.mark.parametrize("number", SEED_PARTS)
def test_seeds(number):
    expected = SEED_PARTS[number]
    (path,) = SEEDS.glob(f"{number}_*.txt")
    text = path.read_bytes().decode("utf-8")
    layout = find_layout(text).layout
    assert find_layout(text).outlet == expected["outlet"]
    for part in ("headline", "subhead", "dateline", "agency"):
        assert words(text, getattr(layout, part)) == expected[part], part
    assert [words(text, span) for span in layout.boilerplate] == expected["boilerplate"]
    count, first, last = expected["body"]
    assert len(layout.body) == count
    assert words(text, layout.body[0]).startswith(first)
    assert words(text, layout.body[-1]).endswith(last)


def test_a_page_of_very_many_lines_takes_no_time_by_the_square():
    text = "\n\n".join(f"{BODY[0]} It was vote number {n // 2} of the year." for n in range(6000))
    started = time.process_time()
    layout = find_layout(text).layout
    assert time.process_time() - started < 30
    assert len(layout.body) + len(layout.boilerplate) > 5000
