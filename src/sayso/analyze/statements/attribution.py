"""Whether two quotes of one statement are given to the same speaker.

Titles, initials, accents, short first names ('Bill', 'William') and who speaks for whom make no
difference. That two outlets give one statement to two persons is claimed only where each names its
own beside the words and neither names the other's: most other differences are mistakes of reading.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import pandas as pd

from sayso.lexicon.files import load_toml
from sayso.text.names import may_be, plain, taken_apart

SAME, CHECK, UNKNOWN = "same", "check", "unknown"
ALONG = 120
"""So many characters before and after a quote are read for the other one's speaker."""


def attribution(quote: Any, other: Any, texts: tuple[str, str]) -> str:
    """Return whether one speaker is told for both quotes: 'same', 'check' or 'unknown'.

    ``texts`` are those of their articles. 'check': two persons are named; the two sentences should
    be read. 'unknown': a side names nobody, or not clearly enough.
    """
    if speaker_similarity(quote, other) > 0:
        return SAME
    around = [
        plain(text[max(q.start - ALONG, 0) : q.end + ALONG])
        for q, text in zip((quote, other), texts, strict=True)
    ]
    names = [_named_person(q) for q in (quote, other)]
    if None in names or names[0] in around[1] or names[1] in around[0]:
        return UNKNOWN
    return CHECK


def _named_person(quote: Any) -> str | None:
    """Return the last name of the one person that a quote names as its speaker beside the words."""
    if quote.speaker_kind != "person" or len(quote.speakers) != 1 or quote.kind == "indirect":
        return None
    last = taken_apart(quote.speaker).last
    return last if _plain(quote.speaker_mention).split()[-1:] == [last] else None


def same_speaker(quote: Any, other: Any) -> bool:
    """Whether somebody says both quotes, alone or with others: one name, or persons' that fit."""
    people = quote.speaker_kind == other.speaker_kind == "person"
    return any(
        plain(one) == plain(two) or (people and _one_person(one, two))
        for one, two in product(quote.speakers or (), other.speakers or ())
    )


def _one_person(name: str, other: str) -> bool:
    if may_be(name, other):
        return True
    one, two = taken_apart(name), taken_apart(other)
    return one.last == two.last and not _long_forms(one.first).isdisjoint(_long_forms(two.first))


def _long_forms(first: str) -> set[str]:
    """Return a first name and the names that it is a short form of."""
    short = load_toml("short_names.toml")["short"]
    return {first, *(name for name, forms in short.items() if first in forms)}


def speaker_similarity(quote: Any, other: Any) -> float:
    """Return 1 for one speaker, 0.5 where one speaks for the other, else 0."""
    if same_speaker(quote, other):
        return 1.0
    one, two = ({_plain(q.speaker), _plain(q.affiliation)} - {""} for q in (quote, other))
    speaks_for = (one & two) - ({_plain(quote.affiliation)} & {_plain(other.affiliation)})
    return 0.5 if speaks_for else 0.0


def _plain(value: Any) -> str:
    return "" if pd.isna(value) else plain(value)
