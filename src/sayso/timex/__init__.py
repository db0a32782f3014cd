"""Time expressions in news English: where they stand, what they mean, which days they cover."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from sayso.text.spans import Span
from sayso.timex.context import Context, merge
from sayso.timex.grammar import Grammar, Match, load
from sayso.timex.kinds import KINDS, Reading, Slots
from sayso.timex.names import is_name
from sayso.timex.tokens import Tokens, tokenise
from sayso.timex.values import bounds, grain

if TYPE_CHECKING:
    from sayso.article import Published

__all__ = ["Dated", "Timex", "find", "find_dated"]

# Days so far apart that nothing but what a text says itself comes out the same on all of them.
ANY_DAY = tuple(
    date.fromisoformat(d)
    for d in ("1921-11-02", "1964-02-29", "1987-07-14", "2003-04-21", "2040-09-28")
)
# Kinds of expressions that tell of a text's own time, and what those are exact to.
DATED = {"day", "numeric", "month", "year", "D", "M", "Y"}
# In a quotation these lean on the day it was spoken.
SPOKEN = {"deictic", "part_of_day", "weekday", "beside_published", "shift"}


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression.

    ``value`` is its TIMEX3 value, with X for what stays unknown; ``earliest`` and ``latest`` are
    the first and last day it can mean. ``anchor`` says what it leans on: ``'published'``, the
    start of another expression, or None.
    """

    start: int
    end: int
    type: str
    value: str
    earliest: date | None
    latest: date | None
    anchor: str | int | None


def find(
    text: str,
    *,
    published: Published | date | None = None,
    quoted: Iterable[Span] = (),
    exclude: Iterable[Span] = (),
    kinds: frozenset[str] | None = None,
) -> list[Timex]:
    """Return the time expressions of a text of news English, in order.

    Parameters
    ----------
    published
        When it was published. Where that is not known to the day, a value keeps only what is the
        same on every day possible.
    quoted
        Stretches of speech: 'today' in them is the day they were spoken.
    exclude
        Stretches to leave out.
    kinds
        The kinds of expressions to look for, all where null.

    Examples
    --------
    >>> [t.value for t in find("They met on Friday.", published=date(2019, 7, 6))]
    ['2019-07-05']
    """
    grammar = load() if kinds is None else load().only(kinds)
    tokens = tokenise(text, grammar.vocabulary)
    matches = _matches(tokens, grammar, exclude)
    days, speech = possible_days(published), sorted(quoted)
    readings = [_resolve(tokens, grammar, matches, day, speech) for day in days]
    known = days is not ANY_DAY
    found = []
    for match, row in zip(matches, zip(*readings, strict=True), strict=True):
        kept = [r for r in row if r is not None]
        if kept:
            found.append(_timex(tokens, grammar, match, kept, known))
    return found


@dataclass(frozen=True, slots=True)
class Dated:
    """A day, month or year, and which way the tense around it points (-1, 0, 1).

    The value begins with XXXX where the text does not name the year.
    """

    start: int
    end: int
    value: str
    tense: int


def find_dated(text: str, *, exclude: Iterable[Span] = ()) -> list[Dated]:
    """Return the days, months and years of a text: what it says of its own time."""
    grammar = load()
    tokens = tokenise(text, grammar.vocabulary)
    matches = _matches(tokens, grammar, exclude)
    context = Context(tokens, ANY_DAY[0], grammar)
    readings = _resolve(tokens, grammar, matches, ANY_DAY[0], [])
    found = []
    for match, reading in zip(matches, readings, strict=True):
        if reading is None or match.rule.kind not in DATED or grain(reading.value) not in DATED:
            continue
        told = reading.value.partition("T")[0]
        value = told if reading.anchor is None else "XXXX" + told[4:]
        tense = context.direction(match.start, match.end)
        found.append(Dated(*_span(tokens, match), value, tense))
    return found


def possible_days(published: Published | date | None) -> tuple[date, ...]:
    """Return the days a text may have been published on; for a year, a sample of them."""
    if isinstance(published, date):
        return (published,)
    if published is None or published.day is None:
        return ANY_DAY
    day = published.day
    if published.precision == "month":
        first = day.replace(day=1)
        return tuple(first.replace(day=n) for n in range(1, monthrange(day.year, day.month)[1] + 1))
    if published.precision == "year":
        first = date(day.year, 1, 1)
        return tuple(first + timedelta(n) for n in (*range(0, 365, 9), 364))
    return (day,)


def _matches(tokens: Tokens, grammar: Grammar, exclude: Iterable[Span]) -> list[Match]:
    """Return the times that the grammar finds outside the stretches to leave out."""
    left_out = sorted(span for span in exclude if span[0] < span[1])
    starts, reach = [start for start, _ in left_out], [*accumulate((e for _, e in left_out), max)]

    def is_left_out(start: int, end: int) -> bool:
        before = bisect_left(starts, end)
        return before > 0 and reach[before - 1] > start

    context = Context(tokens, ANY_DAY[0], grammar)
    return [
        match
        for match in grammar.matches(tokens.letters)
        if not is_left_out(*_span(tokens, match)) and not is_name(match, context)
    ]


def _span(tokens: Tokens, match: Match) -> Span:
    return tokens.spans[match.start][0], tokens.spans[match.end - 1][1]


def _resolve(
    tokens: Tokens, grammar: Grammar, matches: list[Match], day: date, quoted: list[Span]
) -> list[Reading | None]:
    """Return what each match comes to if the text was published on a day."""
    context = Context(tokens, day, grammar)
    readings: list[Reading | None] = [None] * len(matches)
    speech = [_quotation(tokens, m, quoted) for m in matches]
    # What is said in a quotation may lean on a date named after it, so it is read second; so may
    # a comparison with the year before, on which nothing else leans: it is read last.
    late = [m.rule.kind == "year_ago" for m in matches]
    for index in sorted(range(len(matches)), key=lambda i: (late[i], speech[i] is not None, i)):
        match = matches[index]
        spoken = context.spoken_on(speech[index]) if speech[index] else None
        context.today = date.fromisoformat(spoken.value[:10]) if spoken else day
        context.anchor = spoken.start if spoken else "published"
        readings[index] = reading = _read(match, context)
        if reading and reading.type in ("DATE", "TIME") and not reading.aside:
            context.remember(match.start, reading.value)
    return readings


def _read(match: Match, context: Context) -> Reading | None:
    """Return what an expression comes to, with its days; None if the calendar has no such day.

    Kinds may count as if the calendar had neither beginning nor end and every month 31 days: what
    leads to no day ('the 31st of February', 'yesterday' on the calendar's first day) is no value.
    """
    try:
        reading = KINDS[match.rule.kind](Slots(match, context), context)
    except (ValueError, OverflowError):  # so datetime says that there is no such day
        return None
    if reading is None:
        return None
    days = reading.span or bounds(reading.value)
    is_no_day = grain(reading.value) and days == (None, None)
    return None if is_no_day else reading._replace(span=days)


def _quotation(tokens: Tokens, match: Match, quoted: list[Span]) -> Span | None:
    if match.rule.kind not in SPOKEN:
        return None
    start = tokens.spans[match.start][0]
    at = bisect_right(quoted, start, key=lambda span: span[0])
    return quoted[at - 1] if at and start < quoted[at - 1][1] else None


def _timex(
    tokens: Tokens, grammar: Grammar, match: Match, readings: list[Reading], known: bool
) -> Timex:
    weekday = match.slots.get("weekday")
    number = grammar.value("weekday", tokens.words[weekday[0]]) if weekday else None
    value = merge([r.value for r in readings], number)
    spans = {r.span for r in readings}
    same = len({r.value for r in readings}) == 1
    settled = known or (same and readings[0].anchor is None) or len(spans) == 1
    firsts, lasts = zip(*spans, strict=True)
    anchor = readings[0].anchor
    return Timex(
        *_span(tokens, match),
        readings[0].type,
        value,
        min(firsts) if settled and None not in firsts else None,
        max(lasts) if settled and None not in lasts else None,
        anchor if known or anchor != "published" else None,
    )
