"""Units: each headline, sentence and quote once, in the voice that says it."""

from __future__ import annotations

import pandas as pd
import pytest

import sayso
from sayso.analyze.framing.agreement import coding_sheet
from sayso.analyze.framing.code import left_out
from sayso.analyze.framing.shares import headline_against_body
from sayso.analyze.passages import place_texts
from sayso.analyze.units import READ, read_units
from sayso.analyze.words.context import find_terms
from sayso.corpus import Corpus
from sayso.show.framing import evidence

HEADLINE = "Ferry row: Osk slams 'rotten' port board"
TEXT = """The ferry to Lindholm stays in port this winter. Two hulls leak.

"We were never asked about the price," Mara Osk, the mayor of Lindholm, told reporters on Friday.

"I would sooner row across than pay that much again." The board meets in March.

Her pupils like "The Old Man and the Sea" best."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    file = tmp_path_factory.mktemp("ferry") / "articles.jsonl"
    rows = [{"article_id": "a", "outlet": "North", "headline": HEADLINE, "text": TEXT}]
    pd.DataFrame(rows).to_json(file, orient="records", lines=True)
    return sayso.read(file)


@pytest.fixture(scope="module")
def framing(corpus):
    return corpus.framing("generic-cues")


def units(corpus):
    article = next(corpus.articles.itertuples())
    return list(read_units(article, corpus.sentences, corpus.quotes))


def words(unit) -> str:
    return " ".join(unit.text.replace("|", " ").split())


def test_a_headline_in_a_column_is_a_unit(corpus, framing):
    rows = framing[framing["unit"] == "headline"]
    assert set(rows["where"]) == {"headline"} and set(rows["unit_id"]) == {"a-headline"}
    found = rows[rows["present"] & (rows["frame"] == "conflict")].iloc[0]
    assert [HEADLINE[a:b] for a, b in found["evidence_spans"]] == ["slams"]
    assert place_texts(rows, corpus.articles).eq(HEADLINE).all()
    assert headline_against_body(framing, corpus.articles)["in_headline"].any()
    shown = evidence(framing, corpus, ["conflict"], voice_kind="outlet")
    assert "<mark" in shown.markup and ">slams</mark>" in shown.markup


def test_its_marked_words_are_somebody_elses(corpus):
    above = [unit for unit in units(corpus) if unit.where == "headline"]
    assert [(words(u), u.voice_kind) for u in above if u.voice_kind == "quoted"] == [
        ("rotten", "quoted")
    ]
    checked = corpus.headline_check()
    assert checked[["words", "status", "where"]].values.tolist() == [
        ["rotten", "absent", "headline"]
    ]
    row = checked.iloc[0]
    assert HEADLINE[row["start"] : row["end"]] == "rotten"


def test_a_tag_is_no_unit(corpus, framing):
    tags = [words(unit) for unit in units(corpus) if unit.tag]
    assert len(tags) == 1 and "told reporters on Friday" in tags[0]
    coded = framing[framing["voice_kind"] == "outlet"]
    places = coded[["start", "end"]].drop_duplicates().itertuples(index=False)
    assert not any("told reporters" in TEXT[a:b] for a, b in places if b <= len(TEXT))


def test_marked_sentences_without_a_speaker_are_quoted_and_titles_are_not(corpus):
    voices = {words(unit): unit.voice_kind for unit in units(corpus) if unit.unit == "sentence"}
    assert any("sooner row across" in text and kind == "quoted" for text, kind in voices.items())
    assert any("Old Man" in text and kind == "outlet" for text, kind in voices.items())


def test_what_is_left_out_is_told(corpus):
    tables = {name: corpus.table(name) for name in READ}
    table = left_out(corpus).set_index("what")
    assert table.loc["attribution tags"].tolist() == [1, 1]
    assert table.loc["articles without a headline", "n"] == 0
    without = corpus.articles.assign(headline=None)
    table = left_out(Corpus(tables | {"articles": without})).set_index("what")
    assert table.loc["articles without a headline", "n"] == 1
    other = corpus.sentences.iloc[:0]
    table = left_out(Corpus(tables | {"sentences": other})).set_index("what")
    assert table.loc["articles without sentences", "n"] == 1


def test_words_of_the_headline_are_found_and_coded_by_hand(corpus, framing, tmp_path):
    found = find_terms(corpus.quotes, corpus.sentences, corpus.articles, "slam")
    assert found[["words", "where"]].values.tolist() == [["slams", "headline"]]
    sheet = coding_sheet(framing, corpus.articles, tmp_path / "sheet.csv")
    assert HEADLINE in set(sheet["text"])


def test_a_headline_that_stands_in_the_text_is_coded_once(tmp_path):
    file = tmp_path / "articles.jsonl"
    row = {"article_id": "b", "outlet": "N", "headline": HEADLINE, "text": f"{HEADLINE}\n\n{TEXT}"}
    pd.DataFrame([row]).to_json(file, orient="records", lines=True)
    coded = sayso.read(file).framing("generic-cues")
    assert set(coded.loc[coded["unit"] == "headline", "where"]) == {"text"}
