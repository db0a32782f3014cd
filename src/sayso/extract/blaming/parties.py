"""Whom a mention can mean: the parties of an article, each with its places (Document -> parties).

Beside the cast these are peoples and bodies that are told of without a name: 'protesters'.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.extract.document import Document
from sayso.extract.people.cast import Actor, Speaker, members_of
from sayso.extract.people.resolver import NOBODY, head_of
from sayso.lexicon.files import load_toml
from sayso.lexicon.parties import singular
from sayso.tables.extracted import Quote
from sayso.text.spans import Span

PRONOUNS = {w: form for form, words in load_toml("blame.toml")["pronouns"].items() for w in words}
WORD = re.compile(r"[\w’'.&-]*\w")
THE = re.compile(r"^[Tt]he\s")
REACH, OFTEN = 30, 20
"""Who can be meant is named so many sentences before or after, or is one of so many who are named
most often: else a text twice as long would take four times as long."""


@dataclass(frozen=True, eq=False, slots=True)
class Party:
    """One who can be meant, where the text names him, and in which sentences, in order.

    ``kind`` is that of a speaker, 'place', 'people', or 'words' (the mention's own), 'nobody'.
    """

    speaker: Speaker
    kind: str
    spans: tuple[Span, ...] = ()
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Mention:
    """A mention of a tie: whom the resolver finds, its possessor ("its policy"), its quote.

    Of a target ``other`` is the blamer, and ``denies`` whether that one denies.
    """

    span: Span
    surface: str
    blames: bool
    denies: bool = False
    found: Speaker = NOBODY
    owner: Speaker = NOBODY
    other: Speaker = NOBODY
    quote: Quote | None = None
    quoted: bool = False

    @property
    def form(self) -> str:
        """What kind of pronoun it is, '' if none."""
        shout = self.surface.isupper() and len(self.surface) > 1
        return "" if shout else PRONOUNS.get(self.surface.casefold(), "")

    @property
    def tokens(self) -> list[str]:
        """The words up to its head noun."""
        return WORD.findall(head_of(self.surface)) or [self.surface]

    @property
    def is_name(self) -> bool:
        """Whether it begins like a name."""
        return THE.sub("", self.surface)[0].isupper() and not self.form


class Parties:
    """The parties of one article; by sentence who is ``told`` of, by name where each ``spoke``."""

    def __init__(self, document: Document, quotes: Sequence[Quote]) -> None:
        self.text, self.words = document.article.text, document.lexicon
        self.number = document.sentence_at
        places: dict[str, tuple[Speaker, list[Span]]] = {}
        named = ((actor, span) for actor in document.cast.actors for span in actor.spans)
        for speaker, span in (*named, *self._groups()):
            places.setdefault(speaker.name, (speaker, []))[1].append(span)
        self._known = {n: self._party(one, sorted(spans)) for n, (one, spans) in places.items()}
        self.told: dict[int, list[tuple[Span, Party]]] = {}
        for party in self._known.values():
            for span, number in zip(party.spans, party.numbers, strict=True):
                self.told.setdefault(number, []).append((span, party))
        self.spoke: dict[str, list[int]] = {}
        for name, start in ((name, quote.start) for quote in quotes for name in quote.speakers):
            insort(self.spoke.setdefault(name, []), self.number(start))
        self._often = sorted(self._known.values(), key=lambda party: -len(party.spans))[:OFTEN]

    def of(self, mention: Mention) -> list[Party]:
        """Return who can be meant: at the end its words, if it is no known name, and nobody."""
        found, quote = mention.found, mention.quote
        more = [found, mention.owner, mention.other]
        more += [Speaker(quote.speaker, quote.speaker_kind, quote.affiliation)] if quote else []
        more += [Speaker(one.affiliation, "organisation", one.affiliation) for one in more]
        # 'The angry fishermen' are called by these words, not 'fishermen'.
        own = {
            one
            for (start, end), one in self.told.get(self.number(mention.span[0]), ())
            if one.kind == "people" and mention.span[0] <= start and end <= mention.span[1]
        }
        parties = {
            one.speaker.name: one
            for one in self._around(mention)
            if one not in own or (one.speaker.name == found.name and found.kind != "unnamed")
        }
        for one in (one for one in more if one.name and one.kind != "unnamed"):
            parties.setdefault(one.name, self._known.get(one.name) or self._party(one))
        named = found.name and found.kind not in ("unnamed", "document")
        spelled = named and (mention.is_name or found.name in THE.sub("", mention.surface))
        words = Party(Speaker(mention.surface, "unnamed", found.affiliation), "words")
        return [*parties.values(), *([] if spelled else [words]), Party(NOBODY, "nobody")]

    def _around(self, mention: Mention) -> list[Party]:
        """Return the parties that are named near a mention or often, in the article's order."""
        here = self.number(mention.span[0])
        near = (self.told.get(n, ()) for n in range(here - REACH, here + REACH + 1))
        chosen = {*self._often, *(party for told in near for _, party in told)}
        if not (mention.form or mention.is_name):
            # 'The president' is nobody who is told of for the first time later on.
            chosen = {p for p in chosen if p.kind != "person" or p.spans[0] < mention.span}
        if mention.form in ("male", "female"):
            chosen = {p for p in chosen if p.speaker.sex in (None, mention.form)}
        return sorted(chosen, key=lambda party: (party.spans, party.speaker.name))

    def _party(self, one: Speaker, spans: Sequence[Span] = ()) -> Party:
        kind = "people" if one.many and not isinstance(one, Actor) else one.kind or "unnamed"
        numbers = tuple(self.number(start) for start, _ in spans)
        return Party(one, "place" if one.place else kind, tuple(spans), numbers)

    def _groups(self) -> Iterator[tuple[Speaker, Span]]:
        """Yield who is told of without a name: peoples, people in the plural, bodies."""
        words = self.words
        people = words.unnamed | words.roles | words.standing["people"].keys()
        for match in WORD.finditer(self.text):
            word, one = match.group(), singular(match.group())
            if word[0].isupper() and (party := words.people(word)):
                many = party.kind == "organisation" and word.endswith("s")
                plain = Speaker(party.name, party.kind, party.affiliation)
                yield (members_of(party, word) if many else plain), match.span()
            elif word.islower() and ((one in people and one != word) or word in words.bodies):
                kind = "unnamed" if one in people else "organisation"
                yield Speaker(word, kind, many=True), match.span()
