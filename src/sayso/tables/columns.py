"""The tables: one frozen dataclass a table gives its columns, their types, meaning and checks.

A field's annotation tells the column's kind and whether it may be null, its metadata what it means
and the values it may take. Every frame that sayso returns is made by :func:`frame`, so it has its
table's columns in order and with their dtypes, also when it is empty.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import field
from typing import Any

import numpy as np
import pandas as pd

# annotation -> kind of column
KINDS = {
    "str": "text",
    "tuple[str, ...]": "texts",
    "Span": "span",
    "tuple[Span, ...]": "spans",
    "int": "integer",
    "float": "number",
    "bool": "flag",
    "date": "date",
}
# kind -> dtype of the pandas column. Spans are lists of ints, or lists of such lists.
DTYPES = {
    "text": "str",
    "texts": "object",
    "span": "object",
    "spans": "object",
    "integer": "int64",
    "number": "float64",
    "flag": "bool",
    "date": "datetime64[s]",
}


def column(doc: str, *, values: tuple[str, ...] = (), default: Any = dataclasses.MISSING) -> Any:
    """Declare a column: its meaning, and the values it may take if they are few."""
    return field(default=default, metadata={"doc": doc, "values": values})


def kind_of(column: dataclasses.Field) -> str:
    """Return a column's kind, a key of ``DTYPES``."""
    return KINDS[column.type.removesuffix(" | None")]


def may_be_null(column: dataclasses.Field) -> bool:
    """Whether a column may have nulls."""
    return column.type.endswith(" | None")


def columns(row_type: type) -> list[str]:
    """Return the column names of a table, in order."""
    return [f.name for f in dataclasses.fields(row_type)]


def frame(row_type: type, rows: Iterable[Any]) -> pd.DataFrame:
    """Return rows, instances of a table's dataclass, with its columns, order and dtypes."""
    rows = list(rows)
    return pd.DataFrame(
        {
            f.name: column_of(f, [getattr(row, f.name) for row in rows])
            for f in dataclasses.fields(row_type)
        }
    )


def column_of(f: dataclasses.Field, values: list) -> pd.Series:
    """Return values as the column of a table, with its dtype; spans as lists of ints."""
    dtype = DTYPES[kind_of(f)]
    if dtype == "object":
        filled = np.empty(len(values), dtype=object)
        filled[:] = [_listed(value) for value in values]
        return pd.Series(filled, dtype=object)
    return pd.Series(values, dtype=dtype)


def _listed(value: Any) -> Any:
    """Return spans as lists of ints, whatever they were read from; None stays None."""
    if isinstance(value, (tuple, list, np.ndarray)):
        return [_listed(item) for item in value]
    if value is None or isinstance(value, str):
        return value
    return None if pd.isna(value) else int(value)


def schema(row_type: type):
    """Return the table's checks as a pandera schema (values, nulls, offsets)."""
    import pandera.pandas as pa

    def checks(f: dataclasses.Field) -> pa.Column:
        tests = [pa.Check.isin(f.metadata["values"])] if f.metadata["values"] else []
        if f.name in ("start", "end", "n_words", "n_quotes", "n_direct"):
            tests.append(pa.Check.ge(0))
        if f.name in ("confidence", "share_of_voice", "first_at"):
            tests.append(pa.Check.in_range(0, 1))
        dtype = None if kind_of(f) == "date" else DTYPES[kind_of(f)]
        return pa.Column(dtype, tests, nullable=may_be_null(f))

    return pa.DataFrameSchema(
        {f.name: checks(f) for f in dataclasses.fields(row_type)}, strict=True, ordered=True
    )
