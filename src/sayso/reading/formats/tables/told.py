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


@dataclass(slots=True)
class Kind:
    """The rows of which one thing is told: the first of them by name, the others by number."""

    level: str
    count: int = 0
    named: list[Problem] = field(default_factory=list)
    first: int | str | None = None
    last: int | str | None = None
    what: str = ""


@dataclass(slots=True)
class Told:
    """The rows of a table that there is something to tell of; ``unit`` is what a row is called."""

    unit: str = "row"
    kinds: dict[str, Kind] = field(default_factory=dict)

    def tell(self, level: str, kind: str, what: str, number: int | str = "") -> None:
        """Tell something of a row: ``what`` goes on after its number ('has no text').

        An 'error' is a row that should be an article and is none, a 'note' one that need not be
        (it is counted only), and a 'warning' is of a row that is read.
        """
        rows = self.kinds.setdefault(kind, Kind(level))
        rows.count += 1
        if level != "note" and rows.count <= NAMED:
            rows.named.append(Problem(level, kind, f"{self.unit} {number} {what}"))
        else:
            rows.first = number if rows.first is None else rows.first
            rows.last, rows.what = number, what

    @property
    def n_lost(self) -> int:
        """How many rows are no articles."""
        return sum(rows.count for rows in self.kinds.values() if rows.level != "warning")

    def notes(self) -> Iterator[Problem]:
        """Return what there is to tell, kind by kind, the rows that are no articles first."""
        for name, rows in sorted(self.kinds.items(), key=lambda kind: kind[1].level == "warning"):
            yield from rows.named
            if more := rows.count - len(rows.named):
                units = f"{self.unit}s" if more > 1 else self.unit
                where = f"{rows.first} to {rows.last}" if more > 1 else rows.first
                message = f"{more} more {units} ({where}) like these; the last one {rows.what}"
                if rows.level == "note":
                    message = f"{more} {units}: {rows.what}"
                yield Problem(rows.level, name, message)
