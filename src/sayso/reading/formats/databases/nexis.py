"""Nexis: documents that begin with '1 of 10 DOCUMENTS', as TXT, RTF and DOC have them.

A document has a head (outlet, date, headline, labels such as 'LENGTH: 355 words'), a text, and a
tail of labels and rights. Neither is told by a single line: articles quote such lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice, pairwise, takewhile

from sayso.reading.formats.databases.found import LEAST, Found
from sayso.reading.formats.databases.labels import (
    LENGTH,
    LONGEST_LABEL,
    either,
    is_date_line,
    is_rights,
    parts,
    split_label,
    stated_length,
    words,
)
from sayso.reading.formats.databases.paragraphs import Paragraph, to_lines, to_paragraphs

# Outlet, headline and rights may stand before the date.
DATE_WITHIN = 8
COVER_WITHIN = 40
# The length is one of the last labels.
LENGTH_WITHIN = 5
MOST_CAPTIONS = 60
MOST_TRIED = 20
LONGEST_START = 60
LONGEST_EDITION = 6
HEAD = 4000
# A file that holds one document may have no number: labels tell it.
FEWEST_LABELS = 3
LABELS = parts("nexis", "head") | parts("nexis", "tail")
# A label whose word is not known, where its layout tells it.
FIELD = "field"
HEAD_PARTS = frozenset([*parts("nexis", "head").values(), FIELD])
TAIL = frozenset([*parts("nexis", "tail").values(), "classification", FIELD])
# Parts of a tail that stand once.
SINGLE = ("language", "load_date", "publication_type")
DOCUMENTS = either(words("nexis", "documents"))
NUMBERS = rf"\d{{1,6}} (?:{either(words('nexis', 'of'))}) \d{{1,6}}"
# The line that begins a document.
START = re.compile(
    rf"^[ \t\f\u00a0\ufeff]*(?:FOCUS - ?)?"
    rf"(?:{NUMBERS} (?:{DOCUMENTS})|(?:{DOCUMENTS}) {NUMBERS})[ \t\u00a0]*$",
    re.I | re.M,
)
LENGTH_LINE = re.compile(
    rf"^(?:{either(words('nexis', 'head', 'length'))}) ?: ?{LENGTH.pattern}[ \t]*$", re.M | re.I
)


def is_nexis(text: str) -> bool:
    """Whether a text is a download of Nexis in its old layout."""
    for start in islice(START.finditer(text), MOST_TRIED):
        lines = text[start.end() : start.end() + HEAD].splitlines()
        lines = [line.strip() for line in lines if line.strip()]
        if any(map(is_date_line, lines[:DATE_WITHIN])) and _labels(lines):
            return True
    if not LENGTH_LINE.search(text):
        return False
    found = _labels(text.split("\n"))
    return len(found) > FEWEST_LABELS and not found.isdisjoint(TAIL)


def _labels(lines: Sequence[str]) -> set[str]:
    """Return the parts before which known labels stand."""
    return {label[0] for label in map(_label, lines) if label} - {"other"}


def _label(line: str) -> tuple[str, str] | None:
    """Return the part of a document that a line's label stands before, and what follows it.

    Labels stand in capitals; one that is not known is 'other'.
    """
    if not line[:1].isupper() or ":" not in line[: LONGEST_LABEL + 2]:
        return None
    found = split_label(line, raised=True)
    return found and (part_of(*found), found[1])


def part_of(label: str, value: str) -> str:
    """Return the part of a document that a label in small letters stands before."""
    return LABELS.get(label) or ("other" if stated_length(value) is None else "length")


def read_nexis(text: str) -> Iterator[Found]:
    """Return the articles of a download of Nexis in its old layout."""
    found = to_paragraphs(to_lines(text), _label)
    return (read_document(found[one:two]) for one, two in pairwise([*_starts(found), len(found)]))


def _is_start(paragraph: Paragraph) -> bool:
    return len(paragraph.text) < LONGEST_START and bool(START.fullmatch(paragraph.text))


def _starts(found: Sequence[Paragraph]) -> list[int]:
    """Return where documents begin; a text may quote such a line, without date and labels."""
    said = [index for index, paragraph in enumerate(found) if _is_start(paragraph)]
    if said:
        return [index for index in said if index == said[0] or _is_begun(found, index)]
    cover = (index for index, one in enumerate(found[:COVER_WITHIN], start=1) if is_cover(one))
    return [max(cover, default=0)]


def _is_begun(found: Sequence[Paragraph], index: int) -> bool:
    before = found[index - 1]
    if _is_start(before) or is_rights(before.text) or before.part in TAIL:
        return True
    after = found[index + 1 : index + 1 + DATE_WITHIN]
    return any(is_date_line(p.text) for p in takewhile(lambda p: not _is_start(p), after))


def is_cover(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a line of a cover page."""
    label = split_label(paragraph.text)
    return label is not None and label[0] in words("nexis", "cover")


def read_document(document: Sequence[Paragraph]) -> Found:
    """Return the article of a document, given its paragraphs."""
    found = Found()
    told = " ".join(paragraph.text[:HEAD] for paragraph in document[:DATE_WITHIN]).casefold()
    if any(error in told for error in words("nexis", "error")):
        found.failed = True
        return found
    rest = [paragraph for paragraph in document if not _is_start(paragraph)]
    index = _read_labels(rest, _read_headline(rest, _read_date(rest, found), found), found)
    begin = [rest[index - 1].value] if index and rest[index - 1].part == "text" else []
    tail = find_tail(rest, index, stated_length(found.length))
    found.body = [*begin, *(paragraph.text for paragraph in rest[index:tail])]
    return found


def _read_date(rest: Sequence[Paragraph], found: Found) -> int:
    """Read what stands before the date, and the date; return where the headline may begin."""
    dated = next((i for i, p in enumerate(rest[:DATE_WITHIN]) if is_date_line(p.text)), None)
    before = [p for p in rest[: dated or 0] if not is_rights(p.text)]
    if before:
        found.outlet = before[0].text
        found.headline = " ".join(p.text for p in before[1:] if p.part is None) or None
    if dated is None:
        return 0
    date = rest[dated]
    found.date = date.text
    # The edition stands in the lines below the date.
    lines = takewhile(lambda p: p.block == date.block and not p.part, rest[dated + 1 :])
    index = dated + 1 + len(list(lines))
    headline = index < len(rest) and (date.centred or rest[index].part is None)
    return index if headline else dated + 1


def _read_headline(rest: Sequence[Paragraph], index: int, found: Found) -> int:
    """Read the headline; return where the labels begin."""
    within = range(index, min(len(rest), index + DATE_WITHIN))
    first = next((i for i in within if _is_label(rest, i, index)), None)
    if first is None:
        # No label follows: one paragraph, at most, is a headline.
        first = index + (found.headline is None and index + 1 < len(rest))
    lines = [p.text for p in rest[index:first] if not is_rights(p.text) and not p.centred]
    said = lines[0].casefold().split() if len(lines) > 1 else []
    editions = words("nexis", "editions")
    if len(said) <= LONGEST_EDITION and any(word.strip(",;") in editions for word in said):
        lines = lines[1:]
    found.headline = " ".join(lines) or found.headline
    return first


def _is_label(rest: Sequence[Paragraph], index: int, begin: int) -> bool:
    """Whether a paragraph is a label of the head; a headline may look like one, too."""
    part = rest[index].part
    again = any(later.part == part for later in rest[index + 1 : index + 1 + DATE_WITHIN])
    return part in HEAD_PARTS and not (index == begin and again)


def _read_labels(rest: Sequence[Paragraph], index: int, found: Found) -> int:
    """Read the labels of the head; return where the text begins."""
    while index < len(rest):
        paragraph = rest[index]
        is_head = paragraph.part in HEAD_PARTS or is_rights(paragraph.text)
        if found.length:
            is_head = is_head or paragraph.part == "graphic"
        elif not is_head:
            is_head = any(p.part == "length" for p in rest[index + 1 : index + LENGTH_WITHIN])
        if not is_head:
            break
        found.tell(paragraph.part, paragraph.value)
        index += 1
        if paragraph.part == "text":
            break
    return index


def find_tail(rest: Sequence[Paragraph], head: int, length: int | None = None) -> int:
    """Return where the tail begins, read from the end: labels, and rights.

    Captions and lists may run over several paragraphs, which a text that quotes 'GRAPHIC: ...' has
    below it, too: what would leave too few words of the stated ``length`` is no tail.
    """
    cut = len(rest)
    while cut > head and (rest[cut - 1].centred or is_rights(rest[cut - 1].text)):
        cut -= 1
    counts = [0, *accumulate(len(paragraph.text.split()) for paragraph in rest[head:cut])]
    loose = 0
    for index in range(cut - 1, head - 1, -1):
        part = rest[index].part
        if part in TAIL:
            runs = part == "graphic" or (part == "lists" and index and rest[index - 1].part in TAIL)
            short = counts[index - head] < LEAST * (length or 0) <= counts[cut - head]
            if not loose or (runs and not short):
                cut, loose = index, 0
            elif loose > 1:
                break
        elif part != "other" and not is_rights(rest[index].text):
            loose += 1
            if loose > MOST_CAPTIONS:
                break
    # 'LANGUAGE: English lessons' may be the last line of the text: it comes again below.
    last = {paragraph.part: index for index, paragraph in enumerate(rest)}
    again = [i for i in range(cut, len(rest)) if rest[i].part in SINGLE and last[rest[i].part] > i]
    return max(again, default=cut - 1) + 1
