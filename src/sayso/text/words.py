"""Words, their patterns, their stems, and those that negate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Apostrophes join: 'don't' is a word, 'so-called' is two.
PLAIN_WORD = re.compile(r"\w+(?:['’]\w+)*")
# Hyphens join too, as in a list of verbs or offices: 'so-called', 'vice-president'.
HYPHENATED = re.compile(r"[\w'’-]+")
# In a text where words of another voice are blotted out with |, a run of those is a word.
WORD = re.compile(rf"{PLAIN_WORD.pattern}|\|+")
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


@lru_cache(maxsize=8)
def words_before(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    """Return the words right before the matches of a pattern, with what they end with, too.

    'O’Hara' before "’s board" gives 'Hara' as well.
    """
    runs = (
        re.search(r"\S*\Z", text[max(0, m.start() - 60) : m.start()])
        for m in pattern.finditer(text)
    )
    words = {run.group() for run in runs}
    return frozenset(word[b.start() :] for word in words for b in re.finditer(r"\b(?=.)", word))


@lru_cache(maxsize=8)
def plain_words(text: str) -> frozenset[str]:
    """Return the words of a text as letters alone, each once."""
    return frozenset(re.findall(r"\w+", text))


@lru_cache(maxsize=256)
def stands(name: str, text: str) -> bool:
    """Whether a name stands in a text as whole words."""
    if name.isalnum():
        return name in plain_words(text)
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


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
