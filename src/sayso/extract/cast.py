"""The cast of an article: who is named in it, under which names and titles.

Mentions come from the encoder's entity labels. Persons are grouped by their last name,
organisations by name, acronym and the lexicon, countries by the lexicon, where their capital and
seat of government stand for them. A person's titles ('Deputy Foreign Minister', in front or in
apposition) are kept: they tell the affiliation, and descriptions ('the minister') match them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from sayso.extract.attribution import Part, spans_of, viterbi
from sayso.language import Reading
from sayso.lexicon import POSSESSIVE, Lexicon, normal, singular
from sayso.marks import Span

PERSON, ORGANISATION, PLACE, OTHER = 1, 2, 3, 4
WORD = re.compile(r"[^\W_]+(?:[.&'’\-–][^\W_]+)*\.?")
# Between the words of a title these may stand.
GLUE = {"of", "for", "and", "to", "on", "the", "in", "at", "&"}
DETERMINERS = {"the", "a", "an", "his", "her", "their", "its", "our", "my", "this", "that"}
SUFFIX = re.compile(r"(?:,?\s(?:Jr|Sr|II|III|IV)\b\.?)+$")


class Title(str):
    """A title as it stands, and where."""

    start: int = 0

    @classmethod
    def at(cls, text: str, start: int) -> Title:
        """Return the title ``text`` that stands at ``start``."""
        title = cls(text)
        title.start = start
        return title


@dataclass(slots=True)
class Actor:
    """Someone or something that can speak in the article."""

    name: str
    kind: str
    affiliation: str | None = None
    gender: str | None = None
    titles: list[Title] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class Cast:
    """The actors of an article, and the actor of each mention by its start."""

    actors: list[Actor] = field(default_factory=list)
    at: dict[int, tuple[int, Actor]] = field(default_factory=dict)

    def within(self, span: Span) -> list[tuple[Span, Actor]]:
        """Return the mentions inside a span, in text order."""
        return [
            ((start, end), actor)
            for start, (end, actor) in sorted(self.at.items())
            if span[0] <= start and end <= span[1]
        ]

    def whole(self, text: str, span: Span, words: Lexicon) -> Span:
        """Return a span that cuts no mention in two, no title and no 'mission to ...' short."""
        start, end = span
        for first, (last, actor) in self.at.items():
            titled = actor.kind == "person" and text[end:first] == " "
            if first < end < last or titled or _leads_to(text, span, first, words):
                end = last
            if first < start < last:
                start = first
        return start, end

    def add(self, actor: Actor, span: Span) -> None:
        """Enter a mention of an actor."""
        if actor not in self.actors:
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


def find_mentions(text: str, reading: Reading) -> list[Part]:
    """Return the named entities in text order; what a hyphen joins is one."""
    labels = viterbi(reading.entity)
    parts = spans_of(labels, reading.entity, reading.pieces.start, reading.pieces.end)
    found: list[Part] = []
    for part in parts:
        start = part.start
        while start > 1 and text[start - 1] in "-–" and text[start - 2].isalnum():
            start -= 1 + len(re.search(r"\w+$", text[: start - 1]).group())
        if found and start <= found[-1].end:
            start = found.pop().start
        if re.search(r"\w", text[start : part.end]):
            found.append(replace(part, start=start))
    return found


def read_cast(text: str, reading: Reading, words: Lexicon) -> Cast:
    """Return who is named in a text."""
    cast = Cast()
    mentions = find_mentions(text, reading)
    for part in mentions:
        span = _trim(text, part.start, part.end)
        surface = " ".join(text[slice(*span)].split())
        if not surface or (part.role == PERSON and _only_title(surface, words)):
            continue
        known = words.party(surface)
        if known:
            actor = _same(cast, known.name) or Actor(known.name, known.kind, known.affiliation)
        elif part.role == PERSON:
            actor = _person(cast, text, span, surface, words)
        elif part.role in (ORGANISATION, PLACE):
            span = _with_adjective(text, span, words)
            actor = _organisation(cast, " ".join(text[slice(*span)].split()), words)
        else:
            continue
        cast.add(actor, span)
    for actor in cast.actors:
        _settle(actor, cast, words)
    return cast


def _only_title(surface: str, words: Lexicon) -> bool:
    """Whether a supposed person is an office without a name ('Mayor')."""
    tokens = [t.rstrip(".").casefold() for t in surface.split()]
    return all(t in words.role_words or t in _honorifics(words) for t in tokens)


def _with_adjective(text: str, span: Span, words: Lexicon) -> Span:
    """Take in the adjective before an organisation's name ('Russian Foreign Ministry')."""
    before = re.search(r"([A-Z][\w.-]*)\s+$", text[max(0, span[0] - 30) : span[0]])
    if before and words.people(before.group(1)):
        return span[0] - len(before.group()), span[1]
    return span


def _trim(text: str, start: int, end: int) -> Span:
    """Cut possessives and marks off a mention's edges."""
    surface = POSSESSIVE.sub("", text[start:end])
    head = len(surface) - len(surface.lstrip(" ‘’'\"“”.,"))
    return start + head, start + len(surface.rstrip(" ‘’'\"“”,"))


def _same(cast: Cast, name: str) -> Actor | None:
    return next((a for a in cast.actors if a.name == name), None)


def _person(cast, text, span, surface, words) -> Actor:
    """Return the person of a mention: one already named so, or a new one."""
    name, honorific = strip_honorifics(surface, words)
    tokens = SUFFIX.sub("", name).split()
    if not tokens:
        return _same(cast, surface) or Actor(surface, "person")
    found = [a for a in cast.actors if a.kind == "person" and _may_be(tokens, a.name)]
    # The last one mentioned is meant where two bear the same last name.
    actor = max(found, key=lambda a: a.spans[-1]) if found else Actor(name, "person")
    if len(name.split()) > len(actor.name.split()):
        actor.name = name
    actor.gender = actor.gender or _gender(tokens, honorific, words)
    actor.titles.extend(titles_around(text, span, words))
    return actor


def _may_be(tokens: list[str], name: str) -> bool:
    """Whether a name given as tokens can be the person called ``name``."""
    known = SUFFIX.sub("", name).split()
    if len(tokens) == 1 or len(known) == 1:
        return tokens[-1] == known[-1] or (len(tokens) == 1 and tokens[0] == known[0])
    first, other = tokens[0].rstrip("."), known[0].rstrip(".")
    alike = first.startswith(other) or other.startswith(first)
    initial = first[0] == other[0] and 1 in (len(first), len(other))
    return tokens[-1] == known[-1] and (alike or initial)


def strip_honorifics(surface: str, words: Lexicon) -> tuple[str, str]:
    """Return a name without 'Mr', 'Sen.' and the like, and the first one of these."""
    tokens = surface.split()
    taken = []
    while len(tokens) > 1 and tokens[0].rstrip(".").casefold() in _honorifics(words):
        taken.append(tokens.pop(0))
    return " ".join(tokens), taken[0] if taken else ""


def _honorifics(words: Lexicon) -> set[str]:
    return {h.rstrip(".") for h in words.honorifics}


def _gender(tokens: list[str], honorific: str, words: Lexicon) -> str | None:
    by_title = {"mr": "male", "sir": "male", "lord": "male", "mrs": "female", "ms": "female"}
    by_title |= {"miss": "female", "dame": "female", "lady": "female"}
    return by_title.get(honorific.rstrip(".").casefold()) or (
        words.genders.get(tokens[0].casefold()) if len(tokens) > 1 else None
    )


def _organisation(cast: Cast, surface: str, words: Lexicon) -> Actor:
    """Return the organisation of a mention, by equal name or acronym, or a new one."""
    key = normal(surface)
    for actor in cast.actors:
        if actor.kind != "organisation":
            continue
        if normal(actor.name) == key or _acronym(surface) == actor.name.replace(".", ""):
            if len(surface) > len(actor.name):
                actor.name = _plain(surface)
            return actor
        if surface.replace(".", "") == _acronym(actor.name):
            return actor
    return Actor(_plain(surface), "organisation")


def _plain(surface: str) -> str:
    return re.sub(r"^[Tt]he\s+", "", surface)


def _acronym(name: str) -> str:
    initials = [w[0] for w in re.findall(r"[^\W_]+", name) if w[0].isupper()]
    return "".join(initials) if len(initials) > 1 else ""


def titles_around(text: str, span: Span, words: Lexicon) -> list[Title]:
    """Return the titles that stand at a person's name: before it, or after it in apposition."""
    found = [_title_before(text, span[0], words), _title_after(text, span[1], words)]
    return [title for title in found if title]


def _title_before(text: str, start: int, words: Lexicon) -> Title | None:
    """Walk back from a name while the words can belong to a title."""
    line = re.split(r"[\n“\"]", text[max(0, start - 120) : start])[-1]
    tokens = list(WORD.finditer(line))
    if not tokens:
        return None
    if line[tokens[-1].end() :].strip() not in ("", ",", "’s", "'s"):
        return None
    first = end = tokens[-1].end()
    after = len(line)
    for token in reversed(tokens):
        word = token.group()
        between = line[token.end() : after].strip()
        if between not in ("", ",") or (between == "," and token.end() != end):
            break
        if word.casefold() in DETERMINERS or not _in_title(word, words):
            break
        first = after = token.start()
    title = Title.at(line[first:end], start - len(line) + first)
    return title if has_role(title, words) else None


def _in_title(word: str, words: Lexicon) -> bool:
    plain = POSSESSIVE.sub("", word).casefold()
    parts = [plain, *plain.split("-")]
    return (
        word[0].isupper()
        or plain in GLUE
        or any(p in words.role_words or p in words.bodies or words.people(p) for p in parts)
    )


def _title_after(text: str, end: int, words: Lexicon) -> Title | None:
    """Return the apposition after a name: ', the ... secretary for ...,'."""
    match = re.match(r",\s+([^,.;:“”\"()\n]{3,120})(?=[,.;:)\n])", text[end : end + 130])
    if not match:
        return None
    title = Title.at(match.group(1), end + match.start(1))
    opening = title.split()[:10]
    if re.match(r"(?:who|which|whose|where|and|but|said|says|told)\b", title):
        return None
    return title if has_role(" ".join(opening), words) else None


def has_role(phrase: str, words: Lexicon) -> bool:
    """Whether a phrase has the noun of an office in it."""
    return role_in(phrase, words) is not None


def role_in(phrase: str, words: Lexicon) -> str | None:
    """Return the first office named in a phrase, the longest name that fits, or None."""
    tokens = [POSSESSIVE.sub("", t).casefold() for t in re.findall(r"[\w'’]+", phrase)]
    for start in range(len(tokens)):
        for size in (3, 2, 1):
            piece = tokens[start : start + size]
            if len(piece) == size:
                name = " ".join([*piece[:-1], singular(piece[-1])])
                if name in words.roles:
                    return name
    return None


def affiliation_of(phrase: str, words: Lexicon) -> str | None:
    """Return the first party named in a title or description: by name, adjective or demonym."""
    tokens = [t.group() for t in WORD.finditer(phrase)]
    for start in range(len(tokens)):
        for size in (4, 3, 2, 1):
            piece = " ".join(tokens[start : start + size])
            party = (words.party(piece) if piece[:1].isupper() else None) or words.people(piece)
            if party:
                return party.affiliation or party.name
    return None


def _settle(actor: Actor, cast: Cast, words: Lexicon) -> None:
    """Fill an actor's affiliation from its titles or its name."""
    if actor.affiliation is None and actor.kind == "person":
        named = (affiliation_of(title, words) for title in actor.titles)
        meant = (_meant_body(title, cast, words) for title in actor.titles)
        actor.affiliation = next((a for a in (*named, *meant) if a), None)
    elif actor.affiliation is None and actor.kind == "organisation":
        actor.affiliation = affiliation_of(actor.name, words) or actor.name


def _meant_body(title: Title, cast: Cast, words: Lexicon) -> str | None:
    """Return the body that 'the bloc's secretary general' speaks for: the last one named."""
    body = re.search(r"(\w+)['’]s\s|\bof\sthe\s(\w+)$", title)
    if not body or (body.group(1) or body.group(2)).casefold() not in words.bodies:
        return None
    before = [
        (start, actor)
        for start, (_, actor) in cast.at.items()
        if actor.kind == "organisation" and start < title.start
    ]
    return max(before, key=lambda b: b[0])[1].name if before else None
