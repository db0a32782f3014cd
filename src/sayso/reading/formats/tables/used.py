"""What is told of the columns of a table: what is used, what is not, and why there is no text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sayso.reading.columns import LIST_NAME, Place, bodiless, is_summary
from sayso.reading.formats.source import File
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


class Used:
    """The columns of a file's table, and how often each told something of an article (``counts``).

    ``headless``: its first line looks like an article's, not like names of columns.
    """

    def __init__(self, file: File) -> None:
        self._file = file
        self._labels: dict[str, None] = {}
        self._longest: Counter[str] = Counter()
        self._looked_at = 0
        self.headless = False
        self.counts: Counter[tuple[str, Place]] = Counter()

    def plan(self, values: Mapping[str, Any]) -> dict[str, list[Place]]:
        """Return where the fields stand in a row, and keep the names of its columns."""
        if len(self._labels) < MOST_NAMES:
            self._labels.update(dict.fromkeys(values))
        plan = self._file.columns.plan(values)
        if "text" not in plan and self._looked_at < LOOKED_AT:
            self._looked_at += 1
            for label, value in values.items():
                if isinstance(value, str):
                    self._longest[label] = max(self._longest[label], len(value))
        return plan

    def notes(self, articles: int, lost: int, unit: str, *, alone: bool) -> Iterator[Problem]:
        """Return what there is to tell, nothing of a table without columns.

        ``alone``: the file is one article, and what is told holds for all files like it.
        """
        columns, labels = self._file.columns, self._labels
        for name, label in columns.missing(labels).items() if labels else ():
            message = f"it has no column '{label}', which is to hold '{name}'; correct the name"
            yield Problem("warning", "missing column", message, once=alone)
        if not self.counts:
            return
        # By field, and the column used most first.
        fields, count = columns.fields, self.counts
        places = sorted(count, key=lambda use: (fields.index(use[0]), -count[use], use[1]))
        used = dict.fromkeys(place[0] for _, place in places)
        told = f"{len(used)} of {len(labels)} columns used: "
        told += ", ".join(_use(name, place, count[name, place], articles) for name, place in places)
        if unused := [f"'{shortened(label)}'" for label in labels if label not in used]:
            told += f"; not used: {_names(unused)}"
        given = {name for name, _ in places}
        if absent := [name for name in fields if name in EXPECTED and name not in given]:
            told += f"; not given: {', '.join(absent)}"
        told += ALIKE if alone else f"; {articles} of {articles + lost} {unit}s are articles"
        yield Problem("note", "columns", told, once=alone)

    def no_text(self, rows: int, unit: str, *, alone: bool) -> Problem:
        """Return why none of a table's rows is an article: no column is known to hold texts."""
        labels, level, kind = self._labels, "error", "no text column"
        label, length = max(self._longest.items(), key=lambda item: item[1], default=("", 0))
        has = f"its columns: {_names(labels)}"
        none = f"none of its {rows} {unit}s is read" if rows > 1 else f"its {unit} is not read"
        if self.headless:
            kind, first = "no header", shortened(" | ".join(labels))
            message = (
                f"its first line is no line of column names ('{first}'): put one above it, such "
                f"as article_id,outlet,published,text; {none}"
            )
        elif tool := bodiless(labels):
            message = f"it has no texts: {tool['why']}; {tool['help']}; {none} ({has})"
        elif self._is_list():
            level, kind = "note", "unread list"
            message = f"it lists files, and is used only where it lies unpacked beside them; {none}"
        elif unit != "row" and length < TEXT_HAS and not any(map(self._is_article, labels)):
            message = (
                "it holds no articles: nothing in it is called a text, a headline or a summary"
            )
            return Problem("note", "no articles", message + ALIKE, once=True)
        else:
            which = "columns={'text': 'NAME'}, or --column text=NAME"
            if length >= TEXT_HAS:
                what = "a summary, by its name" if is_summary(label) else "the longest texts"
                which += f" ('{label}' has {what})"
            message = (
                f"it has no column 'text', nor another name of it ({has}); if one of them holds "
                f"the articles, say which: {which}; {none}"
            )
        return Problem(level, kind, message + ALIKE if alone else message, once=alone)

    def _is_list(self) -> bool:
        """Whether it is a list beside texts that lies in an archive with them."""
        file = self._file
        if file.path or file.unpacked or not file.place.casefold().endswith(f"/{LIST_NAME}"):
            return False
        return "article_id" in file.columns.plan(self._labels, listed=True)

    def _is_article(self, label: str) -> bool:
        return is_summary(label) or "headline" in self._file.columns.known([label])


def _use(name: str, place: Place, count: int, articles: int) -> str:
    where = f"'{shortened('.'.join(place))}'" + (f" as {name}" if place != (name,) else "")
    return where if count == articles else f"{where} (in {count})"


def _names(labels: Iterable[str]) -> str:
    names = [shortened(label, 42) for label in labels]
    rest = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return ", ".join(names[:LISTED]) + rest or "none"
