"""Delimited text cut into cells, by Python's ``csv`` wherever that loses nothing.

A cell that begins with a quotation mark may be a sentence that does. ``csv`` would take the mark
off, or read rows on and on to where it is closed: then the line is cut by itself, and marks that
are not around a whole cell stay.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

# A mark that is not closed within so many characters closes no cell.
MOST_OPEN = 50_000_000
BLANK = " \r\n\ufeff"
TAB = "\t"
BACKSLASH = re.compile(r"\\(.?)", re.DOTALL)

csv.field_size_limit(max(csv.field_size_limit(), MOST_OPEN))


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are set apart, and how many a row has (``width``; 0: unknown).

    ``escapes``: a backslash makes a mark or delimiter part of the text. ``all_marked``: all cells
    of text are in quotation marks, as the line of names is. Where tabs part cells and not all are
    marked, marks are taken off a cell only if it could not stand without them.
    """

    delimiter: str = ","
    escapes: bool = False
    all_marked: bool = False
    width: int = 0


@dataclass(slots=True)
class Record:
    """The cells of a row, and the text they were cut from; ``mended``: not as ``csv`` does it."""

    cells: list[str]
    text: str
    mended: bool = False


def cut(lines: Iterable[str], dialect: Dialect, *, whole: bool = True) -> Iterator[Record]:
    """Return the records of lines; blank lines are none.

    ``whole``: the lines are all there are; if not, a record that is open at their end is not given.
    """
    source = _Source(lines)
    for line in source:
        if not line.strip(BLANK):
            continue
        if '"' not in line and not dialect.escapes:
            yield Record(line.rstrip("\r\n").split(dialect.delimiter), line)
            continue
        record = _record(line, source, dialect)
        if record.mended and source.at_end and not whole:
            return
        yield record


class _Source(Iterator[str]):
    """Lines that can be given back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._back: deque[str] = deque()
        self.at_end = False

    def __next__(self) -> str:
        if self._back:
            return self._back.popleft()
        self.at_end = True
        line = next(self._lines)
        self.at_end = False
        return line

    def give_back(self, lines: list[str]) -> None:
        self._back.extendleft(reversed(lines))


def _record(line: str, source: _Source, dialect: Dialect) -> Record:
    """Return the record that a line begins, with as many of the next lines as it needs."""
    taken: list[str] = []

    def text() -> Iterator[str]:
        yield _plain(line, dialect)
        for more in source:
            taken.append(more)
            # Lines that are rows by themselves are rows: nothing is open.
            tabs = dialect.width - 1 if dialect.delimiter == TAB else 0
            if line.count(TAB) == more.count(TAB) == tabs > 0:
                return
            yield _plain(more, dialect)

    reader = csv.reader(
        text(),
        delimiter=dialect.delimiter,
        escapechar="\\" if dialect.escapes else None,
        skipinitialspace=f'{dialect.delimiter} "' in line,
        strict=True,
    )
    try:
        cells = next(reader)
    except csv.Error:
        cells = []
    # A cell that goes on may have been closed by the mark of another row.
    if not cells or (taken and 0 < dialect.width < len(cells)):
        source.give_back(taken)
        return Record(_cells(line, dialect), line, mended=True)
    if dialect.delimiter == TAB and not (taken or dialect.all_marked or dialect.escapes):
        cells = _cells(line, dialect)
    return Record(cells, line + "".join(taken))


def _plain(line: str, dialect: Dialect) -> str:
    """Return a line in which only backslashes that escape something stand alone."""
    if not dialect.escapes:
        return line
    special = '"\\\r\n' + dialect.delimiter
    return BACKSLASH.sub(lambda m: m[0] if m[1] in special else f"\\{m[0]}", line)


def _cells(line: str, dialect: Dialect) -> list[str]:
    """Cut a line by itself: marks that are not around a whole cell are text."""
    pattern, cells, at = _pattern(dialect.delimiter, dialect.all_marked), [], 0
    while True:
        match = pattern.match(line, at)
        inner = next((group for group in match.groups() if group is not None), None)
        needed = dialect.delimiter != TAB or dialect.all_marked or not inner
        if inner is not None and (needed or '""' in inner or TAB in inner):
            cells.append(inner.replace('""', '"'))
        else:
            cells.append(match[0])
        at = match.end() + 1
        if at > len(line) or line[at - 1] in "\r\n":
            return cells


@cache
def _pattern(delimiter: str, all_marked: bool) -> re.Pattern:
    mark, end = re.escape(delimiter), r"[\r\n]*\Z"
    cell = rf' *"([^"]*+(?:""[^"]*+)*+)" *(?={mark}|{end})'
    if all_marked:
        # Marks within a text that were not doubled: it ends where the next cell begins.
        cell += rf'| *"(.*?)" *(?={mark} *(?:"|-?[\d.]*(?:{mark}|{end}))|{end})'
    return re.compile(rf"{cell}|[^{mark}\r\n]*+", re.DOTALL)
