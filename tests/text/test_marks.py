"""Quotation marks: which stretches of a text stand between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.text.marks import MarkNote, Quotation, paragraphs, read_marks

CLOSED = [
    ("“We won,” she said.", ["We won,"]),
    ('"We won," she said. "At last."', ["We won,", "At last."]),
    ("‘We won,’ she said.", ["We won,"]),
    ("'We won,' she said.", ["We won,"]),
    ("``We won,'' she said.", ["We won,"]),
    ("''We won,'' she said.", ["We won,"]),
    ("„Wir haben gewonnen“, sagte sie.", ["Wir haben gewonnen"]),
    ("»Gewonnen«, sagte sie.", ["Gewonnen"]),
    ("« Gagné », dit-elle.", ["Gagné"]),
    ("«\u00a0Gagné\u00a0», dit-elle.", ["Gagné"]),
    ("She said:“We won.”", ["We won."]),
    ("The result (“a win”) was late.", ["a win"]),
    ("She said “we won”—and left.", ["we won"]),
    # apostrophes, possessives, elisions and measures are no quotation marks
    ("It’s the allies’ move, don’t you think?", []),
    ("It's the allies' move, don't you think?", []),
    ("The class of ’68 and the 1960s’ heirs", []),
    ("Rock 'n' roll in the '60s", []),
    ('a 6\'2" man and a 7" single', []),
    ("‘We’ll win the players’ vote,’ she said.", ["We’ll win the players’ vote,"]),
    ("'We'll win,' she said, 'and they won't.'", ["We'll win,", "and they won't."]),
    ("‘Sea’s Last Chance’: Town Demands Harbour’s Closure", ["Sea’s Last Chance"]),
    ("'The owners' claims don't hold,' she said.", ["The owners' claims don't hold,"]),
    ("‘It’s the boys’ and the girls’ pier,’ he said.", ["It’s the boys’ and the girls’ pier,"]),
    ("'The rents' rise of the '90s hurt,' he said.", ["The rents' rise of the '90s hurt,"]),
    ("They were 'boys' and 'girls' to her.", ["boys", "girls"]),
    ("He feared the 'losers' and took the owners' money.", ["losers"]),
    ("These are the 'workers' rights'.", ["workers' rights"]),
    # marks of two kinds open and close one quotation
    ("“We won,’’ she said. “At last.’’", ["We won,", "At last."]),
    ('``We won,” she said. ``At last."', ["We won,", "At last."]),
    ("‘‘We won,’’ she said.", ["We won,"]),
    ('“We won," she said. "At last.”', ["We won,", "At last."]),
    ('“He said "no" and left,” she said. “Yes.”', ['He said "no" and left,', "Yes."]),
    ("“He said ‘no’’’ she said.", ["He said ‘no’"]),
    ("''We won,\" she said.", ["We won,"]),
    # a quotation inside another belongs to it
    ("“He called it ‘a win’ twice,” she said.", ["He called it ‘a win’ twice,"]),
    ("‘If they say “no” again, we go,’ she said.", ["If they say “no” again, we go,"]),
    ("« Il a dit “oui” », dit-elle.", ["Il a dit “oui”"]),
    ('"Our so-called “friends” left," she said. "Yes."', ["Our so-called “friends” left,", "Yes."]),
    ("»Er sagte „nein“«, sagte sie.", ["Er sagte „nein“"]),
]

IRREGULAR = [
    ("She said, “We won.", ["We won."], ["never closed"]),
    ('She said, "We won.\n\nHe left.', ["We won."], ["never closed"]),
    ("He left.” She stayed.", [], ["stray closing mark"]),
    ('He left." She stayed.', [], ["stray closing mark"]),
    ("“We won. He left. “They lost,” she said.", ["We won.", "They lost,"], ["never closed"]),
    ("“", [], ["never closed"]),
    ("”", [], ["stray closing mark"]),
    ("‘", [], []),
]


def marks_of(text: str) -> tuple[list[Quotation], list[MarkNote]]:
    return read_marks(text, paragraphs(text))


def inner(text: str) -> list[str]:
    return [text[start:end] for quotation in marks_of(text)[0] for start, end in quotation.inner]


@pytest.mark.parametrize(("text", "found"), CLOSED)
def test_regular_marks(text, found):
    quotations, notes = marks_of(text)
    assert inner(text) == found
    assert all(quotation.closed for quotation in quotations)
    assert notes == []


@pytest.mark.parametrize(("text", "found", "kinds"), IRREGULAR)
def test_irregular_marks_are_recovered_and_noted(text, found, kinds):
    assert inner(text) == found
    assert [note.kind for note in marks_of(text)[1]] == kinds


def test_repeated_opening_marks_carry_a_quotation_over_paragraphs():
    text = "“We won.\n\n“They lost.\n\n“It is over,” she said."
    (quotation,), notes = marks_of(text)
    assert inner(text) == ["We won.", "They lost.", "It is over,"]
    assert (quotation.start, quotation.end) == (0, text.index(" she"))
    assert quotation.closed and quotation.double and notes == []


@pytest.mark.parametrize(
    ("line", "n"),
    [
        ("The pier at Lowmere (Photo: Ann Lee’s archive)", 1),
        ("Read more: Boats stay in the harbour", 1),
        ("He left the pier.", 2),
        ("Lee told reporters:", 2),
        ("“They lost”", 2),
    ],
)
def test_a_caption_does_not_end_a_quotation_but_a_sentence_does(line, n):
    quotations, notes = marks_of(f"“We won. We did.\n\n{line}\n\n“It is over,” she said.")
    assert len(quotations) == n
    assert [note.kind for note in notes] == ([] if n == 1 or line[0] == "“" else ["never closed"])
    assert all(line not in text for text in inner(f"“We won.\n\n{line}\n\n“It is over,” she said."))


def test_a_paragraph_without_the_repeated_mark_ends_the_quotation():
    text = '"We won.\n\n"They lost.\n\nShe left.'
    (quotation,), notes = marks_of(text)
    assert inner(text) == ["We won.", "They lost."]
    assert not quotation.closed
    assert [note.kind for note in notes] == ["never closed"]


def test_single_marks_are_told_from_double_ones():
    singles, doubles = marks_of("‘We won,’ she said.")[0], marks_of("“We won,” she said.")[0]
    assert [q.double for q in singles + doubles] == [False, True]


def test_lines_are_paragraphs_unless_the_text_is_hard_wrapped():
    assert len(paragraphs("One line.\nAnother line.\r\n\r\nA third.")) == 3
    wrapped = "\n".join(["the quick brown fox jumps over", "and over the dog until it"] * 5)
    text = wrapped + "\n\n" + wrapped
    assert [text[start:end] for start, end in paragraphs(text)] == [wrapped, wrapped]


# Texts in which marks are common: they, letters, spaces, line ends, and any other character.
MARKED = st.lists(
    st.sampled_from(
        [*"“”„«»‹›\"‘’‚'", "``", "''", " ", "\n", "\n\n", "\r\n", "a", "Be", "s ", ". ", ","]
    )
    | st.characters(codec="utf-8"),
    max_size=60,
).map("".join)


@given(MARKED)
def test_any_text_has_its_spans_inside_and_in_order(text):
    quotations, notes = marks_of(text)
    last = 0
    for quotation in quotations:
        assert last <= quotation.start < quotation.end <= len(text)
        last = quotation.end
        at = quotation.start
        for start, end in quotation.inner:
            assert at <= start < end <= quotation.end
            assert text[start:end] == text[start:end].strip()
            at = end
    for note in notes:
        assert 0 <= note.start < note.end <= len(text)


@given(MARKED)
def test_paragraphs_cover_every_word_once(text):
    spans = paragraphs(text)
    assert all(start < end for start, end in spans)
    assert [end for _, end in spans[:-1]] <= [start for start, _ in spans[1:]]
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


@given(st.lists(st.sampled_from(["We won.", "It’s over.", "They lost"]), min_size=1, max_size=4))
def test_what_is_set_between_marks_is_read_back(sentences):
    text = " he said. ".join(f"“{sentence}”" for sentence in sentences)
    assert inner(text) == sentences
