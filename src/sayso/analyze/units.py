"""Units: the headlines, sentences and quotes of an article, each voice in them apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from sayso.tables.extracted import CONTENT
from sayso.text.spans import Span

OUTLET = "outlet"
BLANK = "|"
SPOKEN = re.compile(r"[^\W_]")
NOWHERE = (0, 0)


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


def read_units(
    article: Any, sentences: pd.DataFrame | None, quotes: pd.DataFrame | None
) -> Iterator[Unit]:
    """Yield an article's units: headline, sentences, quotes; a unit for each voice in them.

    ``sentences`` and ``quotes`` are the rows of the article in those tables, None without any.
    """
    if sentences is None:
        return
    voices = _Voices(article, quotes)
    body = sentences[sentences["part"] == "body"]
    first = body[body["paragraph"] == body["paragraph"].min()]
    lead = (first["start"].iloc[0], first["end"].iloc[-1]) if len(first) else NOWHERE
    for row in sentences[sentences["part"].isin(CONTENT)].itertuples():
        kind = "headline" if row.part == "headline" else "sentence"
        yield from voices.units(row, kind, lead)
    yield from voices.quotes(lead)


class _Voices:
    """Whose words each character of a text is: the number of the innermost quote, or -1."""

    def __init__(self, article: Any, quotes: pd.DataFrame | None) -> None:
        self._article_id, self._text = article.article_id, article.text
        self._quotes = [] if quotes is None else list(quotes.itertuples())
        self._owner = np.full(len(article.text), -1)
        # A quote inside another is the shorter one, and its words are its own speaker's.
        longest_first = sorted(
            enumerate(self._quotes), key=lambda q: -sum(b - a for a, b in q[1].content_spans)
        )
        for number, quote in longest_first:
            for start, end in quote.content_spans:
                self._owner[start:end] = number

    def units(self, sentence: Any, kind: str, lead: Span) -> Iterator[Unit]:
        """Yield a sentence's or headline's words, a unit for each voice, in text order."""
        span = (sentence.start, sentence.end)
        owned: dict[tuple[str, str | None], list[tuple[int, Span]]] = {}
        for owner, piece in self._pieces(span):
            owned.setdefault(self._voice(owner), []).append((owner, piece))
        for own in owned.values():
            pieces = tuple(piece for _, piece in own)
            yield self._unit(sentence.sentence_id, kind, span, pieces, own[0][0], lead)

    def quotes(self, lead: Span) -> Iterator[Unit]:
        """Yield each quote as a unit; the words of a quote nested in it are left out."""
        for number, quote in enumerate(self._quotes):
            span = (quote.content_spans[0][0], quote.content_spans[-1][1])
            found = (piece for part in quote.content_spans for piece in self._pieces(part))
            pieces = tuple(piece for owner, piece in found if owner == number)
            if pieces:
                yield self._unit(quote.quote_id, "quote", span, pieces, number, lead)

    def _pieces(self, span: Span) -> Iterator[tuple[int, Span]]:
        """Yield the stretches of a span that one voice speaks, if there is a word in them."""
        owners = self._owner[slice(*span)]
        edges = [0, *(np.flatnonzero(np.diff(owners)) + 1).tolist(), len(owners)]
        for first, after in pairwise(edges):
            start, end = span[0] + first, span[0] + after
            if after > first and SPOKEN.search(self._text, start, end):
                yield int(owners[first]), (start, end)

    def _voice(self, owner: int) -> tuple[str, str | None]:
        """Return the kind of voice, and who speaks: null where that is unresolved."""
        if owner < 0:
            return "outlet", OUTLET
        speaker = self._quotes[owner].speaker
        return "quoted", None if pd.isna(speaker) else speaker

    def _unit(self, unit_id, kind, span, pieces, owner, lead) -> Unit:
        blanked = list(re.sub(r"\S", BLANK, self._text[slice(*span)]))
        for start, end in pieces:
            blanked[start - span[0] : end - span[0]] = self._text[start:end]
        voice_kind, voice = self._voice(owner)
        return Unit(
            unit_id=unit_id,
            article_id=self._article_id,
            unit=kind,
            start=span[0],
            end=span[1],
            pieces=pieces,
            text="".join(blanked),
            voice=voice,
            voice_kind=voice_kind,
            quote_id=None if owner < 0 else self._quotes[owner].quote_id,
            in_lead=lead[0] <= span[0] < lead[1],
        )
