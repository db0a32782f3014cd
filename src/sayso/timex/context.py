"""What stands around a time expression: its sentence, the tense there, the dates named before."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sayso.text.spans import Span
from sayso.timex.grammar import Grammar
from sayso.timex.tokens import OTHER, Tokens
from sayso.timex.values import grain

FAR = 14  # no verb that is more words away tells the tense of an expression
NEAR = 6
SHORT_WORD = 3  # headlines write longer words with a capital
MONTH = re.compile(r"\d{4}-(\d\d)(?!\d)")
ANY, SAID = "any", "said"  # dates by what they are, beside their units and months


class Named(NamedTuple):
    """A date that the text has named, and what it came out as."""

    start: int
    token: int
    value: str
    unit: str


@dataclass(slots=True)
class Context:
    """What the kinds need to know while a text's expressions are resolved in order.

    ``today`` is the day that 'today' means where an expression stands. ``named`` holds the dates
    named so far by start, under their unit, their month ('03'), ``ANY``, and ``SAID`` if they are
    days with a word of saying before them: to look one up takes no longer where there are many.
    """

    tokens: Tokens
    today: date
    grammar: Grammar
    named: dict[str, list[Named]] = field(default_factory=dict)
    anchor: str | int | None = "published"
    people: set[int] = field(default_factory=set)  # months whose name a person has in this text
    orders: set[int] | None = None  # which orders of day and month its dates in numbers have
    headlines: dict[int, bool] = field(default_factory=dict)  # whether a sentence is, by its start
    places: dict[str, list[int]] = field(default_factory=dict)  # the tokens of a class of words

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
        start, end = self.sentence(token)
        if start not in self.headlines:
            small = (w.islower() and len(w) > SHORT_WORD for w in self.tokens.words[start:end])
            self.headlines[start] = not any(small)
        return self.headlines[start]

    def sentence(self, token: int) -> Span:
        """Return the sentence around a token, as tokens."""
        ends = self.tokens.ends
        at = bisect_left(ends, token)
        return ends[at - 1] + 1 if at else 0, ends[at] if at < len(ends) else len(self.tokens.words)

    def has(self, name: str, first: int, last: int) -> bool:
        """Return whether a word of a class of the grammar stands among some tokens."""
        if name not in self.places:
            self.places[name] = [i for i in range(len(self.tokens.words)) if self.is_a(name, i)]
        places = self.places[name]
        at = bisect_left(places, first)
        return at < len(places) and places[at] < last

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
        least = max(first, start - FAR)
        while start > least and self.is_a("before_a_date", start - 1):
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

    def last_named(self, start: int, kinds: Iterable[str]) -> Named | None:
        """Return the date named last before an offset that is of one of some kinds (``named``)."""
        found = []
        for kind in kinds:
            items = self.named.get(kind, [])
            if at := bisect_left(items, start, key=_start):
                found.append(items[at - 1])
        return max(found, default=None)

    def first_named(self, start: int, end: int, kinds: Iterable[str]) -> Named | None:
        """Return the date named first between two offsets that is of one of some kinds."""
        found = []
        for kind in kinds:
            items = self.named.get(kind, [])
            at = bisect_left(items, start, key=_start)
            found += [item for item in items[at : at + 1] if item.start < end]
        return min(found, default=None)

    def month_before(self, token: int) -> date | None:
        """Return the first day of the month that a token is joined to: 'July and'."""
        if not self.is_a("joining", token - 1):
            return None
        named = self.last_named(self.tokens.spans[token - 1][0], "M")
        is_joined = named is not None and named.token == token - 2
        return date.fromisoformat(named.value + "-01") if is_joined else None

    def last_month(self, start: int, month: int) -> date | None:
        """Return the first day of the month of some name that was named last before an offset."""
        named = self.last_named(start, [f"{month:02}"])
        return date.fromisoformat(named.value[:7] + "-01") if named else None

    def remember(self, token: int, value: str) -> None:
        """Add a date to those named, in text order; not one that another is compared with."""
        unit = grain(value)
        if unit and "X" not in value[:4] and not self._is_compared(token, unit):
            item, month = Named(self.tokens.spans[token][0], token, value, unit), MONTH.match(value)
            before = {self.word(i) for i in range(max(0, token - 5), token)}
            said = [SAID] if unit == "D" and before & self.grammar.cues["saying"] else []
            for kind in (ANY, unit, *(month.groups() if month else ()), *said):
                insort(self.named.setdefault(kind, []), item, key=_start)

    def _is_compared(self, token: int, unit: str) -> bool:
        """Return whether a date stands for comparison: 'rose in September from August'."""
        if not self.is_a("compared_with", token - 1):
            return False
        first = self.tokens.spans[self.sentence(token)[0]][0]
        start = self.tokens.spans[token][0]
        return self.first_named(first, start, [unit]) is not None

    def spoken_on(self, quotation: Span) -> Named | None:
        """Return the date named as the day of a quotation in its paragraph ('said Tuesday')."""
        text = self.tokens.text
        first = text.rfind("\n\n", 0, quotation[0]) + 1
        last = text.find("\n\n", quotation[1])
        last = len(text) if last < 0 else last
        before = self.first_named(first, quotation[0], [SAID])
        return before or self.first_named(max(first, quotation[1]), last, [SAID])


def _start(named: Named) -> int:
    return named.start


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
