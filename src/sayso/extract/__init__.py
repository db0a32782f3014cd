"""Extractors: each turns a :class:`~sayso.extract.document.Document` into the rows of one table."""

from __future__ import annotations

from collections.abc import Callable

from sayso.article import Article
from sayso.extract import blames, dates, mentions, quotes, sentences, sources
from sayso.extract.document import Document, read_document
from sayso.lexicon.parties import Lexicon
from sayso.model.encoder import Encoder
from sayso.tables.extracted import Note

Rows = dict[str, list]
BROKEN = "not extracted"

# Table -> extractor, in the order in which they run: each may use the rows of those before it.
EXTRACTORS: dict[str, Callable[[Document, Rows], list]] = {
    "sentences": sentences.extract,
    "quotes": quotes.extract,
    "blames": blames.extract,
    "dates": dates.extract,
    "sources": sources.extract,
    "mentions": mentions.extract,
}


def read_rows(article: Article, words: Lexicon, model: Encoder) -> Rows:
    """Return the rows of every table for one article; of one in another language only its own.

    An article that breaks an extractor costs its rows in that table alone: a note of level 'error'
    names the article, the table and the reason.
    """
    if article.language not in (None, "en"):
        return _unread(article, list(article.notes))
    try:
        document = read_document(article, words, model)
    except Exception as error:
        return _unread(article, [*article.notes, _broken(article, "any table", error)])
    return extract(document)


def extract(document: Document) -> Rows:
    """Return the rows of every table for one article, its notes on odd quotation marks included."""
    article = document.article
    rows: Rows = {"articles": [article.row()]}
    notes = [*article.notes, *_mark_notes(document)]
    for table, extractor in EXTRACTORS.items():
        try:
            rows[table] = extractor(document, rows)
        except Exception as error:
            rows[table] = []
            notes.append(_broken(article, table, error))
    return rows | {"notes": notes}


def _unread(article: Article, notes: list[Note]) -> Rows:
    empty: Rows = {table: [] for table in EXTRACTORS}
    return {"articles": [article.row()], **empty, "notes": notes}


def _broken(article: Article, table: str, error: Exception) -> Note:
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    message = f"{article.path or article.article_id}: nothing for {table} could be read ({reason})"
    return Note(article.article_id, article.path, "error", BROKEN, message, None, None)


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
