"""ISO and TIMEX3 values: counting in days, months and years, and the days a value covers."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
QUARTER_OR_HALF = {"Q": 3, "H": 6}
MONTHS_IN = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "L": 12000}
DAYS_IN = {"D": 1, "W": 7, "F": 14, "WE": 7}


def day(year: int, month: int, dom: int) -> date | None:
    """Return a day, or None if the calendar has no such day."""
    if not 1 <= year <= 9998 or not 1 <= month <= 12 or not 1 <= dom <= monthrange(year, month)[1]:
        return None
    return date(year, month, dom)


def add_months(start: date, months: int) -> date | None:
    """Return the day some months on, the month's last where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9998:
        return None
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def add(start: date, count: float, unit: str) -> date | None:
    """Return the day that lies some units on (before, if the count is negative)."""
    try:
        if unit in DAYS_IN:
            return start + timedelta(days=round(count * DAYS_IN[unit]))
        if unit in MONTHS_IN:
            return add_months(start, round(count * MONTHS_IN[unit]))
    except OverflowError:
        return None
    return start


def week(when: date) -> str:
    """Return a day's ISO week."""
    year, number, _ = when.isocalendar()
    return f"{year:04}-W{number:02}"


def at_grain(when: date, unit: str) -> str:
    """Return the value of the day, week, month, ... that a day lies in."""
    if unit in ("W", "F"):
        return week(when)
    if unit == "WE":
        return week(when) + "-WE"
    if unit == "M":
        return f"{when:%Y-%m}".zfill(7)
    if unit == "Q":
        return f"{when.year:04}-Q{(when.month + 2) // 3}"
    if unit == "Y":
        return f"{when.year:04}"
    if unit == "E":
        return f"{when.year // 10:03}"
    if unit == "C":
        return f"{when.year // 100:02}"
    if unit == "L":
        return f"{when.year // 1000}"
    return when.isoformat()


def grain(value: str) -> str:
    """Return the unit that a value is exact to."""
    for pattern, unit in (
        (r"\d{4}-\d\d-\d\d", "D"),
        (r"\d{4}-W\d\d-WE", "WE"),
        (r"\d{4}-W\d\d", "W"),
        (r"\d{4}-Q\d", "Q"),
        (r"\d{4}-H\d", "H"),
        (r"\d{4}-[A-Z]{2}$", "S"),
        (r"\d{4}-\d\d$", "M"),
        (r"(?:FY)?\d{4}$", "Y"),
        (r"\d{3}$", "E"),
        (r"\d\d$", "C"),
    ):
        if re.match(pattern, value):
            return unit
    return ""


def bounds(value: str) -> tuple[date | None, date | None]:
    """Return the first and the last day of a value; None where it has none.

    Examples
    --------
    >>> [d.isoformat() for d in bounds("2019-Q1")]
    ['2019-01-01', '2019-03-31']
    >>> bounds("P6M")
    (None, None)
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
        return first, (after or date.max) - timedelta(days=1)
    except (ValueError, OverflowError):
        return None, None


def first_day(value: str, unit: str) -> date:
    """Return the first day of a value of a known grain."""
    if unit == "D":
        return date.fromisoformat(value[:10])
    if unit in ("W", "WE"):
        return date.fromisocalendar(int(value[:4]), int(value[6:8]), 6 if unit == "WE" else 1)
    if unit == "C":
        return date(max(int(value) * 100, 1), 1, 1)
    if unit == "E":
        return date(max(int(value[:3]) * 10, 1), 1, 1)
    year = int(value.removeprefix("FY")[:4])
    if unit in QUARTER_OR_HALF:
        return date(year, (int(value[6]) - 1) * QUARTER_OR_HALF[unit] + 1, 1)
    if unit == "S":
        return date(year, SEASON_MONTHS[value[5:7]], 1)
    return date(year, int(value[5:7]) if unit == "M" else 1, 1)


def easter(year: int) -> date:
    """Return Easter Sunday (Gregorian calendar, the anonymous algorithm)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return a month's nth weekday (1 Monday to 7 Sunday); nth -1 is its last."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)
