"""Focus: whom a passage is about, and so who is meant by a pronoun or by 'the statement'.

A pronoun goes to the last speaker of its sentence or, sentence by sentence backwards, of those
before it, else to the first name there that fits in gender and number and is nobody's possessor.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate, islice

from sayso.extract.document import Document
from sayso.extract.people.cast import Actor, Speaker, members_of
from sayso.extract.people.memory import Memory
from sayso.lexicon.parties import singular
from sayso.text.spans import Span

PRONOUNS = {
    "he": "male", "him": "male", "himself": "male", "she": "female", "her": "female",
    "herself": "female", "it": "thing", "itself": "thing", "they": "many", "them": "many",
    "we": "own", "us": "own", "i": "own", "my": "own", "our": "own",
    "his": "male", "hers": "female", "its": "thing", "their": "many",
    "who": "relative", "which": "relative", "that": "relative",
}  # fmt: skip
THINGS = ("organisation", "country", "outlet", "document")
# Sentences of narration after which a pronoun no longer reaches back.
MEMORY = 4
# Sentences, lines and quoted ones too, or messages after which nothing reaches back.
FAR = 100
# Characters of a paragraph, however long it is, in which two talk.
LINE = 4000
SPOKE, SENT = "spoke", "sent"
# Sentences at the beginning, the headline among them, that may name an office before its holder.
OPENING = 4
# A name after one of these is not what its sentence is about.
GOVERNED = re.compile(
    r"\b(?:of|with|by|to|from|against|for|at|on|about|than|like|between)\s+(?:the\s)?"
    r"(?:[A-Z]\w*\.?\s)?$"
)
# A clause or phrase in front of what its sentence is about.
LED = re.compile(
    r"(?:(?:\w+\s)?(?:while|as|when|although|though|if|since|because|before|after|until|despite|unlike)"
    r"|\w+(?:ed|ing)\s(?:by|with|from|to|at|in|on|about))\s[^.;“”\"\n]*?,\s",
    re.IGNORECASE,
)
WHOM = re.compile(r"\bwhom?\s\Z")
# Characters before 'who' within which the name stands that it goes with.
BESIDE = 40
# What may stand between a name and 'who': 'of Ohio', an apposition.
APPOSED = re.compile(
    r"(?:\s(?:of|from)\s[^.“”\"\n,]{2,30})?(?:,?\s*(?:[^.“”\"\n]{2,100},\s*)?"
    r"|(?:,|\s[-–—])\s(?:an?|the)\s[^.,;“”\"\n]{2,100}\s)"
)
# The noun phrase that a relative clause belongs to.
PHRASE = re.compile(r"((?:[\w’'-]+\s){0,4}[\w’'-]+),?\s*$")
# A plural noun with what may stand in front of it.
MANY = re.compile(
    r"\b((?:(?:[Tt]he|[Ss]ome|[Mm]any|[Mm]ost|[Ss]everal)\s(?:[\w’'-]+\s){0,2}?)?\w+(?:s|men))\b"
)
OPENS = {"the", "a", "an", "some", "many", "several", "those", "other", "most", "few", "two"}


class Focus:
    """Remembers who spoke in an article, and tells whom a place in it is about."""

    def __init__(self, document: Document) -> None:
        self.text = document.article.text
        self.cast = document.cast
        self.words = document.lexicon
        self.sentences, self._number = document.sentences, document.sentence_at
        # Headlines are lines too, but nothing else is told before them.
        lines = (number for number, span in enumerate(self.sentences) if not self._is_line(span))
        self.told_from = next(lines, 0)
        quotations = sorted((q.start, q.end) for q in document.quotations)
        self._opened = [start for start, _ in quotations]
        # How far those reach that have begun: whether a place is quoted is told at once.
        self._reach = list(accumulate((end for _, end in quotations), max))
        self.memory = Memory()
        self._messages: dict[str, list[int]] = {}
        self.learned: dict[Speaker, str] = {}
        self.said: tuple[Span, ...] = ()
        self.public: frozenset[str] = frozenset()
        self.barred: frozenset[str] = frozenset()

    def pronoun(self, source: Span, form: str) -> Speaker | None:
        """Return whom a pronoun stands for."""
        if form == "relative":
            return self._antecedent(source)
        if form == "own":
            return None
        # In 'Lund, who she said ...' she is not Lund.
        if WHOM.search(self.text, source[0] - 6, source[0]):
            self.said = (*self.said, (source[0] - BESIDE, source[0]))
        found = self.in_focus(source, form)
        return self.learn(found, form) if found else None

    def learn(self, found: Speaker, form: str) -> Speaker:
        """Return a speaker, whose gender a pronoun tells: so 'she' is somebody else later on."""
        if isinstance(found, Actor) and found.kind == "person":
            self.learned.setdefault(found, form)
        return found

    def in_focus(
        self, source: Span, form: str, public: frozenset[str] = frozenset()
    ) -> Speaker | None:
        """Return the first one that fits, sentence by sentence backwards.

        Whose name ends with one of the ``public`` words does not fit.
        """
        self.public = public
        found = (self.of(number, source[0], form) for number in self._numbers(source[0]))
        return next((actor for actor in found if actor), None)

    def reach(self, at: int) -> int:
        """Return where the sentences begin that a place reaches back to."""
        return self.sentences[list(self._numbers(at))[-1]][0]

    def _numbers(self, at: int) -> Iterator[int]:
        """Return the numbers of the sentences that a place reaches back to, the last one first."""
        told, here = 0, self._number(at)
        for number in range(here, max(-1, here - FAR), -1):
            sentence = self.sentences[number]
            if self.told_from < number < here and self._is_line(sentence):
                continue
            yield number
            told += not self._in_quotation(sentence)
            if told > MEMORY:
                return

    def _is_line(self, sentence: Span) -> bool:
        """Whether a sentence is a line by itself without a full stop: a link, a caption."""
        start, end = sentence
        alone = self.text[start - 1 : start] == "\n" and self.text[end : end + 1] in ("\n", "")
        return alone and self.text[end - 1] not in ".!?:,;”\"'’)"

    def of(self, number: int, before: int, form: str) -> Speaker | None:
        """Return whom a sentence is about: its speaker, else the first name that fits."""
        start, end = self.sentences[number]
        end = min(end, before)
        if spoke := next((a for a in self._spoke(start, end) if self.fits(a, form)), None):
            # Of two who talk, the one whose gender is told is likelier meant than the other.
            line = self.text.rfind("\n", max(0, end - LINE), end) + 1 or max(0, end - LINE)
            return next((a for a in self._spoke(line, end) if self._sex(a) == form), spoke)
        if form == "many" and (people := self._people_in(start, end)):
            return people
        opening = re.match(r"(?:He|She)\b", self.text[start:end])
        if opening and PRONOUNS[opening.group().casefold()] == form:
            return None  # in 'She met Voss' she is not Voss
        named = [
            (span, actor)
            for span, actor in self.cast.within((start, end))
            if self.fits(actor, form) and not actor.place and not self._aside(span)
        ]
        main = self._main_clause(number)

        def rank(mention: tuple[Span, Actor]) -> tuple:
            span, actor = mention
            aside = self._governed(span) or span[0] < main
            return self._owner(span), aside, self._sex(actor) != form, span

        return min(named, key=rank)[1] if named else None

    def _people_in(self, start: int, end: int) -> Speaker | None:
        """Return the first of the people told of as many: 'Democrats', 'most residents'."""
        for match in MANY.finditer(self.text, start, end):
            span = match.span(1)
            aside = self._aside(span) or self._owner(span) or self._governed(span)
            if not aside and (people := self._people(match.group(1))):
                return people
        return None

    def _main_clause(self, number: int) -> int:
        """Return where the main clause of a sentence begins: after 'While ..., ' and the like."""
        led = LED.match(self.text, *self.sentences[number])
        return led.end() if led else 0

    def opens(self, at: int) -> bool:
        """Whether a place is in the headline or the first sentences of an article."""
        return self._number(at) < OPENING

    def author(self, source: Span, noun: str) -> Speaker | None:
        """Return who put out a message ('the statement') that was told of before."""
        same = self.words.groups.get(noun, frozenset())
        keys = [(SENT, group) for group in same | {noun}]
        latest = len(self.memory)  # a message stands where the memory was when it was told of
        sent = [one for key in keys for one in islice(self.memory.before(key, latest), 1)]
        if sent:
            return max(sent, key=lambda told: told[0])[1]
        places = self._places_of(noun)
        before = bisect_left(places, source[0])
        for at in reversed(places[max(0, before - FAR) : before]):
            if not self.is_quoted(at) and (found := self._writer(at)):
                return found
        return None

    def _places_of(self, noun: str) -> list[int]:
        """Return where a message is told of for the first time, in order: 'a letter'."""
        if noun not in self._messages:
            groups = self.words.groups
            same = groups.get(noun, frozenset())
            nouns = {noun} | {word for word, numbers in groups.items() if numbers & same}
            named = "|".join(sorted(re.escape(n) for n in nouns))
            pattern = rf"\b(?:an?|his|her|its|their|own)\s(?:[\w-]+\s){{0,2}}(?:{named})\b"
            self._messages[noun] = [m.start() for m in re.finditer(pattern, self.text)]
        return self._messages[noun]

    def _writer(self, at: int) -> Speaker | None:
        """Return who speaks in the sentence of a place, or is its subject before that place."""
        start, end = self.sentences[self._number(at)]
        told = next((a for a in self._spoke(start, end) if not a.place), None)
        if told is not None:
            return told if told.human else None
        for span, actor in self.cast.within((start, at)):
            if not (actor.place or self._governed(span) or self._aside(span) or self._owner(span)):
                return actor
        return None

    def begins(self, at: int) -> bool:
        """Whether a place is where a sentence begins, or its main clause."""
        number = self._number(at)
        return at in (self.sentences[number][0], self._main_clause(number))

    def before(self, at: int) -> int:
        """Return where the sentence of a place begins, or the narration right before it."""
        here = self._number(at)
        number, least = here - 1, max(0, here - FAR)
        while number > least and self._in_quotation(self.sentences[number]):
            number -= 1
        return self.sentences[max(0, number)][0]

    def spoke_in(self, start: int, end: int) -> bool:
        """Whether somebody spoke within a stretch."""
        return any(self._spoke(start, end))

    def last(self, before: int, form: str, reach: int = 2) -> Speaker | None:
        """Return the last speaker that fits, in this or the ``reach`` sentences before."""
        first = self.sentences[max(0, self._number(before) - reach)][0]
        return next((a for a in self._spoke(first, before) if self.fits(a, form)), None)

    def _spoke(self, start: int, end: int) -> Iterator[Speaker]:
        """Return who spoke within a stretch, the last one first."""
        return self.memory.within(SPOKE, start, end)

    def spoke(self, at: int, actor: Speaker) -> None:
        """Remember who spoke at a place; an organisation also by the words of its name."""
        self.memory.add(SPOKE, at, actor)
        for body in (one for one in actor.members or (actor,) if one.kind == "organisation"):
            for word in set(body.name.casefold().split()):
                self.memory.add((SPOKE, word), at, body)

    def sent(self, noun: str, actor: Speaker) -> None:
        """Remember whose a message is."""
        for group in self.words.groups.get(noun, frozenset()) | {noun}:
            self.memory.add((SENT, group), len(self.memory), actor)

    def fits(self, actor: Speaker, form: str) -> bool:
        """Whether a pronoun can stand for a speaker."""
        if actor.name in self.barred:
            return False
        if form == "body":
            last = (actor.name or "").casefold().split()[-1:]
            private = bool(last) and last[0] not in self.public
            return actor.kind == "organisation" and not actor.many and private
        if form == "either":
            return actor.kind == "person" and isinstance(actor, Actor)
        if form in ("male", "female"):
            if actor.kind == "unnamed":
                return actor.human and not actor.many
            return actor.kind == "person" and self._sex(actor) in (form, None)
        if form == "thing":
            return actor.kind in THINGS and not actor.many
        return actor.many or actor.kind in THINGS[:3]

    def _sex(self, actor: Speaker) -> str | None:
        return actor.sex or self.learned.get(actor)

    def is_quoted(self, at: int) -> bool:
        """Whether a place stands in a quotation."""
        return self._quoted_to(at) > at

    def _in_quotation(self, sentence: Span) -> bool:
        """Whether a sentence stands in a quotation: the speaker's words keep nobody in focus."""
        return sentence[1] <= self._quoted_to(sentence[0]) + 1

    def _quoted_to(self, at: int) -> int:
        """Return the farthest end of the quotations that have begun at a place, -2 if none."""
        begun = bisect_right(self._opened, at)
        return self._reach[begun - 1] if begun else -2

    def _aside(self, span: Span) -> bool:
        """Whether a name is quoted or is in what is said."""
        return self.is_quoted(span[0]) or any(a <= span[0] < b for a, b in self.said)

    def _owner(self, span: Span) -> bool:
        """Whether a name is somebody's possessor."""
        return re.match(r"['’]s?\b|['’]\s", self.text[span[1] : span[1] + 2]) is not None

    def _governed(self, span: Span) -> bool:
        start = self.sentences[self._number(span[0])][0]
        return GOVERNED.search(self.text[max(start, span[0] - 30) : span[0]]) is not None

    def _antecedent(self, source: Span) -> Speaker | None:
        """Return the name, or else the people, right before a relative pronoun."""
        person = self.text[slice(*source)].casefold() == "who"
        near = self.cast.within((max(0, source[0] - 160), source[0]))
        for wanted in (True, False):
            for span, actor in reversed(near):
                right = (actor.kind == "person") == (wanted and person) and not actor.place
                if right and APPOSED.fullmatch(self.text, span[1], source[0]):
                    return actor
        return self._people_before(source[0]) if person else None

    def _people_before(self, end: int) -> Speaker | None:
        """Return the unnamed people before 'who': 'lawmakers who ...'."""
        match = PHRASE.search(self.text, max(0, end - 60), end)
        return self._people(match.group(1), who=True) if match else None

    def _people(self, phrase: str, who: bool = False) -> Speaker | None:
        """Return the people that a phrase ends with; before 'who' any noun of many is one."""
        tokens = phrase.split()
        noun = tokens[-1].casefold()
        members = self.words.people(tokens[-1]) if noun.endswith("s") else None
        if members and members.kind == "organisation":
            return members_of(members, tokens[-1])
        known = singular(noun) in self.words.unnamed | self.words.roles
        if not known and not (who and singular(noun) != noun):
            return None
        first = next((i for i, t in enumerate(tokens) if t.casefold() in OPENS), None)
        name = " ".join(tokens[-1:] if first is None else tokens[first:])
        name = re.sub(r"^(?:the|an?)\s", "", name, flags=re.IGNORECASE)
        return Speaker(name, "unnamed", None, many=singular(noun) != noun)
