"""Parquet files, read a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.reading.formats.source import File, Raw, error
from sayso.reading.formats.tables.rows import Row, Table
from sayso.reading.problem import Problem

ROWS_AT_A_TIME = 256


def read_parquet(file: File) -> Iterator[Raw | Problem]:
    """Return the articles of a Parquet file, a row each."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        with file.open() as data, ParquetFile(data) as table:
            batches = table.iter_batches(batch_size=ROWS_AT_A_TIME)
            rows = (row for batch in batches for row in batch.to_pylist())
            numbered = (Row(number, row) for number, row in enumerate(rows, start=1))
            yield from Table(file).read(numbered)
    except ArrowException as fault:
        message = f"it is no whole Parquet file ({fault}); write it once more"
        yield error("unreadable file", message)
