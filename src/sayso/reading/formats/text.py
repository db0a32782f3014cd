"""Plain text and web pages: one article a file, or a download of a news database with many."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.paths import OWN_PAGE
from sayso.reading.formats.databases import read_download
from sayso.reading.formats.decode import decode
from sayso.reading.formats.html import page_article
from sayso.reading.formats.source import File, Raw, error, warned
from sayso.reading.problem import Problem

OWN_WITHIN = 1000


def read_text(file: File) -> Iterator[Raw | Problem]:
    """Return the article of a text, or those of a download."""
    decoded = decode(file.read())
    yield from read_words(decoded.text, warned(decoded.warning))


def read_words(text: str, problems: tuple[Problem, ...] = ()) -> Iterator[Raw | Problem]:
    """Return the article that a file's text is, or those of a download; none if it is blank."""
    if not text.strip():
        return
    if download := read_download(text):
        yield from problems
        yield from download
    else:
        yield Raw(text, problems=problems)


def read_html(file: File) -> Iterator[Raw | Problem]:
    """Return the article of a web page, or those of a download."""
    decoded = decode(file.read())
    if not decoded.text.strip():
        return
    if OWN_PAGE in decoded.text[:OWN_WITHIN]:
        yield Problem("note", "own page", "it is a page that sayso wrote, and no article")
    elif download := read_download(decoded.text, markup=True):
        yield from warned(decoded.warning)
        yield from download
    elif raw := page_article(decoded):
        yield raw
    else:
        message = "no article is found on the page, or a list of articles; save its text as .txt"
        yield error("no article", message)
