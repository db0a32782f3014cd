"""The figures of findings count what the tables of the notebooks count."""

from __future__ import annotations

import pytest

from sayso.analyze import figures, sources, speakers, timeline
from sayso.analyze.blame import ties
from sayso.analyze.blame.charges import find_charges
from sayso.analyze.blame.rates import charge_rates, charges_by_article
from sayso.analyze.corpus import quoted_shares
from sayso.analyze.groups import cited, outer, speech


@pytest.fixture(scope="module")
def said(invented):
    quotes = speech(outer(invented.quotes))
    return quotes, cited(invented.sources, quotes)


def by_outlet(counted, part):
    sums = [frame[part].groupby(counted.group).sum() for frame in (counted.hits, counted.totals)]
    return sums[0].round(6).to_dict(), sums[1].round(6).to_dict()


def test_speakers_are_those_of_the_tables(invented, said):
    quotes, cites = said
    articles = invented.articles
    found = figures.of_speakers(quotes, cites, invented.mentions, articles, by="outlet")
    named = sources.named(cites, articles).set_index("outlet")
    assert by_outlet(found["named"], "named")[0] == named["n_named"].to_dict()
    kinds = speakers.kinds(quotes, articles).set_index("outlet")
    hits, totals = by_outlet(found["marks"], "marks")
    assert hits == kinds["with_marks"].to_dict() and totals == kinds["n_quotes"].to_dict()
    roles = sources.roles(cites, articles)
    officials = roles[roles["role"] == "official"].set_index("outlet")["n_sources"].to_dict()
    assert {k: v for k, v in by_outlet(found["role"], "official")[0].items() if v} == officials
    women = sources.women(invented.mentions, articles, by="outlet")
    women = women[women["heard"] == "quoted"].set_index("outlet")
    hits, totals = by_outlet(found["women"], "women")
    assert {k: hits[k] for k in women.index} == women["n_women"].to_dict()
    known = women["n_women"] + women["n_men"]
    assert {k: totals[k] for k in women.index} == known.to_dict()


def test_articles_and_days_are_those_of_the_tables(invented):
    articles, shares = invented.articles, quoted_shares(invented)
    one = figures.overall(figures.of_articles(shares, articles, by="outlet")["quoted"], "quoted")
    hits = (shares["quoted"] * shares["n_words"]).sum()
    assert one["value"] == pytest.approx(hits / shares["n_words"].sum())
    found = timeline.chronology(invented)
    days = figures.of_dates(found, articles, by="outlet")
    assert days["ahead"].hits["after"].sum() == (found["relation"] == "after").sum()
    assert days["quoted"].totals["quoted"].sum() == len(found)


def test_charges_and_ties_are_those_of_the_tables(invented):
    articles, blames = invented.articles, invented.blames
    charges = find_charges(blames, articles)
    found = figures.of_blame(blames, charges, articles, by="outlet")
    rates = charge_rates(charges_by_article(charges, blames, articles)).set_index("outlet")
    assert by_outlet(found["charges"], "charges")[0] == rates["n_charges"].to_dict()
    without = ties.agentless(blames, articles)["n_agentless"].sum()
    assert sum(by_outlet(found["without"], "without")[0].values()) == without


def test_frames_and_words_are_counted_once_an_article(invented):
    framing = invented.framing("generic-cues")
    found = figures.of_framing(framing, invented.articles, by="outlet")
    rows = framing[(framing["unit"] != "quote") & (framing["voice_kind"] == "outlet")]
    assert found["outlet"].hits.sum().sum() == rows["present"].sum()
    texts = (invented.quotes, invented.sentences, invented.articles)
    words = figures.of_words(texts, by="outlet", voice="all", unit="words")["word"]
    assert words.hits.isin([0, 1]).all().all() and (words.hits.sum() >= 10).all()
    assert all(name.islower() for name in words.hits)
