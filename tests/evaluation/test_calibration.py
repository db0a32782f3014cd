"""Calibration: whether stated confidence and the share that is right agree."""

from __future__ import annotations

import math

import numpy as np
import pytest
from benchmarks.attribution.calibration import CUTS, expected_error, reliability, tables
from hypothesis import given
from hypothesis import strategies as st

from sayso.evaluation.calibration import bands, expected, measured, surest
from sayso.evaluation.results import read_results

CASES = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


@pytest.mark.parametrize("cut", CUTS)
def test_what_is_right_as_often_as_it_says_has_no_error(cut):
    confidence = [0.25] * 4 + [0.75] * 4
    right = [True, False, False, False, True, True, True, False]
    assert expected_error(confidence, right, cut=cut) == 0


@pytest.mark.parametrize("cut", CUTS)
def test_who_is_always_sure_and_always_wrong_has_the_greatest_error(cut):
    assert expected_error([1.0] * 9, [False] * 9, cut=cut) == 1


def test_the_error_weighs_bins_by_their_cases():
    # Three cases 0.1 too sure, one case 0.6 too unsure.
    confidence, right = [0.1, 0.1, 0.1, 0.4], [False, False, False, True]
    assert expected_error(confidence, right, cut="width") == pytest.approx(0.225)


def test_bins_of_equal_mass_and_of_equal_width():
    confidence = np.linspace(0.9, 0.99, 100)
    right = np.ones(100, bool)
    assert reliability(confidence, right, 5, cut="mass")["n"].tolist() == [20] * 5
    assert reliability(confidence, right, 5, cut="width")["n"].tolist() == [100]


@pytest.mark.parametrize("cut", CUTS)
@given(CASES)
def test_every_case_is_in_one_bin_whatever_the_order(cut, cases):
    confidence, right = zip(*cases, strict=True)
    table = reliability(confidence, right, cut=cut)
    assert table["n"].sum() == len(cases)
    assert round((table["n"] * table["right"]).sum()) == sum(right)
    assert (table["most"].iloc[:-1].to_numpy() < table["least"].iloc[1:].to_numpy()).all()
    assert (table["right_low"] <= table["right"]).all()
    assert (table["right"] <= table["right_high"]).all()
    backwards = reliability(confidence[::-1], right[::-1], cut=cut)
    assert backwards["n"].tolist() == table["n"].tolist()
    assert 0 <= expected_error(confidence, right, cut=cut) <= 1


def test_no_cases_no_bins_no_error():
    assert reliability([], []).empty
    assert math.isnan(expected_error([], []))
    assert tables([], [])["calibration"]["n"].tolist() == [0]


def test_mistakes_are_told():
    with pytest.raises(ValueError, match="2 confidences, but 1 cases"):
        reliability([0.1, 0.2], [True])
    with pytest.raises(ValueError, match="cut is 'depth', expected one of 'mass', 'width'"):
        reliability([0.1], [True], cut="depth")


def test_bands_put_other_cases_beside_the_measured_ones():
    measured = reliability([0.3, 0.95, 0.92], [False, True, False], cut="width")
    table = bands(measured, [0.3, 0.31, 0.99, 0.05]).set_index("confidence")
    assert list(table.index[[0, -1]]) == ["0.9 to 1.0", "0.0 to 0.1"]
    assert table["n"].to_dict() | {"0.3 to 0.4": 2, "0.9 to 1.0": 1} == table["n"].to_dict()
    assert table["n"].sum() == 4
    assert table.loc["0.9 to 1.0", ["n_measured", "right"]].tolist() == [2, 0.5]
    assert math.isnan(table.loc["0.0 to 0.1", "right"])


def test_kept_bins_tell_what_to_expect_of_other_quotes(seeds):
    results = read_results()
    assert "cut" not in measured(results, "mass") and len(measured(results, "width")) <= 10
    found = bands(measured(results, "width"), seeds.quotes["confidence"])
    right, of = expected(found)
    assert found["n"].sum() == len(seeds.quotes) >= of > right > of / 2


def test_the_surest_are_counted_by_outlet(seeds):
    table = surest(seeds.quotes, seeds.articles).set_index("outlet")
    assert table["n_quotes"].sum() == seeds.quotes["nested_in"].isna().sum()
    assert (table["above_90"] <= table["n_quotes"]).all()
