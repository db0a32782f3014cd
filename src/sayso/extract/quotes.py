"""Quotes: who says what, in which words, announced by which cue (Document -> quote rows)."""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.extract.document import Document
from sayso.extract.people.carriers import find_via
from sayso.extract.people.cast import Speaker
from sayso.extract.people.resolver import CONTINUES, NOBODY, Resolver
from sayso.extract.people.tellers import mended, one_by_one
from sayso.extract.quoting.attribution import Part
from sayso.extract.quoting.confidence import confidence
from sayso.extract.quoting.contents import strip_edges
from sayso.extract.quoting.nested import find_nested
from sayso.extract.quoting.utterances import Found, find_quotes
from sayso.lexicon.cues import cue_lexicon, is_negated
from sayso.tables.extracted import Quote
from sayso.text.marks import MARK
from sayso.text.spans import Span

# Words between two quotations after which the second does not go on the first.
MOST_BETWEEN = 12


def extract(document: Document, rows: dict[str, list]) -> list[Quote]:
    """Return the quotes of an article, in text order; of the ``rows`` made before none is used.

    There is one for each attribution; also for a quotation of at least five words that nobody is
    seen to say: it is given to the last speaker where it follows on, and else has no speaker.
    """
    text = document.article.text
    whole = find_quotes(document)
    found = [mended(document, part) for item in whole for part in one_by_one(document, item)]
    nested = find_nested(document, [item for item, _ in found])
    found = _apart(sorted([*found, *((item, None) for item in nested)], key=_place))
    resolver = Resolver(document)
    quotes: list[Quote] = []
    last, speaker = None, NOBODY
    for item, outlet in found:
        if item.nested_in is not None:
            with resolver.aside():
                item, inner = _who(document, item, resolver)
            # What speakers report of themselves is still said in their own voice.
            if inner.name is None or inner.name != speaker.name:
                quotes.append(_row(document, item, inner, find_via(document, item)))
            continue
        via = outlet or find_via(document, item)
        if item.source or item.cue or not (last and _goes_on(text, last, item)):
            item, told = _who(document, item, resolver)
            if last and told.name == speaker.name and _takes_up(text, last, item):
                via = via or last.via
            speaker = told
        else:
            via = via or last.via
        last = _row(document, item, speaker, via)
        quotes.append(last)
    return quotes


def _apart(found: list[tuple[Found, str | None]]) -> list[tuple[Found, str | None]]:
    """Return quotes of which no two begin at one place: the later begins where it goes on.

    If it has no other words the earlier, which is shorter, is left out.
    """
    kept: dict[tuple[int, bool], tuple[Found, str | None]] = {}
    for item, outlet in found:
        while _begins(item) in kept and len(item.spans) > 1:
            item = replace(item, spans=item.spans[1:], quoted=item.quoted[1:])
        kept[_begins(item)] = item, outlet
    return sorted(kept.values(), key=_place)


def _begins(item: Found) -> tuple[int, bool]:
    return item.spans[0][0], item.nested_in is None


def _place(pair: tuple[Found, str | None]) -> tuple[int, int, bool]:
    item = pair[0]
    return item.spans[0][0], item.spans[-1][1], item.nested_in is not None


def _who(document: Document, item: Found, resolver: Resolver) -> tuple[Found, Speaker]:
    """Return a quote with its whole source, and who speaks."""
    if item.source is None:
        return item, NOBODY
    start, end = document.cast.whole(document.article.text, item.source.span)
    item = replace(item, source=replace(item.source, start=start, end=end))
    source = item.spoken_by or (start, end)
    return item, resolver.resolve(source, item.spans)


def _takes_up(text: str, last: Quote, item: Found) -> bool:
    """Whether a quote goes on with what carried the last one: in its sentence, or 'she added'."""
    cue = text[slice(*item.cue.span)] if item.cue else ""
    between = text[last.start : item.spans[0][0]]
    same = "\n" not in between and not re.search(
        r"[.?!][”\"]?\s", text[last.end : item.spans[0][0]]
    )
    return same or CONTINUES.search(f" {cue} ") is not None


def _goes_on(text: str, last: Quote, item: Found) -> bool:
    """Whether a quotation without a source follows on the last quote: nothing told in between."""
    end = max(last.content_spans[-1][1], last.cue_span[1] if last.cue_span else 0)
    between = MARK.sub("", text[end : item.spans[0][0]])
    line = re.search(r"\n\s*\S[^\n]*\n", between)  # who signs the last quotation, a headline
    return line is None and len(between.split()) <= MOST_BETWEEN


def _row(document: Document, item: Found, speaker: Speaker, via: str | None) -> Quote:
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
        speakers=tuple(one.name for one in speaker.members or (speaker,) if one.name),
        speaker_kind=speaker.kind,
        affiliation=speaker.affiliation,
        via=via,
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
