"""The cast of an article: who is named in it, under which names and titles.

Mentions come from the encoder's entity labels. Persons are grouped by their last name,
organisations by name, acronym and the lexicon, countries by the lexicon, where their capital and
seat of government stand for them. A person's titles ('Deputy Foreign Minister', in front or in
apposition) are kept: they tell the affiliation, and descriptions ('the minister') match them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sayso.extract.people.mentions import PERSON, PERSONAL, PLACE, Mention, read_mentions
from sayso.extract.people.titles import (
    OBJECT,
    Title,
    affiliation_of,
    home,
    membership,
    roles_in,
    split_name,
    titles_around,
    told_gender,
)
from sayso.extract.quoting.attribution import Part
from sayso.lexicon.parties import Lexicon, Party, normal
from sayso.text.names import NICKNAME, may_be, misspelled, misspellings, taken_apart
from sayso.text.spans import Span

CAMPAIGN = re.compile(r"\b([A-Z][\w-]+)(?:['’]s)?(?: [a-z]+)? (campaign|administration)\b")
# Where one of these is told of, 'Jr.' is another than who is called the same without it.
KIN = re.compile(r"\b(?:son|father|dad)\b")
HE_OR_SHE = re.compile(r"\b(he|his|him|himself|she|her|hers|herself)\b")
# Characters around a source in which a mention may be cut by it.
REACH = 150


@dataclass(frozen=True, eq=False)
class Speaker:
    """Who can speak: canonical name (null if unresolved), kind, affiliation; one or many, a human.

    ``place`` says that it is known only as a place: it speaks where a quote names it as its
    source, and is never what 'it' means for having been mentioned.
    """

    name: str | None
    kind: str | None
    affiliation: str | None = None
    many: bool = False
    human: bool = True
    place: bool = False
    members: tuple[Speaker, ...] = ()
    """Those who speak together, where they are several."""

    sex = None  # nothing is told of the gender of who has no name


@dataclass(frozen=True, eq=False)
class Actor(Speaker):
    """Someone or something that an article names.

    ``party`` and ``home`` are those written after a person's name, ``short`` the mentions by the
    last name alone, ``hints`` the genders of the pronouns that follow mentions.
    """

    gender: str | None = None
    party: str | None = None
    home: str | None = None
    titles: tuple[Title, ...] = ()
    spans: tuple[Span, ...] = ()
    short: tuple[Span, ...] = ()
    hints: tuple[str, ...] = ()

    @property
    def sex(self) -> str | None:
        """The gender that the name or a title tells, else the one of the pronouns after it."""
        if self.gender or not self.hints:
            return self.gender
        return max(("male", "female"), key=self.hints.count)

    @cached_property
    def called(self) -> tuple[str, ...]:
        """The titles' words, each once."""
        return tuple(dict.fromkeys(title.text for title in self.titles))

    @cached_property
    def _starts(self) -> list[int]:
        return sorted(start for start, _ in self.spans)

    def last(self, before: int) -> int | None:
        """Return where the last mention before a place begins, None if there is none."""
        number = bisect_left(self._starts, before)
        return self._starts[number - 1] if number else None


def members_of(party: Party, called: str) -> Speaker:
    """Return those of a political party, as they are called: 'Democrats'."""
    return Speaker(called, party.kind, party.affiliation, many=True)


@dataclass(frozen=True)
class Cast:
    """The actors of an article in the order of their first mention, and all mentions of them."""

    actors: tuple[Actor, ...]
    mentions: tuple[tuple[Span, Actor], ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [start for (start, _), _ in self.mentions]

    def within(self, span: Span) -> list[tuple[Span, Actor]]:
        """Return the mentions inside a span, in text order."""
        first, last = (bisect_left(self._starts, edge) for edge in span)
        return [mention for mention in self.mentions[first:last] if mention[0][1] <= span[1]]

    @cached_property
    def _by_name(self) -> dict[str, Actor]:
        return {actor.name: actor for actor in reversed(self.actors)}

    def named(self, name: str | None) -> Actor | None:
        """Return the actor of a canonical name, the first one of them."""
        return self._by_name.get(name)

    @cached_property
    def _bodies(self) -> dict[str, list[tuple[int, Actor]]]:
        found: dict[str, list[tuple[int, Actor]]] = {}
        for number, actor in enumerate(self.actors):
            if actor.kind == "organisation":
                for word in set(actor.name.casefold().split()):
                    found.setdefault(word, []).append((number, actor))
        return found

    def bodies(self, nouns: Iterable[str]) -> list[Actor]:
        """Return the organisations with one of some words in their names, in order."""
        found = {number: actor for n in nouns for number, actor in self._bodies.get(n, ())}
        return [found[number] for number in sorted(found)]

    def whole(self, text: str, span: Span) -> Span:
        """Return a span that cuts no mention in two, and no title short."""
        start, end = span
        for (first, last), actor in self.within((start - REACH, end + REACH)):
            titled = actor.kind == "person" and text[end:first] == " "
            if first < end < last or titled:
                end = last
            if first < start < last:
                start = first
        return start, end


def read_cast(text: str, parts: Sequence[Part], words: Lexicon) -> Cast:
    """Return who is named in a text, given its labelled names."""
    met = Met()
    at: dict[int, tuple[int, int]] = {}
    mentions, lasts = read_mentions(text, parts, words)
    of_kin = KIN.search(text) is not None
    for mention in mentions:
        new = _actor(text, mention, words)
        if mention.party:
            old = next((a for a in met.like([new.name]) if a.name == new.name), None)
        elif mention.role == PERSON:
            old = _known_person(met, new, text, lasts, of_kin)
        else:
            old = _known_body(met, new.name)
        at[mention.span[0]] = (mention.span[1], met.add(new, old))
    # The affiliations of persons build upon those of the bodies that they speak for.
    actors = [_body_settled(actor, words) for actor in met.actors]
    cast = _cast(actors, at)
    return _cast([_person_settled(actor, cast, words) for actor in actors], at)


def _cast(actors: list[Actor], at: dict[int, tuple[int, int]]) -> Cast:
    """Return a cast, given by the start of each mention its end and the number of its actor."""
    mentions = (((start, end), actors[number]) for start, (end, number) in sorted(at.items()))
    return Cast(tuple(actors), tuple(mentions))


def _actor(text: str, mention: Mention, words: Lexicon) -> Actor:
    """Return an actor as a single mention tells of it."""
    spans = (mention.span,)
    if known := mention.party:
        region = known.kind == "country" and known.affiliation != known.name
        return Actor(known.name, known.kind, known.affiliation, place=region, spans=spans)
    if mention.role == PERSON:
        return _person(text, mention, words)
    name = re.sub(r"^[Tt]he\s+", "", mention.surface)
    return Actor(name, "organisation", place=mention.role == PLACE, spans=spans)


def _person(text: str, mention: Mention, words: Lexicon) -> Actor:
    """Return a person as a single mention tells of him or her."""
    start, end = mention.span
    before, name = split_name(mention.surface, words)
    parts = taken_apart(name)
    titles = titles_around(text, mention.span, words)
    if roles_in(before, words):
        titles.append(Title(before, start))
    related = (words.kin.get(t.text.split()[-1].casefold()) for t in titles if t.start < start)
    gender = next((sex for sex in related if sex), None)  # not that of "Mr. Brandt's wife"
    gender = gender or told_gender(" ".join([before, *(title.text for title in titles)]), words)
    if gender is None and not parts.lone:
        gender = words.genders.get(name.split()[0].casefold())
    hint = _pronoun_after(text, end, words)
    party = membership(text, (end - len(name), end), words)
    place = home(text, end, words) if titles and not party else None
    return Actor(
        name,
        "person",
        gender=gender,
        party=party and party.name,
        home=place and place.name,
        titles=tuple(titles),
        spans=(mention.span,),
        short=(mention.span,) if parts.lone else (),
        hints=(hint,) if hint else (),
    )


def _pronoun_after(text: str, end: int, words: Lexicon) -> str | None:
    """Return the gender of the first pronoun after a name, in the same sentence."""
    rest = re.match(r"[^.?!;“”\"\n]{0,80}", text[end : end + 80]).group()
    found = HE_OR_SHE.search(rest)
    # Another name in between may be the one that is meant; 'his sister' is another than he.
    if found is None or re.search(r"\b[A-Z][a-z]|\bwhom?\s$", rest[: found.start()]):
        return None
    owned = re.match(r"\s(\w+)", rest[found.end() :])
    if sex := owned and words.kin.get(owned.group(1)):
        return sex if re.search(r"\b(?:is|was)\s$", rest[: found.start()]) else None
    return "female" if found.group(1) in ("she", "her", "hers", "herself") else "male"


class Met:
    """The actors met so far, in order; found by what names of one share without a look at all."""

    def __init__(self) -> None:
        self.actors: list[Actor] = []
        self._numbers: dict[int, int] = {}
        self._by: dict[str, set[int]] = {}
        self._lasts: dict[str, set[int]] = {}

    def add(self, new: Actor, old: Actor | None) -> int:
        """Add an actor, or what is new of an ``old`` one; return the number."""
        number = self._numbers.pop(id(old)) if old else len(self.actors)
        actor = _merged(old, new) if old else new
        self.actors[number : number + 1] = [actor]
        self._numbers[id(actor)] = number
        for key in _keys(actor):
            self._by.setdefault(key, set()).add(number)
        if actor.kind == "person":
            self._lasts.setdefault(taken_apart(actor.name).last, set()).add(number)
        return number

    def like(self, keys: Iterable[str]) -> list[Actor]:
        """Return at least those with one of the keys (:func:`_keys`), in order."""
        found = set().union(*(self._by.get(key, ()) for key in keys))
        return [self.actors[number] for number in sorted(found)]

    def misspelled(self, last: str) -> Actor | None:
        """Return the person whose last name is another spelling of one; null if several are."""
        found: set[int] = set()
        for other in misspellings(last, self._lasts):
            alike = ((n, taken_apart(self.actors[n].name).last) for n in self._lasts[other])
            found.update(number for number, own in alike if misspelled(last, own))
            if len(found) > 1:
                return None
        return self.actors[found.pop()] if found else None


def _keys(actor: Actor) -> set[str]:
    """Return words of which another name of the same actor has one, too."""
    if actor.kind == "person":
        return {actor.name, *_person_keys(actor.name)}
    called = _body_keys(actor.name)
    return called | {actor.name.split()[-1]} if actor.kind == "outlet" else called


def _body_keys(name: str) -> set[str]:
    return {name, normal(name), name.replace(".", ""), _acronym(name)} - {""}


def _person_keys(name: str) -> set[str]:
    parts = taken_apart(name)
    return {parts.first, parts.last, parts.nickname, "".join(parts.words)} - {""}


def _known_person(met: Met, new: Actor, text: str, lasts: set[str], of_kin: bool) -> Actor | None:
    """Return whom a name means among those who bear it: by gender, then by how it was used.

    ``lasts`` are the last names of those named in full: they are no misspellings of each other.
    ``of_kin`` tells whether the text tells of somebody's son or father.
    """
    parts, hint = taken_apart(new.name), next(iter(new.hints), None)
    people = [a for a in met.like(_person_keys(new.name)) if a.kind == "person"]
    found = [a for a in people if may_be(new.name, a.name)]
    if not parts.lone and of_kin:
        found = [a for a in found if _suffix(a) == parts.suffix]
    found = [a for a in found if _suffix(a) == parts.suffix] or found
    # A name is a last name rather than a first one.
    found = [a for a in found if taken_apart(a.name).last == parts.last] or found
    if not found and parts.lone and parts.last not in lasts:
        alike = met.misspelled(parts.last)
        found = [alike] if alike and not taken_apart(alike.name).lone else []
    found = [a for a in found if None in (new.gender, a.gender) or new.gender == a.gender]
    found = [a for a in found if new.gender in (None, a.sex)] or found
    found = [a for a in found if hint == a.sex] or found
    if len(found) < 2:
        return found[0] if found else None
    latest = max(found, key=lambda a: a.spans[-1])
    if "\n" not in text[latest.spans[-1][1] : new.spans[0][0]]:
        return latest
    # Who was called by the last name alone goes on being called so.
    return max(found, key=lambda a: (a.short[-1:], a.spans[-1]))


def _suffix(actor: Actor) -> str:
    return taken_apart(actor.name).suffix


def _known_body(met: Met, name: str) -> Actor | None:
    """Return the organisation of a name, by equal name or acronym; an outlet by its last word."""
    for actor in met.like(_body_keys(name)):
        if actor.kind == "outlet" and " " not in name and actor.name.split()[-1] == name:
            return actor  # 'the Journal'
        if actor.kind == "organisation" and (
            normal(actor.name) == normal(name)
            or _acronym(name) == actor.name.replace(".", "")
            or _acronym(actor.name) == name.replace(".", "")
        ):
            return actor
    return None


def _acronym(name: str) -> str:
    initials = [w[0] for w in re.findall(r"[^\W_]+", name) if w[0].isupper()]
    return "".join(initials) if len(initials) > 1 else ""


def _merged(old: Actor, new: Actor) -> Actor:
    """Return an actor with what another mention tells: the fullest name, the first party."""
    size = _n_words if old.kind == "person" else len
    return replace(
        old,
        name=max(old.name, new.name, key=size),
        gender=old.gender or new.gender,
        place=old.place and new.place,
        party=old.party or new.party,
        home=old.home or new.home,
        titles=old.titles + new.titles,
        spans=old.spans + new.spans,
        short=old.short + new.short,
        hints=old.hints + new.hints,
    )


def _n_words(name: str) -> int:
    return len(name.split())


def _body_settled(actor: Actor, words: Lexicon) -> Actor:
    """Return an organisation with the affiliation that its name tells, else its own."""
    if actor.affiliation or actor.kind != "organisation":
        return actor
    return replace(actor, affiliation=affiliation_of(actor.name, words) or actor.name)


def _person_settled(actor: Actor, cast: Cast, words: Lexicon) -> Actor:
    """Return a person with the affiliation that what stands around the name tells.

    A person whom a file of parties lists under the name that the article gives is called so.
    """
    if actor.kind != "person":
        return actor
    name = NICKNAME.sub("", actor.name)
    if not name.isupper():
        # 'MICHEÁL Martin' in the line below a headline
        name = " ".join(w.title() if w.isupper() and len(w) > 3 else w for w in name.split())
    if (known := words.party(name)) and known.kind == "person":
        return replace(actor, name=known.name, affiliation=known.affiliation)
    ways = (_body_named, _party_named, _body_meant)
    named = (way(title, cast, words) for title in actor.titles for way in ways)
    told = (found for found in (actor.party, *named, actor.home) if found)
    return replace(actor, name=name, affiliation=next(told, None))


def _body_named(title: Title, cast: Cast, words: Lexicon) -> str | None:
    """Return the person's body named in a title: 'a spokeswoman for the Voss campaign'."""
    bodies = (a.name for _, a in cast.within(title.span) if a.kind == "organisation")
    found = next((name for name in bodies if name.split()[-1] in PERSONAL), None)
    if found is None and (match := CAMPAIGN.search(title.text)):
        found = f"{match.group(1)} {match.group(2)}"
    return found


def _party_named(title: Title, cast: Cast, words: Lexicon) -> str | None:
    """Return the first party in a title, else its organisation, else whose spokesman it is."""
    if found := affiliation_of(title.text, words):
        return found
    start, about = title.start, OBJECT.split(title.text, maxsplit=1)[0]
    inside = [actor for _, actor in cast.within((start, start + len(about)))]
    bodies = (a for a in inside if a.kind == "organisation" and not a.place)
    if body := next(bodies, None):
        party = words.party(body.name)
        return (party and party.speaks_for) or body.affiliation
    role = next(iter(roles_in(title.text, words)), None)
    people = (a.name for a in inside if a.kind == "person" and role in words.spokespeople)
    return next(people, None)


def _body_meant(title: Title, cast: Cast, words: Lexicon) -> str | None:
    """Return the body of 'the bloc's secretary general' or 'its editor': the last one named."""
    body = re.search(r"(\w+)['’]s\s|\b(?:of|for|at|in)\sthe\s(\w+)$", title.text)
    noun = body and (body.group(1) or body.group(2)).casefold()
    if not (noun in words.bodies or title.its):
        return None
    before = cast.within((0, title.span[0]))
    kinds = ("organisation", "outlet") if title.its else ("organisation",)
    bodies = [a.name for _, a in before if a.kind in kinds and not a.place]
    called = [name for name in bodies if noun and noun in name.casefold().split()]
    return (called or bodies or [None])[-1]
