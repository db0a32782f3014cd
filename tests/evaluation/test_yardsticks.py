"""What our figures are held against, and the pictures of it."""

from __future__ import annotations

import pandas as pd
import pytest
from benchmarks.attribution.calibration import reliability

from sayso.evaluation.results import Result, overview, read_results
from sayso.evaluation.yardsticks import FILE, beside, compare, targets
from sayso.lexicon.files import load_toml
from sayso.show import accuracy
from sayso.show.canvas import alt_text

OWN = {"content found": 0.9, "end-to-end": 0.4}


def result(name: str, **tables: pd.DataFrame) -> Result:
    return Result(name, f"score {name}", "2026-01-02", "x", "ab" * 32, "0", "cd", tables)


def test_ours_stand_first_and_others_in_the_same_columns():
    table = beside("attribution", OWN)
    assert table.columns.tolist() == ["system", "kind", *OWN, "note"]
    assert table["kind"].tolist()[0] == "own" and set(table["kind"]) == {"own", "peer", "person"}
    assert table[list(OWN)].notna().all(axis=None)


def test_targets_are_looked_up_and_judged():
    scores = pd.DataFrame({"type": ["all", "DATE"], "value_f1": [90, 10], "strict_f1": [1, 2]})
    table = targets({"dates": result("dates", figures=scores)}).set_index("figure")
    assert table.measured["value, F1"] == 0.9
    assert table.reached["value, F1"] and not table.reached["value of type DATE, F1"]
    assert table.reached[table["evaluation"] != "dates"].isna().all()


def test_what_is_to_be_small_is_judged_so():
    sure = pd.DataFrame({"error_mass": [0.04]})
    table = targets({"attribution": result("attribution", calibration=sure)})
    assert table.set_index("figure").reached["expected calibration error of confidence"]


def test_every_target_is_found_in_the_results_that_are_kept():
    kept = read_results()
    table = targets(kept)
    assert table.loc[table["evaluation"].isin(kept), "measured"].notna().all()
    assert {"gold", "attribution", "speakers", "dates", "published", "framing"} <= set(kept)


@pytest.mark.parametrize("evaluation", ["attribution", "dates", "framing"])
def test_kept_figures_stand_beside_those_of_others(evaluation):
    table = compare(read_results(), evaluation)
    ours = table.drop(columns=["system", "kind", "note"]).iloc[0]
    assert table["kind"][0] == "own" and len(table) > 1
    assert len(ours) >= 5 and ours.between(0.05, 1).all()


def test_aims_are_summed_up():
    shown = repr(accuracy.aims(targets(read_results())))
    assert "targets" in shown and "reached; 0 not measured yet" in shown


def test_yardsticks_tell_how_they_came_about():
    for system in load_toml(FILE)["system"]:
        assert system["note"], system["name"]
        assert all(0 <= value <= 1 for value in system["figures"].values())


def test_the_overview_names_command_data_day_and_model():
    row = overview({"dates": result("dates")}).iloc[0].tolist()
    assert row == ["dates", "score dates", "x", "abababababab", "2026-01-02", "earlier"]


def test_what_was_not_measured_is_said():
    assert "Not measured yet" in repr(accuracy.figures({}, "blame", "Blame"))
    shown = accuracy.figures({"dates": result("dates", figures=pd.DataFrame([OWN]))}, "dates", "D")
    assert "1 rows" in repr(shown)


@pytest.mark.parametrize(("own", "standing"), [(0.99, "in 2"), (0.6, "in none")])
def test_the_picture_says_how_we_stand(own, standing):
    ax = accuracy.beside_others(beside("attribution", dict.fromkeys(OWN, own)))
    assert "ahead of all 5 peers in 2 of 2" in alt_text(ax).replace("\n", " ")
    assert standing in alt_text(ax).replace("\n", " ")
    assert len(ax.collections) == 7


def test_the_curve_has_a_point_for_each_bin():
    bins = reliability([0.2, 0.2, 0.9, 0.9], [False, True, True, True], 2)
    ax = accuracy.calibration(bins, 0.2)
    assert "off by 20.0 points" in alt_text(ax)
    assert ax.lines[1].get_xydata().tolist() == [[0.2, 0.5], [0.9, 1.0]]
