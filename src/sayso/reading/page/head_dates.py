"""The dates that the lines around an article state, and what each is the date of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from sayso.reading.stated import Stated, find_stated
from sayso.text.spans import Span

PUBLISHED = re.compile(r"publi(?:shed|cation)|posted|first|created|issued|released|filed", re.I)
# A version of an article is printed days after the article is published.
UPDATED = re.compile(
    r"updated?|modified|revised|edited|last\b|amended|corrected|refreshed|\bversion\b|in print\b",
    re.I,
)
PRINTED = re.compile(
    r"\b(?:published (?:in|by)|(?:appeared|printed) (?:in|on))\b|\bsource\b|©|copyright", re.I
)
# So far before a date stands what it is the date of.
REACH = 40
TO = re.compile(r"\s*(?:-|–|—|to|until)\s*")
AMERICAN = re.compile(r"(?:0?[1-9]|1[0-2])\.(?:0?[1-9]|1[0-2])\.\d{4} +\d\d?:\d\d ?[AP]M\b")
DIGIT = re.compile(r"\d")
DAY = re.compile(r"(?:\d{4}|XXXX)-\d\d-\d\d")


class Of(IntEnum):
    """What a date is the date of, from the best evidence of publication to none."""

    PUBLISHED = 0
    UNTOLD = 1
    DATELINE = 2
    PRINTED = 3
    UPDATED = 9


@dataclass(frozen=True, slots=True)
class HeadDate(Stated):
    """A day that a line states, and what it is the day of."""

    of: Of = Of.UNTOLD


def find_head_dates(text: str, lines: tuple[Span, ...], dateline: Span | None) -> list[HeadDate]:
    """Return the days that some lines and the dateline state, the best evidence first."""
    found, before = [], ""
    for start, end in lines:
        reached = start
        days = _days(text, start, end)
        if len(days) == 2 and TO.fullmatch(text[days[0].end : days[1].start]):
            continue  # the years of a life, or of an event
        for stated in days:
            before += text[reached : stated.start]
            found.append(_head_date(stated, _told(before[-REACH:])))
            before, reached = "", stated.end
        # 'Published' on a line of its own tells of the next; 'Updated at 5:20 pm' does not.
        left = text[reached:end]
        before = "" if DIGIT.search(left) else left + "\n"
    if dateline and not any(start <= dateline[0] < end for start, end in lines):
        found += [_head_date(stated, Of.DATELINE) for stated in _days(text, *dateline)]
    # A date that lacks its year, or may be one of two, is worth less than any that is whole.
    return sorted(found, key=lambda d: (d.of == Of.UPDATED, "XXXX" in (d.value or "XXXX"), d.of))


def find_days(text: str, lines: tuple[Span, ...]) -> set[str]:
    """Return the days with their years that some lines state."""
    dated = [span for span in lines if DIGIT.search(text, *span)]
    return {stated.value for span in dated for stated in _days(text, *span)}


def _days(text: str, start: int, end: int) -> list[Stated]:
    """Return the days that a stretch states, with their places in the text."""
    line = text[start:end]
    return [
        Stated(start + found.start, start + found.end, *_orders(found, line))
        for found in find_stated(line)
        if DAY.fullmatch(found.value) or found.candidates
    ]


def _orders(stated: Stated, line: str) -> tuple[str, tuple[str, ...]]:
    """Return what a date can be: '9.2.2021 10:15 AM' is no European's, who put the day first."""
    if stated.candidates or not AMERICAN.match(line, stated.start):
        return stated.value, stated.candidates
    year, month, day = stated.value.split("-")
    return f"{year}-{day}-{month}", ()


def _head_date(stated: Stated, of: Of) -> HeadDate:
    return HeadDate(stated.start, stated.end, stated.value, stated.candidates, of)


def _told(before: str) -> Of:
    """Return what a date is of, by the last word before it that tells."""
    words = [(m.end(), Of.PUBLISHED) for m in PUBLISHED.finditer(before)]
    words += [(m.end(), Of.UPDATED) for m in UPDATED.finditer(before)]
    words += [(m.end(), Of.PRINTED) for m in PRINTED.finditer(before)]
    return max(words, default=(0, Of.UNTOLD))[1]
