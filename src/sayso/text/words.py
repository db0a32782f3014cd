"""Words, their stems, and those that negate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"\w+(?:['’]\w+)*|\|+")  # a run of | stands for words of another voice
NEGATIONS = frozenset(
    ("no", "not", "never", "without", "nor", "neither", "none", "nothing", "nobody", "cannot")
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and where it stands."""

    text: str
    start: int
    end: int

    @property
    def negates(self) -> bool:
        """Whether it is a negation: one of ``NEGATIONS``, or ends so (don't)."""
        return self.text.lower() in NEGATIONS or self.text.lower().endswith(("n't", "n’t"))


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
    return [Word(match.group(), *match.span()) for match in WORD.finditer(text)]
