"""What was read: a short account of files, outlets, dates and notes, and what to do about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from sayso.text.printed import printable

MOST_NAMED = 5
LEVELS = ("error", "warning", "note")
HOW = {
    "metadata": "by what stands beside them",
    "dateline": "by a line of their page",
    "inferred": "by what their text lets one infer",
    "unknown": "undated",
}
LIST = "articles.csv in their folder (article_id, outlet, published; a row each)"


@dataclass(slots=True)
class Account:
    """What was read so far: counts of files by format, of articles, and of notes."""

    n_articles: int = 0
    n_words: int = 0
    files: dict[str, set[str]] = field(default_factory=dict)
    outlets: Counter[str | None] = field(default_factory=Counter)
    dated: Counter[str] = field(default_factory=Counter)
    languages: Counter[str | None] = field(default_factory=Counter)
    notes: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], str] = field(default_factory=dict)

    def add_articles(self, rows: Iterable[Any]) -> None:
        """Count articles: rows of the table ``articles``."""
        for row in rows:
            self.n_articles += 1
            self.n_words += row.n_words
            place = PurePosixPath(row.path)
            self.files.setdefault(place.suffix.casefold() or "no ending", set()).add(row.path)
            self.outlets[_value(row.outlet)] += 1
            self.dated[row.published_how] += 1
            self.languages[_value(row.language)] += 1

    def add_notes(self, rows: Iterable[Any]) -> None:
        """Count notes: rows of the table ``notes``; of each kind the first is kept."""
        for row in rows:
            self.notes[row.level, row.kind] += 1
            self.examples.setdefault((row.level, row.kind), row.message)

    @property
    def n_errors(self) -> int:
        """How many notes tell of what could not be read."""
        return sum(n for (level, _), n in self.notes.items() if level == "error")

    def __str__(self) -> str:
        return printable("\n".join([*self._articles(), *self._notes(), *self._advice()]))

    def _articles(self) -> list[str]:
        kinds = sorted(self.files.items(), key=lambda kind: (-len(kind[1]), kind[0]))
        files = ", ".join(f"{len(paths):,} {ending}" for ending, paths in kinds)
        named = [(name, n) for name, n in self.outlets.most_common() if name is not None]
        outlets = [f"{name} {n:,}" for name, n in sorted(named, key=lambda one: (-one[1], one[0]))]
        shown = outlets[:MOST_NAMED]
        if len(outlets) > MOST_NAMED:
            shown.append(f"and {len(outlets) - MOST_NAMED:,} more")
        if self.outlets[None]:
            shown.append(f"without an outlet {self.outlets[None]:,}")
        dated = [f"{self.dated[how]:,} {told}" for how, told in HOW.items() if self.dated[how]]
        spoken = sorted(self.languages.items(), key=lambda one: (-one[1], one[0] or ""))
        languages = ", ".join(f"{code or 'not told'} {n:,}" for code, n in spoken)
        return [
            f"articles   {self.n_articles:,} ({self.n_words:,} words) in files: {files or 'none'}",
            f"outlets    {', '.join(shown) or 'none'}",
            f"dated      {', '.join(dated) or 'none'}",
            f"languages  {languages or 'none'}",
        ]

    def _notes(self) -> list[str]:
        kinds = sorted(self.notes, key=lambda one: (LEVELS.index(one[0]), -self.notes[one], one))
        told = []
        for level, kind in kinds:
            number = self.notes[level, kind]
            more = "" if number == 1 else "the first: "
            message = " ".join(self.examples[level, kind].split())
            told.append(f"{level:10} {number:,} x {kind}; {more}{message}")
        return told or ["notes      none"]

    def _advice(self) -> list[str]:
        advice = []
        if undated := self.dated["unknown"]:
            advice.append(f"{undated:,} without a day of publication: give it in {LIST}")
        if self.outlets[None]:
            advice.append(f"{self.outlets[None]:,} without an outlet: give it in {LIST}")
        if self.notes["warning", "duplicate"]:
            advice.append("articles that were read twice: corpus.without_copies() sets them aside")
        return [f"to mend    {line}" for line in advice]


def _value(cell: Any) -> str | None:
    return None if pd.isna(cell) else cell
