"""The draw: strata, chances that are known, the same draw for the same seed."""

from __future__ import annotations

import csv

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.coding.design import allocate, assign, draw, load, save, stratify


def corpus(*sizes, quotes=()):
    outlets = [f"o{n}" for n, size in enumerate(sizes) for _ in range(size)]
    articles = pd.DataFrame({"outlet": outlets})
    articles["article_id"] = [f"a{n}" for n in range(len(outlets))]
    articles["sha256"] = articles["article_id"]
    return articles, pd.DataFrame({"article_id": list(quotes)}, dtype="str")


@given(st.lists(st.integers(1, 40), min_size=1, max_size=6), st.integers(2, 60))
def test_every_stratum_gives_two_or_all_and_chances_are_told(sizes, n):
    design = draw(*corpus(*sizes), n)
    assert design["drawn"].sum() == min(n, sum(sizes))
    for _, own in design.groupby("stratum"):
        assert own["drawn"].sum() == own["n_drawn"].iloc[0] >= min(2, len(own), n)
        assert (own["pi"] == own["drawn"].sum() / len(own)).all()
        assert (own["n_stratum"] == len(own)).all()


def test_the_same_seed_draws_the_same_articles():
    one, other, third = (draw(*corpus(30, 30), 10, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, other)
    assert (one["drawn"] != third["drawn"]).any()


def test_every_article_has_the_same_chance_in_its_stratum():
    drawn = sum(draw(*corpus(8), 2, seed=seed)["drawn"].astype(int) for seed in range(200))
    assert drawn.between(30, 70).all()  # 50 expected, 6 the standard deviation


def test_neyman_draws_more_where_articles_differ():
    counts = [1, 3] * 10 + [2] * 20
    names = [f"a{n}" for n, count in enumerate(counts) for _ in range(count)]
    articles, quotes = corpus(20, 20, quotes=names)
    plain = draw(articles, quotes, 10)
    better = draw(articles, quotes, 10, allocation="neyman")
    assert plain.groupby("stratum")["drawn"].sum().to_dict() == {"o0": 5, "o1": 5}
    assert better.groupby("stratum")["drawn"].sum().to_dict() == {"o0": 8, "o1": 2}


def test_small_strata_are_one_where_two_each_are_too_many():
    strata = pd.Series(["a"] * 5 + ["b"] * 3 + ["c", "d"])
    none = pd.Series(0, strata.index)
    assert stratify(strata, none, 4).value_counts().to_dict() == {"a": 5, "(others)": 5}
    assert stratify(strata, none, 8).nunique() == 4


def test_no_stratum_gives_more_than_it_has():
    sizes = pd.Series({"a": 1, "b": 100})
    assert allocate(sizes, sizes.astype(float), 10).to_dict() == {"a": 1, "b": 9}


def test_blindness_and_lead_take_turns():
    design = assign(draw(*corpus(40, 40), 16), ["anna", "ben"], "half")
    drawn = design[design["drawn"]]
    assert drawn.groupby("stratum")["blind"].sum().to_dict() == {"o0": 4, "o1": 4}
    assert drawn.groupby(["lead", "blind"]).size().to_dict() == dict.fromkeys(
        [(lead, blind) for lead in ("anna", "ben") for blind in (False, True)], 4
    )
    assert not design.loc[~design["drawn"], "blind"].any()


def test_a_design_comes_back_from_its_file(tmp_path):
    design = assign(draw(*corpus(9, 5), 6), ["anna"], "all")
    save(design, tmp_path)
    pd.testing.assert_frame_equal(load(tmp_path), design, check_dtype=False)


def test_no_cell_of_a_design_is_a_formula(tmp_path):
    articles, quotes = corpus(2, 2)
    articles["outlet"] = ["=1+1", "=1+1", "'@so", "'@so"]
    articles["article_id"] = ["-1", "\t+2", "'=3", "4"]
    design = assign(draw(articles, quotes, 4), ["ann"], "half", 1).assign(asked="quotes")
    path = save(design, tmp_path)
    with path.open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    again = load(tmp_path)
    assert again["article_id"].tolist() == design["article_id"].tolist()
    assert again["stratum"].tolist() == design["stratum"].tolist()


def test_what_a_design_lacks_is_told(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"design\.csv"):
        load(tmp_path)
    (tmp_path / "design.csv").write_text("article_id,stratum\na,b\n", encoding="utf-8")
    with pytest.raises(ValueError, match="lacks: n_stratum"):
        load(tmp_path)


@pytest.mark.parametrize("options", [{"allocation": "best"}, {"by": "colour"}])
def test_options_that_there_are_not_are_refused(options):
    with pytest.raises(ValueError, match="one of"):
        draw(*corpus(5), 3, **options)
