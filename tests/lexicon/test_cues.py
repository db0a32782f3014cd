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
