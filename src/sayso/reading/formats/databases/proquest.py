"""ProQuest: text with a line of underscores between documents and labelled parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from sayso.reading.formats.databases.found import Found
from sayso.reading.formats.databases.labels import either, parts, split_label, words
from sayso.reading.formats.databases.paragraphs import Paragraph, to_lines, to_paragraphs

RULE = re.compile(r"^[ \t]*_{20,}[ \t]*$", re.M)
NUMBERED = re.compile(r"\w+ \d+ \w+ \d+")
LABELS = parts("proquest", "labels")
# What only ProQuest says of a document.
TELLING = ("id", "outlet", "url")
LINE = re.compile(
    rf"^(?:{either(lb for lb, part in LABELS.items() if part in ('id', 'text'))}) ?:", re.I | re.M
)
FEWEST_LABELS = 3
MOST_TRIED = 50


def is_proquest(text: str) -> bool:
    """Whether a text is a download of ProQuest."""
    rules = list(islice(RULE.finditer(text), MOST_TRIED))
    if not rules or not LINE.search(text):
        return False
    beginning = text if len(rules) < MOST_TRIED else text[: rules[-1].start()]
    return any(map(_is_document, _pieces(beginning)))


def read_proquest(text: str) -> Iterator[Found]:
    """Return the articles of a download of ProQuest."""
    return (_found(piece) for piece in _pieces(text) if _is_document(piece))


def _pieces(text: str) -> list[list[Paragraph]]:
    """Return the paragraphs between the lines of underscores; such a line may be a text's own."""
    pieces: list[list[Paragraph]] = []
    for part in RULE.split(text):
        piece = to_paragraphs(to_lines(part), _label)
        before, now = ({p.part for p in half} for half in (pieces[-1] if pieces else (), piece))
        # A rule cuts a document where the half above has its text, and not its end.
        if piece and "text" in before - now and before.isdisjoint(TELLING):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _label(line: str) -> tuple[str, str] | None:
    found = split_label(line)
    part = found and LABELS.get(found[0])
    return (part, found[1]) if part else None


def _is_document(piece: Sequence[Paragraph]) -> bool:
    found = [p.part for p in piece if p.part]
    told = any(part in TELLING for part in found)
    told = told or ("info" in found and ("text" in found or "abstract" in found))
    return told and len(found) >= FEWEST_LABELS


def _found(piece: Sequence[Paragraph]) -> Found:
    found = Found()
    begin = next((i for i, p in enumerate(piece) if p.part == "text"), len(piece))
    end = _text_end(piece, begin + 1)
    body = [piece[begin].value, *(p.text for p in piece[begin + 1 : end])] if begin < end else []
    if body and body[0].strip(" .").casefold() not in words("proquest", "missing"):
        found.body = body
    around = [*piece[:begin], *piece[end:]]
    for paragraph in around:
        found.tell(paragraph.part, paragraph.value)
    info = next((p.value for p in around if p.part == "info"), "")
    first = next((p.text for p in piece if not p.part and not NUMBERED.fullmatch(p.text)), "")
    found.tell("headline", first)
    # 'The Business Times ; Singapore [Singapore]24 May 2012.'
    found.outlet = (found.outlet or info).split(";")[0].strip()
    found.tell("date", info[info.rfind("]") + 1 :].rpartition(";")[2].strip(" ."))
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
