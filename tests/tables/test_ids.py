"""Ids are what the data dictionary says they are, and lead from table to table."""

from __future__ import annotations

import pandas as pd
import pytest

from sayso.analyze.statements.align import align_statements
from sayso.analyze.statements.coverage import cover
from sayso.tables.columns import columns
from sayso.tables.compared import COMPARED


def test_extracted_ids_tell_article_and_place(invented):
    for row in invented.sentences.itertuples():
        assert row.sentence_id == f"{row.article_id}-t{row.start}"
    for row in invented.quotes.itertuples():
        letter = "q" if row.nested_in is None or row.nested_in != row.nested_in else "n"
        assert row.quote_id == f"{row.article_id}-{letter}{row.content_spans[0][0]}"
    for row in invented.dates.itertuples():
        assert row.date_id == f"{row.article_id}-d{row.start}"
    for row in invented.sources.itertuples():
        assert row.source_id == f"{row.article_id}-s{row.start}"
    for row in invented.mentions.itertuples():
        assert row.mention_id == f"{row.article_id}-m{row.start}"
    for row in invented.blames.itertuples():
        place = f"{row.cue_span[0]}-{row.target_span[0]}"
        assert row.blame_id == f"{row.article_id}-b{place}"


@pytest.mark.parametrize("method", COMPARED)
def test_methods_return_the_tables_of_the_dictionary(seeds, method):
    assert list(getattr(seeds, method)()) == columns(COMPARED[method])


def test_compared_ids_lead_to_extracted_ones(seeds):
    quotes, blames = set(seeds.quotes["quote_id"]), set(seeds.blames["blame_id"])
    statements, charges = seeds.statements(), seeds.charges()
    # The articles of one subject are taken for one event: of one event in the strict sense are few.
    events = pd.Series("arms control", index=seeds.articles["article_id"])
    pairs = align_statements(seeds, events)
    coverage = cover(pairs, seeds, events)
    assert len(statements) and set(statements["quote_id_a"]) <= quotes
    assert len(coverage) and set(coverage["statement_id"]) <= quotes
    assert len(charges) and set(charges["charge_id"]) <= blames
