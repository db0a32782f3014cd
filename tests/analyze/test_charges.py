"""Charges and answers across articles, and headlines checked against the body."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from conftest import sentences_of
from sayso.analyze.blame.charges import answers, denied, find_charges, made
from sayso.analyze.blame.headlines import check_headlines, readable
from sayso.analyze.blame.ties import (
    agentless,
    cells,
    charging,
    denying,
    label,
    matrix,
    nameless,
    over_time,
    pairs,
    told,
)
from sayso.reading import build_article
from sayso.tables.columns import columns, frame, schema
from sayso.tables.compared import Charge, HeadlineQuote
from sayso.tables.extracted import ArticleRow, Blame

OUTLETS = {"a": "The Post", "b": "The Herald", "c": "The Post"}


@pytest.fixture(scope="module")
def articles() -> pd.DataFrame:
    rows = []
    for number, (article_id, outlet) in enumerate(OUTLETS.items(), 1):
        article = build_article("The bay is dead. " * 40, article_id=article_id).row()
        known = {f: getattr(article, f) for f in columns(ArticleRow)}
        known |= {"outlet": outlet, "published": date(2021, 3, number)}
        rows.append(ArticleRow(**known | {"published_precision": "day"}))
    return frame(ArticleRow, rows)


def blame(article_id: str, at: int, blamer, target, issue, stance="assert", **more) -> Blame:
    known = {
        "blame_id": f"{article_id}-b{at}-0",
        "article_id": article_id,
        "blamer": blamer,
        "blamer_kind": "named" if blamer else "unnamed",
        "target": target,
        "issue": issue,
        "cue": "accused",
        "stance": stance,
        "direction": "other",
        "agentless": blamer is None,
        "voice": "outlet",
        "confidence": 0.5,
        "blamer_mention": blamer,
        "blamer_span": (0, 3) if blamer else None,
        "target_mention": target or "they",
        "target_span": (0, 3),
        "issue_span": (4, 8) if issue else None,
        "cue_span": (at, at + 7),
        "start": 0,
        "end": at + 7,
    }
    return Blame(**known | more)


@pytest.fixture(scope="module")
def blames() -> pd.DataFrame:
    rows = [
        blame("a", 10, "Ada Lund", "Delta Harbour", "dumping oil into the bay"),
        blame("a", 60, "Delta Harbour", "Delta Harbour", "the charge", "deny", direction="self"),
        blame("b", 10, None, "Delta Harbour", "dumping oil in the bay", "report"),
        blame("b", 40, "Ada Lund", "Delta Harbour", "underpaying its dockers", voice="b-q30"),
        blame("c", 10, None, None, "dumping oil", "report"),
        blame("c", 30, None, "Ada Lund", None, blamer_kind="outlet", agentless=False),
    ]
    return frame(Blame, rows)


def test_charges_join_what_says_the_same_of_one_target(blames, articles):
    charges = find_charges(blames, articles)
    schema(Charge).validate(charges)
    oil = charges[charges.issue.fillna("").str.contains("oil")]
    assert len(oil) == 1
    row = oil.iloc[0]
    assert row.blamers == ["Ada Lund"] and row.deniers == ["Delta Harbour"]
    assert (row.n_asserted, row.n_reported, row.n_denied) == (1, 1, 1)
    assert row.outlets == ["The Herald", "The Post"]
    assert row.outlets_answered == ["The Post"] and row.outlets_unanswered == ["The Herald"]
    assert (row.n_articles, row.n_answered) == (2, 1)
    assert row.first_published == pd.Timestamp("2021-03-01")
    assert row.blame_ids == ["a-b10-0", "b-b10-0"] and row.denial_ids == ["a-b60-0"]
    assert charges.iloc[0].charge_id == row.charge_id  # of most outlets first


def test_charges_without_an_issue_stand_alone_and_unresolved_targets_are_left_out(blames, articles):
    charges = find_charges(blames, articles)
    assert charges[charges.issue.isna()].target.tolist() == ["Ada Lund"]
    assert len(charges) == 3


def test_a_denial_that_names_a_charge_answers_it_wherever_it_stands(articles):
    rows = [
        blame("a", 10, "Ada Lund", "Delta Harbour", "dumping oil into the bay"),
        blame("b", 10, "Ada Lund", "Delta Harbour", "underpaying its dockers"),
        blame("b", 60, "Delta Harbour", "Delta Harbour", "dumping oil into the bay", "deny"),
    ]
    charges = find_charges(frame(Blame, rows), articles)
    oil = charges[charges.issue.str.contains("oil")].iloc[0]
    assert (oil.n_denied, oil.n_answered) == (1, 0)
    assert oil.outlets_unanswered == ["The Post"]


def test_answers_count_each_outlets_charges(blames, articles):
    table = answers(find_charges(blames, articles)).set_index("outlet")
    assert table.loc["The Herald"].to_dict() == {
        "n_charges": 2,
        "with_answer": 0,
        "left_out": 1,
        "no_answer_known": 1,
    }
    assert table.loc["The Post", "with_answer"] == 1


def test_charges_are_told_in_two_tables(blames, articles):
    charges = find_charges(blames, articles)
    assert len(made(charges)) == 3 and list(made(charges))[:2] == ["target", "issue"]
    (row,) = denied(charges).itertuples()
    assert "oil" in row.issue and row.outlets_unanswered == ["The Herald"]


def test_no_ties_make_empty_tables(articles):
    none = frame(Blame, [])
    assert list(find_charges(none, articles)) == columns(Charge)
    assert answers(find_charges(none, articles)).empty
    assert matrix(none).empty and pairs(none).empty
    assert over_time(none, articles).empty and agentless(none, articles).empty


def test_the_matrix_keeps_voices_and_denials_apart(blames, articles):
    table = matrix(blames)
    assert table.loc[("Ada Lund", "told"), "Delta Harbour"] == 1
    assert table.loc[("Ada Lund", "quoted"), "Delta Harbour"] == 1
    assert table.loc[("(the outlet)", "own"), "Ada Lund"] == 1
    assert table.to_numpy().sum() == 5
    assert set(told(blames)) == {"told", "quoted", "own"}
    assert label(blames).tolist()[2] == "(nobody named)"
    listed = cells(blames, sentences_of(articles), articles)
    assert len(listed) == 6 and list(listed)[:3] == ["blamer", "target", "stance"]


def test_pairs_are_the_matrix_without_its_zeros(blames):
    rows = pairs(blames)
    assert list(rows) == ["blamer", "voice", "target", "n_ties"]
    wide = matrix(blames)
    assert all(wide.loc[(r.blamer, r.voice), r.target] == r.n_ties for r in rows.itertuples())
    assert rows["n_ties"].sum() == wide.to_numpy().sum() and (rows["n_ties"] > 0).all()


def test_blame_is_told_from_denials_and_from_blame_without_a_blamer(blames):
    assert denying(blames)["blame_id"].tolist() == ["a-b60-0"]
    assert len(charging(blames)) == len(blames) - 1
    assert nameless(blames)["blame_id"].tolist() == ["b-b10-0", "c-b10-0"]


def test_agentless_shares_have_intervals_where_several_articles_are_counted(blames, articles):
    table = agentless(blames, articles).set_index("outlet")
    post, herald = table.loc["The Post"], table.loc["The Herald"]
    assert (post.n_articles, post.n_agentless, post.n_ties) == (2, 1, 3)
    assert 0 < post.low < post.share < post.high < 1
    assert (herald.n_articles, herald.n_agentless, herald.n_ties) == (1, 1, 2)
    assert herald.share == 0.5 and pd.isna(herald.low) and pd.isna(herald.high)


@pytest.mark.parametrize(
    ("period", "first"), [("day", "2021-03-01"), ("month", "2021-03"), ("year", "2021")]
)
def test_ties_by_day_month_and_year(blames, articles, period, first):
    table = over_time(blames, articles, period)
    assert table["n_ties"].sum() == 5 and table["period"].iloc[0] == first


def test_ties_of_articles_that_are_known_less_exactly_are_left_out(blames, articles):
    vague = articles.assign(published_precision=["month", "year", "day"])
    assert over_time(blames, vague, "day")["n_ties"].sum() == 2
    assert over_time(blames, vague, "month")["n_ties"].sum() == 3
    assert over_time(blames, vague, "year")["n_ties"].sum() == 5


def an_article(text: str, headline: str) -> pd.DataFrame:
    row = build_article(text, article_id="h").row()
    known = {f: getattr(row, f) for f in columns(ArticleRow)}
    return frame(ArticleRow, [ArticleRow(**known | {"headline": headline, "subhead": None})])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('"We will never leave the bay," the mayor said.', "quoted"),
        ('"We will never go," the mayor said. It is a bay.', "quoted in part"),
        ("The mayor told fishers that they would never leave the bay.", "not quoted"),
        ('"We stay," the mayor said on Monday.', "absent"),
    ],
)
def test_words_in_a_headlines_marks_are_looked_for_in_the_body(body, status):
    headline = "Fishers ‘never leave the bay’, mayor says"
    if status == "quoted in part":
        headline = "Fishers ‘will never leave’, mayor says"
    found = check_headlines(an_article(f"{headline}\n\n{body}\n", headline))
    schema(HeadlineQuote).validate(found)
    assert list(readable(found)) == ["outlet", "words", "status", "share", "body"]
    assert found.status.tolist() == [status]
    row = found.iloc[0]
    text = f"{headline}\n\n{body}\n"
    assert text[row.start : row.end] == row.words
    assert row.body is None or pd.isna(row.body) or text[slice(*row.body_span)] == row.body


def test_a_headline_without_marks_has_no_row():
    text = "Mayor speaks\n\nShe spoke.\n"
    assert check_headlines(an_article(text, "Mayor speaks")).empty
