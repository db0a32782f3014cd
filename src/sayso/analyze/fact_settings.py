"""What a fact stands among: the telling words, names and other facts of its sentence, weighed."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from sayso.analyze.facts import NO_NAMES
from sayso.lexicon.parties import lexicon

REACH = 5.0
"""Words this much further from a fact weigh about a third."""
REMOTE = 5
"""A date further from publication than so many days is seldom the same by chance. Nearer ones are
those of one event after the other, so they are never taken to disagree."""
UNTELLING = NO_NAMES | frozenset(["say", "says", "said", "saying", "tell", "tells", "told"])
WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Setting:
    """A fact with what its sentence speaks of: item -> (weight, telling words from the fact).

    ``remote`` tells whether its value is seldom the same by chance, ``mates`` are the facts of its
    sentence. Items are stems, names of parties ('@...') and other facts ('=...').
    """

    row: Any
    items: dict[str, tuple[float, int]]
    around: str
    published: pd.Timestamp
    remote: bool
    mates: tuple[Any, ...]


def read_settings(facts: pd.DataFrame, articles: pd.DataFrame) -> list[Setting]:
    """Return each fact with what its sentence speaks of; rare things weigh more."""
    texts = articles.set_index("article_id")["text"]
    published = articles.set_index("article_id")["published"]
    rows = list(facts.itertuples())
    together: dict[tuple, list] = defaultdict(list)
    for row in rows:
        together[row.article_id, tuple(row.sentence_span)].append(row)
    found = []
    for row in rows:
        mates = together[row.article_id, tuple(row.sentence_span)]
        found.append(_places(texts[row.article_id], row, mates))
    seen = Counter(
        item
        for item, _ in {(i, row.article_id) for row, d in zip(rows, found, strict=True) for i in d}
    )
    top = math.log1p(len(articles))
    settings = []
    for row, places in zip(rows, found, strict=True):
        mates = tuple(together[row.article_id, tuple(row.sentence_span)])
        items = {
            item: (math.log1p(len(articles) / seen[item]) / top * _fade(apart), apart)
            for item, apart in sorted(places.items())
        }
        day = published[row.article_id]
        remote = row.kind != "date" or _remote(row, day)
        settings.append(
            Setting(row, items, _around(texts[row.article_id], row), day, remote, mates)
        )
    return settings


def value_key(row: Any) -> str:
    """Return a fact as an item of its sentence: equal facts have equal keys."""
    if row.kind != "date":
        return f"={row.value:g} {row.unit}"
    days = (row.latest - row.earliest).days
    return f"={row.earliest:%Y-%m}" if days <= 31 else f"={row.earliest:%Y}"


def _places(text: str, row: Any, mates: list) -> dict[str, int]:
    """Return what a sentence speaks of, with how many words away from the fact."""
    taken = [(mate.start, mate.end, value_key(mate)) for mate in mates]
    told: list[tuple[int, str]] = [(start, key) for start, _, key in taken]
    for word in WORD.finditer(text, *row.sentence_span):
        if not any(a < word.end() and word.start() < b for a, b, _ in taken):
            told += [(word.start(), item) for item in _items(word.group())]
    told.sort()
    here = told.index((row.start, value_key(row)))
    places: dict[str, int] = {}
    for number, (_, item) in enumerate(told):
        apart = abs(number - here)
        places[item] = min(apart, places.get(item, apart))
    places.pop(value_key(row))
    return places


@lru_cache(maxsize=1 << 16)
def _items(word: str) -> tuple[str, ...]:
    """Return what a word stands for: a party, a stem, or nothing that tells."""
    word = re.sub(r"['’]s?$", "", word)
    party = lexicon().party(word) or lexicon().people(word)
    if party:
        return (f"@{party.name}",)
    low = word.lower()
    if low in UNTELLING or (len(low) < 2 and not low.isdigit()):
        return ()
    return (_stemmer().stem(low),)


@lru_cache(maxsize=1)
def _stemmer():
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer("english")


def _remote(row: Any, published: pd.Timestamp) -> bool:
    if pd.isna(published) or (row.latest - row.earliest).days > 366:
        return False
    if row.earliest <= published <= row.latest:
        return False
    return min(abs((day - published).days) for day in (row.earliest, row.latest)) > REMOTE


def _fade(apart: int) -> float:
    return math.exp(-max(0, apart - 2) / REACH)


def _around(text: str, row: Any) -> str:
    start, end = row.sentence_span
    before, after = text[max(start, row.start - 90) : row.start], text[row.end : row.end + 90]
    return " ".join(f"{before} {after[: max(0, end - row.end)]}".split())
