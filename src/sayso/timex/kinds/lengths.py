"""Lengths of time, repetition, and times without a date."""

from __future__ import annotations

from sayso.timex import values
from sayso.timex.context import Context
from sayso.timex.kinds.base import Reading, Slots, kind
from sayso.timex.tokens import NUMBER_CLASSES

SUB_DAY = {"H": "H", "TM": "M", "TS": "S"}
COUNTS = frozenset(NUMBER_CLASSES["num"])
MADE_OF = {"E": (10, "Y"), "C": (100, "Y"), "L": (1000, "Y"), "F": (2, "W")}
VAGUE_DATES = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}


@kind
def duration(s: Slots, c: Context) -> Reading | None:
    """Return a length of time."""
    count = s.count()
    vague = "vague" in s or "some_of" in s
    if s.unit in ("WE", "Q") and not vague and (count is None or "count" not in s):
        return None
    if s.unit == "Q" and ("-" in s.said or c.word(s.match.end) == "of"):
        return None  # 'three-quarters of its food'
    counted = any(n in s for n in ("count", "couple_of", "vague", "some_of", "half_a"))
    if not counted and ("units" in s or "hour_units" in s):
        count = None
    if "half" in s and count is not None:
        count += 0.5
    return Reading("DURATION", length(count, s.unit))


@kind
def duration_each(s: Slots, c: Context) -> Reading | None:
    """Return 'a year' where it is a length, not what something is counted by ('$1.76 a year')."""
    before = c.tokens.letters[s.match.start - 1] if s.match.start else ""
    counted = before in COUNTS or c.is_a("counted_by", s.match.start - 1)
    return None if counted and c.word(s.match.start) in ("a", "an") else duration(s, c)


def length(count: float | None, unit: str) -> str:
    """Return a duration's value.

    Examples
    --------
    >>> length(2.5, "Y"), length(1.5, "H"), length(None, "E"), length(3, "E")
    ('P2Y6M', 'PT1H30M', 'PXE', 'P30Y')
    """
    if count is None:
        return f"PTX{SUB_DAY[unit]}" if unit in SUB_DAY else f"PX{unit}"
    if unit in SUB_DAY:
        whole = f"{int(count)}{SUB_DAY[unit]}" if count >= 1 else ""
        finer = {"H": "30M", "TM": "30S"}.get(unit, "") if count % 1 == 0.5 else ""
        return f"PT{whole}{finer}"
    times, unit = MADE_OF.get(unit, (1, unit))
    count *= times
    if unit == "Y" and count % 1:
        years, months = int(count), round(count % 1 * 12)
        return "P" + (f"{years}Y" if years else "") + f"{months}M"
    return f"P{count:g}{unit}" if count < 1e6 else f"P{int(count)}{unit}"


@kind
def duration_beside(s: Slots, c: Context) -> Reading | None:
    """Return the last, past or next so many units: a length that ends or begins now."""
    return length_beside(c, s.count(), s.unit, s.which or 1)


def length_beside(c: Context, count: float | None, unit: str, which: int) -> Reading:
    """Return a length that ends or begins on the day of publication."""
    far = values.add(c.today, which * count, unit) if count and unit not in SUB_DAY else None
    span = (far, c.today) if which < 0 else (c.today, far)
    return Reading("DURATION", length(count, unit), c.anchor, span)


@kind
def constant(s: Slots, c: Context) -> Reading | None:
    """Return what the rule says: PRESENT_REF, PAST_REF, FUTURE_REF, a vague length."""
    type_, value = s.get("type"), s.get("value")
    if not value.endswith("_REF"):
        return Reading(type_, value)
    first = None if value == "PAST_REF" else c.today
    last = None if value == "FUTURE_REF" else c.today
    return Reading(type_, value, c.anchor, (first, last))


@kind
def recent(s: Slots, c: Context) -> Reading:
    """Return recent days."""
    return Reading("DURATION", length(None, s.unit), c.anchor, (None, c.today))


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
