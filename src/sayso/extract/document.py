"""An article as extractors see it: paragraphs, quotation marks, what the encoder saw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np

from sayso.article import Article
from sayso.extract.people.cast import Cast, read_cast
from sayso.extract.people.mentions import find_mentions
from sayso.extract.quoting.attribution import Part
from sayso.lexicon.parties import Lexicon
from sayso.model.encoder import Encoder, Reading
from sayso.model.pieces import Pieces, read_pieces
from sayso.reading.sentences import sentence_rows
from sayso.tables.extracted import CONTENT, Sentence
from sayso.text.marks import MarkNote, Quotation, paragraphs, read_marks
from sayso.text.spans import Span


@dataclass(frozen=True)
class Document:
    """An article and what was seen in it, once, for all extractors.

    ``paragraphs`` are those that are read for content: headline, subhead and body, no boilerplate.
    ``quotations`` and ``mark_notes`` come from :mod:`sayso.text.marks`, ``reading`` from
    the encoder; ``lexicon`` is what is known of parties and offices. ``reread`` lets the encoder
    read stretches of the text, each as if it were a text of its own; ``read_blame`` is its branch
    (:meth:`sayso.model.encoder.Encoder.read_blame`).
    """

    article: Article
    paragraphs: list[Span]
    quotations: list[Quotation]
    mark_notes: list[MarkNote]
    reading: Reading
    lexicon: Lexicon
    reread: Callable[[list[Span]], Reading]
    read_blame: Callable[[Pieces, slice, np.ndarray], list[np.ndarray]]

    @cached_property
    def sentence_rows(self) -> list[Sentence]:
        """The sentences of all parts, in order."""
        return sentence_rows(self.article)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences that are read for content, in order."""
        return [(row.start, row.end) for row in self.sentence_rows if row.part in CONTENT]

    @cached_property
    def mentions(self) -> tuple[Part, ...]:
        """The names in the text as the encoder labels them, in order."""
        return find_mentions(self.article.text, self.reading)

    @cached_property
    def cast(self) -> Cast:
        """Who is named in the text."""
        return read_cast(self.article.text, self.mentions, self.lexicon)


def read_document(article: Article, words: Lexicon, model: Encoder) -> Document:
    """Return an article with its quotation marks and what the encoder saw in it."""
    layout = article.layout
    around = [span for span in (layout.headline, layout.subhead) if span]
    paras = sorted([*around, *layout.body])
    if not paras and not layout.boilerplate:
        paras = paragraphs(article.text)
    quotations, notes = read_marks(article.text, paras)
    pieces = read_pieces(article.text, paras, quotations)
    reread = partial(_reread, article.text, quotations, model)
    reading = model.read(pieces)
    return Document(article, paras, quotations, notes, reading, words, reread, model.read_blame)


def _reread(text: str, quotations: list[Quotation], model: Encoder, places: list[Span]) -> Reading:
    """Return what the encoder makes of stretches of a text, each by itself.

    Quotation marks around a stretch are not seen; those within it, often single ones, count as
    double marks do in a text.
    """
    inner = [
        replace(q, double=True)
        for q in quotations
        if any(start < q.start and q.end < end for start, end in places)
    ]
    return model.read(read_pieces(text, places, inner))
