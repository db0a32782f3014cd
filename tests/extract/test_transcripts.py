"""Transcripts and signed quotations."""

from __future__ import annotations

import pytest

from sayso.extract.quoting.transcripts import find_turns
from sayso.text.marks import paragraphs, read_marks

TALK = """The two met on Monday.

HOST: Will the bridge be rebuilt?

MAYOR LEE: It will, and soon. We have the money.

HOST: When?

MAYOR LEE: In spring.

Then they left."""

QUOTED_TALK = "\n\n".join(
    [
        "Here is what they said:",
        "“HOST: Why now?",
        "“LEE: Because it is time.",
        "“HOST: Thank you.”",
    ]
)


PLACED_TALK = """I sat down with three heads of schools.

Why is it disliked?

Ann Bell (North School, Leeds): We never saw so many forms.

The parents feel it too.

T.J. Moss (Hill School, York): When I saw it, I thought it was fine.

What next?

Bell: We will never go back.

It was a long talk."""


def turns(text: str) -> list[tuple[str, str]]:
    paras = paragraphs(text)
    found = find_turns(text, paras, read_marks(text, paras)[0])
    return [(text[slice(*t.speaker)], " / ".join(text[a:b] for a, b in t.content)) for t in found]


def test_a_transcript_gives_each_speaker_their_words():
    assert turns(TALK) == [
        ("HOST", "Will the bridge be rebuilt?"),
        ("MAYOR LEE", "It will, and soon. We have the money."),
        ("HOST", "When?"),
        ("MAYOR LEE", "In spring."),
    ]


def test_speakers_may_be_told_with_their_places_and_go_on_in_the_next_paragraph():
    assert turns(PLACED_TALK) == [
        ("Ann Bell", "We never saw so many forms. / The parents feel it too."),
        ("T.J. Moss", "When I saw it, I thought it was fine."),
        ("Bell", "We will never go back."),
    ]


def test_a_transcript_may_stand_in_quotation_marks():
    assert turns(QUOTED_TALK) == [
        ("HOST", "Why now?"),
        ("LEE", "Because it is time."),
        ("HOST", "Thank you."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Where: the old City Hall.\n\nWhen: on Monday at noon.\n\nTickets: ten dollars each.",
        "RELATED: A bridge falls in the north\n\nRELATED: The mayor resigns\n\nRELATED: More rain",
        "Lee: a short life of the mayor",
        "Ann Bell: Opposes the quay.\n\nTom Moss: Supports it.\n\nEva Stone: No position.",
    ],
)
def test_lists_are_no_transcripts(text):
    assert turns(text) == []


def test_a_quotation_may_be_signed():
    text = "“It was old.” — Ann Lee, engineer\n\n“It was not.” ― Tom O’Hara\n\n“Yes,” he said."
    assert turns(text) == [("Ann Lee", "It was old."), ("Tom O’Hara", "It was not.")]


def test_words_after_a_dash_are_no_signature():
    assert turns("“The bridge was old” — and then it fell.") == []
    assert turns("He said “the bridge was old” — Ann Lee") == []


def test_marks_without_words_take_no_time():
    text = "'" * 5000
    assert find_turns(text, [(0, len(text))], []) == []
