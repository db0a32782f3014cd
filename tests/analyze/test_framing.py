"""Framing: spans, voices, comparisons."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from conftest import sentences_of
from sayso.analyze.framing.codebook import read_codebook
from sayso.analyze.framing.shares import (
    article_frames,
    coded_units,
    each_voice,
    event_articles,
    event_frames,
    frame_shares,
    headline_against_body,
    headline_counts,
    without_cue,
)
from sayso.analyze.groups import groups
from sayso.analyze.passages import place_texts
from sayso.analyze.units import read_units
from sayso.corpus import Corpus
from sayso.show.framing import evidence, finding, frames_by_voice, sensitivity
from sayso.tables.columns import schema
from sayso.tables.compared import FramingRow
from sayso.text.spans import gaps

BOOK = """
[[frame]]
name = "conflict"
definition = "Somebody quarrels."
cues = ["accuse"]
prevalence = {prevalence}
"""


@pytest.fixture(scope="module", params=["seeds", "invented"])
def corpus(request):
    return request.getfixturevalue(request.param)


def test_joint_speakers_each_have_the_frames_of_what_they_say():
    framing = pd.DataFrame(
        {"voice_kind": ["quoted", "outlet"], "voice": ["Ann and Bo", "-"], "quote_id": ["q", None]}
    )
    quotes = pd.DataFrame({"quote_id": ["q"], "speakers": [("Ann", "Bo")]})
    assert each_voice(framing, quotes)["voice"].tolist() == ["Ann", "Bo"]
    assert each_voice(framing, quotes.assign(speakers=[()]))["voice"].isna().tolist() == [True]


@pytest.fixture(scope="module")
def framing(corpus):
    return corpus.framing("generic-cues")


def test_rows_keep_their_table(framing):
    schema(FramingRow).validate(framing)
    assert framing["present"].any() and not framing["present"].all()
    key = ["unit_id", "voice_kind", "voice", "frame"]
    assert not framing.duplicated(key).any()


def test_evidence_lies_in_the_unit_and_in_its_voice(corpus, framing):
    framing = framing.assign(of=place_texts(framing, corpus.articles))
    quoted: dict[str, list] = {}
    for quote in corpus.quotes.itertuples():
        spans = quoted.setdefault(quote.article_id, [])
        spans += [(*span, quote.speaker) for span in quote.content_spans]
    for row in framing[framing["present"]].itertuples():
        assert len(row.evidence_spans) == len(row.cues) > 0
        for start, end in row.evidence_spans:
            assert row.start <= start < end <= row.end
            assert row.of[start:end].strip()
            if row.where == "headline":
                continue
            inside = [s for a, b, s in quoted.get(row.article_id, []) if a < end and start < b]
            # Words between marks are somebody's, even if no quote has them.
            assert row.voice_kind == "quoted" or not inside
            if inside:
                assert row.voice in inside or pd.isna(row.voice)


def test_all_words_are_in_one_unit(corpus, framing):
    """Words in sentences and headlines, over all voices and with tags, are those of their spans."""
    coded = set(framing["unit_id"])
    for article in corpus.articles.itertuples():
        own = (t[t["article_id"] == article.article_id] for t in (corpus.sentences, corpus.quotes))
        units = [unit for unit in read_units(article, *own) if unit.unit != "quote"]
        assert all(unit.unit_id in coded for unit in units if not unit.tag)
        pieces = sorted(piece for unit in units if unit.where == "text" for piece in unit.pieces)
        assert all(one[1] <= two[0] for one, two in pairwise(pieces))
        bare = gaps(pieces, 0, len(article.text))
        for unit in units:
            if unit.where == "text":
                inside = [(a, b) for a, b in bare if unit.start <= a and b <= unit.end]
                assert not any(re.search(r"[^\W_]", article.text[a:b]) for a, b in inside)


def test_same_rows_again(corpus, framing):
    pd.testing.assert_frame_equal(framing, corpus.framing("generic-cues"))


def test_shares_count_sentences_and_name_small_samples(corpus, framing):
    shares = frame_shares(framing, corpus.articles)
    assert (shares["n_present"] <= shares["n_units"]).all()
    small = shares["n_articles"] < 10
    assert shares.loc[small, "low"].isna().all()
    units = framing[framing["unit"] != "quote"]
    for by in ("outlet", "month", "agency", "article_id"):
        known = groups(units, corpus.articles, by).notna().sum()
        assert frame_shares(framing, corpus.articles, by=by)["n_units"].sum() == known
    named = units["voice"].notna().sum()
    assert frame_shares(framing, corpus.articles, by="voice")["n_units"].sum() == named
    with pytest.raises(ValueError, match="'colour'"):
        frame_shares(framing, corpus.articles, by="colour")


def test_intervals_hold_the_share(corpus, framing):
    copies = [framing.assign(article_id=framing["article_id"] + f"-{i}") for i in range(3)]
    articles = pd.concat(
        [
            corpus.articles.assign(article_id=corpus.articles["article_id"] + f"-{i}")
            for i in range(3)
        ]
    ).assign(outlet="One")
    shares = frame_shares(pd.concat(copies, ignore_index=True), articles)
    large = shares[shares["n_articles"] >= 10]
    varies = large["share"].between(0, 1, inclusive="neither")
    assert varies.any() and large.loc[~varies, "low"].isna().all()
    large = large[varies]
    assert (large["low"] <= large["share"]).all() and (large["share"] <= large["high"]).all()


def test_articles_headlines_events(corpus, framing):
    found = article_frames(framing)
    assert found["share"].between(0, 1).all()
    assert set(found["article_id"]) == set(framing["article_id"])
    parts = headline_against_body(framing, corpus.articles)
    assert set(parts["difference"]) <= {"headline only", "body only", "both", "neither"}
    assert headline_counts(parts)["n_articles"].sum() == len(parts)
    events = corpus.events().set_index("article_id")["event_id"]
    told = event_frames(framing, corpus.articles, events)
    shared = event_articles(corpus.articles, events)
    assert set(told["event"]) == set(shared["event"])
    assert len(told) == 0 or told.groupby("event")["outlet"].nunique().min() > 1


def test_an_article_has_a_frame_from_its_prevalence_on(framing):
    book = read_codebook(BOOK.format(prevalence=0.9))
    rows = framing[framing["frame"] == "conflict"]
    shares = article_frames(rows)
    assert list(shares["present"]) == list(shares["share"] >= 0.1)
    assert shares["present"].any() and not article_frames(rows, book)["present"].any()


def test_all_units_are_counted_by_voice(corpus, framing):
    units = coded_units(framing)
    first = framing[framing["frame"] == framing["frame"].iloc[0]]
    assert units["n_units"].sum() == len(first)
    assert units["n_words"].sum() == first["n_words"].sum()
    assert units["n_unresolved"].sum() == first["voice"].isna().sum()
    quotes = units[units["unit"] == "quote"]
    assert list(quotes["n_units"]) == [len(corpus.quotes)]


def test_lead_weighs_more(framing):
    even = article_frames(framing, lead_weight=1.0)
    np.testing.assert_allclose(even["share"], even["n_present"] / even["n_units"])
    units = framing[(framing["unit"] != "quote") & (framing["frame"] == "conflict")]
    units = units.assign(first=units["in_lead"] | (units["unit"] == "headline"))
    units = units.groupby(["article_id", "unit_id"])[["present", "first"]].any()
    weights = 1.0 + 2.0 * units["first"]
    hits = (weights * units["present"]).groupby(level=0).sum()
    expected = hits / weights.groupby(level=0).sum()
    heavy = article_frames(framing, lead_weight=3.0)
    heavy = heavy[heavy["frame"] == "conflict"].set_index("article_id")["share"]
    np.testing.assert_allclose(heavy, expected.loc[heavy.index])
    before = even[even["frame"] == "conflict"].set_index("article_id")["share"]
    assert (heavy != before).any()


def test_leaving_a_cue_out_takes_away_only_its_units(framing):
    table = without_cue(framing)
    assert len(table)
    units = framing[framing["unit"] != "quote"]
    for row in table.itertuples():
        own = units[units["frame"] == row.frame]
        left = own["cues"].map(lambda cues, cue=row.cue: bool(set(cues) - {cue}))
        assert row.share == pytest.approx(own["present"].mean())
        assert row.share_without == pytest.approx(left.mean())
        assert row.n_lost == own["present"].sum() - left.sum()
        assert row.n_evidence == sum(list(cues).count(row.cue) for cues in own["cues"])


def test_pictures_and_evidence(corpus, framing):
    shares = frame_shares(framing, corpus.articles)
    ax = frames_by_voice(shares, rows=10)
    own = shares[shares["voice_kind"] == "outlet"].groupby("frame")["n_present"].sum()
    assert f"own words: {own.idxmax()} ({own.max()} of" in finding(shares)
    assert " ".join(ax.get_title(loc="left").split()) == finding(shares)
    names = [label.get_text() for label in ax.get_yticklabels()]
    used = shares.loc[shares["n_present"] > 0, "frame"].unique()
    frames = [name for name in shares["frame"].unique() if name in used]
    assert len(names) == shares["outlet"].nunique() * (1 + len(frames))
    assert names[1 : 1 + len(frames)] == [name.replace("_", " ") for name in frames]
    assert frames_by_voice(shares.iloc[:0]).get_title(loc="left") == "No frame was found"
    for kind in ("outlet", "quoted"):
        shown = evidence(framing, corpus, ["conflict"], voice_kind=kind, rows=2)
        markup = shown._repr_html_()
        assert markup.count("<li") == 2 and markup.count("<mark") >= 2 and "<script" not in markup
        assert ("in the voice of the outlet" in markup) == (kind == "outlet")
    worst = without_cue(framing).iloc[0]
    assert f"'{worst.cue}'" in sensitivity(without_cue(framing))


def test_hostile_text_is_escaped():
    from sayso.analyze.framing.code import frame_units
    from sayso.reading import build_article
    from sayso.tables.columns import frame
    from sayso.tables.extracted import ArticleRow, Quote

    text = "Row over budget\n\nThe mayor <script>alert(1)</script> accused her critics | of lies."
    articles = frame(ArticleRow, [build_article(text, article_id="a").row()]).assign(language="en")
    rows = frame_units(frame(Quote, []), sentences_of(articles), articles)
    corpus = Corpus({"articles": articles})
    assert "<script" not in evidence(rows, corpus, ["conflict"], voice_kind="outlet").markup


def test_no_articles():
    from sayso.analyze.framing.code import frame_units
    from sayso.tables.columns import frame
    from sayso.tables.extracted import ArticleRow, Quote

    articles = frame(ArticleRow, [])
    rows = frame_units(frame(Quote, []), sentences_of(articles), articles)
    assert list(rows.columns) and rows.empty
    assert frame_shares(rows, articles).empty
    assert article_frames(rows).empty
    assert headline_against_body(rows, articles).empty
    assert without_cue(rows).empty
    assert event_frames(rows, articles, pd.Series(dtype="object")).empty
    assert coded_units(rows).empty and headline_counts(headline_against_body(rows, articles)).empty
