"""Cues and their stance."""

from __future__ import annotations

import pytest

from sayso.lexicon.cues import cue_lexicon, is_negated


@pytest.mark.parametrize(
    ("cue", "stance"),
    [
        ("said", "neutral"),
        ("told", "neutral"),
        ("according to", "neutral"),
        ("has repeatedly claimed", "distancing"),
        ("alleging", "distancing"),
        ("pointed out", "endorsing"),
        ("has also pointed out", "endorsing"),
        ("acknowledges", "endorsing"),
        ("categorically denies", "denying"),
        ("rejected", "denying"),
        ("frobnicated", "neutral"),
        ("", None),
        (None, None),
    ],
)
def test_stance(cue, stance):
    assert cue_lexicon().stance(cue) == stance


@pytest.mark.parametrize(
    ("text", "cue", "negated"),
    [
        ("She did not say that it was late.", "say", True),
        ("She has never claimed that.", "has never claimed", True),
        ("He didn’t confirm it.", "confirm", True),
        ("It is not late, she said.", "said", False),
        ("She said it was not late.", "said", False),
    ],
)
def test_negation_is_of_the_saying(text, cue, negated):
    start = text.index(cue)
    assert is_negated(text, start, start + len(cue)) is negated


@pytest.mark.parametrize(
    ("cue", "source", "content", "act"),
    [
        ("said", "Ann Field", "the bridge is safe", "says"),
        ("has repeatedly asked", "Ann Field", "", "asks"),
        ("called for", "the union", "a strike", "asks"),
        ("ordered", "the mayor", "the bridge closed", "orders"),
        ("tweeted", "the mayor", "Good night.", "writes"),
        ("said in a letter", "the mayor", "the bridge is safe", "writes"),
        ("says", "the report", "the bridge is safe", "writes"),
        ("says", "The Evening Post", "the bridge is safe", "says"),
        ("said", "Ann Field", "Who will pay?", "asks"),
        ("told them of her hopes", "Ann Field", "", "says"),
        ("no longer believes", "he", "", "thinks"),
        ("were worried", "they", "", "feels"),
        ("want", "they", "to leave", "intends"),
        ("signed", "they", "the pact", "other"),
        ("frobnicated", None, "", "says"),
        (None, None, "", "says"),
    ],
)
def test_act(cue, source, content, act):
    assert cue_lexicon().act(cue, source, content) == act


def test_deeds_and_things_are_told_apart_from_saying():
    words = cue_lexicon()
    assert words.has("was convicted of", "deeds") and words.has("hired", "deeds")
    assert not words.has("said", "deeds")
    assert words.has("clock", "things") and words.has("photographs", "things")
    assert not words.has("mayor", "things")
