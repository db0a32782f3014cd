"""Mutated articles: written in every format, and what does not hold is found."""

from __future__ import annotations

import json
from random import Random

import pytest
from benchmarks.stress import invariants
from benchmarks.stress.mutate import mutated, read_rows, run_batch, write
from benchmarks.stress.mutations import CELLS, NAMES, TEXTS
from benchmarks.stress.written import FORMATS

from sayso.corpus import Corpus
from sayso.tables.extracted import TABLES

TEXT = "The dam holds.\n\n“It will hold all winter,” Ana Voss said on Monday. Ben Lund agreed."


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "rows.jsonl"
    made = [{"article_id": n, "headline": f"Dam {n}", "text": TEXT * n} for n in (3, 1, 2)]
    path.write_text("".join(json.dumps(row) + "\n" for row in made), encoding="utf-8")
    return read_rows(path, 5, 20)


def test_the_shortest_come_first_and_are_cut(rows):
    assert [row["article_id"] for row in rows] == [1, 2, 3, 1, 2]
    assert max(len(row["text"].split(" ")) for row in rows) == 20


def test_the_same_seed_mutates_in_the_same_way(rows):
    one, other, third = (mutated(rows, 0, Random(seed)) for seed in (1, 1, 2))
    assert repr(one) == repr(other) != repr(third)
    for change in TEXTS.values():
        assert isinstance(change(TEXT, Random(1)), str) and isinstance(change("", Random(1)), str)
    assert len(TEXTS) >= 20 and len(CELLS) >= 50 and set(NAMES) <= set(one[0])


@pytest.mark.parametrize("batch", range(len(FORMATS)))
def test_every_format_writes_all_articles(rows, tmp_path, batch):
    folder = tmp_path / "texts"
    folder.mkdir()
    written, name, _ = write(mutated(rows, batch, Random(batch)), folder, batch, Random(1))
    assert name == list(FORMATS)[batch] and sum(written.values()) == len(rows)
    assert {path for path in folder.iterdir()} == set(written)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["txt", "html", "jsonl", "csv", "parquet", "zip"])
def test_mutated_articles_are_read_or_told_and_all_holds(rows, name):
    counts, wrong = run_batch(rows, list(FORMATS).index(name), 3)
    assert wrong == [] and counts["articles"] == len(rows)


def test_what_does_not_hold_is_found(seeds, tmp_path):
    tables = {name: getattr(seeds, name) for name in TABLES}
    written = {tmp_path / path: 1 for path in seeds.articles["path"]}
    assert not list(invariants.unfit_rows(seeds)) and not list(
        invariants.lost_articles(seeds, written, tmp_path)
    )
    fewer = Corpus(tables | {"articles": seeds.articles.iloc[1:]})
    (lost,) = invariants.lost_articles(fewer, written, tmp_path)
    assert lost.endswith("has 1 articles, 0 rows and 0 told")
    assert len(list(invariants.read_or_told(fewer, written, tmp_path))) == 1
    dates, blames = seeds.dates, seeds.blames
    dates.loc[0, "anchor"], blames.loc[0, "voice"] = "nothing", "nobody"
    faults = list(invariants.unfit_rows(Corpus(tables | {"dates": dates, "blames": blames})))
    assert [fault.split(" ")[0] for fault in faults] == ["dates.anchor", "blames.voice"]
    notes = seeds.notes
    notes.loc[0] = ["a", "a.txt", "error", "not extracted", "a.txt: nothing", None, None]
    assert len(list(invariants.broken(Corpus(tables | {"notes": notes}), damaged=True))) == 1
