"""Word pieces: offsets lead back to the text, and windows hold every piece once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model.pieces import (
    MARK_STATES,
    SHAPES,
    build_window,
    cut_windows,
    read_pieces,
    tokenizer,
)
from sayso.text.marks import paragraphs, read_marks

TEXT = "“We won 14–3,” Ada McRae said.\n\nThe USB port isn't ‘new’."

WORDS = st.sampled_from(
    ["said", "Harbour", "the", "UN", "2021", "isn't", "“We", "won,”", "‘no’", "Åkesson", "–", "🌊"]
) | st.sampled_from(["supercalifragilistic", "\u00a0"])
TEXTS = st.lists(st.lists(WORDS, max_size=40).map(" ".join), max_size=8).map("\n\n".join)


def pieces_of(text: str):
    paras = paragraphs(text)
    return read_pieces(text, paras, read_marks(text, paras)[0]), paras


def features(name: str, states: tuple[str, ...]) -> dict[str, str]:
    pieces, _ = pieces_of(TEXT)
    rows = zip(pieces.start, pieces.end, getattr(pieces, name), strict=True)
    return {TEXT[start:end]: states[state] for start, end, state in rows}


@pytest.mark.parametrize(
    ("word", "shape"),
    [("We", "title"), ("won", "lower"), ("14", "digit"), ("A", "title"), ("said", "lower")],
)
def test_pieces_carry_their_letter_shape(word, shape):
    found = features("shape", SHAPES) | {"A": features("shape", SHAPES)["Ada"]}
    assert found[word] == shape


@pytest.mark.parametrize(
    ("word", "state"),
    [("“", "mark"), ("We", "inside double"), ("Ada", "outside"), ("new", "inside single")],
)
def test_pieces_know_where_they_stand_to_quotation_marks(word, state):
    assert features("mark", MARK_STATES)[word] == state


def test_capitals_are_upper_and_one_capital_is_title():
    text = "NATO A b"
    pieces, _ = pieces_of(text)
    assert [SHAPES[shape] for shape in pieces.shape] == ["upper", "title", "lower"]


@pytest.mark.parametrize("text", ["", "\n\n \n", "\u200b"])
def test_a_text_without_words_has_no_pieces_and_no_windows(text):
    pieces, _ = pieces_of(text)
    assert len(pieces) == 0 and cut_windows(pieces) == []


@given(TEXTS)
def test_offsets_lead_back_to_the_text(text):
    pieces, paras = pieces_of(text)
    assert np.all(pieces.start < pieces.end)
    assert np.all(pieces.end[:-1] <= pieces.start[1:])
    for start, end, number in zip(pieces.start, pieces.end, pieces.paragraph, strict=True):
        assert paras[number][0] <= start < end <= paras[number][1]
        assert text[start:end].strip() == text[start:end]


@given(TEXTS, st.integers(4, 60), st.integers(0, 3))
def test_windows_hold_every_piece_once_and_keep_the_limit(text, limit, first):
    pieces, _ = pieces_of(text)
    windows = cut_windows(pieces, limit=limit, first=first)
    held = [piece for window in windows for start, end in window for piece in range(start, end)]
    assert held == list(range(len(pieces)))
    for window in windows:
        built = build_window(pieces, window)
        assert 2 < len(built.ids) <= limit
        assert len({len(built.ids), len(built.shape), len(built.mark), len(built.piece)}) == 1
        for start, end in window:
            assert len(set(pieces.paragraph[start:end])) == 1


@given(TEXTS)
def test_a_window_repeats_its_pieces_between_markers(text):
    pieces, _ = pieces_of(text)
    for window in cut_windows(pieces, limit=20):
        built = build_window(pieces, window)
        real = built.piece >= 0
        assert np.array_equal(built.ids[real], pieces.ids[built.piece[real]])
        assert np.array_equal(built.shape[real], pieces.shape[built.piece[real]])
        assert np.array_equal(built.mark[real], pieces.mark[built.piece[real]])
        markers = [tokenizer().id_to_token(number) for number in built.ids[~real]]
        assert markers == ["[CLS]"] + ["[SEP]"] * len(window)
