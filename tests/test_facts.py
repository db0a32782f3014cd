"""Facts: what is read as a figure, which pairs agree, differ or name another party."""

from __future__ import annotations

import pandas as pd
import pytest

from sayso.analyze.facts import read_facts
from sayso.analyze.facts_compared import compare_facts
from sayso.corpus import Corpus
from sayso.tables.columns import schema
from sayso.tables.compared import Fact, FactPair

FILLER = "The weather was mild. Nobody in the village of Aldham had heard of it before."


def read(tmp_path, **texts: str) -> Corpus:
    """Return a corpus of short articles, all of 3 March 2020."""
    import sayso

    rows = [
        {"article_id": name, "outlet": name.title(), "published": "2020-03-03", "text": text}
        for name, text in texts.items()
    ]
    path = tmp_path / "articles.jsonl"
    pd.DataFrame(rows).to_json(path, orient="records", lines=True)
    return sayso.read(path)


def facts_of(corpus: Corpus) -> pd.DataFrame:
    return read_facts(corpus.articles, corpus.quotes, corpus.dates)


def pairs_of(corpus: Corpus) -> pd.DataFrame:
    return compare_facts(facts_of(corpus), corpus.articles)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The dam cost $3.5 million.", ("money", 3.5e6, "dollars", None)),
        ("They paid about 12,000 euros for it.", ("money", 12000, "euros", "about")),
        ("At least 12 people were hurt.", ("figure", 12, "people", "at least")),
        ("Twenty-six heavily armed officers came.", ("figure", 26, "officers", None)),
        ("The range is 1,500 km.", ("figure", 1500, "kilometres", None)),
        ("Support fell to 47.5 percent.", ("percent", 47.5, "%", None)),
        ("It gave them a 60-day deadline.", ("length", 60, "days", None)),
        ("It gave them six weeks.", ("length", 42, "days", None)),
    ],
)
def test_a_figure_is_read_with_what_it_counts(tmp_path, sentence, expected):
    facts = facts_of(read(tmp_path, one=f"{sentence}\n\n{FILLER}"))
    row = facts.iloc[0]
    hedge = None if pd.isna(row["hedge"]) else row["hedge"]
    assert (row["kind"], row["value"], row["unit"], hedge) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The 9M729 was shown.",
        "They won 3-1 at home.",
        "A 29-year-old man was hurt.",
        "It was the 12th attempt.",
        "It opens at 10:30 daily.",
        "He scored 7 again.",
        "A two-thirds majority is needed.",
    ],
)
def test_other_numbers_are_no_figures(tmp_path, sentence):
    facts = facts_of(read(tmp_path, one=f"{sentence}\n\n{FILLER}"))
    assert facts[facts["kind"] != "date"].empty


def test_facts_lead_back_to_the_text(seeds, invented):
    for corpus in (seeds, invented):
        facts = facts_of(corpus)
        schema(Fact).validate(facts)
        texts = corpus.articles.set_index("article_id")["text"]
        for row in facts.itertuples():
            assert texts[row.article_id][row.start : row.end] == row.surface
            assert row.sentence_span[0] <= row.start < row.end <= row.sentence_span[1]


def test_two_versions_of_a_figure_are_a_disagreement(tmp_path):
    corpus = read(
        tmp_path,
        north=f"The council said the flood barrier at Aldham cost $30 million.\n\n{FILLER}",
        south=f"The flood barrier at Aldham cost $42 million, the council said.\n\n{FILLER}",
    )
    pairs = pairs_of(corpus)
    schema(FactPair).validate(pairs)
    row = pairs.iloc[0]
    assert row["relation"] == "differ"
    assert {row["surface_a"], row["surface_b"]} == {"$30 million", "$42 million"}
    assert "barrier" in row["shared"]


@pytest.mark.parametrize("other", ["$30 million", "more than $25 million", "about $32 million"])
def test_equal_or_hedged_values_agree(tmp_path, other):
    corpus = read(
        tmp_path,
        north=f"The council said the flood barrier at Aldham cost $30 million.\n\n{FILLER}",
        south=f"The flood barrier at Aldham cost {other}, the council said.\n\n{FILLER}",
    )
    assert pairs_of(corpus)["relation"].tolist() == ["agree"]


def test_figures_of_different_things_make_no_pair(tmp_path):
    corpus = read(
        tmp_path,
        north=f"The council said the flood barrier at Aldham cost $30 million.\n\n{FILLER}",
        south=f"A painter from the coast sold her house for $42 million.\n\n{FILLER}",
    )
    assert pairs_of(corpus).empty


def test_a_value_that_both_articles_have_is_no_disagreement(tmp_path):
    both = "The flood barrier at Aldham cost $30 million, and its repair cost $42 million."
    corpus = read(tmp_path, north=f"{both}\n\n{FILLER}", south=f"{both} It was late.\n\n{FILLER}")
    assert "differ" not in set(pairs_of(corpus)["relation"])


def test_the_seeds_disagree_on_start_and_author_of_the_process(seeds):
    """Who set the 60-day ultimatum, and on which day did the withdrawal begin?"""
    pairs = pairs_of(seeds)
    starts = pairs[(pairs["relation"] == "differ") & (pairs["kind"] == "date")]
    told = set(starts["surface_a"]) | set(starts["surface_b"])
    assert told == {"February 1", "February 2", "Feb. 2"}
    ultimatum = pairs[pairs["relation"] == "who"].iloc[0]
    assert "60" in ultimatum["surface_a"]
    assert {ultimatum["who_a"], ultimatum["who_b"]} == {"NATO", "United States"}


def test_nothing_to_compare_gives_the_columns():
    empty = Corpus(_empty_tables())
    assert list(facts_of(empty).columns)[:3] == ["fact_id", "article_id", "kind"]
    assert list(pairs_of(empty).columns)[:3] == ["pair_id", "topic", "kind"]


def _empty_tables():
    from sayso.tables.columns import frame
    from sayso.tables.extracted import TABLES

    return {name: frame(row, []) for name, row in TABLES.items()}
