"""Articles on one event: near in time, with the same actors and the same words.

An article is read as its words and the persons it names, weighed by how rare they are in the
corpus. Articles that share several of their most telling words are compared; groups are joined as
long as their articles are alike on average, so that no chain leads from one event to another.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from sayso.analyze.statements import blocking
from sayso.analyze.statements.spill import Shelf
from sayso.analyze.statements.wording import WORD, blanked
from sayso.lexicon.files import load_toml
from sayso.tables.columns import frame
from sayso.tables.compared import EventArticle
from sayso.tables.parts import Each, Parts
from sayso.text.words import stem

DAYS = 3
"""Two articles of one event are published so many days apart at most."""
ALIKE = 0.18
"""Least similarity (cosine) of two groups of articles on one event, on average."""
UNDATED = 0.7
"""What the similarity of articles is worth of which one has no date."""
LONGEST = 7
"""Days from an event's first article to its last."""
WORDS = 500
"""So many words from the beginning tell what an article is about."""
HEADLINE, ACTOR = 2, 1
"""What a word of the headline and a mention of a person count for, beside the words of the text."""
FEW = 100
"""In corpora of fewer articles words that one has alone count for less: in five articles most words
are such, however usual."""
CHUNK = 20_000
KEYS, SHARED, REACH = 25, 2, 50
"""Articles meet that share so many of so many most telling words; each meets the next so many."""

Pairs = dict[int, dict[int, float]]


def find_events(corpus: Parts, *, each: Each = map) -> pd.DataFrame:
    """Return which event each article is about.

    Articles of which a column ``event`` of the user's table tells it are grouped by that, the
    others by date, actors and words; one without a date can join any. An article that stands alone
    is an event of its own. ``each`` applies a function to parts of the corpus, here or elsewhere.

    Columns: those of :class:`sayso.tables.compared.EventArticle`, by the event's first date, event
    and article. The same whatever the order of the articles, and the parts that they stand in.
    Memory holds the terms of all articles, not their texts.
    """
    articles = corpus.table("articles", ["article_id", "event", "headline", "outlet", "published"])
    articles = articles.sort_values(["published", "article_id"], ignore_index=True)
    told = articles["event"].notna()
    groups = [(name, list(own.itertuples())) for name, own in articles[told].groupby("event")]
    free = articles[~told].reset_index(drop=True)
    rows = list(free.itertuples())
    alike = _alike(free, corpus, each)
    groups += [(None, [rows[n] for n in own]) for own in _join(alike, _days(free))]
    groups.sort(key=lambda group: group[1][0].Index)  # articles stand in order of their dates
    return frame(EventArticle, (row for group in groups for row in _rows(*group)))


def events_by_outlet(events: pd.DataFrame, outlets: pd.Series) -> pd.DataFrame:
    """Return the events that two outlets or more have, with those that have not.

    ``outlets`` tells by article_id what counts as an outlet. An outlet that has none of these
    events is in no row.

    Columns: event_id, event, first (its first date), n_articles, n_outlets, outlets, without (both
    lists of names). The events that most outlets have come first.
    """
    own = events.assign(outlet=events["article_id"].map(outlets)).dropna(subset="outlet")
    shared = own[own.groupby("event_id")["outlet"].transform("nunique") > 1]
    every = set(shared["outlet"])
    rows = [
        (event_id, rows["event"].iloc[0], rows["published"].min(), len(rows), set(rows["outlet"]))
        for event_id, rows in shared.groupby("event_id")
    ]
    rows.sort(key=lambda row: (-len(row[-1]), -row[3], row[0]))
    return pd.DataFrame(
        [(*row[:4], len(row[4]), sorted(row[4]), sorted(every - row[4])) for row in rows],
        columns=["event_id", "event", "first", "n_articles", "n_outlets", "outlets", "without"],
    )


def _rows(name: str | None, members: list[Any]) -> Iterator[EventArticle]:
    """Yield the rows of one event; it is called after its first article if it has no name."""
    first = members[0]
    headline = first.headline if pd.notna(first.headline) else first.article_id
    for article in members:
        yield EventArticle(
            event_id=name or first.article_id,
            event=name or headline,
            article_id=article.article_id,
            outlet=article.outlet,
            published=article.published,
            how="found" if name is None else "given",
            n_articles=len(members),
            n_outlets=len({one.outlet for one in members if pd.notna(one.outlet)}),
        )


def _alike(articles: pd.DataFrame, corpus: Parts, each: Each) -> Pairs:
    """Return how similar articles are that are near in time, from either to the other."""
    matrix = _vectors(articles["article_id"], corpus, each)
    owner = np.repeat(np.arange(len(articles)), np.diff(matrix.indptr))
    # A word that one article has alone leads to no other.
    value = np.where(np.bincount(matrix.indices)[matrix.indices] > 1, matrix.data, 0)
    order = np.lexsort((matrix.indices, -value, owner))
    telling = order[np.arange(len(order)) - matrix.indptr[owner] < KEYS]
    telling = telling[value[telling] > 0]
    keys = matrix.indices[telling].astype(np.uint64)
    place = np.arange(len(articles))
    pairs, shared = blocking.candidate_pairs(keys, owner[telling], place, place, reach=REACH)
    pairs = pairs[shared >= SHARED]
    apart = np.abs(np.diff(_days(articles)[pairs], axis=1).ravel())
    pairs, apart = pairs[~(apart > DAYS)], apart[~(apart > DAYS)]  # not known is not too far
    found: Pairs = {}
    for start in range(0, len(pairs), CHUNK):
        one, other = pairs[start : start + CHUNK].T
        alike = np.ravel(matrix[one].multiply(matrix[other]).sum(axis=1))
        alike = np.where(np.isnan(apart[start : start + CHUNK]), UNDATED, 1.0) * alike
        for a, b, value in zip(one.tolist(), other.tolist(), alike.tolist(), strict=True):
            found.setdefault(a, {})[b] = value
            found.setdefault(b, {})[a] = value
    return found


def _days(articles: pd.DataFrame) -> np.ndarray:
    """Return the days of publication as numbers, NaN where not known."""
    return (articles["published"] - pd.Timestamp("1970-01-01")).dt.days.to_numpy(np.float64)


def _vectors(ids: pd.Series, corpus: Parts, each: Each) -> Any:
    """Return a sparse matrix of articles by terms: how often by how rare, rows of length 1."""
    from scipy.sparse import csr_matrix

    kept, known, wanted = Shelf(), {}, set(ids)
    for part in each(_told, corpus.parts()):
        for article_id, own in part:
            if article_id in wanted:
                numbers = [known.setdefault(term, len(known)) for term in own]
                kept.put(article_id, np.array([numbers, [*own.values()]], np.int32))
    told = [np.zeros((2, 0), np.int32), *map(kept.get, ids)]
    cuts = np.cumsum([own.shape[1] for own in told])
    terms, values = np.concatenate(told, axis=1)
    # As they come in the order of the articles, whatever order they were read in.
    terms, number = pd.factorize(terms)
    spread = np.maximum(np.bincount(terms, minlength=len(number)), 1)
    rare = np.log(len(ids) / spread + 0.1)
    rare *= np.where(spread == 1, min(1, len(ids) / FEW), 1)
    data = np.log1p(values, dtype=np.float64) * np.maximum(rare, 0)[terms]
    matrix = csr_matrix((data, terms, cuts), shape=(len(ids), len(number)))
    lengths = np.sqrt(np.ravel(matrix.multiply(matrix).sum(axis=1)))
    matrix.data /= np.maximum(np.repeat(lengths, np.diff(matrix.indptr)), 1e-9)
    return matrix


def _told(part: Parts) -> Iterator[tuple[str, Counter[str]]]:
    """Yield the terms of each article of a part."""
    plain = set(load_toml("function_words.toml")["words"])
    people = part.table("mentions", ["article_id", "person", "n"]).groupby("article_id")
    actors = {key: list(zip(own["person"], own["n"], strict=True)) for key, own in people}
    names = ["article_id", "headline", "boilerplate", "text"]
    for article in part.table("articles", names).itertuples():
        yield article.article_id, _terms(article, plain, actors.get(article.article_id, ()))


def _terms(article: Any, plain: set[str], actors) -> Counter[str]:
    """Return how often an article has each stem, and each person as '@' and the name."""
    text = blanked(article.text, article.boilerplate)
    words = [match.group() for match in islice(WORD.finditer(text), WORDS)]
    headline = "" if pd.isna(article.headline) else article.headline
    words += HEADLINE * WORD.findall(headline)
    folded = (word.casefold().replace("’", "'") for word in words)
    found = Counter(stem(word) for word in folded if word not in plain)
    found.update({f"@{person}": ACTOR * n for person, n in actors})
    return found


def _join(alike: Pairs, days: np.ndarray) -> list[list[int]]:
    """Return groups of articles: the two most similar groups are joined, again and again.

    Groups are as similar as their members on average; two that were not compared count as 0.
    """
    members = {n: [n] for n in range(len(days))}
    every = ((one, *pair) for one, own in alike.items() for pair in own.items())
    heap = [(-value, one, other) for one, other, value in every if one < other and value >= ALIKE]
    heapq.heapify(heap)
    while heap:
        _, *pair = heapq.heappop(heap)
        own = [members.get(n, []) for n in pair]
        joined = sorted(own[0] + own[1])
        if not all(own) or _length(days[joined]) > LONGEST:
            continue
        new = len(days) + len(alike)
        alike[new] = _on_average(alike, pair, [len(part) / len(joined) for part in own])
        for n in pair:
            del members[n]
        members[new] = joined
        for other in [n for n in alike[new] if n not in members]:
            del alike[new][other]
        for other, value in alike[new].items():
            alike[other][new] = value
            if value >= ALIKE:
                heapq.heappush(heap, (-value, other, new))
    return sorted(members.values())


def _on_average(alike: Pairs, pair: list[int], parts: list[float]) -> dict[int, float]:
    """Return how similar two groups, taken as one, are to others."""
    found: dict[int, float] = {}
    for n, part in zip(pair, parts, strict=True):
        for other, value in alike[n].items():
            found[other] = found.get(other, 0.0) + part * value
    return found


def _length(days: np.ndarray) -> float:
    """Return how many days there are from the first to the last, of those known."""
    known = days[~np.isnan(days)]
    return float(np.ptp(known)) if len(known) else 0.0
