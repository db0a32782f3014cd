"""Spans: what they share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.text.spans import overlap

SPAN = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda s: tuple(sorted(s)))


@given(SPAN, SPAN)
def test_overlap_agrees_with_the_characters(one, other):
    ours, theirs = set(range(*one)), set(range(*other))
    assert overlap(one, other) == overlap(other, one) == len(ours & theirs)


def test_spans_of_tables_are_lists():
    assert overlap([0, 4], (2, 9)) == 2
