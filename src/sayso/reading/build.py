"""From a text to an article: what the text says of itself, and what is known from outside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from sayso.article import Article
from sayso.reading.formats.decode import storable
from sayso.reading.formats.source import Raw
from sayso.reading.known import Known
from sayso.reading.language import identify_language
from sayso.reading.page.layout import find_layout
from sayso.reading.page.published import find_published
from sayso.reading.problem import Problem
from sayso.reading.repeats import find_repeats
from sayso.text.spans import Span


def build_article(
    text: str, known: Known | None = None, *, article_id: str, path: str = ""
) -> Article:
    """Return the article that a text holds.

    The text is kept as it is; ``known``, what is known from outside, wins over what it says.
    """
    known = known or Known()
    head = find_layout(text, headline=known.headline)
    layout = head.layout

    def words(span: Span | None) -> str | None:
        return None if span is None else text[slice(*span)]

    agency = known.agency or words(layout.agency)
    return Article(
        article_id=article_id,
        text=text,
        path=path,
        # Agency copy that names nobody else was published by the agency.
        outlet=known.outlet or head.outlet or agency,
        agency=agency,
        event=known.event,
        headline=words(layout.headline) or known.headline,
        subhead=words(layout.subhead),
        author=known.author or head.author,
        place=words(head.place),
        published=find_published(text, layout, lines=head.dated, metadata=known.published),
        language=identify_language(" ".join(text[slice(*span)] for span in layout.body) or text),
        url=known.url,
        sha256=_digest(text),
        layout=layout,
    )


def read_raw(raw: Raw, article_id: str, place: str) -> tuple[Article, list[Problem]]:
    """Return the article of a text as it was found, and everything that is wrong with it."""
    problems = list(raw.problems)
    text = storable(raw.text)
    if text != raw.text:
        message = "characters that no encoding can hold were replaced; restore them from the source"
        problems.append(Problem("warning", "encoding", message))
    try:
        article = build_article(text, raw.known, article_id=article_id, path=place)
        problems += _problems(article, raw.known)
    except Exception as error:
        # One text that breaks a reader must not end the run, nor be lost without a word.
        article = Article(article_id, text, place, sha256=_digest(text))
        told = f"{type(error).__name__}: {error}"
        message = f"nothing in it can be made out ({told}); tell the makers"
        problems.append(Problem("error", "unreadable article", message))
    return article, problems


def with_notes(article: Article, problems: list[Problem]) -> Article:
    """Return an article with what is wrong with it as its notes."""
    notes = tuple(problem.at(article.path, article.article_id) for problem in problems)
    return replace(article, notes=notes)


def _problems(article: Article, known: Known) -> Iterator[Problem]:
    days = [day for day in article.published.candidates if len(day) == len("YYYY-MM-DD")]
    if known.problem and known.published:
        yield Problem("note", "order of a date", known.problem)
    elif known.problem:
        yield Problem("warning", "unreadable date", known.problem)
    elif days:
        message = f"it may be of {' or '.join(days)}, and nothing settles it"
        yield Problem("warning", "unsettled date", f"{message}; put the day into articles.csv")
    if article.language not in (None, "en"):
        message = f"it is in another language ('{article.language}'): nothing is extracted from it"
        yield Problem("warning", "language", f"{message}; sayso reads English")
    if repeated := find_repeats(article):
        yield repeated


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
