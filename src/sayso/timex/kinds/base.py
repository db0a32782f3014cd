"""What all kinds share: the slots of a rule as values, and the reading they come to."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sayso.timex import values
from sayso.timex.context import Context
from sayso.timex.grammar import Match
from sayso.timex.numbers import number

FINENESS = "DSWMQHYEC"
FIRST_OF_CENTURY = 50  # two digits from here on are of the century before


class Reading(NamedTuple):
    """A type and a value; the days it covers where the value alone does not say them."""

    type: str
    value: str
    anchor: str | int | None = None
    span: tuple[date | None, date | None] | None = None
    aside: bool = False  # a comparison, which nothing after it leans on


@dataclass(frozen=True, slots=True)
class Slots:
    """What a rule remembered, as values."""

    match: Match
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
        if name in self.context.grammar.classes:
            return self.context.grammar.value(name, words[0])
        return number([re.sub(r"(?i)(?<=\d)(st|nd|rd|th)$", "", word) for word in words])

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
        if year is None and "yy" in self:
            year = full_year(int(self.words("yy")[0]))
        if year and self._final_month and self._final_month < self.get("month", 0):
            year -= 1  # 'between December and March 2019'
        return int(year) if year else None

    @property
    def _final_month(self) -> int | None:
        """The month of the last item of a list that names months."""
        months = (self.context.grammar.value("month", word) for word in self.words("final"))
        return next((month for month in months if month), None)

    @property
    def nth(self) -> int | None:
        """Which one in a row: 'third', '3rd'."""
        return self.get("ordinal", self.get("ordnum"))

    @property
    def start(self) -> int:
        """Where the expression starts, in characters."""
        return self.context.tokens.spans[self.match.start][0]

    @property
    def direction(self) -> int:
        """Which way the tense points."""
        return self.context.direction(self.match.start, self.match.end)

    @property
    def over(self) -> bool:
        """Whether the tense tells that a day is past: 'was killed on', not 'was extended to'."""
        on = self.context.word(self.match.start - 1) == "on"
        return on and self.context.is_over(self.match.start, self.match.end)

    @property
    def said(self) -> list[str]:
        """All words of the expression, in small letters."""
        return [w.lower() for w in self.context.tokens.words[self.match.start : self.match.end]]

    def count(self) -> float | None:
        """Return how many units; None where the words are vague ('several')."""
        if "count" in self:
            return self.get("count")
        if "couple_of" in self:
            return 12 if "dozen" in [w.lower() for w in self.words("couple_of")] else 2
        if "half_a" in self:
            return 0.5
        return None if "vague" in self or "some_of" in self else 1


def full_year(year: int) -> int:
    """Return a year of two digits with its century, others as they are."""
    return year if year > 99 else year + (2000 if year < FIRST_OF_CENTURY else 1900)


KINDS: dict[str, Callable[[Slots, Context], Reading | None]] = {}


def kind(function: Callable[[Slots, Context], Reading | None]) -> Callable:
    """Register a kind under its function's name."""
    KINDS[function.__name__] = function
    return function


def around(today: date, day_in: Callable[[int], date], far: int = 1) -> list[date]:
    """Return the day that each year around a day has, of the years that have it (29 February)."""
    found = []
    for year in range(today.year - far, today.year + far + 1):
        with suppress(ValueError, OverflowError):
            found.append(day_in(year))
    return found


def nearest(days: list[date], today: date, direction: int, over: bool = False) -> date:
    """Return the day meant where several years are possible.

    The nearest one is, unless the tense points to the other side and that is not a year away
    from a day just passed. ``over`` says that the tense is sure to point back.
    """
    close = min(days, key=lambda d: (abs((d - today).days), d))
    ahead = (close - today).days
    if direction <= 0 and ahead > (0 if over else 100):
        return max((d for d in days if d <= today), default=close)
    if direction > 0 and ahead < -45:
        return min((d for d in days if d >= today), default=close)
    return close


def last_named(s: Slots, c: Context, unit: str) -> tuple[date, str | int | None]:
    """Return the day of the date named last that is at least as exact as a unit, else today."""
    named = c.last_named(s.start, FINENESS[: FINENESS.find(unit) + 1])
    if named is None:
        return c.today, c.anchor
    return values.first_day(named.value, named.unit), named.start


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
    return Reading("DATE", value, anchor, (first, last))


def on_day(s: Slots, found: date, anchor: str | int | None) -> Reading:
    """Return a day, the part of it that is named, or the week it lies in."""
    if s.get("grain") == "W":
        return Reading("DATE", values.at_grain(found, "W"), anchor)
    if "part" in s:
        return Reading("TIME", f"{found.isoformat()}T{s.get('part')}", anchor)
    return Reading("DATE", found.isoformat(), anchor)
