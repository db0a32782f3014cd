"""Dates: the time expressions of an article and the days they cover (Document -> date rows)."""

from __future__ import annotations

from sayso.extract.document import Document
from sayso.tables.extracted import Date
from sayso.timex import Timex, find


def extract(document: Document, rows: dict[str, list]) -> list[Date]:
    """Return a row for each time expression, in text order.

    Those of the head are among them, and the stamps of a live blog's entries; what is set aside as
    boilerplate is left out.
    """
    article = document.article
    found = find(
        article.text,
        published=article.published,
        quoted=[(q.start, q.end) for q in document.quotations if q.double],
        exclude=article.layout.boilerplate,
    )
    return [_row(article.article_id, article.text, timex) for timex in found]


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
