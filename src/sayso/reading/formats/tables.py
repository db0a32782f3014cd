"""Tables of articles: CSV, TSV, JSON lines and Parquet, an article a row."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from sayso.reading.formats.decode import NotText, decode, is_binary, open_text
from sayso.reading.formats.source import File, Raw, error, warned
from sayso.reading.known import clean, known_from, normal_row
from sayso.reading.problem import Problem

# A cell may hold a whole article.
LONGEST_CELL = 2**31 - 1
ROWS_AT_A_TIME = 256


def read_csv(file: File) -> Iterator[Raw | Problem]:
    """Return the articles of a CSV or TSV file, a row each."""
    lines, warning = open_text(file.open())
    yield from warned(warning)
    csv.field_size_limit(LONGEST_CELL)
    with lines:
        header = lines.readline()
        if header.strip():
            rows = csv.DictReader(chain([header], lines), delimiter=_delimiter(file, header))
            yield from _read_table(rows, rows.fieldnames or [], file)


def _delimiter(file: File, header: str) -> str:
    if file.ending == ".tsv":
        return "\t"
    return ";" if ";" in header and "," not in header else ","


def read_parquet(file: File) -> Iterator[Raw | Problem]:
    """Return the articles of a Parquet file, a row each."""
    import pyarrow.parquet as pq

    with file.open() as data, pq.ParquetFile(data) as table:
        batches = table.iter_batches(batch_size=ROWS_AT_A_TIME)
        rows = (row for batch in batches for row in batch.to_pylist())
        yield from _read_table(rows, table.schema_arrow.names, file)


def _read_table(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str], file: File
) -> Iterator[Raw | Problem]:
    names = normal_row(dict.fromkeys(columns))
    if "text" not in names:
        has = ", ".join(names) or "none"
        message = f"it has no column 'text' (its columns: {has}); give the articles' text that name"
        yield error("no text column", message)
        return
    for number, row in enumerate(rows, start=1):
        yield from _read_row(normal_row(row), file, "row", number)


def read_jsonl(file: File) -> Iterator[Raw | Problem]:
    """Return the articles of a file with one JSON object a line."""
    with file.open() as lines:
        if is_binary(lines.read(1 << 16)):
            raise NotText
        lines.seek(0)
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield from _read_line(line, file, number)


def _read_line(line: bytes, file: File, number: int) -> Iterator[Raw | Problem]:
    """Read one line of JSONL; one that is bad is named."""
    try:
        decoded = decode(line)
        row = json.loads(decoded.text)
    except (ValueError, RecursionError) as fault:
        yield error("bad line", f"line {number} is no JSON ({fault}); mend or remove it")
        return
    if not isinstance(row, dict):
        yield error("bad line", f"line {number} is no JSON object with a 'text'")
    elif "text" in (row := normal_row(row)):
        yield from _read_row(row, file, "line", number, warned(decoded.warning))
    else:
        has = ", ".join(row) or "none"
        yield error("no text column", f"line {number} has no 'text' (its names: {has})")


def _read_row(
    row: Mapping[str, Any], file: File, unit: str, number: int, problems: tuple[Problem, ...] = ()
) -> Iterator[Raw | Problem]:
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        yield error("empty text", f"{unit} {number} has no text; fill it or leave it out")
        return
    article_id = clean(row.get("article_id")) or f"{file.place}#{number}"
    yield Raw(text, article_id, known_from(row), problems)
