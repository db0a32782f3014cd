"""Downloads of news databases, told by what they hold, an article at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sayso.reading.formats.source import Raw
from sayso.reading.problem import Problem

Reader = Callable[[str], Iterator[Raw | Problem]]
# How a download is told, and how it is read: of text, and of markup.
TEXTS: tuple[tuple[Callable[[str], bool], Reader], ...] = ()
MARKUPS: tuple[tuple[Callable[[str], bool], Reader], ...] = ()


def read_download(text: str, *, markup: bool = False) -> Iterator[Raw | Problem] | None:
    """Return the articles of a database's download, or None where a text is none."""
    readers = MARKUPS if markup else TEXTS
    return next((read(text) for fits, read in readers if fits(text)), None)
