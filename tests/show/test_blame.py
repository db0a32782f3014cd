"""Notebook 05's pictures and sentences: no zeros, findings only with enough behind them."""

from __future__ import annotations

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest

from conftest import ROOT
from sayso.analyze.blame import readings
from sayso.analyze.blame.rates import charge_rates
from sayso.show import blame as plots
from sayso.show.canvas import alt_text


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def heading(ax) -> str:
    return " ".join(ax.get_title(loc="left").split())


def fits(ax) -> bool:
    """Whether no words of a picture are cut off."""
    figure = ax.figure
    figure.canvas.draw()
    off = []
    for axis in (ax.xaxis, ax.yaxis):
        low, high = sorted(axis.get_view_interval())
        ticks = axis.get_major_ticks()
        off += [tick.label1 for tick in ticks if not low <= tick.get_loc() <= high]
    texts = [t for t in figure.findobj(matplotlib.text.Text) if t.get_visible() and t.get_text()]
    boxes = [text.get_window_extent() for text in texts if text not in off]
    return all(
        box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1 and box.y0 >= -1
        and box.y1 <= figure.bbox.y1 + 1
        for box in boxes
    )  # fmt: skip


def pairs(**ties: dict[str, int]) -> pd.DataFrame:
    """Return ties by blamer and target, half of them in either voice where they are even."""
    rows = []
    for who, targets in ties.items():
        for whom, n in targets.items():
            parts = [n // 2, n // 2] if n % 2 == 0 else [n]
            rows += [(who, v, whom, k) for v, k in zip(("told", "quoted"), parts, strict=False)]
    return pd.DataFrame(rows, columns=["blamer", "voice", "target", "n_ties"])


def test_empty_fields_stay_empty():
    ax = plots.blame_matrix(pairs(Ada={"Bo": 3, "Cy": 1}, Bo={"Cy": 2}))
    assert [text.get_text() for text in ax.texts] == ["3", "1", "2"]
    assert "n = 6)" in ax.get_xlabel() and "not drawn" not in ax.get_xlabel()
    assert sum(row.get_array().mask.sum() for row in ax.collections) == 1


def test_those_of_most_ties_are_drawn_and_the_rest_is_told():
    ties = {f"p{n:02}": {f"t{n:02}": 40 - n, "t00": 1} for n in range(30)}
    table = pairs(**ties)
    ax = plots.blame_matrix(table, rows=5)
    told = alt_text(ax)
    assert len(ax.get_yticklabels()) == len(ax.get_xticklabels()) == 5
    assert "25 more blamers, 25 more targets" in told and fits(ax)
    drawn = sum(int(text.get_text()) for text in ax.texts)
    every = table["n_ties"].sum()
    assert f"n = {drawn}" in told and f"{every - drawn:,} of {every:,}" in told


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
    words = heading(plots.blame_matrix(pairs(Ada=counts)))
    n = f"({counts['Bo']} of {sum(counts.values())} ties)"
    assert words == (f"Most often Ada blames Bo {n}" if finding else "Who blames whom")


def test_those_who_are_not_named_lead_no_title():
    table = pairs(**{"(no blamer found)": {"Bo": 90}, "Ada": {"Bo": 40, "Cy": 2}})
    assert heading(plots.blame_matrix(table)) == "Most often Ada blames Bo (40 of 42 ties)"


@pytest.mark.parametrize(("denied", "finding"), [(29, False), (30, True)])
def test_denials_are_counted_in_the_title_if_they_are_enough(denied, finding):
    row = {"outlet": "Post", "n_charges": 99, "with_answer": denied, "left_out": 0}
    ax = plots.answered(pd.DataFrame([row | {"no_answer_known": 99 - denied}]))
    assert (str(denied) in heading(ax)) == finding


@pytest.mark.parametrize(("ties", "finding"), [(29, False), (40, True)])
def test_a_share_is_stated_in_the_title_if_there_are_enough_ties(ties, finding):
    row = {"outlet": "Post", "n_articles": 9, "n_agentless": 10, "n_ties": ties, "share": 10 / ties}
    ax = plots.agentless(pd.DataFrame([row | {"low": None, "high": None}]).astype({"low": float}))
    assert (heading(ax) == "25% of 40 ties of blame tell no blamer") == finding


def outlets(**counts: list[int]) -> pd.DataFrame:
    rows = [(name, None, n, 100) for name, numbers in counts.items() for n in numbers]
    return pd.DataFrame(rows, columns=["group", "event", "n_charges", "n_words"])


FEW, MANY = [0, 1, 0, 2, 1, 0, 1, 1, 0, 1], [4, 5, 3, 6, 4, 5, 4, 3, 5, 6]


def test_charges_per_article_are_drawn_with_n_and_hollow_where_there_is_no_interval():
    table = charge_rates(outlets(Herald=MANY * 2, Post=FEW[:4]))
    ax = plots.charge_rates(table)
    assert [text.get_text() for text in ax.texts] == ["n = 20", "n = 4"] and fits(ax)
    full, hollow = ax.lines
    assert len(full.get_xdata()) == len(hollow.get_xdata()) == 1
    assert hollow.get_markerfacecolor() == "white" != full.get_markerfacecolor()
    (line,) = [c for c in ax.collections if len(c.get_segments())]
    assert line.get_segments()[0][:, 0].tolist() == [table["low"][0], table["high"][0]]
    assert ax.get_xlim()[1] > table["high"][0]


def test_the_opening_tells_what_is_left_out_and_what_is_expected_right():
    found = pd.DataFrame({"confidence": [0.2, 0.7, 0.9, 0.8]})
    words = plots.opening(found[found["confidence"] >= 0.5], found, 0.5, 0.6).words
    assert (
        "Of 4 ties" in words
        and "(denials: 0.6)" in words
        and "(left out: 1)" in words
        and "80% of them to be right" in words
    )
    assert "right" not in plots.opening(found.iloc[:0], found.iloc[:0], 0.5, 0.6).words


def test_the_outlets_own_voice_tells_its_figure(monkeypatch):
    monkeypatch.setattr(readings, "OWN", readings.Reading("it", 45, 50))
    words = plots.own_voice().words
    assert "45 of 50 cases (90%)" in words and "80%" in words and words.endswith("it is.")
    monkeypatch.setattr(readings, "OWN", readings.Reading("it", 30, 50))
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
    ax = plots.over_time(totals.astype({"low": float, "high": float}), by_target)
    tops: dict[float, float] = {}
    for bar in ax.patches:
        middle = round(bar.get_x() + bar.get_width() / 2)
        tops[middle] = max(tops.get(middle, 0), bar.get_y() + bar.get_height())
    first, last = sorted(tops)
    assert last - first == 3 and tops[first] == 1.5 and tops[last] == 0.5
    assert [t.get_text() for t in ax.get_xticklabels()] == ["2019-11\nn = 4", "2020-02\nn = 10"]
    (segment,) = ax.collections[0].get_segments()
    assert segment[:, 1].tolist() == [0.2, 0.8] and fits(ax)


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
    ax = plots.over_time(totals, targets(*[(day, "Bo", 1, 1.0) for day in days]))
    assert 4 <= len(ax.get_xticks()) <= 5 and fits(ax)


def test_nothing_is_drawn_where_nothing_is():
    none = periods()
    for ax in (
        plots.over_time(none, targets()),
        plots.blame_matrix(pairs()),
        plots.charge_rates(charge_rates(outlets())),
        plots.answered(pd.DataFrame(columns=["outlet", "n_charges"])),
        plots.agentless(pd.DataFrame(columns=["outlet", "n_ties"])),
    ):
        assert "nothing to draw" in [text.get_text() for text in ax.texts]


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
