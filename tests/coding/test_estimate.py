"""Corrected figures: right on average, exact where there is nothing to correct, told as clipped."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sayso.coding.design import LARGE, OTHERS, stratify
from sayso.coding.estimate import AMOUNT, Counts, difference, n_needed, ratio, total


def corpus(seed=0, n=60, strata=2):
    """Articles with a known truth: every fourth quote is missed, unmarked ones more often."""
    rng = np.random.default_rng(seed)
    quotes = rng.poisson(12, n) + 1.0
    marked = rng.binomial(quotes.astype(int), 0.4).astype(float)
    found_marked = rng.binomial(marked.astype(int), 0.9)
    found = found_marked + rng.binomial((quotes - marked).astype(int), 0.6)
    stratum = np.arange(n) % strata
    return stratum, found_marked.astype(float), found.astype(float), marked, quotes


def drawn(stratum, k, rng):
    coded = np.zeros(len(stratum), bool)
    for one in np.unique(stratum):
        coded[rng.choice(np.flatnonzero(stratum == one), k, replace=False)] = True
    return coded


@pytest.mark.parametrize("weight", [0.0, 1.0, None])
def test_coverage_is_what_it_says(weight):
    stratum, *numbers = corpus()
    truth, whole = numbers[2].sum() / numbers[3].sum(), numbers[3].sum()
    rng = np.random.default_rng(1)
    hits = []
    for _ in range(600):
        counts = Counts(stratum, drawn(stratum, 8, rng), *numbers)
        share = ratio(counts, weight=weight)
        many = total(
            Counts(stratum, counts.coded, *[numbers[i] for i in (1, 1, 3, 3)]), weight=weight
        )
        hits.append((share.low <= truth <= share.high, many.low <= whole <= many.high))
    assert ((np.mean(hits, axis=0) > 0.92) & (np.mean(hits, axis=0) < 0.985)).all()


def test_what_was_found_narrows_the_interval_and_mends_the_figure():
    stratum, *numbers = corpus()
    rng = np.random.default_rng(2)
    truth = numbers[2].sum() / numbers[3].sum()
    errors, widths = [], []
    for _ in range(200):
        counts = Counts(stratum, drawn(stratum, 8, rng), *numbers)
        both = ratio(counts, weight=1.0), ratio(counts, weight=0.0)
        errors.append(both[0].corrected - truth)
        widths.append([one.high - one.low for one in both])
    assert abs(np.mean(errors)) < 0.005 < ratio(counts).found - truth
    assert np.mean(widths, axis=0)[0] < 0.9 * np.mean(widths, axis=0)[1]


@pytest.mark.parametrize("k", [6, 12])
def test_codings_equal_to_what_was_found_change_nothing(k):
    stratum, marked, quotes, _, _ = corpus()
    counts = Counts(
        stratum, drawn(stratum, k, np.random.default_rng(0)), marked, quotes, marked, quotes
    )
    share, words = ratio(counts), total(counts)
    assert share.corrected == pytest.approx(share.found, abs=1e-12)
    assert share.low == pytest.approx(share.high, abs=1e-12)
    assert words.corrected == pytest.approx(marked.sum()) and words.se == pytest.approx(0, abs=1e-9)
    like = ratio(counts, like_these=True)
    assert like.low < share.low < like.high


def test_all_coded_is_the_truth():
    stratum, *numbers = corpus()
    counts = Counts(stratum, np.ones(len(stratum), bool), *numbers)
    share = ratio(counts)
    assert share.corrected == pytest.approx(numbers[2].sum() / numbers[3].sum())
    assert share.low == pytest.approx(share.high)


def test_by_hand():
    # Two strata of 2 and 3 articles; in the second two are coded: 1 and 3 more than found.
    stratum = np.array([0, 0, 1, 1, 1])
    coded = np.array([True, True, True, True, False])
    found, true = np.array([1.0, 1, 2, 4, 5]), np.array([1.0, 2, 3, 7, 0])
    one = total(Counts(stratum, coded, found, found, true, true), weight=1.0)
    # 13 found, 1 more in the first, 3 * (1 + 3) / 2 = 6 more in the second.
    assert one.corrected == pytest.approx(13 + 1 + 6)
    plain = 3**2 * (1 - 2 / 3) / 2 * 2.0  # N^2 (1 - n / N) s^2 / n, s^2 of 1 and 3
    # By length: errors of 1 to each side, of 2 and 4 quotes; the stratum's mean length is 11 / 3.
    by_length = 3**2 * (1 - 2 / 3) / 2 * (1 / 2 + 1 / 4) * 11 / 3
    assert one.se**2 == pytest.approx(plain + (by_length - plain) * 20 / 22)
    assert one.df == 1 and one.n_coded == 4


def test_a_share_near_none_stays_a_share():
    n = 40
    one = np.ones(n) * 10
    true = np.zeros(n)
    true[3] = 1.0
    found = np.zeros(n)
    coded = np.arange(n) < 12
    share = ratio(Counts(np.zeros(n, int), coded, found, one, true, one))
    assert 0 < share.low < share.corrected < share.high < 1


def test_a_total_below_nothing_is_set_to_nothing_and_told():
    n = 20
    found = np.where(np.arange(n) < 6, 5.0, 0.0)
    coded = np.arange(n) < 10
    one = total(Counts(np.zeros(n, int), coded, found, found, np.zeros(n), np.zeros(n)))
    assert one.corrected == 0 and one.clipped and one.low == 0


def test_a_difference_knows_that_outlets_share_no_articles():
    stratum, *numbers = corpus()
    coded = drawn(stratum, 10, np.random.default_rng(0))
    parts = []
    for k in (0, 1):
        inside = [np.where(stratum == k, column, 0.0) for column in numbers]
        parts.append(ratio(Counts(stratum, coded, *inside)))
    apart = difference(*parts)
    assert apart.corrected == pytest.approx(parts[0].corrected - parts[1].corrected)
    assert apart.se == pytest.approx(np.hypot(parts[0].se, parts[1].se), rel=0.15)
    assert min(part.df for part in parts) <= apart.df <= sum(part.df for part in parts)
    same = replace(parts[0], se=0.0)
    assert difference(same, same).low == difference(same, same).high == 0


def test_how_many_more_it_takes():
    stratum, *numbers = corpus(n=400)
    rng = np.random.default_rng(3)
    counts = Counts(stratum, drawn(stratum, 15, rng), *numbers)
    n = n_needed(ratio(counts, weight=1.0), counts, 0.02)
    widths = []
    for _ in range(30):
        share = ratio(Counts(stratum, drawn(stratum, n // 2, rng), *numbers), weight=1.0)
        widths.append((share.high - share.low) / 2)
    assert 30 < n < 400 and 0.012 < np.mean(widths) < 0.028


def test_a_stratum_of_which_nothing_is_known_is_refused():
    stratum = np.array([0, 0, 0, 1, 1, 1])
    coded = np.array([True, True, True, True, False, False])
    numbers = [np.ones(6)] * 4
    with pytest.raises(ValueError, match="two coded articles"):
        ratio(Counts(stratum, coded, *numbers))


def test_nothing_to_divide_by_is_no_share():
    nothing = np.zeros(6)
    share = ratio(Counts(np.zeros(6, int), np.arange(6) < 3, *[nothing] * 4))
    assert np.isnan(share.corrected) and np.isnan(share.low)


def test_a_ratio_other_than_a_share_may_be_above_one():
    stratum, *numbers = corpus()
    coded = drawn(stratum, 8, np.random.default_rng(0))
    counts = Counts(stratum, coded, numbers[1] * 20, numbers[1], numbers[3] * 22, numbers[3])
    words = ratio(counts, bounds=AMOUNT)
    assert words.corrected == pytest.approx(22, rel=0.02) and words.found == 20


def test_the_largest_are_a_stratum_of_their_own():
    found = pd.Series([100, 60, 5, 5, 5, 5, 5, 5, 5, 5])
    strata = stratify(pd.Series(["a"] * 7 + ["b"] * 2 + ["c"]), found, 8)
    assert strata.tolist() == [LARGE, LARGE, "a", "a", "a", "a", "a", "b", "b", "c"]
    assert stratify(pd.Series(["a"] * 7 + ["b"] * 2 + ["c"]), found, 6)[9] == OTHERS
