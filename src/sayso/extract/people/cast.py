"""The cast of an article: who is named in it, under which names and titles.

Mentions come from the encoder's entity labels. Persons are grouped by their last name,
organisations by name, acronym and the lexicon, countries by the lexicon, where their capital and
seat of government stand for them. A person's titles ('Deputy Foreign Minister', in front or in
apposition) are kept: they tell the affiliation, and descriptions ('the minister') match them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from sayso.extract.people.mentions import (
    PERSON,
    PERSONAL,
    PLACE,
    Mention,
    find_mentions,
    read_mentions,
)
from sayso.extract.people.titles import (
    Title,
    affiliation_of,
    home,
    membership,
    roles_in,
    split_name,
    titles_around,
    told_gender,
)
from sayso.lexicon.parties import POSSESSIVE, Lexicon, Party, normal, singular
from sayso.model.encoder import Reading
from sayso.text.spans import Span

__all__ = ["Actor", "Cast", "find_mentions", "read_cast"]

SUFFIX = re.compile(r"(?:,?\s(?:Jr|Sr|II|III|IV)\b\.?)+$")
CAMPAIGN = re.compile(r"\b([A-Z][\w-]+)(?:['’]s)?(?: [a-z]+)? (campaign|administration)\b")
HE_OR_SHE = re.compile(r"\b(he|his|him|himself|she|her|hers|herself)\b")
# Endings of adjectives made from the names of places.
ADJECTIVE = ("ian", "ean", "an", "n", "ese", "ish", "i")
LIKE = 80
"""Least similarity (Indel ratio, 0 to 100) of a last name and its misspelling."""


@dataclass(slots=True, eq=False)
class Actor:
    """Someone or something that can speak in the article.

    ``place`` says that it is known only as a place: it speaks where a quote names it as its
    source, and is never what 'it' means for having been mentioned. ``party`` and ``home`` are those
    written after a person's name, ``short`` the mentions by the last name alone, ``hints`` the
    genders of the pronouns that follow mentions.
    """

    name: str
    kind: str
    affiliation: str | None = None
    gender: str | None = None
    place: bool = False
    party: str | None = None
    home: str | None = None
    titles: list[Title] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    short: list[Span] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)

    @property
    def sex(self) -> str | None:
        """The gender that the name or a title tells, else the one of the pronouns after it."""
        if self.gender or not self.hints:
            return self.gender
        return max(("male", "female"), key=self.hints.count)


@dataclass(slots=True)
class Cast:
    """The actors of an article, and the actor of each mention by its start."""

    actors: list[Actor] = field(default_factory=list)
    at: dict[int, tuple[int, Actor]] = field(default_factory=dict)
    demonyms: dict[str, str] = field(default_factory=dict)
    """The adjectives of places of the article that the lexicon doesn't know, and the places."""
    starts: list[int] = field(default_factory=list)

    def within(self, span: Span) -> list[tuple[Span, Actor]]:
        """Return the mentions inside a span, in text order."""
        first, last = bisect_left(self.starts, span[0]), bisect_left(self.starts, span[1])
        found = ((start, *self.at[start]) for start in self.starts[first:last])
        return [((start, end), actor) for start, end, actor in found if end <= span[1]]

    def near(self, span: Span, reach: int = 150) -> list[tuple[Span, Actor]]:
        """Return the mentions that begin within ``reach`` characters of a span."""
        first = bisect_left(self.starts, span[0] - reach)
        last = bisect_right(self.starts, span[1] + reach)
        return [
            ((start, self.at[start][0]), self.at[start][1]) for start in self.starts[first:last]
        ]

    def named(self, name: str) -> Actor | None:
        """Return the actor of a canonical name."""
        return next((a for a in self.actors if a.name == name), None)

    def affiliation(self, phrase: str, words: Lexicon) -> str | None:
        """Return the first party named in a description, one known to the article only too."""
        found = affiliation_of(phrase, words)
        if found is None and self.demonyms:
            tokens = (POSSESSIVE.sub("", t).casefold() for t in phrase.split() if t[0].isupper())
            found = next((self.demonyms[t] for t in tokens if t in self.demonyms), None)
        return found

    def whole(self, text: str, span: Span, words: Lexicon) -> Span:
        """Return a span that cuts no mention in two, no title and no 'mission to ...' short."""
        start, end = span
        for (first, last), actor in self.near(span):
            titled = actor.kind == "person" and text[end:first] == " "
            if first < end < last or titled or _leads_to(text, span, first, words):
                end = last
            if first < start < last:
                start = first
        return start, end

    def add(self, actor: Actor, span: Span) -> None:
        """Enter a mention of an actor."""
        if not actor.spans:
            self.actors.append(actor)
        actor.spans.append(span)
        self.at[span[0]] = (span[1], actor)


def _leads_to(text: str, span: Span, mention: int, words: Lexicon) -> bool:
    """Whether a span ends with an office or a body whose complement is the mention after it."""
    between = text[span[1] : mention]
    if not 0 < len(between) <= 9:
        return False
    joined = re.fullmatch(r"(.*?)\s(?:of|to|for)\s(?:the\s)?", text[slice(*span)] + between)
    head = re.search(r"\w+$", joined.group(1)) if joined else None
    return head is not None and singular(head.group().casefold()) in words.roles | words.bodies


def read_cast(text: str, reading: Reading, words: Lexicon) -> Cast:
    """Return who is named in a text."""
    cast = Cast()
    mentions, lasts = read_mentions(text, reading, words)
    for mention in mentions:
        known = words.party(mention.surface)
        if known:
            actor = cast.named(known.name) or _party(known)
        elif mention.role == PERSON:
            actor = _person(cast, text, mention, lasts, words)
        else:
            actor = _organisation(cast, mention.surface)
            actor.place = mention.role == PLACE and (actor.place or not actor.spans)
        cast.add(actor, mention.span)
    cast.starts = sorted(cast.at)
    places = [a.name for a in cast.actors if a.kind == "organisation" and " " not in a.name]
    cast.demonyms = {adjective: place for place in places for adjective in _adjectives(place)}
    for actor in cast.actors:
        _settle(actor, cast, words)
    return cast


def _party(known: Party) -> Actor:
    region = known.kind == "country" and known.affiliation != known.name
    return Actor(known.name, known.kind, known.affiliation, place=region)


def _person(cast: Cast, text: str, mention: Mention, lasts: set[str], words: Lexicon) -> Actor:
    """Return the person of a mention: one already named so, or a new one."""
    span = mention.span
    before, name = split_name(mention.surface, words)
    tokens = SUFFIX.sub("", name).split()
    titles = titles_around(text, span, words)
    if roles_in(before, words):
        titles.append(Title.at(before, span[0]))
    gender = next((g for t in (before, *titles) if (g := told_gender(t, words))), None)
    if gender is None and len(tokens) > 1:
        gender = words.genders.get(tokens[0].casefold())
    hint = _pronoun_after(text, span[1])
    actor = _known_person(cast, text, span, tokens, (gender, hint), lasts)
    actor = actor or Actor(name, "person")
    if len(name.split()) > len(actor.name.split()):
        actor.name = name
    if len(tokens) == 1:
        actor.short.append(span)
    actor.gender = actor.gender or gender
    actor.hints += [hint] if hint else []
    actor.titles.extend(titles)
    if party := membership(text, span[1], words):
        actor.party = actor.party or party.name
    elif titles and (place := home(text, span[1], words)):
        actor.home = actor.home or place.name
    return actor


def _pronoun_after(text: str, end: int) -> str | None:
    """Return the gender of the first pronoun after a name, in the same sentence."""
    rest = re.match(r"[^.?!;“”\"\n]{0,80}", text[end : end + 80]).group()
    found = HE_OR_SHE.search(rest)
    # Another name in between may be the one that is meant.
    if found is None or re.search(r"\b[A-Z][a-z]", rest[: found.start()]):
        return None
    return "female" if found.group(1) in ("she", "her", "hers", "herself") else "male"


def _known_person(cast, text, span, tokens, genders, lasts) -> Actor | None:
    """Return whom a name means among those who bear it: by gender, then by how it was used."""
    gender, hint = genders
    people = [a for a in cast.actors if a.kind == "person"]
    found = [a for a in people if _may_be(tokens, a.name)]
    # A name is a last name rather than a first one.
    found = [a for a in found if SUFFIX.sub("", a.name).split()[-1] == tokens[-1]] or found
    if not found and len(tokens) == 1 and tokens[0] not in lasts and len(tokens[0]) > 4:
        alike = [a for a in people if fuzz.ratio(tokens[0], a.name.split()[-1]) >= LIKE]
        found = alike if len(alike) == 1 and len(alike[0].name.split()) > 1 else []
    found = [a for a in found if None in (gender, a.sex) or gender == a.sex]
    found = [a for a in found if hint == a.sex] or found
    if len(found) < 2:
        return found[0] if found else None
    latest = max(found, key=lambda a: a.spans[-1])
    if "\n" not in text[latest.spans[-1][1] : span[0]]:
        return latest
    # Who was called by the last name alone goes on being called so.
    return max(found, key=lambda a: (a.short[-1:], a.spans[-1]))


def _may_be(tokens: list[str], name: str) -> bool:
    """Whether a name given as tokens can be the person called ``name``."""
    known = SUFFIX.sub("", name).split()
    if len(tokens) == 1 or len(known) == 1:
        return tokens[-1] == known[-1] or tokens[0] == known[0]
    first, other = tokens[0].rstrip("."), known[0].rstrip(".")
    alike = first.startswith(other) or other.startswith(first)
    initial = first[0] == other[0] and 1 in (len(first), len(other))
    return tokens[-1] == known[-1] and (alike or initial)


def _organisation(cast: Cast, surface: str) -> Actor:
    """Return the organisation of a mention, by equal name or acronym, or a new one."""
    key = normal(surface)
    plain = surface.replace(".", "")
    for actor in cast.actors:
        if actor.kind != "organisation":
            continue
        if (
            normal(actor.name) == key
            or _acronym(surface) == actor.name.replace(".", "")
            or _same_body(surface, actor.name)
        ):
            if len(surface) > len(actor.name):
                actor.name = _plain(surface)
            return actor
        if plain == _acronym(actor.name):
            return actor
    return Actor(_plain(surface), "organisation")


def _same_body(one: str, other: str) -> bool:
    """Whether two bodies of a person are one: 'Ana Voss campaign' and 'Voss campaign'."""
    first, second = ([POSSESSIVE.sub("", w) for w in name.split()] for name in (one, other))
    return first[-1] in PERSONAL and len(second) > 1 and first[-2:] == second[-2:]


def _plain(surface: str) -> str:
    return re.sub(r"^[Tt]he\s+", "", surface)


def _acronym(name: str) -> str:
    initials = [w[0] for w in re.findall(r"[^\W_]+", name) if w[0].isupper()]
    return "".join(initials) if len(initials) > 1 else ""


def _adjectives(place: str) -> list[str]:
    """Return what the adjective of a place can be: 'Ruritania', 'Ruritanian'."""
    name = place.casefold()
    stems = {name, *(name[:-n] for n in (1, 2) if name[-1] in "aeiouy" and len(name) > n + 3)}
    return [stem + ending for stem in sorted(stems) for ending in ADJECTIVE]


def _settle(actor: Actor, cast: Cast, words: Lexicon) -> None:
    """Fill an actor's affiliation from its titles or its name."""
    if actor.affiliation is None and actor.kind == "person":
        ways = (_body_named, _party_named, _body_meant)
        named = (way(title, cast, words) for title in actor.titles for way in ways)
        actor.affiliation = next((name for name in (actor.party, *named, actor.home) if name), None)
    elif actor.affiliation is None and actor.kind == "organisation":
        actor.affiliation = cast.affiliation(actor.name, words) or actor.name


def _body_named(title: Title, cast: Cast, words: Lexicon) -> str | None:
    """Return the person's body named in a title: 'a spokeswoman for the Voss campaign'."""
    inside = cast.within((title.start, title.start + len(title)))
    bodies = (a.name for _, a in inside if a.kind == "organisation")
    found = next((name for name in bodies if name.split()[-1] in PERSONAL), None)
    if found is None and (match := CAMPAIGN.search(title)):
        found = f"{match.group(1)} {match.group(2)}"
    return found


def _party_named(title: Title, cast: Cast, words: Lexicon) -> str | None:
    """Return the first party in a title, else its organisation, else whose spokesman it is."""
    if found := cast.affiliation(title, words):
        return found
    inside = cast.within((title.start, title.start + len(title)))
    bodies = (a for _, a in inside if a.kind == "organisation" and not a.place)
    if body := next(bodies, None):
        return body.affiliation or body.name
    role = next(iter(roles_in(title, words)), None)
    people = (a.name for _, a in inside if a.kind == "person" and role in words.spokespeople)
    return next(people, None)


def _body_meant(title: Title, cast: Cast, words: Lexicon) -> str | None:
    """Return the body of 'the bloc's secretary general' or 'its editor': the last one named."""
    body = re.search(r"(\w+)['’]s\s|\bof\sthe\s(\w+)$", title)
    meant = body and (body.group(1) or body.group(2)).casefold() in words.bodies
    if not (meant or title.its):
        return None
    before = cast.within((0, title.start))
    kinds = ("organisation", "outlet") if title.its else ("organisation",)
    bodies = [a.name for _, a in before if a.kind in kinds and not a.place]
    return bodies[-1] if bodies else None
