"""The words of blame: verbs, nouns and phrases by family (``data/blame.toml``)."""

from __future__ import annotations

from functools import cache

from sayso.lexicon.cues import CueLexicon
from sayso.lexicon.files import load_toml


class BlameWords:
    """The lists of ``data/blame.toml``, looked up by any inflected form.

    A list is named by its family and its key: 'object.verbs', 'wrong.phrases'.
    """

    def __init__(self, tables: dict[str, dict]) -> None:
        self.lists = {
            f"{family}.{key}": frozenset(words)
            for family, table in tables.items()
            for key, words in table.items()
            if isinstance(words, list)
        }
        self._phrases: dict[str, list[tuple[list[str], str]]] = {}
        self._kinds: dict[str, set[str]] = {}
        for name, words in self.lists.items():
            for word in words:
                first, *rest = word.split()
                if rest:
                    self._phrases.setdefault(first, []).append((rest, name))
                else:
                    self._kinds.setdefault(word, set()).add(name)
        starts = dict.fromkeys([*self._kinds, *self._phrases], "")
        # The base form that the lists have of a word in small letters, or None.
        self.base = CueLexicon(starts, {}, tables["forms"]).base

    def kinds(self, form: str) -> set[str]:
        """Return the names of the lists that have a word."""
        return self._kinds.get(self.base(form), set())

    def phrases(self, lows: list[str], at: int) -> dict[str, int]:
        """Return the lists that have a phrase at a place, with how many words it is long.

        The first word may be inflected.
        """
        found: dict[str, int] = {}
        for first in {lows[at], self.base(lows[at])}:
            for rest, name in self._phrases.get(first, ()):
                if lows[at + 1 : at + 1 + len(rest)] == rest:
                    found[name] = max(found.get(name, 0), 1 + len(rest))
        return found


@cache
def blame_words() -> BlameWords:
    """Return the shipped lists."""
    return BlameWords(load_toml("blame.toml"))
