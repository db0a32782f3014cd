"""A text as a string of one letter a word, so that short patterns can run over it fast.

Every word of the grammar has a letter of its own (from Unicode's private area), numbers have a
letter for each kind of number, and all other words share one. A pattern over words then is an
ordinary regular expression over letters.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

NUMERIC_DATE = (
    r"\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)|\d{1,2}\.\d{1,2}\.\d{4}|\d\d\.\d\d\.\d\d|\d{1,2}-\d{1,2}-\d{4}"
    r"|\d{4}(?:-\d{1,2}-|/\d{1,2}/)\d{1,2}|\d{4}\.\d\d\.\d\d"
)
# A clock time with a full stop, which only 'pm' or a zone tells from a price.
DOTTED_CLOCK = (
    r"(?:[01]?\d|2[0-4])\.[0-5]\d(?= ?[AaPp]\.? ?[Mm]\b| (?:GMT|UTC|BST|CET|CEST|IST|hours|hrs)\b)"
)
FISCAL = r"FY['’]?(?:\d{4}|\d\d)"
QUARTER = r"(?:[1-4]Q['’]?|[12]H['’]?|Q[1-4]['’]|H[12]['’])\d\d"
SHORT_MONTH = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
TOKEN = re.compile(
    r"\n[ \t\r]*\n"  # the end of a paragraph
    r"|[a-z]{3,}(?!\w)"  # most words; the rest is slower to tell
    rf"|(?=\d)(?:{NUMERIC_DATE})(?=T\d|\b(?![./-]\d))"
    rf"|(?P<clock>{DOTTED_CLOCK})|(?:{FISCAL}|{QUARTER})(?!\w)"
    r"|\d+(?:,\d{3}(?!\d))*(?:\.\d+)?(?:st|nd|rd|th|s)?(?![^\W_])"
    r"|\d+(?=[AaPp][Mm]\b)"
    r"|[AaPp]\. ?[Mm]\b\.?"
    rf"|(?:{SHORT_MONTH}|{SHORT_MONTH.upper()})\."
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
    "dotted_clock": "C",
    "fiscal_year": "F",
    "quarter_year": "Q",
}
NUMBER_FORMS = (
    ("N", re.compile(NUMERIC_DATE)),
    ("F", re.compile(FISCAL)),
    ("Q", re.compile(QUARTER)),
    ("O", re.compile(r"[1-9]\d?(?:st|nd|rd|th)", re.IGNORECASE)),
    ("D", re.compile(r"(?:\d\d|['’])?\d0s", re.ASCII)),
)
# Years, decades, ordinals and dates in numbers may be times alone, other numbers never are.
TELLING_NUMBERS = "iDONCFQ"


SENTENCE_ENDS = {".", "?", "!", ";"}


@dataclass(frozen=True)
class Tokens:
    """The words of a text: where each stands, the word itself, and the string of letters."""

    text: str
    spans: list[tuple[int, int]]
    words: list[str]
    letters: str

    @cached_property
    def ends(self) -> list[int]:
        """The tokens with which sentences end, in order."""
        words = self.words
        marks = (i for i, word in enumerate(words) if word in SENTENCE_ENDS or word[0] == "\n")
        return [i for i in marks if words[i][0] == "\n" or self._ends(i)]

    def _ends(self, token: int) -> bool:
        """Whether a sentence ends with a mark that may end one."""
        following = self.words[token + 1] if token + 1 < len(self.words) else "\n"
        before = self.words[token - 1] if token else ""
        is_stop = self.words[token] == "."
        abbreviation = is_stop and len(before) <= 4 and before.istitle() and before != "I"
        return not following[0].islower() and not abbreviation


def tokenise(text: str, vocabulary: dict[str, str]) -> Tokens:
    """Return a text's tokens, each with the letter that the vocabulary gives it."""
    spans, words, letters = [], [], []
    known = vocabulary.get
    for match in TOKEN.finditer(text):
        word = match.group()
        spans.append(match.span())
        words.append(word)
        if match.lastgroup:
            letters.append("C")
        else:
            letters.append(known(word) or known(word.lower()) or _letter(word))
    return Tokens(text, spans, words, "".join(letters))


def _letter(word: str) -> str:
    """Return the letter of a word that the grammar does not list."""
    if word.isalpha():
        return OTHER
    first = word[0]
    if first == "\n":
        return BREAK
    as_number = first.isdigit() or first in "'’" or (first in "FQH" and word[-1].isdigit())
    return number_letter(word) if as_number else OTHER


def number_letter(word: str) -> str:
    """Return the letter for a number's kind: a day of the month, a year, an ordinal, ...

    Examples
    --------
    >>> [number_letter(w) for w in ("7", "19", "31", "1987", "1990s", "3rd", "2.5", "5K")]
    ['a', 'b', 'c', 'i', 'D', 'O', 'j', '.']
    """
    for letter, pattern in NUMBER_FORMS:
        if pattern.fullmatch(word):
            return letter
    if not word[0].isdigit() or word[-1].isalpha():
        return OTHER
    if len(word) > 4 or not word.isascii() or not word.isdigit():
        return "j"
    value = int(word)
    if len(word) == 4 and 1000 <= value <= 2099:
        return "i"
    return "0abcdefh"[bisect_left((0, 12, 24, 31, 59, 99, 999), value)]
