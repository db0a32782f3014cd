"""Cutting delimited text into cells, as spreadsheets and programs write it.

Quotation marks around a whole cell are not part of it, and stand for themselves when doubled. Any
other mark is text: a cell that begins with one and does not end with one is a sentence that begins
with a quotation, and swallows no line behind it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

# The end of a line before which a mark is escaped, so that it is no end.
ESCAPED_END = re.compile(r"(?<!\\)(?:\\\\)*\\(?:\r\n|\r|\n)\Z")
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
DOUBLED_OR_ESCAPE = re.compile(r'""|\\(.)', re.DOTALL)
# A mark that is not closed within so many characters closes no cell.
MOST_OPEN = 50_000_000
BLANK = " \r\n\ufeff"
TAB = "\t"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are set apart.

    ``escapes``: a backslash makes a mark or delimiter part of the text. ``all_marked``: all cells
    of text are in quotation marks, as the line of names is. Where tabs part cells and not all are
    marked, marks are taken off a cell only if it could not stand without them.
    """

    delimiter: str = ","
    escapes: bool = False
    all_marked: bool = False


@dataclass(slots=True)
class Record:
    """The cells of one row; which were in marks; how many have marks that are not doubled."""

    cells: list[str]
    marked: list[bool]
    stray: int = 0
    # Where a cell begins that is not closed, -1 if there is none.
    open_at: int = -1


class Cutter:
    """Cuts lines into records of cells.

    ``width`` is how many cells a row should have (0: unknown), ``whole`` whether the lines are all
    there are; if not, a cell that is open at their end is not given.
    """

    def __init__(self, dialect: Dialect, width: int = 0, *, whole: bool = True) -> None:
        self.dialect, self.width, self.whole = dialect, width, whole
        mark = re.escape(dialect.delimiter)
        blanks = "" if dialect.delimiter == TAB else " *"
        end = rf"(?={mark}|[\r\n]*\Z)"
        inner = r'[^"]*+(?:""[^"]*+)*+'
        raw = rf"[^{mark}\r\n]*+"
        if dialect.escapes:
            inner = r'[^"\\]*+(?:(?:""|\\.)[^"\\]*+)*+'
            raw = rf"(?:[^{mark}\r\n\\]|\\.|\\\Z)*+"
        self._marked = re.compile(rf'{blanks}"({inner})"{blanks}{end}', re.DOTALL)
        self._opened = re.compile(rf'{blanks}"{inner}\Z', re.DOTALL)
        self._inside = re.compile(inner, re.DOTALL)
        self._raw = re.compile(raw, re.DOTALL)
        # Marks within a marked cell that were not doubled: it ends where the next cell begins.
        then = rf'(?={mark} *(?:"|-?[\d.]*(?:{mark}|[\r\n]*\Z))|[\r\n]*\Z)'
        after = then if dialect.all_marked else end
        self._careless = re.compile(rf'{blanks}"(.*?)"{blanks}{after}', re.DOTALL)

    def records(self, lines: Iterable[str]) -> Iterator[Record]:
        """Return the records of lines; blank lines are none."""
        source = _Source(lines)
        simple = not self.dialect.escapes
        for line in source:
            if not line.strip(BLANK):
                continue
            if simple and '"' not in line:
                cells = line.rstrip("\r\n").split(self.dialect.delimiter)
                yield Record(cells, [False] * len(cells))
                continue
            record = self._record(line, source)
            if record is None:
                return
            yield record

    def _record(self, line: str, source: _Source) -> Record | None:
        """Return the record that a line begins, None if it has no end within a sample."""
        text = line
        while self.dialect.escapes and ESCAPED_END.search(text) and (more := next(source, None)):
            text += more
        as_text: set[int] = set()
        record = self._cut(text)
        while record.open_at >= 0:
            rest = self._closing(text, record.open_at, source)
            if rest is None and source.at_end and not self.whole:
                return None
            longer = self._cut(text + "".join(rest), as_text) if rest else record
            if rest is None or 0 < self.width < len(longer.cells):
                # It is not closed, or by a mark of another row, whose cells are too many here.
                source.give_back(rest or [])
                as_text.add(record.open_at)
                record = self._cut(text, as_text)
            else:
                text, record = text + "".join(rest), longer
        if self.width and len(record.cells) != self.width and record.stray:
            careless = self._cut(text, as_text, careless=True)
            if len(careless.cells) == self.width:
                return careless
        return record

    def _cut(self, text: str, as_text: Set[int] = frozenset(), careless: bool = False) -> Record:
        """Cut a text; cells that begin at ``as_text`` are taken with their mark, as they stand."""
        record = Record([], [])
        careless = careless or self.dialect.all_marked
        at = 0
        while True:
            match = self._marked.match(text, at) if at not in as_text else None
            if match and not self._needs_marks(match[1]):
                match = None
            if match is None and at not in as_text and self._opened.match(text, at):
                record.open_at = at
                return record
            if match is None and careless and (match := self._careless.match(text, at)):
                record.stray += 1
            record.marked.append(match is not None)
            if match is None:
                match = self._raw.match(text, at)
                record.stray += match[0].startswith('"')
                record.cells.append(self._unescaped(match[0], ESCAPE))
            else:
                record.cells.append(self._unmarked(match[1]))
            at = match.end()
            if at >= len(text) or text[at] in "\r\n":
                return record
            at += 1

    def _needs_marks(self, inner: str) -> bool:
        """Whether marks around a cell are there to be taken off."""
        if self.dialect.delimiter != TAB or self.dialect.all_marked or not inner:
            return True
        return any(sign in inner for sign in ('""', TAB, "\n", "\r", '\\"'))

    def _closing(self, text: str, open_at: int, source: _Source) -> list[str] | None:
        """Return the lines that close an open cell, None where they do not and it is text."""
        # With tabs, lines that are whole rows by themselves are rows: nothing is open.
        alone = self.dialect.delimiter == TAB and self.width > 1 and self._is_row(text)
        held: list[str] = []
        length = 0
        for line in source:
            held.append(line)
            length += len(line)
            if length > MOST_OPEN or (alone and self._is_row(line)):
                break
            if self._inside.match(line).end() < len(line):
                if self._marked.match(text + "".join(held), open_at):
                    return held
                break
        source.give_back(held)
        return None

    def _is_row(self, line: str) -> bool:
        return line.count(TAB) + 1 == self.width

    def _unmarked(self, inner: str) -> str:
        if not self.dialect.escapes:
            return inner.replace('""', '"')
        return self._unescaped(inner, DOUBLED_OR_ESCAPE)

    def _unescaped(self, cell: str, pattern: re.Pattern) -> str:
        if not self.dialect.escapes:
            return cell
        special = '"\\\r\n' + self.dialect.delimiter

        def plain(match: re.Match) -> str:
            if match[0] == '""':
                return '"'
            return match[1] if match[1] in special else match[0]

        return pattern.sub(plain, cell)


class _Source:
    """Lines that can be given back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._back: deque[str] = deque()
        self.at_end = False

    def __iter__(self) -> _Source:
        return self

    def __next__(self) -> str:
        if self._back:
            return self._back.popleft()
        try:
            return next(self._lines)
        except StopIteration:
            self.at_end = True
            raise

    def give_back(self, lines: list[str]) -> None:
        self._back.extendleft(reversed(lines))
