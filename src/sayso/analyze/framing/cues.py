"""Cues: short patterns over the words of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from sayso.text.words import Word, stem

GAP = 4  # words between, at most
BEGINNING = range(2, 31)  # letters
FORM = re.compile(rf"=?\w+(?:['’]\w+)*|\w{{{BEGINNING[0]},{BEGINNING[-1]}}}\*")


Forms = list[frozenset[str] | None]  # of each word of a cue, in order; None is a gap


@lru_cache(maxsize=100_000)
def word_forms(word: str) -> frozenset[str]:
    """Return all forms that a word of a text fits: itself, its stem and its beginnings.

    Examples
    --------
    >>> sorted(word_forms("Taxes"))
    ['=Taxes', 'ta*', 'tax', 'tax*', 'taxe*', 'taxes*']
    """
    lower = word.casefold()
    beginnings = (f"{lower[:size]}*" for size in BEGINNING if size <= len(lower))
    return frozenset((f"={word}", stem(lower), *beginnings))


def read_pattern(source: str) -> Forms:
    """Return a cue's forms, read from its notation (see :mod:`sayso.analyze.framing.codebook`).

    Raises
    ------
    ValueError
        If it is empty, begins or ends with a gap, or a form has a mark in the wrong place.
    """
    parts = source.split()
    if not parts or "..." in (parts[0], parts[-1]):
        raise ValueError("must begin and end with a word")
    return [None if part == "..." else _read_forms(part) for part in parts]


def _read_forms(part: str) -> frozenset[str]:
    forms = part.split("|")
    for form in forms:
        if not FORM.fullmatch(form):
            raise ValueError(f"has a form '{form}' that is no word, =word or begin*")
    return frozenset(
        form if form[0] == "=" else form.casefold() if form[-1] == "*" else stem(form.casefold())
        for form in forms
    )


class Patterns:
    """Cues, found by their first word: a text is read once, however many cues there are."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._by_form: dict[str, list[tuple[str, Forms]]] = {}
        for source in sources:
            first, *others = read_pattern(source)
            for form in first:
                self._by_form.setdefault(form, []).append((source, others))

    def find(self, words: list[Word]) -> list[tuple[int, int, str]]:
        """Return the cues among words: the numbers of the first word and of the one after, the cue.

        By first word, the longest before others that begin there.
        """
        found = set()
        for at, word in enumerate(words):
            for form in word_forms(word.text) & self._by_form.keys():
                for source, others in self._by_form[form]:
                    after = _match(others, words, at + 1)
                    if after is not None:
                        found.add((at, after, source))
        return sorted(found, key=lambda match: (match[0], -match[1], match[2]))


def _match(wanted: Forms, words: list[Word], at: int) -> int | None:
    """Return the number of the word after the wanted ones, if they stand from ``at`` on."""
    if not wanted:
        return at
    if wanted[0] is not None:
        fits = at < len(words) and not wanted[0].isdisjoint(word_forms(words[at].text))
        return _match(wanted[1:], words, at + 1) if fits else None
    for skipped in range(GAP + 1):
        if at + skipped > len(words) or any(w.text[0] == "|" for w in words[at : at + skipped]):
            return None
        after = _match(wanted[1:], words, at + skipped)
        if after is not None:
            return after
    return None
