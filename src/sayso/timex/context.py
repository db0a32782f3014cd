"""What stands around a time expression: its sentence, the tense there, the dates named before."""

from __future__ import annotations

import re
from bisect import insort
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sayso.text.spans import Span
from sayso.timex.grammar import Grammar
from sayso.timex.tokens import OTHER, Tokens
from sayso.timex.values import grain

SENTENCE_ENDS = {".", "?", "!", ";"}
FAR = 14  # no verb that is more words away tells the tense of an expression
NEAR = 6
SHORT_WORD = 3  # headlines write longer words with a capital


class Named(NamedTuple):
    """A date that the text has named, and what it came out as."""

    start: int
    token: int
    value: str
    unit: str


@dataclass(slots=True)
class Context:
    """What the kinds need to know while a text's expressions are resolved in order.

    ``today`` is the day that 'today' means where an expression stands.
    """

    tokens: Tokens
    today: date
    grammar: Grammar
    named: list[Named] = field(default_factory=list)
    anchor: str | int | None = "published"
    people: set[int] = field(default_factory=set)  # months whose name a person has in this text
    orders: set[int] | None = None  # which orders of day and month its dates in numbers have

    def word(self, index: int) -> str:
        """Return a token in lower case, apostrophes straight; '' outside the text."""
        words = self.tokens.words
        return words[index].lower().replace("’", "'") if 0 <= index < len(words) else ""

    def is_name(self, index: int) -> bool:
        """Return whether a token is a capitalised word that the grammar does not know."""
        words, letters = self.tokens.words, self.tokens.letters
        inside = 0 <= index < len(words) and letters[index] == OTHER
        return inside and words[index][0].isupper() and words[index].isalpha()

    def is_thing(self, index: int) -> bool:
        """Return whether a token is a word in small letters that the grammar does not know."""
        words, letters = self.tokens.words, self.tokens.letters
        inside = 0 <= index < len(words) and letters[index] == OTHER
        return inside and words[index].islower() and not self.is_a("before_a_date", index)

    def is_headline(self, token: int) -> bool:
        """Return whether all long words of a sentence are capitalised."""
        words = self.tokens.words[slice(*self.sentence(token))]
        return not any(word.islower() and len(word) > SHORT_WORD for word in words)

    def sentence(self, token: int) -> Span:
        """Return the sentence around a token, as tokens."""
        n_words = len(self.tokens.words)
        start = next((i for i in range(token, 0, -1) if self._is_end(i - 1)), 0)
        end = next((i for i in range(token, n_words) if self._is_end(i)), n_words)
        return start, end

    def _is_end(self, token: int) -> bool:
        word = self.tokens.words[token]
        if word[0] == "\n":
            return True
        if word not in SENTENCE_ENDS:
            return False
        following = self.tokens.words[token + 1] if token + 1 < len(self.tokens.words) else "\n"
        before = self.tokens.words[token - 1] if token else ""
        abbreviation = word == "." and len(before) <= 4 and before.istitle() and before != "I"
        return not following[0].islower() and not abbreviation

    def direction(self, start: int, end: int) -> int:
        """Return which way the tense points around some tokens: -1 past, 1 future, 0 neither.

        The last verb before the expression decides, or the first after it where it opens a clause.
        """
        return self._tense(start, end)[0]

    def is_over(self, start: int, end: int) -> bool:
        """Return whether what happened then is told in the past, and not only that it was said."""
        sense, verb = self._tense(start, end)
        if sense >= 0 or self.is_a("saying", verb):
            return False
        first = max(self.sentence(start)[0], start - FAR)
        return not any(self._sense(index) > 0 for index in range(first, start))

    def _tense(self, start: int, end: int) -> tuple[int, int]:
        """Return which way the tense points, and the token that tells."""
        first, last = self.sentence(start)
        if f"{self.word(start - 2)} {self.word(start - 1)}" in self.grammar.cues["ahead_of"]:
            return 1, start - 1
        if self.word(start - 1) == "the" or self.word(end) == "'s":
            # 'the Aug. 7 blasts', "Friday's session": the verb is about something else
            before = f"{self.word(start - 3)} {self.word(start - 2)}"
            ahead = before in self.grammar.cues["ahead_of"] or self._will(start, end, last)
            return int(ahead), start
        opens = self._opens_clause(start, first)
        if self.is_a("just_before_ahead", start - 1) and not opens:
            # 'was a topic as early as July'
            open_to_both = self.word(start - 2) in ("early", "late", "recently")
            near = range(max(first, start - NEAR), start)
            if not (open_to_both and any(self._sense(index) < 0 for index in near)):
                return 1, start - 1
        before = range(start - 1, max(first, start - FAR) - 1, -1)
        after = range(end, min(last, end + FAR))
        for index in (*after, *before) if opens else (*before, *after):
            if sense := self._sense(index):
                return sense, index
        return 0, start

    def _will(self, start: int, end: int, last: int) -> bool:
        """Return whether the verb after "Friday's debate" lies ahead."""
        if self.word(end) != "'s":
            return False
        verbs = (index for index in range(end, min(last, end + FAR)) if self._sense(index))
        return self.is_a("ahead", next(verbs, -1))

    def is_a(self, name: str, index: int) -> bool:
        """Return whether a token belongs to a class of words of the grammar."""
        return self.word(index) in self.grammar.cues.get(name, ())

    def _opens_clause(self, start: int, first: int) -> bool:
        """Return whether an expression stands before its verb: 'but in March a judge ruled'."""
        while start > first and self.is_a("before_a_date", start - 1):
            start -= 1
        return start == first or self.is_a("clause_start", start - 1)

    def _sense(self, index: int) -> int:
        word = self.word(index)
        if word == "to":
            passive = self.word(index + 1) == "be"
            return 1 if passive or self.is_a("before_infinitive", index - 1) else 0
        if self.is_a("ahead", index) or (word == "'" and self.word(index + 1) == "ll"):
            return 1
        # 'On Monday he is holding a rally'
        if word.endswith("ing") and self.is_a("being", index - 1):
            return 1
        phrase = f"{word} {self.word(index + 1)}" in self.grammar.cues["present_phrases"]
        plural = self.word(index - 1).endswith("s") or self.word(index - 1) in ("they", "we")
        present = phrase or self.is_a("present", index)
        if plural and self.is_a("present_plural", index) and self.word(index - 1) != "'s":
            return 1
        if present and not self.is_a("not_present", index - 1):
            return 1
        if self.is_a("ahead_with_for", index) and self.word(index + 1) == "for":
            return 1
        is_past = word.endswith("ed") and len(word) > 4 and self.tokens.words[index][0].islower()
        if (is_past or self.is_a("behind", index)) and self.word(index - 1) != "be":
            return -1
        return 0

    def last_named(self, start: int, units: str) -> Named | None:
        """Return the date named last before an offset that is exact to one of some units."""
        before = (n for n in reversed(self.named) if n.start < start and n.unit in units)
        return next(before, None)

    def month_before(self, token: int) -> date | None:
        """Return the first day of the month that a token is joined to: 'July and'."""
        if not self.is_a("joining", token - 1):
            return None
        named = next((n for n in self.named if n.token == token - 2 and n.unit == "M"), None)
        return date.fromisoformat(named.value + "-01") if named else None

    def last_month(self, start: int, month: int) -> date | None:
        """Return the first day of the month of some name that was named last before an offset."""
        form = re.compile(rf"\d{{4}}-{month:02}(?!\d)")
        before = (n for n in reversed(self.named) if n.start < start and form.match(n.value))
        named = next(before, None)
        return date.fromisoformat(named.value[:7] + "-01") if named else None

    def remember(self, token: int, value: str) -> None:
        """Add a date to those named, in text order; not one that another is compared with."""
        unit = grain(value)
        if unit and "X" not in value[:4] and not self._is_compared(token, unit):
            item = Named(self.tokens.spans[token][0], token, value, unit)
            insort(self.named, item, key=lambda n: n.start)

    def _is_compared(self, token: int, unit: str) -> bool:
        """Return whether a date stands for comparison: 'rose in September from August'."""
        if not self.is_a("compared_with", token - 1):
            return False
        first = self.tokens.spans[self.sentence(token)[0]][0]
        start = self.tokens.spans[token][0]
        return any(n.unit == unit and first <= n.start < start for n in self.named)

    def spoken_on(self, quotation: Span) -> Named | None:
        """Return the date named as the day of a quotation in its paragraph ('said Tuesday')."""
        text = self.tokens.text
        first = text.rfind("\n\n", 0, quotation[0]) + 1
        last = text.find("\n\n", quotation[1])
        last = len(text) if last < 0 else last
        for item in self.named:
            inside = quotation[0] <= item.start < quotation[1]
            if item.unit != "D" or inside or not first <= item.start < last:
                continue
            before = {self.word(i) for i in range(max(0, item.token - 5), item.token)}
            if before & self.grammar.cues["saying"]:
                return item
        return None


def merge(values: list[str], weekday: int | None = None) -> str:
    """Return what several values agree on, XX where they differ.

    Examples
    --------
    >>> merge(["2018-12", "2019-12"]), merge(["2019-W01", "2020-W07"]), merge(["P2D", "P2D"])
    ('XXXX-12', 'XXXX-WXX', 'P2D')
    """
    if len(set(values)) == 1:
        return values[0]
    parts = [re.split(r"([-T])", value) for value in values]
    if len({len(p) for p in parts}) > 1:
        return "XXXX"
    merged = [_agree(column) for column in zip(*parts, strict=True)]
    if weekday and "".join(merged[:5])[-2:] == "XX":
        return f"{merged[0]}-WXX-{weekday}" + "".join(merged[5:])
    return "".join(merged)


def _agree(column: tuple[str, ...]) -> str:
    if len(set(column)) == 1:
        return column[0]
    letter = column[0][0] if column[0][:1] in ("W", "Q", "H") else ""
    return letter + "X" * (len(column[0]) - len(letter))
