"""The tables: declared columns and dtypes, in frames, in Parquet and in the dictionary."""

from __future__ import annotations

import contextlib
import dataclasses
from datetime import date

import numpy as np
import pandas as pd
import pandera.errors
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.tables.columns import DTYPES, columns, frame, kind_of, may_be_null, schema
from sayso.tables.extracted import TABLES, Date, Note, Quote
from sayso.tables.files import (
    decode,
    decode_bytes,
    encode,
    footer_at,
    footer_of,
    schema_of,
)

SPAN = st.tuples(st.integers(0, 10_000), st.integers(0, 10_000))
VALUES = {
    "text": st.text(max_size=20),
    "texts": st.lists(st.text(max_size=10), max_size=3).map(tuple),
    "span": SPAN,
    "spans": st.lists(SPAN, max_size=3).map(tuple),
    "integer": st.integers(0, 10_000),
    "number": st.floats(0, 1),
    "flag": st.booleans(),
    "date": st.dates(date(1900, 1, 1), date(2100, 1, 1)),
}


def rows_of(row_type: type) -> st.SearchStrategy:
    """Any rows that a table's declaration allows."""
    fields = {}
    for f in dataclasses.fields(row_type):
        values = f.metadata["values"]
        field = st.sampled_from(values) if values else VALUES[kind_of(f)]
        fields[f.name] = st.none() | field if may_be_null(f) else field
    return st.lists(st.builds(row_type, **fields), max_size=4)


TABLE = pytest.mark.parametrize("row_type", TABLES.values(), ids=TABLES)


@TABLE
def test_an_empty_frame_has_its_columns_and_dtypes(row_type):
    empty = frame(row_type, [])
    assert list(empty) == columns(row_type) and len(empty) == 0
    for f in dataclasses.fields(row_type):
        assert empty[f.name].dtype == DTYPES[kind_of(f)], f.name
    schema(row_type).validate(empty)


@TABLE
@settings(max_examples=25)
@given(data=st.data())
def test_any_rows_keep_dtypes_pass_the_checks_and_survive_parquet(row_type, data, tmp_path_factory):
    rows = data.draw(rows_of(row_type))
    made = frame(row_type, rows)
    assert list(made.dtypes) == list(frame(row_type, []).dtypes)
    schema(row_type).validate(made)
    path = tmp_path_factory.mktemp("store") / "table.parquet"
    path.write_bytes(encode(row_type, made))
    pd.testing.assert_frame_equal(decode(row_type, [path]), made)
    pd.testing.assert_frame_equal(decode_bytes(row_type, path.read_bytes()), made)
    some = made.columns[::2].tolist()
    pd.testing.assert_frame_equal(decode(row_type, [path], some), made[some])


@TABLE
def test_the_schema_tells_each_column(row_type, tmp_path):
    path = tmp_path / "table.parquet"
    path.write_bytes(encode(row_type, frame(row_type, [])))
    found = pq.read_schema(path)
    assert found.equals(schema_of(row_type), check_metadata=True)
    for f in dataclasses.fields(row_type):
        told = found.field(f.name)
        assert told.metadata[b"description"].decode() == f.metadata["doc"]
        assert told.nullable == may_be_null(f)


def test_a_flipped_bit_is_never_read_as_something_else(tmp_path):
    quotes = frame(Quote, [a_quote(content="one"), a_quote(content="two")])
    data, path = encode(Quote, quotes), tmp_path / "table.parquet"
    for at in range(len(data) - len(footer_of(data))):
        path.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
        assert footer_at(path) == footer_of(data)
        with contextlib.suppress(OSError, ValueError):  # most are told
            pd.testing.assert_frame_equal(decode(Quote, [path]), quotes)


@TABLE
def test_every_column_says_what_it_means(row_type):
    for f in dataclasses.fields(row_type):
        assert len(f.metadata["doc"]) > 5
        assert kind_of(f) in DTYPES


def test_text_columns_are_pandas_strings_with_missing_values():
    made = frame(Note, [Note(None, "a.txt", "note", "odd mark", "a mark is odd", None, None)])
    assert isinstance(made["article_id"].dtype, pd.StringDtype)
    assert made["article_id"].isna().all() and made["start"].isna().all()


def test_dates_are_days_or_missing():
    day = Date("a_d0", "a", "May", "DATE", "2021-05", date(2021, 5, 1), None, None, 0, 3)
    made = frame(Date, [day])
    assert made["earliest"][0] == pd.Timestamp("2021-05-01")
    assert made["latest"].isna().all()
    assert made["latest"].dtype == "datetime64[s]"


def test_spans_are_lists_whatever_they_were():
    made = frame(Quote, [a_quote(content_spans=np.array([[1, 2], [3, 4]]))])
    assert made["content_spans"][0] == [[1, 2], [3, 4]]
    assert type(made["content_spans"][0][0][0]) is int
    assert made["cue_span"][0] is None


def test_a_frame_without_a_column_is_refused_by_name():
    with pytest.raises(ValueError, match=r"Quote.*'cue_stance'"):
        encode(Quote, frame(Quote, []).drop(columns="cue_stance"))


def test_a_frame_with_more_columns_loses_them():
    more = frame(Quote, []).assign(note="mine")
    assert list(decode_bytes(Quote, encode(Quote, more))) == columns(Quote)


@pytest.mark.parametrize(
    "wrong", [{"kind": "sung"}, {"start": -1}, {"confidence": 1.5}, {"cue_stance": "rude"}]
)
def test_values_that_are_not_allowed_fail_the_checks(wrong):
    with pytest.raises(pandera.errors.SchemaError):
        schema(Quote).validate(frame(Quote, [a_quote(**wrong)]))


def a_quote(**changes) -> Quote:
    values = {
        "text": "words",
        "texts": (),
        "span": None,
        "spans": (),
        "integer": 0,
        "number": 0.5,
        "flag": False,
    }
    row = {
        f.name: None if may_be_null(f) else values[kind_of(f)] for f in dataclasses.fields(Quote)
    }
    return Quote(**(row | {"kind": "direct"} | changes))
