"""What notebooks 01 to 03 show: counts and their wholes, passages, names of days, safe HTML."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from benchmarks.intervals import wilson, with_interval

import sayso
from sayso.analyze import corpus as reading
from sayso.analyze import speakers as voice
from sayso.analyze import timeline
from sayso.analyze.groups import (
    BY,
    cited,
    groups,
    n_ungrouped,
    n_words,
    outer,
    periods,
    ranked,
    speech,
)
from sayso.analyze.intervals import MANY, bootstrap_ratio, drawn_shares
from sayso.analyze.passages import concordance, label_rows, sentence_texts, short_ids
from sayso.analyze.sources import (
    diversity,
    named,
    party_shares,
    roles,
    treatment,
    unheard,
    unnamed,
    women,
)
from sayso.corpus import Corpus
from sayso.show.corpus import article_strips
from sayso.show.html import part, say
from sayso.show.table import table, with_days, with_published
from sayso.tables.columns import frame
from sayso.tables.extracted import TABLES, Note

# A corpus of which nothing could be read.
EMPTY = Corpus({name: frame(row, []) for name, row in TABLES.items()})


def ids(*names: str) -> pd.DataFrame:
    return pd.DataFrame({"article_id": names})


def test_what_is_only_thought_is_no_speech():
    acts = ["says", "thinks", "writes", "feels", "asks", "intends", "orders", "other"]
    quotes = pd.DataFrame({"act": acts})
    assert list(speech(quotes)["act"]) == ["says", "writes", "asks", "orders"]
    assert tuple(speech(quotes)["act"]) == sayso.SPEECH and sayso.speech is speech


def said(*rows) -> pd.DataFrame:
    """Quotes as (act, kind, speakers, via, words), all of one article."""
    names = ["act", "kind", "speakers", "via", "content"]
    table = pd.DataFrame(rows, columns=names).assign(article_id="a", nested_in=None)
    table["speaker"] = table["speakers"].map(" and ".join).replace("", None)
    return table.assign(quote_id=[f"q{n}" for n in table.index])


SAID = said(
    ("says", "direct", ("Ann", "Bo"), "Radio Kell", "we will come"),
    ("writes", "mixed", ("Ann",), "letter", "no"),
    ("thinks", "indirect", ("Cy",), None, "that it may rain in the end"),
    ("asks", "indirect", (), "Radio Kell", "who came"),
)


def test_sources_are_counted_by_speech_alone_and_joint_speakers_each():
    counts = {"n_quotes": 1, "n_direct": 0, "n_words": 7, "share_of_voice": 0.5}
    rows = [{"article_id": "a", "source": name, "kind": "person"} | counts for name in "xyz"]
    sources = pd.DataFrame(rows).assign(source=["Ann", "Bo", "Cy"])
    found = cited(sources, speech(SAID)).set_index("source")
    assert found[["n_quotes", "n_direct", "n_words"]].T.to_dict("list") == {
        "Ann": [2, 2, 4],
        "Bo": [1, 1, 3],
    }
    assert found["share_of_voice"].tolist() == pytest.approx([4 / 6, 3 / 6], abs=1e-3)
    assert cited(sources, SAID)["source"].tolist() == ["Ann", "Bo", "Cy"]
    assert cited(sources, SAID.iloc[:0]).empty


def test_acts_and_carriers_are_counted():
    row = voice.acts(SAID, ids("a").assign(outlet="Kell"), by="outlet").iloc[0]
    assert row[["says", "writes", "asks", "thinks", "n_quotes", "speech"]].tolist() == [
        1, 1, 1, 1, 4, 3,
    ]  # fmt: skip
    assert row["share"] == 0.75 and list(row.index[2:6]) == list(sayso.SPEECH)
    table = voice.carriers(SAID).set_index("via")
    assert table["n_quotes"].to_dict() == {"Radio Kell": 2, "letter": 1}
    assert table.loc["Radio Kell", "speakers"] == "Ann, Bo"


def test_intervals_hold_the_share_and_narrow_with_more_cases():
    for of in (1, 9, 400):
        for count in {0, of // 3, of}:
            low, high = wilson(count, of)
            assert 0 <= low <= count / of <= high <= 1
    assert wilson(300, 900)[1] - wilson(300, 900)[0] < wilson(3, 9)[1] - wilson(3, 9)[0]
    shares = with_interval(pd.DataFrame({"k": [1, 0], "n": [4, 0]}), "k", "n")["share"]
    assert shares[0] == 0.25 and pd.isna(shares[1])


def test_short_names_fit_one_article_each():
    names = short_ids(ids("000_aa", "001_bb", "desk-1", "desk-2", "a", "ab_c"))
    assert names.tolist() == ["000", "001", "desk-1", "desk-2", "a", "ab"]


def test_short_names_are_what_a_corpus_takes(seeds, invented):
    for corpus in (seeds, invented):
        for article_id, name in short_ids(corpus.articles).items():
            assert corpus.article(name).article_id == article_id


def test_passages_hold_the_words(seeds):
    dates, articles = seeds.dates, seeds.articles
    around = concordance(dates, articles)
    assert (around["words"] == dates["surface"].str.split().str.join(" ")).all()
    told = sentence_texts(dates, seeds.sentences, articles)
    assert all(a in b for a, b in zip(around["words"], told, strict=True))
    evidence = concordance(articles, articles, span="published_evidence")
    missing = articles["published_evidence"].isna()
    assert (evidence.loc[missing, "words"] == "").all()
    assert (evidence.loc[~missing, "words"] != "").all()


@pytest.mark.parametrize("by", BY)
def test_groups_add_up_to_the_whole(invented, by):
    articles, sources = invented.articles, invented.sources

    def known(rows):
        return groups(rows, articles, by).notna()

    quotes = outer(invented.quotes)
    whole = quotes[known(quotes)]
    counted = voice.overview(invented.quotes, sources, articles, by=by)
    assert n_ungrouped(articles, by) == len(articles) - known(articles).sum()
    assert counted["n_articles"].sum() == known(articles).sum()
    assert counted["n_quotes"].sum() == len(whole)
    assert counted["quoted_words"].sum() == n_words(whole).sum()
    assert voice.kinds(quotes, articles, by=by)["n_quotes"].sum() == len(whole)
    assert named(sources, articles, by=by)["n_sources"].sum() == known(sources).sum()
    assert voice.confidence_bands(quotes)["n_quotes"].sum() == len(quotes)


def test_shares_of_few_articles_have_no_interval():
    rows = pd.DataFrame({"article_id": [*"abcdefghijkl", "z"], "outlet": ["Post"] * 12 + ["Echo"]})
    hits = pd.Series([True, False] * 6 + [True])
    table = drawn_shares(hits, [rows["outlet"]], rows["article_id"])
    assert table["share"].to_dict() == {"Echo": 1.0, "Post": 0.5}
    assert table["low"].isna().to_dict() == {"Echo": True, "Post": False}
    assert table.loc["Post", "low"] < 0.5 < table.loc["Post", "high"]


def test_few_articles_are_not_drawn_anew():
    hits, totals = [1, 2, 0, 3] * 3, [10] * 12
    low, high = bootstrap_ratio(hits, totals)
    assert low < 0.15 < high
    assert np.isnan(bootstrap_ratio(hits[:9], totals[:9])).all()


@pytest.mark.parametrize("share", [0.002, 0.05, 0.5])
def test_intervals_of_many_articles_are_those_of_one_article_fewer(share):
    rng = np.random.default_rng(1)
    totals = rng.geometric(0.05, MANY)
    hits = rng.binomial(totals, rng.beta(share * 2, (1 - share) * 2, MANY))
    drawn = np.array(bootstrap_ratio(hits[1:], totals[1:]))
    normal = np.array(bootstrap_ratio(hits, totals))
    assert drawn[0] < hits.sum() / totals.sum() < drawn[1]
    assert np.abs(drawn - normal).max() < 0.15 * np.ptp(drawn)


def test_periods_need_a_date_that_is_known_as_exactly():
    days = pd.to_datetime(["2021-05-10", "2021-05-01", "2021-01-01", None])
    dated = pd.DataFrame({"published": days, "published_precision": ["day", "month", "year", None]})
    assert periods(dated, "day").dropna().tolist() == ["2021-05-10"]
    assert periods(dated).dropna().tolist() == ["2021-05", "2021-05"]
    assert periods(dated, "year").dropna().tolist() == ["2021"] * 3


def test_equal_numbers_are_ranked_by_name():
    assert ranked(pd.Series({"b": 1, "c": 2, "a": 1})).tolist() == ["c", "a", "b"]


def test_groups_are_of_a_known_column(invented):
    with pytest.raises(ValueError, match="one of outlet, agency, month, article_id, not by 'mood'"):
        voice.overview(invented.quotes, invented.sources, invented.articles, by="mood")


def test_reading_finds_nothing_astray(seeds, invented):
    for corpus in (seeds, invented):
        assert reading.checks(corpus)["count"].tail(2).tolist() == [0, 0]
        shares = reading.quoted_shares(corpus)
        assert shares["quoted"].between(0, 1).all()
        assert (shares["quoted"] <= shares["with_marks"] + shares["indirect"] + 1e-9).all()


def test_an_article_half_extracted_is_not_one_unread(seeds):
    of_article = Note(seeds.articles["article_id"][0], "a.txt", "error", "not extracted", "why")
    of_file = Note(None, "b.txt", "error", "empty", "why")
    for own, unread in ([of_article], 0), ([of_article, of_file], 1):
        notes = pd.concat([seeds.notes, frame(Note, own)])
        tables = {name: seeds.table(name) for name in ("articles", "quotes", "dates")}
        first = reading.checks(Corpus(tables | {"notes": notes})).iloc[0]
        assert (first["count"], first["of"]) == (unread, len(seeds.articles) + unread)


def test_a_column_is_tallied_with_its_gaps():
    articles = pd.DataFrame({"language": ["en", None, "en", "de", None, "en"]})
    table = reading.tally(articles, "language")
    assert table.to_numpy().tolist() == [["en", 3], ["unknown", 2], ["de", 1]]


def test_boilerplate_lines_are_told_with_their_length(invented):
    lines = reading.boilerplate(invented)
    assert len(lines) == invented.articles["boilerplate"].str.len().sum() > 0
    assert lines["share_of_text"].between(0, 1).all()
    assert (lines["n_words"] == lines["words"].str.split().str.len()).all()


def test_every_time_expression_has_one_use(seeds, invented):
    for corpus in (seeds, invented):
        counts = timeline.use_counts(corpus.dates, corpus.articles)
        assert counts["count"].sum() == len(corpus.dates)
        found = timeline.chronology(corpus)
        placed = counts.set_index("use")["count"]["calendar"]
        assert len(found) == placed
        assert (found["earliest"] <= found["latest"]).all()
        left_out = counts.set_index("use")["count"][["present", "length", "open"]]
        assert len(timeline.unplaced(corpus.dates, corpus.articles)) == left_out.sum()


def test_dates_lie_to_publication_as_exactly_as_it_is_known():
    articles = pd.DataFrame(
        {
            "article_id": ["day", "month", "none"],
            "published": pd.to_datetime(["2021-05-10", "2021-05-01", None]),
            "published_precision": ["day", "month", None],
        }
    )
    days = pd.to_datetime(["2021-05-09", "2021-05-11", "2021-05-31", "2021-06-01", "2021-05-01"])
    dates = pd.DataFrame(
        {
            "article_id": ["day", "day", "month", "month", "none"],
            "earliest": days,
            "latest": days,
        }
    )
    relation = timeline.relation_to_publication(dates, articles).tolist()
    assert relation == ["before", "after", "at", "after", "unknown"]


def test_shared_days_need_two_known_outlets(seeds):
    found = timeline.chronology(seeds)
    shared = timeline.shared_days(found)
    assert (shared["n_outlets"] > 1).all()
    assert len(timeline.shared_days(found.assign(outlet="unknown"))) == 0
    told = timeline.on_shared_days(found)
    assert told.groupby(["earliest", "latest"])["outlet"].nunique().gt(1).all()
    assert len(told.drop_duplicates(["earliest", "latest"])) == len(shared) > 0


@pytest.mark.parametrize(("column", "names"), [("role", 3), ("relation", 4)])
def test_a_chronology_is_counted_by_known_outlets(invented, column, names):
    found = timeline.chronology(invented)
    known = found[found["outlet"] != "unknown"]
    counts = timeline.count_by_outlet(found, column).set_index("outlet")
    assert counts.shape == (known["outlet"].nunique(), names + 1)
    assert counts["all"].sum() == counts.drop(columns="all").to_numpy().sum() == len(known) > 0


def test_inexact_days_are_longer_than_one(seeds):
    found = timeline.chronology(seeds)
    wide = timeline.inexact(found)
    assert len(wide) == (found["latest"] > found["earliest"]).sum() > 0
    assert (wide["n_days"] > 1).all()


def test_days_are_named_as_exactly_as_they_are_known():
    spans = pd.DataFrame(
        {
            "earliest": pd.to_datetime(["2020-02-01", "2020-02-01", None]),
            "latest": pd.to_datetime(["2020-02-01", "2020-02-29", None]),
        }
    )
    assert with_days(spans)["when"].tolist() == ["1 Feb 2020", "Feb 2020", ""]
    dated = pd.DataFrame(
        {"published": spans["earliest"], "published_precision": ["day", "month", None]}
    )
    assert with_published(dated)["published"].tolist() == ["1 Feb 2020", "Feb 2020", ""]


def test_tables_escape_and_say_what_they_leave_out():
    hostile = "<img src=x onerror=alert(1)>"
    shown = table(pd.DataFrame({hostile: [hostile] * 3}), hostile, rows=2)
    html = shown._repr_html_() + say(hostile)._repr_html_()
    assert "<img" not in html and "&lt;img" in html
    assert "the first 2 of 3 rows" in repr(shown) and "the first 2 of 3 rows" in html
    assert "0x" not in repr(shown)


def cells(data: pd.DataFrame) -> list[str]:
    return re.findall(r"<td[^>]*>(.*?)</td>", table(data, percent=["share"])._repr_html_())


def test_cells_read_as_a_reader_expects():
    data = pd.DataFrame(
        {"n": [12345], "x": [0.5], "yes": [True], "day": [pd.NaT], "word": [None], "share": [0.031]}
    )
    assert cells(data) == ["12,345", "0.50", "yes", "", "", "3.1%"]
    assert cells(pd.DataFrame({"share": [None, 0.5]})) == ["", "50%"]


def test_few_cases_get_no_percentage():
    assert part(3, 9, "quote") == "3 of 9 quotes"
    assert part(0, 0, "quote") == "0 of 0 quotes"
    assert part(5, 20, "quote") == "5 of 20 quotes (25%)"


def test_nothing_in_nothing_out():
    empty = EMPTY
    articles, quotes, dates = empty.articles, empty.quotes, empty.dates
    found = timeline.chronology(empty)
    tables = [
        reading.checks(empty),
        reading.boilerplate(empty),
        reading.dating(articles),
        reading.undated(dates, articles),
        reading.quoted_shares(empty),
        label_rows(articles, articles),
        voice.overview(quotes, empty.sources, articles),
        voice.kinds(quotes, articles),
        voice.acts(quotes, articles),
        voice.carriers(quotes),
        cited(empty.sources, quotes),
        named(empty.sources, articles),
        voice.cues(quotes, articles),
        voice.marked_cues(quotes, articles),
        voice.names_used(empty.sources),
        voice.unresolved(quotes, articles),
        reading.noted(empty.notes, articles),
        reading.heads(articles),
        reading.tally(articles, "language"),
        voice.heard(empty.sources),
        party_shares(empty.sources, articles),
        diversity(empty.sources, articles),
        roles(empty.sources, articles),
        women(empty.mentions, articles),
        women(empty.mentions, articles, by="outlet"),
        unheard(empty.mentions),
        treatment(quotes, empty.sources, articles),
        unnamed(empty.sources, articles),
        voice.voice_shares(empty.sources, articles),
        voice.stance_counts(quotes, articles),
        timeline.unplaced(dates, articles),
        timeline.inexact(found),
        timeline.on_shared_days(found),
        timeline.count_by_outlet(found, "role"),
        with_days(found),
        with_days(timeline.shared_days(found)),
    ]
    for shown in tables:
        assert "Table(" in repr(table(shown))
    drawn = article_strips(reading.quoted_shares(empty), empty)
    assert drawn.get_title(loc="left") == "No articles"
