"""Parquet files, read a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sayso.reading.formats.source import File, Raw, error
from sayso.reading.formats.tables.header import unique_names
from sayso.reading.formats.tables.rows import Row, Table
from sayso.reading.problem import Problem

ROWS_AT_A_TIME = 256


def read_parquet(file: File) -> Iterator[Raw | Problem]:
    """Return the articles of a Parquet file, a row each."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        with file.open() as data, ParquetFile(data) as table:
            batches = map(_named, table.iter_batches(batch_size=ROWS_AT_A_TIME))
            rows = (row for batch in batches for row in _rows(batch))
            numbered = (Row(number, row) for number, row in enumerate(rows, start=1))
            yield from Table(file).read(numbered)
    except ArrowException as fault:
        message = f"it is no whole Parquet file ({fault}); write it once more"
        yield error("unreadable file", message)


def _named(batch: Any) -> Any:
    """Return a batch whose columns have different names: of a second 'text', too, none is lost."""
    names = batch.schema.names
    return batch if len(set(names)) == len(names) else batch.rename_columns(unique_names(names))


def _rows(batch: Any) -> list[dict[str, Any]]:
    """Return the rows of a batch; a cell that Python cannot hold costs no other."""
    try:
        return batch.to_pylist()
    except Exception:
        columns = [map(_value, column) for column in batch.columns]
        return [
            dict(zip(batch.schema.names, row, strict=True)) for row in zip(*columns, strict=True)
        ]


def _value(cell: Any) -> Any:
    """Return what a cell holds; a day beyond the calendar in figures, lost letters as '\\ufffd'."""
    from pyarrow import ListScalar, Scalar, StructScalar

    try:
        return cell.as_py()
    except Exception:
        if isinstance(cell, StructScalar):
            return {name: _value(inner) for name, inner in cell.items()}
        if isinstance(cell, ListScalar):
            return list(map(_value, cell.values))
        if hasattr(cell, "as_buffer"):
            return cell.as_buffer().to_pybytes().decode("utf-8", errors="replace")
        inner = getattr(cell, "value", "what cannot be read as")
        return _value(inner) if isinstance(inner, Scalar) else f"{inner} {cell.type}"
