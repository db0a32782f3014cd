"""Nexis: documents that begin with '1 of 10 DOCUMENTS', as TXT, RTF and DOC have them.

A document has a head (outlet, date, headline, labels such as 'LENGTH: 355 words'), a text, and a
tail of labels and rights. Neither is told by a single line: articles quote such lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, islice, takewhile

from sayso.reading.formats.databases.dates import is_date_line
from sayso.reading.formats.databases.found import LEAST, Found, articles
from sayso.reading.formats.databases.labels import (
    LONGEST_LABEL,
    alternatives,
    fields,
    is_rights,
    length_pattern,
    says,
    split_label,
    stated_length,
    words,
)
from sayso.reading.formats.databases.paragraphs import (
    Paragraph,
    is_wrapped,
    to_lines,
    to_paragraphs,
)
from sayso.reading.formats.source import Raw
from sayso.reading.problem import Problem

# Outlet, headline and rights may stand before the date.
DATE_WITHIN = 8
COVER_WITHIN = 40
MOST_CAPTIONS = 12
MOST_STARTS = 20
LONGEST_START = 60
HEAD = 4000
# A label whose word is not known, where its layout tells it.
FIELD = "field"
HEAD_PARTS = frozenset([*fields("nexis", "head").values(), FIELD])
TAIL = frozenset([*fields("nexis", "tail").values(), FIELD])
LABELS = fields("nexis", "head") | fields("nexis", "tail")
LENGTHS = tuple(label for label, part in LABELS.items() if part == "length")
# Parts of a tail that stand once, and parts whose values run over several paragraphs.
SINGLE = ("language", "load_date", "publication_type")
RUNNING = ("graphic", "subject", "organization", "company", "person", "geographic", "industry")
# A file that holds one document may have no number: labels tell it.
FEWEST_LABELS = 3


@cache
def start_pattern() -> re.Pattern[str]:
    """Return the pattern of the line that begins a document."""
    documents, of = alternatives("nexis", "documents"), alternatives("nexis", "of")
    numbers = rf"\d{{1,6}} (?:{of}) \d{{1,6}}"
    line = rf"(?:FOCUS - ?)?(?:{numbers} (?:{documents})|(?:{documents}) {numbers})"
    return re.compile(rf"^[ \t\f\u00a0\ufeff]*{line}[ \t\u00a0]*$", re.I | re.M)


def is_nexis(text: str) -> bool:
    """Whether a text is a download of Nexis in its old layout."""
    if not says(text, words("nexis", "documents")) and not says(text, LENGTHS):
        return False
    for start in islice(start_pattern().finditer(text), MOST_STARTS):
        if _begins(text[start.end() : start.end() + HEAD]):
            return True
    if _length_line().search(text) is None:
        return False
    found = {label[0] for label in map(raised_label, text.split("\n")) if label} - {"other"}
    return len(found) > FEWEST_LABELS and not found.isdisjoint(TAIL)


def _begins(text: str) -> bool:
    """Whether a document begins: a date and labels follow."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    dated = any(is_date_line(line) for line in lines[:DATE_WITHIN])
    labels = [label[0] for label in map(raised_label, lines) if label]
    return dated and any(label != "other" for label in labels)


@cache
def _length_line() -> re.Pattern[str]:
    labels = "|".join(label.upper() for label in LENGTHS)
    return re.compile(rf"^(?:{labels}) ?: ?{length_pattern().pattern}[ \t\r]*$", re.M | re.I)


def raised_label(line: str) -> tuple[str, str] | None:
    """Return the part of a document that a line's label stands before, and what follows it.

    Labels stand in capitals; one that is not known is 'other'.
    """
    if not line[:1].isupper() or ":" not in line[: LONGEST_LABEL + 2]:
        return None
    found = split_label(line, raised=True)
    return found and (part_of(*found), found[1])


def part_of(label: str, value: str) -> str:
    """Return the part of a document that a label in small letters stands before."""
    known = LABELS.get(label)
    return known or ("other" if stated_length(value) is None else "length")


def read_nexis(text: str) -> Iterator[Raw | Problem]:
    """Return the articles of a download of Nexis in its old layout."""
    lines = to_lines(text)
    found = list(to_paragraphs(lines, is_wrapped(lines), raised_label))
    starts = _starts(found)
    ends = [*starts[1:], len(found)]
    return read_documents([found[one:two] for one, two in zip(starts, ends, strict=True)])


def read_documents(documents: Sequence[Sequence[Paragraph]]) -> Iterator[Raw | Problem]:
    """Return the articles of a download, given the paragraphs of each document."""
    failed = [number for number, one in enumerate(documents, start=1) if _has_failed(one)]
    yield from articles(_document(one) for one in documents if not _has_failed(one))
    if failed:
        what = f"{len(failed)} of {len(documents)} documents hold an error page of the database"
        told = ", ".join(map(str, failed[:MOST_STARTS]))
        yield Problem("warning", "error page", f"{what} (number {told}); download them again")


def is_start(paragraph: Paragraph) -> bool:
    """Whether a paragraph says '1 of 10 DOCUMENTS'."""
    return len(paragraph.text) < LONGEST_START and bool(start_pattern().fullmatch(paragraph.text))


def _starts(found: Sequence[Paragraph]) -> list[int]:
    """Return where documents begin; a text may quote such a line, without date and labels."""
    said = [index for index, paragraph in enumerate(found) if is_start(paragraph)]
    if said:
        return [index for index in said if index == said[0] or _is_begun(found, index)]
    cover = [index for index, one in enumerate(found[:COVER_WITHIN]) if _is_cover(one)]
    return [cover[-1] + 1 if cover else 0]


def _is_begun(found: Sequence[Paragraph], index: int) -> bool:
    before = found[index - 1]
    if is_start(before) or is_rights(before.text) or before.part in TAIL:
        return True
    after = found[index + 1 : index + 1 + DATE_WITHIN]
    after = takewhile(lambda paragraph: not is_start(paragraph), after)
    return any(is_date_line(paragraph.text) for paragraph in after)


def _has_failed(document: Sequence[Paragraph]) -> bool:
    told = " ".join(paragraph.text[:HEAD] for paragraph in document[:DATE_WITHIN]).casefold()
    return any(error in told for error in words("nexis", "error"))


def _is_cover(paragraph: Paragraph) -> bool:
    label = split_label(paragraph.text)
    return label is not None and label[0] in words("nexis", "cover")


def _document(document: Sequence[Paragraph]) -> Found:
    rest = [paragraph for paragraph in document if not is_start(paragraph)]
    found = Found()
    index = _read_labels(rest, _read_headline(rest, _read_date(rest, found), found), found)
    tail = find_tail(rest, index, found.length)
    begin = [rest[index - 1].value] if index and rest[index - 1].part == "text" else []
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
    found.date = rest[dated].text
    # The edition stands in the lines below the date.
    block, centred = rest[dated].block, rest[dated].centred
    lines = takewhile(lambda p: p.block == block and not p.part, rest[dated + 1 :])
    index = dated + 1 + len(list(lines))
    headline = index < len(rest) and (centred or rest[index].part is None)
    return index if headline else dated + 1


def _read_headline(rest: Sequence[Paragraph], index: int, found: Found) -> int:
    """Read the headline; return where the labels begin."""
    within = range(index, min(len(rest), index + DATE_WITHIN))
    first = next((i for i in within if _is_label(rest, i, index)), None)
    if first is None:
        # No label follows: one paragraph, at most, is a headline.
        first = index + (found.headline is None and index + 1 < len(rest))
    lines = [p.text for p in rest[index:first] if not is_rights(p.text) and not p.centred]
    if len(lines) > 1 and _is_edition(lines[0]):
        lines = lines[1:]
    found.headline = " ".join(lines) or found.headline
    return first


def _is_label(rest: Sequence[Paragraph], index: int, begin: int) -> bool:
    """Whether a paragraph is a label of the head; a headline may look like one, too."""
    part = rest[index].part
    again = any(later.part == part for later in rest[index + 1 : index + 1 + DATE_WITHIN])
    return part in HEAD_PARTS and not (index == begin and again)


def _is_edition(text: str) -> bool:
    said = text.casefold().split()
    return len(said) < 7 and any(word.strip(",;") in words("nexis", "editions") for word in said)


def _read_labels(rest: Sequence[Paragraph], index: int, found: Found) -> int:
    """Read the labels of the head; return where the text begins."""
    names = {"byline": "author", "url": "url", "headline": "headline"}
    while index < len(rest):
        part, value = rest[index].part, rest[index].value
        captions = part == "graphic" and found.length is not None
        # The length is the last label but a few: what stands before it is none of the text.
        ahead = found.length is None and any(
            p.part == "length" for p in rest[index + 1 : index + 5]
        )
        if not (part in HEAD_PARTS or captions or ahead or is_rights(rest[index].text)):
            break
        if part == "length":
            found.length = stated_length(value)
        elif part in names:
            setattr(found, names[part], value or getattr(found, names[part]))
        index += 1
        if part == "text":
            break
    return index


def _length_follows(rest: Sequence[Paragraph], index: int) -> bool:
    return any(paragraph.part == "length" for paragraph in rest[index + 1 : index + 5])


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
        if rest[index].part in TAIL:
            short = counts[index - head] < LEAST * (length or 0) <= counts[cut - head]
            if loose and (short or not _may_run(rest, index)):
                break
            cut, loose = index, 0
        elif rest[index].part != "other" and not is_rights(rest[index].text):
            loose += 1
            if loose > MOST_CAPTIONS:
                break
    # 'LANGUAGE: English lessons' may be the last line of the text: it comes again below.
    last = {paragraph.part: index for index, paragraph in enumerate(rest)}
    again = [i for i in range(cut, len(rest)) if rest[i].part in SINGLE and last[rest[i].part] > i]
    return max(again, default=cut - 1) + 1


def _may_run(rest: Sequence[Paragraph], index: int) -> bool:
    """Whether the paragraphs below a label may belong to it."""
    part = rest[index].part
    return part == "graphic" or (part in RUNNING and index > 0 and rest[index - 1].part in TAIL)
