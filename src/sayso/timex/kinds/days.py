"""Days, months, years, decades, centuries and holidays that are named as such."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from dateutil.easter import easter

from sayso.timex import values
from sayso.timex.context import Context
from sayso.timex.kinds.base import (
    Reading,
    Slots,
    around,
    full_year,
    kind,
    last_named,
    nearest,
    on_day,
    staged,
)

MOST_DAYS_APART = 900  # a 31st that falls on a given weekday comes within so many days


@kind
def day(s: Slots, c: Context) -> Reading:
    """Return a day of a month, with its year or without; or the week that the day lies in."""
    month = s.get("month")
    dom = s.get("dom") or s.nth
    if s.year:
        return on_day(s, date(s.year, month, dom), None)
    days = around(c.today, lambda y: date(y, month, dom), 4 if (month, dom) == (2, 29) else 1)
    return on_day(s, nearest(days, c.today, s.which or s.direction, s.over), c.anchor)


@kind
def nth_weekday(s: Slots, c: Context) -> Reading | None:
    """Return 'the first Monday of March', 'the last Friday in May 2019'."""
    nth = s.nth or -1
    number = s.get("weekday")
    if "month" not in s:
        if s.unit != "M":
            return None
        first = values.add_months(c.today.replace(day=1), s.which or 0)
        found = values.nth_weekday(first.year, first.month, number, nth)
        return on_day(s, found, c.anchor)
    if s.year:
        return on_day(s, values.nth_weekday(s.year, s.get("month"), number, nth), None)
    if s.unit:
        year_ = c.today.year + (s.which or 0)
        return on_day(s, values.nth_weekday(year_, s.get("month"), number, nth), c.anchor)
    days = around(c.today, lambda y: values.nth_weekday(y, s.get("month"), number, nth))
    return on_day(s, nearest(days, c.today, s.direction), c.anchor)


@kind
def day_of_month(s: Slots, c: Context) -> Reading | None:
    """Return 'the 5th': of the month named last, else the one nearest."""
    named = c.last_named(s.start, "DM")
    if named:
        found = values.first_day(named.value, named.unit).replace(day=int(s.nth))
        return on_day(s, found, named.start)
    months = [values.add_months(c.today.replace(day=1), n) for n in (-1, 0, 1)]
    days = [m.replace(day=int(s.nth)) for m in months if s.nth <= monthrange(m.year, m.month)[1]]
    ahead = [d for d in days if d > c.today] if s.direction > 0 else []
    past = [d for d in days if d <= c.today]
    return on_day(s, ahead[0] if ahead else past[-1], c.anchor) if ahead or past else None


@kind
def day_of_weekday(s: Slots, c: Context) -> Reading | None:
    """Return 'Friday the 13th': the last such day, or the next if the tense points ahead."""
    step = 1 if s.direction > 0 else -1
    days = (c.today + timedelta(days=step * n) for n in range(MOST_DAYS_APART))
    wanted = (s.nth, s.get("weekday"))
    found = next((d for d in days if (d.day, d.isoweekday()) == wanted), None)
    return on_day(s, found, c.anchor) if found else None


@kind
def numeric(s: Slots, c: Context) -> Reading:
    """Return a date in numbers; where it may be two days, its year and both as its bounds.

    A number over 12 tells the day from the month, and so do full stops (the day comes first) and
    the weekday beside it.
    """
    written = s.words("numdate")[0]
    found = numeric_days(written)
    weekday_ = s.get("weekday", s.get("short_weekday"))
    days = [d for d in found if d.isoweekday() == weekday_] or found
    order = _told_order(c) if len(days) > 1 else None
    if len(days) == 1 or order is not None:
        return on_day(s, days[order or 0], None)
    return Reading("DATE", f"{days[0].year:04}-XX-XX", None, (min(days), max(days)))


def _told_order(c: Context) -> int | None:
    """Return which of two days a date in numbers is, by the others of its text; None if untold.

    0 where they have the month first, 1 where the day.
    """
    if c.orders is None:
        words = [w for w, x in zip(c.tokens.words, c.tokens.letters, strict=True) if x == "N"]
        heads = [re.split("[/-]", word)[:2] for word in words if "." not in word]
        pairs = [(int(a), int(b)) for a, b in heads if len(a) <= 2]
        c.orders = {int(a > 12) for a, b in pairs if max(a, b) > 12 >= min(a, b)}
    return next(iter(c.orders)) if len(c.orders) == 1 else None


def numeric_days(written: str) -> list[date]:
    """Return the days that a date in numbers can be, month before day first.

    Raises ValueError where the calendar has no such day.

    Examples
    --------
    >>> [d.isoformat() for d in numeric_days("03/04/2019")]
    ['2019-03-04', '2019-04-03']
    >>> [d.isoformat() for d in numeric_days("25/04/19")]
    ['2019-04-25']
    """
    parts = re.split(r"[-./]", written)
    first, second, third = map(int, parts)
    if len(parts[0]) == 4:
        return [date(first, second, third)]
    year_, day_first = full_year(third), (second, first)
    orders = [day_first] if "." in written and second <= 12 else [(first, second), day_first]
    possible = [order for order in orders if order[0] <= 12]
    return list(dict.fromkeys(date(year_, *order) for order in possible or orders))


@kind
def month(s: Slots, c: Context) -> Reading | None:
    """Return a month, with its year or without."""
    name = s.get("month")
    if s.year:
        return staged(s, f"{s.year:04}-{name:02}", None)
    if s.unit == "Y":
        # 'in October of that year'
        leans = "that" in s.said or "beside" in s
        base, anchor = last_named(s, c, "Y") if leans else (c.today, c.anchor)
        return staged(s, f"{base.year + (s.which or 0):04}-{name:02}", anchor)
    if s.unit:
        return None
    firsts = around(c.today, lambda y: date(y, name, 1))
    now = c.today.replace(day=1)
    if s.which is None:
        direction = 1 if c.is_a("next_month", s.match.end) else s.direction
        named = c.month_before(s.match.start) or c.last_month(s.start, name)
        if named and named.month != name:
            # 'until July and August'
            named = date(named.year + (named.month > name), name, 1)
            return staged(s, values.at_grain(named, "M"), c.anchor)
        if direction == 0 and c.is_a("events", s.match.end):
            named = min(firsts, key=lambda d: abs((d - now).days))
        if direction == 0 and named in firsts:
            return staged(s, values.at_grain(named, "M"), c.anchor)
        past = max(d for d in firsts if d <= now)
        ahead = min(d for d in firsts if d >= now)
        soon = (ahead - now).days < 65
        # Of a September to come one writes 'next September' in October.
        near = (now - past).days < 40
        found = ahead if (direction > 0 and not near) or (direction == 0 and soon) else past
    elif s.which == 0:
        found = date(c.today.year, name, 1)
    elif s.which < 0:
        # In March, 'last February' is that of the year before; this year's would be 'last month'.
        found = max(d for d in firsts if d < values.add_months(now, -1))
    else:
        found = min(d for d in firsts if d > now)
    return staged(s, values.at_grain(found, "M"), c.anchor)


@kind
def year(s: Slots, c: Context) -> Reading | None:
    """Return a year, where the number is one."""
    value = s.year
    if s.unit not in ("", "Y"):
        return None
    end = s.match.end
    plain = end - s.match.start == 1
    if plain and not c.is_a("before_a_year", s.match.start - 1):
        things = c.word(end).endswith("s") and c.tokens.words[end].islower()
        if (things and value % 100 == 0) or not 1900 <= value <= 2050:
            return None
    elif plain and not 1400 <= value <= 2099:
        return None
    return staged(s, f"{value:04}", None)


@kind
def year_after(s: Slots, c: Context) -> Reading | None:
    """Return the second year of '2015-16', None for '2015-06', which is a month."""
    first = s.year
    found = first // 100 * 100 + int(s.words("yy")[0])
    found += 100 if found < first and first % 100 == 99 else 0
    return Reading("DATE", f"{found:04}") if 0 < found - first < 20 else None


@kind
def year_in_words(s: Slots, c: Context) -> Reading | None:
    """Return a year spelled out."""
    return Reading("DATE", f"{s.year:04}") if 1400 <= s.year <= 2099 else None


@kind
def decade(s: Slots, c: Context) -> Reading | None:
    """Return a decade, of the last hundred years if the century is not named."""
    if "decade_word" in s:
        short = s.get("decade_word")
    else:
        digits = re.sub(r"\D", "", s.words("decade_number")[0])
        if len(digits) == 4:
            return staged(s, digits[:3], None)
        short = int(digits)
    start = c.today.year // 100 * 100 + short
    return staged(s, f"{(start if start <= c.today.year else start - 100) // 10:03}", c.anchor)


@kind
def century(s: Slots, c: Context) -> Reading | None:
    """Return a century."""
    return staged(s, f"{s.nth + (20 if 'tens' in s else 0) - 1:02}", None)


@kind
def holiday(s: Slots, c: Context) -> Reading | None:
    """Return a holiday, by its rule, in the year that is named or nearest."""
    name = " ".join(s.words("holiday")).lower().replace(" 's", "'s").replace("’", "'")
    rule = c.grammar.holidays[re.sub(r"\s+([.'])", r"\1", name)]
    if s.year:
        return on_day(s, holiday_in(rule, s.year), None)
    if s.unit == "Y":
        return on_day(s, holiday_in(rule, c.today.year + (s.which or 0)), c.anchor)
    days = around(c.today, lambda y: holiday_in(rule, y))
    if s.which is not None and s.which < 0:
        found = max(d for d in days if d < c.today)
    elif s.which:
        found = min(d for d in days if d > c.today)
    else:
        found = nearest(days, c.today, s.direction)
    return on_day(s, found, c.anchor)


def holiday_in(rule: dict[str, int], year: int) -> date:
    """Return the day of a holiday in a year."""
    if "easter" in rule:
        return easter(year) + timedelta(days=rule["easter"])
    if "nth" in rule:
        found = values.nth_weekday(year, rule["month"], rule["weekday"], rule["nth"])
        return found + timedelta(days=rule.get("after", 0))
    return date(year, rule["month"], rule["day"])
