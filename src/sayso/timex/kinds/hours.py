"""Weekdays, weekends, parts of the day and clock times."""

from __future__ import annotations

from datetime import timedelta

from sayso.timex import values
from sayso.timex.context import Context
from sayso.timex.kinds.base import Reading, Slots, kind, last_named, on_day
from sayso.timex.kinds.days import day
from sayso.timex.numbers import number

NO_HOUR = 99


@kind
def weekday(s: Slots, c: Context) -> Reading | None:
    """Return a day of the week: the last one, unless tense or 'next' points ahead."""
    if s.unit not in ("", "W"):
        return None
    today, anchor = last_named(s, c, "D") if s.get("named") else (c.today, c.anchor)
    ahead_today = s.get("weekday") - today.isoweekday()
    back = -ahead_today % 7
    past = today - timedelta(days=back)
    if s.get("weeks"):
        count = 2 if "fortnight" in s.said else s.count() or 1
        weeks = count + 1 if s.get("weeks") > 0 else -count
        found = past + timedelta(days=7 * weeks)
    elif s.unit:
        weeks = -1 if s.which is None else s.which
        found = today + timedelta(days=ahead_today + 7 * weeks)
    elif s.get("ahead"):
        found = past + timedelta(days=7)
    elif s.which is None:
        # 'a meeting for Friday'
        ahead = s.direction > 0 or (
            c.word(s.match.start - 1) == "for" and not c.is_thing(s.match.end)
        )
        found = past + timedelta(days=7) if back and ahead else past
    elif s.which < 0:
        found = past if back else past - timedelta(days=7)
    else:
        found = past if s.which == 0 and not back else past + timedelta(days=7)
    return on_day(s, found + timedelta(days=7 * s.get("more", 0)), anchor)


@kind
def deictic(s: Slots, c: Context) -> Reading | None:
    """Return today, yesterday, tomorrow."""
    return on_day(s, c.today + timedelta(days=s.get("deictic")), c.anchor)


@kind
def part_of_day(s: Slots, c: Context) -> Reading | None:
    """Return this morning, last night, the next morning."""
    base, anchor = last_named(s, c, "D") if s.get("named") else (c.today, c.anchor)
    return on_day(s, base + timedelta(days=s.which or 0), anchor)


@kind
def clock(s: Slots, c: Context) -> Reading | None:
    """Return a clock time, on the day named with it, in its sentence, or of publication."""
    on, anchor = _day_of_clock(s, c)
    hour, minute = _hour_and_minute(s)
    part, half = s.get("part"), s.get("half_day")
    if half is not None:
        final = number(s.words("final")[:1]) or 12
        # 'from 11 to 1 p.m.' begins in the morning.
        half = 12 - half if hour % 12 > final % 12 and "final" in s else half
        hour = hour % 12 + half
    elif hour < 12 and (part in ("AF", "EV") or (part == "NI" and hour > 5)):
        hour += 12
    if on is None or hour > 24 or minute > 59:
        return None
    return Reading("TIME", f"{on}T{int(hour):02}:{int(minute):02}", anchor)


def _hour_and_minute(s: Slots) -> tuple[float, float]:
    """Return the hour and minute as written, however: '6.30', '0830', '6:30', 'noon'."""
    if "dotted_clock" in s:
        hour, minute = s.words("dotted_clock")[0].split(".")
        return int(hour), int(minute)
    if "military" in s:
        written = s.words("military")[0]
        is_time = len(written) == 4 and written.isdigit()
        return (int(written[:2]), int(written[2:])) if is_time else (NO_HOUR, 0)
    return s.get("noon", s.get("hour", 0)), s.get("minute", 0)


def _day_of_clock(s: Slots, c: Context) -> tuple[str | None, str | int | None]:
    """Return the day of a clock time, None if there is no such day, and what that leans on."""
    for name, function in (("month", day), ("weekday", weekday), ("deictic", deictic)):
        if name in s:
            found = function(s, c)
            return (found.value[:10], found.anchor) if found else (None, None)
    if "which" in s:
        return (c.today + timedelta(days=s.which)).isoformat(), c.anchor
    first = c.tokens.spans[c.sentence(s.match.start)[0]][0]
    named = c.last_named(s.start, "D")
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
    return Reading("DATE", values.at_grain(saturday, "WE"), c.anchor)
