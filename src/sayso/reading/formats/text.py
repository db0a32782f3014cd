"""Plain text and web pages: one article a file, or a download of a news database with many."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.reading.formats.databases import read_download
from sayso.reading.formats.decode import decode
from sayso.reading.formats.html import read_page
from sayso.reading.formats.source import File, Raw, error, warned
from sayso.reading.known import known_from
from sayso.reading.problem import Problem


def read_text(file: File) -> Iterator[Raw | Problem]:
    """Return the article of a text, or those of a download."""
    decoded = decode(file.read())
    if not decoded.text.strip():
        return
    if download := read_download(decoded.text):
        yield from warned(decoded.warning)
        yield from download
    else:
        yield Raw(decoded.text, problems=warned(decoded.warning))


def read_html(file: File) -> Iterator[Raw | Problem]:
    """Return the article of a web page, or those of a download."""
    decoded = decode(file.read())
    if not decoded.text.strip():
        return
    if download := read_download(decoded.text, markup=True):
        yield from warned(decoded.warning)
        yield from download
    elif page := read_page(decoded.text):
        text, metadata = page
        yield Raw(text, known=known_from(metadata), problems=warned(decoded.warning))
    else:
        yield error("no article", "no article is found on the page; save its text as .txt")
