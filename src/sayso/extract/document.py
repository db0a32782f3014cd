"""An article as extractors see it: paragraphs, quotation marks, what the encoder saw."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter

from sayso.article import Article
from sayso.extract.people.cast import Cast, read_cast
from sayso.extract.people.mentions import find_mentions
from sayso.extract.quoting.attribution import Part
from sayso.lexicon.parties import Lexicon
from sayso.model.encoder import Encoder, Reading
from sayso.model.pieces import read_pieces
from sayso.reading.sentences import sentence_rows
from sayso.tables.extracted import CONTENT, Sentence
from sayso.text.marks import MarkNote, Quotation, paragraphs, read_marks
from sayso.text.spans import Places, Span


@dataclass(frozen=True)
class Document:
    """An article and what was seen in it, once, for all extractors.

    ``paragraphs`` are those that are read for content: headline, subhead and body, no boilerplate.
    ``quotations`` and ``mark_notes`` come from :mod:`sayso.text.marks`; ``lexicon`` is what is
    known of parties and offices; ``model`` reads the text when something of it is first used.
    """

    article: Article
    paragraphs: list[Span]
    quotations: list[Quotation]
    mark_notes: list[MarkNote]
    lexicon: Lexicon
    model: Encoder

    @cached_property
    def reading(self) -> Reading:
        """What the encoder makes of the paragraphs."""
        return self.model.read(read_pieces(self.article.text, self.paragraphs, self.quotations))

    @cached_property
    def sentence_rows(self) -> list[Sentence]:
        """The sentences of all parts, in order."""
        return sentence_rows(self.article)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences that are read for content, in order."""
        return [(row.start, row.end) for row in self.sentence_rows if row.part in CONTENT]

    def sentence_at(self, at: int) -> int:
        """Return the number of the sentence that a place is in, or comes after."""
        return max(0, bisect_right(self.sentences, at, key=itemgetter(0)) - 1)

    @cached_property
    def mentions(self) -> tuple[Part, ...]:
        """The names in the text as the encoder labels them, in order."""
        return find_mentions(self.article.text, self.reading)

    @cached_property
    def cast(self) -> Cast:
        """Who is named in the text."""
        return read_cast(self.article.text, self.mentions, self.lexicon)

    @cached_property
    def marked(self) -> Places[Quotation]:
        """The quotations by their place."""
        return Places(([(q.start, q.end)], q) for q in self.quotations)

    def reread(self, places: list[Span]) -> Reading:
        """Return what the encoder makes of stretches of the text, each as a text of its own.

        Quotation marks around a stretch are not seen; those within it, often single ones, count as
        double marks do in a text.
        """
        stretches = Places(([place], place) for place in places)
        inner = [
            replace(q, double=True)
            for q in self.quotations
            if any(
                start < q.start and q.end < end for start, end in stretches.near((q.start, q.end))
            )
        ]
        return self.model.read(read_pieces(self.article.text, places, inner))


def read_document(article: Article, words: Lexicon, model: Encoder) -> Document:
    """Return an article with its quotation marks, to be read by the encoder."""
    layout = article.layout
    around = [span for span in (layout.headline, layout.subhead) if span]
    paras = sorted([*around, *layout.body])
    if not paras and not layout.boilerplate:
        paras = paragraphs(article.text)
    quotations, notes = read_marks(article.text, paras)
    return Document(article, paras, quotations, notes, words, model)
