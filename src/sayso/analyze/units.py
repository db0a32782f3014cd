"""Units: the headlines, sentences and quotes of an article, each voice in them apart.

A headline that stands only in its column is a unit, too: its places count characters of the
headline then, not of the text (``where``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from sayso.lexicon.files import load_toml
from sayso.tables.extracted import CONTENT
from sayso.tables.parts import Parts
from sayso.text.marks import paragraphs, read_marks
from sayso.text.spans import Span, gaps, overlap
from sayso.text.words import PLAIN_WORD

READ = {
    "quotes": ("quote_id", "article_id", "cue_stance", "act", "speaker", "speakers"),
    "sentences": ("sentence_id", "article_id", "part", "paragraph", "start", "end"),
    "articles": ("article_id", "headline", "text", "outlet", "agency", "published"),
}
READ["quotes"] += ("content_spans", "cue_span", "speaker_span")
READ["articles"] += ("published_precision",)
"""The columns that units are read of, and that group them."""
OUTLET = "outlet"
BLANK = "|"
SPOKEN = re.compile(r"[^\W_]")
NOWHERE = (0, 0)
NOBODY, UNATTRIBUTED = -1, -2  # who owns a character, beside the numbers of the quotes
LONG_ENOUGH = 4  # words between double marks that are somebody's, even if no quote was found
FEW = 1  # word that a tag may have beside those that tags are made of
PLAIN_ACTS = ("says", "writes", "asks")


@cache
def tag_words() -> frozenset[str]:
    """Return the words that carry grammar, and those that tags are made of."""
    words = load_toml("function_words.toml")
    return frozenset((*words["words"], *words["tags"]))


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of one voice's words: what is coded. ``pieces`` are the words, inside the unit.

    ``tag``: the words only tell who speaks ('he said on Friday'). ``where`` is the text that places
    count characters of: 'text', or 'headline' for one that stands in its column only.
    """

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
    tag: bool = False
    where: str = "text"


def read_tables(corpus: Parts) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return quotes, sentences and articles as far as units need them: the columns of ``READ``."""
    quotes, sentences, articles = (corpus.table(*columns) for columns in READ.items())
    return quotes, sentences, articles


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
    if not (sentences["part"] == "headline").any():
        yield from _from_column(article)
    for row in sentences[sentences["part"].isin(CONTENT)].itertuples():
        kind = "headline" if row.part == "headline" else "sentence"
        yield from voices.units(row.sentence_id, kind, (row.start, row.end), lead)
    yield from voices.quotes(lead)


def _from_column(article: Any) -> Iterator[Unit]:
    """Yield the headline that stands in no line of the text; words between its marks are quoted."""
    if pd.notna(article.headline) and SPOKEN.search(article.headline):
        alone = _Voices(article._replace(text=article.headline), None, shortest=1)
        span = (0, len(article.headline))
        for unit in alone.units(f"{article.article_id}-headline", "headline", span, NOWHERE):
            yield replace(unit, where="headline")


class _Voices:
    """Whose words each character of a text is: the number of the innermost quote, or nobody's.

    Words between quotation marks that no quote has are somebody's, too, if there are ``shortest``
    of them or more, and they are no title (Capitals). Single marks count in headlines alone.
    """

    def __init__(
        self, article: Any, quotes: pd.DataFrame | None, *, shortest: int = LONG_ENOUGH
    ) -> None:
        self._article_id, self._text = article.article_id, article.text
        self._quotes = [] if quotes is None else list(quotes.itertuples())
        self._owner = np.full(len(article.text), NOBODY)
        # A quote inside another is the shorter one, and its words are its own speaker's.
        longest_first = sorted(
            enumerate(self._quotes), key=lambda q: -sum(b - a for a, b in q[1].content_spans)
        )
        for number, quote in longest_first:
            for start, end in quote.content_spans:
                self._owner[start:end] = number
        for quotation in read_marks(self._text, paragraphs(self._text))[0]:
            if quotation.inner and (quotation.double or shortest == 1):
                self._fill(quotation.inner, shortest)

    def _fill(self, inner: tuple[Span, ...], shortest: int) -> None:
        """Give the words between marks that no quote has to the one that has the others."""
        owners = np.concatenate([self._owner[a:b] for a, b in inner])
        found, counts = np.unique(owners[owners != NOBODY], return_counts=True)
        if not len(found) and not self._spoken(inner, shortest):
            return
        owner = found[counts.argmax()] if len(found) else UNATTRIBUTED
        for start, end in inner:
            own = self._owner[start:end]
            own[own == NOBODY] = owner

    def _spoken(self, inner: tuple[Span, ...], shortest: int) -> bool:
        words = [w for a, b in inner for w in PLAIN_WORD.findall(self._text[a:b])]
        small = sum(word[0].islower() for word in words)
        return len(words) >= shortest and (shortest == 1 or small > len(words) / 2)

    def units(self, name: str, kind: str, span: Span, lead: Span) -> Iterator[Unit]:
        """Yield the words of a sentence or headline, a unit for each voice, in text order."""
        owned: dict[tuple[str, str | None], list[tuple[int, Span]]] = {}
        for owner, piece in self._pieces(span):
            owned.setdefault(self._voice(owner), []).append((owner, piece))
        for (voice_kind, _), own in owned.items():
            pieces = tuple(piece for _, piece in own)
            unit = self._unit(name, kind, span, pieces, own[0][0], lead)
            yield replace(unit, tag=voice_kind == "outlet" and self._only_tells_who(span, pieces))

    def _only_tells_who(self, span: Span, pieces: tuple[Span, ...]) -> bool:
        """Whether the outlet's words in a sentence are no more than a plain 'she told reporters'.

        Words of cue and speaker, names, numbers and the usual ones of tags are left aside.
        """
        near = [q for q in self._quotes if q.cue_span and overlap(q.cue_span, span)]
        if not near or any(q.cue_stance != "neutral" or q.act not in PLAIN_ACTS for q in near):
            return False
        told = [s for q in near for s in (q.cue_span, q.speaker_span) if s is not None]
        usual = tag_words()
        left = [
            word
            for piece in pieces
            for rest in gaps([s for s in told if overlap(s, piece)], *piece)
            for word in PLAIN_WORD.findall(self._text[slice(*rest)])
            if word[0].islower() and word not in usual
        ]
        return len(left) <= FEW

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
        if owner == NOBODY:
            return "outlet", OUTLET
        if owner == UNATTRIBUTED:
            return "quoted", None
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
