"""ProQuest: text with a line of underscores between documents and labelled parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from sayso.reading.formats.databases.found import Found, articles
from sayso.reading.formats.databases.labels import fields, split_label, words
from sayso.reading.formats.databases.paragraphs import (
    Paragraph,
    is_wrapped,
    to_lines,
    to_paragraphs,
)
from sayso.reading.formats.source import Raw
from sayso.reading.problem import Problem

SHORTEST_RULE = "_" * 20
RULE = re.compile(r"^[ \t]*_{20,}[ \t\r]*$", re.M)
NUMBERED = re.compile(r"\w+ \d+ \w+ \d+")
LABELS = fields("proquest", "labels")
# What only ProQuest says of a document.
TELLING = ("id", "outlet", "url")
FEWEST_LABELS = 3
MOST_TRIED = 50
NAMES = {"title": "headline", "author": "author", "outlet": "outlet", "date": "date", "url": "url"}


@cache
def _telling() -> re.Pattern[str]:
    labels = sorted(label for label, part in LABELS.items() if part in ("id", "full_text"))
    return re.compile(rf"^(?:{'|'.join(map(re.escape, labels))}) ?:", re.I | re.M)


def is_proquest(text: str) -> bool:
    """Whether a text is a download of ProQuest."""
    if SHORTEST_RULE not in text or not RULE.search(text) or not _telling().search(text):
        return False
    rules = list(islice(RULE.finditer(text), MOST_TRIED))
    beginning = text if len(rules) < MOST_TRIED else text[: rules[-1].start()]
    return any(_is_document(piece) for piece in _pieces(beginning))


def read_proquest(text: str) -> Iterator[Raw | Problem]:
    """Return the articles of a download of ProQuest."""
    return articles(_found(piece) for piece in _pieces(text) if _is_document(piece))


def _pieces(text: str) -> list[list[Paragraph]]:
    """Return the paragraphs between the lines of underscores; such a line may be a text's own."""
    pieces: list[list[Paragraph]] = []
    for part in RULE.split(text):
        lines = to_lines(part)
        piece = list(to_paragraphs(lines, is_wrapped(lines), _label))
        if pieces and _is_cut(pieces[-1], piece):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _label(line: str) -> tuple[str, str] | None:
    found = split_label(line)
    part = found and LABELS.get(found[0])
    return (part, found[1]) if part else None


def _is_cut(before: Sequence[Paragraph], piece: Sequence[Paragraph]) -> bool:
    """Whether a line of underscores cuts a document: the first half has its text, not its end."""
    first, second = ({p.part for p in half} for half in (before, piece))
    whole = not first.isdisjoint(TELLING)
    return "full_text" in first and not whole and "full_text" not in second and bool(piece)


def _is_document(piece: Sequence[Paragraph]) -> bool:
    parts = [p.part for p in piece if p.part]
    texts = "full_text" in parts or "abstract" in parts
    telling = any(part in TELLING for part in parts)
    return len(parts) >= FEWEST_LABELS and (telling or (texts and "info" in parts))


def _found(piece: Sequence[Paragraph]) -> Found:
    found = Found()
    begin = next((i for i, p in enumerate(piece) if p.part == "full_text"), None)
    end = begin
    if begin is not None:
        end = _text_end(piece, begin + 1)
        body = [piece[begin].value, *(p.text for p in piece[begin + 1 : end])]
        missing = body[0].strip(" .").casefold() in words("proquest", "missing")
        found.body = [] if missing else body
    around = [p for i, p in enumerate(piece) if begin is None or not begin <= i < end]
    for paragraph in around:
        if name := NAMES.get(paragraph.part or ""):
            setattr(found, name, getattr(found, name) or paragraph.value or None)
    info = next((p.value for p in around if p.part == "info"), "")
    first = next((p.text for p in piece if not p.part and not NUMBERED.fullmatch(p.text)), None)
    found.headline = found.headline or first
    found.outlet = (found.outlet or info).split(";")[0].strip() or None
    found.date = found.date or _date_in(info)
    return found


def _text_end(piece: Sequence[Paragraph], begin: int) -> int:
    """Return where a text ends: at the first label that others follow, or nothing.

    A text may quote a label ('Subject: ...'), go on, and come to the label itself.
    """
    last = {p.part: index for index, p in enumerate(piece) if p.part != "other"}
    for index in range(begin, len(piece)):
        after = piece[index + 1 : index + 3]
        again = last.get(piece[index].part, index) > index
        if piece[index].part and not again and all(p.part or split_label(p.text) for p in after):
            return index
    return len(piece)


def _date_in(info: str) -> str | None:
    """Return the date at the end of 'The Business Times ; Singapore [Singapore]24 May 2012.'."""
    return info[info.rfind("]") + 1 :].rpartition(";")[2].strip(" .") or None
