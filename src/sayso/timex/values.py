"""ISO and TIMEX3 values: counting in days, months and years, and the days a value covers."""

from __future__ import annotations

import re
from calendar import monthcalendar, monthrange
from datetime import date, timedelta

SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
QUARTER_OR_HALF = {"Q": 3, "H": 6}
MONTHS_IN = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "L": 12000}
DAYS_IN = {"D": 1, "W": 7, "F": 14, "WE": 7}
# What a value begins with, under the unit that it is exact to; more may follow a day ('T09:30').
GRAIN = re.compile(
    r"\d{4}-(?:(?P<D>\d\d-\d\d)|(?P<WE>W\d\d-WE)|(?P<W>W\d\d)|(?P<Q>Q\d)|(?P<H>H\d))"
    r"|\d{4}-(?:(?P<S>(?:SP|SU|FA|WI)$)|(?P<M>\d\d$))"
    r"|(?P<Y>\d{4}$)|(?P<E>\d{3}$)|(?P<C>\d\d$)",
    re.ASCII,
)


def add_months(start: date, months: int) -> date:
    """Return the day some months on, the month's last where it has no such day.

    Raises ValueError or OverflowError where the calendar has no such month.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def add(start: date, count: float, unit: str) -> date | None:
    """Return the day that lies some units on (before, if negative); None beyond the calendar."""
    try:
        if unit in MONTHS_IN:
            return add_months(start, round(count * MONTHS_IN[unit]))
        return start + timedelta(days=round(count * DAYS_IN.get(unit, 0)))
    except (ValueError, OverflowError):
        return None


def at_grain(when: date, unit: str) -> str:
    """Return the value of the day, week, month, ... that a day lies in."""
    if unit in ("W", "F", "WE"):
        year, week, _ = when.isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == "WE" else "")
    if unit == "Q":
        return f"{when.year:04}-Q{(when.month + 2) // 3}"
    # A millennium has one digit, a century two, a decade three, a year four.
    digits = {"L": 1, "C": 2, "E": 3, "Y": 4, "M": 7}
    return when.isoformat()[: digits.get(unit, 10)]


def grain(value: str) -> str:
    """Return the unit that a value is exact to, '' where it is not of the calendar."""
    match = GRAIN.match(value)
    return match.lastgroup if match else ""


def bounds(value: str) -> tuple[date | None, date | None]:
    """Return the first and the last day of a value; None where it has none.

    Examples
    --------
    >>> [d.isoformat() for d in bounds("2019-Q1")]
    ['2019-01-01', '2019-03-31']
    >>> bounds("P6M"), bounds("2019-02-30")
    ((None, None), (None, None))
    """
    unit = grain(value)
    if not unit:
        return None, None
    try:
        first = first_day(value, unit)
        if unit == "WE":
            return first, first + timedelta(days=1)
        months = {"H": 6, "S": 3}.get(unit) or MONTHS_IN.get(unit)
        after = add_months(first, months) if months else first + timedelta(days=DAYS_IN[unit])
        return first, after - timedelta(days=1)
    except (ValueError, OverflowError):
        return None, None


def first_day(value: str, unit: str) -> date:
    """Return the first day of a value of a known grain."""
    if unit == "D":
        return date.fromisoformat(value[:10])
    if unit in ("E", "C"):
        return date(int(value.ljust(4, "0")) or 1, 1, 1)
    year, rest = int(value[:4]), value[5:]
    if unit in ("W", "WE"):
        return date.fromisocalendar(year, int(rest[1:3]), 6 if unit == "WE" else 1)
    if unit in QUARTER_OR_HALF:
        return date(year, (int(rest[1]) - 1) * QUARTER_OR_HALF[unit] + 1, 1)
    return date(year, SEASON_MONTHS[rest] if unit == "S" else int(rest or 1), 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return a month's nth weekday (1 Monday to 7 Sunday); nth -1 is its last.

    Raises ValueError where the month has not so many.
    """
    days = [days_of_week[weekday - 1] for days_of_week in monthcalendar(year, month)]
    days = [d for d in days if d]
    if nth > len(days):
        raise ValueError(f"{year}-{month} has no {nth} such days")
    return date(year, month, days[nth - 1 if nth > 0 else nth])
