"""When an article was published: a ladder from certain to vague, each step with its evidence.

1. What is known from outside the text (metadata).
2. A dateline, or a line of its own, that states the full date.
3. A dateline without its year. Which years it may be is narrowed by what the text says: dates of
   the past and of the future that name their year, the officials it quotes, and the weekday in the
   lead. Only if one year is left is it taken; otherwise the years are named as candidates.
4. A post quoted with its date, or a day given with its weekday and year: newsrooms quote these
   within days, so they settle the year, and the month unless they are near its ends.
5. Otherwise unknown, with the years named that the officials and past dates leave, if they are few.

Nothing depends on the day on which this runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from sayso.article import Layout, Published
from sayso.marks import Span
from sayso.resources import load_toml
from sayso.timex import Dated, Timex, find, find_dated
from sayso.timex.values import add_months, bounds

YEAR_WORD = re.compile(r"\b(?:19|20)\d\d\b")
NOT_NOW = re.compile(r"(?:\b(?:former|then|late|under|like|if|with)\s+|\b[Ee]x-|-elect\s+)$")
SAYING = r"(?:said|says|told|tells|announced|urged|warned|added|insisted|called)"
FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d")
POST = re.compile(r"\(@\w{1,20}\)\s+$")
ONE_YEAR = timedelta(days=365)
# Quoted posts and days given in full lie within so many days of publication.
DAYS_AWAY = 8
FEW = 10


@dataclass(frozen=True, slots=True)
class Clue:
    """Spans of days in which an article may have been published, and the words that say so."""

    windows: tuple[tuple[date, date], ...]
    evidence: Span

    def allows(self, day: date) -> bool:
        """Return whether a day lies in one of the spans."""
        return any(first <= day <= last for first, last in self.windows)


def find_published(text: str, layout: Layout, *, metadata: Published | None = None) -> Published:
    """Return when an article was published, and the words that say so.

    Parameters
    ----------
    text
        The article.
    layout
        Where its parts stand.
    metadata
        What is known from outside the text; it wins if it has a date.
    """
    if metadata is not None and metadata.day is not None:
        return metadata
    stated = _stated(text, layout)
    if stated and FULL_DAY.fullmatch(stated.value):
        day = date.fromisoformat(stated.value)
        return Published(day, "day", "dateline", (stated.start, stated.end))
    dates = find_dated(text, exclude=layout.boilerplate)
    clues = _clues(text, layout, dates)
    if stated and stated.value.startswith("XXXX-"):
        return _dateline_year(text, layout, stated, dates, clues)
    return _recent(text, dates) or Published(candidates=_years_left(clues))


def _stated(text: str, layout: Layout) -> Timex | None:
    """Return the date in the dateline, which may lack its year."""
    if layout.dateline is None:
        return None
    start, end = layout.dateline
    for found in find(text[start:end]):
        if found.type in ("DATE", "TIME") and re.match(r"(?:\d{4}|XXXX)-\d\d-\d\d", found.value):
            value = found.value[:10]
            return replace(found, start=start + found.start, end=start + found.end, value=value)
    return None


def _dateline_year(
    text: str, layout: Layout, stated: Timex, dates: list[Dated], clues: list[Clue]
) -> Published:
    """Return the day of a dateline, if what else the text says leaves it a single year."""
    days = [d for year in _years() if (d := _on(year, stated.value))]
    days = [d for d in days if all(clue.allows(d) for clue in clues)] or days
    weekday = _lead_weekday(text, layout)
    if weekday is not None:
        number = int(weekday.value[-1])
        same = [d for d in days if d.isoweekday() == number]
        day_after = [d for d in days if (d.isoweekday() - number) % 7 == 1]
        days = same if _names_its_own_day(text, layout) else sorted(same + day_after)
    if len(days) > 1:
        days = [d for d in days if _told_in_order(text, dates, d)] or days
    if len(days) == 1:
        evidence = (stated.start, stated.end)
        return Published(days[0], "day", "inferred", evidence)
    return Published(candidates=tuple(d.isoformat() for d in days) if len(days) <= FEW else ())


def _on(year: int, value: str) -> date | None:
    try:
        return date(year, int(value[5:7]), int(value[8:10]))
    except ValueError:
        return None


def _lead_weekday(text: str, layout: Layout) -> Timex | None:
    """Return the weekday named first in the lead."""
    if not layout.body:
        return None
    start, end = layout.body[0]
    for found in find(text[start:end]):
        if re.match(r"XXXX-WXX-\d$", found.value) and found.type == "DATE":
            return found
    return None


def _names_its_own_day(text: str, layout: Layout) -> bool:
    if layout.agency is None:
        return False
    agency = text[slice(*layout.agency)].casefold()
    return agency in {name.casefold() for name in _datelines()["same_day"]}


def _told_in_order(text: str, dates: list[Dated], day: date) -> bool:
    """Return whether a publication day fits a date told after a dated one in its paragraph.

    'In December 2018, they sent an ultimatum. ... On February 1, they left': the second date is in
    the twelve months after the first, and the article came in the twelve months after that.
    """
    for first in dates:
        end = text.find("\n\n", first.end)
        if not first.value[:4].isdigit() or first.tense >= 0 or len(first.value) < 7:
            continue
        for then in dates:
            inside = first.end <= then.start < (end if end >= 0 else len(text))
            if (
                inside
                and then.tense < 0
                and then.value.startswith("XXXX-")
                and len(then.value) == 10
            ):
                told = _next(then.value, bounds(first.value)[1])
                if told and not told <= day < told + ONE_YEAR:
                    return False
    return True


def _next(value: str, after: date | None) -> date | None:
    """Return the first day of that name after another day."""
    if after is None:
        return None
    days = [_on(after.year + n, value) for n in (0, 1)]
    return min((d for d in days if d and d > after), default=None)


def _recent(text: str, dates: list[Dated]) -> Published | None:
    """Return the year or month of the last post that is quoted, or day that is given in full."""
    days = [d for d in dates if FULL_DAY.fullmatch(d.value) and d.value[:4] in _year_names()]
    given = [
        d
        for d in days
        if POST.search(text[max(0, d.start - 40) : d.start]) or _weekday_fits(text, d)
    ]
    if not given:
        return None
    last = max(given, key=lambda d: d.value)
    later = [
        d for d in dates if d.value[:4].isdigit() and d.tense < 0 and d.value[:4] > last.value[:4]
    ]
    day = date.fromisoformat(last.value)
    if later or not DAYS_AWAY < day.timetuple().tm_yday < 366 - DAYS_AWAY:
        return None
    first = day.replace(day=1)
    evidence = (last.start, last.end)
    if DAYS_AWAY < day.day <= 28 - DAYS_AWAY:
        return Published(first, "month", "inferred", evidence)
    return Published(first.replace(month=1), "year", "inferred", evidence)


def _weekday_fits(text: str, found: Dated) -> bool:
    """Return whether a day is given with the weekday it was."""
    named = date.fromisoformat(found.value).strftime("%A")
    return text.startswith(named, found.start)


def _years_left(clues: list[Clue]) -> tuple[str, ...]:
    """Return the years that the clues leave, none if they are many."""
    days = [date(year, month, 15) for year in _years() for month in range(1, 13)]
    years = sorted({d.year for d in days if all(clue.allows(d) for clue in clues)})
    return tuple(str(y) for y in years) if len(years) <= FEW else ()


def _clues(text: str, layout: Layout, dates: list[Dated]) -> list[Clue]:
    """Return what the text says of its own time, as far as it agrees with itself."""
    first, last = date(_years()[0], 1, 1), date(_years()[-1], 12, 31)
    clues = list(_officials(text, layout))
    for found in dates:
        begins, ends = bounds(found.value)
        if begins is None or ends is None or not first <= begins <= last:
            continue
        if found.tense < 0:
            clues.append(Clue(((begins, last),), (found.start, found.end)))
    latest = max((w[0] for c in clues for w in c.windows[:1]), default=first)
    return [c for c in clues if any(b >= latest for _, b in c.windows)]


def _officials(text: str, layout: Layout) -> list[Clue]:
    """Return the terms of the officials whom the text quotes by office and name."""
    clues = {}
    for pattern, windows in _offices():
        for match in pattern.finditer(text):
            sentence = text[text.rfind(". ", 0, match.start()) + 1 : _until(text, match.end())]
            before = text[max(0, match.start() - 20) : match.start()]
            if not NOT_NOW.search(before) and not YEAR_WORD.search(sentence):
                clues.setdefault(windows, Clue(windows, match.span("name")))
    return list(clues.values())


def _until(text: str, start: int) -> int:
    end = re.search(r"[.!?]\s|\n", text[start:])
    return start + end.start() if end else len(text)


@cache
def _offices() -> tuple[tuple[re.Pattern[str], tuple[tuple[date, date], ...]], ...]:
    """Return a pattern for each official being quoted, with the terms in office."""
    known = load_toml("time/offices.toml")
    terms: dict[tuple[str, str], list] = {}
    for office in known["office"]:
        titles = "|".join(sorted(map(re.escape, office["titles"]), key=len, reverse=True))
        for name, start, end in office["holders"]:
            after = add_months(date.fromisoformat(end), known["months_after"])
            terms.setdefault((titles, name), []).append((date.fromisoformat(start), after))
    return tuple(
        (_quoted(titles, name), tuple(windows)) for (titles, name), windows in terms.items()
    )


def _quoted(titles: str, name: str) -> re.Pattern[str]:
    first, _, last = name.rpartition(" ")
    named = rf"(?:{re.escape(first)} )?{re.escape(last)}" if first else re.escape(last)
    official = rf"(?P<name>\b(?:{titles}) {named})\b"
    return re.compile(rf"{official}(?:,[^,.\n]{{1,60}},)? (?:has |also )?{SAYING}\b")


def _year_names() -> set[str]:
    return {str(year) for year in _years()}


def _years() -> range:
    return range(_datelines()["first_year"], _datelines()["last_year"] + 1)


def _datelines() -> dict:
    return load_toml("time/datelines.toml")
