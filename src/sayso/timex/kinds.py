"""What each kind of time expression comes to, on a given day of publication.

A kind is a function of the slots that a rule remembered and of the context. It returns a
:class:`Reading`, or None where the words turn out to name no time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sayso.timex import values
from sayso.timex.context import Context
from sayso.timex.grammar import Grammar, Match
from sayso.timex.numbers import number

IN_YEAR = {"in", "since", "of", "until", "by", "from", "to", "before", "after", "during", "through"}
SUB_DAY = {"H": "H", "TM": "M", "TS": "S"}
VAGUE_DATES = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}


class Reading(NamedTuple):
    """A type and a value; the days it covers where the value alone does not say them."""

    type: str
    value: str
    span: tuple[date | None, date | None] | None = None
    anchor: str | int | None = None
    aside: bool = False  # a comparison, which nothing after it leans on


@dataclass(frozen=True, slots=True)
class Slots:
    """What a rule remembered, as values."""

    match: Match
    grammar: Grammar
    context: Context

    def __contains__(self, name: str) -> bool:
        return name in self.match.slots or name in self.match.rule.given

    def words(self, name: str) -> list[str]:
        """Return the words of a slot."""
        start, end = self.match.slots.get(name, (0, 0))
        return self.context.tokens.words[start:end]

    def get(self, name: str, default: Any = None) -> Any:
        """Return a slot's value: what its word stands for, or the number it is."""
        if name in self.match.rule.given:
            return self.match.rule.given[name]
        if name not in self.match.slots:
            return default
        words = self.words(name)
        if name in self.grammar.classes:
            return self.grammar.value(name, words[0])
        return number([re.sub(r"(?<=\d)(st|nd|rd|th)$", "", word) for word in words])

    @property
    def which(self) -> int | None:
        """Which one is meant: -1 the last, 0 this, 1 the next; None if not said."""
        return self.get("which", self.get("beside"))

    @property
    def unit(self) -> str:
        """The unit of time, '' if there is none."""
        names = ("unit", "units", "hour_unit", "hour_units")
        return next((self.get(n) for n in names if n in self), "")

    @property
    def year(self) -> int | None:
        """The year that is named, in figures or words."""
        year = self.get("yyyy", self.get("year_words"))
        return int(year) if year else None

    @property
    def start(self) -> int:
        """Where the expression starts, in characters."""
        return self.context.tokens.spans[self.match.start][0]

    @property
    def direction(self) -> int:
        """Which way the tense points."""
        return self.context.direction(self.match.start, self.match.end)

    def count(self) -> float | None:
        """Return how many units; None where the words are vague ('several')."""
        if "count" in self:
            return self.get("count")
        if "couple_of" in self:
            return 12 if "dozen" in [w.lower() for w in self.words("couple_of")] else 2
        if "half_a" in self:
            return 0.5
        return None if "vague" in self or "some_of" in self else 1


KINDS: dict[str, Callable[[Slots, Context], Reading | None]] = {}


def kind(function: Callable[[Slots, Context], Reading | None]) -> Callable:
    """Register a kind under its function's name."""
    KINDS[function.__name__] = function
    return function


def nearest(days: list[date | None], today: date, direction: int) -> date | None:
    """Return the day meant where several years are possible.

    The nearest one is, unless the tense points to the other side and that is not a year away
    from a day just passed.
    """
    days = sorted(d for d in days if d)
    if not days:
        return None
    close = min(days, key=lambda d: (abs((d - today).days), d))
    ahead = (close - today).days
    if direction <= 0 and ahead > 100:
        return max((d for d in days if d <= today), default=close)
    if direction > 0 and ahead < -45:
        return min((d for d in days if d >= today), default=close)
    return close


def around(today: date) -> range:
    """Return the years a date without its year may lie in."""
    return range(today.year - 1, today.year + 2)


# --- days, months, years -------------------------------------------------------------------


@kind
def day(s: Slots, c: Context) -> Reading | None:
    """Return a day of a month, with its year or without."""
    month = s.get("month")
    dom = s.get("later") or s.get("dom") or s.get("ordnum") or s.get("ordinal")
    if s.year:
        found = values.day(s.year, month, dom)
        return Reading("DATE", found.isoformat()) if found else None
    direction = s.which or s.direction
    found = nearest([values.day(y, month, dom) for y in around(c.today)], c.today, direction)
    return Reading("DATE", found.isoformat(), None, c.anchor) if found else None


@kind
def day_of_weekday(s: Slots, c: Context) -> Reading | None:
    """Return 'Friday the 13th': the last such day, or the next if the tense points ahead."""
    dom = s.get("ordnum") or s.get("ordinal")
    months = [values.add_months(c.today.replace(day=1), n) for n in range(-30, 30)]
    days = [values.day(m.year, m.month, dom) for m in months]
    days = [d for d in days if d and d.isoweekday() == s.get("weekday")]
    if s.direction > 0:
        found = min((d for d in days if d >= c.today), default=None)
    else:
        found = max((d for d in days if d <= c.today), default=None)
    return Reading("DATE", found.isoformat(), None, c.anchor) if found else None


@kind
def numeric(s: Slots, c: Context) -> Reading | None:
    """Return a date in numbers; a number over 12 tells the day from the month."""
    parts = [int(p) for p in re.split(r"[-./]", s.words("numdate")[0])]
    if parts[0] > 31:
        year, month, dom = parts
    elif "." in s.words("numdate")[0] or parts[0] > 12:
        dom, month, year = parts
    else:
        month, dom, year = parts
    found = values.day(year, month, dom)
    return Reading("DATE", found.isoformat()) if found else None


@kind
def month(s: Slots, c: Context) -> Reading | None:
    """Return a month, with its year or without."""
    name = s.get("month")
    if s.match.end - s.match.start == 1 and not _is_month(s, c, name):
        return None
    if s.year:
        return staged(s, f"{s.year:04}-{name:02}", None)
    firsts = [date(y, name, 1) for y in around(c.today)]
    now = c.today.replace(day=1)
    if s.unit:
        if s.unit != "Y":
            return None
        year = c.today.year + (s.which or 0)
        return staged(s, f"{year:04}-{name:02}", c.anchor)
    if s.which is None:
        direction = 1 if c.is_a("next_month", s.match.end) else s.direction
        past = max(d for d in firsts if d <= now)
        ahead = min(d for d in firsts if d >= now)
        soon = (ahead - now).days < 50
        # Of a September to come one writes 'next September' in October.
        near = (now - past).days < 40
        found = ahead if (direction > 0 and not near) or (direction == 0 and soon) else past
    elif s.which == 0:
        found = date(c.today.year, name, 1)
    elif s.which < 0:
        # In March, 'last February' is that of the year before; this year's would be 'last month'.
        found = max((d for d in firsts if d < values.add_months(now, -1)), default=None)
    else:
        found = min((d for d in firsts if d > now), default=None)
    return staged(s, found.isoformat()[:7], c.anchor) if found else None


def _is_month(s: Slots, c: Context, name: int) -> bool:
    """Return whether a month's name alone is one: not 'Jan Kavan', 'Mrs May', 'March for Life'."""
    if len(s.words("month")[0]) == 3 and name != 5:
        return False
    if name not in (3, 5):
        return True
    follows = name == 3 and c.word(s.match.end) in ("for", "of", "on")
    return c.is_a("before_a_month", s.match.start - 1) and not follows


def staged(s: Slots, value: str, anchor: str | int | None) -> Reading:
    """Return a value whose days are only a half of it where a stage is named ('late 1990')."""
    first, last = values.bounds(value)
    stage = s.get("stage") or s.get("early") or s.get("earlier")
    if stage and first and last:
        length = (last - first).days
        if stage != "START":
            first = first + timedelta(days=length // (2 if stage == "END" else 4))
        if stage != "END":
            last = last - timedelta(days=length // (2 if stage == "START" else 4))
    return Reading("DATE", value, (first, last), anchor)


@kind
def week_of_day(s: Slots, c: Context) -> Reading | None:
    """Return the week that a named day lies in."""
    found = day(s, c)
    if found is None:
        return None
    return Reading("DATE", values.week(date.fromisoformat(found.value)), None, found.anchor)


@kind
def year(s: Slots, c: Context) -> Reading | None:
    """Return a year, where the number is one."""
    value = s.year
    if s.unit not in ("", "Y"):
        return None
    before = c.word(s.match.start - 1)
    after = c.word(s.match.end)
    plain = s.match.end - s.match.start == 1
    if plain and before not in IN_YEAR:
        if not 1900 <= value <= 2050 or (
            value % 100 == 0 and after.endswith("s") and c.tokens.words[s.match.end].islower()
        ):
            return None
    elif plain and not 1400 <= value <= 2099:
        return None
    return staged(s, f"{value:04}", None)


@kind
def year_in_words(s: Slots, c: Context) -> Reading | None:
    """Return a year spelled out."""
    value = s.year
    if value is None or not 1400 <= value <= 2099:
        return None
    return Reading("DATE", f"{value:04}")


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
    nth = s.get("ordinal") or s.get("ordnum")
    nth += 20 if "twenty" in s.words("tens") else 0
    return staged(s, f"{int(nth) - 1:02}", None)


@kind
def holiday(s: Slots, c: Context) -> Reading | None:
    """Return a holiday, by its rule, in the year that is named or nearest."""
    name = " ".join(s.words("holiday")).lower().replace(" 's", "'s").replace("’", "'")
    rule = s.grammar.holidays[re.sub(r"\s+([.'])", r"\1", name)]
    anchor = c.anchor
    if s.year:
        found, anchor = holiday_in(rule, s.year), None
    elif s.unit == "Y":
        found = holiday_in(rule, c.today.year + (s.which or 0))
    else:
        days = [holiday_in(rule, y) for y in around(c.today)]
        if s.which is not None and s.which < 0:
            found = max(d for d in days if d < c.today)
        elif s.which:
            found = min(d for d in days if d > c.today)
        else:
            found = nearest(days, c.today, s.direction)
    if s.get("grain") == "W":
        return Reading("DATE", values.week(found), None, anchor)
    return Reading("DATE", found.isoformat(), None, anchor)


def holiday_in(rule: dict[str, int], year: int) -> date:
    """Return the day of a holiday in a year."""
    if "easter" in rule:
        return values.easter(year) + timedelta(days=rule["easter"])
    if "nth" in rule:
        found = values.nth_weekday(year, rule["month"], rule["weekday"], rule["nth"])
        return found + timedelta(days=rule.get("after", 0))
    return date(year, rule["month"], rule["day"])


# --- weekdays and the hours of a day -------------------------------------------------------


@kind
def weekday(s: Slots, c: Context) -> Reading | None:
    """Return a day of the week: the last one, unless tense or 'next' points ahead."""
    number_ = s.get("weekday")
    back = (c.today.isoweekday() - number_) % 7
    past = c.today - timedelta(days=back)
    if s.unit:
        found = _in_week(s, c, number_)
    elif s.get("ahead"):
        found = past + timedelta(days=7)
    elif s.which is None:
        found = past + timedelta(days=7) if back and s.direction > 0 else past
    elif s.which < 0:
        found = past if back else past - timedelta(days=7)
    else:
        found = past if s.which == 0 and not back else past + timedelta(days=7)
    if found is None:
        return None
    return at_part(s, found, c.anchor)


def _in_week(s: Slots, c: Context, number_: int) -> date | None:
    if s.unit != "W":
        return None
    shift = s.which if s.which is not None else -1
    monday = c.today - timedelta(days=c.today.isoweekday() - 1)
    return monday + timedelta(days=7 * shift + number_ - 1)


def at_part(s: Slots, found: date, anchor: str | int | None) -> Reading:
    """Return a day, or the part of it that is named."""
    part = s.get("part")
    if part is None:
        return Reading("DATE", found.isoformat(), None, anchor)
    return Reading("TIME", f"{found.isoformat()}T{part}", None, anchor)


@kind
def deictic(s: Slots, c: Context) -> Reading | None:
    """Return today, yesterday, tomorrow."""
    before = c.tokens.words[s.match.start - 1] if s.match.start else ""
    if c.tokens.words[s.match.start][0].isupper() and before.isupper() and before.isalpha():
        return None  # a name: 'VOA Today'
    return at_part(s, c.today + timedelta(days=s.get("deictic")), c.anchor)


@kind
def part_of_day(s: Slots, c: Context) -> Reading | None:
    """Return this morning, last night, the next morning."""
    which = s.which or 0
    if s.get("named"):
        named = c.last_named(s.start, "D", units="D")
        base = date.fromisoformat(named.value[:10]) if named else c.today
        return at_part(s, base + timedelta(days=which), named.start if named else c.anchor)
    return at_part(s, c.today + timedelta(days=which), c.anchor)


@kind
def clock(s: Slots, c: Context) -> Reading | None:
    """Return a clock time, on the day named with it, in its sentence, or of publication."""
    day_ = _day_of_clock(s, c)
    return _at_clock(s, *day_) if day_ else None


@kind
def clock_of_day(s: Slots, c: Context) -> Reading | None:
    """Return a clock time on a day of a month."""
    found = day(s, c)
    return _at_clock(s, found.value, found.anchor) if found else None


def _at_clock(s: Slots, on: str, anchor: str | int | None) -> Reading | None:
    hour, minute = s.get("hour", 0), s.get("minute", 0)
    if "noon" in s:
        hour = s.get("noon")
    elif "half_day" in s:
        hour = hour % 12 + s.get("half_day")
    elif s.get("part") in ("AF", "EV") and hour < 12:
        hour += 12
    if hour > 24 or minute > 59:
        return None
    return Reading("TIME", f"{on}T{int(hour):02}:{int(minute):02}", None, anchor)


def _day_of_clock(s: Slots, c: Context) -> tuple[str, Any] | None:
    for name, function in (("weekday", weekday), ("deictic", deictic)):
        if name in s:
            found = function(s, c)
            return (found.value[:10], found.anchor) if found else None
    if "which" in s:
        return (c.today + timedelta(days=s.which)).isoformat(), c.anchor
    first = c.tokens.spans[c.sentence(s.match.start)[0]][0]
    named = c.last_named(s.start, "D", units="D")
    if named and named.start >= first:
        return named.value[:10], named.start
    return c.today.isoformat(), c.anchor


@kind
def weekend(s: Slots, c: Context) -> Reading | None:
    """Return a weekend: the last one, unless tense or 'next' points ahead."""
    saturday = c.today - timedelta(days=(c.today.isoweekday() - 6) % 7)
    which = s.which
    if which is None:
        which = 1 if s.direction > 0 else -1
    running = c.today.isoweekday() in (6, 7)
    if which > 0 or (which == 0 and not running):
        saturday += timedelta(days=7)
    elif which < 0 and running and "which" in s:
        saturday -= timedelta(days=7)
    return Reading("DATE", values.at_grain(saturday, "WE"), None, c.anchor)


# --- relative to publication, or to a date just named --------------------------------------


@kind
def beside_published(s: Slots, c: Context) -> Reading | None:
    """Return last week, this month, next year."""
    unit, which = s.unit, s.which or 0
    if unit == "D" and which == 0:
        return None
    said = [w.lower() for w in s.words("which")]
    if "past" in said and "the" in [w.lower() for w in c.tokens.words[s.match.start : s.match.end]]:
        return _length_beside(c, 1, unit, -1)
    if unit == "L":
        return None
    if unit == "C" and which == 0:
        return Reading("DATE", values.at_grain(c.today, unit), None, c.anchor)
    found = values.add(c.today.replace(day=1) if unit in values.MONTHS_IN else c.today, which, unit)
    return staged(s, values.at_grain(found, unit), c.anchor) if found else None


@kind
def year_end(s: Slots, c: Context) -> Reading | None:
    """Return the last day of a year."""
    year_ = s.year or c.today.year + (s.which or 0)
    return Reading("DATE", f"{year_:04}-12-31", None, None if s.year else c.anchor)


@kind
def shift(s: Slots, c: Context) -> Reading | None:
    """Return so many units before (or after) publication."""
    if s.unit == "Y" and s.get("sign") < 0 and "count" not in s and s.count() == 1:
        return year_ago(s, c)
    return _shifted(s, c.today, s.get("sign"), c.anchor)


def _shifted(s: Slots, base: date, sign: int, anchor: str | int | None) -> Reading | None:
    count, unit = s.count(), s.unit
    if count is None:
        return Reading("DATE", VAGUE_DATES[sign], None, anchor)
    if unit in SUB_DAY:
        return Reading("DATE", base.isoformat(), None, anchor)
    found = values.add(base, sign * count, unit)
    if found is None:
        return None
    return Reading(
        "DATE", values.at_grain(found, {"E": "Y", "C": "Y", "L": "Y"}.get(unit, unit)), None, anchor
    )


@kind
def vague_ago(s: Slots, c: Context) -> Reading | None:
    """Return 'several years ago', 'long ago': some time in the past."""
    return Reading("DATE", "PAST_REF", (None, c.today), c.anchor)


@kind
def shift_named(s: Slots, c: Context) -> Reading | None:
    """Return so many units before or after the date named last."""
    if s.unit == "Y" and s.get("sign") < 0 and s.count() == 1:
        return year_ago(s, c)
    base, anchor = _base(s, c, s.unit)
    return _shifted(s, base, s.get("sign"), anchor)


def _base(s: Slots, c: Context, unit: str) -> tuple[date, str | int | None]:
    named = c.last_named(s.start, unit)
    if named is None:
        return c.today, c.anchor
    return values.first_day(named.value, named.unit), named.start


@kind
def beside_named(s: Slots, c: Context) -> Reading | None:
    """Return the following day, the previous year, that month: from the date named last."""
    unit = s.unit
    base, anchor = _base(s, c, unit)
    which = s.get("shift", s.which or 0)
    found = values.add(base, which, unit)
    return staged(s, values.at_grain(found, unit), anchor) if found else None


# --- periods of business and of the year ---------------------------------------------------


@kind
def quarter(s: Slots, c: Context) -> Reading | None:
    """Return a quarter: of the year named, else the last one that has ended."""
    nth = s.get("quarter_code") or s.get("ordinal") or s.get("ordnum")
    if nth > 4:
        return None
    first = max(s.match.start - 8, c.sentence(s.match.start)[0])
    aside = any(c.is_a("compared_with", i) for i in range(first, s.match.start))
    if s.year:
        return Reading("DATE", f"{s.year:04}-Q{nth}", aside=aside)
    if s.which is not None and s.unit == "Y":
        return Reading("DATE", f"{c.today.year + s.which:04}-Q{nth}", None, c.anchor, aside)
    value = f"{_year_of(s, c, 3 * nth - 2, 3):04}-Q{nth}"
    return Reading("DATE", value, None, c.anchor, aside)


def _year_of(s: Slots, c: Context, month_: int, months: int) -> int:
    """Return the year of a period that begins with a month: the last one that has begun.

    The next is meant where the tense points ahead, unless the last one is just over: in October
    'it expects a loss for the third quarter' is about a quarter that has ended.
    """
    year_ = c.today.year - (c.today.month < month_)
    after = values.add_months(date(year_, month_, 1), months)
    return year_ + (s.direction > 0 and (c.today - after).days > 30 * (months + 1))


@kind
def half(s: Slots, c: Context) -> Reading | None:
    """Return a half of a year."""
    nth = s.get("ordinal") or s.get("ordnum")
    if nth > 2:
        return None
    if s.year:
        return Reading("DATE", f"{s.year:04}-H{nth}")
    if s.unit == "Y" and s.which is not None:
        return Reading("DATE", f"{c.today.year + s.which:04}-H{nth}", None, c.anchor)
    return Reading("DATE", f"{_year_of(s, c, 6 * nth - 5, 6):04}-H{nth}", None, c.anchor)


@kind
def period(s: Slots, c: Context) -> Reading | None:
    """Return 'the quarter', 'the period', 'the year': the one being spoken of."""
    words = [w.lower() for w in c.tokens.words[s.match.start : s.match.end]]
    if "year" in words:
        return staged(s, f"{c.today.year:04}", c.anchor)
    named = c.last_named(s.start, "Q", units="QM")
    if named and (named.unit == "Q" or "period" in words):
        return Reading("DATE", named.value, None, named.start)
    if "period" in words:
        return None
    ended = values.add_months(c.today, -3)
    return Reading("DATE", values.at_grain(ended, "Q"), None, c.anchor)


@kind
def period_of_year(s: Slots, c: Context) -> Reading | None:
    """Return 'the 1987 quarter': the quarter being spoken of, in another year."""
    named = c.last_named(s.start, "Q", units="Q")
    nth = named.value[4:] if named else values.at_grain(values.add_months(c.today, -3), "Q")[4:]
    return Reading("DATE", f"{s.year:04}{nth}", None, named and named.start, aside=True)


@kind
def quarter_of_month(s: Slots, c: Context) -> Reading | None:
    """Return 'the September quarter': the quarter that ends with a month, the last one begun."""
    nth = (s.get("month") + 2) // 3
    return Reading("DATE", f"{_year_of(s, c, 3 * nth - 2, 3):04}-Q{nth}", None, c.anchor)


@kind
def year_ago(s: Slots, c: Context) -> Reading | None:
    """Return the period being spoken of, one year before: a quarter in a report on earnings."""
    first, last = c.sentence(s.match.start)
    start = c.tokens.spans[first][0]
    earnings = any(c.is_a("earnings", i) for i in range(first, last))
    here = [n for n in c.named if start <= n.start < s.start]
    if here and here[-1].unit == "M" and not any(n.unit == "Q" for n in here):
        value = f"{int(here[-1].value[:4]) - 1:04}{here[-1].value[4:]}"
        return Reading("DATE", value, None, here[-1].start, aside=True)
    for item in reversed(c.named):
        quarter_near = item.unit == "Q" and (earnings or item.start >= start - 400)
        year_near = item.unit == "Y" and item.start >= start and s.match.rule.kind == "shift_named"
        if item.start < s.start and (quarter_near or year_near):
            value = f"{int(item.value[:4]) - 1:04}{item.value[4:]}"
            return Reading("DATE", value, None, item.start, aside=True)
    return Reading("DATE", f"{c.today.year - 1:04}", None, c.anchor, aside=True)


@kind
def season(s: Slots, c: Context) -> Reading | None:
    """Return a season: of the year named, else the last, this or next one."""
    name = s.get("season")
    if s.year:
        return staged(s, f"{s.year:04}-{name}", None)
    years = [
        date(y, values.SEASON_MONTHS[name], 1) for y in range(c.today.year - 2, c.today.year + 2)
    ]
    if s.unit == "Y":
        return staged(s, f"{c.today.year + (s.which or 0):04}-{name}", c.anchor)
    running = values.add_months(c.today, -3)
    begun = [d for d in years if d <= c.today]
    ended = [d for d in years if d <= running]
    if s.which is None:
        found = min(d for d in years if d > running) if s.direction > 0 else begun[-1]
    elif s.which < 0:
        found = ended[-1]
    elif s.which == 0:
        found = (
            begun[-1] if begun[-1] > running else date(c.today.year, values.SEASON_MONTHS[name], 1)
        )
    else:
        found = min(d for d in years if d > c.today)
    return staged(s, f"{found.year:04}-{name}", c.anchor)


# --- lengths, repetition, vague times ------------------------------------------------------


@kind
def duration(s: Slots, c: Context) -> Reading | None:
    """Return a length of time."""
    count = s.count()
    if s.unit in ("WE", "Q") and (count is None or "count" not in s):
        return None
    if s.unit == "Q" and (
        "-" in c.tokens.words[s.match.start : s.match.end] or c.word(s.match.end) == "of"
    ):
        return None  # 'three-quarters of its food'
    if ("units" in s or "hour_units" in s) and not any(
        n in s for n in ("count", "couple_of", "vague", "some_of", "half_a")
    ):
        count = None
    if "half" in s and count is not None:
        count += 0.5
    return Reading("DURATION", length(count, s.unit))


def length(count: float | None, unit: str) -> str:
    """Return a duration's value.

    Examples
    --------
    >>> length(2.5, "Y"), length(1.5, "H"), length(None, "E"), length(3, "E")
    ('P2Y6M', 'PT1H30M', 'PXE', 'P30Y')
    """
    if count is None:
        return f"PT X{SUB_DAY[unit]}".replace(" ", "") if unit in SUB_DAY else f"PX{unit}"
    if unit in SUB_DAY:
        whole = f"{int(count)}{SUB_DAY[unit]}" if count >= 1 else ""
        finer = {"H": "30M", "TM": "30S"}.get(unit, "") if count % 1 == 0.5 else ""
        return f"PT{whole}{finer}"
    tens = {"E": 10, "C": 100, "L": 1000}
    if unit in tens:
        count, unit = count * tens[unit], "Y"
    if unit == "F":
        count, unit = count * 2, "W"
    if unit == "Y" and count % 1:
        years, months = int(count), round(count % 1 * 12)
        return "P" + (f"{years}Y" if years else "") + f"{months}M"
    return f"P{count:g}{unit}" if count < 1e6 else f"P{int(count)}{unit}"


@kind
def duration_beside(s: Slots, c: Context) -> Reading | None:
    """Return the last, past or next so many units: a length that ends or begins now."""
    return _length_beside(c, s.count(), s.unit, s.which or 1)


def _length_beside(c: Context, count: float | None, unit: str, which: int) -> Reading:
    far = values.add(c.today, which * count, unit) if count and unit not in SUB_DAY else None
    span = (far, c.today) if which < 0 else (c.today, far)
    return Reading("DURATION", length(count, unit), span, c.anchor)


@kind
def constant(s: Slots, c: Context) -> Reading | None:
    """Return what the rule says: PRESENT_REF, PAST_REF, FUTURE_REF, a vague length."""
    value = s.get("value")
    if not value.endswith("_REF"):
        return Reading(s.get("type"), value)
    return Reading(s.get("type"), value, _vague_span(value, c.today), c.anchor)


def _vague_span(value: str, today: date) -> tuple[date | None, date | None]:
    return (None if value == "PAST_REF" else today, None if value == "FUTURE_REF" else today)


@kind
def recent(s: Slots, c: Context) -> Reading | None:
    """Return recent days, coming months."""
    value = VAGUE_DATES[s.get("direction")]
    if s.get("direction") < 0:
        return Reading("DURATION", length(None, s.unit), _vague_span(value, c.today), c.anchor)
    return Reading("DATE", value, _vague_span(value, c.today), c.anchor)


@kind
def often(s: Slots, c: Context) -> Reading | None:
    """Return daily, weekly, annually."""
    name = c.tokens.words[s.match.start][0].isupper()
    if name and s.match.start != c.sentence(s.match.start)[0]:
        return None  # part of a name: 'The Daily Mail'
    return Reading("SET", s.get("often") or s.get("regularly"))


@kind
def every(s: Slots, c: Context) -> Reading | None:
    """Return every day, each Thursday, Tuesday nights, twice a week."""
    part = s.get("part") or s.get("parts")
    time = f"T{part}" if part else ""
    number_ = s.get("weekday") or s.get("weekdays")
    if number_:
        return Reading("SET", f"XXXX-WXX-{number_}{time}")
    if "season" in s:
        return Reading("SET", f"XXXX-{s.get('season')}")
    if "month" in s:
        return Reading("SET", f"XXXX-{s.get('month'):02}")
    if part:
        return Reading("SET", f"XXXX-XX-XX{time}")
    return Reading("SET", length(s.count() or 1, s.unit or "D"))
