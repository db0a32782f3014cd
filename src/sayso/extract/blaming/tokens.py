"""Words of a sentence, and the small closed classes of words that rules go by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.lexicon.files import load_toml
from sayso.lexicon.parties import POSSESSIVE

TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*%?"
    r"|@?[^\W_]+(?:['’&\-–][^\W_]+)*(?:(?<=s)['’](?=\s))?|[^\w\s]|_"
)

WORDS = {name: frozenset(words) for name, words in load_toml("grammar.toml").items()}
BE, MODAL, NOT = WORDS["be"], WORDS["modal"], WORDS["not"]
AUXILIARY = BE | MODAL | WORDS["auxiliary"]
ADVERBS, NO_ADVERBS = WORDS["adverbs"], WORDS["no_adverbs"]
PREPOSITIONS, DETERMINERS = WORDS["prepositions"], WORDS["determiners"]
RELATIVES, PRONOUNS = WORDS["relatives"], WORDS["pronouns"]
LINKS = RELATIVES | WORDS["links"]
STOPS = PREPOSITIONS | LINKS | AUXILIARY | NOT
IRREGULAR, NOUNS = WORDS["irregular"], WORDS["nouns"]
QUOTES = set("\"“‘«„'`”’»")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark: as it stands, in small letters, and where."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a word and no mark."""
        return self.text[0].isalnum() or self.text[0] == "@"

    @property
    def is_possessor(self) -> bool:
        """Whether it ends as a possessor does ('mayor's')."""
        return POSSESSIVE.search(self.text) is not None
