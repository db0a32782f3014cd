"""What is told of the rows of a table: those that are no articles, and those that are odd.

A few rows of each kind are named one by one and the others counted, so that a bad table makes no
million notes; and yet a table's rows are as many as its articles and the rows told of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sayso.reading.problem import Problem

# So many rows of each kind are named one by one.
NAMED = 5

EMPTY_ROW = "empty row"
ABOVE = "above the names"
AGAIN = "names again"
NOTHING = "empty, no articles"
# Rows that are not meant to be articles: they are counted only.
COUNTED = (EMPTY_ROW, ABOVE, AGAIN)


@dataclass(slots=True)
class Kind:
    """The rows of which one thing is told: the first of them by name, the others by number."""

    level: str
    named: list[Problem] = field(default_factory=list)
    more: int = 0
    first: int | str = ""
    last: int | str = ""
    what: str = ""

    @property
    def count(self) -> int:
        """How many rows there are of it."""
        return len(self.named) + self.more


@dataclass(slots=True)
class Told:
    """The rows of a table that there is something to tell of, called in its own words.

    ``unit`` is what a row is called ('row', 'line'), ``part`` the sheet it stands in.
    """

    unit: str = "row"
    part: str = ""
    lost: dict[str, Kind] = field(default_factory=dict)
    odd: dict[str, Kind] = field(default_factory=dict)

    @property
    def n_lost(self) -> int:
        """How many rows are no articles."""
        return sum(kind.count for kind in self.lost.values())

    def no_article(self, number: int | str, kind: str, why: str) -> None:
        """Tell that a row is no article: ``why`` goes on after its number ('has no text')."""
        rows = self.lost.setdefault(kind, Kind("note" if kind in COUNTED else "error"))
        self._add(rows, number, kind, why)

    def above(self, row: str) -> None:
        """Tell of a row above the names of the columns."""
        if row.strip():
            self.no_article("", ABOVE, f"above the names of columns ('{row}'), no articles")
        else:
            self.no_article("", EMPTY_ROW, NOTHING)

    def kept(self, number: int | str, kind: str, what: str) -> None:
        """Tell of a row that is read though something about it is odd."""
        self._add(self.odd.setdefault(kind, Kind("warning")), number, kind, what)

    def _add(self, rows: Kind, number: int | str, kind: str, what: str) -> None:
        if len(rows.named) < NAMED and kind not in COUNTED:
            message = f"{self.of_part}{self.unit} {number} {what}"
            rows.named.append(Problem(rows.level, kind, message))
            return
        rows.first = number if rows.more == 0 else rows.first
        rows.more, rows.last, rows.what = rows.more + 1, number, what

    @property
    def of_part(self) -> str:
        """The sheet's name to begin a message with, if the file has several."""
        return f"sheet '{self.part}': " if self.part else ""

    def notes(self) -> Iterator[Problem]:
        """Return what there is to tell, kind by kind."""
        for kinds in (self.lost, self.odd):
            for name, rows in kinds.items():
                yield from rows.named
                if rows.more:
                    yield Problem(rows.level, name, self.of_part + self._counted(name, rows))

    def _counted(self, name: str, rows: Kind) -> str:
        units = self.unit if rows.more == 1 else f"{self.unit}s"
        where = f"{rows.first}" if rows.more == 1 else f"{rows.first} to {rows.last}"
        if name in COUNTED:
            return f"{rows.more} {units}: {rows.what}"
        return f"{rows.more} more {units} ({where}) like these; the last one {rows.what}"
