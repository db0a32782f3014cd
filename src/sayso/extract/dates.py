"""Dates: the time expressions of an article and the days they cover (Document -> date rows)."""

from __future__ import annotations

from sayso.article import Layout
from sayso.extract.document import Document
from sayso.tables.extracted import Date
from sayso.text.spans import Span, gaps
from sayso.timex import Timex, find


def extract(document: Document, rows: dict[str, list]) -> list[Date]:
    """Return a row for each time expression, in text order.

    The dateline's date is among them; boilerplate, bylines and the outlet's name are left out.
    """
    article = document.article
    found = find(
        article.text,
        published=article.published,
        quoted=[(q.start, q.end) for q in document.quotations if q.double],
        exclude=outside(article.layout, len(article.text)),
    )
    return [_row(article.article_id, article.text, timex) for timex in found]


def outside(layout: Layout, length: int) -> list[Span]:
    """Return what lies between headline, subhead, dateline and body."""
    head = (layout.headline, layout.subhead, layout.dateline)
    parts = [*(part for part in head if part), *layout.body]
    return gaps(parts, 0, length) if parts else list(layout.boilerplate)


def _row(article_id: str, text: str, timex: Timex) -> Date:
    anchor = timex.anchor
    return Date(
        date_id=f"{article_id}-d{timex.start}",
        article_id=article_id,
        surface=text[timex.start : timex.end],
        type=timex.type,
        value=timex.value,
        earliest=timex.earliest,
        latest=timex.latest,
        anchor=f"{article_id}-d{anchor}" if isinstance(anchor, int) else anchor,
        start=timex.start,
        end=timex.end,
    )
