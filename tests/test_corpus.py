"""The corpus: spans that slice back, stable ids, stores that can be interrupted."""

from __future__ import annotations

import itertools
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sayso
from conftest import ROOT
from sayso.extract import EXTRACTORS, extract, read_rows
from sayso.extract.document import read_document
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import encoder
from sayso.reading import build_article
from sayso.tables.columns import schema
from sayso.tables.extracted import TABLES

NAMES = [
    "Ana Voss",
    "the ministry",
    "Moscow",
    "She",
    "A senior official",
    "TASS",
    "\N{NO-BREAK SPACE}He",
]
WORDS = [
    "the dam will hold",
    "it failed in May 2019",
    "on Friday",
    "‘no’",
    "9M729",
    "naïve é",
    "中文",
]
MARKS = ["“{}”", '"{}"', "«{}»", "{}", "“{}", "{}”", "‘{}’", "``{}''"]
SHAPES = [
    "{c}, {n} said.",
    "{n} said {c}.",
    "According to {n}, {c}.",
    "{c}",
    "{n} denied that {c}.",
]

sentences = st.builds(
    lambda shape, mark, name, words: shape.format(n=name, c=mark.format(" ".join(words))),
    st.sampled_from(SHAPES),
    st.sampled_from(MARKS),
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
)
texts = st.lists(
    st.lists(st.one_of(sentences, st.text(max_size=20)), min_size=1, max_size=3).map("  ".join),
    min_size=1,
    max_size=6,
).map("\n\n".join)


def spans_of(row) -> list[tuple[str | None, list]]:
    """All spans of a row with the column that spells them, where there is one."""
    pairs = {
        "Quote": [("cue", "cue_span"), ("speaker_mention", "speaker_span")],
        "Sentence": [],
        "Date": [],
        "Source": [],
        "Mention": [],
        "Blame": [
            ("cue", "cue_span"),
            ("target_mention", "target_span"),
            ("blamer_mention", "blamer_span"),
            ("issue", "issue_span"),
        ],
    }
    return [
        (getattr(row, a), getattr(row, b)) for a, b in pairs[type(row).__name__] if getattr(row, b)
    ]


@settings(max_examples=40)
@given(texts)
def test_every_span_slices_back_and_ids_are_stable(text: str):
    article = build_article(text, article_id="a")
    found = extract(read_document(article, lexicon(), encoder(1)))
    tables = ("sentences", "quotes", "dates", "sources", "mentions", "blames")
    for row in itertools.chain.from_iterable(found[table] for table in tables):
        assert 0 <= row.start < row.end <= len(text)
        for surface, span in spans_of(row):
            assert text[slice(*span)] == surface
    for quote in found["quotes"]:
        assert " ... ".join(text[a:b] for a, b in quote.content_spans) == quote.content
        assert all(a < b for a, b in quote.content_spans)
    for date in found["dates"]:
        assert text[date.start : date.end] == date.surface
    for table in tables:
        ids = [getattr(row, f"{table[:-1]}_id") for row in found[table]]
        assert len(set(ids)) == len(ids)
        places = [(row.start, row.end) for row in found[table]]
        assert table == "quotes" or places == sorted(places)
    again = extract(read_document(article, lexicon(), encoder(1)))
    assert again == found


@pytest.mark.parametrize("corpus", ["seeds", "invented"])
def test_tables_pass_their_checks(corpus, request):
    corpus = request.getfixturevalue(corpus)
    for name, row_type in TABLES.items():
        schema(row_type).validate(getattr(corpus, name))


def test_an_article_reads_the_same_alone(seeds, tmp_path):
    one = seeds.article("004")
    (tmp_path / f"{one.article_id}.txt").write_text(one.text, encoding="utf-8")
    alone = sayso.read(tmp_path)
    of_seeds = seeds.quotes[seeds.quotes.article_id == one.article_id].reset_index(drop=True)
    columns = [c for c in of_seeds if c not in ("speaker", "affiliation")]
    pd.testing.assert_frame_equal(alone.quotes[columns], of_seeds[columns])


def test_tables_are_copies(seeds):
    changed = seeds.quotes
    changed.loc[:, "speaker"] = "nobody"
    assert "nobody" not in set(seeds.quotes.speaker)


def test_an_article_is_found_by_the_beginning_of_its_id(seeds):
    assert seeds.article("003").article_id.startswith("003")
    with pytest.raises(KeyError, match="fits 5 articles"):
        seeds.article("00")
    with pytest.raises(KeyError, match="fits 0 articles"):
        seeds.article("no such")


def test_own_parties_are_laid_over_the_shipped_ones(tmp_path):
    own = tmp_path / "mine.toml"
    own.write_text(
        '[[organisation]]\nname = "Harbour Guild"\naliases = ["Moscow"]\n', encoding="utf-8"
    )
    source = tmp_path / "texts"
    source.mkdir()
    text = (
        "Boats stayed in the harbour on Monday.\n\nMoscow said that the dam would hold all winter."
    )
    (source / "a.txt").write_text(text, encoding="utf-8")
    assert sayso.read(source, parties=own).quotes.speaker.tolist() == ["Harbour Guild"]
    own.write_text("[[organisation]]\naliases = []\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"mine\.toml.*no 'name'"):
        sayso.read(source, parties=own)


@pytest.mark.parametrize(("table", "others"), [("dates", "quotes"), ("quotes", "dates")])
def test_an_article_that_breaks_an_extractor_costs_that_table_alone(
    seeds, monkeypatch, table, others
):
    extractor = EXTRACTORS[table]

    def break_on_one(document, rows):
        if document.article.article_id.startswith("002"):
            raise ValueError("a number\nof 5,000 digits")
        return extractor(document, rows)

    monkeypatch.setitem(EXTRACTORS, table, break_on_one)
    with pytest.warns(UserWarning, match=f"nothing for {table} could be read"):
        found = sayso.read(ROOT / "seeds")
    (note,) = found.notes[found.notes["kind"] == "not extracted"].itertuples()
    assert note.level == "error" and note.article_id.startswith("002")
    assert f"nothing for {table} could be read (ValueError: a number of 5,000" in note.message
    ours, before = (getattr(corpus, table) for corpus in (found, seeds))
    assert len(ours) == (~before["article_id"].str.startswith("002")).sum()
    assert len(getattr(found, others)) == len(getattr(seeds, others))
    assert len(found) == 5


def test_an_article_that_cannot_be_seen_at_all_is_named(monkeypatch):
    def blind(*args):
        raise RuntimeError("no")

    monkeypatch.setattr("sayso.extract.read_document", blind)
    with pytest.warns(UserWarning, match="nothing for any table"):
        found = sayso.read(ROOT / "seeds")
    assert len(found) == 5 and not len(found.quotes)
    assert found.notes["message"].str.contains("nothing for any table").sum() == 5


def test_tables_that_were_not_asked_for_are_extracted_when_used(seeds, monkeypatch):
    corpus = sayso.read(ROOT / "seeds", tables=["sources"])
    made = {name: len(getattr(seeds, name)) for name in ("quotes", "sources", "notes")}
    assert str(corpus) == (
        "Corpus(5 articles, 107 sentences, {quotes} quotes, {sources} sources, {notes} notes)"
    ).format(**made)
    passes = []
    monkeypatch.setattr(
        "sayso.corpus.read_rows",
        lambda *given: passes.append(given[0].article_id) or read_rows(*given),
    )
    for name in ("blames", "dates", "blames", "quotes", "sources", "notes"):
        pd.testing.assert_frame_equal(getattr(corpus, name), getattr(seeds, name))
    assert passes == 2 * seeds.articles.article_id.tolist()
    pd.testing.assert_frame_equal(corpus.without_copies().blames, seeds.blames)


def test_dates_alone_need_no_encoder(seeds, monkeypatch):
    monkeypatch.setattr("sayso.corpus.encoder", lambda threads: None)
    corpus = sayso.read(ROOT / "seeds", tables=["dates"])
    pd.testing.assert_frame_equal(corpus.dates, seeds.dates)
    assert "not extracted" not in set(corpus.notes.kind)


def test_what_breaks_a_table_is_noted_when_it_is_extracted(monkeypatch):
    def breaks(document, rows):
        raise ZeroDivisionError("seven")

    monkeypatch.setitem(EXTRACTORS, "dates", breaks)
    corpus = sayso.read(ROOT / "tests" / "corpus", tables=["quotes"])
    before = corpus.notes
    with pytest.warns(UserWarning, match="nothing for dates could be read"):
        assert corpus.dates.empty
    after = corpus.notes
    pd.testing.assert_frame_equal(after.head(len(before)), before)
    assert after.kind.tail(len(after) - len(before)).tolist() == ["not extracted"] * len(corpus)


def test_a_table_that_is_none_is_told():
    with pytest.raises(ValueError, match="no table 'quote': there are articles, sentences, quotes"):
        sayso.read(ROOT / "seeds", tables=["quote"])


def test_a_corpus_tells_what_to_know_first(seeds):
    words, markup = repr(seeds), seeds._repr_html_()
    assert words.splitlines()[0] == str(seeds)
    for fact in ("TASS (2)", "Jan 2019 to Aug 2019", "see .account", ".view('000"):
        assert fact in words and fact.replace("'", "&#x27;") in markup
    assert "undated" not in words
    assert not [name for name in dir(seeds) if name.startswith("_")]
    assert {"quotes", "view", "statements", "account"} <= set(dir(seeds))


def test_a_corpus_without_dates_outlets_or_articles_tells_so():
    from sayso.corpus import Corpus
    from sayso.tables.columns import frame
    from sayso.tables.extracted import TABLES

    empty = Corpus({name: frame(row_type, []) for name, row_type in TABLES.items()})
    assert repr(empty).startswith("Corpus(0 articles") and "none" in repr(empty)


def test_undated_articles_are_told(invented):
    undated = invented.articles["published"].isna().sum()
    assert undated and f"{undated} of {len(invented)} articles undated" in repr(invented)


def test_an_article_shows_itself_in_short_and_is_a_series_still(seeds):
    row = seeds.article("003")
    assert isinstance(row, pd.Series) and row["text"] == row.text
    words = repr(row)
    assert words.startswith("Article 003") and "EU Today" in words and len(words) < 900
    assert "&lt;" in type(row)(row.where(row.index != "headline", "<b>"))._repr_html_()
    assert type(row[["outlet", "url"]]) is pd.Series  # a part of a row shows as any other


def test_articles_are_viewed_beside_each_other_and_layer_by_layer(seeds, tmp_path):
    both = seeds.view(compare=["001", "003"])
    for beginning in ("001", "003"):
        assert seeds.view(beginning).markup in both.markup
    both.save(tmp_path / "both.html")
    assert (tmp_path / "both.html").stat().st_size > 1000
    quotes, dates = (seeds.view("003", layers=[name]).markup for name in ("quotes", "dates"))
    date, speaker = re.compile("<time [^>]*title="), re.compile('title="[^"]*speaker: ')
    assert speaker.search(quotes) and not date.search(quotes)
    assert date.search(dates) and not speaker.search(dates)
    assert seeds.view("003", blame=True) == seeds.view("003", layers=["quotes", "dates", "blames"])
    with pytest.raises(ValueError, match="no layer 'frames': there are quotes, dates, blames"):
        seeds.view("003", layers=["frames"])
    with pytest.raises(ValueError, match="which article"):
        seeds.view()
