"""An article as it was read, and as the encoder saw it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from sayso.tables import ArticleRow, Note
from sayso.text.marks import MarkNote, Quotation
from sayso.text.spans import Span

if TYPE_CHECKING:
    import numpy as np

    from sayso.language import Reading
    from sayso.lexicon.parties import Lexicon
    from sayso.pieces import Pieces


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of an article stand; null where it has no such part.

    ``body`` holds the paragraphs that the article itself consists of: no masthead, headline,
    subhead, byline or boilerplate. The first begins after the dateline.
    """

    headline: Span | None = None
    subhead: Span | None = None
    dateline: Span | None = None
    byline: Span | None = None
    outlet: Span | None = None
    agency: Span | None = None
    body: tuple[Span, ...] = ()
    boilerplate: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date: its first day, how exact it is, what settled it, and where.

    ``candidates`` names the years (or days) that remain possible where ``day`` is null.
    """

    day: date | None = None
    precision: str | None = None
    how: str = "unknown"
    evidence: Span | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article: the text as read, and what is known of it."""

    article_id: str
    text: str
    path: str = ""
    outlet: str | None = None
    agency: str | None = None
    headline: str | None = None
    subhead: str | None = None
    author: str | None = None
    place: str | None = None
    published: Published = field(default_factory=Published)
    language: str | None = None
    url: str | None = None
    sha256: str = ""
    layout: Layout = field(default_factory=Layout)
    notes: tuple[Note, ...] = ()

    def row(self) -> ArticleRow:
        """Return the article's row of the ``articles`` table."""
        kept = self.text
        for start, end in reversed(self.layout.boilerplate):
            kept = kept[:start] + " " + kept[end:]
        return ArticleRow(
            article_id=self.article_id,
            outlet=self.outlet,
            agency=self.agency,
            headline=self.headline,
            subhead=self.subhead,
            author=self.author,
            place=self.place,
            published=self.published.day,
            published_precision=self.published.precision,
            published_how=self.published.how,
            published_evidence=self.published.evidence,
            language=self.language,
            n_words=len(kept.split()),
            boilerplate=self.layout.boilerplate,
            url=self.url,
            path=self.path,
            sha256=self.sha256,
            text=self.text,
        )


@dataclass(frozen=True)
class Document:
    """An article and what was seen in it, once, for all extractors.

    ``paragraphs`` are those that are read for content: headline, subhead and body, no boilerplate.
    ``quotations`` and ``mark_notes`` come from :mod:`sayso.text.marks`, ``reading`` from
    the encoder; ``lexicon`` is what is known of parties and offices. ``reread`` lets the encoder
    read stretches of the text, each as if it were a text of its own; ``read_blame`` is its branch
    (:meth:`sayso.language.Encoder.read_blame`).
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
    def sentences(self) -> list[Span]:
        """The sentences of all paragraphs, in order."""
        from sayso.text.sentences import split_sentences

        return split_sentences(self.article.text, self.paragraphs)
