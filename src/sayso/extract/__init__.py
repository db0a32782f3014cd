"""Extractors: each turns a :class:`~sayso.extract.document.Document` into the rows of one table."""

from __future__ import annotations

from collections.abc import Callable

from sayso.article import Article
from sayso.extract import blames, dates, quotes, sources
from sayso.extract.document import Document
from sayso.tables.extracted import Note

Rows = dict[str, list]

# Table -> extractor, in the order in which they run: each may use the rows of those before it.
EXTRACTORS: dict[str, Callable[[Document, Rows], list]] = {
    "quotes": quotes.extract,
    "blames": blames.extract,
    "dates": dates.extract,
    "sources": sources.extract,
}


def extract(document: Document) -> Rows:
    """Return the rows of every table for one article, its notes on odd quotation marks included."""
    rows: Rows = {"articles": [document.article.row()]}
    for table, extractor in EXTRACTORS.items():
        rows[table] = extractor(document, rows)
    rows["notes"] = [*document.article.notes, *_mark_notes(document)]
    return rows


def unread(article: Article) -> Rows:
    """Return the rows of an article that nothing is extracted from (another language)."""
    empty: Rows = {table: [] for table in EXTRACTORS}
    return {"articles": [article.row()], **empty, "notes": list(article.notes)}


def _mark_notes(document: Document) -> list[Note]:
    article = document.article
    helps = {
        "never closed": "quotation is never closed; taken to end with its paragraph or sentence",
        "stray closing mark": "closing quotation mark without an opening one; it is ignored",
    }
    return [
        Note(article.article_id, article.path, "note", n.kind, helps[n.kind], n.start, n.end)
        for n in document.mark_notes
    ]
