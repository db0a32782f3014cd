"""Extractors: each turns a :class:`~sayso.extract.document.Document` into the rows of one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sayso.article import Article
from sayso.extract import blames, dates, mentions, quotes, sources
from sayso.extract.document import Document, read_document
from sayso.lexicon.parties import Lexicon
from sayso.model.encoder import Encoder
from sayso.tables.extracted import TABLES, Note

Rows = dict[str, list]
BROKEN = "not extracted"

# Table -> extractor, in the order in which they run: each may use the rows of those before it.
EXTRACTORS: dict[str, Callable[[Document, Rows], list]] = {
    "sentences": lambda document, rows: document.sentence_rows,
    "quotes": quotes.extract,
    "blames": blames.extract,
    "dates": dates.extract,
    "sources": sources.extract,
    "mentions": mentions.extract,
}
# What is made of every article, and what must be made for a table, beside it.
ALWAYS = ("articles", "sentences", "notes")
NEEDS = {
    "quotes": ("sources",),
    "sources": ("quotes",),
    **dict.fromkeys(("blames", "mentions"), ("quotes", "sources")),
}


def wanted(tables: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return the tables to make so that some are there, all by default, in the order of ``TABLES``.

    They are those asked for, what these need, and those of every article: articles, sentences,
    notes. The names that quotes give to speakers hang on sources, so either comes with the other.

    Raises
    ------
    ValueError
        If there is no table of a name; the message lists those there are.
    """
    asked = tuple(TABLES if tables is None else tables)
    if unknown := [name for name in asked if name not in TABLES]:
        raise ValueError(f"no table '{unknown[0]}': there are {', '.join(TABLES)}")
    needed = {*ALWAYS, *asked, *(other for name in asked for other in NEEDS.get(name, ()))}
    return tuple(name for name in TABLES if name in needed)


def read_rows(
    article: Article, words: Lexicon, model: Encoder, tables: Iterable[str] | None = None
) -> Rows:
    """Return the rows of tables, all by default (see :func:`wanted`), for one article.

    Of an article in another language there are none but its own and its notes.

    An article that breaks an extractor costs its rows in that table alone: a note of level 'error'
    names the article, the table and the reason.
    """
    if article.language not in (None, "en"):
        return _unread(article, list(article.notes))
    try:
        document = read_document(article, words, model)
    except Exception as error:
        return _unread(article, [*article.notes, _broken(article, "any table", error)])
    return extract(document, tables)


def extract(document: Document, tables: Iterable[str] | None = None) -> Rows:
    """Return the rows of tables for one article, its notes on odd quotation marks included."""
    article = document.article
    rows: Rows = {"articles": [article.row()]}
    notes = [*article.notes, *_mark_notes(document)]
    made = wanted(tables)
    for table in (name for name in EXTRACTORS if name in made):
        try:
            rows[table] = EXTRACTORS[table](document, rows)
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
