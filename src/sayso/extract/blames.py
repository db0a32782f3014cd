"""Blame rows: who is meant by the blamer and the target of a tie, and in whose voice it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from sayso.extract.blaming.learned import Tie
from sayso.extract.blaming.likeness import Likeness
from sayso.extract.blaming.parties import PRONOUNS, Mention, Parties, Party
from sayso.extract.blaming.ties import Said, find_ties
from sayso.extract.document import Document
from sayso.extract.people.cast import Speaker
from sayso.extract.people.resolver import NOBODY, Resolver
from sayso.model.naming import likelihoods
from sayso.tables.extracted import Blame, Quote
from sayso.text.spans import Span

UNSURE = 0.3
"""Below this a mention that is no pronoun keeps its words: of 71 wrong parties 51 are left, of the
right ones two in a thousand are lost, in articles to choose by."""
# "its policy", "Lee's remarks"
OWNED = re.compile(
    r"(?P<whose>(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Mm]y)(?=\s)|.+?(?=['’]s\s|(?<=s)['’]\s)).+"
)


def extract(document: Document, rows: dict[str, list]) -> list[Blame]:
    """Return the blame ties of an article, in text order; ``rows`` must have its quotes."""
    quotes = rows["quotes"]
    said = Said(quotes)
    ties = find_ties(document, said)
    if not ties:
        return []
    names = Names(document, quotes, said, ties)
    found = [_row(document, tie, names) for tie in ties]
    return sorted(_distinct(found), key=lambda row: (row.start, row.end, row.blame_id))


def _distinct(rows: list[Blame]) -> Iterator[Blame]:
    """Yield the surest of rows that say the same by one cue, with ids of their own."""
    seen: set[tuple] = set()
    ids: Counter[str] = Counter()
    for row in sorted(rows, key=lambda row: -row.confidence):
        said = (row.cue_span, row.blamer or row.blamer_span, row.target or row.target_span)
        if said not in seen:
            number = ids[row.blame_id]
            yield replace(row, blame_id=f"{row.blame_id}-{number}") if number else row
            ids[row.blame_id] += 1
        seen.add(said)


class Names:
    """Who is meant by the mentions of an article's ties: the likeliest of its parties.

    ``said`` tells in which quote a mention stands.
    """

    def __init__(
        self, document: Document, quotes: list[Quote], said: Said, ties: list[Tie]
    ) -> None:
        self._text = document.article.text
        self.said = said
        self._resolver = Resolver(document)
        named = [q for q in quotes if q.speaker_span]
        for quote in named:
            self._resolver.resolve(quote.speaker_span)  # so that it knows who is in focus where
        self._known = {q.speaker_span: _speaker(q) for q in named if q.speaker}
        self._parties = Parties(document, quotes)
        self._likeness = Likeness(self._parties, list(self._targets(ties)))

    def blamer(self, tie: Tie) -> Speaker:
        """Return who blames."""
        return self._choose(self.mention(tie.source)) if tie.source else NOBODY

    def target(self, tie: Tie, blamer: Speaker) -> Speaker:
        """Return who is blamed; the mention's own words where the article tells of nobody.

        "She admitted that she lied": two pronouns that are alike mean one.
        """
        if tie.source and self._pronoun(tie.source) == self._pronoun(tie.target) != "":
            return blamer
        return self._choose(self.mention(tie.target, tie, blamer))

    def _pronoun(self, span: Span) -> str:
        word = self._text[slice(*span)].casefold()
        return word if word in PRONOUNS else ""

    def _choose(self, mention: Mention) -> Speaker:
        options, facts = self.options(mention)
        likely = likelihoods(facts)
        if likely.max() < UNSURE and not mention.form:
            return options[-2].speaker if options[-2].kind == "words" else mention.found
        return options[int(likely.argmax())].speaker

    def options(self, mention: Mention) -> tuple[list[Party], list[dict[str, float]]]:
        """Return who can be meant by a mention, and what is told of each."""
        options = self._parties.of(mention)
        return options, self._likeness.facts(mention, options)

    def mention(self, span: Span, tie: Tie | None = None, blamer: Speaker = NOBODY) -> Mention:
        """Return a mention with what the resolver and the quotes tell; of a target its ``tie``."""
        surface, quote = self._text[slice(*span)], self.said.holding(span)
        denies = tie is not None and tie.stance == "deny"
        quoted = self._resolver.focus.is_quoted(span[0])
        said = quote if quoted else None
        apart = {None if denies else blamer.name, said.speaker if said else None} - {None}
        owned = OWNED.match(surface)
        with self._resolver.aside(), self._resolver.without(apart):
            found = self._known.get(span) or self._resolver.resolve(span)
            whose = (span[0], span[0] + owned.end("whose")) if owned else None
            owner = self._resolver.resolve(whose) if whose else NOBODY
        return Mention(span, surface, tie is None, denies, found, owner, blamer, quote, quoted)

    def _targets(self, ties: list[Tie]) -> Iterator[tuple[Span, str]]:
        """Yield the targets that are names, for what other ties tell."""
        for mention in (self.mention(tie.target, tie) for tie in ties):
            if not mention.form and mention.found.kind not in (None, "unnamed"):
                yield mention.span, mention.found.name


def _speaker(quote: Quote) -> Speaker:
    return Speaker(quote.speaker, quote.speaker_kind, quote.affiliation)


def _row(document: Document, tie: Tie, names: Names) -> Blame:
    article, text = document.article, document.article.text
    blamer = names.blamer(tie)
    target = names.target(tie, blamer)
    quote = names.said.holding(tie.cue)
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
        confidence=round(tie.confidence, 4),
        blamer_mention=_spelled(text, tie.source),
        blamer_span=tie.source,
        target_mention=text[slice(*tie.target)],
        target_span=tie.target,
        issue_span=tie.issue,
        cue_span=tie.cue,
        start=min(s for s, _ in edges),
        end=max(e for _, e in edges),
    )


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
