"""Quarters, halves and seasons, and the same a year before."""

from __future__ import annotations

import re
from datetime import date

from sayso.timex import values
from sayso.timex.context import ANY, Context, Named
from sayso.timex.kinds.base import Reading, Slots, around, full_year, kind, staged

# A quarter named so many characters before a sentence is still spoken of.
NEAR = 400


@kind
def quarter(s: Slots, c: Context) -> Reading:
    """Return a quarter: of the year named, else the last one that has ended.

    'The September quarter' is the one that ends with the month.
    """
    first = max(s.match.start - 8, c.sentence(s.match.start)[0])
    aside = any(c.is_a("compared_with", i) for i in range(first, s.match.start))
    nth = (s.get("month") + 2) // 3 if "month" in s else s.get("quarter_code") or s.nth
    return _part_of_year(s, c, "Q", nth)._replace(aside=aside)


@kind
def half(s: Slots, c: Context) -> Reading:
    """Return a half of a year."""
    return _part_of_year(s, c, "H", s.get("half_code") or s.nth)


@kind
def quarter_year(s: Slots, c: Context) -> Reading:
    """Return '3Q18' and '1H19'."""
    nth, letter, year = re.fullmatch(r"(\d?)([QH])\D?(\d+)", _digits_first(s)).groups()
    return Reading("DATE", f"{full_year(int(year)):04}-{letter}{nth}")


def _digits_first(s: Slots) -> str:
    """Return the quarter of 'Q3'18' as '3Q'18'."""
    written = s.words("quarter_year")[0]
    return written if written[0].isdigit() else written[1] + written[0] + written[2:]


@kind
def fiscal_year(s: Slots, c: Context) -> Reading:
    """Return 'FY2019', 'Q2 FY19'."""
    year = s.year or full_year(int(re.sub(r"\D", "", s.words("fiscal_year")[0])))
    nth = s.get("quarter_code", s.get("half_code"))
    part = f"-{'Q' if 'quarter_code' in s else 'H'}{nth}" if nth else ""
    return Reading("DATE", f"{year:04}{part}")


def _part_of_year(s: Slots, c: Context, letter: str, nth: int) -> Reading:
    """Return a quarter or half of the year that is named, or else of the last that has begun.

    The next is meant where the tense points ahead, unless the last one is just over: in October
    'it expects a loss for the third quarter' is about a quarter that has ended.
    """
    if s.year:
        return Reading("DATE", f"{s.year:04}-{letter}{nth}")
    months = values.QUARTER_OR_HALF[letter]
    first = date(c.today.year, months * (nth - 1) + 1, 1)
    year = c.today.year - (c.today < first)
    if s.unit == "Y" and s.which is not None:
        year = c.today.year + s.which
    elif s.direction > 0:
        after = values.add_months(first.replace(year=year), months)
        year += (c.today - after).days > 30 * (months + 1)
    return Reading("DATE", f"{year:04}-{letter}{nth}", c.anchor)


@kind
def period(s: Slots, c: Context) -> Reading | None:
    """Return 'the quarter', 'the period', 'the year': the one being spoken of."""
    if "year" in s.said:
        return staged(s, f"{c.today.year:04}", c.anchor)
    named = c.last_named(s.start, "QM")
    if named and (named.unit == "Q" or "period" in s.said):
        return Reading("DATE", named.value, named.start)
    if "period" in s.said or not c.has("earnings", 0, len(c.tokens.words)):
        return None  # 'the quarter' of a town, where no word is about earnings
    ended = values.add_months(c.today, -3)
    return Reading("DATE", values.at_grain(ended, "Q"), c.anchor)


@kind
def period_of_year(s: Slots, c: Context) -> Reading | None:
    """Return 'the 1987 quarter': the quarter being spoken of, in another year."""
    named = c.last_named(s.start, "Q")
    nth = named.value[4:] if named else values.at_grain(values.add_months(c.today, -3), "Q")[4:]
    return Reading("DATE", f"{s.year:04}{nth}", named and named.start, aside=True)


@kind
def year_ago(s: Slots, c: Context) -> Reading | None:
    """Return the period being spoken of, one year before: a quarter in a report on earnings."""
    first, last = c.sentence(s.match.start)
    earnings = c.has("earnings", first, last)
    if s.unit == "M":  # 'the same month last year'
        item = c.last_named(s.start, "M")
    else:
        sentence = c.tokens.spans[first][0], c.tokens.spans[last - 1][1]
        item = _spoken_of(s, c, sentence, earnings)
    if item:
        value = f"{int(item.value[:4]) - 1:04}{item.value[4:]}"
        return Reading("DATE", value, item.start, aside=True)
    unit = s.unit if s.unit in ("M", "Q") else "Q" if earnings else "Y"
    # Of the quarters the last one that has ended is spoken of.
    when = values.add_months(c.today, -15 if unit == "Q" else -12)
    return Reading("DATE", values.at_grain(when, unit), c.anchor, aside=True)


def _spoken_of(s: Slots, c: Context, sentence: tuple[int, int], earnings: bool) -> Named | None:
    """Return the quarter or month that a year before is compared with, before it or after it.

    Of a report on earnings it is the quarter named last, however far back.
    """
    start, end = sentence
    last, quarter, year = (c.last_named(s.start, [kind]) for kind in (ANY, "Q", "Y"))
    is_far = quarter is None or quarter.start < start
    if last and last.unit == "M" and last.start >= start and is_far:
        return last
    near = [quarter] if quarter and (earnings or quarter.start >= start - NEAR) else []
    near += [year] if year and year.start >= start and "named" in s else []
    return max(near, default=None) or c.first_named(s.start + 1, end, "QM")


@kind
def season(s: Slots, c: Context) -> Reading | None:
    """Return a season: of the year named, else the last, this or next one."""
    name = s.get("season")
    if s.year:
        return staged(s, f"{s.year:04}-{name}", None)
    if s.unit == "Y":
        return staged(s, f"{c.today.year + (s.which or 0):04}-{name}", c.anchor)
    starts = around(c.today, lambda y: date(y, values.SEASON_MONTHS[name], 1), 2)
    running = values.add_months(c.today, -3)  # what began after this day is not over
    begun = max(d for d in starts if d <= c.today)
    if s.which is None:
        found = min(d for d in starts if d > running) if s.direction > 0 else begun
    elif s.which < 0:
        found = max(d for d in starts if d <= running)
    elif s.which == 0:
        this_year = date(c.today.year, values.SEASON_MONTHS[name], 1)
        past = s.direction < 0 and this_year > c.today
        found = begun if begun > running or past else this_year
    else:
        found = min(d for d in starts if d > c.today)
    return staged(s, f"{found.year:04}-{name}", c.anchor)
