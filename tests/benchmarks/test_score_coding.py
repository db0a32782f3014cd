"""Draws from a corpus with known truth: corrected figures hold it, and beat coders alone."""

from __future__ import annotations

import pandas as pd
import pytest
from benchmarks.coding import score
from benchmarks.coding.generated import corpus


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(score, "DRAWS", 80)
    monkeypatch.setattr(score, "ALONE", 80)


def frame(rows):
    return pd.DataFrame(rows, columns=[*score.COLUMNS, "bias", "least", "most"][: len(rows[0])])


@pytest.mark.parametrize("by", [False, True])
def test_intervals_hold_the_truth_and_are_narrower_than_those_of_coders_alone(by):
    made = corpus(4)
    rows = frame(score.simulate(made, made["outlet"] if by else None, "by outlet", 20))
    assert len(rows) == 3 and rows["coverage"].between(0.88, 1).all()
    assert (rows["half_width"] < rows["coders_alone"]).all()
    assert (rows["bias"].abs() < rows["half_width"] / 2).all()
    share = made["true_marked"].sum() / made["true_quotes"].sum()
    assert rows["truth"].iloc[0] == pytest.approx(share)


def test_outlets_and_their_differences_are_told_together():
    rows = frame(score.by_outlet(corpus(4)))
    assert rows["figure"].tolist() == ["difference of two outlets", "share with marks of an outlet"]
    assert rows["coverage"].between(0.85, 1).all() and (rows["least"] <= rows["most"]).all()
