"""Parquet files, read a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.reading.formats.source import File, Raw
from sayso.reading.formats.tables.rows import Row, Table
from sayso.reading.problem import Problem

ROWS_AT_A_TIME = 256


def read_parquet(file: File) -> Iterator[Raw | Problem]:
    """Return the articles of a Parquet file, a row each."""
    import pyarrow.parquet as pq

    with file.open() as data, pq.ParquetFile(data) as table:
        batches = table.iter_batches(batch_size=ROWS_AT_A_TIME)
        rows = (row for batch in batches for row in batch.to_pylist())
        numbered = (Row(number, row) for number, row in enumerate(rows, start=1))
        yield from Table(file).read(numbered)
