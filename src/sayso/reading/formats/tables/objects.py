"""JSON: the articles in it, whatever stands around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sayso.reading.columns import Columns, is_one_of, reach
from sayso.reading.formats.source import File, Raw
from sayso.reading.formats.tables.cells import prose
from sayso.reading.formats.tables.rows import Row, Table
from sayso.reading.formats.tables.values import Value, is_lines, read_lines, read_stream
from sayso.reading.problem import Problem

# Objects within one another, around articles.
DEEPEST = 6


def read_json(file: File) -> Iterator[Raw | Problem]:
    """Return the articles in JSON: one a line, those of an array or an object, or one alone."""
    if is_lines(file):
        table, values = Table(file, "line"), read_lines(file)
        rows = _numbered_by_line(values, file.columns)
    else:
        table, values = Table(file, "record"), read_stream(file)
        rows = _numbered(values, file.columns, table)
    yield from table.read(rows)


def _numbered_by_line(values: Iterator[Value], columns: Columns) -> Iterator[Row]:
    for value in values:
        if value.fault:
            yield Row(value.number, fault=value.fault)
            continue
        rows = list(find_rows(value.value, columns))
        for number, row in enumerate(rows, start=1):
            row.number = value.number if len(rows) == 1 else f"{value.number}.{number}"
            row.problems = value.problems
            yield row


def _numbered(
    values: Iterator[Value | Problem], columns: Columns, table: Table
) -> Iterator[Row | Problem]:
    number = 0
    value = next(values, None)
    while value is not None:
        following = next(values, None)
        if isinstance(value, Problem):
            yield value
        else:
            for row in find_rows(value.value, columns):
                number += 1
                row.number = number
                # A crawler writes a file for each page, which is an article called like its file.
                only = number == 1 and value.alone and following is None
                table.alone = only and row.values is value.value
                yield row
        value = following


def find_rows(
    value: Any, columns: Columns, name: str | None = None, deep: int = 0
) -> Iterator[Row]:
    """Return the articles in a value of JSON as rows without numbers.

    What is no object becomes a row with a fault, and an object without a text in it a row as it is.
    """
    if isinstance(value, list) and deep < DEEPEST and all(map(_is_nested, value)):
        for one in value:
            yield from find_rows(one, columns, None, deep + 1)
        return
    if not isinstance(value, Mapping):
        yield Row(0, fault="is no JSON object with a 'text'")
        return
    if (rows := _by_columns(value, columns)) is not None:
        yield from (Row(0, row) for row in rows)
        return
    row = value if _has_text(value, columns) else _unwrapped(value)
    inner = None if deep == DEEPEST or _has_text(row, columns) else _contained(value, columns)
    if inner is None:
        yield Row(0, row, name=name)
        return
    for key, one in inner:
        yield from find_rows(one, columns, key, deep + 1)


def _is_nested(value: Any) -> bool:
    return value is None or isinstance(value, (list, Mapping))


def _has_text(row: Mapping[str, Any], columns: Columns) -> bool:
    places = columns.plan(row).get("text", ())
    return any(prose(reach(row[place[0]], place[1:])) for place in places)


def _unwrapped(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an object with what is in the objects around its article beside the rest."""
    inner = {k: v for k, v in row.items() if is_one_of("wrappers", k) and isinstance(v, Mapping)}
    if not inner:
        return row
    whole = {key: value for key, value in row.items() if key not in inner}
    for value in inner.values():
        whole |= value
    return whole


def _contained(value: Mapping[str, Any], columns: Columns) -> list[tuple[str | None, Any]] | None:
    """Return the lists and objects in which articles stand, with what each is called by.

    They are those with a name for it ('articles', 'results'), lists of objects with texts, or all
    of an object that consists of objects, or of lists of objects. None: there are none.
    """
    known = [
        (None, inner)
        for key, inner in value.items()
        if (is_one_of("containers", key) and isinstance(inner, (list, Mapping)))
        or (_is_objects(inner) and any(_has_text(one, columns) for one in inner))
    ]
    if known:
        return [(key, inner) for key, inner in known if inner]
    if value and all(inner and isinstance(inner, Mapping) for inner in value.values()):
        return [(None if key.isdigit() else key, inner) for key, inner in value.items()]
    if value and all(_is_objects(inner) for inner in value.values()):
        return [(None, inner) for inner in value.values()]
    return None


def _is_objects(value: Any) -> bool:
    return bool(value) and isinstance(value, list) and all(isinstance(v, Mapping) for v in value)


def _by_columns(value: Mapping[str, Any], columns: Columns) -> list[dict[str, Any]] | None:
    """Return the rows of a table that is written column by column, as pandas does by default."""
    names, data = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(data, list) and data and isinstance(data[0], list):
        return [dict(zip(map(str, names), row, strict=False)) for row in data]
    if "text" not in columns.plan(value):
        return None
    cells = list(value.values())
    first = cells[0]
    alike = all(isinstance(c, Mapping) and c.keys() == first.keys() for c in cells)
    if first and alike and all(key.isdigit() for key in first):
        return [{name: value[name][key] for name in value} for key in first]
    if len(cells) > 1 and all(isinstance(c, list) and len(c) == len(first) for c in cells):
        return [dict(zip(value, row, strict=True)) for row in zip(*cells, strict=True)]
    return None
