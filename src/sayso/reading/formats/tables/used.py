"""What is told of the columns of a table: what is used, what is not, and why there is no text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sayso.reading.columns import Columns, Place, bodiless, is_summary
from sayso.reading.formats.source import error
from sayso.reading.formats.tables.cells import shortened
from sayso.reading.problem import Problem

# So many columns are named.
LISTED = 20
# So many names are kept: those of JSON may have no end.
MOST_NAMES = 1000
# So many rows are looked at to find the column that may hold the articles of a table, and so many
# characters a text has at least.
LOOKED_AT = 20
TEXT_HAS = 80
# What a table should have beside ids and texts.
EXPECTED = ("headline", "published", "outlet", "author", "url")
ALIKE = "; the same holds for the other files with these columns, and is told once"
EXAMPLE = "article_id,outlet,published,text"


@dataclass(slots=True)
class Used:
    """The columns of a table and how often each told something of an article.

    ``headless``: its first line looks like an article's, not like names of columns.
    """

    columns: Columns
    headless: bool = False
    labels: dict[str, None] = field(default_factory=dict)
    counts: Counter[tuple[str, Place]] = field(default_factory=Counter)
    longest: Counter[str] = field(default_factory=Counter)
    _looked_at: int = 0

    def plan(self, values: Mapping[str, Any]) -> dict[str, list[Place]]:
        """Return where the fields stand in a row, and keep the names of its columns."""
        if len(self.labels) < MOST_NAMES:
            self.labels.update(dict.fromkeys(values))
        plan = self.columns.plan(values)
        if "text" not in plan and self._looked_at < LOOKED_AT:
            self._looked_at += 1
            for label, value in values.items():
                if isinstance(value, str):
                    self.longest[label] = max(self.longest[label], len(value))
        return plan

    def notes(self, articles: int, rows: int, unit: str, *, alone: bool) -> Iterator[Problem]:
        """Return what there is to tell, nothing of a table without columns.

        ``alone``: the file is one article, and what is told holds for all files like it.
        """
        for name, label in self.columns.missing(self.labels).items() if self.labels else ():
            message = f"it has no column '{label}', which is to hold '{name}'; correct the name"
            yield Problem("warning", "missing column", message, once=alone)
        if not self.counts:
            return
        places = sorted(self.counts, key=self._order)
        columns = dict.fromkeys(place[0] for _, place in places)
        told = [f"{len(columns)} of {len(self.labels)} columns used: "]
        told += [", ".join(self._one(name, place, articles) for name, place in places)]
        if unused := [label for label in self.labels if label not in columns]:
            told.append(f"; not used: {_names(unused)}")
        given = {name for name, _ in places}
        if absent := [f for f in self.columns.fields if f in EXPECTED and f not in given]:
            told.append(f"; not given: {', '.join(absent)}")
        told.append(f"; {articles} of {rows} {unit}s are articles" if not alone else ALIKE)
        yield Problem("note", "columns", "".join(told), once=alone)

    def _order(self, used: tuple[str, Place]) -> tuple[int, int, str]:
        """Return where a place comes in the note: by field, and the one used most first."""
        return self.columns.fields.index(used[0]), -self.counts[used], used[1]

    def _one(self, name: str, place: Place, articles: int) -> str:
        count = self.counts[name, place]
        where = f"'{shortened('.'.join(place))}'" + (f" as {name}" if place != (name,) else "")
        return where if count == articles else f"{where} (in {count})"

    def no_text(self, rows: int, unit: str) -> Problem:
        """Return why none of a table's rows is an article: no column is known to hold texts."""
        none = f"none of its {rows} {unit}s is read" if rows > 1 else f"its {unit} is not read"
        if self.headless:
            first = f"its first line is no line of column names ('{shortened(self._first())}')"
            message = f"{first}: put one above it, such as {EXAMPLE}; {none}"
            return error("no header", message)
        has = f"its columns: {_names(self.labels, marks=False)}"
        if tool := bodiless(self.labels):
            message = f"it has no texts: {tool['why']}; {tool['help']}; {none} ({has})"
        else:
            which = "columns={'text': 'NAME'}, or --column text=NAME"
            message = (
                f"it has no column 'text', nor another name of it ({has}); if one of them holds "
                f"the articles, say which: {which}{self._likely()}; {none}"
            )
        return error("no text column", message)

    def _first(self) -> str:
        return " | ".join(self.labels)

    def _likely(self) -> str:
        label, length = max(self.longest.items(), key=lambda item: item[1], default=("", 0))
        if length < TEXT_HAS:
            return ""
        what = "a summary, by its name" if is_summary(label) else "the longest texts"
        return f" ('{label}' has {what})"


def _names(labels: Iterable[str], *, marks: bool = True) -> str:
    names = [shortened(label) for label in labels]
    rest = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return ", ".join(f"'{n}'" if marks else n for n in names[:LISTED]) + rest or "none"
