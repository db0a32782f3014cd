"""Blame rows: who is meant by the blamer and the target of a tie, and in whose voice it stands."""

from __future__ import annotations

from sayso.article import Document
from sayso.extract.cast import read_cast
from sayso.extract.speakers import Resolver, Speaker
from sayso.extract.ties import Tie, find_ties
from sayso.marks import Span
from sayso.tables import Blame, Quote


def extract(document: Document, rows: dict[str, list]) -> list[Blame]:
    """Return the blame ties of an article, in text order; ``rows`` must have its quotes."""
    quotes = rows["quotes"]
    ties = find_ties(document, quotes)
    found = [_row(document, quotes, tie, _Names(document, quotes)) for tie in ties] if ties else []
    return sorted(found, key=lambda row: (row.start, row.end, row.blame_id))


class _Names:
    """Who is meant by a mention: as the quotes have it where they name it, else by the cast."""

    def __init__(self, document: Document, quotes: list[Quote]) -> None:
        text, words = document.article.text, document.lexicon
        cast = read_cast(text, document.reading, words)
        self._known = {
            q.speaker_span: Speaker(q.speaker, q.speaker_kind, q.affiliation)
            for q in quotes
            if q.speaker_span
        }
        self._resolver = Resolver(text, cast, document.sentences, document.quotations, words)

    def of(self, span: Span) -> Speaker:
        """Return whom a mention names."""
        return self._known.get(span) or self._resolver.resolve(span)


def _row(document: Document, quotes: list[Quote], tie: Tie, names: _Names) -> Blame:
    article, text = document.article, document.article.text
    blamer = names.of(tie.source) if tie.source else Speaker(None, None, None)
    target = names.of(tie.target)
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
        direction=tie.direction,
        agentless=tie.agentless,
        voice=_voice(quotes, tie.cue),
        confidence=round(tie.score, 4),
        blamer_mention=_spelled(text, tie.source),
        blamer_span=tie.source,
        target_mention=text[slice(*tie.target)],
        target_span=tie.target,
        issue_span=tie.issue,
        cue_span=tie.cue,
        start=min(s for s, _ in edges),
        end=max(e for _, e in edges),
    )


def _spelled(text: str, span: Span | None) -> str | None:
    return text[slice(*span)] if span else None


def _kind(tie: Tie, blamer: Speaker) -> str:
    if tie.outlet:
        return "outlet"
    return "named" if blamer.name and blamer.kind != "unnamed" else "unnamed"


def _voice(quotes: list[Quote], cue: Span) -> str:
    """Return the innermost quote whose words hold the cue, or 'outlet'."""
    holding = [q for q in quotes if any(a <= cue[0] and cue[1] <= b for a, b in q.content_spans)]
    if not holding:
        return "outlet"
    return min(holding, key=lambda q: q.content_spans[-1][1] - q.content_spans[0][0]).quote_id
