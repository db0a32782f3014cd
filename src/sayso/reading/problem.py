"""What is wrong with a file or a text, told so that its reader can mend it."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.reading.formats.decode import storable
from sayso.tables.extracted import Note


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a file or a text: how bad it is, its short name, and what helps.

    ``once``: it is said of many files in the same words, and told of the first.
    """

    level: str
    kind: str
    message: str
    once: bool = False

    def at(self, place: str, article_id: str | None = None) -> Note:
        """Return it as a row of the notes table that names the file."""
        message = storable(f"{place}: {self.message}")
        return Note(article_id, place, self.level, self.kind, message, None, None)
