"""The sentence splitter: titles, initials and abbreviations end no sentence, full stops do."""

from __future__ import annotations

import pytest

from sayso.text.sentences import split_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["Critics blamed Ms. Trump for it.", "Ms. Olsen met Mr. Sanders on Friday."],
        ["“Mr. White went home,” said Sen. Pike.", "Lt. Gov. Field agreed."],
        ["They asked Rep. Young, D-N.Y., to wait.", "He left."],
        ["He met J.R. Pike and F.L. Cruz Jr. on Monday.", "Then he left."],
        ["Ana B. Lund of the U.S. Navy spoke.", "Nobody answered."],
        ["It ended at 5 p.m. Friday.", "However, they stayed until 6 p.m.", "The end came late."],
        ["She said no.", "Then he left the room."],
        ["Prices rose 3.5 percent in Jan. 2019.", "Why?", "Nobody knows!", "Still, it hurt."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences):
    text = "  ".join(sentences)
    assert [text[a:b] for a, b in split_sentences(text, [(0, len(text))])] == sentences


def test_no_sentence_runs_over_the_end_of_a_paragraph():
    text = "It was late and\nMr.\nTrump left"
    spans = split_sentences(text, [(0, 15), (16, 19), (20, 30)])
    assert [text[a:b] for a, b in spans] == ["It was late and", "Mr.", "Trump left"]
