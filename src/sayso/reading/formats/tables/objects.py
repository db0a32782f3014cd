"""JSON: the articles in it, whatever stands around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sayso.reading.columns import Columns, is_one_of, reach
from sayso.reading.formats.decode import open_text
from sayso.reading.formats.limits import OverLimit
from sayso.reading.formats.source import File, Raw, warned
from sayso.reading.formats.tables.cells import prose
from sayso.reading.formats.tables.rows import Row, Table
from sayso.reading.formats.tables.values import is_lines, load, read_lines, read_values
from sayso.reading.problem import Problem

# Objects within one another, around articles.
DEEPEST = 6


def read_json(file: File) -> Iterator[Raw | Problem]:
    """Return the articles in JSON: one a line, those of an array or an object, or one alone."""
    if is_lines(file):
        yield from Table(file, "line").read(_by_line(file))
    else:
        table = Table(file, "record")
        yield from table.read(_by_value(file, table))


def _by_line(file: File) -> Iterator[Row]:
    for number, line, warning in read_lines(file):
        if not line.strip():
            continue
        try:
            rows = list(find_rows(load(line), file.columns))
        except (ValueError, RecursionError) as fault:
            # A bad line costs no other.
            yield Row(number, fault=f"is no JSON ({fault}); mend or remove it")
            continue
        for part, row in enumerate(rows, start=1):
            row.number = number if len(rows) == 1 else f"{number}.{part}"
            row.problems = warned(warning)
            yield row


def _by_value(file: File, table: Table) -> Iterator[Row | Problem]:
    text, warning = open_text(file.open())
    yield from warned(warning)
    n_values, n_rows = 0, 0
    with text:
        try:
            for value, is_alone in read_values(text):
                n_values += 1
                for row in find_rows(value, file.columns):
                    n_rows += 1
                    row.number = n_rows
                    # A crawler writes a file for each page, an article called like its file.
                    table.alone = is_alone and n_rows == 1 and row.values is value
                    yield row
        except OverLimit:
            raise
        except (ValueError, RecursionError) as fault:
            why = str(fault) or type(fault).__name__
            message = f"it is no JSON behind record {n_values} ({why}): what follows is not read"
            yield Problem("error", "bad JSON", f"{message}; mend it, or export it again")


def find_rows(
    value: Any, columns: Columns, name: str | None = None, deep: int = 0
) -> Iterator[Row]:
    """Return the articles in a value of JSON as rows without numbers.

    What is no object becomes a row with a fault, and an object without a text in it a row as it is.
    """
    nested = (list, Mapping, type(None))
    if isinstance(value, list) and deep < DEEPEST and all(isinstance(v, nested) for v in value):
        for one in value:
            yield from find_rows(one, columns, None, deep + 1)
        return
    if not isinstance(value, Mapping):
        yield Row(0, fault="is no JSON object with a 'text'")
        return
    if rows := _by_columns(value, columns):
        yield from (Row(0, row) for row in rows)
        return
    row = value if _has_text(value, columns) else _unwrapped(value)
    inner = None if deep == DEEPEST or _has_text(row, columns) else _contained(value, columns)
    if inner is None:
        yield Row(0, row, name=name)
    for key, one in inner or ():
        yield from find_rows(one, columns, key, deep + 1)


def _has_text(row: Mapping[str, Any], columns: Columns) -> bool:
    places = columns.plan(row).get("text", ())
    return any(prose(reach(row[place[0]], place[1:])) for place in places)


def _unwrapped(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an object with what is in the objects around its article beside the rest."""
    inner = {k: v for k, v in row.items() if is_one_of("wrappers", k) and isinstance(v, Mapping)}
    whole = {key: value for key, value in row.items() if key not in inner}
    for value in inner.values():
        whole |= value
    return whole if inner else row


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
