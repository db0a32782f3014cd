"""Quotes: who says what, in which words, announced by which cue (Document -> quote rows)."""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.extract.document import Document
from sayso.extract.people.cast import Speaker
from sayso.extract.people.resolver import NOBODY, Resolver
from sayso.extract.quoting.attribution import Part
from sayso.extract.quoting.confidence import confidence
from sayso.extract.quoting.contents import strip_edges
from sayso.extract.quoting.nested import find_nested
from sayso.extract.quoting.utterances import Found, find_quotes
from sayso.lexicon.cues import cue_lexicon, is_negated
from sayso.lexicon.parties import Lexicon, normal
from sayso.tables.extracted import Quote
from sayso.text.marks import MARK
from sayso.text.spans import Span

TOLD = re.compile(r"\b(?:told|tells|telling|tell)\b", re.IGNORECASE)
INTERVIEW = re.compile(r"\b(?:interview with|speaking to|statement to|quoted by|talking to)\b")
# Words between two quotations after which the second does not go on the first.
MOST_BETWEEN = 12


def extract(document: Document, rows: dict[str, list]) -> list[Quote]:
    """Return the quotes of an article, in text order; of the ``rows`` made before none is used.

    There is one for each attribution; also for a quotation of at least five words that nobody is
    seen to say: it is given to the last speaker where it follows on, and else has no speaker.
    """
    text = document.article.text
    found = find_quotes(document)
    found = sorted([*found, *find_nested(document, found)], key=_place)
    resolver = Resolver(document)
    quotes: list[Quote] = []
    last, speaker = None, NOBODY
    for item in found:
        if item.nested_in is not None:
            with resolver.aside():
                item, inner = _who(document, item, resolver)
            # What speakers report of themselves is still said in their own voice.
            if inner.name is None or inner.name != speaker.name:
                quotes.append(_row(document, item, inner))
            continue
        if item.source or item.cue or not (last and _goes_on(text, last, item)):
            item, speaker = _who(document, item, resolver)
        last = _row(document, item, speaker)
        quotes.append(last)
    return quotes


def _place(item: Found) -> tuple[int, int, bool]:
    return item.spans[0][0], item.spans[-1][1], item.nested_in is not None


def _who(document: Document, item: Found, resolver: Resolver) -> tuple[Found, Speaker]:
    """Return a quote with its whole source, and who speaks."""
    if item.source is None:
        return item, NOBODY
    start, end = document.cast.whole(document.article.text, item.source.span, document.lexicon)
    item = replace(item, source=replace(item.source, start=start, end=end))
    return item, resolver.resolve((start, end))


def _find_via(text: str, item: Found, words: Lexicon) -> str | None:
    """Return the agency or outlet that the speaker spoke to ('told the newspaper ...')."""
    if item.cue is None:
        return None
    after = re.match(r"[^.;:“”\"\n]{0,70}", text[item.cue.end :]).group()
    if not (TOLD.search(text[slice(*item.cue.span)]) or INTERVIEW.search(after)):
        return None
    named = words.outlets.search(after)
    if named:
        return words.names[normal(named.group())].name
    media = re.search(r"\b((?:[A-Z][\w’'-]*\s)+)(\w+(?:\s\w+)?)", after)
    if media and any(m in media.group(2).casefold() for m in words.media):
        return media.group(1).strip()
    return None


def _goes_on(text: str, last: Quote, item: Found) -> bool:
    """Whether a quotation without a source follows on the last quote: nothing told in between."""
    end = max(last.content_spans[-1][1], last.cue_span[1] if last.cue_span else 0)
    return len(MARK.sub("", text[end : item.spans[0][0]]).split()) <= MOST_BETWEEN


def _row(document: Document, item: Found, speaker: Speaker) -> Quote:
    article, text = document.article, document.article.text
    cue, source = _stripped(text, item.cue), _stripped(text, item.source)
    edges = [s for s in (*item.spans, cue, source) if s]
    start, end = min(s for s, _ in edges), max(e for _, e in edges)
    layout = article.layout
    return Quote(
        quote_id=f"{article.article_id}-{'q' if item.nested_in is None else 'n'}{item.spans[0][0]}",
        article_id=article.article_id,
        kind=item.kind,
        content=" ... ".join(text[a:b] for a, b in item.spans),
        content_spans=item.spans,
        cue=text[slice(*cue)] if cue else None,
        cue_span=cue,
        cue_stance=cue_lexicon().stance(text[slice(*cue)]) if cue else None,
        act=cue_lexicon().act(*(text[slice(*s or (0, 0))] for s in (cue, source, item.spans[-1]))),
        speaker_mention=text[slice(*source)] if source else None,
        speaker_span=source,
        speaker=speaker.name,
        speaker_kind=speaker.kind,
        affiliation=speaker.affiliation,
        via=_find_via(text, item, document.lexicon),
        nested_in=None if item.nested_in is None else f"{article.article_id}-q{item.nested_in}",
        negated=bool(cue and is_negated(text, *cue)),
        in_headline=any(
            p and p[0] <= item.spans[0][0] < p[1] for p in (layout.headline, layout.subhead)
        ),
        confidence=confidence(item.evidence),
        start=start,
        end=end,
    )


def _stripped(text: str, part: Part | None) -> Span | None:
    """Return where a part stands, without marks at its edges."""
    return strip_edges(text, *part.span, False) or part.span if part else None
