"""Whole names: what the encoder labels in pieces, in part or not at all, put together again.

A name takes in a nickname in marks, a first name before it and 'Jr.' after it; a name that an
article tells once is found where it is told again.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from sayso.extract.people.titles import split_name
from sayso.extract.quoting.attribution import Part
from sayso.lexicon.cues import cue_lexicon
from sayso.lexicon.parties import POSSESSIVE, Lexicon, singular
from sayso.text.names import NICKNAME, SUFFIX
from sayso.text.spans import Places, Span
from sayso.text.words import stands

PERSON, ORGANISATION, PLACE, OTHER = 1, 2, 3, 4
NAME = r"(?:[A-Z][\w’'-]+|[A-Z]\.)"
TITLED = re.compile(rf"\b([A-Z][a-z]{{1,4}})\.\s({NAME}(?:\s{NAME}){{0,2}})")
# 'Chuck ' or 'Donald J. ' before a last name, and the word before that.
FIRST = re.compile(r"(?:([\w’'-]+)\.? )?([A-Z][\w’'-]+)(?: [A-Z]\.)? $")
# 'R.' or 'P. ' before 'J. Dunmore'
INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.[ ]?)+\Z")
INITIAL = re.compile(r"(?<=\s[A-Z])\.?(?:\s[A-Z]\.)*\s[A-Z][\w’'-]+")
LAST = re.compile(r" ([A-Z][a-z]+(?:[’'-][A-Za-z]+)?)(?=[’'.,;:)”\"]|\s[a-z]|\s*\Z)")
CALENDAR = {*day_name, *month_name}
JUNIOR = re.compile(r",?\s(?:Jr|Sr)\b\.?|\s(?:II|III|IV)\b")
LEADS = re.compile(r"\b(?:in|from|to|of|for|at|near|across|with|and|the) $", re.IGNORECASE)
TOKEN, BOUNDARY = re.compile(r"\w+"), re.compile(r"\b")
SAYS = re.compile(r"\s(?:said|says|told|added|asked|wrote)\b")


def whole_names(text: str, parts: Sequence[Part], words: Lexicon) -> list[Part]:
    """Return labelled names, in order, with those of persons whole and none overlooked."""
    titled = (m for m in TITLED.finditer(text) if m.group(1).casefold() in words.plain_honorifics)
    parts = _with(parts, (match.span() for match in titled))
    found: list[Part] = []
    parts = _with(parts, _told_again(text, parts, words))
    for part, after in zip_longest(parts, parts[1:]):
        part = _with_last(text, part, after.start if after else len(text), words)
        if part.role == PERSON or NICKNAME.search(text[part.start : part.end]):
            start, end = _begun(text, part.start, words), _ended(text, part.end, words)
            end = _unglued(text, start, end)
            part = replace(part, role=PERSON, start=start, end=end)
        if found and part.role == PERSON and _goes_on(text, found[-1], part, words):
            old = found.pop()
            part = replace(part, start=old.start, end=max(old.end, part.end))
        if not (found and part.start < found[-1].end):
            found.append(part)
    return found


def _with_last(text: str, part: Part, stop: int, words: Lexicon) -> Part:
    """Return a name with the one word after it that was overlooked: 'Rowan' 'Teal'."""
    last = LAST.match(text, part.end, stop)
    alone = " " not in text[part.start : part.end] and text[part.end - 1].islower()
    if part.role not in (PERSON, ORGANISATION) or not (last and alone):
        return part
    word = last.group(1)
    other = words.people(word) or words.party(word) or singular(word.casefold()) in words.role_words
    line = re.compile(r"[^\n]*").match(text, part.end).group().rstrip()
    titled = line[-1:] not in ".!?:;,”\"'’)"  # a headline
    if other or titled or word in CALENDAR or cue_lexicon().base(word.casefold()):
        return part
    return replace(part, end=last.end(1))


def _with(parts: Sequence[Part], spans: Iterable[Span]) -> list[Part]:
    """Return labelled names with those of persons at places where there is none."""
    places = Places(([part.span], part) for part in parts)
    added = [
        Part.of(PERSON, (start, end))
        for start, end in spans
        if not any(p.start <= end and start < p.end for p in places.near((start, end)))
    ]
    return sorted([*parts, *added], key=lambda p: p.start)


def _told_again(text: str, parts: Sequence[Part], words: Lexicon) -> Iterable[Span]:
    """Yield where a word of a person's full name speaks, or has a first name before it."""
    names = set()
    for part in parts:
        if part.role == PERSON:
            surface = POSSESSIVE.sub("", text[part.start : part.end])
            tokens = split_name(surface, words)[1].split()
            names |= {*tokens[:1], *tokens[-1:]}
    own = {n for n in names if len(n) > 2 and n[0].isupper() and not words.people(n)}
    for start, end in _places_of(text, own):
        if SAYS.match(text, end) or _begun(text, start, words) < start:
            yield start, end


def _places_of(text: str, names: set[str]) -> Iterator[Span]:
    """Yield where names stand as whole words, however many there are."""
    by_word: dict[str, list[str]] = {}
    for name in sorted(names):
        by_word.setdefault(TOKEN.match(name).group(), []).append(name)
    after = 0
    for token in TOKEN.finditer(text):
        start = token.start()
        fitting = (n for n in by_word.get(token.group(), ()) if text.startswith(n, start))
        ends = (start + len(name) for name in fitting)
        end = next((end for end in ends if BOUNDARY.match(text, end)), None)
        if end and start >= after:
            yield start, end
            after = end


def _begun(text: str, start: int, words: Lexicon) -> int:
    """Return where a person's name starts, its first name and initials taken in."""
    line = text[max(0, start - 60) : start]
    if initials := INITIALS.search(line):
        return start - len(initials.group())
    match = FIRST.search(line)
    if match is None:
        return start
    before, first = ((word or "").casefold().removesuffix("-elect") for word in match.groups())
    if words.people(match.group(2)) or words.party(match.group(2)) or first in words.role_words:
        return start
    titled = before in words.plain_honorifics or before in words.roles
    known = first in words.genders or (titled and first not in words.plain_honorifics)
    return start - len(line) + match.start(2) if known else start


def _ended(text: str, end: int, words: Lexicon) -> int:
    """Return where a person's name ends: no initial left alone, a nickname and 'Jr.' taken in."""
    end -= len(re.search(r"(?:\s[a-z]+)*$", text[max(0, end - 40) : end]).group())
    if initial := INITIAL.match(text, end) or INITIAL.match(text, end - 1):
        end = max(end, initial.end())
    nickname = NICKNAME.match(text, end)
    if nickname and not words.party(nickname.group(1)):
        last = re.compile(r"\s([A-Z][\w’'-]+)(?!\w|\s[A-Z])").match(text, nickname.end())
        end = last.end() if last else end
    junior = JUNIOR.match(text, end)
    return junior.end() if junior else end


def _unglued(text: str, start: int, end: int) -> int:
    """Return where a name ends before the text of a link that is glued to it: 'TrumpMore'."""
    word = re.search(r"[\w’'-]*$", text[start:end]).group()
    for edge in reversed(list(re.finditer(r"(?<=[a-z]{2})(?=[A-Z])", word))):
        own = word[: edge.start()]
        if stands(own, text):
            return end - len(word) + edge.start()
    return end


def _goes_on(text: str, old: Part, new: Part, words: Lexicon) -> bool:
    """Whether a name goes on in a person's: 'Omar bin' and 'Rashid', 'Georgia' and 'Toffolo'."""
    first, last = text[old.start : old.end], text[new.start : new.end]
    if new.start < old.end:
        return old.role == PERSON or new.start <= old.start
    if text[old.end : new.start] != " " or SUFFIX.search(first) or words.people(last):
        return False
    if old.role == PERSON:
        return len(first.split()) + len(last.split()) < 6
    single = " " not in first and " " not in last and old.role == PLACE
    return single and not LEADS.search(text[max(0, old.start - 8) : old.start])
