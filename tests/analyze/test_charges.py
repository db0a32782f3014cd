"""Charges and answers across articles, and headlines checked against the body."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from sayso.analyze.blame.charges import answers, find_charges
from sayso.analyze.blame.headlines import check_headlines
from sayso.analyze.blame.ties import agentless, cells, label, matrix, over_time, told
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


def test_no_ties_make_empty_tables(articles):
    none = frame(Blame, [])
    assert list(find_charges(none, articles)) == columns(Charge)
    assert answers(find_charges(none, articles)).empty
    assert matrix(none).empty
    assert over_time(none, articles).empty


def test_the_matrix_keeps_voices_and_denials_apart(blames, articles):
    table = matrix(blames)
    assert table.loc[("Ada Lund", "told"), "Delta Harbour"] == 1
    assert table.loc[("Ada Lund", "quoted"), "Delta Harbour"] == 1
    assert table.loc[("(the outlet)", "own"), "Ada Lund"] == 1
    assert table.to_numpy().sum() == 5
    assert set(told(blames)) == {"told", "quoted", "own"}
    assert label(blames).tolist()[2] == "(nobody named)"
    listed = cells(blames, articles)
    assert len(listed) == 6 and list(listed)[:3] == ["blamer", "target", "stance"]


def test_agentless_shares_have_intervals(blames, articles):
    table = agentless(blames, articles).set_index("outlet")
    assert (table.loc["The Post", "n_agentless"], table.loc["The Post", "n_ties"]) == (1, 3)
    assert 0 <= table.loc["The Post", "low"] <= table.loc["The Post", "share"] <= 1


def test_ties_by_month(blames, articles):
    months = over_time(blames, articles)
    assert months["n_ties"].sum() == 5


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
    assert found.status.tolist() == [status]
    row = found.iloc[0]
    text = f"{headline}\n\n{body}\n"
    assert text[row.start : row.end] == row.words
    assert row.body is None or pd.isna(row.body) or text[slice(*row.body_span)] == row.body


def test_a_headline_without_marks_has_no_row():
    text = "Mayor speaks\n\nShe spoke.\n"
    assert check_headlines(an_article(text, "Mayor speaks")).empty
