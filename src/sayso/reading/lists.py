"""Lists beside the texts: a folder's ``articles.csv`` without a ``text`` column is metadata.

It tells what is known of the other files of its folder, and of the folders in it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sayso.reading.formats.decode import NotText, open_text, storable
from sayso.reading.known import Known, clean, known_from, normal_row
from sayso.reading.problem import Problem
from sayso.tables.extracted import Note

LIST_NAME = "articles.csv"


@dataclass(slots=True)
class Lists:
    """The metadata lists of a corpus: one for each folder that has one."""

    root: Path
    tables: dict[Path, dict[str, Known]] = field(default_factory=dict)
    used: set[tuple[Path, str]] = field(default_factory=set)

    def add(self, path: Path) -> Iterator[Note]:
        """Read a list, and return notes on what in it cannot be read."""
        try:
            file, _ = open_text(path.open("rb"))
            with file:
                rows = [normal_row(row) for row in csv.DictReader(file)]
        except (OSError, NotText, csv.Error) as error:
            yield self._note(path, "error", "unreadable file", f"it cannot be read ({error})")
            return
        table = self.tables.setdefault(path.parent, {})
        for number, row in enumerate(rows, start=2):
            if name := clean(row.get("article_id")):
                table[name] = known_from(row)
            else:
                message = f"line {number} has no article_id, so it belongs to no file; add it"
                yield self._note(path, "error", "metadata without id", message)

    def of(self, path: Path, article_id: str) -> Known:
        """Return what the nearest list says of an article."""
        for folder in path.parents:
            if article_id in self.tables.get(folder, {}):
                self.used.add((folder, article_id))
                return self.tables[folder][article_id]
            if folder == self.root:
                break
        return Known()

    def unused(self) -> Iterator[Note]:
        """Return a note for each article that a list names and no file holds."""
        for folder, table in sorted(self.tables.items()):
            for name in sorted(name for name in table if (folder, name) not in self.used):
                message = f"no file is named '{name}' (its ending left out); correct the id"
                yield self._note(folder / LIST_NAME, "warning", "metadata without article", message)

    def _note(self, path: Path, level: str, kind: str, message: str) -> Note:
        place = storable(path.relative_to(self.root).as_posix())
        return Problem(level, kind, message).at(place)


def is_list(path: Path) -> bool:
    """Whether a file is a metadata list: ``articles.csv`` without a ``text`` column."""
    if path.name.casefold() != LIST_NAME or not path.is_file():
        return False
    try:
        file, _ = open_text(path.open("rb"))
        with file:
            header = next(csv.reader(file), [])
    except (OSError, NotText, csv.Error):
        return False
    names = normal_row(dict.fromkeys(header))
    return "article_id" in names and "text" not in names
