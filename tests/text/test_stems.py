"""Words, their patterns and stems."""

from __future__ import annotations

import pytest

from sayso.text.words import HYPHENATED, PLAIN_WORD, WORD, read_words, stem


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (PLAIN_WORD, ["Don’t", "say", "so", "called"]),
        (HYPHENATED, ["Don’t", "say", "so-called"]),
        (WORD, ["Don’t", "say", "so", "called", "|||"]),
    ],
)
def test_what_joins_a_word(pattern, words):
    assert pattern.findall("Don’t say so-called |||!") == words


def test_a_stem_has_no_case_of_possession():
    assert [stem(w) for w in ("ministers", "minister’s", "minister's")] == ["minist"] * 3


def test_words_lead_back_to_the_text():
    text = "The Ministers’ plan, denied."
    words = read_words(text)
    assert [text[w.start : w.end] for w in words] == [w.text for w in words]
    assert [stem(w.text.lower()) for w in words] == ["the", "minist", "plan", "deni"]
