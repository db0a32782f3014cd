"""Sentences: the one cut of an article that all others share (Document -> sentence rows)."""

from __future__ import annotations

from sayso.extract.document import Document
from sayso.tables.extracted import Sentence


def extract(document: Document, rows: dict[str, list]) -> list[Sentence]:
    """Return the sentences of an article, in text order; together they hold all of its words."""
    article = document.article
    return [
        Sentence(
            sentence_id=f"{article.article_id}-t{start}",
            article_id=article.article_id,
            part=part,
            position=position,
            paragraph=paragraph,
            start=start,
            end=end,
        )
        for position, (start, end, part, paragraph) in enumerate(document.cut)
    ]
