"""An article as it was read: its text, and what its head tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sayso.tables.extracted import ArticleRow, Note
from sayso.text.spans import Span


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
    event: str | None = None
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
            event=self.event,
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
