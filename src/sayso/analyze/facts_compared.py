"""Facts about the same thing, side by side: where articles agree, and where they do not.

Two facts are taken to be about the same thing when they are of one kind, their sentences are alike
and a telling word stands near both. The bar for a disagreement is higher than that for an
agreement, as an equal value is evidence itself. Small lists that hold are the aim, not long ones.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from sayso.analyze.fact_settings import Setting, read_settings
from sayso.lexicon.parties import lexicon
from sayso.tables.columns import frame
from sayso.tables.compared import FactPair

AGREE, DIFFER, DIFFER_DAY = 0.28, 0.42, 0.33
"""Least similarity of an agreement, of a disagreement, and of one about a day; chosen by reading
pairs of the BASIL corpus."""
LENIENT = 0.6
"""An equal value elsewhere in the other article rules a disagreement out if it is so much as alike
as the two that differ."""
NEAR = 6
"""So many telling words from a fact at most, a word tells what the fact is about."""
OWN = 0.8
"""What a telling value weighs among the words; the rarest word weighs 1."""
WEEK = 7
"""Of articles further apart in days, only dates differ; else the world may have changed."""
ROUNDING = 0.02
FACTOR, DAYS_APART, FEW = 2.5, 4, 10
"""Values further apart are hardly two versions of one fact, and small counts are of any group."""
CROWD = 60
"""In a bucket of more facts with a word, each meets the next so many: the cost stays linear."""


def compare_facts(facts: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of facts about the same thing, and whether they agree.

    Parameters
    ----------
    facts
        What :func:`sayso.analyze.facts.read_facts` returned.
    articles
        The articles table.

    Returns
    -------
    DataFrame
        The columns of :class:`sayso.tables.compared.FactPair`: disagreements first, then by
        similarity.

    Notes
    -----
    A pair is a candidate for a reader. Two values may differ because the world changed between two
    articles: look at the dates of publication.
    """
    settings = read_settings(facts, articles)
    scored = [s for s in (_scored(settings, *pair) for pair in _candidates(settings)) if s[3]]
    best: dict[tuple[int, str], float] = defaultdict(float)
    for i, j, similarity, relation, _ in scored:
        # An equal value elsewhere in the other article speaks against a disagreement.
        weight = similarity if relation == "differ" else similarity / LENIENT
        for number, other in ((i, j), (j, i)):
            key = (number, settings[other].row.article_id)
            best[key] = max(best[key], weight)
    kept = []
    for i, j, similarity, relation, shared in scored:
        rivals = max(best[i, settings[j].row.article_id], best[j, settings[i].row.article_id])
        least = _least(settings[i], settings[j], relation)
        if similarity >= (max(least, rivals) if relation == "differ" else least):
            kept.append((i, j, similarity, relation, shared))
    return _frame(kept, settings)


def _candidates(settings: list[Setting]) -> Iterator[tuple[int, int]]:
    """Yield pairs of one kind and unit that share an item which few articles have."""
    buckets: dict[tuple, list[int]] = defaultdict(list)
    for number, setting in enumerate(settings):
        unit = setting.row.unit if setting.row.kind == "figure" else setting.row.kind
        for item in setting.items:
            if item[0] != "@":
                buckets[unit, item].append(number)
    pairs = {
        (one, other)
        for bucket in buckets.values()
        for place, one in enumerate(bucket)
        for other in bucket[place + 1 : place + 1 + CROWD]
        if settings[one].row.sentence_span != settings[other].row.sentence_span
        or settings[one].row.article_id != settings[other].row.article_id
    }
    yield from sorted(pairs)


@lru_cache(maxsize=1 << 14)
def _vector(text: str) -> np.ndarray:
    from sayso.model.vectors import sentence_vectors

    return sentence_vectors([text])[0]


def _scored(settings: list[Setting], i: int, j: int) -> tuple:
    """Return a pair with its similarity, its relation (or None) and what both speak of."""
    one, other = settings[i], settings[j]
    shared = sorted(
        one.items.keys() & other.items.keys(),
        key=lambda item: (-one.items[item][0] * other.items[item][0], item),
    )
    equal = same_value(one.row, other.row)
    own = OWN if one.remote and other.remote and (equal or comparable(one.row, other.row)) else 0
    product = own**2 + sum(one.items[s][0] * other.items[s][0] for s in shared)
    words = product / math.sqrt(_length(one, own) * _length(other, own))
    meaning = float(_vector(one.around) @ _vector(other.around))
    similarity = min(1.0, max(0.0, (words + meaning) / 2))
    near = [s for s in shared if max(one.items[s][1], other.items[s][1]) <= NEAR and s[0] != "@"]
    return i, j, similarity, _relation(one, other, equal, near), shared


def _length(setting: Setting, own: float) -> float:
    return own**2 + sum(weight**2 for weight, _ in setting.items.values()) or 1.0


def _relation(one: Setting, other: Setting, equal: bool, near: list[str]) -> str | None:
    """Return how two facts would relate if they are of one thing; None if they cannot be."""
    a, b = one.row, other.row
    if equal:
        exact = a.kind != "date" and a.value == b.value
        if near and exact and _other_parties(one, other):
            return "who"
        return None if a.article_id == b.article_id else "agree"
    recent = not (one.remote and other.remote)
    if recent or a.article_id == b.article_id or not comparable(a, b):
        return None
    told_by_both = any(same_value(a, mate) for mate in other.mates if mate.kind == a.kind) or any(
        same_value(b, mate) for mate in one.mates if mate.kind == a.kind
    )
    return None if told_by_both or not any(n[0] != "=" for n in near) else "differ"


def _least(one: Setting, other: Setting, relation: str) -> float:
    """Return how alike two facts must be to be taken to be of one thing."""
    days = {row.latest - row.earliest for row in (one.row, other.row) if row.kind == "date"}
    exact = max(days, default=pd.Timedelta(0)).days == 0
    if relation != "differ":
        # That two articles speak of one year says little.
        vague = max(days, default=pd.Timedelta(0)).days > 31
        return math.inf if vague else AGREE if exact and one.remote and other.remote else DIFFER
    if days:
        return DIFFER_DAY if exact else DIFFER
    apart = abs(one.published - other.published)
    return math.inf if apart.days > WEEK else DIFFER


def same_value(a: Any, b: Any) -> bool:
    """Return whether two facts can both be right: equal, overlapping, or as their hedges allow."""
    if a.kind == "date":
        return a.earliest <= b.latest and b.earliest <= a.latest
    low, high = sorted((a, b), key=lambda row: row.value)
    if high.value - low.value <= ROUNDING * high.value:
        return True
    if low.hedge == "at least" or high.hedge == "at most":
        return high.value <= FACTOR * low.value
    about = "about" in (low.hedge, high.hedge)
    return about and high.value - low.value <= 5 * ROUNDING * high.value


def comparable(a: Any, b: Any) -> bool:
    """Return whether two values are near enough to be two versions of one fact."""
    if a.kind != "date":
        few = a.kind == "figure" and min(a.value, b.value) < FEW
        return not few and max(a.value, b.value) <= FACTOR * min(a.value, b.value)
    spans = {(row.latest - row.earliest).days for row in (a, b)}
    apart = abs((a.earliest - b.earliest).days)
    # Days are mixed up with days and years with years; of two months each has its own events.
    return (max(spans) == 0 and apart <= DAYS_APART) or (min(spans) >= 364 and apart <= 366)


def _other_parties(one: Setting, other: Setting) -> bool:
    """Return whether each sentence names a party first of which the other does not speak."""
    names = [setting.row.who for setting in (one, other)]
    if any(pd.isna(name) or lexicon().party(name) is None for name in names):
        return False
    return f"@{names[0]}" not in other.items and f"@{names[1]}" not in one.items


def _frame(kept: list[tuple], settings: list[Setting]) -> pd.DataFrame:
    order = {"differ": 0, "who": 1, "agree": 2}
    topics = _topics(kept, settings)
    rows = []
    for i, j, similarity, relation, shared in sorted(
        kept, key=lambda k: (order[k[3]], -round(k[2], 4), k[0], k[1])
    ):
        a, b = settings[i].row, settings[j].row
        rows.append(
            FactPair(
                pair_id=f"{a.fact_id}~{b.fact_id}",
                topic=topics[i],
                kind=a.kind,
                relation=relation,
                similarity=round(similarity, 4),
                shared=tuple(item.lstrip("@=") for item in shared),
                fact_id_a=a.fact_id,
                fact_id_b=b.fact_id,
                article_id_a=a.article_id,
                article_id_b=b.article_id,
                surface_a=a.surface,
                surface_b=b.surface,
                who_a=a.who,
                who_b=b.who,
                voice_a=a.voice,
                voice_b=b.voice,
                sentence_span_a=tuple(a.sentence_span),
                sentence_span_b=tuple(b.sentence_span),
            )
        )
    return frame(FactPair, rows)


def _topics(kept: list[tuple], settings: list[Setting]) -> dict[int, str]:
    """Return for each fact in a pair the first fact of all that hang together with it."""
    first: dict[int, int] = {}

    def head(number: int) -> int:
        while first.setdefault(number, number) != number:
            number = first[number]
        return number

    for i, j, *_ in kept:
        one, other = sorted((head(i), head(j)))
        first[other] = one
    return {number: settings[head(number)].row.fact_id for number in list(first)}
