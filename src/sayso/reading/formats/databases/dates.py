"""Days of publication as databases write them, in the languages of their pages."""

from __future__ import annotations

import re
from functools import cache

from sayso.article import Published
from sayso.lexicon.files import load_toml
from sayso.reading.formats.databases.labels import FILE, words
from sayso.reading.stated import read_date

YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)(?!\d)"
DAY = r"(?P<day>\d{1,2})"
YEARS = re.compile(r"\d{4}")
LONGEST_DATE = 120
# 'Friday, Late Edition - Final; Correction Appended', and no more.
MOST_AFTER = 9


@cache
def _months() -> dict[str, int]:
    months = load_toml(FILE)["months"]
    return {name: int(number) for number, names in months.items() for name in names}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(_months(), key=lambda name: (-len(name), name)))
    month = rf"(?P<month>{names})\b\.?"
    written = (
        rf"\b{month} ?{DAY}(?:st|nd|rd|th)?,? (?:[^\W\d]+,? )?{YEAR}",
        rf"\b{DAY}(?:\.|st|nd|rd|th|er)? ?(?:de |of )?{month},? (?:de |del )?{YEAR}",
        rf"\b(?P<year>(?:1[6-9]|20)\d\d)-(?P<month>\d\d)-{DAY}\b",
        rf"(?P<year>(?:1[6-9]|20)\d\d) ?年 ?(?P<month>\d{{1,2}}) ?月 ?{DAY} ?日",
        rf"\b{month},? (?:de )?{YEAR}",
    )
    return tuple(re.compile(pattern, re.I) for pattern in written)


def find_date(text: str) -> re.Match[str] | None:
    """Return the first day (or month) in the beginning of a text."""
    beginning = " ".join(text[:LONGEST_DATE].split())
    found = (pattern.search(beginning) for pattern in _patterns())
    return next((match for match in found if match), None)


def is_date_line(text: str) -> bool:
    """Whether a line is a date, with the weekday, the edition or the time of day at most.

    A date may follow a weekday ('mardi 14 mars 2006'), not a sentence.
    """
    text = text.strip()
    if not 6 < len(text) <= LONGEST_DATE or not text[0].isalnum() or not YEARS.search(text):
        return False
    match = find_date(text)
    if match is None:
        return False
    before = match.string[: match.start()].strip(" ,.").casefold()
    after = match.string[match.end() :].split()
    return (not before or before in words("weekdays", "names")) and len(after) <= MOST_AFTER


def published(text: str | None) -> tuple[Published | None, str | None]:
    """Return the date that a database gives, and what is wrong with it (null: nothing)."""
    text = " ".join((text or "").split())
    if not text:
        return None, None
    match = find_date(text)
    date, _ = read_date(_iso(match) if match else text)
    if date is None:
        return None, f"its date '{text[:LONGEST_DATE]}' cannot be read; give it in articles.csv"
    return date, None


def _iso(match: re.Match[str]) -> str:
    found = match.groupdict()
    month = found["month"].casefold()
    number = int(month) if month.isdigit() else _months()[month]
    day = f"-{int(found['day']):02}" if found.get("day") else ""
    return f"{found['year']}-{number:02}{day}"
