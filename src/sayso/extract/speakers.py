"""Speakers: who is meant by the source of a quote.

A source is a name, a pronoun, an office ('the ministry', 'the chief of the bloc') or a description
of someone unnamed ('a senior official'). Names and offices are looked up in the article's cast;
pronouns go to the person in focus: the last speaker, or the subject of the last sentence that fits
in gender. Who cannot be resolved stays null, and who is not named stays unnamed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from sayso.extract.cast import Actor, Cast, affiliation_of, has_role, role_in
from sayso.lexicon import POSSESSIVE, Lexicon, singular
from sayso.marks import Quotation, Span

PRONOUNS = {
    "he": "male", "him": "male", "himself": "male", "she": "female", "her": "female",
    "herself": "female", "it": "thing", "itself": "thing", "they": "many", "them": "many",
    "we": "own", "us": "own", "i": "own",
    "who": "relative", "which": "relative", "that": "relative",
}  # fmt: skip
INDEFINITE = re.compile(
    r"^(?:an?|one|some|several|many|most|few|two|three|four|five|other|another|any|no|both|all|those"
    r"|people|numerous|various|\d+)\b",
    re.IGNORECASE,
)
# An office with one of these is another office: the deputy minister is not the minister.
RANKS = {"deputy", "vice", "former", "ex", "assistant", "under", "acting", "shadow", "first"}
LEADING = re.compile(r"^(?:[Tt]he|[Aa]n?|[Tt]hat|[Tt]his)\s+")
BREAK = re.compile(r",|;|\(|\s(?:who|which|that|whose|where|while)\s|\s[-–—]\s")
# Words that may follow the name of a speaker; others make the name a modifier ('Guild chairman').
FOLLOWS_NAME = re.compile(
    r"(?:of|in|at|for|on|from|and|or|who|with|to|himself|herself|itself|themselves|jr|sr|ii|iii|iv)\b",
    re.IGNORECASE,
)
# Sentences of narration after which a pronoun no longer reaches back.
MEMORY = 4
PREPOSITION = re.compile(r"\s(?:of|for|to|at|in|from|with|on|by|against|under|near)\s")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: canonical name (null if unresolved), kind, affiliation."""

    name: str | None
    kind: str | None
    affiliation: str | None


NOBODY = Speaker(None, None, None)


class Resolver:
    """Resolves the sources of one article, in text order; remembers who spoke last."""

    def __init__(
        self,
        text: str,
        cast: Cast,
        sentences: list[Span],
        quotations: list[Quotation],
        words: Lexicon,
    ) -> None:
        self.text = text
        self.cast = cast
        self.words = words
        self.sentences = sentences
        self.starts = [start for start, _ in sentences]
        self.quoted = [(q.start, q.end) for q in quotations]
        self.spoken: list[tuple[int, Actor | Speaker]] = []

    def resolve(self, source: Span) -> Speaker:
        """Return who a source is, and remember it as the last speaker."""
        surface = self.text[slice(*source)]
        actor = self._find(source, surface)
        if actor is not None:
            self.spoken.append((source[0], actor))
        return _speaker(actor)

    def _find(self, source: Span, surface: str) -> Actor | Speaker | None:
        key = surface.strip().casefold()
        if key in PRONOUNS:
            return self._pronoun(source, PRONOUNS[key])
        party = self.words.party(surface)
        if party:
            return self._known(party.name) or Speaker(party.name, party.kind, party.affiliation)
        return self._named(source) or self._described(source, surface)

    def _known(self, name: str) -> Actor | None:
        return next((a for a in self.cast.actors if a.name == name), None)

    # -- names

    def _named(self, source: Span) -> Actor | None:
        """Return the actor whose name is the head of the source, if it has one."""
        mentions = self.cast.within(source)
        people = [(s, a) for s, a in mentions if a.kind == "person" and self._is_head(source, s)]
        if people:
            return people[0][1]
        head_end = source[0] + len(self._head(self.text[slice(*source)]))
        for span, actor in mentions:
            if actor.kind != "person" and span[1] >= head_end and self._is_head(source, span):
                return actor
        return None

    def _is_head(self, source: Span, mention: Span) -> bool:
        """Whether a name can be the speaker: no possessor, no modifier, not governed."""
        after = self.text[mention[1] : source[1]]
        if re.match(r"['’](?:s\b|\s)", after):
            return False
        following = re.match(r"\s+([\w-]+)", after)
        if following and not FOLLOWS_NAME.match(following.group(1)):
            word = following.group(1)
            if word.islower() or singular(word.casefold()) in self.words.role_words:
                return False
        before = self.text[source[0] : mention[0]]
        clause = re.split(r"[,;(]|\s[-–—]\s", before)[-1]
        if not PREPOSITION.search(f" {clause} "):
            return True
        return _closes_title(clause, self.words)

    def _head(self, surface: str) -> str:
        """Return a description up to the end of its head noun."""
        cut = BREAK.split(surface, maxsplit=1)[0]
        return PREPOSITION.split(cut, maxsplit=1)[0].rstrip()

    # -- descriptions

    def _described(self, source: Span, surface: str) -> Actor | Speaker | None:
        head = POSSESSIVE.sub("", self._head(surface))
        tokens = re.findall(r"[\w'’-]+", head)
        if not tokens:
            return None
        noun = singular(tokens[-1].casefold())
        plain = LEADING.sub("", " ".join(_core(surface).split()))
        belongs = affiliation_of(surface, self.words)
        role = role_in(head, self.words)
        plural = tokens[-1].casefold() != noun or INDEFINITE.match(surface) is not None
        if noun in self.words.voices and belongs and not role:
            return self._known(belongs) or self._party(belongs)
        if role and not plural:
            return self._office(source, head, role, belongs) or self._unmatched(
                surface, plain, belongs
            )
        if noun in self.words.bodies and not INDEFINITE.match(surface):
            found = self._body(source, noun, belongs)
            return found or Speaker(plain, "organisation", belongs)
        if (
            plural
            and surface[:4].casefold() == "the "
            and (found := self._body(source, tokens[-1], None))
        ):
            return found
        if noun in self.words.documents and not INDEFINITE.match(surface):
            return Speaker(plain, "organisation", belongs)
        return Speaker(plain, "unnamed", belongs)

    def _party(self, name: str) -> Speaker:
        party = self.words.party(name)
        return Speaker(name, party.kind if party else "organisation", name)

    def _unmatched(self, surface: str, plain: str, belongs: str | None) -> Speaker:
        """An office whose holder the article does not name: a person if it is a single one."""
        one = surface[:4].casefold() == "the " and belongs is not None
        return Speaker(plain, "person" if one else "unnamed", belongs)

    def _office(self, source: Span, head: str, role: str, belongs: str | None) -> Actor | None:
        """Return the person whose title fits a description: 'the minister', 'the bloc's chief'."""
        wanted = {w.casefold() for w in re.findall(r"\w+", head)}
        ranked = []
        for actor in self.cast.actors:
            if actor.kind != "person" or not actor.titles:
                continue
            if belongs and actor.affiliation and belongs != actor.affiliation:
                continue
            fit = max(_fit(role, wanted, title, self.words) for title in actor.titles)
            before = [s for s in actor.spans if s[0] < source[0]]
            if fit:
                last = before[-1][0] if before else -actor.spans[0][0]
                ranked.append((fit, bool(before), last, actor))
        if not ranked:
            return None
        best = max(ranked, key=lambda r: r[:3])
        return best[3]

    def _body(self, source: Span, noun: str, belongs: str | None) -> Actor | Speaker | None:
        """Return the organisation that 'the ministry' means: the last one with that head noun."""
        named = [(span[0], actor) for actor in self.cast.actors for span in actor.spans]
        fitting = [
            (at, actor)
            for at, actor in (*named, *self.spoken)
            if actor.kind == "organisation"
            and re.search(rf"\b{re.escape(noun.casefold())}\b", actor.name.casefold())
            and (not belongs or actor.affiliation == belongs)
        ]
        before = [pair for pair in fitting if pair[0] < source[0]]
        found = max(before or fitting[:1], key=lambda pair: pair[0], default=None)
        return found[1] if found else None

    # -- pronouns

    def _pronoun(self, source: Span, form: str) -> Actor | Speaker | None:
        if form == "relative":
            return self._antecedent(source)
        if form == "own":
            return None
        here = bisect_right(self.starts, source[0]) - 1
        told = 0
        for number in range(here, -1, -1):
            found = self._focus(number, source[0], form)
            told += not self._quoted(self.sentences[number])
            if found is not None or told > MEMORY:
                return found
        return None

    def _quoted(self, sentence: Span) -> bool:
        """Whether a sentence stands in a quotation: the speaker's words keep nobody in focus."""
        return any(a <= sentence[0] and sentence[1] <= b + 1 for a, b in self.quoted)

    def _antecedent(self, source: Span) -> Actor | None:
        """Return the name that stands right before a relative pronoun."""
        for start, (end, actor) in self.cast.at.items():
            if end <= source[0] and re.fullmatch(r"[\s,]*", self.text[end : source[0]]):
                return actor
            if end <= source[0] < end + 130 and re.fullmatch(
                r",[^.“”\"\n]*,\s*", self.text[end : source[0]]
            ):
                return self.cast.at[start][1]
        return None

    def _focus(self, number: int, before: int, form: str) -> Actor | Speaker | None:
        """Return whom a sentence is about: its speaker, else the first name that fits."""
        start, end = self.sentences[number]
        end = min(end, before)
        for at, actor in reversed(self.spoken):
            if start <= at < end and _fits(actor, form):
                return actor
        for span, actor in self.cast.within((start, end)):
            inside = any(a <= span[0] < b for a, b in self.quoted)
            if not inside and _fits(actor, form) and not self._possessor(span):
                return actor
        return None

    def _possessor(self, span: Span) -> bool:
        return re.match(r"['’]s?\b", self.text[span[1] : span[1] + 2]) is not None


def _core(surface: str) -> str:
    """Return a description without its relative clause and apposition."""
    return BREAK.split(surface, maxsplit=1)[0].rstrip()


def _closes_title(clause: str, words: Lexicon) -> bool:
    """Whether the words before a name are a title that ends at it ('secretary of state John')."""
    if not has_role(clause, words) or not re.search(r"\b(?:of|for)\s(?:the\s)?(?:\w+\s)+$", clause):
        return False
    last = re.findall(r"\w+", clause)[-1]
    return last.casefold() not in words.unnamed


def _fit(role: str, wanted: set[str], title: str, words: Lexicon) -> int:
    """Return how well a description fits a title: 0 not at all, more for more words in common."""
    own = role_in(title, words)
    if own is None:
        return 0
    told = {w.casefold() for w in re.findall(r"\w+", title)}
    same = role == own or set(role.split()) <= told
    if same and (told & RANKS) != (wanted & RANKS):
        return 0
    shared = words.groups.get(role, frozenset()) & words.groups.get(own, frozenset())
    if not same and not shared:
        return 0
    return 10 * same + 1 + len(wanted & told)


def _fits(actor: Actor | Speaker, form: str) -> bool:
    """Whether a pronoun can stand for an actor."""
    if form in ("male", "female"):
        if actor.kind == "unnamed":
            return True
        return actor.kind == "person" and getattr(actor, "gender", None) in (form, None)
    if form == "thing":
        return actor.kind in ("organisation", "country", "outlet")
    return actor.kind in ("unnamed", "organisation", "country")


def _speaker(actor: Actor | Speaker | None) -> Speaker:
    if actor is None:
        return NOBODY
    return Speaker(actor.name, actor.kind, actor.affiliation)
