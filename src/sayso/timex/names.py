"""What only looks like a time: people, papers and shows named like one, and other numbers.

'June Park', 'the Sunday Mirror', 'Prime Minister May', the "Today" show, Flight 1943, a man in his
30s. The words around an expression tell, by the lists of ``data/time/names.toml``.
"""

from __future__ import annotations

from collections.abc import Callable

from sayso.lexicon.files import load_toml
from sayso.timex.context import Context
from sayso.timex.grammar import Match
from sayso.timex.kinds.base import Slots

LISTS = load_toml("time/names.toml")
OPENING, CLOSING = {'"', "“", "‘", "'", "`"}, {'"', "”", "’", "'"}
MARCH, MAY = 3, 5
NEAR = 12  # so many words before 'the 30s' a temperature may be named


def is_name(match: Match, context: Context) -> bool:
    """Return whether an expression that the grammar found is no time but a name or a number."""
    check = CHECKS.get(match.rule.kind)
    return check is not None and check(Slots(match, context), context)


def _listed(name: str, c: Context, index: int) -> bool:
    return c.word(index) in LISTS[name]


def _is_show(s: Slots, c: Context) -> bool:
    """Return whether 'Today' or 'This Week' is the name of a show or a paper."""
    start, end = s.match.start, s.match.end
    words = [w for w in c.tokens.words[start:end] if w.isalpha()]
    if not words or not words[-1][0].isupper():
        return False
    quoted = start > 0 and c.tokens.words[start - 1] in OPENING
    if end - start > 1 and quoted:
        return True
    closed = end < len(c.tokens.words) and c.tokens.words[end] in CLOSING
    if _listed("shows", c, end) or (quoted and closed):
        return True
    before = c.tokens.words[start - 1] if start else ""
    if before.isupper() and before.isalpha() and len(before) > 1:
        return True  # 'VOA Today'
    inside = before.isalpha() or before.lower() in ("'s", "’s")
    return inside and start > c.sentence(start)[0] and not c.is_headline(start)


def _is_called_like_a_day(s: Slots, c: Context) -> bool:
    """Return whether a weekday is part of a name: 'The Mail on Sunday', 'Friday Adeyemi'."""
    start, end = s.match.start, s.match.end
    day = s.match.slots.get("weekday", (start, start))
    alone = day[1] == end
    if alone and end < len(c.tokens.words) and c.tokens.words[end][0].isupper():
        if _listed("papers", c, end):
            return True
        free = day[0] > c.sentence(start)[0] and not _listed("before_a_day", c, start - 1)
        if free and c.is_name(end) and start == day[0] and not c.is_headline(start):
            return True
    shut = end + (c.word(end) == ",")
    if shut < len(c.tokens.words) and c.tokens.words[shut] in CLOSING and c.is_name(start - 1):
        return True  # “Fox News Sunday,”
    if "part" in s and c.tokens.words[end - 1][0].isupper() and c.is_name(end):
        return not c.is_headline(start)  # 'Saturday Night Live'
    before = f"{c.word(start - 2)} {c.word(start - 1)}"
    return before in LISTS["papers_before"] or _listed("before_as_name", c, start - 1)


def _is_called_like_a_month(s: Slots, c: Context) -> bool:
    """Return whether a month's name is a person's, or that of a march."""
    if s.match.end - s.match.start > 1:
        return False
    start, end, number = s.match.start, s.match.end, s.get("month")
    if len(s.words("month")[0]) == 3 and number != MAY:
        return True  # 'Jan Kavan'
    titled = _listed("titles", c, start - 1 - (c.word(start - 1) == "."))
    named = titled or (number not in (MARCH, MAY) and _is_person(c, start, end))
    if named:
        c.people.add(number)
    in_time = _listed("before_a_month", c, start - 1)
    if named or (number in c.people and not in_time):
        return True
    if number not in (MARCH, MAY):
        return False
    article = c.word(start - 1) in ("the", "a")
    thing = end < len(c.tokens.words) and c.tokens.words[end][0].islower()
    marches = number == MARCH and (_listed("after_a_march", c, end) or (article and not thing))
    return marches or not c.is_a("before_a_month", start - 1)


def _is_person(c: Context, start: int, end: int) -> bool:
    """Return whether a month's name is a person's by the words beside it."""
    if _listed("before_a_month", c, start - 1) or c.is_headline(start):
        return False
    if c.is_name(end) or (c.is_a("saying", end) and c.word(end) != "speaking"):
        return True
    opens = start == c.sentence(start)[0]
    if c.word(end) == "," and c.word(end + 1) in LISTS["after_a_person"]:
        return True
    return not opens and c.is_name(start - 1) and start - 1 > c.sentence(start)[0]


def _is_number(s: Slots, c: Context) -> bool:
    """Return whether a number that looks like a year counts or names something else."""
    start, end = s.match.start, s.match.end
    if end - start > 1:
        return False
    before = start - 1 - (c.word(start - 1) == "." and c.word(start - 2) == "no")
    if _listed("numbered", c, before) or _listed("counted", c, end):
        return True
    if c.word(start - 1) == "of" and _listed("amounts", c, start - 2):
        return True
    if c.word(end) == "of" and c.word(end + 1) in ("the", "its", "their", "his", "her", "them"):
        return not c.is_a("before_a_year", start - 1)
    for index in range(end, min(end + 4, len(c.tokens.words))):
        if not c.tokens.words[index][0].isupper():
            break
        if _listed("streets", c, index):
            return True
    return False


def _is_no_clock(s: Slots, c: Context) -> bool:
    """Return whether '01:35' is the length of a film, or '2:1' a score."""
    if any(len(word) != 2 for word in s.words("minute")):
        return True
    told = ("half_day", "zone", "weekday", "deictic", "month", "which", "dotted_clock", "military")
    if ":" not in s.said or any(name in s for name in told):
        return False
    led = s.said[0] == "around" or _listed("before_a_clock", c, s.match.start - 1)
    return not led and c.word(s.match.end) != "on"


def _is_last_of(s: Slots, c: Context) -> bool:
    """Return whether 'the last year' is that of something: 'the last year of his term'."""
    the_last = s.said[:2] in (["the", "last"], ["the", "past"])
    return (the_last and c.word(s.match.end) == "of") or _is_show(s, c)


def _is_age(s: Slots, c: Context) -> bool:
    """Return whether 'the 30s' are an age, a temperature or a share."""
    start, end = s.match.start, s.match.end
    written = "".join(s.words("decade_number"))
    if len(written) >= 4 or written[:1] in ("'", "’"):
        return False
    index = start - 1
    while index > max(0, start - NEAR) and (
        c.word(index) in LISTS["between_ages"] or c.word(index)[:1].isdigit()
    ):
        index -= 1
    if _listed("owners", c, index):
        return True
    near = range(max(c.sentence(start)[0], start - NEAR), end + 3)
    return any(_listed("measured", c, i) for i in near)


CHECKS: dict[str, Callable[[Slots, Context], bool]] = {
    "deictic": _is_show,
    "part_of_day": _is_show,
    "beside_published": _is_last_of,
    "clock": _is_no_clock,
    "duration": _is_show,
    "weekday": _is_called_like_a_day,
    "month": _is_called_like_a_month,
    "year": _is_number,
    "decade": _is_age,
}
