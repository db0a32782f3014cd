"""Datelines: the place, date and agency with which a news text begins.

Newsrooms write them in many ways, and this module reads their shapes, not a list of places::

    BRUSSELS, July 5. /TASS/.          WASHINGTON (AP) —          Jan. 26, 2019 (EIRNS)—
    COLUMBIA, S.C. -                   NEW DELHI:                 London, 5 March 2020 –
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.lexicon.files import load_toml
from sayso.text.spans import Span

_MONTH = (
    r"Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
)
MONTH = rf"(?:{_MONTH}|{_MONTH.upper()})"
WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day|\.)?)"
YEAR = r"(?:1[89]|20)\d\d"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = (
    rf"(?:{WEEKDAY},? )?(?:{MONTH} {DAY}(?:,? {YEAR})?|{DAY} {MONTH}(?:,? {YEAR})?"
    rf"|{YEAR}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]{YEAR})"
)

CAPITALS = "A-ZÀ-ÖØ-Þ"
CAPITAL = f"[{CAPITALS}]"
WORD = rf"(?:{CAPITAL}[\w'’.-]*)"
LINK = r"(?:of|the|de|del|della|da|do|dos|la|le|al|el|upon|on|sur|am|an|der|and|und|im|in)"
PART = rf"{WORD}(?: (?:{LINK} ){{0,2}}{WORD}){{0,4}}"
SHOUTED = rf"{CAPITAL}[{CAPITALS}'’.-]+(?: {CAPITAL}[{CAPITALS}'’.-]*){{0,4}}"
PLACE = rf"{PART}(?: ?/ ?{PART})*(?:, (?!{DATE}){PART}){{0,2}}"
SHOUTED_PLACE = rf"{SHOUTED}(?: ?/ ?{SHOUTED})*(?:, (?!{DATE}){PART}){{0,2}}"

DASH = r"(?:—|–|--?|―|_)"
# An agency is named in brackets or between slashes: short, and without verbs.
AGENCY_NAME = r"(?![A-Z]-)[A-Z][\w.&'-]*(?:[ /][A-Z][\w.&'!-]*){0,3}"
BRACKETS = rf"\((?P<agency>{AGENCY_NAME}|[a-z]{{2,5}})\)"
SLASHES = r"/(?P<agency>[A-Za-z][\w .&-]{1,30}?)/"
START = rf"(?=\s*[\"“‘«'(\[]?(?:[{CAPITALS}0-9$€£]|[a-z]+[A-Z]))"

# From the surest to the least sure; the first that matches is taken.
SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"(?:(?P<place>{PLACE})[.,] )?(?:(?P<date>{DATE})[.,]? ?)?{SLASHES}(?: ?{DASH}|\.|:)?",
        rf"(?:(?P<place>{PLACE})[.,]? )?(?:(?P<date>{DATE})[.,]? )?{BRACKETS} ?(?:{DASH}|:){START}",
        rf"(?P<place>{PLACE})[.,] (?P<date>{DATE})[.,]? \([^()]{{2,40}}\) ?(?:{DASH}|[.:]){START}",
        rf"(?:(?P<place>{PLACE})[.,]? )?(?:(?P<date>{DATE})[.,]? )?"
        rf"\((?P<agency>[A-Z]{{2,6}})\)(?=[A-Z“\"])",
        rf"(?P<place>{PLACE})[.,] (?P<date>{DATE})\.? ?(?:{DASH}|:)",
        rf"(?P<place>{PLACE}) ?{DASH} ?(?P<date>{DATE}) ?(?:{DASH}|:)",
        rf"(?P<date>{DATE}) ?(?:{DASH}|:){START}",
        rf"(?P<place>{SHOUTED_PLACE})[.,] (?P<date>{DATE})\.(?= [A-Z“\"])",
        rf"(?P<place>{SHOUTED_PLACE}) ?(?:—|–|--|―){START}",
        rf"(?P<place>{SHOUTED_PLACE}) - {START}",
        rf"(?P<place>{SHOUTED_PLACE}):(?P<speech>) {START}",
        rf"(?P<place>{PLACE}) (?:—|–|--) {START}",
    )
)
DATE_LINE = re.compile(
    r"(?:(?:(?:first|last) )?(?:published|posted|updated|modified|date|created)\b[^\d\n]{0,20})?"
    rf"(?P<date>{DATE})"
    r"(?:[ ,|·•@-]+(?:at )?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{2,4})?)?\.?"
    r"(?: ?[|·•] ?.{1,30})?",
    re.IGNORECASE,
)
TRANSCRIPT = re.compile(rf"^\s*{SHOUTED}: ", re.MULTILINE)
LONGEST = 110


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline and its parts, each a span of the text or null."""

    start: int
    end: int
    place: Span | None = None
    date: Span | None = None
    agency: Span | None = None


def find_dateline(text: str, start: int, end: int) -> Dateline | None:
    """Return the dateline with which a paragraph begins, or None if it holds nothing else."""
    for shape in SHAPES:
        match = shape.match(text, start, min(end, start + LONGEST))
        if match and match.end() < end and _is_dateline(text, match):
            stop = start + len(match.group().rstrip())
            date, agency = _group(match, "date"), _group(match, "agency")
            return Dateline(start, stop, _place(match), date, agency)
    return None


def find_date_line(text: str, start: int, end: int) -> Span | None:
    """Return the span of the date in a line that holds nothing else, or None."""
    if end - start > LONGEST:
        return None
    match = DATE_LINE.fullmatch(text, start, end)
    return match.span("date") if match else None


def _group(match: re.Match, name: str) -> Span | None:
    return None if match.groupdict().get(name) is None else match.span(name)


def _place(match: re.Match) -> Span | None:
    """Return the place, without the full stop after it in 'VIENNA. March 5 (APA) -'."""
    span = _group(match, "place")
    if span is None or not re.search(r"(?<![A-Z.])[^\W\d_]{4,}\.$", match["place"]):
        return span
    return (span[0], span[1] - 1) if match["place"].isupper() else span


def _is_dateline(text: str, match: re.Match) -> bool:
    """Tell a place from a label ('EXCLUSIVE –') and from a speaker in a transcript ('SMITH:')."""
    groups = match.groupdict()
    if not (place := groups.get("place")):
        return True
    labels = load_toml("page.toml")["dateline"]["not_places"]
    if place.casefold().rstrip(".") in labels or place.split()[0].casefold() in labels:
        return False
    return "speech" not in groups or len(TRANSCRIPT.findall(text)) == 1
