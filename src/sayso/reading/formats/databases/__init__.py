"""Downloads of news databases, told by what they hold, an article at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sayso.reading.formats.databases import (
    europresse,
    factiva,
    factiva_markup,
    lexis,
    nexis,
    nexis_html,
    proquest,
)
from sayso.reading.formats.databases.found import Found, articles
from sayso.reading.formats.source import Raw
from sayso.reading.problem import Problem

Reader = Callable[[str], Iterator[Found]]
# How a download is told, and how it is read: of text, and of markup.
TEXTS: tuple[tuple[Callable[[str], bool], Reader], ...] = (
    (nexis.is_nexis, nexis.read_nexis),
    (lexis.is_lexis, lexis.read_lexis),
    (factiva.is_coded, factiva.read_coded),
    (factiva.is_plain, factiva.read_plain),
    (proquest.is_proquest, proquest.read_proquest),
)
MARKUPS: tuple[tuple[Callable[[str], bool], Reader], ...] = (
    (nexis_html.is_nexis_html, nexis_html.read_nexis_html),
    (factiva_markup.is_factiva_html, factiva_markup.read_factiva_html),
    (factiva_markup.is_factiva_xml, factiva_markup.read_factiva_xml),
    (europresse.is_europresse, europresse.read_europresse),
)


def read_download(text: str, *, markup: bool = False) -> Iterator[Raw | Problem] | None:
    """Return the articles of a database's download, or None where a text is none.

    ``text`` is plain text, one line a paragraph where the format knows paragraphs, or with
    ``markup`` HTML or XML.
    """
    readers = MARKUPS if markup else TEXTS
    if not markup:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return next((articles(read(text)) for fits, read in readers if fits(text)), None)
