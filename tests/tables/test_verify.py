"""What 'sayso verify' finds: files that changed, and rows that do not fit their articles."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

import sayso
from sayso.cli import app
from sayso.corpus import Corpus
from sayso.tables.extracted import TABLES
from sayso.tables.verify import find_faults


def verify(store, code: int) -> str:
    result = CliRunner().invoke(app, ["verify", str(store)])
    assert result.exit_code == code, result.output
    return result.output


def test_a_store_as_it_was_written_passes(seeds, invented, tmp_path):
    for corpus in (seeds, invented):
        store = corpus.save(tmp_path / str(len(corpus)))
        assert f"every span fits ({len(corpus)} articles, " in verify(store, 0)


def test_a_changed_file_is_named(seeds, tmp_path):
    store = seeds.save(tmp_path / "store")
    (file,) = store.glob("part-*/dates.parquet")
    data = bytearray(file.read_bytes())
    data[100] ^= 1
    file.write_bytes(data)
    told = verify(store, 1)
    assert "dates.parquet is not as it was written" in told and told.count("error: ") == 1
    assert "is no store" in verify(tmp_path, 2)


def test_damage_of_what_only_the_corpus_tells_is_named_once(seeds, tmp_path):
    store = seeds.save(tmp_path / "store")
    (file,) = store.glob("names-*/notes.parquet")
    file.write_bytes(file.read_bytes().replace(b"PAR1", b"PAR2"))
    assert verify(store, 1).count("error: ") == 1


WRONG = {
    ("quotes", "content"): "other words",
    ("quotes", "content_spans"): [[0, 10**7]],
    ("quotes", "speaker_span"): [5, 3],
    ("quotes", "end"): 10**7,
    ("quotes", "nested_in"): "nobody's-q1",
    ("dates", "surface"): "another day",
    ("dates", "start"): -1,
    ("blames", "cue"): "other words",
    ("blames", "target_span"): [0, 1],
    ("mentions", "article_id"): "nobody's",
    ("articles", "text"): "Another text.",
    ("articles", "boilerplate"): [[0, 10**7]],
}


@pytest.mark.parametrize(("table", "column"), WRONG)
def test_a_row_that_does_not_fit_is_named(seeds, tmp_path, table, column):
    tables = {name: getattr(seeds, name) for name in TABLES}
    assert list(find_faults(tables)) == []
    first = tables[table].index[tables[table][column].notna()][0]
    tables[table].at[first, column] = WRONG[table, column]
    faults = list(find_faults(tables))
    assert faults and all(fault.startswith(table) for fault in faults if table != "articles")
    assert str(tables[table].iloc[first, 0]) in faults[0]
    store = Corpus(tables).save(tmp_path / "store")
    assert len(sayso.open(store)) == len(seeds)
    verify(store, 1)


def test_rows_that_share_an_id_are_named(seeds):
    quotes = seeds.quotes
    quotes.loc[1, "quote_id"] = quotes.loc[0, "quote_id"]
    (fault,) = find_faults({"articles": seeds.articles, "quotes": quotes})
    assert fault == f"quotes, {quotes.loc[0, 'quote_id']}: more than one row has this quote_id"
