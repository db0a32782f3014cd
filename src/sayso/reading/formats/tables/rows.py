"""From rows to articles: no row goes missing without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sayso.reading.columns import Place, is_summary, reach
from sayso.reading.formats.source import File, Raw
from sayso.reading.formats.tables.cells import prose, unpacked
from sayso.reading.formats.tables.told import ABOVE, AGAIN, EMPTY_ROW, NOTHING, Told
from sayso.reading.formats.tables.used import Used
from sayso.reading.known import clean, known_from
from sayso.reading.problem import Problem

NO_TEXT = "no text column"
# Where nothing else is wrong with the rows of a table without articles, it lacks the column.
BARE = {NO_TEXT, EMPTY_ROW, ABOVE}
# What NewsAPI and others put where they cut: '… [+1234 chars]'.
CUT = re.compile(r"\[\+\s?\d+ char(?:acter)?s\]\s*\Z")
CUT_WITHIN = 60
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


class Table:
    """A table on its way to articles.

    ``unit`` is what its rows are called ('row', 'line'), ``part`` the sheet of a file that has
    several. ``alone``: the file is one article, which is called like the file.
    """

    def __init__(self, file: File, unit: str = "row", *, part: str = "") -> None:
        self._file = file
        self.alone = False
        self.articles = 0
        self.told = Told(unit, part)
        self.used = Used(file.columns)

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
        told, part = self.told, self.told.of_part
        if NO_TEXT in told.lost and not self.articles and told.lost.keys() <= BARE:
            why = self.used.no_text(told.lost.pop(NO_TEXT).count, told.unit)
            yield replace(why, message=part + why.message)
        yield from told.notes()
        rows = self.articles + told.n_lost
        for note in self.used.notes(self.articles, rows, told.unit, alone=self.alone):
            yield replace(note, message=part + note.message)

    def _article(self, row: Row) -> Raw | None:
        """Return the article of a row, or None where it is none, which is told."""
        if row.fault:
            self.told.no_article(row.number, "bad line", row.fault)
            return None
        if not row.odd and not any(_is_filled(value) for value in row.values.values()):
            self.told.no_article(row.number, EMPTY_ROW, NOTHING)
            return None
        repeated = all(_is_own_name(*cell) for cell in row.values.items())
        if repeated and row.values and not self.used.headless:
            # Tables are often put together with their lines of names.
            self.told.no_article(row.number, AGAIN, "the names of columns once more, no articles")
            return None
        plan = self.used.plan(row.values)
        if "text" not in plan:
            names = ", ".join(map(str, list(row.values)[:8]))
            self.told.no_article(row.number, NO_TEXT, f"has no 'text' (its names: {names})")
            return None
        for place in plan["text"]:
            if text := prose(reach(row.values[place[0]], place[1:])):
                self.used.counts["text", place] += 1
                return self._made(row, text, plan)
        self.told.no_article(row.number, "empty text", _why_empty(row))
        return None

    def _made(self, row: Row, text: str, plan: Mapping[str, list[Place]]) -> Raw:
        self.articles += 1
        if row.odd:
            self.told.kept(row.number, "odd row", row.odd)
        if MARKUP.search(text[:MARKUP_WITHIN]):
            self.told.kept(row.number, "markup", "has HTML tags in its text; take them out")
        values = {}
        for name, place, value in said(row.values, plan):
            self.used.counts[name, place] += 1
            values[name] = value
        article_id = clean(values.get("article_id"))
        if article_id:
            article_id = WHOLE_NUMBER.sub(r"\1", article_id)
        elif row.name or not self.alone:
            part = f"{self.told.part}#" if self.told.part else ""
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
    short = f" ({row.odd})" if row.odd else ""
    for label, value in row.values.items():
        if is_summary(label) and _is_filled(value):
            return f"has no text{short}, only a summary ('{label}'), which is no article"
    return f"has no text{short}; fill it or leave it out"


def _cut(text: str) -> tuple[Problem, ...]:
    if CUT.search(text[-CUT_WITHIN:]):
        why = "the text is cut by whoever exported it: it ends in '[+... chars]'"
        return (Problem("warning", "cut", f"{why}; get all of it from its address"),)
    if len(text) == EXCEL_MOST:
        why = f"the text has {EXCEL_MOST:,} characters, where Excel cuts a cell"
        return (Problem("warning", "cut", f"{why}; export it without Excel"),)
    return ()


def _is_own_name(label: str, value: Any) -> bool:
    return isinstance(value, str) and value.strip() == label


def _is_filled(value: Any) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value == value and value not in ([], {}, ())
