"""Mentions: the persons, organisations and places that a text names, as they are spelled there.

They come from the encoder's entity labels, put right by what the text itself tells: a name goes on
over a hyphen, takes in its title, and is a person's where it is one elsewhere in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sayso.extract.people.titles import MEMBER, split_name, told_gender
from sayso.extract.people.whole import ORGANISATION, OTHER, PERSON, PLACE, whole_names
from sayso.extract.quoting.attribution import Part, decode
from sayso.lexicon.parties import POSSESSIVE, Lexicon, Party, singular
from sayso.model.encoder import Reading
from sayso.text.names import SUFFIX, taken_apart
from sayso.text.spans import Span
from sayso.text.words import words_before

# The body of a person: 'the Voss campaign', 'Voss’s office'.
BODY = re.compile(r"(?:['’]s?)?(?: [a-z]+)? ([a-z]+)\b")
PERSONAL = {"administration", "campaign", "team", "office", "foundation"}
# What goes before the name of a place, seldom before a person's.
PLACED = re.compile(r"\b(?:in|across|near|throughout|into|inside|outside)\s(?=[^a-z])")
# What no person has.
OWNS = re.compile(
    r"['’]s?\s(?:CEO|chief executive|board|shareholders|shares|customers|headquarters)\b"
)
# Storms and ships are called like people.
NAMESAKES = re.compile(
    r"\b(?:Storm|Hurricane|Typhoon|Cyclone|HMS|USS|MV|MS|SS|RMS)(?: [A-Z][\w’'-]*){1,2}\Z"
)
MISTER = re.compile(r"\b(?:Mr|Mrs|Ms)\.?\s$")
# 'and' after a name, and a member's party and state ('Ana Voss R-Ohio').
TAIL = re.compile(r"\s(?:and|or|of|the|\(?[A-Z]{1,3}-[A-Z][\w.]*)$")
NO_NAMES = {"he", "she", "it", "they", "him", "her", "his", "we", "i", "you", "who"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: where, what it names (a person, an organisation, a place), its words.

    ``party`` is the party of the lexicon that it names, no person.
    """

    span: Span
    role: int
    surface: str
    party: Party | None = None


def read_mentions(
    text: str, parts: Sequence[Part], words: Lexicon
) -> tuple[list[Mention], set[str]]:
    """Return who and what a text names, in order, and the last names of those named in full."""
    parts = whole_names(text, parts, words)
    lasts, people = _names_of_people(text, parts, words)
    found = (_mention(text, part, people, words) for part in parts)
    return [mention for mention in found if mention], lasts


def _mention(text: str, part: Part, people: set[str], words: Lexicon) -> Mention | None:
    """Return a mention with its edges put right, or None if it names nobody."""
    span = _trim(text, part.start, part.end)
    surface = _spelled(text, span)
    if NAMESAKES.search(text[max(0, span[0] - 16) : span[1]]):
        return None
    if not surface or surface.casefold() in NO_NAMES or MEMBER.match(f" {surface}"):
        return None
    known = words.party(surface)
    role = _role(text, span, part.role, people, words)
    if known and known.kind == "person":
        role, known = PERSON, None
    elif role == PERSON and _is_body(text, span, known, people):
        role = ORGANISATION
    if role == PERSON and _only_title(surface, words):
        return None
    if body := _body_of(text, span, role):
        span = (span[0], body)
        surface = _spelled(text, span)
        return Mention(span, ORGANISATION, surface, words.party(surface))
    if not known and (role == OTHER or _is_of_office(text, span, words)):
        return None
    if role in (ORGANISATION, PLACE) and not known:
        span = _with_adjective(text, span, words)
    return Mention(span, role, _spelled(text, span), known if role != PERSON else None)


def _is_of_office(text: str, span: Span, words: Lexicon) -> bool:
    """Whether a word is one of an office's: 'Financial' in 'Chief Financial Officer'."""
    follows = re.compile(r"\s([A-Z]\w+)").match(text, span[1])
    offices = {_spelled(text, span).casefold(), *(follows.groups() if follows else ("",))}
    return all(word.casefold() in words.role_words - words.bodies for word in offices)


def _is_body(text: str, span: Span, known: Party | None, people: set[str]) -> bool:
    """Whether a supposed person is a party, labelled a body elsewhere, or short capitals."""
    name = _spelled(text, span)
    if known:
        return name not in people
    capitals = name.isupper() and len(name) < 6 and name.title() not in people
    labelled = text[span[1] : span[1] + 1] == ":"  # a speaker's, in a transcript
    if " " not in name and name in words_before(OWNS, text):
        return True
    return name.isalnum() and (name not in people or (capitals and not labelled))


def _spelled(text: str, span: Span) -> str:
    return " ".join(text[slice(*span)].split())


def find_mentions(text: str, reading: Reading) -> tuple[Part, ...]:
    """Return the named entities in text order; what a hyphen joins is one, no word is cut."""
    found: list[Part] = []
    for part in decode(reading.entity, reading.pieces):
        start = part.start - len(re.search(r"\w*\Z", text[max(0, part.start - 40) : part.start])[0])
        while start > 1 and text[start - 1] in "-–" and text[start - 2].isalnum():
            start -= 1 + len(re.search(r"\w+$", text[max(0, start - 41) : start - 1]).group())
        if found and start <= found[-1].end:
            start = found.pop().start
        if re.search(r"\w", text[start : part.end]):
            end = part.end + len(re.match(r"\w*", text[part.end : part.end + 40]).group())
            found.append(replace(part, start=start, end=end))
    return tuple(found)


def _names_of_people(
    text: str, mentions: Sequence[Part], words: Lexicon
) -> tuple[set[str], set[str]]:
    """Return the last names of those named in full, and the short names that are mostly people."""
    people, others, lasts, full = Counter(), Counter(), set(), set()
    for part in mentions:
        surface = POSSESSIVE.sub("", text[part.start : part.end])
        if part.role == PERSON:
            tokens = SUFFIX.sub("", split_name(surface, words)[1]).split()
            if len(tokens) > 1 and not words.people(tokens[-1]):
                lasts.add(taken_apart(surface).last)
                full |= {tokens[0], tokens[-1]}
        (people if part.role == PERSON else others)[surface] += 1
    mostly = {name for name, n in people.items() if n >= others[name] and not words.party(name)}
    return lasts, full | mostly


def _role(text: str, span: Span, role: int, people: set[str], words: Lexicon) -> int:
    """Return what a mention names, the encoder's label corrected by what the article tells."""
    surface = _spelled(text, span)
    if surface.isupper() and text[span[1] : span[1] + 1] == ":":
        surface = min((p for p in people if p.casefold() == surface.casefold()), default=surface)
    first = surface.split()[0].rstrip(".").casefold()
    mister = first in words.plain_honorifics and told_gender(first, words)
    if role == ORGANISATION and _bears_a_name(surface.split(), people, words):
        return PERSON
    if role == PERSON or not (surface in people or mister):
        return role
    if words.party(surface) and _is_placed(surface, text):
        return role  # 'in Jordan': the country is named beside Mr. Jordan
    return PERSON


@lru_cache(maxsize=64)
def _is_placed(name: str, text: str) -> bool:
    """Whether a text tells what happens somewhere: 'in Jordan'."""
    named = re.compile(rf"{re.escape(name)}\b")
    return any(named.match(text, place.end()) for place in PLACED.finditer(text))


def _bears_a_name(tokens: list[str], people: set[str], words: Lexicon) -> bool:
    """Whether two words are a first name and what a person of the article is called elsewhere."""
    if len(tokens) != 2 or tokens[1] not in people or not tokens[0].istitle():
        return False
    first = tokens[0].casefold()
    known = words.party(tokens[0]) or words.people(tokens[0])
    return not known and first not in words.bodies | words.role_words | PERSONAL


def _only_title(surface: str, words: Lexicon) -> bool:
    """Whether a supposed person is an office without a name ('Mayor'), or people ('Democrats')."""
    tokens = [t.rstrip(".").casefold() for t in surface.split()]
    if len(tokens) > 1 and tokens[0] in ("mr", "mrs", "ms"):
        return False  # 'Mr. King'
    nouns = words.role_words | words.plain_honorifics | words.unnamed
    return all(singular(t) in nouns or t in nouns or words.people(t.title()) for t in tokens)


def _body_of(text: str, span: Span, role: int) -> int | None:
    """Return the end of the body that a person's name is a part of ('the Voss campaign')."""
    match = BODY.match(text, span[1], span[1] + 40)
    if match is None or match.group(1) not in PERSONAL:
        return None
    plain = role == ORGANISATION and re.fullmatch(r" (?:campaign|administration)", match.group())
    return match.end() if role == PERSON or plain else None


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
    if mister := MISTER.search(text[max(0, start - 5) : start + head]):
        head -= len(mister.group())
    tail = TAIL.sub("", surface.rstrip(" ‘’'\"“”,"))
    return start + head, start + len(tail)
