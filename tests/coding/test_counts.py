"""From codings to figures and agreement: one folder of codings, all that is told of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import sayso
from conftest import INVENTED
from sayso.coding.agree import accuracy, agreement
from sayso.coding.codings import found_items
from sayso.coding.counts import (
    MARKS,
    beside,
    by_article,
    headline,
    together,
)
from sayso.coding.items import counted, suggested
from sayso.coding.sheet import read, write_csv
from sayso.coding.tables import coded_quotes


def fill(folder, change=lambda row: None, verdict="right"):
    """Fill all sheets of a coder in, then change rows of quotes."""
    for path in sorted(folder.glob("*.csv")):
        rows = read(path)
        rows[0]["done"] = "yes"
        for row in rows[1:]:
            if row["quote_id"]:
                row["verdict"] = verdict
                change(row)
        path.write_text(write_csv(rows), encoding="utf-8", newline="")


@pytest.fixture
def out(invented, tmp_path):
    invented.sample(tmp_path / "c", 6, coders="anna,ben", blind="none")
    return tmp_path / "c"


def given(invented, out):
    news = invented.with_codings(out)
    return news.codings, beside(news.codings, {"quotes": news.quotes}, news.articles)


def test_all_right_changes_nothing(invented, out):
    fill(out / "anna")
    codings, both = given(invented, out)
    figures = headline(both)
    assert (figures["found"] - figures["corrected"]).abs().max() < 1e-9
    assert (figures["high"] - figures["low"]).abs().max() < 1e-9
    assert (figures["like_high"] > figures["like_low"]).all()
    names = ["quote_id", "kind", "cue_stance", "speaker", "content", "act", "affiliation"]
    quotes = counted(invented.quotes)
    own = quotes[quotes["article_id"].isin(codings.texts)].sort_values("quote_id")
    coded = coded_quotes(codings, {"quotes": counted(invented.quotes)}).sort_values("quote_id")
    pd.testing.assert_frame_equal(
        coded[names].reset_index(drop=True), own[names].reset_index(drop=True)
    )


def test_wrong_ones_lower_the_total_and_marks_move_the_share(invented, out):
    fill(
        out / "anna",
        lambda row: row.update(verdict="wrong" if row["kind"] == "indirect" else "right"),
    )
    _, both = given(invented, out)
    figures = headline(both).set_index("figure")
    assert figures.loc["quotes", "corrected"] < figures.loc["quotes", "found"]
    share = figures.loc["share with quotation marks"]
    assert share["corrected"] > share["found"] and share["high"] <= 1
    table = by_article(both)
    assert (table["coded"] <= table["found"]).all() and len(table) == 6


def test_groups_of_too_few_coded_articles_are_not_corrected(invented, out):
    fill(out / "anna")
    _, both = given(invented, out)
    table = both.by_group("outlet", MARKS)
    whole = table["n_coded"] >= np.minimum(table["n_articles"], 2)
    assert table.loc[whole, "corrected"].notna().all() and whole.any()
    assert table.loc[~whole, "corrected"].isna().all() and (~whole).any()
    assert table["found"].notna().all()


def test_without_a_draw_nothing_is_corrected_and_it_is_said(invented, out):
    fill(out / "anna")
    (out / "design.csv").unlink()
    _, both = given(invented, out)
    assert "stand for no others" in both.why_not
    assert headline(both)["corrected"].isna().all()
    assert both.by_group("outlet", MARKS)["corrected"].isna().all()


def test_one_coded_article_corrects_nothing(invented, out):
    fill(out / "anna")
    for path in sorted((out / "anna").glob("*.csv"))[1:]:
        path.unlink()
    assert "1 are coded" in given(invented, out)[1].why_not


def test_small_strata_are_put_together():
    strata = pd.Series(["a"] * 4 + ["b"] * 3 + ["c"] * 3)
    coded = pd.Series([True, True, False, False] + [True, False, False] * 2)
    assert together(strata, coded).tolist() == ["a"] * 4 + ["(together)"] * 6
    coded[7] = False
    coded[4] = False
    assert together(strata, coded).nunique() == 1
    assert together(strata, pd.Series(True, strata.index)).equals(strata)


def test_two_who_say_the_same_agree(invented, out):
    fill(out / "anna")
    fill(out / "ben")
    codings, _ = given(invented, out)
    table = agreement(codings).set_index("what")
    assert (table["value"] == 1).all() and table["n_articles"].eq(6).all()
    assert (table["low"] == 1).all() and list(table["measure"]) == [
        "F1",
        "unitizing alpha",
        *["alpha"] * 3,
    ]


def test_disagreement_is_told_and_bounded(invented, out):
    fill(out / "anna")
    numbers = iter(range(1000))

    def differ(row):
        n = next(numbers)
        row["verdict"] = "wrong" if n % 4 == 0 else "right"
        row["stance"] = "denying" if n % 3 == 0 else row["stance"]

    fill(out / "ben", differ)
    codings, _ = given(invented, out)
    table = agreement(codings).set_index("what")
    spans = table[table["measure"] == "unitizing alpha"].iloc[0]
    table = table[table["measure"] != "unitizing alpha"]
    assert spans["low"] < spans["value"] < spans["high"] < 1
    n = sum(len(codings.coded[name, "anna"]) for name in codings.texts)
    kept = n - len(range(0, n, 4))
    assert table.loc["quotes", "value"] == pytest.approx(2 * kept / (n + kept))
    assert table.loc["quotes", "low"] < table.loc["quotes", "value"] < table.loc["quotes", "high"]
    assert table.loc["quotes: stance", "value"] < 0.7 < table.loc["quotes: kind", "value"]
    assert table.loc["quotes", "n"] == kept


def test_alpha_is_that_of_the_textbook():
    # Krippendorff (2011), computing alpha: nominal data of two coders, alpha .095.
    from sayso.analyze.framing.agreement import alpha

    codes = np.array(
        list(zip([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0], strict=True))
    )
    assert alpha(codes, 2) == pytest.approx(0.095, abs=5e-4)


def test_accuracy_counts_articles_by_what_they_stand_for(invented, out):
    fill(
        out / "anna", lambda row: row.update(verdict="wrong" if row["kind"] == "mixed" else "right")
    )
    codings, _ = given(invented, out)
    outlets = invented.articles.set_index("article_id")["outlet"].to_dict()
    table = accuracy(
        codings, found_items(codings, suggested({"quotes": invented.quotes})), outlets
    ).set_index("of")
    assert table.loc["direct", "precision"] == table.loc["quotes", "recall"] == 1
    assert table.loc["mixed", "precision"] == 0 and np.isnan(table.loc["mixed", "recall"])
    weight = 1 / codings.design.set_index("article_id")["pi"]
    found = counted(invented.quotes)
    found = found[found["article_id"].isin(codings.texts)]
    right = found["article_id"].map(weight)[found["kind"] != "mixed"].sum()
    assert table.loc["quotes", "precision"] == pytest.approx(
        right / found["article_id"].map(weight).sum()
    )
    assert table.loc["quotes", "precision_low"] <= table.loc["quotes", "precision"]
    assert any(name.startswith("outlet: ") for name in table.index)


def test_nobody_else_no_agreement(invented, out):
    fill(out / "anna")
    assert agreement(given(invented, out)[0]).empty


def test_the_corpus_itself_is_not_changed(invented, out):
    fill(out / "anna")
    given(invented, out)
    assert invented.codings is None
    assert len(sayso.read(INVENTED)) == len(invented)
