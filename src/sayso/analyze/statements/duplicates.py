"""Copies of one text among articles: wire copy, reprints, updates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from sayso.analyze.passages import passages
from sayso.analyze.statements import blocking
from sayso.analyze.statements.spill import Bands, Shelf
from sayso.analyze.statements.wording import WORD, blanked
from sayso.tables.columns import frame
from sayso.tables.compared import DuplicatePair, SharedParagraph
from sayso.tables.parts import Each, Parts
from sayso.text.marks import paragraphs

LEAST = 0.8
LEAST_SHARED = 8
"""So many word sequences at least make a text: two short notices of one pattern are no copies."""
SAME = 0.5
"""A paragraph stands in another article if so many of its word sequences do."""
LEAST_WORDS = 12
REGULAR = 3
"""A paragraph that articles of so many days have is regular: their pattern, not their news."""
NEWS = 12
"""So many words beside the regular paragraphs are what an article is compared by."""
REACH = 50
KEPT = 5000
"""So many articles are kept in memory while pairs are compared."""
NO_DAY = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: where it stands, its words, and the keys of its word sequences."""

    start: int
    end: int
    n_words: int
    keys: frozenset[int]


def find_duplicates(corpus: Parts, *, least: float = LEAST, each: Each = map) -> pd.DataFrame:
    """Return the pairs of articles of which one is mostly contained in the other.

    ``least`` is the least share of one article's paragraphs, by words, that stand in the other.
    Boilerplate is left out, and so are paragraphs that come again day after day where something
    stands beside them. ``each`` applies a function to parts of the corpus, here or elsewhere.

    Columns: those of :class:`sayso.tables.compared.DuplicatePair`, by article a, then article b.
    The same whatever the order of the articles, and the parts that they stand in.
    """
    if not 0 < least <= 1:
        raise ValueError(f"least is a share over 0 and up to 1, not {least}")
    texts = _Texts(corpus, each)
    pairs, shares = [], []
    for one, other in texts.candidates():
        told = [texts.news(n) for n in (one, other)]
        there = [texts.in_other(n, m) for n, m in ((one, other), (other, one))]
        found = [_share(own, again) for own, again in zip(told, there, strict=True)]
        if max(found) >= least:
            pairs.append((one, other))
            shares.append(found)
    rows = texts.articles
    firsts = first_of_families(np.array(pairs, np.int64).reshape(-1, 2), len(rows))
    return frame(
        DuplicatePair,
        (
            _row(rows[a], rows[b], share, least, rows[firsts[a]].article_id)
            for (a, b), share in zip(pairs, shares, strict=True)
        ),
    )


def shared_paragraphs(corpus: Parts, *, each: Each = map) -> pd.DataFrame:
    """Return the paragraphs that articles of two outlets share: wire copy, press releases.

    Columns: those of :class:`sayso.tables.compared.SharedParagraph`, by article a, its paragraph,
    then article b. Paragraphs of fewer than twelve words and regular ones are left out.
    """
    texts = _Texts(corpus, each)
    found = []
    for one, other in texts.candidates():
        a, b = texts.articles[one], texts.articles[other]
        if pd.isna(a.outlet) or pd.isna(b.outlet) or a.outlet == b.outlet:
            continue
        for own in texts.in_other(one, other):
            there = max(texts.article(other).paragraphs, key=lambda p: len(own.keys & p.keys))
            if min(own.n_words, there.n_words) >= LEAST_WORDS and not texts.regular(own):
                found.append((a, b, own, there))
    found.sort(key=lambda row: (row[0].article_id, row[2].start, row[1].article_id))
    return frame(SharedParagraph, _shared(corpus, found))


@dataclass(frozen=True)
class _Article:
    """The paragraphs of an article that are long enough to have a word sequence."""

    paragraphs: list[Paragraph]

    @cached_property
    def keys(self) -> frozenset[int]:
        return frozenset().union(*(p.keys for p in self.paragraphs))


class _Texts:
    """The paragraphs of all articles, by the keys of their word sequences; these are on disk."""

    def __init__(self, corpus: Parts, each: Each) -> None:
        names = ["article_id", "outlet", "published"]
        rows = corpus.table("articles", names).sort_values("article_id", ignore_index=True)
        self.articles = list(rows.itertuples())
        self._days = rows["published"].to_numpy("datetime64[s]").astype(np.int64)
        self._days[rows["published"].isna()] = NO_DAY
        self._shelf, self._keys = Shelf(), Bands()
        number = {article_id: n for n, article_id in enumerate(rows["article_id"])}
        for part in each(_read_part, corpus.parts()):
            for article_id, places, keys, owner in part:
                self._shelf.put(number[article_id], (places, keys, owner))
                blocking.keep_keys(self._keys, keys, np.full(len(keys), number[article_id]))
        self._regular = frozenset(self._regular_keys())
        self.article = lru_cache(KEPT)(self._article)

    def _article(self, number: int) -> _Article:
        places, keys, owner = self._shelf.get(number)
        cuts = np.searchsorted(owner, np.arange(len(places) + 1))
        own = [frozenset(keys[a:b].tolist()) for a, b in pairwise(cuts)]
        return _Article([Paragraph(*p, k) for p, k in zip(places, own, strict=True) if k])

    def _regular_keys(self) -> Iterator[int]:
        """Yield the keys that articles of several days have."""
        for keys, owner in self._keys:
            dated = self._days[owner] != NO_DAY
            told = pd.DataFrame({"key": keys[dated], "day": self._days[owner[dated]]})
            days = told.drop_duplicates()["key"].value_counts()
            yield from days.index[days >= REGULAR].tolist()

    def candidates(self) -> Iterator[list[int]]:
        """Yield the pairs of articles that share word sequences enough to have a paragraph."""
        number = np.arange(len(self.articles))
        kept = [(self._keys, None)]
        for pairs, shared in blocking.pairs_of_many(kept, number, number, reach=REACH):
            yield from pairs[shared >= 2].tolist()

    def regular(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph comes again day after day."""
        return len(paragraph.keys & self._regular) >= SAME * len(paragraph.keys)

    def news(self, number: int) -> list[Paragraph]:
        """Return the paragraphs of an article, without the regular ones if others are left."""
        every = self.article(number).paragraphs
        own = [p for p in every if not self.regular(p)]
        return own if sum(p.n_words for p in own) >= NEWS else every

    def in_other(self, number: int, other: int) -> list[Paragraph]:
        """Return the paragraphs of an article that stand in another one, too."""
        there = self.article(other).keys
        own = self.article(number).paragraphs
        return [p for p in own if len(p.keys & there) >= SAME * len(p.keys)]


def _share(own: list[Paragraph], again: list[Paragraph]) -> float:
    """Return how much of an article's paragraphs stands in another one, 0 if it is too little."""
    same = [paragraph for paragraph in again if paragraph in own]
    if sum(len(paragraph.keys) for paragraph in same) < LEAST_SHARED:
        return 0.0
    return sum(p.n_words for p in same) / sum(p.n_words for p in own)


def first_of_families(pairs: np.ndarray, size: int) -> np.ndarray:
    """Return for each number the least one of all that hang together with it by pairs."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    links = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    family = connected_components(links, directed=False)[1]
    return np.unique(family, return_index=True)[1][family]


def _read_part(corpus: Parts) -> Iterator[tuple[str, list, np.ndarray, np.ndarray]]:
    """Yield the articles of a part: id, paragraphs (start, end, words), their keys and whose."""
    known: dict[str, int] = {}
    for article in corpus.table("articles", ["article_id", "boilerplate", "text"]).itertuples():
        text = blanked(article.text, article.boilerplate).replace("’", "'")
        places, words = [], []
        for start, end in paragraphs(text):
            folded = [word.casefold() for word in WORD.findall(text, start, end)]
            words += [known.get(word) or known.setdefault(word, _number(word)) for word in folded]
            places.append((start, end, len(folded)))
        owner = np.repeat(np.arange(len(places)), [n for *_, n in places])
        keys = blocking.sequence_keys(np.array(words, np.uint64), owner)
        yield (article.article_id, places, *keys)


def _number(word: str) -> int:
    """Return the number of a word, the same in every corpus and on every machine."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _shared(corpus: Parts, found: list[tuple]) -> Iterator[SharedParagraph]:
    """Yield rows of shared paragraphs, with their texts."""
    spans = pd.DataFrame(
        [(a.article_id, own.start, own.end) for a, _, own, _ in found],
        columns=["article_id", "start", "end"],
    )
    texts = passages(spans, corpus)
    for (a, b, own, there), text in zip(found, texts, strict=True):
        yield SharedParagraph(
            article_id_a=a.article_id,
            article_id_b=b.article_id,
            outlet_a=a.outlet,
            outlet_b=b.outlet,
            published_a=a.published,
            published_b=b.published,
            n_words=own.n_words,
            text=text,
            start_a=own.start,
            end_a=own.end,
            start_b=there.start,
            end_b=there.end,
        )


def _row(one: Any, other: Any, shares: list[float], least: float, family: str) -> DuplicatePair:
    in_b, in_a = (share >= least for share in shares)
    return DuplicatePair(
        article_id_a=one.article_id,
        article_id_b=other.article_id,
        outlet_a=one.outlet,
        outlet_b=other.outlet,
        relation="copy" if in_a and in_b else "a_in_b" if in_b else "b_in_a",
        share_a=round(shares[0], 3),
        share_b=round(shares[1], 3),
        published_a=one.published,
        published_b=other.published,
        family=family,
    )
