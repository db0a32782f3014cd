"""What notebook 91 tells of codings, and its pictures."""

from __future__ import annotations

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from sayso.coding import account
from sayso.coding.agree import agreement
from sayso.coding.codings import example_or, found_items
from sayso.coding.counts import MARKS, QUOTES, beside, by_article, headline
from sayso.coding.items import suggested
from sayso.show.accuracy import before_and_after, found_and_coded
from sayso.show.table import with_corrected


@pytest.fixture(scope="module")
def given(seeds):
    codings = example_or("", seeds.articles)
    return codings, beside(codings, {"quotes": seeds.quotes}, seeds.articles)


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_the_seeds_have_a_worked_example(given):
    codings, both = given
    assert len(codings.texts) == 3 and both.why_not == "" and codings.problems.empty
    figures = headline(both).set_index("figure")
    assert (figures["low"] <= figures["corrected"]).all()
    assert (figures["corrected"] <= figures["high"]).all()
    assert (figures["like_high"] - figures["like_low"] > figures["high"] - figures["low"]).all()


def test_other_articles_have_none_and_are_told_what_to_do(invented):
    codings = example_or("", invented.articles)
    both = beside(codings, {"quotes": invented.quotes}, invented.articles)
    assert "sayso sample" in both.why_not
    assert headline(both)["corrected"].isna().all()
    for table in (by_article(both), account.more(both), account.anchoring(codings, {})):
        assert table.empty
    assert account.methods(codings, headline(both), agreement(codings)) == []
    assert found_and_coded(by_article(both)).get_title(loc="left") == "Nothing is coded"


def test_an_outlet_that_is_coded_whole_is_what_the_coders_say(given):
    codings, both = given
    table = both.by_group("outlet", QUOTES).set_index("outlet")
    whole = table[table["n_coded"] == table["n_articles"]]
    name = {row.outlet: row.article_id for row in both.articles.itertuples()}
    assert len(whole) == 2
    for outlet, row in whole.iterrows():
        assert row["low"] == row["corrected"] == row["high"] == len(codings.settled[name[outlet]])


def test_the_draw_is_told_by_stratum(given):
    table = account.strata(given[0].design, given[0].texts)
    assert table[["n_articles", "n_drawn", "n_coded"]].values.tolist() == [[5, 3, 3]]


def test_blind_articles_and_others_are_told_apart(given, seeds):
    codings, _ = given
    told = account.anchoring(codings, found_items(codings, suggested({"quotes": seeds.quotes})))
    assert told["articles"].tolist() == ["blind"] and told["n_articles"].tolist() == [3]


def test_more_articles_for_narrower_intervals(given):
    table = account.more(given[1])
    widths = table[[f"for {width}" for width in account.HALF_WIDTHS]]
    assert (widths.diff(axis=1).iloc[:, 1:] >= 0).all().all() and (widths >= 3).all().all()


def test_the_methods_are_sentences(given):
    codings, both = given
    told = " ".join(account.methods(codings, headline(both), agreement(codings)))
    assert told.startswith("Of 5 articles, 3 were drawn") and "as corrected" in told


def test_pictures_state_what_they_show(given):
    _, both = given
    title = found_and_coded(by_article(both)).get_title(loc="left").replace("\n", " ")
    assert title.startswith("Coders mark more quotes than were found in")
    shares = both.by_group("outlet", MARKS)
    ax = before_and_after(shares, "share with marks", "outlet")
    # The groups that are corrected are coded whole: nothing can be outside.
    assert "has an interval of any width" in ax.get_title(loc="left").replace("\n", " ")
    assert [label.get_text() for label in ax.get_yticklabels()] == shares["outlet"].tolist()


def test_groups_without_a_width_are_out_of_the_title():
    rows = [("a", 0.2, 0.5, 0.4, 0.6), ("b", 0.4, 0.4, 0.4, 0.4), ("c", 0.5, 0.5, 0.4, 0.6)]
    shares = pd.DataFrame(rows, columns=["outlet", "found", "corrected", "low", "high"])
    title = before_and_after(shares, "share", "outlet").get_title(loc="left")
    assert "in 1 of 2 groups" in title.replace("\n", " ")


def test_the_account_has_all_that_notebook_91_tells(seeds):
    made = account.prepare(seeds)
    assert set(made.found) == set(made.codings.texts) and len(made.figures)
    assert account.pairs("abc").to_numpy().tolist() == [["a", "b"], ["a", "c"], ["b", "c"]]
    assert "within 1 stratum: (all)" in account.methods(made.codings, made.figures, made.agreed)[0]


def test_a_table_gets_what_codings_make_of_it():
    data = pd.DataFrame({"outlet": ["a", "b"], "n": [3, 4]})
    rows = [("a", 0.25, 0.1, 0.4, 3), ("b", None, None, None, 1)]
    figures = pd.DataFrame(rows, columns=["outlet", "corrected", "low", "high", "n_coded"])
    shown = with_corrected(data, figures)
    assert shown["corrected (95% interval)"].tolist() == ["25.0% (10.0% to 40.0%; 3 coded)", ""]
    assert with_corrected(data, None) is data
