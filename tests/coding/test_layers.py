"""Blame and frames coded beside quotes: figures corrected, what to code next, thresholds."""

from __future__ import annotations

import numpy as np
import pytest
from test_counts import fill

from sayso.analyze.blame import ties
from sayso.analyze.framing import shares
from sayso.coding.counts import (
    AGENTLESS,
    CHARGES,
    FRAMES,
    HEADLINES,
    TIES,
    WHOLE,
    corrections,
    headline,
    noted,
)
from sayso.coding.folder import Plan
from sayso.coding.gain import extended, next_articles, thresholds
from sayso.coding.items import counted, found_tables

BOOK = "generic-cues"
LAYERS = {"quotes": "", "blames": "", "frames": BOOK}


@pytest.fixture
def out(invented, tmp_path):
    ask = {"ask": f"quotes,blames,frames:{BOOK}", "tools": "brat,labelstudio"}
    invented.sample(tmp_path / "c", 6, blind="none", **ask)
    return tmp_path / "c"


def same(table):
    told = table.dropna(subset="corrected")
    assert len(told)
    for name in ("corrected", "low", "high"):
        assert (told["found"] - told[name]).abs().max() < 1e-9


def test_all_right_changes_no_figure_of_blame_and_frames(invented, out):
    fill(out / "coder1")
    both = corrections(invented, str(out), LAYERS)
    assert noted(both, "frames") == (
        "6 of 10 articles are coded: what they say corrects the figures below."
    )
    same(headline(both))
    framing = both.found["frames"]
    shown = shares.frame_shares(framing, invented.articles).query("n_present > 0")
    same(both.rows(shown, FRAMES, "outlet"))
    told = both.rows(shown, FRAMES, "outlet")["found"].to_numpy()
    assert np.abs(told - shown["share"]).max() < 1e-9
    parts = shares.headline_counts(shares.headline_against_body(framing, invented.articles))
    same(both.rows(parts, HEADLINES))
    same(both.rows(both.found["whole"], WHOLE, "article_id"))
    pairs = ties.pairs(invented.blames)
    assert both.rows(pairs, TIES)["found"].tolist() == pairs["n_ties"].tolist()
    same(both.rows(pairs, TIES))
    for figure in (CHARGES, AGENTLESS):
        same(both.by_group("outlet", figure))


def test_blame_that_is_wrong_and_frames_that_are_missed_move_their_figures(invented, out):
    def change(row):
        row["verdict"] = "wrong" if row["kind"] in ("blame", "frame") else "right"

    fill(out / "coder1", change)
    figures = headline(corrections(invented, str(out), LAYERS)).set_index("figure")
    for name in ("ties of blame", "share of units with a given frame"):
        assert figures.loc[name, "corrected"] < figures.loc[name, "found"]
    assert figures.loc["quotes", "corrected"] == figures.loc["quotes", "found"]


def test_what_coders_were_not_asked_is_not_corrected(invented, out, tmp_path):
    fill(out / "coder1")
    both = corrections(invented, str(out), LAYERS | {"frames": "policy"})
    assert "frames of 'generic-cues'" in noted(both, "frames")
    assert headline(both)["corrected"].isna().all()
    invented.sample(tmp_path / "quotes", 6, blind="none")
    fill(tmp_path / "quotes" / "coder1")
    both = corrections(invented, str(tmp_path / "quotes"), {"quotes": "", "blames": ""})
    assert "not asked about blames" in noted(both, "blames")
    assert both.by_group("outlet", CHARGES)["corrected"].isna().all()
    assert corrections(invented, "", LAYERS) is None and noted(None, "quotes") == ""


def test_files_for_tools_lie_apart_and_are_no_codings(invented, out):
    assert (out / "tools" / "brat" / "0006.ann").exists()
    assert invented.with_codings(out).codings.coded == {}


@pytest.mark.parametrize("plan", [{"ask": "poems"}, {"tools": "paper"}])
def test_a_plan_that_cannot_be_is_refused(plan, invented, tmp_path):
    with pytest.raises(ValueError, match="is none of"):
        invented.sample(tmp_path / "new", 6, **plan)
    assert not (tmp_path / "new").exists()
    assert Plan().ask == "quotes"


def test_what_to_code_next_and_a_design_that_goes_on(invented, out, tmp_path):
    numbers = iter(range(1000))
    fill(out / "coder1", lambda row: row.update(verdict=("right", "wrong")[next(numbers) % 3 == 0]))
    both, codings = corrections(invented, str(out), LAYERS), invented.with_codings(out).codings
    table = next_articles(codings, both, 3)
    assert len(table) == 3 and not set(table["article_id"]) & set(codings.texts)
    assert (table["gain"] > 0).all() and table.equals(next_articles(codings, both, 3))
    more = extended(codings, both, 2)
    assert more["drawn"].sum() == 8
    assert (more["pi"] - more["n_drawn"] / more["n_stratum"]).abs().max() < 1e-9
    invented.sample(tmp_path / "more", 2, more=str(out))
    again = invented.with_codings(tmp_path / "more").codings
    assert set(again.texts) == set(codings.texts) and again.design["drawn"].sum() == 8
    assert len(list((tmp_path / "more" / "coder1").glob("*.html"))) == 6 + 2 + 2  # and two indexes


def test_a_threshold_is_fitted_where_doubtful_quotes_are_wrong(invented, out):
    own = counted(invented.quotes)
    doubtful = own[own["confidence"] < own["confidence"].quantile(0.35)]
    names = set(doubtful["quote_id"])
    fill(
        out / "coder1",
        lambda row: row.update(verdict="wrong" if row["quote_id"] in names else "right"),
    )
    codings, tables = invented.with_codings(out).codings, found_tables(invented, LAYERS)
    quotes = thresholds(codings, tables).set_index("of").loc["quotes"]
    assert quotes["f1_then"] > quotes["f1_now"] and quotes["n_articles"] == 6
    assert quotes["precision_then"] > quotes["precision_now"]
    kept = own[own["article_id"].isin(codings.texts) & (own["confidence"] >= quotes["threshold"])]
    assert len(kept) and len(names & set(kept["quote_id"])) <= len(kept) // 20
