"""Charges and answers across articles, and headlines checked against the body."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from sayso.analyze.blame import readings
from sayso.analyze.blame.charges import SIMILAR, answers, denied, find_charges, made
from sayso.analyze.blame.headlines import check_headlines, readable
from sayso.analyze.blame.ties import (
    agentless,
    cells,
    charging,
    choose_period,
    counted,
    denying,
    label,
    merged,
    nameless,
    over_time,
    pairs,
    per_period,
    told,
    voices,
)
from sayso.model.vectors import sentence_vectors
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


def similar(sums: list, vector) -> int | None:
    """Return which sum a vector is most similar to, told plainly: each with each."""
    near = [float(one @ vector / max(np.linalg.norm(one), 1e-9)) for one in sums]
    best = int(np.argmax(near)) if near else None
    return best if near and near[best] >= SIMILAR else None


@pytest.mark.parametrize("at_once", [1, 7, 64])
def test_many_issues_on_one_target_join_as_if_each_were_compared(articles, monkeypatch, at_once):
    monkeypatch.setattr("sayso.analyze.blame.charges.AT_ONCE", at_once)
    deeds = ("dumping", "hiding", "selling", "burning", "losing", "taxing", "painting")
    things = ("oil", "waste oil", "toys", "the pension money", "old ships", "bread", "letters")
    places = ("in the bay", "at night", "for years", "without a permit")
    issues = [" ".join(words) for words in itertools.product(deeds, things, places)]
    random.Random(1).shuffle(issues)
    rows = [blame("abc"[n % 3], n, None, "Harbour", issue) for n, issue in enumerate(issues)]
    sums, told = [], []
    for row in sorted(rows, key=lambda row: (len(row.issue), row.blame_id)):
        (vector,) = sentence_vectors([row.issue])
        number = similar(sums, vector)
        if number is None:
            sums.append(vector)
            told.append([row.blame_id])
        else:
            sums[number] = sums[number] + vector
            told[number].append(row.blame_id)
    charges = find_charges(frame(Blame, rows), articles)
    assert sorted(charges.blame_ids) == sorted(map(sorted, told))
    assert 10 < len(charges) < len(rows)


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
    assert pairs(none).empty and voices(none)["deny"].sum() == 0
    assert over_time(none, articles).empty and agentless(none, articles).empty


def test_pairs_leave_denials_and_unresolved_targets_out_and_tell_the_voice(blames):
    rows = pairs(blames)
    assert list(rows) == ["blamer", "voice", "target", "n_ties", "n_articles"]
    assert (rows["n_ties"] > 0).all() and rows["n_ties"].sum() == 4
    ada = rows[rows["blamer"] == "Ada Lund"]
    assert dict(zip(ada["voice"], ada["n_ties"], strict=True)) == {"told": 1, "quoted": 1}
    assert set(rows.loc[rows["target"] == "Ada Lund", "blamer"]) == {"(no blamer found)"}


def test_pairs_count_ties_and_articles_the_most_first():
    _, ties = many(3, {0: 3, 2: 1})
    (row,) = pairs(ties).itertuples()
    assert (row.blamer, row.target, row.n_ties, row.n_articles) == ("Ada Lund", "Bo Ek", 4, 2)
    more = pairs(ties.assign(target=["the board", "Bo Ek", "Board", "Board"]))
    assert more["target"].tolist() == ["Board", "Bo Ek"] and more["n_ties"].tolist() == [3, 1]


def test_the_outlets_own_blame_stands_apart_only_if_it_is_right_often_enough(blames, monkeypatch):
    for right, apart in ((7, False), (8, True)):
        monkeypatch.setattr(readings, "OWN", readings.Reading("it", right, 10))
        assert ("own" in set(told(blames))) == apart == ("own" in set(voices(blames)["voice"]))
        assert label(blames).iloc[5] == ("(the outlet)" if apart else "(no blamer found)")
        assert voices(blames)[["assert", "report", "deny"]].to_numpy().sum() == len(blames)
    monkeypatch.setattr(readings, "OWN", readings.Reading("it"))
    assert "own" not in set(told(blames))


def test_cells_list_every_tie_also_the_unresolved(blames, articles):
    listed = cells(blames, articles)
    assert len(listed) == 6 and list(listed)[:3] == ["blamer", "target", "stance"]
    assert "they" in set(listed["target"])


def test_names_that_differ_by_article_or_case_are_one():
    names = pd.Series(["the Harbour Board", "Harbour Board", "harbour board", "Harbour Board"])
    assert set(merged(names)) == {"Harbour Board"}
    assert merged(pd.Series(["Theale", "Anders"])).tolist() == ["Theale", "Anders"]
    assert merged(pd.Series(["a", "The  Board"])).tolist() == ["a", "The  Board"]


def test_ties_of_little_confidence_are_not_counted(blames):
    unsure = blames.assign(confidence=[0.2, 0.5, 0.49, 0.9, 1.0, 0.0])
    assert counted(unsure, 0.5, 0)["blame_id"].tolist() == ["a-b60-0", "b-b40-0", "c-b10-0"]
    assert counted(unsure, 0.5, 0.6)["blame_id"].tolist() == ["b-b40-0", "c-b10-0"]  # 'a' denies
    assert len(counted(unsure, 0, 0)) == 6


def test_blame_is_told_from_denials_and_from_blame_without_a_blamer(blames):
    assert denying(blames)["blame_id"].tolist() == ["a-b60-0"]
    assert len(charging(blames)) == len(blames) - 1
    assert nameless(blames)["blame_id"].tolist() == ["b-b10-0", "c-b10-0"]


def test_agentless_shares(blames, articles):
    table = agentless(blames, articles).set_index("outlet")
    post, herald = table.loc["The Post"], table.loc["The Herald"]
    assert (post.n_articles, post.n_agentless, post.n_ties) == (2, 1, 3)
    assert (herald.n_articles, herald.n_agentless, herald.n_ties) == (1, 1, 2)
    assert herald.share == 0.5 and table["low"].isna().all()


def many(n: int, per: dict[int, int], **more) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return ``n`` articles, a day apart, and ``per[i]`` ties of blame in article i."""
    article = build_article("The bay is dead.", article_id="x").row()
    known = {f: getattr(article, f) for f in columns(ArticleRow)} | {"published_precision": "day"}
    start = date(2021, 3, 1)
    rows = [
        known | {"article_id": f"m{i}", "outlet": "Post", "published": start + timedelta(i)}
        for i in range(n)
    ]
    ties = [
        blame(f"m{i}", 10 * k, "Ada Lund", "Bo Ek", f"deed number {k}", **more)
        for i, ties in per.items()
        for k in range(ties)
    ]
    return frame(ArticleRow, [ArticleRow(**row) for row in rows]), frame(Blame, ties)


def test_agentless_shares_have_intervals_from_ten_articles_on():
    articles, ties = many(12, dict.fromkeys(range(12), 2))
    half = ties.assign(agentless=[n % 5 == 0 for n in range(24)])
    (row,) = agentless(half, articles).itertuples()
    assert 0 <= row.low < row.share == 5 / 24 < row.high < 1
    (sure,) = agentless(ties, articles).itertuples()
    assert sure.share == 0 and pd.isna(sure.low)


@pytest.mark.parametrize(
    ("period", "first"),
    [("day", "2021-03-01"), ("week", "2021-W09"), ("month", "2021-03"), ("year", "2021")],
)
def test_targets_by_step_of_time(blames, articles, period, first):
    table = over_time(blames, articles, period)
    # Of five ties of blame one has a target that is not known.
    assert table["n_ties"].sum() == 4 and table["period"].iloc[0] == first
    assert per_period(blames, articles, period)["n_ties"].sum() == 5


def test_ties_of_articles_that_are_known_less_exactly_are_left_out(blames, articles):
    vague = articles.assign(published_precision=["month", "year", "day"])
    for period, ties, known in (("day", 2, 1), ("week", 2, 1), ("month", 3, 2), ("year", 5, 3)):
        table = per_period(blames, vague, period)
        assert (table["n_ties"].sum(), table["n_articles"].sum()) == (ties, known)


def test_blame_over_time_is_counted_per_article_also_of_those_without_blame():
    articles, ties = many(40, {0: 2, 1: 1, 31: 3})
    table = per_period(ties, articles, "month").set_index("period")
    assert table["n_articles"].to_dict() == {"2021-03": 31, "2021-04": 9}
    assert table["per_article"].tolist() == pytest.approx([3 / 31, 3 / 9])
    march, april = table.loc["2021-03"], table.loc["2021-04"]
    assert march.low <= march.per_article <= march.high and pd.isna(april.low)
    targets = over_time(ties, articles, "month")
    assert targets["per_article"].tolist() == pytest.approx([3 / 31, 3 / 9])


@pytest.mark.parametrize(
    ("days", "step"),
    [(0, "day"), (31, "day"), (32, "week"), (183, "week"), (184, "month"), (1096, "month"),
     (1097, "year"), (20_000, "year")],
)  # fmt: skip
def test_steps_of_time_are_chosen_from_the_span(days, step):
    articles, _ = many(2, {})
    later = articles["published"].iloc[0] + pd.Timedelta(days=days)
    articles["published"] = [articles["published"].iloc[0], later]
    assert choose_period(articles) == step
    assert choose_period(articles, "day") == "day"


@pytest.mark.parametrize(
    ("precision", "step"),
    [(["day"] * 10, "day"), (["month"] + ["day"] * 9, "day"),
     (["month"] * 2 + ["day"] * 8, "month"),
     (["month"] * 10, "month"), (["year"] * 2 + ["day"] * 8, "year")],
)  # fmt: skip
def test_dates_exact_to_the_month_are_counted_in_months(precision, step):
    articles, _ = many(10, {})
    assert choose_period(articles.assign(published_precision=precision)) == step


def test_without_dates_there_is_a_step_and_nothing_in_it():
    articles, ties = many(3, {0: 1})
    undated = articles.assign(published=pd.NaT, published_precision=None)
    step = choose_period(undated)
    assert per_period(ties, undated, step).empty and over_time(ties, undated, step).empty


def an_article(text: str, headline: str | None) -> pd.DataFrame:
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


BESIDE = [
    ('"We will never leave the bay," the mayor said.', "quoted"),
    ("The mayor told fishers that they would never leave the bay.", "not quoted"),
    ("The mayor spoke of the weather.", "absent"),
]


@pytest.mark.parametrize(("body", "status"), BESIDE)
@pytest.mark.parametrize("part", ["headline", "subhead"])
def test_a_headline_that_stands_beside_the_text_is_checked(body, status, part):
    words = "Fishers ‘never leave the bay’, mayor says"
    articles = an_article(f"{body}\n", None).assign(**{part: words})
    (row,) = check_headlines(articles).itertuples()
    assert (row.status, row.where, row.words) == (status, part, "never leave the bay")
    assert words[row.start : row.end] == row.words
    assert pd.isna(row.body) or body[slice(*row.body_span)] == row.body


@pytest.mark.parametrize(
    "written",
    ['Fishers "never leave the bay", mayor says', "FISHERS “never leave the bay”, MAYOR SAYS"],
)
def test_a_headline_written_otherwise_in_the_text_does_not_quote_itself(written):
    articles = an_article(f"{written}\n\nThe mayor spoke.\n", None)
    articles["headline"] = "Fishers ‘never leave the bay’, mayor says"
    (row,) = check_headlines(articles).itertuples()
    assert (row.status, row.where) == ("absent", "text")


def test_words_of_the_body_that_a_short_headline_has_are_not_its_place():
    text = 'The bay is calm.\n\nShe said "the bay" was dead and "the bay" it is.\n'
    (row,) = check_headlines(an_article(text, None).assign(headline='"the bay"')).itertuples()
    assert (row.where, row.status) == ("headline", "quoted")


def test_a_headline_far_below_is_a_link_and_hides_no_body():
    head = "Mayor: ‘we stay’"
    text = "\n".join(['"We stay," the mayor said.', *["It is a bay."] * 20, head])
    (row,) = check_headlines(an_article(text, None).assign(headline=head)).itertuples()
    assert (row.where, row.status) == ("headline", "quoted")


def test_a_headline_without_marks_has_no_row():
    text = "Mayor speaks\n\nShe spoke.\n"
    assert check_headlines(an_article(text, "Mayor speaks")).empty
