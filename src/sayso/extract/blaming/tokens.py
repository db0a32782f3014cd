"""Words of a sentence, and the small closed classes of words that rules go by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.lexicon.parties import POSSESSIVE

TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*%?"
    r"|@?[^\W_]+(?:['’&\-–][^\W_]+)*(?:(?<=s)['’](?=\s))?|[^\w\s]|_"
)

BE = {"be", "been", "being", "is", "are", "was", "were", "am", "’s", "'s", "get", "got"}
MODAL = {"would", "could", "might", "may", "will", "shall", "should", "can", "must"}
AUXILIARY = BE | MODAL | {"has", "have", "had", "having", "do", "does", "did"}
NOT = {"not", "never", "n't", "no", "nor", "neither", "hardly", "without"}
ADVERBS = {
    "also", "again", "once", "even", "just", "only", "now", "then", "later", "often", "still",
    "already", "both", "all", "further", "soon", "long", "first", "ever", "too", "so", "rather",
    "yet", "together", "himself", "herself", "itself", "themselves", "since", "almost", "there",
    "today", "yesterday", "therefore", "thus", "likewise",
}  # fmt: skip
# They end like adverbs and are none.
NO_ADVERBS = {"family", "supply", "reply", "apply", "italy", "monopoly", "assembly", "anomaly"}
PREPOSITIONS = {
    "of", "for", "over", "as", "on", "in", "at", "by", "with", "to", "from", "after", "before",
    "about", "against", "into", "through", "during", "within", "without", "under", "between",
    "among", "toward", "towards", "across", "amid", "despite", "since", "until", "upon", "like",
    "regarding", "concerning", "following", "near", "behind", "beyond", "including",
}  # fmt: skip
RELATIVES = {"who", "which", "that"}
LINKS = RELATIVES | {
    "and", "or", "but", "whose", "whom", "where", "when", "while", "because", "if", "unless",
    "although", "though", "than", "whether", "why", "how", "what", "nor", "whereas",
}  # fmt: skip
DETERMINERS = {
    "the", "a", "an", "his", "her", "their", "its", "our", "my", "your", "this", "these", "those",
    "some", "many", "several", "most", "each", "every", "another", "any", "no", "such", "few",
}  # fmt: skip
PRONOUNS = {
    "he", "she", "they", "we", "i", "you", "it", "him", "them", "me", "us", "himself", "themselves",
}  # fmt: skip
STOPS = PREPOSITIONS | LINKS | AUXILIARY | NOT
# Finite verbs that no ending tells and that are common in news, beside those that report.
IRREGULAR = {
    "made", "took", "got", "went", "came", "gave", "put", "held", "met", "led", "won", "lost",
    "ran", "began", "became", "saw", "drew", "set", "sent", "left", "kept", "sought", "brought",
    "built", "spent", "fell", "rose", "grew", "knew", "fought", "stood", "broke", "paid", "wants",
    "makes", "takes", "goes", "gives", "faces", "seems", "needs", "wrote", "spoke", "caught",
    "felt", "drove", "remains", "lays",
}  # fmt: skip
# Nouns that reporting verbs are mistaken for.
NOUNS = {"campaign", "campaigns", "break", "breaks", "calls", "reports", "claims", "charges"}
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
