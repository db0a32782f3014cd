"""When an article was published: a ladder from certain to vague, each step with its evidence.

1. What is known from outside the text (metadata).
2. A line of the head or the foot, a byline or a dateline that states the full date. What the page
   calls a date of publication goes first; a date of the last change is none. Where day and month
   cannot be told apart, the rest of the page settles the order, or both days are candidates.
3. Such a date without its year. Which years it may be is narrowed by what the text says: dates of
   the past that name their year, the officials it quotes, and the weekday in the dateline or the
   lead. Where these leave several years, only those in the twelve months after the last dated
   event are kept. If one is left, that is the year; otherwise they are named as candidates.
4. A post quoted with its date, or a day given with its weekday and year: newsrooms quote these
   within days, so they settle the year, and the month unless they are near its ends.
5. Otherwise unknown, with the years named that the officials and past dates leave, if they are few.

Nothing depends on the day on which this runs.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from sayso.article import Layout, Published
from sayso.lexicon.files import load_toml
from sayso.reading.page.dateline import MONTH, YEAR
from sayso.reading.page.head_dates import HeadDate, Of, find_days, find_head_dates
from sayso.text.spans import Span
from sayso.timex import Dated, find, find_dated
from sayso.timex.values import add_months, bounds

YEAR_WORD = re.compile(r"\b(?:19|20)\d\d\b")
NOT_NOW = re.compile(r"(?:\b(?:former|then|late|under|like|if|with)\s+|\b[Ee]x-|-elect\s+)$")
END = re.compile(r"[.!?]\s|\n|\Z")
SAYING = r"(?:said|says|told|tells|announced|urged|warned|added|insisted|called)"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = re.compile("|".join(WEEKDAYS), re.IGNORECASE)
_M = r"(?:0?[1-9]|1[0-2])"
FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d")
POST = re.compile(r"\(@\w{1,20}\)\s+$")
ONE_YEAR = timedelta(days=365)
# Numbers that can be read with the month or with the day first only, and days written out.
ORDERS = {
    "month": re.compile(rf"\b{_M}[/.-](?:1[3-9]|2\d|3[01])[/.-](?:\d{{4}}|\d\d)\b"),
    "day": re.compile(
        rf"\b(?:1[3-9]|2\d|3[01])[/.-]{_M}[/.-](?:\d{{4}}|\d\d)\b|\b\d{{1,2}} {MONTH},? {YEAR}\b"
    ),
}
# Quoted posts and days given in full lie within so many days of publication.
DAYS_AWAY = 8
# A sentence in which an official is quoted goes on no further to either side.
REACH = 1000
FEW = 10
DATELINES = load_toml("time/datelines.toml")
YEARS = range(DATELINES["first_year"], DATELINES["last_year"] + 1)
SAME_DAY = {name.casefold() for name in DATELINES["same_day"]}


# The spans of days in which one clue allows an article to have been published.
Windows = tuple[tuple[date, date], ...]


def find_published(
    text: str,
    layout: Layout,
    *,
    lines: tuple[Span, ...] = (),
    metadata: Published | None = None,
) -> Published:
    """Return when an article was published, and the words that say so.

    ``lines`` are those of the page that may date it, beside its dateline. ``metadata``, what is
    known from outside the text, wins if it has a date.
    """
    if metadata is not None and metadata.day is not None:
        return metadata
    stated = find_head_dates(text, lines, layout.dateline)
    updated = [found for found in stated if found.of == Of.UPDATED]
    best = next((found for found in stated if found.of != Of.UPDATED), None)
    if best and FULL_DAY.fullmatch(best.value):
        day = date.fromisoformat(best.value)
        return Published(day, "day", "dateline", (best.start, best.end))
    dates = find_dated(text, exclude=layout.boilerplate)
    clues = _clues(text, dates)
    if best and best.candidates:
        around = find_days(text, (*lines, *layout.boilerplate))
        return _settled(text, layout, best, around, clues)
    if best:
        return _dateline_year(text, layout, best, dates, clues, updated)
    return _recent(text, dates) or Published(candidates=_years_left(clues))


def _settled(
    text: str, layout: Layout, stated: HeadDate, around: set[str], clues: list[Windows]
) -> Published:
    """Return which of two days '03/04/2021' is, where the rest of the page leaves only one.

    It is settled by ``around``, days that the page states in full, by a date in its text that can
    be read in one order only, by days written out with
    the day first (where the month comes first, the order of numbers may be either), by the weekday
    in the lead, and by what the text says of its own time.
    """
    month_first, day_first = (date.fromisoformat(day) for day in stated.candidates)
    days = [day for day in (month_first, day_first) if day.isoformat() in around]
    orders = {name for name, shape in ORDERS.items() if shape.search(text)}
    if not days:
        days = [month_first] if orders == {"month"} else [day_first] if orders == {"day"} else []
    if not days:
        days = [day for day in (month_first, day_first) if _allow(clues, day)]
    if len(days) > 1 and (weekdays := _weekdays(text, layout, stated)):
        days = [day for day in days if day.isoweekday() in weekdays]
    if len(days) == 1:
        return Published(days[0], "day", "inferred", (stated.start, stated.end))
    return Published(candidates=stated.candidates)


def _dateline_year(
    text: str,
    layout: Layout,
    stated: HeadDate,
    dates: list[Dated],
    clues: list[Windows],
    updated: list[HeadDate],
) -> Published:
    """Return the day of a date without its year, if what else the page says leaves it one year."""
    month, dom = int(stated.value[5:7]), int(stated.value[8:10])
    days = [date(y, month, dom) for y in YEARS if dom <= monthrange(y, month)[1]]
    days = [d for d in days if _allow(clues, d)] or days
    around = find_days(text, layout.boilerplate)
    days = [d for d in days if d.isoformat() in around] or days
    if weekdays := _weekdays(text, layout, stated):
        days = [d for d in days if d.isoweekday() in weekdays]
        if len(days) > 1:
            # A date that is given with its year is often of the year before publication.
            days = [d for d in days if _is_just_after(dates, d)] or days
    if changed := [date.fromisoformat(u.value) for u in updated if FULL_DAY.fullmatch(u.value)]:
        # Articles are updated within days, and never before they are published.
        days = [d for d in days if timedelta(0) <= min(changed) - d <= ONE_YEAR][-1:] or days
    if len(days) == 1:
        return Published(days[0], "day", "inferred", (stated.start, stated.end))
    return Published(candidates=tuple(d.isoformat() for d in days) if len(days) <= FEW else ())


def _weekdays(text: str, layout: Layout, stated: HeadDate) -> tuple[int, ...]:
    """Return the weekdays that publication may have been on (1 Monday), none where nothing tells.

    The weekday in a dateline is its own; the one in a lead is, or is the day before.
    """
    if own := WEEKDAY.search(text[stated.start : stated.end]):
        return (WEEKDAYS.index(own.group().lower()) + 1,)
    for found in find(text[slice(*layout.body[0])]) if layout.body else ():
        if re.match(r"XXXX-WXX-\d$", found.value) and found.type == "DATE":
            weekday = int(found.value[-1])
            agency = text[slice(*layout.agency)].casefold() if layout.agency else ""
            same_day = agency in SAME_DAY
            return (weekday,) if same_day else (weekday, weekday % 7 + 1)
    return ()


def _is_just_after(dates: list[Dated], day: date) -> bool:
    """Return whether a day comes within a year of the last past event dated to a month or day."""
    past = [bounds(d.value) for d in dates if d.tense < 0 and re.match(r"\d{4}-", d.value)]
    first, last = max((span for span in past if all(span)), default=(None, None))
    return bool(first) and first <= day and day - last <= ONE_YEAR


def _recent(text: str, dates: list[Dated]) -> Published | None:
    """Return the year or month of the last post that is quoted, or day that is given in full."""
    days = [d for d in dates if FULL_DAY.fullmatch(d.value) and int(d.value[:4]) in YEARS]
    given = [
        d
        for d in days
        if POST.search(text[max(0, d.start - 40) : d.start]) or _weekday_fits(text, d)
    ]
    if not given:
        return None
    last = max(given, key=lambda d: d.value)
    year = last.value[:4]
    if any(d.tense < 0 and d.value[:4].isdigit() and d.value[:4] > year for d in dates):
        return None
    day, evidence = date.fromisoformat(last.value), (last.start, last.end)
    if DAYS_AWAY < day.day <= 28 - DAYS_AWAY:
        return Published(day.replace(day=1), "month", "inferred", evidence)
    if DAYS_AWAY < day.timetuple().tm_yday < 366 - DAYS_AWAY:
        return Published(day.replace(month=1, day=1), "year", "inferred", evidence)
    return None


def _weekday_fits(text: str, found: Dated) -> bool:
    """Return whether a day is given with the weekday it was."""
    named = WEEKDAYS[date.fromisoformat(found.value).weekday()]
    return text[found.start : found.end].lower().startswith(named)


def _years_left(clues: list[Windows]) -> tuple[str, ...]:
    """Return the years that the clues leave, none if they are many."""
    days = [date(year, month, 15) for year in YEARS for month in range(1, 13)]
    years = sorted({d.year for d in days if _allow(clues, d)})
    return tuple(str(y) for y in years) if len(years) <= FEW else ()


def _allow(clues: list[Windows], day: date) -> bool:
    return all(any(first <= day <= last for first, last in windows) for windows in clues)


def _clues(text: str, dates: list[Dated]) -> list[Windows]:
    """Return what the text says of its own time, as far as it agrees with itself."""
    first, last = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)
    begun = [bounds(found.value)[0] for found in dates if found.tense < 0]
    clues = _terms_of_officials(text)
    clues += [((begins, last),) for begins in begun if begins and first <= begins <= last]
    latest = max((windows[0][0] for windows in clues), default=first)
    return [windows for windows in clues if any(end >= latest for _, end in windows)]


def _terms_of_officials(text: str) -> list[Windows]:
    """Return the terms of the officials whom the text quotes by office and name."""
    found = []
    for last, pattern, terms in _offices():
        for match in pattern.finditer(text) if last in text else ():
            first, last = max(0, match.start() - REACH), match.end() + REACH
            begins = max(first, text.rfind(". ", first, match.start()) + 1)
            sentence = text[begins : END.search(text, match.end(), last).start()]
            before = text[max(0, match.start() - 20) : match.start()]
            if not NOT_NOW.search(before) and not YEAR_WORD.search(sentence):
                found.append(terms)
    return found


@cache
def _offices() -> tuple[tuple[str, re.Pattern[str], Windows], ...]:
    """Return each official's last name, a pattern for being quoted, and the terms in office."""
    known = load_toml("time/offices.toml")
    terms: dict[tuple[str, str], list] = {}
    for office in known["office"]:
        titles = "|".join(sorted(map(re.escape, office["titles"]), key=len, reverse=True))
        for name, start, end in office["holders"]:
            after = add_months(date.fromisoformat(end), known["months_after"])
            terms.setdefault((titles, name), []).append((date.fromisoformat(start), after))
    return tuple(
        (name.split(" ")[-1], _quoted(titles, name), tuple(windows))
        for (titles, name), windows in terms.items()
    )


def _quoted(titles: str, name: str) -> re.Pattern[str]:
    first, _, last = name.rpartition(" ")
    named = rf"(?:{re.escape(first)} )?{re.escape(last)}" if first else re.escape(last)
    apposition = r"(?:,[^,.\n]{1,60},)?"
    return re.compile(rf"\b(?:{titles}) {named}\b{apposition} (?:has |also )?{SAYING}\b")
