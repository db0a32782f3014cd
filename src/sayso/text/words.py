"""Words and their stems."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"\w+(?:['’]\w+)*|\|+")  # a run of | stands for words of another voice


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and where it stands."""

    text: str
    lower: str
    stem: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _stemmer():
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer()


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the Snowball stem of a word in lower case, its possessive cut off."""
    return _stemmer().stem(word.replace("’", "'").removesuffix("'s"))


def read_words(text: str) -> list[Word]:
    """Return the words of a text; hyphens and apostrophes divide as English writes them."""
    found = []
    for match in WORD.finditer(text):
        lower = match.group().casefold()
        found.append(Word(match.group(), lower, stem(lower), *match.span()))
    return found
