"""Spans: what they share, what lies inside them, how much they cover."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.text.spans import contains, covered, overlap

SPAN = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda s: tuple(sorted(s)))


@given(SPAN, SPAN)
def test_overlap_and_contains_agree_with_the_characters(one, other):
    ours, theirs = set(range(*one)), set(range(*other))
    assert overlap(one, other) == overlap(other, one) == len(ours & theirs)
    if theirs:
        assert contains(one, other) == (theirs <= ours)


@given(st.lists(SPAN, max_size=6))
def test_covered_counts_each_character_once(spans):
    assert covered(spans) == len({i for span in spans for i in range(*span)})


def test_spans_of_tables_are_lists():
    assert overlap([0, 4], (2, 9)) == 2
    assert contains([0, 4], [0, 4])
    assert covered([[0, 4], [2, 6]]) == 6
