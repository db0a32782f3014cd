"""A text as a string of one letter a word, so that short patterns can run over it fast.

Every word of the grammar has a letter of its own (from Unicode's private area), numbers have a
letter for each kind of number, and all other words share one. A pattern over words then is an
ordinary regular expression over letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"\n[ \t\r]*\n"  # the end of a paragraph
    r"|\d{1,2}[./]\d{1,2}[./]\d{4}\b|\d{4}-\d\d-\d\d\b"  # a date in numbers
    r"|\d+(?:,\d{3}(?!\d))*(?:\.\d+)?(?:st|nd|rd|th|s)?(?![^\W\d_])"
    r"|\d+(?=[AaPp][Mm]\b)"
    r"|[AaPp]\. ?[Mm]\b\.?"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\."
    r"|(?:[A-Za-z]\.){2,}"
    r"|['’]s\b|['’]\d0s\b"
    r"|\w+"
    r"|[^\w\s]"
)

OTHER = "."  # any word that the grammar does not know
BREAK = "¶"
# Marks that are the same to the grammar (U+2011 is the hyphen that does not break).
VARIANTS = {"–": "-", "\u2011": "-", "’": "'", "’s": "'s"}

# Letters for kinds of numbers; a class of the grammar is a set of them.
NUMBER_CLASSES = {
    "hour": "ab",
    "minute": "0abcd",
    "month_number": "a",
    "dom": "abc",
    "small": "0abcdefg",
    "num": "0abcdefghij",
    "yyyy": "i",
    "yy": "0abcde",
    "ordnum": "O",
    "decade_number": "D",
    "numdate": "N",
}
# Years, decades, ordinals and dates in numbers may be times alone, other numbers never are.
TELLING_NUMBERS = "iDON"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text: where each stands, the word itself, and the string of letters."""

    text: str
    spans: list[tuple[int, int]]
    words: list[str]
    letters: str


def tokenise(text: str, vocabulary: dict[str, str]) -> Tokens:
    """Return a text's tokens, each with the letter that the vocabulary gives it."""
    spans, words, letters = [], [], []
    known = vocabulary.get
    for match in TOKEN.finditer(text):
        word = match.group()
        letter = known(word) or known(word.lower())
        if letter is None:
            letter = _letter(word)
        spans.append(match.span())
        words.append(word)
        letters.append(letter)
    return Tokens(text, spans, words, "".join(letters))


def _letter(word: str) -> str:
    """Return the letter of a word that the grammar does not list."""
    first = word[0]
    if first.isdigit():
        return number_letter(word)
    if first == "\n":
        return BREAK
    if first in "'’" and word[-1] == "s" and len(word) == 4:
        return "D"
    return OTHER


def number_letter(word: str) -> str:
    """Return the letter for a number's kind: a day of the month, a year, an ordinal, ...

    Examples
    --------
    >>> [number_letter(w) for w in ("7", "19", "31", "1987", "1990s", "3rd", "2.5")]
    ['a', 'b', 'c', 'i', 'D', 'O', 'j']
    """
    if not word.isdigit() and (word[-5:-4] in "./" or word[4:5] == "-") and len(word) > 7:
        return "N"
    if word.endswith("s"):
        return "D" if re.fullmatch(r"\d\d(?:\d\d)?s", word) and word[-2] == "0" else OTHER
    if word[-1].isalpha():
        return "O"
    if not word.isascii() or not word.isdigit():
        return "j"
    value = int(word)
    if len(word) == 4 and 1000 <= value <= 2099:
        return "i"
    if len(word) > 4:
        return "j"
    for limit, letter in ((0, "0"), (12, "a"), (24, "b"), (31, "c"), (59, "d"), (99, "e")):
        if value <= limit:
            return letter
    return "f" if value <= 999 else "h"
