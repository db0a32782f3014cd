"""Notebook 05's pictures and sentences: no zeros, findings only with enough behind them."""

from __future__ import annotations

import nbformat
import pandas as pd
import pytest

from conftest import ROOT, drawn, words_drawn
from sayso.analyze.blame import readings
from sayso.analyze.blame.rates import charge_rates, differences
from sayso.show import blame as plots
from sayso.show.canvas import BLUE


def pairs(**ties: dict[str, int]) -> pd.DataFrame:
    """Return ties by blamer and target, half of them in either voice where they are even."""
    rows = []
    for who, targets in ties.items():
        for whom, n in targets.items():
            parts = [n // 2, n // 2] if n % 2 == 0 else [n]
            rows += [(who, v, whom, k) for v, k in zip(("told", "quoted"), parts, strict=False)]
    return pd.DataFrame(rows, columns=["blamer", "voice", "target", "n_ties"])


def test_there_is_a_piece_for_each_pair_and_none_for_no_ties():
    picture = plots.blame_matrix(pairs(Ada={"Bo": 3, "Cy": 1}, Bo={"Cy": 2}))
    told = [bar.find("title").text for bar in drawn(picture, "rect")]
    assert told == ["Bo: 3 of 4 (75%)", "Cy: 1 of 4 (25%)", "Cy: 2 of 2 (100%)"]
    assert "n = 6;" in picture.subtitle and "not drawn" not in picture.subtitle


def test_those_of_most_ties_are_drawn_and_the_rest_is_told():
    ties = {f"p{n:02}": {f"t{n:02}": 40 - n, "t00": 1} for n in range(30)}
    table = pairs(**ties)
    picture = plots.blame_matrix(table, rows=5)
    assert len(picture.rows) == 5 and "; 25 more blamers not drawn" in picture.subtitle
    counts = sum(int(bar.find("title").text.split()[1]) for bar in drawn(picture, "rect"))
    assert f"n = {counts} of {table['n_ties'].sum():,}" in picture.subtitle


def test_a_target_called_others_is_no_rest():
    many = {f"t{n:02}": 1 for n in range(12)} | {"others": 9}
    picture = plots.blame_matrix(pairs(Ada=many))
    told = [bar.find("title").text for bar in drawn(picture, "rect")]
    assert told[0].startswith("others: 9 of") and told[-1].startswith("5 other targets: 5 of")


@pytest.mark.parametrize(
    ("counts", "finding"),
    [
        ({"Bo": 28, "Cy": 10}, True),
        ({"Bo": 20, "Cy": 18}, False),  # as near as chance may bring them
        ({"Bo": 20, "Cy": 5}, False),  # too few ties
        ({"Bo": 40}, True),
    ],
)
def test_a_title_states_a_finding_only_with_enough_behind_it(counts, finding):
    words = plots.blame_matrix(pairs(Ada=counts)).title
    found = f"Most often Ada blames Bo: {counts['Bo']} of {sum(counts.values())} ties"
    assert words == (found if finding else "Who blames whom")


def test_those_who_are_not_named_lead_no_title():
    table = pairs(**{"(nobody named)": {"Bo": 90}, "Ada": {"Bo": 40, "Cy": 2}})
    assert plots.blame_matrix(table).title == "Most often Ada blames Bo: 40 of 132 ties"


@pytest.mark.parametrize(("denied", "finding"), [(29, False), (30, True)])
def test_denials_are_counted_in_the_title_if_they_are_enough(denied, finding):
    row = {"outlet": "Post", "n_charges": 99, "with_answer": denied, "left_out": 0}
    picture = plots.answered(pd.DataFrame([row | {"no_answer_known": 99 - denied}]))
    assert (str(denied) in picture.title) == finding


@pytest.mark.parametrize(("ties", "finding"), [(29, False), (40, True)])
def test_a_share_is_stated_in_the_title_if_there_are_enough_ties(ties, finding):
    row = {"outlet": "Post", "n_articles": 9, "n_agentless": 10, "n_ties": ties, "share": 10 / ties}
    table = pd.DataFrame([row | {"low": None, "high": None}]).astype({"low": float})
    found = "10 of 40 ties of blame (25%) name nobody who blames"
    assert (plots.agentless(table).title == found) == finding


def outlets(**counts: list[int]) -> pd.DataFrame:
    rows = [(name, None, n, 100) for name, numbers in counts.items() for n in numbers]
    return pd.DataFrame(rows, columns=["group", "event", "n_charges", "n_words"])


FEW, MANY = [0, 1, 0, 2, 1, 0, 1, 1, 0, 1], [4, 5, 3, 6, 4, 5, 4, 3, 5, 6]


def test_a_difference_that_holds_is_told_with_its_interval_and_numbers():
    words = plots.differences(differences(outlets(Post=FEW, Herald=MANY)), "outlet").words
    assert words.startswith("Herald carries 3.80 charges an article more than Post (95% interval ")
    assert "; 10 and 10 articles)" in words and "1 pair of outlets" in words
    paired = outlets(Post=FEW, Herald=MANY).assign(event=[*"abcdefghij"] * 2)
    words = plots.differences(differences(paired), "outlet").words
    assert "on the same events (95%" in words and "; 10 events)" in words


def test_what_does_not_hold_is_not_told_as_a_difference():
    words = plots.differences(differences(outlets(Post=FEW, Herald=FEW[::-1])), "agency").words
    assert "1 pair of agencies" in words and "no difference" in words and "carries" not in words
    words = plots.differences(differences(outlets(Post=FEW[:9], Herald=MANY)), "outlet").words
    assert words.startswith("Fewer than two outlets have 10 articles")


def test_many_differences_are_told_in_the_table():
    each = outlets(**{f"o{n}": [k + 4 * n for k in FEW] for n in range(5)})
    words = plots.differences(differences(each), "outlet").words
    assert words.count("carries") == 5 and "5 more differences stand in the table" in words


def test_charges_per_article_are_drawn_with_n_and_hollow_where_there_is_no_interval():
    table = charge_rates(outlets(Herald=MANY * 2, Post=FEW[:4]))
    picture = plots.charge_rates(table)
    assert [w for w in words_drawn(picture) if "n = " in w] == ["4.50; n = 20", "0.75; n = 4"]
    full, hollow = drawn(picture, "path")
    assert full.get("fill") == BLUE and hollow.get("fill") == "none"
    lines = [line for line in drawn(picture, "line") if line.get("stroke") == BLUE]
    ends = [float(lines[0].get(end)[:-1]) / 100 for end in ("x1", "x2")]
    most = table[["per_article", "high"]].max().max()
    assert ends == pytest.approx([table["low"][0] / most, table["high"][0] / most], abs=1e-4)
    assert max(ends) <= 1  # no interval leaves the picture


def test_the_opening_tells_what_is_left_out_and_what_is_expected_right():
    found = pd.DataFrame({"confidence": [0.2, 0.7, 0.9, 0.8]})
    words = plots.opening(found[found["confidence"] >= 0.5], found, 0.5).words
    assert "Of 4 ties" in words and "(left out: 1)" in words and "80% of them are right" in words
    assert "right" not in plots.opening(found.iloc[:0], found.iloc[:0], 0.5).words


def test_the_charges_of_all_articles_are_told():
    words = plots.overall(outlets(Post=MANY, Herald=[0, 0]), "outlet").words
    assert words.startswith("45 charges in 12 articles") and "3.75 an article (95%" in words
    assert "2 of 12 articles without a charge" in words and "without a known" not in words
    few = outlets(Post=[1, 2]).assign(group=None)
    words = plots.overall(few, "outlet").words
    assert "95%" not in words and "2 of 2 articles without a known outlet" in words
    assert "0 charges in 0 articles" in plots.overall(outlets(), "outlet").words


def test_what_was_read_is_told_and_what_was_not():
    assert plots.read(readings.Reading(3, 10), "it").endswith("in 3 of 10 cases that were read in "
                                                              "real articles.")  # fmt: skip
    assert plots.read(None, "it") == "How often it is right was not measured."


def test_the_outlets_own_voice_tells_its_figure(monkeypatch):
    monkeypatch.setattr(readings, "OWN", readings.Reading(45, 50))
    words = plots.own_voice().words
    assert "45 of 50 cases (90%)" in words and "80%" in words and words.endswith("it is.")
    monkeypatch.setattr(readings, "OWN", readings.Reading(30, 50))
    assert plots.own_voice().words.endswith("so it is not.")


def test_last_names_that_one_full_name_bears_are_told():
    rows = [("Ada Lund", "Bernie Bo"), ("Lund", "House"), ("White House", "Bo"), ("Jim Bo", "Bo")]
    rows += [("officials", "Clinton officials")]
    words = plots.perhaps_one(pd.DataFrame(rows, columns=["blamer", "target"])).words
    assert "'Lund' and 'Ada Lund'" in words and "House" not in words and "officials" not in words
    assert "'Bo'" not in words
    assert not plots.perhaps_one(pd.DataFrame(rows[:1], columns=["blamer", "target"])).words


def periods(*rows) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["period", "n_articles", "n_ties", "low", "high"])
    return table.assign(per_article=table["n_ties"] / table["n_articles"])


def targets(*rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["period", "target", "n_ties", "per_article"])


def test_bars_stand_where_their_time_is_and_are_as_high_as_all_blame_per_article():
    totals = periods(("2019-11", 4, 6, None, None), ("2020-02", 10, 5, 0.2, 0.8))
    by_target = targets(("2019-11", "Bo", 5, 1.25), ("2020-02", "Cy", 2, 0.2))
    picture = plots.over_time(totals.astype({"low": float, "high": float}), by_target)
    bars = drawn(picture, "rect")
    whole: dict[float, float] = {}
    for bar in bars:
        x = float(bar.get("x")[:-1])
        whole[x] = whole.get(x, 0) + float(bar.get("height")) / plots.TALL * 1.5
    (first, high), (last, low) = sorted(whole.items())
    assert (high, low) == pytest.approx((1.5, 0.5), abs=0.01)
    assert last - first == pytest.approx(3 * float(bars[0].get("width")[:-1]) / 0.8, abs=0.05)
    words = words_drawn(picture)
    assert {"2019-11", "n = 4", "2020-02", "n = 10"} <= set(words)
    (line,) = [line for line in drawn(picture, "line") if line.get("stroke-width") == "1.6"]
    tall = float(line.get("y1")) - float(line.get("y2"))
    assert tall == pytest.approx(0.6 / 1.5 * plots.TALL, abs=0.2)


@pytest.mark.parametrize(
    ("first", "last", "steps"),
    [("2019", "2024", 5), ("2019-12", "2020-01", 1), ("2020-W53", "2021-W02", 2),
     ("2021-02-27", "2021-03-02", 3)],
)  # fmt: skip
def test_steps_of_time_stand_apart(first, last, steps):
    assert plots._place(last) - plots._place(first) == steps


def test_days_over_years_are_drawn_and_named_at_a_few_places():
    days = pd.date_range("2012-01-01", periods=300, freq="11D").strftime("%Y-%m-%d")
    totals = periods(*[(day, 1, 1, float("nan"), float("nan")) for day in days])
    picture = plots.over_time(totals, targets(*[(day, "Bo", 1, 1.0) for day in days]))
    assert len(drawn(picture, "rect")) == 300
    assert 3 <= len([words for words in words_drawn(picture) if words.startswith("20")]) <= 4


def test_nothing_is_drawn_where_nothing_is():
    none = periods()
    for picture in (
        plots.over_time(none, targets()),
        plots.blame_matrix(pairs()),
        plots.charge_rates(charge_rates(outlets())),
        plots.answered(pd.DataFrame(columns=["outlet", "n_charges"])),
        plots.agentless(pd.DataFrame(columns=["outlet", "n_ties"])),
    ):
        assert picture.title.startswith("No") and "<svg" not in picture.markup


CALM = "The bay is calm. Ships came and went, and the mayor spoke about the weather on Monday. " * 3
BLAME = (
    "Ada Lund accused the harbour board of dumping oil into the bay. The board denied the charge. "
    'The ferry line was accused of fraud. "The ministry is to blame," said Bo Ek.\n'
)
CORPORA = {
    "no blame": ("id,outlet,published,text", [f"a{n},Post,2021-03-0{n},{CALM}" for n in (1, 2)]),
    "one article": ("id,outlet,published,text", [f'a,Post,2021-03-01,"{{}}{CALM}"']),
    "no outlets": ("id,published,text", [f'a{n},2021-03-0{n},"{{}}{CALM}"' for n in (1, 2)]),
    "no dates": ("id,outlet,text", [f'a{n},Post,"{{}}{CALM}"' for n in (1, 2)]),
    "years only": ("id,outlet,published,text", [f'a{n},Post,201{n},"{{}}{CALM}"' for n in (1, 9)]),
}


CASES = [(name, "outlet") for name in CORPORA]
CASES += [("no outlets", by) for by in ("agency", "month", "article_id")]


@pytest.mark.parametrize(("name", "by"), CASES)
def test_the_notebook_says_something_of_any_corpus(name, by, tmp_path):
    head, rows = CORPORA[name]
    told = BLAME.replace('"', '""')
    file = tmp_path / "news.csv"
    file.write_text("\n".join([head, *(row.format(told) for row in rows)]), encoding="utf-8")
    values = {"corpus": str(file), "by": by}
    for cell in nbformat.read(ROOT / "notebooks" / "05-blame.ipynb", as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, name, "exec"), values)
        if "parameters" in cell.metadata.get("tags", []):
            values |= {"corpus": str(file), "by": by}
    blamed = name != "no blame"
    assert (len(values["charging"]) > 0) == (values["each"]["n_charges"].sum() > 0) == blamed
    assert len(values["each"]) == len(rows)
