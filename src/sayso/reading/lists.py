"""Lists beside the texts: a folder's ``articles.csv`` without a text column is metadata.

It tells what is known of the other files of its folder, and of the folders in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sayso.reading.columns import LIST_NAME, Columns, Place
from sayso.reading.formats.decode import NotText, open_text, storable
from sayso.reading.formats.tables.cells import unpacked
from sayso.reading.formats.tables.delimited import open_delimited
from sayso.reading.formats.tables.rows import Grid, Row, said
from sayso.reading.known import Known, clean, known_from
from sayso.reading.problem import Problem
from sayso.tables.extracted import Note

FOLDER = re.compile(r".*[/\\]", re.DOTALL)


@dataclass(slots=True)
class Entry:
    """What a list knows of one article, and whether a file of it was found."""

    name: str
    known: Known
    used: bool = False


@dataclass(slots=True)
class Lists:
    """The metadata lists of a corpus: one for each folder that has one, by the articles' names."""

    root: Path
    columns: Columns = field(default_factory=Columns)
    tables: dict[Path, dict[str, Entry]] = field(default_factory=dict)

    def add(self, path: Path) -> Iterator[Note]:
        """Read a list, and return notes on what in it cannot be read."""
        table = self.tables.setdefault(path.parent, {})
        try:
            with _opened(path, self.columns) as found:
                plan = self.columns.plan(found.names, listed=True)
                for row in found.rows:
                    if names := _names(row, plan):
                        values = {name: value for name, _, value in said(row.values, plan)}
                        table.update(dict.fromkeys(names, Entry(names[0], known_from(values))))
                    elif any(row.values.values()):
                        message = f"row {row.number} has no article_id, so it belongs to no file"
                        yield self._note(path, "error", "metadata without id", f"{message}; add it")
        except OSError as error:
            yield self._note(path, "error", "unreadable file", f"it cannot be read ({error})")

    def of(self, path: Path, article_id: str) -> Known:
        """Return what the nearest list says of an article, by its id or the name of its file."""
        for folder in path.parents:
            table = self.tables.get(folder, {})
            for name in (article_id, *map(clean, (path.name, path.relative_to(folder).as_posix()))):
                if name in table:
                    table[name].used = True
                    return table[name].known
            if folder == self.root:
                break
        return Known()

    def unused(self) -> Iterator[Note]:
        """Return a note for each article that a list names and no file holds."""
        for folder, table in sorted(self.tables.items()):
            for name in sorted({entry.name for entry in table.values() if not entry.used}):
                message = f"no file is named '{name}' (its ending left out); correct the id"
                yield self._note(folder / LIST_NAME, "warning", "metadata without article", message)

    def _note(self, path: Path, level: str, kind: str, message: str) -> Note:
        place = storable(path.relative_to(self.root).as_posix())
        return Problem(level, kind, message).at(place)


def _names(row: Row, plan: Mapping[str, list[Place]]) -> list[str]:
    """Return what an article is called in a list: its id, its file, with and without folders."""
    cells = (clean(unpacked(row.values[column])) for column, *_ in plan.get("article_id", ()))
    names = [name.strip() for cell in cells if cell for name in (cell, *cell.split(";"))]
    return list(dict.fromkeys(n for name in names for n in (name, FOLDER.sub("", name)) if n))


def is_list(path: Path, columns: Columns) -> bool:
    """Whether a file is a metadata list: ``articles.csv`` without a text column."""
    if path.name.casefold() != LIST_NAME or not path.is_file():
        return False
    try:
        with _opened(path, columns) as found:
            plan = columns.plan(found.names if found else (), listed=True)
    except (OSError, NotText):
        return False
    return "article_id" in plan and "text" not in plan


@contextmanager
def _opened(path: Path, columns: Columns) -> Iterator[Grid | None]:
    lines, _ = open_text(path.open("rb"))
    with lines:
        yield open_delimited(lines, path.suffix, columns)
