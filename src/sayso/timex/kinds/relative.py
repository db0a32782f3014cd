"""Expressions that lean on the day of publication, or on a date named before."""

from __future__ import annotations

from datetime import date, timedelta

from sayso.timex import values
from sayso.timex.context import Context
from sayso.timex.kinds.base import Reading, Slots, kind, last_named, staged
from sayso.timex.kinds.days import holiday
from sayso.timex.kinds.lengths import SUB_DAY, VAGUE_DATES, length_beside


@kind
def beside_published(s: Slots, c: Context) -> Reading | None:
    """Return last week, this month, next year."""
    unit, which = s.unit, s.which or 0
    if unit == "D":  # 'the next day' tells on from the day named last
        return beside_named(s, c) if which else None
    if {"the", "past"} <= set(s.said):
        return length_beside(c, 1, unit, -1)
    if unit == "L":
        return None
    if unit == "C" and which == 0:
        return Reading("DATE", values.at_grain(c.today, unit), c.anchor)
    found = values.add(c.today.replace(day=1) if unit in values.MONTHS_IN else c.today, which, unit)
    return staged(s, values.at_grain(found, unit), c.anchor) if found else None


@kind
def year_end(s: Slots, c: Context) -> Reading | None:
    """Return the last day of a year."""
    year_ = s.year or c.today.year + (s.which or 0)
    return Reading("DATE", f"{year_:04}-12-31", None if s.year else c.anchor)


@kind
def shift(s: Slots, c: Context) -> Reading | None:
    """Return so many units before (or after) publication."""
    return _shifted(s, c.today, c.anchor)


def _shifted(s: Slots, base: date, anchor: str | int | None) -> Reading | None:
    count, unit, sign = s.count(), s.unit or "D", s.get("sign")
    if count is not None and "half" in s:
        count += 0.5
    if count is None:
        return Reading("DATE", VAGUE_DATES[sign], anchor)
    if unit in SUB_DAY:
        return Reading("DATE", base.isoformat(), anchor)
    found = values.add(base, sign * count, unit)
    exact_to = "Y" if unit in ("E", "C", "L") else unit
    return Reading("DATE", values.at_grain(found, exact_to), anchor) if found else None


@kind
def shift_deictic(s: Slots, c: Context) -> Reading | None:
    """Return 'a week ago yesterday', 'a week from tomorrow': a day."""
    base = c.today + timedelta(days=s.get("deictic"))
    found = values.add(base, s.get("sign") * (s.count() or 1), s.unit or "W")
    return Reading("DATE", found.isoformat(), c.anchor) if found else None


@kind
def beside_holiday(s: Slots, c: Context) -> Reading | None:
    """Return so many days before or after a holiday."""
    base = holiday(s, c)
    return _shifted(s, date.fromisoformat(base.value[:10]), base.anchor) if base else None


@kind
def shift_named(s: Slots, c: Context) -> Reading | None:
    """Return so many units before or after the date named last."""
    return _shifted(s, *last_named(s, c, s.unit))


@kind
def beside_named(s: Slots, c: Context) -> Reading | None:
    """Return the following day, the previous year, that month: from the date named last."""
    base, anchor = last_named(s, c, s.unit)
    found = values.add(base, s.get("shift", s.which or 0), s.unit)
    return staged(s, values.at_grain(found, s.unit), anchor) if found else None
