"""Whom a mention can mean: the parties of an article, each with its places (Document -> parties).

Beside the cast these are peoples and bodies that are told of without a name ('protesters', 'the
government'); what speaks for each of them at a mention is read by
:mod:`sayso.extract.blaming.likeness`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.extract.document import Document
from sayso.extract.people.cast import Actor, Speaker, members_of
from sayso.extract.people.resolver import NOBODY, head_of
from sayso.lexicon.files import load_toml
from sayso.lexicon.parties import POSSESSIVE, singular
from sayso.tables.extracted import Quote
from sayso.text.spans import Span

PRONOUNS = {w: form for form, words in load_toml("blame.toml")["pronouns"].items() for w in words}
WORD = re.compile(r"[\w’'.&-]*\w")
THE = re.compile(r"^[Tt]he\s")


@dataclass(frozen=True, eq=False, slots=True)
class Party:
    """One who can be meant, and where the text names him, in order; each place's sentence.

    ``kind``: 'person', 'organisation', 'country', 'outlet', 'document', 'unnamed', 'place',
    'people'; 'words' where the mention's own words are the name, 'nobody' where it has none.
    """

    speaker: Speaker
    kind: str
    spans: tuple[Span, ...] = ()
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Mention:
    """A mention of a tie, and what else tells whom it means.

    ``found`` is whom the resolver finds, ``owner`` the possessor in it ("its policy"), ``quote``
    the one around it; ``known`` tells that it is the source of a quote. Of a target ``other`` is
    the blamer, and ``denies`` whether that one denies.
    """

    span: Span
    surface: str
    blames: bool
    denies: bool = False
    found: Speaker = NOBODY
    owner: Speaker = NOBODY
    other: Speaker = NOBODY
    quote: Quote | None = None
    known: bool = False

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
    def noun(self) -> str:
        """The head noun, in the singular."""
        return singular(POSSESSIVE.sub("", self.tokens[-1].casefold()))

    @property
    def is_name(self) -> bool:
        """Whether it begins like a name."""
        return THE.sub("", self.surface)[0].isupper() and not self.form


class Parties:
    """The parties of one article."""

    def __init__(self, document: Document, quotes: Sequence[Quote]) -> None:
        self.text, self.words = document.article.text, document.lexicon
        self.sentences = document.sentences
        self.starts = [start for start, _ in self.sentences]
        places: dict[str, tuple[Speaker, list[Span]]] = {}
        named = ((actor, span) for actor in document.cast.actors for span in actor.spans)
        for speaker, span in (*named, *self._groups()):
            places.setdefault(speaker.name, (speaker, []))[1].append(span)
        self.known = [self._party(speaker, sorted(spans)) for speaker, spans in places.values()]
        self.told: dict[int, list[tuple[Span, Party]]] = {}
        """Who is named in each sentence, by its number, in order."""
        for party in self.known:
            for span, number in zip(party.spans, party.numbers, strict=True):
                self.told.setdefault(number, []).append((span, party))
        for named_here in self.told.values():
            named_here.sort(key=lambda pair: pair[0])
        self.spoke: dict[str, list[int]] = {}
        """In which sentences the quotes of a speaker begin."""
        for quote in quotes:
            for name in quote.speakers:
                self.spoke.setdefault(name, []).append(self.number(quote.start))

    def number(self, at: int) -> int:
        """Return the number of the sentence of a place."""
        return max(0, bisect_right(self.starts, at) - 1)

    def first(self, number: int) -> Party | None:
        """Return whom a sentence names first."""
        return self.told[number][0][1] if number in self.told else None

    def of(self, mention: Mention) -> list[Party]:
        """Return who can be meant by a mention; at the end its words, unless it is a name that
        the resolver knows, and nobody.
        """
        found, quote = mention.found, mention.quote
        more = [found, mention.owner, mention.other]
        more += [Speaker(quote.speaker, quote.speaker_kind, quote.affiliation)] if quote else []
        more += [Speaker(one.affiliation, "organisation", one.affiliation) for one in more]
        parties = {party.speaker.name: party for party in self.known}
        for one in more:
            if one.name and one.kind != "unnamed":
                parties.setdefault(one.name, self._party(one))
        own = found.name and found.kind not in ("unnamed", "document")
        spelled = own and (mention.is_name or found.name in THE.sub("", mention.surface))
        words = Party(Speaker(mention.surface, "unnamed", found.affiliation), "words")
        return [*parties.values(), *([] if spelled else [words]), Party(NOBODY, "nobody")]

    def _party(self, one: Speaker, spans: Sequence[Span] = ()) -> Party:
        kind = "place" if one.place else one.kind or "unnamed"
        kind = "people" if one.many and not isinstance(one, Actor) else kind
        return Party(one, kind, tuple(spans), tuple(self.number(start) for start, _ in spans))

    def _groups(self) -> Iterator[tuple[Speaker, Span]]:
        """Yield who is told of without a name: peoples, people in the plural, bodies."""
        words = self.words
        people = words.unnamed | words.roles | words.standing["people"].keys()
        for match in WORD.finditer(self.text):
            word = match.group()
            if word[0].isupper() and (party := words.people(word)):
                many = party.kind == "organisation" and word.endswith("s")
                plain = Speaker(party.name, party.kind, party.affiliation)
                yield (members_of(party, word) if many else plain), match.span()
            elif (
                word.islower()
                and singular(word) in people
                and (singular(word) != word or word in words.bodies | words.media)
            ):
                yield Speaker(word, "unnamed", many=True), match.span()
            elif word.islower() and word in words.bodies:
                yield Speaker(word, "organisation", many=True), match.span()
