"""Blame rows: who is meant by the blamer and the target of a tie, and in whose voice it stands."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from sayso.extract.blaming.learned import Tie
from sayso.extract.blaming.ties import find_ties, holding
from sayso.extract.document import Document
from sayso.extract.people.cast import Speaker
from sayso.extract.people.resolver import NOBODY, Resolver, head_of
from sayso.lexicon.parties import singular
from sayso.model.encoder import blame_facts
from sayso.tables.extracted import Blame, Quote
from sayso.text.spans import Span

LEAST = 1e-3  # of a tie's score and of what it lacks to 1: no odds are endless
# Pronouns by which the speaker of a quote means himself or his side.
OWN = {"i", "me", "we", "us", "myself", "ourselves", "my", "our"}
# Mentions of nobody in particular.
NO_ONE = {"others", "anyone", "anybody", "someone", "somebody", "everyone", "everybody", "you"}
NO_ONE |= {"it", "this", "that", "these", "those", "they", "them", "who"}
NO_ONE |= {"he", "she", "him", "her", "his", "its", "their"}
# "its policy", "Lee's remarks"
OWNED = re.compile(
    r"(?P<whose>(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Mm]y)(?=\s)|.+?(?=['’]s\s|(?<=s)['’]\s)).+"
)


def extract(document: Document, rows: dict[str, list]) -> list[Blame]:
    """Return the blame ties of an article, in text order; ``rows`` must have its quotes."""
    quotes = rows["quotes"]
    ties = find_ties(document, quotes)
    if not ties:
        return []
    names = Names(document, quotes)
    found = [_row(document, quotes, tie, names) for tie in ties]
    return sorted(found, key=lambda row: (row.start, row.end, row.blame_id))


class Names:
    """Who is meant by a mention: as the quotes have it where they name it, else by the cast."""

    def __init__(self, document: Document, quotes: list[Quote]) -> None:
        self._text = document.article.text
        self._words = document.lexicon
        self._quotes = quotes
        self._resolver = Resolver(document)
        named = [q for q in quotes if q.speaker_span]
        for quote in named:
            self._resolver.resolve(quote.speaker_span)  # so that it knows who is in focus where
        self._known = {q.speaker_span: _speaker(q) for q in named if q.speaker}

    def of(self, span: Span, other: str | None = None) -> Speaker:
        """Return whom a mention names, in the third person nobody of the name ``other``.

        A thing is led back to its owner where the mention tells it: "its policy", "Lee's remarks".
        """
        if span in self._known:
            return self._known[span]
        surface = self._text[slice(*span)]
        if surface == "I" or (surface.casefold() in OWN and not surface.isupper()):
            quote = holding(self._quotes, span)
            return _speaker(quote) if quote else NOBODY
        if owner := self._owner(span, surface):
            return self.of(owner, other)
        said = holding(self._quotes, span) if self._resolver.focus.is_quoted(span[0]) else None
        apart = {other, said.speaker if said else None} - {None}
        with self._resolver.without(apart):
            found = self._resolver.resolve(span)
        if found.kind != "unnamed":
            return found
        # The resolver calls a description unnamed: here it is the thing that is blamed.
        return NOBODY if surface.casefold() in NO_ONE else replace(found, name=surface)

    def _owner(self, span: Span, surface: str) -> Span | None:
        """Return the possessor in a mention of a thing, None where somebody is mentioned."""
        owned = OWNED.match(surface)
        if owned is None:
            return None
        noun = singular(re.findall(r"[\w’'-]+", head_of(surface))[-1].casefold())
        words = self._words
        people = words.role_words | words.unnamed | words.kin.keys() | words.bodies
        return None if noun in people else (span[0], span[0] + owned.end("whose"))


def _speaker(quote: Quote) -> Speaker:
    return Speaker(quote.speaker, quote.speaker_kind, quote.affiliation)


def _row(document: Document, quotes: list[Quote], tie: Tie, names: Names) -> Blame:
    article, text = document.article, document.article.text
    blamer = names.of(tie.source) if tie.source else NOBODY
    target = names.of(tie.target, blamer.name if tie.stance != "deny" else None)
    quote = holding(quotes, tie.cue)
    edges = [s for s in (tie.source, tie.target, tie.issue, tie.cue) if s]
    return Blame(
        blame_id=f"{article.article_id}-b{tie.cue[0]}-{tie.target[0]}",
        article_id=article.article_id,
        blamer=blamer.name,
        blamer_kind=_kind(tie, blamer),
        target=target.name,
        issue=_spelled(text, tie.issue),
        cue=text[slice(*tie.cue)],
        stance=tie.stance,
        direction="self" if _is_self(tie, blamer, target) else "other",
        agentless=tie.source is None and not tie.outlet and tie.stance == "report",
        voice=quote.quote_id if quote else "outlet",
        confidence=_confidence(tie, blamer),
        blamer_mention=_spelled(text, tie.source),
        blamer_span=tie.source,
        target_mention=text[slice(*tie.target)],
        target_span=tie.target,
        issue_span=tie.issue,
        cue_span=tie.cue,
        start=min(s for s, _ in edges),
        end=max(e for _, e in edges),
    )


def log_odds(score: float) -> float:
    """Return the log-odds of how sure the branch is of a tie, never endless."""
    score = min(max(score, LEAST), 1 - LEAST)
    return math.log(score / (1 - score))


def _confidence(tie: Tie, blamer: Speaker) -> float:
    """Return how often such ties were right in articles that were read whole."""
    weights = blame_facts()["confidence"]
    odds = weights["bias"] + weights["surety"] * log_odds(tie.score)
    if blamer.name is None:
        odds += weights["outlet" if tie.outlet else "nobody"]
    return round(1 / (1 + math.exp(-odds)), 4)


def _is_self(tie: Tie, blamer: Speaker, target: Speaker) -> bool:
    """Whether the blamer is the target, or speaks for it."""
    named = bool(target.name) and target.name in (blamer.name, blamer.affiliation)
    return named or tie.source == tie.target


def _spelled(text: str, span: Span | None) -> str | None:
    return text[slice(*span)] if span else None


def _kind(tie: Tie, blamer: Speaker) -> str:
    if tie.outlet:
        return "outlet"
    return "named" if blamer.name and blamer.kind != "unnamed" else "unnamed"
