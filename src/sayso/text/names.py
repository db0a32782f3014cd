"""Names of persons taken apart, and whether two of them can be one person's.

Spelling does not count: accents, capitals, hyphens, full stops ('Sergei', 'MACDONALD', 'J.K.').
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

SUFFIX = re.compile(r"(?:,?\s(?:Jr|Sr|II|III|IV)\b\.?)+$")
# A nickname in marks or brackets: William “Billy” Stroud, Ana (Nita) Ruiz.
# No acronym: 'the Port Defence Forces (PDF) Pact' is nobody.
NICKNAME = re.compile(r"\s(?!\([A-Z]{2,}\))[“‘\"'(]([^\W\d_][^“”‘’\"'()\n]{0,24})[”’\"')](?=\s)")
LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "\u0131": "i", "æ": "ae"})
LIKE = 80
"""Least similarity (Indel ratio, 0 to 100) of a name and its misspelling."""


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in plain small letters: its words, nickname and suffix ('jr', '' if none)."""

    words: tuple[str, ...]
    nickname: str
    suffix: str

    @property
    def first(self) -> str:
        return self.words[0]

    @property
    def last(self) -> str:
        return self.words[-1]

    @property
    def lone(self) -> bool:
        """Whether it is a single word: a last name, mostly."""
        return len(self.words) == 1


@lru_cache(maxsize=1 << 14)
def taken_apart(name: str) -> Name:
    """Return the parts of a name as it is written."""
    nickname, suffix = NICKNAME.search(name), SUFFIX.search(name)
    bare = re.sub(r"\b([A-Z])\.(?=[A-Z])", r"\1. ", SUFFIX.sub("", NICKNAME.sub("", name)))
    words = plain(bare).split() or [plain(name)]
    called = plain(nickname.group(1)) if nickname else ""
    return Name(tuple(words), called, plain(suffix.group()) if suffix else "")


def plain(text: str) -> str:
    """Return a text in small letters without accents, hyphens, apostrophes and stops."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return " ".join(re.sub(r"[^\w\s]|_", "", letters).split())


def may_be(name: str, other: str) -> bool:
    """Whether two names of an article can be one person's: each may be shorter than the other."""
    one, two = sorted((taken_apart(name), taken_apart(other)), key=lambda n: len(n.words))
    if one.suffix and two.suffix and one.suffix != two.suffix:
        return False
    if one.lone:
        return one.last in (two.last, two.first, two.nickname)
    if one.words == two.words[-len(one.words) :] or same_letters(one, two):
        return True  # 'Van Hollen'
    return one.last == two.last and _fits(one, two) and not middle_apart(one, two)


def same_letters(one: Name, two: Name) -> bool:
    """Whether two names are one but for blanks: 'Kim Jong Un' and 'Kim Jong-un'."""
    return "".join(one.words) == "".join(two.words) and one.suffix == two.suffix


def _fits(one: Name, two: Name) -> bool:
    """Whether the first names can be one: short forms, initials and nicknames fit."""
    first, other = one.first, two.first
    called = {one.nickname, two.nickname} - {""} & {first, other}
    return bool(called) or first.startswith(other) or other.startswith(first)


def middle_apart(one: Name, two: Name) -> bool:
    """Whether the middle names contradict each other: 'George W.' and 'George H. W.'."""
    pairs = zip(one.words[1:-1], two.words[1:-1], strict=False)
    return any(not (a.startswith(b) or b.startswith(a)) for a, b in pairs)


def misspelled(word: str, other: str) -> bool:
    """Whether one word can be another, spelled wrong or in another way."""
    return len(word) > 4 and fuzz.ratio(word, other) >= LIKE


def misspellings(word: str, others: Iterable[str]) -> Iterator[str]:
    """Yield those that a word is :func:`misspelled` from, found many times as fast."""
    if len(word) > 4:
        cut = {"scorer": fuzz.ratio, "score_cutoff": LIKE}
        yield from (found for found, *_ in process.extract_iter(word, iter(others), **cut))
