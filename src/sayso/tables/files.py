"""Tables as Parquet: each column with its type and, in the schema, what it means.

Pages have checksums, which are verified as they are read, so that one column can be read alone and
still be known to be as it was written.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from sayso.tables.columns import DTYPES, kind_of, may_be_null


def _listed(inner: pa.DataType) -> pa.ListType:
    return pa.list_(pa.field("element", inner))  # as Parquet calls it


# kind of column -> type in the file
TYPES = {
    "text": pa.string(),
    "texts": _listed(pa.string()),
    "span": _listed(pa.int32()),
    "spans": _listed(_listed(pa.int32())),
    "integer": pa.int64(),
    "number": pa.float64(),
    "flag": pa.bool_(),
    "date": pa.date32(),
}
_FORMAT = ds.ParquetFileFormat(
    default_fragment_scan_options=ds.ParquetFragmentScanOptions(page_checksum_verification=True)
)
FOOTER_END = 8  # length of the footer and 'PAR1'


@cache
def schema_of(row_type: type) -> pa.Schema:
    """Return a table's schema: each column's meaning is its ``description``, few ``values`` too."""
    fields = []
    for f in dataclasses.fields(row_type):
        told = {"description": f.metadata["doc"]}
        if f.metadata["values"]:
            told["values"] = ", ".join(f.metadata["values"])
        fields.append(pa.field(f.name, TYPES[kind_of(f)], may_be_null(f), told))
    return pa.schema(fields, {"description": " ".join(row_type.__doc__.split())})


def encode(row_type: type, data: pd.DataFrame) -> bytes:
    """Return a table as a Parquet file; columns that the table has not are left out.

    Raises
    ------
    ValueError
        If a column is missing, named with the table and what it means.
    """
    for f in dataclasses.fields(row_type):
        if f.name not in data:
            raise ValueError(
                f"table of {row_type.__name__} rows lacks column '{f.name}' ({f.metadata['doc']})"
            )
    schema = schema_of(row_type)
    loose = pa.schema([field.with_nullable(True) for field in schema])
    table = pa.Table.from_pandas(data[schema.names], loose, preserve_index=False)
    sink = pa.BufferOutputStream()
    pq.write_table(table.cast(schema), sink, compression="zstd", write_page_checksum=True)
    return sink.getvalue().to_pybytes()


def decode(
    row_type: type,
    files: Iterable[Path],
    columns: Iterable[str] | None = None,
    articles: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return the rows of Parquet files, with the table's columns and dtypes, or some of these.

    ``articles`` are ids: only rows of these are returned. Raises pyarrow's errors (OSError,
    ValueError) if a file is damaged.
    """
    names = [f.name for f in dataclasses.fields(row_type)]
    names = names if columns is None else [name for name in names if name in set(columns)]
    dataset = ds.dataset([str(path) for path in files], schema_of(row_type), _FORMAT)
    own = None if articles is None else ds.field("article_id").isin(pa.array(articles, pa.string()))
    return _frame(row_type, dataset.to_table(columns=names, filter=own))


def decode_bytes(row_type: type, data: bytes) -> pd.DataFrame:
    """Return the rows of a table that :func:`encode` made a file of."""
    return _frame(row_type, pq.read_table(pa.BufferReader(data)))


def n_rows(data: bytes) -> int:
    """Return how many rows a Parquet file has."""
    return pq.read_metadata(pa.BufferReader(data)).num_rows


def footer_of(data: bytes) -> bytes:
    """Return the end of a Parquet file that tells where its columns are and what is in them."""
    size = int.from_bytes(data[-FOOTER_END : -FOOTER_END // 2], "little")
    return data[-min(len(data), size + FOOTER_END) :]


def footer_at(path: Path) -> bytes:
    """Return the same of a file, without reading the rest of it."""
    with path.open("rb") as file:
        end = file.seek(0, 2)
        file.seek(max(0, end - FOOTER_END))
        size = int.from_bytes(file.read(FOOTER_END // 2), "little")
        file.seek(max(0, end - size - FOOTER_END))
        return file.read()


def _frame(row_type: type, table: pa.Table) -> pd.DataFrame:
    fields = {f.name: f for f in dataclasses.fields(row_type)}
    return pd.DataFrame({n: _series(fields[n], table[n]) for n in table.column_names})


def _series(f: dataclasses.Field, values: pa.ChunkedArray) -> pd.Series:
    kind = kind_of(f)
    if DTYPES[kind] == "object":
        filled = np.empty(len(values), dtype=object)
        filled[:] = values.to_pylist()
        return pd.Series(filled, dtype=object)
    if kind == "date":
        values = values.cast(pa.timestamp("s"))
    return values.to_pandas().astype(DTYPES[kind])
