"""Speakers: who is meant by the source of a quote.

A source is a name, a pronoun, an office ('the ministry', 'the chief of the bloc'), a message ('the
statement') or a description of someone unnamed ('a senior official'). Names and offices are looked
up in the article's cast; pronouns and messages go to whom the passage is about. Who cannot be
resolved stays null, and who is not named stays unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from sayso.extract.document import Document
from sayso.extract.people.cast import Actor, Speaker, members_of
from sayso.extract.people.focus import PRONOUNS, SPOKE, Focus
from sayso.extract.people.joint import FIRM, joined, joint_parts
from sayso.extract.people.titles import (
    DETERMINERS,
    PREPOSITION,
    RANKS,
    WORD,
    affiliation_of,
    head_role,
    is_post_nominal,
    roles_in,
    title_words,
)
from sayso.lexicon.parties import POSSESSIVE, Lexicon, singular
from sayso.text.names import plain, taken_apart
from sayso.text.spans import Span
from sayso.text.words import stands

INDEFINITE = re.compile(
    r"^(?:an?|one|some|several|many|most|few|two|three|four|five|other|another|any|no|both|all|those"
    r"|people|numerous|various|\d+)\b",
    re.IGNORECASE,
)
SINGLE = re.compile(r"(?:an?|one|another)\b", re.IGNORECASE)
LEADING = re.compile(r"^(?:[Tt]he|[Aa]n?|[Tt]hat|[Tt]his|[Ww]hose)\s+")
NAMED = re.compile(r"(?<!\S)((?:[A-Z][\w.’'-]*\s){0,3}[A-Z][\w’'-]*),\s\Z")
THERE = re.compile(r"\s(?:there|here|alike|both|too|also)$")
# 'the younger Voss', and the suffixes of who is called so.
YOUNG_OR_OLD = re.compile(
    r"the\s(younger|junior|elder|older|senior)\s([A-Z][\w’'-]+)$", re.IGNORECASE
)
YOUNG = ("younger", "junior")
# Somebody called by an office who does something: 'the sergeant shrugged'.
ACTS = re.compile(
    r"(?:^|[,.”\"]\s)(?:(?:And|But|Then)\s)?([Tt]he\s(?:[\w’'-]+\s){0,3}?[\w’'-]+)"
    r"(?:,[^,.]*,)?\s\w+(?:ed|s)\b",
    re.MULTILINE,
)
BREAK = re.compile(r",(?!\d)|;|\(|\s(?:who|which|that|whose|where|while)(?:\s|$)|\s[-–—]\s")
# Words that may follow the name of a speaker; others make the name a modifier ('Guild chairman').
FOLLOWS_NAME = re.compile(
    r"(?:of|in|at|for|on|from|and|or|who|with|to|himself|herself|itself|themselves|jr|sr|ii|iii|iv)\b",
    re.IGNORECASE,
)
# Words for people who were named or described together before.
TOGETHER = {"group", "pair", "trio", "duo", "couple"}
CONTINUES = re.compile(r"\s(?:also\s|continue[sd]\b|add(?:s|ed)\b|went\son\b|goes\son\b)")
OWNER = re.compile(r"\b[\w.-]+(?:['’]s|s['’])\s")
# What a noun for somebody ends with, and the gender that it tells.
ENDINGS = {"woman": "female", "man": "male", "-year-old": "either", "-years-old": "either"}
OWNED = re.compile(r"([\w -]+?)(?:['’]s|(?<=s)['’])\s")
APPOSED = re.compile(r",\s(?:\d+,\s)?|,?\s(?:who\s)?(?:is|was|became|works? as|worked as)\s")
HIGH = ("king", "mayor", "minister", "president", "prime minister")
# Characters around 'a woman' within which she is named, if she is.
NEAR = 40
# Characters after an office within which its holder may be named.
SOON = 200
NOBODY = Speaker(None, None, None)


class Resolver:
    """Resolves the sources of one article, in text order; remembers who spoke last."""

    def __init__(self, document: Document) -> None:
        self.text = document.article.text
        self.cast = document.cast
        self.words = document.lexicon
        self.focus = Focus(document)

    def resolve(self, source: Span, said: tuple[Span, ...] = ()) -> Speaker:
        """Return who a source is, and remember it as the last speaker.

        ``said`` is what it says: names in it are not whom a pronoun after it means.
        """
        self.focus.said = tuple(span for span in said if span[0] < source[0])
        source = self._bare(source)
        parts = joint_parts(self.text, source, self.cast, self.words)
        found = [self._find(part, self.text[slice(*part)]) for part in parts]
        actor = _together(found) if len(parts) > 1 else found[0]
        if actor is None:
            return NOBODY
        if not self.focus.is_quoted(source[0]):
            self.focus.spoke(source[0], actor)
        return actor

    def _bare(self, source: Span) -> Span:
        """Return a source without 'whose' and 'there'; of a name's apposition the name."""
        start, end = source
        if whose := re.match(r"whose\s", self.text[start:end]):
            start += whose.end()
        if there := THERE.search(self.text[start:end]):
            end -= len(there.group())
        if re.match(r"(?:the|an?)\s", self.text[start:end]) and self.text[end : end + 1] == ",":
            name = NAMED.search(self.text, max(0, start - NEAR), start)
            if name and self.focus.begins(name.start(1)):
                actor = self.cast.named(name.group(1)) or self._named(name.span(1))
                if actor and not actor.place:
                    return name.span(1)  # 'Ann Lee, the head of the school, said'
        return start, end

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Forget afterwards who spoke: what is said within a quote leaves the focus as it was."""
        size = len(self.focus.memory)
        yield
        self.focus.memory.forget(size)

    @contextmanager
    def without(self, names: set[str]) -> Iterator[None]:
        """Let no pronoun stand for those of some names."""
        self.focus.barred = frozenset(names)
        yield
        self.focus.barred = frozenset()

    def _find(self, source: Span, surface: str) -> Speaker | None:
        if alone := re.match(r"(.+)\s(?:him|her|it|them)sel(?:f|ves)$", surface):
            return self._find((source[0], source[0] + alone.end(1)), alone.group(1))
        key = surface.strip().casefold()
        if key in PRONOUNS and surface != "US":
            return self._acting(source, PRONOUNS[key]) or self.focus.pronoun(source, PRONOUNS[key])
        if (
            found := self._of_family(surface)
            or self._kin(source, surface)
            or self._short_office(source, surface)
        ):
            return found
        named = next((a for s, a in self.cast.within(source) if s == source), None)
        if named is not None and named.kind == "person":
            return named  # 'Jordan' is the one whom the article calls so
        if found := self._members(surface):
            return found
        if party := self.words.party(surface):
            known = Speaker(party.name, party.kind, party.affiliation)
            return self.cast.named(party.name) or known
        if (actor := self.cast.named(surface)) and not head_role(surface, self.words):
            return actor
        if FIRM.search(surface):
            name = LEADING.sub("", surface)
            return self.cast.named(name) or Speaker(name, "organisation", name)
        return self._named(source) or self._described(source, surface)

    def _acting(self, source: Span, form: str) -> Speaker | None:
        """Return who is called by an office right before a pronoun: 'The mayor nodded. ... he'."""
        start = self.focus.before(source[0])
        start = max(self.text.rfind("\n", start, source[0]) + 1, start)
        if form not in ("male", "female") or self.focus.spoke_in(start, source[0]):
            return None
        for match in reversed(list(ACTS.finditer(self.text, start, source[0]))):
            if not self.focus.is_quoted(match.start(1)) and head_role(match.group(1), self.words):
                found = self._described(match.span(1), match.group(1))
                if isinstance(found, Actor) and self.focus.fits(found, form):
                    return self.focus.learn(found, form)
        return None

    def _of_family(self, surface: str) -> Actor | None:
        """Return who of two with one name is 'the younger Voss', by 'Jr.' and the like."""
        if not (told := YOUNG_OR_OLD.match(surface)):
            return None
        named = [(a, taken_apart(a.name)) for a in self.cast.actors if a.kind == "person"]
        family = [(a, name.suffix) for a, name in named if name.last == plain(told.group(2))]
        young = told.group(1).casefold() in YOUNG
        found = [a for a, suffix in family if (suffix not in ("", "sr")) == young]
        return found[0] if len(family) > 1 and len(found) == 1 else None

    def _kin(self, source: Span, surface: str) -> Actor | None:
        """Return who is 'his brother': the one other person of his last name."""
        owned = re.match(r"(his|her)\s(?:\w+\s)?(\w+)$", surface, re.IGNORECASE)
        sex = owned and self.words.kin.get(owned.group(2))
        owner = self.focus.pronoun(source, PRONOUNS[owned.group(1).casefold()]) if sex else None
        if not isinstance(owner, Actor):
            return None
        last = taken_apart(owner.name).last
        people = (a for a in self.cast.actors if a.kind == "person" and a is not owner)
        found = [a for a in people if taken_apart(a.name).last == last and a.sex in (sex, None)]
        return found[0] if len(found) == 1 else None

    def _short_office(self, source: Span, surface: str) -> Actor | None:
        """Return who has an office told by its letters: 'the PM'."""
        short = LEADING.sub("", surface)
        role = self.words.offices.get(short.casefold()) if short.isupper() else None
        return self._office(source, role, role, None) if role and short != surface else None

    def _members(self, surface: str) -> Speaker | None:
        """Return the members of a political party that are meant as a whole: 'the Democrats'."""
        bare = LEADING.sub("", surface)
        people = self.words.people(bare) if bare.endswith("s") else None
        if people is None or people.kind != "organisation":
            return None
        if bare == surface and stands(bare.casefold(), self.text):
            return None  # 'Liberals say', where the text has 'liberals' in small letters too
        return members_of(people, bare)

    # -- names

    def _named(self, source: Span) -> Actor | None:
        """Return the actor whose name is the head of the source, if it has one."""
        heads = [(s, a) for s, a in self.cast.within(source) if self._ishead_of(source, s, a)]
        people = (actor for _, actor in heads if actor.kind == "person")
        head_end = source[0] + len(head_of(self.text[slice(*source)]))
        reaching = (actor for span, actor in heads if span[1] >= head_end)
        return next(people, None) or next(reaching, None)

    def _ishead_of(self, source: Span, mention: Span, actor: Actor) -> bool:
        """Whether a name can be the speaker: no possessor, no modifier, not governed."""
        after = self.text[mention[1] : source[1]]
        if re.match(r"['’]s?\s", after):
            return False
        following = re.match(r"\s+([\w-]+)", after)
        word = following.group(1) if following else ""
        fits = FOLLOWS_NAME.match(word) or is_post_nominal(word, self.words)
        office = word.islower() or singular(word.casefold()) in self.words.role_words
        if word and office and not fits:
            return False
        before = self.text[source[0] : mention[0]]
        if actor.kind == "country" and re.search(r"\w,\s$", before):
            return False  # 'a woman in Limon, Colorado'
        clause = re.split(r"[,;(]|\s[-–—]\s", before)[-1]
        if not PREPOSITION.search(f" {clause} "):
            return True
        return actor.kind == "person" and _closes_title(clause, self.words)

    # -- descriptions

    def _described(self, source: Span, surface: str) -> Speaker | None:
        head = POSSESSIVE.sub("", head_of(surface))
        tokens = re.findall(r"[\w'’-]+", head)
        if not tokens:
            return None
        noun = singular(tokens[-1].casefold())
        called = LEADING.sub("", " ".join(BREAK.split(surface, maxsplit=1)[0].split()))
        belongs = affiliation_of(surface, self.words)
        whole = called.casefold()  # 'the commander in chief'
        role = whole if whole in self.words.roles else head_role(head, self.words)
        plural = tokens[-1].casefold() != noun
        definite = INDEFINITE.match(surface) is None
        if noun in self.words.voices and belongs and not role:
            return self.cast.named(belongs) or self._party(belongs)
        if definite and not plural and (found := self._one(source, head, role, belongs)):
            return found
        if noun in self.words.messages and definite and (found := self._sender(source, noun)):
            self.focus.sent(noun, found)
            return found
        if noun in self.words.documents | self.words.messages:
            author = self._author(source, head)
            if author and noun in self.words.messages:
                self.focus.sent(noun, author)
            by = (author and author.name) or belongs
            return Speaker(called, "document", by, many=plural, human=False)
        if definite and noun in self.words.bodies:
            found = self._body(source, surface, head, belongs) or self._together(source, noun)
            the = surface[:4].casefold() == "the " and noun in self.words.stand_ins
            if the and not (found or belongs or plural):
                found = self._focused(source, noun, "body")  # 'the company'
            return found or Speaker(called, "organisation", belongs)
        if definite and surface[:4].casefold() == "the ":
            body = self._body(source, surface, head, None) if plural else None
            if found := body or self._hinted(source, head, noun):
                return found
        many = plural or not (definite or SINGLE.match(surface))
        human = (
            role is not None or noun in self.words.unnamed | self.words.standing["people"].keys()
        )
        return Speaker(called, "unnamed", belongs, many=many, human=human)

    def _one(
        self, source: Span, head: str, role: str | None, belongs: str | None
    ) -> Speaker | None:
        """Return who has an office or is described, by name if the article tells it."""
        noun = singular(re.findall(r"[\w'’-]+", head)[-1].casefold())
        if role:
            found = self._office(source, head, role, belongs) or self._continued(source, belongs)
            if found:
                return found
        if (found := self._named_before(source, noun, role)) or not role:
            return found
        surface = self.text[slice(*source)]
        the = surface[:4].casefold() == "the "
        kind = "person" if the and belongs else "unnamed"
        if the and noun in self.words.bodies:  # 'the harbour guard'
            kind = "organisation"
            if found := self._body(source, surface, head, belongs):
                return found
        whole = BREAK.split(surface, maxsplit=1)[0]
        return Speaker(LEADING.sub("", " ".join(whole.split())), kind, belongs)

    def _named_before(self, source: Span, noun: str, role: str | None) -> Actor | None:
        """Return the person in focus whom a description takes up: 'the lawyer', 'the 45-year-old'.

        Who has an office is not called by one of another kind.
        """
        surface, form = self.text[slice(*source)], self.words.persons.get(noun)
        if form is None and not role and noun not in self.words.bodies:
            form = next((sex for end, sex in ENDINGS.items() if noun.endswith(end)), None)
        # 'The head of the union' may be told of for the first time, 'the president' is known.
        bare = role and surface == head_of(surface) and not self._is_high(role)
        if surface[:4].casefold() != "the " or not (form or bare):
            return None
        found = self._focused(source, noun, form or "either")
        groups = self.words.groups
        own = {r for t in getattr(found, "titles", ()) for r in roles_in(t.text, self.words)}
        alike = (groups.get(role, frozenset()) & groups.get(r, frozenset()) for r in own)
        return found if form or not own or any(alike) else None

    def _is_high(self, role: str) -> bool:
        """Whether an office is known without being told of before: 'the president', 'the mayor'."""
        groups = self.words.groups
        high = frozenset().union(*(groups[name] for name in HIGH))
        return bool(groups.get(role, frozenset()) & high)

    def _focused(self, source: Span, noun: str, form: str) -> Actor | None:
        """Return the one in focus, unless one with that noun was told of: 'a company', 'a man'."""
        told = rf"\b(?:an?|one|another)\s(?:[\w’'-]+\s){{0,4}}{re.escape(noun)}\b"
        # 'The company' is no ministry, no office, no council.
        public = self.words.bodies - self.words.stand_ins if form == "body" else frozenset()
        found = self.focus.in_focus(source, form, public)
        if found is None:
            return None
        for match in re.compile(told, re.IGNORECASE).finditer(
            self.text, self.focus.reach(source[0]), source[0]
        ):
            near = self.cast.within((match.start() - NEAR, match.end() + NEAR))
            if not any(self._apposed(match.span(), span) for span, actor in near if actor is found):
                return None
        return found

    def _apposed(self, phrase: Span, name: Span) -> bool:
        """Whether a phrase tells what someone is: 'Ann Lee, a lawyer', 'a lawyer, Ann Lee'."""
        if name[1] <= phrase[0]:
            return APPOSED.fullmatch(self.text, name[1], phrase[0]) is not None
        return self.text[phrase[1] : name[0]] in (", ", " named ", " called ")

    def _party(self, name: str) -> Speaker:
        party = self.words.party(name)
        return Speaker(name, party.kind if party else "organisation", name)

    def _office(self, source: Span, head: str, role: str, belongs: str | None) -> Actor | None:
        """Return the person whose title fits a description: 'the minister', 'the bloc's chief'."""
        wanted = title_words(head, self.words)
        named = {w.casefold() for w in WORD.findall(LEADING.sub("", head)) if w[0].isupper()}
        named -= self.words.role_words | RANKS
        ranked = []
        for actor in self.cast.actors:
            if actor.kind != "person" or not actor.titles:
                continue
            if belongs and actor.affiliation and not self._one_side(actor, belongs):
                continue
            called = actor.called
            fit = max(_fit(role, wanted, title, self.words) for title in called)
            told = frozenset().union(*(title_words(title, self.words) for title in called))
            if fit < 10 and named - told and belongs != actor.affiliation:
                continue  # 'the Ohio governor' is no other leader
            before = actor.last(source[0])
            # Only where an article begins is somebody called by an office long before by name.
            soon = actor.spans[0][0] < source[1] + SOON
            if not (fit and (soon or self.focus.opens(source[0]))):
                continue
            # 'The president ... President Ana Voss of Norway': a guest, and not he.
            if before is not None or belongs or not self._is_of_a_country(actor):
                last = -actor.spans[0][0] if before is None else before
                ranked.append((fit, before is not None, last, actor))
        return max(ranked, key=lambda r: r[:3])[3] if ranked else None

    def _is_of_a_country(self, actor: Actor) -> bool:
        """Whether a person is told of by a country: 'Norwegian President Ana Voss'."""
        if actor.home:
            return True
        first = actor.titles[0]
        party = self.words.party(affiliation_of(first.text, self.words) or "")
        return party is not None and party.kind == "country" and first.text[0].isupper()

    def _one_side(self, actor: Actor, belongs: str) -> bool:
        """Whether a person speaks for a party, by any of what is told of him or her."""
        told = (affiliation_of(title, self.words) for title in actor.called)
        return belongs in (actor.affiliation, actor.party, actor.home, *told)

    def _continued(self, source: Span, belongs: str | None) -> Speaker | None:
        """Return the last speaker where a verb says that it is the same: 'the mayor added'."""
        if not CONTINUES.match(self.text, source[1]):
            return None
        found = self.focus.last(source[0], "male") or self.focus.last(source[0], "female")
        if found is None or None in (belongs, found.affiliation) or belongs == found.affiliation:
            return found
        # A candidate of a party may be the governor of a state, but nobody is of two parties.
        kinds = [
            p.kind if (p := self.words.party(n)) else None for n in (belongs, found.affiliation)
        ]
        return found if kinds[0] == "country" != kinds[1] else None

    def _hinted(self, source: Span, head: str, noun: str) -> Actor | None:
        """Return the one person whose titles share a telling word with a description."""
        if noun in self.words.bodies | self.words.media:
            return None
        wanted = title_words(head, self.words) - self.words.unnamed - self.words.bodies
        found = [
            actor
            for actor in self.cast.actors
            if actor.kind == "person"
            and actor.spans[0] < source
            and any(wanted & title_words(title, self.words) for title in actor.called)
        ]
        return found[0] if len(found) == 1 else None

    def _sender(self, source: Span, noun: str) -> Speaker | None:
        """Return whose message it is: the one named before it, or who is told to have sent it."""
        inside = (
            (actor, self.text[end : source[1]]) for (_, end), actor in self.cast.within(source)
        )
        own = [actor for actor, after in inside if re.match(r"['’]s?\s", after)]
        named = self.text[source[1] - len(noun) : source[1]].casefold() == noun
        if own:
            return own[0]
        return self.focus.author(source, noun) if named else None

    def _author(self, source: Span, head: str) -> Speaker | None:
        """Return who wrote a document: "Kern's book", 'an FBI report', 'a letter from ...'."""
        head_end = source[0] + len(head)
        for span, actor in self.cast.within(source):
            before = self.text[head_end : span[0]]
            if span[1] <= head_end or re.fullmatch(
                r"\s(?:from|by|of)\s(?:[\w’'-]+\s){0,5}", before
            ):
                return actor
        told = re.compile(r"\s(?:from|by)\s((?:the|its|their|his|her)\s[^,;]+)")
        by = told.match(self.text, head_end, source[1]) or OWNED.match(
            self.text, source[0], head_end
        )
        return self._find(by.span(1), by.group(1)) if by else None

    def _together(self, source: Span, noun: str) -> Speaker | None:
        """Return those who spoke last as many, where 'the group' takes them up."""
        again = noun in TOGETHER and self.text[source[0] : source[0] + 4].casefold() == "the "
        found = self.focus.last(source[0], "many") if again else None
        return None if isinstance(found, Actor) else found

    def _body(self, source: Span, surface: str, head: str, belongs: str | None) -> Speaker | None:
        """Return the organisation that 'the ministry' means: the last one with that head noun."""
        tokens = [POSSESSIVE.sub("", word) for word in LEADING.sub("", head).split()]
        noun = tokens[-1]
        if noun[0].isupper() and len(surface) > len(head):
            return None  # 'the Centre for ...': a name of its own
        told = {word.casefold() for word in tokens if word[0].isupper()}
        nouns = {noun.casefold(), singular(noun.casefold())}

        def fits(actor: Speaker) -> bool:
            belonging = not belongs or actor.affiliation == belongs
            return belonging and (bool(belongs) or told <= set(actor.name.casefold().split()))

        named = [actor for actor in self.cast.bodies(nouns) if fits(actor)]
        before = [(at, actor) for actor in named if (at := actor.last(source[0])) is not None]
        memory, keys = self.focus.memory, [(SPOKE, noun) for noun in sorted(nouns)]
        for key in keys:
            spoke = memory.before(key, source[0])
            before += islice(((at, actor) for at, actor in spoke if fits(actor)), 1)
        if before:
            return max(before, key=lambda pair: pair[0])[1]
        later = (one for key in keys for one in memory.after(key, source[0]) if fits(one))
        return next(iter(named), None) or next(later, None)


def _together(found: list[Speaker | None]) -> Speaker | None:
    """Return several who speak as one speaker, its kind and affiliation what they share."""
    members = tuple(dict.fromkeys(actor for actor in found if actor and actor.name))
    if len(members) < 2:
        return members[0] if members else None
    kinds, sides = {m.kind for m in members}, {m.affiliation for m in members}
    return Speaker(
        joined([member.name for member in members]),
        kinds.pop() if len(kinds) == 1 else "organisation",
        sides.pop() if len(sides) == 1 else None,
        many=True,
        members=members,
    )


def head_of(surface: str) -> str:
    """Return a description up to the end of its head noun."""
    cut = BREAK.split(surface, maxsplit=1)[0]
    head = PREPOSITION.split(cut, maxsplit=1)[0].rstrip()
    # 'documents leaked by ...', 'mother-of-three'
    return re.sub(r"(?<=\w)(?:\s[a-z]+ed|-of-\w+)$", "", head)


def _closes_title(clause: str, words: Lexicon) -> bool:
    """Whether the words before a name are a title that ends at it ('secretary of state John')."""
    complement = re.search(r"\b(of|for|to)\s((?:\w+\s)*?)(\w+)\s$", clause)
    if complement is None or not roles_in(clause, words):
        return False
    link, between, last = complement.groups()
    if link == "to":  # 'envoy to Denmark Ana Voss', but not 'adviser to President Voss'
        return words.party(between + last) is not None
    return last.casefold() not in words.unnamed | DETERMINERS


def _fit(role: str, wanted: frozenset[str], title: str, words: Lexicon) -> int:
    """Return how well a description fits a title: 0 not at all, more for more words in common."""
    roles = roles_in(OWNER.sub("", title), words)  # 'the president's adviser' is no president
    told = title_words(title, words)
    # 'The minister' may be the foreign minister, but 'the attorney' is no attorney general.
    same = any(f"{own} of ".startswith(f"{role} of ") or _is_longer(own, role) for own in roles)
    if same and (told & RANKS) != (wanted & RANKS):
        return 0
    groups = words.groups.get(role, frozenset())
    body, _, noun = role.rpartition(" ")
    if body in words.bodies and body in told:  # 'the union leader' is the president of the union
        groups |= words.groups.get(noun, frozenset())
    if not same and not any(groups & words.groups.get(own, frozenset()) for own in roles):
        return 0
    return 10 * same + 1 + len(wanted & told) + (wanted == told)


def _is_longer(role: str, other: str) -> bool:
    """Whether an office is another told in full: 'deputy foreign minister', 'deputy minister'."""
    one, two = role.split(), other.split()
    return one[-1] == two[-1] and set(two) < set(one)
