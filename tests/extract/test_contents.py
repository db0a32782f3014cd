"""Whole quotes: one statement each, from its first word to its last, on short invented texts."""

from __future__ import annotations

import pytest

from sayso.extract import extract
from sayso.extract.document import read_document
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import encoder
from sayso.reading import build_article

HEAD = "Quay of Orvelt closes in May\n\nORVELT, March 12, 2024 - "
QUAY = "Mayor Petra Holm told the council on Tuesday that the town would not pay for the quay."


def quotes(text: str) -> list:
    article = build_article(text, article_id="a")
    return extract(read_document(article, lexicon(), encoder(1)))["quotes"]


def said(text: str) -> list[tuple[str, str]]:
    """What is said by whom, in text order; nothing of what is nested in it."""
    return [(q.content, q.speaker) for q in quotes(text) if q.nested_in is None]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("'The owners' claims don't hold,' said Carl Ohm.",
         [("The owners' claims don't hold,", "Carl Ohm")]),
        ("“The owners pay nothing,’’ said Carl Ohm. “They never did.’’",
         [("The owners pay nothing, ... They never did.", "Carl Ohm")]),
        # what is told after what is said
        ('"We will not pay," Petra Holm said, and left the room.',
         [("We will not pay,", "Petra Holm")]),
        # numbers and abbreviations
        ("Petra Holm said the town owes 1,500,000 crowns to Quay Inc., which is based in "
         "Washington, D.C., and that it will pay.",
         [("the town owes 1,500,000 crowns to Quay Inc. ... and that it will pay", "Petra Holm")]),
        # titles and names are nothing said
        ("Petra Holm wrote “The Long Quay”, a novel. The boat is called “Swan”.", []),
    ],
)  # fmt: skip
def test_one_paragraph(text, found):
    assert said(HEAD + text) == found


def test_a_quotation_of_the_next_paragraph_is_not_cut_by_the_one_before():
    text = (
        "The Harbour Ministry recalled that the town has been paying for many years.\n\n"
        '"In both cases, in 2012 and now, the funds should have been used for the people of the '
        "islands. Work has been slowed by pressure on the town for years. More pressure will only "
        'make it worse," the Harbour Ministry concluded.'
    )
    contents = [content for content, _ in said(HEAD + text)]
    assert contents[0] == "the town has been paying for many years"
    assert contents[1].startswith("In both cases") and contents[1].endswith("worse,")


def test_a_caption_within_a_quotation_is_no_part_of_it():
    text = (
        "Petra Holm said: “The quay is old. We know that.\n\nThe quay of Orvelt (Photo: NTB)\n\n"
        "“It will be torn down in May. Nobody will miss it.”\n\nThe council votes in June."
    )
    assert said(HEAD + text) == [
        (
            "The quay is old. We know that. ... It will be torn down in May. Nobody will miss it.",
            "Petra Holm",
        )
    ]


@pytest.mark.parametrize(
    ("headline", "content", "kind"),
    [
        ("‘We will not pay’: Holm slams bank over quay debt", "We will not pay", "direct"),
        ("“We won’t pay for it” – Mayor Holm", "We won’t pay for it", "direct"),
        ("Holm: We will not pay for the quay", "We will not pay for the quay", "direct"),
        ("Town refuses payment for old quay — Holm", "Town refuses payment for old quay",
         "indirect"),
    ],
)  # fmt: skip
def test_headlines_name_their_source(headline, content, kind):
    first, *_ = quotes(f"{headline}\n\nORVELT, March 12, 2024 - {QUAY}")
    assert (first.content, first.kind, first.speaker) == (content, kind, "Petra Holm")
    assert first.in_headline


@pytest.mark.parametrize(
    "headline", ["Holm: A life on the quay", "Quay closes in May — what we know"]
)
def test_topics_of_headlines_are_no_quotes(headline):
    found = quotes(f"{headline}\n\nORVELT, March 12, 2024 - {QUAY}")
    assert not any(quote.in_headline for quote in found)


def test_answers_are_given_to_whom_the_introduction_names():
    text = (
        "The harbour closes in May. We spoke to Petra Holm, who has run it for ten years.\n\n"
        "Q: Why does the harbour close?\n\n"
        "A: Because the quay is old. We checked it twice last year.\n\n"
        "It cost us a lot of money.\n\n"
        "Q: Will it open again?\n\n"
        "A: I hope so. Nobody can tell you when."
    )
    answers = [content for content, speaker in said(HEAD + text) if speaker == "Petra Holm"]
    assert answers == [
        "Because the quay is old. We checked it twice last year. ... It cost us a lot of money.",
        "I hope so. Nobody can tell you when.",
    ]
    # What the interviewer asks are the outlet's own words.
    assert len(said(HEAD + text)) == 2


def test_labels_in_capitals_are_the_people_named_before():
    text = (
        "Petra Holm and Henrik Moll met the panel on Tuesday.\n\n"
        "HOLM: We have no money left.\n\nMOLL: That is not true. I saw the books."
    )
    assert [speaker for _, speaker in said(HEAD + text)] == ["Petra Holm", "Henrik Moll"]


@pytest.mark.parametrize(
    "post",
    [
        "We built it with our own hands. https://t.co/abc — Petra Holm (@petraholm) May 5, 2024",
        "We built it with our own hands.\n\n— Petra Holm (@petraholm) May 5, 2024",
        "“We built it with our own hands.”\n\n— Petra Holm, mayor",
    ],
)
def test_posts_and_pull_quotes_are_signed(post):
    text = f"{HEAD}The council met on Monday and talked for a long time.\n\n{post}\n\nIt rained."
    assert said(text) == [("We built it with our own hands.", "Petra Holm")]
