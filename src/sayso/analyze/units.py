"""Units: the headlines, sentences and quotes of an article, each voice in them apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from sayso.text.spans import Span

OUTLET = "outlet"
BLANK = "|"
SPOKEN = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of one voice's words: what is coded. ``pieces`` are the words, inside the unit."""

    unit_id: str
    article_id: str
    unit: str
    start: int
    end: int
    pieces: tuple[Span, ...]
    text: str = field(repr=False)
    voice: str | None = OUTLET
    voice_kind: str = "outlet"
    quote_id: str | None = None
    in_lead: bool = False


def read_units(article: Any, quotes: pd.DataFrame | None) -> Iterator[Unit]:
    """Yield an article's units: headline, sentences, quotes; a unit for each voice in them."""
    from sayso.reading.layout import find_layout
    from sayso.text.sentences import split_sentences

    text = article.text
    known = article.headline if pd.notna(article.headline) else None
    layout = find_layout(text, headline=known).layout
    voices = _Voices(text, quotes)
    if layout.headline:
        yield from voices.units(article.article_id, "headline", layout.headline, False)
    paras = sorted([*([layout.subhead] if layout.subhead else []), *layout.body])
    lead = layout.body[0] if layout.body else (0, 0)
    for span in split_sentences(text, paras):
        yield from voices.units(article.article_id, "sentence", span, lead[0] <= span[0] < lead[1])
    yield from voices.quotes(article.article_id, lead)


class _Voices:
    """Whose words each character of a text is: the number of the innermost quote, or -1."""

    def __init__(self, text: str, quotes: pd.DataFrame | None) -> None:
        self._text = text
        self._quotes = [] if quotes is None else list(quotes.itertuples())
        self._owner = np.full(len(text), -1)
        # A quote inside another is the shorter one, and its words are its own speaker's.
        sized = sorted(
            range(len(self._quotes)),
            key=lambda i: -sum(b - a for a, b in self._quotes[i].content_spans),
        )
        for number in sized:
            for start, end in self._quotes[number].content_spans:
                self._owner[start:end] = number

    def units(self, article_id: str, kind: str, span: Span, in_lead: bool) -> Iterator[Unit]:
        """Yield a sentence's or headline's words, a unit for each voice, in text order."""
        pieces: dict[str | None, list[tuple[int, Span]]] = {}
        for owner, piece in self._pieces(span):
            pieces.setdefault(self._voice(owner), []).append((owner, piece))
        for voice, owned in pieces.items():
            first = owned[0][0]
            yield self._unit(
                f"{article_id}{kind[0]}{span[0]}",
                article_id,
                kind,
                span,
                tuple(piece for _, piece in owned),
                (voice[1], first, in_lead),
            )

    def quotes(self, article_id: str, lead: Span) -> Iterator[Unit]:
        """Yield each quote as a unit; the words of a quote nested in it are left out."""
        for number, quote in enumerate(self._quotes):
            span = (quote.content_spans[0][0], quote.content_spans[-1][1])
            pieces = tuple(
                piece
                for start, end in quote.content_spans
                for owner, piece in self._pieces((start, end))
                if owner == number
            )
            if pieces:
                facts = (self._voice(number)[1], number, lead[0] <= span[0] < lead[1])
                yield self._unit(quote.quote_id, article_id, "quote", span, pieces, facts)

    def _pieces(self, span: Span) -> Iterator[tuple[int, Span]]:
        """Yield the stretches of a span that one voice speaks, if there is a word in them."""
        owners = self._owner[slice(*span)]
        edges = [0, *(np.flatnonzero(np.diff(owners)) + 1).tolist(), len(owners)]
        for first, after in pairwise(edges):
            start, end = span[0] + first, span[0] + after
            if after > first and SPOKEN.search(self._text, start, end):
                yield int(owners[first]), (start, end)

    def _voice(self, owner: int) -> tuple[str, str | None]:
        if owner < 0:
            return ("outlet", OUTLET)
        speaker = self._quotes[owner].speaker
        return ("quoted", None if pd.isna(speaker) else speaker)

    def _unit(self, unit_id, article_id, kind, span, pieces, facts) -> Unit:
        voice, owner, in_lead = facts
        blanked = list(re.sub(r"\S", BLANK, self._text[slice(*span)]))
        for start, end in pieces:
            blanked[start - span[0] : end - span[0]] = self._text[start:end]
        return Unit(
            unit_id=unit_id,
            article_id=article_id,
            unit=kind,
            start=span[0],
            end=span[1],
            pieces=pieces,
            text="".join(blanked),
            voice=voice,
            voice_kind="outlet" if owner < 0 else "quoted",
            quote_id=None if owner < 0 else self._quotes[owner].quote_id,
            in_lead=in_lead,
        )
