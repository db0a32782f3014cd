"""Sentences: the one cut of an article that all others share (Document -> sentence rows)."""

from __future__ import annotations

from sayso.extract.document import Document
from sayso.tables.extracted import Sentence


def extract(document: Document, rows: dict[str, list]) -> list[Sentence]:
    """Return the sentences of an article, in text order; none of the tables before is used."""
    return document.sentence_rows
