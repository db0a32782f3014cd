"""From rows to articles: no row goes missing without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from sayso.reading.columns import Place, is_summary, reach
from sayso.reading.formats.source import File, Raw
from sayso.reading.formats.tables.cells import is_filled, prose, shortened, unpacked
from sayso.reading.formats.tables.told import Told
from sayso.reading.formats.tables.used import Used
from sayso.reading.known import clean, known_from
from sayso.reading.problem import Problem

NO_TEXT = "no text column"
EMPTY_ROW = "empty row"
NOTHING = "empty, no articles"
# What NewsAPI and others put where they cut: '… [+1234 chars]'.
CUT = re.compile(r"\[\+\s?\d+ char(?:acter)?s\]\s*\Z")
# Excel holds no more characters in a cell and cuts the rest.
EXCEL_MOST = 32767
MARKUP = re.compile(r"</(?:p|div|span|a|b|i|strong|em|h\d|li)\s*>|<(?:br|p)\s*/?>", re.IGNORECASE)
MARKUP_WITHIN = 4000
# A column of numbers in which one was missing is written as 12.0 by many programs.
WHOLE_NUMBER = re.compile(r"\A(\d+)\.0\Z")


@dataclass(slots=True)
class Row:
    """A row as it was found: its number, its values by column, what is wrong with it.

    ``fault`` says why it cannot be an article, ``odd`` what is to be told of it though it is read;
    ``name`` is what it is called where it has no id of its own.
    """

    number: int | str
    values: Mapping[str, Any] = field(default_factory=dict)
    fault: str | None = None
    odd: str | None = None
    name: str | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a line of names: the names of its columns, its rows, the rows above the names.

    ``headless``: there are no names, and the first row stands for them.
    """

    names: list[str]
    rows: Iterator[Row]
    above: list[str]
    headless: bool


class Table:
    """A table on its way to articles.

    ``unit`` is what its rows are called ('row', 'line'), ``part`` the sheet of a file that has
    several. ``alone``: the file is one article, which is called like the file.
    """

    def __init__(self, file: File, unit: str = "row", *, part: str = "") -> None:
        self._file = file
        self._part = part
        self._articles = 0
        self._told = Told(unit)
        self._used = Used(file)
        self.alone = False

    def read_grid(self, grid: Grid) -> Iterator[Raw | Problem]:
        """Return what :meth:`read` does of a table with a line of names."""
        self._used.headless = grid.headless
        for row in grid.above:
            if row.strip():
                what = f"above the names of columns ('{shortened(row)}'), no articles"
                self._told.tell("note", "above the names", what)
            else:
                self._told.tell("note", EMPTY_ROW, NOTHING)
        return self.read(grid.rows)

    def read(self, rows: Iterable[Row | Problem]) -> Iterator[Raw | Problem]:
        """Return the articles of rows, then what is to be told of the table."""
        try:
            for row in rows:
                if isinstance(row, Problem):
                    yield row
                elif raw := self._article(row):
                    yield raw
        except Exception:
            yield from self._notes()
            raise
        yield from self._notes()

    def _notes(self) -> Iterator[Problem]:
        told, used, of_table = self._told, self._used, []
        errors = {name for name, kind in told.kinds.items() if kind.level == "error"}
        if errors == {NO_TEXT} and not self._articles:
            count = told.kinds.pop(NO_TEXT).count
            of_table.append(used.no_text(count, told.unit, alone=self.alone))
        columns = used.notes(self._articles, told.n_lost, told.unit, alone=self.alone)
        part = f"sheet '{self._part}': " if self._part else ""
        for note in chain(of_table, told.notes(), columns):
            yield replace(note, message=part + note.message)

    def _article(self, row: Row) -> Raw | None:
        """Return the article of a row, or None where it is none, which is told."""
        tell, values = self._told.tell, row.values
        if row.fault:
            tell("error", "bad line", row.fault, row.number)
        elif not row.odd and not any(map(is_filled, values.values())):
            tell("note", EMPTY_ROW, NOTHING, row.number)
        elif not self._used.headless and all(str(v).strip() == k for k, v in values.items()):
            # Tables are often put together with their lines of names.
            tell("note", "names again", "the names of columns once more, no articles", row.number)
        elif "text" not in (plan := self._used.plan(values)):
            names = ", ".join(map(str, list(values)[:8]))
            tell("error", NO_TEXT, f"has no 'text' (its names: {names})", row.number)
        else:
            for place in plan["text"]:
                if text := prose(reach(values[place[0]], place[1:])):
                    self._used.counts["text", place] += 1
                    return self._made(row, text, plan)
            tell("error", "empty text", _why_empty(row), row.number)
        return None

    def _made(self, row: Row, text: str, plan: Mapping[str, list[Place]]) -> Raw:
        self._articles += 1
        if row.odd:
            self._told.tell("warning", "odd row", row.odd, row.number)
        if MARKUP.search(text[:MARKUP_WITHIN]):
            what = "has HTML tags in its text; take them out"
            self._told.tell("warning", "markup", what, row.number)
        values = {}
        for name, place, value in said(row.values, plan):
            self._used.counts[name, place] += 1
            values[name] = value
        article_id = clean(values.get("article_id"))
        if article_id:
            article_id = WHOLE_NUMBER.sub(r"\1", article_id)
        elif row.name or not self.alone:
            part = f"{self._part}#" if self._part else ""
            article_id = row.name or f"{self._file.place}#{part}{row.number}"
        return Raw(text, article_id, known_from(values), (*row.problems, *_cut(text)))


def said(
    values: Mapping[str, Any], plan: Mapping[str, list[Place]]
) -> Iterator[tuple[str, Place, Any]]:
    """Return what a row says of its article: the field, where it stands, the value."""
    for name, places in plan.items():
        for place in places if name != "text" else ():
            value = unpacked(reach(values[place[0]], place[1:]))
            if clean(value):
                yield name, place, value
                break


def _why_empty(row: Row) -> str:
    why = "has no text" + (f" ({row.odd})" if row.odd else "")
    for label, value in row.values.items():
        if is_summary(label) and is_filled(value):
            return f"{why}, only a summary ('{label}'), which is no article"
    return f"{why}; fill it or leave it out"


def _cut(text: str) -> tuple[Problem, ...]:
    if CUT.search(text[-100:]):
        why = "is cut by whoever exported it: it ends in '[+... chars]'"
        why += "; get all of it from its address"
    elif len(text) == EXCEL_MOST:
        why = f"has {EXCEL_MOST:,} characters, where Excel cuts a cell; export it without Excel"
    else:
        return ()
    return (Problem("warning", "cut", f"the text {why}"),)
