"""Framing: which frames each unit of an article takes, by which words, and in whose voice.

A sentence that is partly a quotation is coded once for each voice in it. The other voices' words
are blanked out by bars of the same length, so that every span still counts characters of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sayso.analyze.framing.codebook import load_codebook
from sayso.tables.columns import frame
from sayso.tables.compared import FramingRow
from sayso.text.spans import Span

OUTLET = "outlet"
BLANK = "|"
SPOKEN = re.compile(r"[^\W_]")
WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


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


def frame_units(
    articles: pd.DataFrame, quotes: pd.DataFrame, codebook: Any = "generic"
) -> pd.DataFrame:
    """Return the frames of every headline, sentence and quote, with evidence and voice.

    Parameters
    ----------
    articles, quotes
        Those tables of a corpus. Articles in another language are left out.
    codebook
        What :func:`sayso.load_codebook` returns, or its name, file or folder.

    Returns
    -------
    DataFrame
        The columns of :class:`sayso.tables.compared.FramingRow`, by article, unit and frame.
        Sentences and headlines hold all words of an article once; quotes hold the quoted ones
        again, whole.

    Notes
    -----
    A cue is a hint, not a frame: read the evidence. Words of a quote that was not found as one
    count as the outlet's own.
    """
    if isinstance(codebook, (str, Path)):
        codebook = load_codebook(codebook)
    by_article = dict(iter(quotes.groupby("article_id", sort=False)))
    rows: list[FramingRow] = []
    for article in articles.itertuples():
        if pd.notna(article.language) and article.language != "en":
            continue
        units = list(read_units(article, by_article.get(article.article_id)))
        codings = codebook.code([unit.text for unit in units])
        for unit, coded in zip(units, codings, strict=True):
            rows += _rows(unit, coded, codebook)
    return frame(FramingRow, rows)


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


def _rows(unit: Unit, coded: dict, codebook: Any) -> Iterator[FramingRow]:
    words = sum(
        len(WORD.findall(unit.text[a - unit.start : b - unit.start])) for a, b in unit.pieces
    )
    for label, threshold in zip(codebook.labels, codebook.thresholds, strict=True):
        coding = coded[label]
        yield FramingRow(
            unit_id=unit.unit_id,
            article_id=unit.article_id,
            unit=unit.unit,
            frame=label,
            score=round(coding.score, 4),
            present=coding.score >= threshold,
            evidence_spans=tuple((unit.start + a, unit.start + b) for a, b in coding.spans),
            cues=coding.cues,
            voice=unit.voice,
            voice_kind=unit.voice_kind,
            quote_id=unit.quote_id,
            in_lead=unit.in_lead,
            n_words=words,
            start=unit.start,
            end=unit.end,
        )
