"""Spans: what they share, how much they cover, what they leave open."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.text.spans import covered, gaps, overlap

SPAN = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda s: tuple(sorted(s)))


@given(SPAN, SPAN)
def test_overlap_agrees_with_the_characters(one, other):
    ours, theirs = set(range(*one)), set(range(*other))
    assert overlap(one, other) == overlap(other, one) == len(ours & theirs)


@given(st.lists(SPAN, max_size=6))
def test_covered_counts_each_character_once(spans):
    assert covered(spans) == len({i for span in spans for i in range(*span)})


@given(st.lists(SPAN, max_size=6), SPAN)
def test_gaps_are_what_is_not_covered(spans, around):
    found = gaps(spans, *around)
    left = [i for i in range(*around) if not any(a <= i < b for a, b in spans)]
    assert [i for gap in found for i in range(*gap)] == left
    assert all(start < end for start, end in found)


def test_spans_of_tables_are_lists():
    assert overlap([0, 4], (2, 9)) == 2
    assert covered([[0, 4], [2, 6]]) == 6
