"""Dates as heads of articles, metadata, tables and news databases state them.

They are read by the grammar of :mod:`sayso.timex`. Before it reads a text, words that a page ran
together are taken apart, and dates in other languages are put into English.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate
from functools import cache
from typing import Any

from sayso.article import Published
from sayso.lexicon.files import load_toml
from sayso.text.spans import Span
from sayso.timex import Timex, find

PRECISIONS = ("day", "month", "year")
KINDS = frozenset({"day", "numeric", "month", "year"})
VALUE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?|XXXX-\d\d-\d\d")
TWO_DAYS = re.compile(r"\d{4}-XX-XX")
MEND = "write it as YYYY-MM-DD"
# How programs write that a cell holds nothing.
NOTHING = {"", "nan", "nat", "none", "null", "<na>", "n/a", "na", "-"}

MONTH_FIRST = re.compile(r"(?<!\d)\d{1,2}[/.-](?:1[3-9]|[23]\d)[/.-]\d")
ISO = re.compile(r"(\d{4})(?:[-/.](\d\d?)(?:[-/.](\d\d?)(?:[T ].*)?)?)?")
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4}(?:\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?")
EPOCH = re.compile(r"\d{10}(?:\d{3})?")
MAIL = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? ")

# Where a page has run two words together: '2021Published', 'Published4', 'UpdatedMarch'.
SEAM = r"(?<=\d)(?=[A-Z])|(?<=[a-z])(?=[A-Z\d])|(?<=[A-Z])(?=[A-Z][a-z]{2})|(?<=\d{4})(?=[a-z]{3})"
# And a year with the time or the counter behind it: '20219:14 AM', '20221,846'.
SEAM += r"|(?<=[\s,](?:19|20)\d\d)(?=\d{1,2}[:.]\d\d\b|\d{1,3},\d{3}\b)"
SEAM += r"|(?<=[A-Z])(?=\d\d? [A-Z][a-z]{2})"
CHINESE = r"(?P<cy>\d{4})\s*[年년]\s*(?P<cm>\d{1,2})\s*[月월]\s*(?P<cd>\d{1,2})\s*[日일]"


@dataclass(frozen=True, slots=True)
class Stated:
    """A date and where it stands in the text given.

    ``value`` is '2024-03-12', '2024-03' or '2024', 'XXXX-03-12' where no year is told, and '' where
    day and month cannot be told apart: then ``candidates`` are the two days, month first before day
    first.
    """

    start: int
    end: int
    value: str
    candidates: tuple[str, ...] = ()


def find_stated(text: str) -> list[Stated]:
    """Return the dates that a line of a head states, in order.

    Times, weekdays, bars and words run together with a date do no harm.

    Examples
    --------
    >>> [s.value for s in find_stated("Updated March 5, 2021Published 4 March 2021")]
    ['2021-03-05', '2021-03-04']
    >>> find_stated("03/04/2021")[0].candidates
    ('2021-03-04', '2021-04-03')
    """
    spelled, places = _in_english(text)
    stated = []
    for timex in find(spelled, kinds=KINDS):
        value, candidates = _told(timex, spelled)
        if value or candidates:
            start, end = places[timex.start][0], places[timex.end - 1][1]
            stated.append(Stated(start, end, value, candidates))
    return stated


def _told(timex: Timex, text: str) -> tuple[str, tuple[str, ...]]:
    """Return the date that an expression states, or else the two it may be."""
    value = timex.value.partition("T")[0]
    if VALUE.fullmatch(value):
        return value, ()
    if not TWO_DAYS.fullmatch(timex.value) or not timex.earliest or not timex.latest:
        return "", ()
    month = re.search(r"\d+", text[timex.start : timex.end]).group()
    days = sorted((timex.earliest, timex.latest), key=lambda day: day.month != int(month))
    return "", tuple(day.isoformat() for day in days)


def _in_english(text: str) -> tuple[str, list[Span]]:
    """Return a text for the grammar, and for each of its characters where it stands in the text."""
    written, places, reached = [], [], 0
    for match in _patterns().finditer(text):
        new = _english(match)
        written += [text[reached : match.start()], new]
        places += [(i, i + 1) for i in range(reached, match.start())]
        places += [match.span()] * len(new)
        reached = match.end()
    written.append(text[reached:])
    places += [(i, i + 1) for i in range(reached, len(text))]
    return "".join(written), places


def _english(match: re.Match[str]) -> str:
    """Return what a pattern found as the grammar knows it; a seam is a blank."""
    found = {name[:-1]: word for name, word in match.groupdict().items() if word}
    if match["cy"]:
        return f" {match['cy']}-{match['cm']:0>2}-{match['cd']:0>2} "
    names = _names()
    month = names.get(_plain(found["month"]), "") if "month" in found else ""
    weekday = names.get(_plain(found["weekday"]), "") if "weekday" in found else ""
    return f" {weekday or ' '.join((found.get('day', ''), month, found.get('year', '')))} "


def read_date(value: Any, precision: str | None = None) -> tuple[Published | None, str | None]:
    """Return a date given as metadata, and what must be told of how it was read (null: nothing).

    It may be a date or timestamp of Python, pandas, numpy or pyarrow, an epoch in seconds or
    milliseconds, ``20240312``, the date of an e-mail, or any text that :func:`find_stated` reads. A
    time zone never shifts the day. There is none where it says no date, or more than one:
    ``03/04/2019``. ``precision`` is 'day', 'month' or 'year', where it is less exact than it looks.
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str(value).split())
    if text.casefold() in NOTHING:
        return None, None
    told, message = _exactly(text) or _in_words(text)
    if not told:
        return None, f"the date '{text}' {message}; {MEND}"
    parts = [int(part) for part in told.split("-")]
    try:
        day = date(*[*parts, 1, 1][:3])
    except (ValueError, OverflowError):
        return None, f"the date '{text}' is no day of the calendar; {MEND}"
    exact = PRECISIONS[3 - len(parts)]
    if precision in PRECISIONS:
        exact = max(exact, precision, key=PRECISIONS.index)
    first = {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}
    return Published(first[exact], exact, "metadata"), message


def _exactly(text: str) -> tuple[str, None] | None:
    """Return the date in a form that programs write, None if it is in no such form."""
    if EPOCH.fullmatch(text):
        seconds = int(text) // (1000 if len(text) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).date().isoformat(), None
    for form in (ISO, COMPACT):
        if match := form.fullmatch(text):
            return "-".join(part for part in match.groups() if part), None
    if MAIL.match(text):
        with suppress(ValueError, OverflowError, TypeError):
            year, month, day, *_ = parsedate(text)
            return f"{year:04}-{month:02}-{day:02}", None
    return None


def _in_words(text: str) -> tuple[str, str | None]:
    """Return the one date that a text states, '' if none, and what is to be told of it."""
    stated = find_stated(text)
    days = list(dict.fromkeys(s.value for s in stated if re.fullmatch(r"\d{4}-\d\d-\d\d", s.value)))
    if len(days) == 1:
        month_first = any(MONTH_FIRST.search(text[s.start : s.end]) for s in stated)
        return days[0], f"the date '{text}' was read as month/day/year" if month_first else None
    if days:
        return "", f"names several days, {' and '.join(days)}"
    for two in (s.candidates for s in stated if s.candidates):
        return "", f"is {two[0]} or {two[1]}, and nothing tells which"
    for vague in stated:
        # What stands beside a month or year may be a day that the calendar does not have.
        rest = text[: vague.start] + text[vague.end :]
        if vague.value.startswith("XXXX"):
            return "", "names no year"
        if not re.search(r"\d", rest) and ("-" in vague.value or not rest.strip(" .,()")):
            return vague.value, None
    return "", "cannot be read"


@cache
def _names() -> dict[str, str]:
    """Return the English name of each month and weekday of other languages."""
    data = load_toml("time/foreign.toml")
    tables = [data[table] for table in ("full", "short", "weekday")]
    return {_plain(name): english for table in tables for name, english in table.items()}


def _plain(word: str) -> str:
    """Return a word in small letters without accents."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def _patterns() -> re.Pattern[str]:
    """Return the pattern of all that is put otherwise before the grammar reads it."""
    data = load_toml("time/foreign.toml")
    full, weekday = _either(data["full"]), _either(data["weekday"])
    any_name = _either([*data["full"], *data["short"]])
    joint = f"(?:(?:{_either(data['joints'])})\\s+)"
    day = rf"(?<![\d.,:/-])(?P<day%d>0?[1-9]|[12]\d|3[01])(?!\d)(?:{_either(data['ordinals'])}|\.)?"
    year = r"(?P<year%d>\d{4})(?!\d)"
    starts, ends = r"(?<![^\W\d_])", r"(?![^\W\d_])"
    with_month = rf"{joint}(?P<month4>{full})|(?-i:(?=[A-ZÄÖÜ]))(?P<month5>{full})"
    forms = (
        rf"{day % 1}\s*{joint}?(?P<month1>{any_name})\.?,?\s*{joint}?{year % 1}",
        rf"{starts}(?P<month2>{any_name})\.?\s*(?P<day2>\d\d?)(?:st|nd|rd|th)?,?\s+{year % 2}",
        rf"{starts}(?P<month3>{full}),?\s*{joint}?{year % 3}",
        rf"{day % 4}\s*(?:{with_month}){ends}",
        rf"{starts}(?P<weekday1>{weekday}){ends}",
    )
    return re.compile(f"{CHINESE}|(?i:{'|'.join(forms)})|{SEAM}")


def _either(words: Any) -> str:
    """Return a pattern of any of some words, with accents or without, the longest first."""
    spelled = {form for word in words for form in (word, _plain(word))}
    return "(?:" + "|".join(map(re.escape, sorted(spelled, key=lambda w: (-len(w), w)))) + ")"
