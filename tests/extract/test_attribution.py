"""Decoding: from label scores to stretches, and from stretches to attributions."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.quoting.attribution import (
    CONTENT,
    CUE,
    SOURCE,
    read_attributions,
    spans_of,
    viterbi,
)
from sayso.model.encoder import Reading
from sayso.model.pieces import Pieces

LABELS = ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"]


def scores(names: list[str]) -> np.ndarray:
    """Scores that make each named label nearly certain."""
    table = np.full((len(names), len(LABELS)), 0.001)
    table[np.arange(len(names)), [LABELS.index(n) for n in names]] = 0.994
    return np.log(table).astype(np.float32)


@given(st.integers(0, 30), st.integers(0, 2**32 - 1))
def test_decoded_labels_are_valid_and_best_of_simple_repairs(length: int, seed: int):
    chance = np.random.default_rng(seed)
    table = np.log(chance.dirichlet(np.ones(7), size=length)).astype(np.float32).reshape(length, 7)
    labels = viterbi(table)
    assert len(labels) == length
    for before, label in zip([0, *labels], labels, strict=False):
        assert label % 2 or label == 0 or before in (label, label - 1)
    greedy = table.argmax(axis=1)
    for at, label in enumerate(greedy):
        if label and label % 2 == 0 and (at == 0 or greedy[at - 1] not in (label, label - 1)):
            greedy[at] = label - 1
    rows = np.arange(length)
    assert table[rows, labels].sum() >= table[rows, greedy].sum() - 1e-4


def best_of_all(table: np.ndarray) -> float:
    """The score of the best valid sequence, by the plain recursion over all labels."""
    best = np.where(np.arange(table.shape[1]) == 0, 0, -np.inf)
    for row in table.astype(np.float64):
        inside = np.maximum(best[1::2], best[2::2])
        best = np.full(len(row), best.max())
        best[2::2] = inside
        best += row
    return best.max()


@given(st.integers(1, 60), st.sampled_from([3, 7, 9]), st.integers(0, 2**32 - 1))
def test_no_valid_sequence_is_better(length: int, size: int, seed: int):
    chance = np.random.default_rng(seed)
    table = chance.normal(size=(length, size)) * 3
    # Most pieces of a text stand surely outside: they are settled before the others.
    table[:, 0] += chance.choice([0, 0, 8, 12], size=length)
    table = np.log(np.exp(table) / np.exp(table).sum(axis=1, keepdims=True)).astype(np.float32)
    labels = viterbi(table)
    found = table.astype(np.float64)[np.arange(length), labels].sum()
    np.testing.assert_allclose(found, best_of_all(table), rtol=1e-12)


def test_stretches_end_where_another_begins():
    names = ["B-cue", "I-cue", "B-cue", "O", "B-content", "I-content"]
    place = np.arange(6)
    parts = spans_of(viterbi(scores(names)), scores(names), place * 2, place * 2 + 1)
    assert [(p.role, p.start, p.end) for p in parts] == [
        (CUE, 0, 3),
        (CUE, 4, 5),
        (CONTENT, 8, 11),
    ]


def reading(names: list[str], links: dict[int, int], window: list[int] | None = None) -> Reading:
    """A reading with certain labels, in which piece i is linked to piece links[i] (-1: nobody)."""
    count = len(names)
    place = np.arange(count)
    key = np.eye(count + 1, dtype=np.float32)
    query = np.zeros((count, count + 1), dtype=np.float32)
    for start, target in links.items():
        query[start, target] = 9
    zeros = np.zeros(count, dtype=np.int64)
    pieces = Pieces(zeros, place * 2, place * 2 + 1, zeros, zeros, zeros)
    where = np.array(window) if window else zeros
    nobody = np.repeat(key[-1:], where.max(initial=0) + 1, axis=0)
    none = np.zeros(count)
    entity = np.zeros((count, 9))
    return Reading(pieces, where, scores(names), entity, query, key[:-1], nobody, none)


def test_an_interrupted_content_is_one_attribution():
    names = ["B-content", "B-source", "B-cue", "B-content"]
    found = read_attributions(reading(names, {0: 2, 3: 2, 2: 1}))
    assert len(found) == 1
    assert [c.start for c in found[0].contents] == [0, 6]
    assert (found[0].source.start, found[0].source.role) == (2, SOURCE)


def test_a_cue_may_have_no_source():
    found = read_attributions(reading(["B-source", "B-cue", "B-content"], {2: 1, 1: -1}))
    assert found[0].source is None and found[0].cue is not None


def test_one_source_may_serve_two_cues():
    names = ["B-source", "B-cue", "B-content", "B-cue", "B-content"]
    found = read_attributions(reading(names, {2: 1, 4: 3, 1: 0, 3: 0}))
    assert [a.source.start for a in found] == [0, 0]


def test_links_do_not_leave_their_window():
    names = ["B-cue", "B-content"]
    found = read_attributions(reading(names, {1: 0}, window=[0, 1]))
    assert found[0].cue is None


def test_no_text_gives_no_attribution():
    assert read_attributions(reading([], {})) == []
