"""The large store that is measured: copies of articles under other ids and names."""

from __future__ import annotations

from benchmarks.scale.kills import moments
from benchmarks.scale.measure import first_articles, grow

import sayso
from conftest import ROOT
from sayso.tables.extracted import TABLES
from sayso.tables.verify import find_faults


def test_a_store_grows_by_copies_that_are_as_whole_as_their_first(seeds, tmp_path):
    small = seeds.save(tmp_path / "small")
    assert grow(small, tmp_path / "large", 12) >= 0
    large = sayso.open(tmp_path / "large")
    assert len(large) == 15 and large.articles.article_id.is_unique
    for name in TABLES:
        table = getattr(large, name)
        assert list(table) == list(getattr(seeds, name))
        assert len(table) >= 3 * len(getattr(seeds, name))
    assert not list(find_faults({name: getattr(large, name) for name in TABLES}))
    people = large.sources[large.sources.kind == "person"]
    assert (
        people.source.nunique()
        == 3 * seeds.sources.source[seeds.sources.kind == "person"].nunique()
    )
    assert large.quotes.quote_id.is_unique
    nested = large.quotes.nested_in.dropna()
    assert len(nested) and nested.isin(large.quotes.quote_id).all()


def test_the_first_articles_are_counted(tmp_path):
    source = ROOT / "tests" / "corpus" / "desk.jsonl"
    n_words = first_articles(source, 1, tmp_path / "a.jsonl")
    assert len((tmp_path / "a.jsonl").read_text("utf-8").splitlines()) == 1 and n_words > 20
    assert list(moments(3, 9.0, 1)) == list(moments(3, 9.0, 1)) and max(moments(9, 2.0, 1)) <= 2
