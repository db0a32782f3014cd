"""Cues: short patterns over the words of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.text.words import Word, stem

GAP = 4


@dataclass(frozen=True, slots=True)
class Form:
    """One word of a cue: the stems, beginnings and exact forms that fit it."""

    stems: frozenset[str]
    beginnings: tuple[str, ...]
    exact: frozenset[str]

    def fits(self, word: Word) -> bool:
        """Whether a word of a text is one of the forms."""
        return (
            word.stem in self.stems
            or word.text in self.exact
            or word.lower.startswith(self.beginnings or ("\0",))
        )


@dataclass(frozen=True, slots=True)
class Pattern:
    """A cue, read: its words in order; None is a gap."""

    source: str
    forms: tuple[Form | None, ...]


class Patterns:
    """Cues, found by their first word: a text is read once, however many cues there are."""

    def __init__(self, patterns: Iterable[Pattern] = ()) -> None:
        self._stems: dict[str, list[Pattern]] = {}
        self._exact: dict[str, list[Pattern]] = {}
        self._beginnings: dict[str, list[Pattern]] = {}
        for pattern in patterns:
            first = pattern.forms[0]
            for table, forms in (
                (self._stems, first.stems),
                (self._exact, first.exact),
                (self._beginnings, first.beginnings),
            ):
                for form in forms:
                    table.setdefault(form, []).append(pattern)
        self._lengths = sorted({len(beginning) for beginning in self._beginnings})

    def find(self, words: list[Word]) -> list[tuple[Pattern, int, int]]:
        """Return the cues among words, with the numbers of the first word and of the one after."""
        found = {}
        for at, word in enumerate(words):
            candidates = [*self._stems.get(word.stem, ()), *self._exact.get(word.text, ())]
            for length in self._lengths:
                candidates += self._beginnings.get(word.lower[:length], ())
            for pattern in candidates:
                after = _match(pattern.forms[1:], words, at + 1)
                if after is not None:
                    found[pattern.source, at] = (pattern, at, after)
        return list(found.values())


def read_pattern(source: str) -> Pattern:
    """Return a cue, read from its notation (see the module's description).

    Raises
    ------
    ValueError
        If it is empty, begins or ends with a gap, or a form has a mark in the wrong place.
    """
    parts = source.split()
    if not parts or "..." in (parts[0], parts[-1]):
        raise ValueError("must begin and end with a word")
    return Pattern(source, tuple(None if part == "..." else _read_form(part) for part in parts))


def _read_form(part: str) -> Form:
    stems, beginnings, exact = set(), [], set()
    for form in part.split("|"):
        if not re.fullmatch(r"=?\w+(?:['’]\w+)*|\w{2,}\*", form):
            raise ValueError(f"has a form '{form}' that is no word, =word or begin*")
        if form.startswith("="):
            exact.add(form[1:])
        elif form.endswith("*"):
            beginnings.append(form[:-1].casefold())
        else:
            stems.add(stem(form.casefold()))
    return Form(frozenset(stems), tuple(beginnings), frozenset(exact))


def _match(forms: tuple[Form | None, ...], words: list[Word], at: int) -> int | None:
    if not forms:
        return at
    if forms[0] is not None:
        fits = at < len(words) and forms[0].fits(words[at])
        return _match(forms[1:], words, at + 1) if fits else None
    for skipped in range(GAP + 1):
        if at + skipped > len(words) or any(w.text[0] == "|" for w in words[at : at + skipped]):
            return None
        after = _match(forms[1:], words, at + skipped)
        if after is not None:
            return after
    return None
