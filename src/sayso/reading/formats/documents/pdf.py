"""PDF: the text layer, its lines put together to paragraphs."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING
from unicodedata import normalize

from sayso.reading.formats.documents.lines import Line, join_paragraphs, without_furniture
from sayso.reading.formats.limits import check
from sayso.reading.formats.source import File, Raw, error
from sayso.reading.formats.text import read_words
from sayso.reading.problem import Problem

if TYPE_CHECKING:
    from pypdf import PageObject

LOCKED = error("locked file", "it is locked with a password; print or save it as a PDF without one")
SCANNED = error(
    "no text layer",
    "it holds pictures of text only: add a text layer by OCR (as with 'ocrmypdf in.pdf out.pdf'), "
    "or save its text as .txt",
)
# Glyphs without a known letter: private characters, and names or numbers in their place.
UNKNOWN = re.compile(r"[\ufffd\ue000-\uf8ff]|\(cid:\d+\)|/g(?:lyph|id)?\d+|/G[0-9A-F]{2}\b")
LIGATURES = {code: normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
MOST_NAMED = 10


def read_pdf(file: File) -> Iterator[Raw | Problem]:
    """Return the article of a PDF, or those of a download."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what matters is told in notes
    with file.open() as data:
        reader, locked = PdfReader(data), True
        with suppress(DependencyError):
            locked = reader.is_encrypted and not reader.decrypt("")
        if locked:
            yield LOCKED
            return
        check("pages", len(reader.pages), "it has more than {} pages")
        pages: list[list[Line]] = []
        problems = []
        for number, page in enumerate(reader.pages, start=1):
            try:
                pages.append(_lines(page))
            except Exception as fault:
                # A PDF may be broken in countless ways; one page must not cost the others.
                pages.append([])
                message = f"page {number} cannot be read ({type(fault).__name__}: {fault})"
                problems.append(error("unreadable page", f"{message}; save the PDF anew"))
    if not any(pages):
        yield problems[0] if problems else SCANNED
        return
    lines, left_out = without_furniture(pages)
    text = "\n\n".join(join_paragraphs(lines)).translate(LIGATURES)
    problems += _doubts(text, pages, left_out)
    yield from read_words(text, tuple(problems))


def _lines(page: PageObject) -> list[Line]:
    """Return a page's lines in the order in which they are written, and where each begins."""
    lines: list[Line] = []
    parts: list[str] = []
    at: tuple[float, float, float] | None = None

    def end() -> None:
        nonlocal at
        if text := " ".join("".join(parts).split()):
            lines.append(Line(text, *at))
        parts.clear()
        at = None

    def visit(text: str, cm: list[float], tm: list[float], _font, size: float) -> None:
        nonlocal at
        for index, piece in enumerate(text.split("\n")):
            if index:
                end()
            if piece.strip() and at is None:
                x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
                y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                at = (x, y, abs(size * (tm[3] or tm[1]) * (cm[3] or cm[1])))
            parts.append(piece)

    page.extract_text(visitor_text=visit)
    end()
    return lines


def _doubts(text: str, pages: list[list[Line]], left_out: list[str]) -> list[Problem]:
    """Return what to warn of: pages without text, letters that are not known, lines left out."""
    problems = []
    if empty := [str(number) for number, lines in enumerate(pages, start=1) if not lines]:
        told = ", ".join(empty[:MOST_NAMED]) + (", ..." if len(empty) > MOST_NAMED else "")
        message = f"no text is found on page {told}; if it is a picture of text, add it by OCR"
        problems.append(Problem("warning", "no text layer", message))
    if (unknown := len(UNKNOWN.findall(text))) > len(text) // 50:
        message = f"{unknown} characters have no letter in its fonts; add a text layer by OCR"
        problems.append(Problem("warning", "encoding", message))
    if left_out:
        told = "; ".join(f"'{line}'" for line in left_out[:MOST_NAMED])
        message = f"lines that stand at the edges of its pages were left out: {told}"
        problems.append(Problem("note", "page furniture", message))
    return problems
