"""Statements side by side and across outlets: pages and pictures."""

from __future__ import annotations

import pandas as pd
import pytest

from sayso.corpus import Corpus
from sayso.show.statements import alignment, coverage_matrix, pairs_finding, statement_page
from sayso.tables.columns import frame
from sayso.tables.compared import Coverage, StatementPair


def pair(**more) -> StatementPair:
    text = {"text_a": "a <b>bold</b> plan", "text_b": "a bold plan"}
    spans = {"spans_a": ((0, 18),), "spans_b": ((0, 11),)}
    steps = {
        "wording": ("equal", "replace", "equal"),
        "wording_spans_a": ((0, 1), (2, 13), (14, 18)),
        "wording_spans_b": ((0, 1), (2, 6), (7, 11)),
    }
    values = dict.fromkeys(StatementPair.__dataclass_fields__)
    values |= {"pair_id": "p", "quote_id_a": "q1", "quote_id_b": "q2", "voice_b": "quote"}
    values |= {"article_id_a": "a1", "article_id_b": "b1", "relation": "near", "extent": "whole"}
    values |= {"similarity": 0.9, "speaker_a": "A<i>", "event": "one", "sure": True}
    values |= {"verbatim_a": 0.5, "verbatim_b": 0.5, "probability": 1.0, "attribution": "same"}
    values |= {"start_a": 0, "end_a": 18, "start_b": 0, "end_b": 11, "outlet_a": "<Alpha>"}
    return StatementPair(**(values | text | spans | steps | more))


def test_alignment_escapes_and_marks_what_differs():
    articles = pd.DataFrame(
        {
            "article_id": ["a1", "b1"],
            "text": ["a <b>bold</b> plan", "a bold plan"],
            "published": pd.NaT,
            "outlet": None,
            "headline": "<i>News</i>",
        }
    )
    html = alignment(frame(StatementPair, [pair()]), Corpus({"articles": articles}))._repr_html_()
    assert 'data-place="b1" data-start="' in html and "&lt;i&gt;News" in html
    assert "<b>" not in html and "<Alpha>" not in html and "A<i>" not in html
    assert "&lt;b&gt;bold&lt;/b&gt;</span>" in html and ">bold</span>" in html
    assert "speaker: A&lt;i&gt;" in html and "speaker: none" in html


def test_a_change_of_speaker_is_shown_with_both_paragraphs():
    texts = ["Noon.\na <b>bold</b> plan, Ann said.", "a bold plan, Bo said.\nRain."]
    known = {"published": pd.NaT, "outlet": None, "headline": "News"}
    articles = pd.DataFrame({"article_id": ["a1", "b1"], "text": texts} | known)
    row = pair(attribution="check", speaker_b="Bo", start_a=6, end_a=24, start_b=0, end_b=11)
    html = alignment(frame(StatementPair, [row]), Corpus({"articles": articles}))._repr_html_()
    assert "two speakers are named" in html
    assert "plan, Ann said." in html and "plan, Bo said." in html
    assert "Noon" not in html and "Rain" not in html


def test_the_most_similar_pairs_come_first():
    articles = pd.DataFrame(
        {
            "article_id": ["a1", "b1"],
            "text": ["a <b>bold</b> plan", "a bold plan"],
            "published": pd.NaT,
            "outlet": None,
            "headline": "<i>News</i>",
        }
    )
    told = pair(pair_id="p2", similarity=0.95, voice_b="narration")
    found = frame(StatementPair, [pair(), told])
    news = Corpus({"articles": articles})
    html = alignment(found, news)._repr_html_()
    assert html.index("similarity 0.95") < html.index("similarity 0.90")
    assert "in the outlet’s own voice" in html
    shown = alignment(found, news, rows=1)
    assert "similarity 0.90" not in shown._repr_html_() and "1 of 2 pairs" in repr(shown)


def test_pairs_are_counted_in_words():
    again = pair(relation="verbatim", voice_b="narration", event="again")
    words = pairs_finding(frame(StatementPair, [pair(), again]))
    assert words.startswith("2 pairs of statements: 1 verbatim, 1 against")
    assert pairs_finding(frame(StatementPair, [])) == "0 pairs of statements."


def cover(outlet, status, **more) -> Coverage:
    values = {"statement_id": "q1", "statement": "A <script> plan", "speaker": "Ann"}
    values |= {"n_outlets": 1, "n_articles": 1, "outlet": outlet, "status": status}
    values |= {"speakers": (), "relation": None, "share": 0.5, "quote_ids": (), "pair_ids": ()}
    after = {"event_id": "a1", "days_after": None}
    return Coverage(**(values | {"article_ids": ("a1",), "published": None} | after | more))


def test_coverage_is_drawn_and_told():
    rows = [cover("Alpha", "carried", quote_ids=("q1",)), cover("Beta", "dropped")]
    coverage = frame(Coverage, rows)
    ax = coverage_matrix(coverage)
    assert {text.get_text() for text in ax.texts} >= {"carried", "dropped"}
    articles = pd.DataFrame(
        {"article_id": ["a1"], "headline": ["News"], "published": [pd.NaT], "outlet": ["Alpha"]}
    )
    quotes = pd.DataFrame(
        {"quote_id": ["q1"], "content": ["x & y"], "speaker": ["Ann"], "cue": [None], "via": [None]}
    ).assign(article_id="a1", content_spans=[((3, 8),)])
    news = Corpus({"articles": articles, "quotes": quotes})
    html = statement_page("q1", coverage, news)._repr_html_()
    assert "<script>" not in html and "x &amp; y" in html and "dropped" in html
    assert statement_page("", coverage, news)._repr_html_() == html
    assert repr(statement_page("", coverage.iloc[:0], news)) == "No shared statement"
    with pytest.raises(ValueError, match="no statement 'q9'"):
        statement_page("q9", coverage, news)
    assert "No statement" in coverage_matrix(coverage.iloc[:0]).get_title(loc="left")
