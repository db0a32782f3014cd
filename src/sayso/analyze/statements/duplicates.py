"""Copies of one text among articles: wire copy, reprints, updates."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sayso.analyze.statements import blocking
from sayso.analyze.statements.wording import WORD, blanked
from sayso.tables.columns import frame
from sayso.tables.compared import DuplicatePair, SharedParagraph
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


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: where it stands, its words, and the keys of its word sequences."""

    start: int
    end: int
    n_words: int
    keys: frozenset[int]


def find_duplicates(articles: pd.DataFrame, *, least: float = LEAST) -> pd.DataFrame:
    """Return the pairs of articles of which one is mostly contained in the other.

    ``least`` is the least share of one article's paragraphs, by words, that stand in the other.
    Boilerplate is left out, and so are paragraphs that come again day after day where something
    stands beside them.

    Columns: those of :class:`sayso.tables.compared.DuplicatePair`, by article a, then article b.
    The same whatever the order of the rows given.
    """
    if not 0 < least <= 1:
        raise ValueError(f"least is a share over 0 and up to 1, not {least}")
    articles = articles.sort_values("article_id", ignore_index=True)
    texts = _Texts(articles)
    pairs, shares = [], []
    for one, other in texts.candidates():
        told = [texts.news(n) for n in (one, other)]
        there = [texts.in_other(n, m) for n, m in ((one, other), (other, one))]
        found = [_share(own, again) for own, again in zip(told, there, strict=True)]
        if max(found) >= least:
            pairs.append((one, other))
            shares.append(found)
    firsts = first_of_families(np.array(pairs, np.int64).reshape(-1, 2), len(articles))
    rows = list(articles.itertuples())
    return frame(
        DuplicatePair,
        (
            _row(rows[a], rows[b], share, least, rows[firsts[a]].article_id)
            for (a, b), share in zip(pairs, shares, strict=True)
        ),
    )


def shared_paragraphs(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the paragraphs that articles of two outlets share: wire copy, press releases.

    Columns: those of :class:`sayso.tables.compared.SharedParagraph`, by article a, its paragraph,
    then article b. Paragraphs of fewer than twelve words and regular ones are left out.
    """
    articles = articles.sort_values("article_id", ignore_index=True)
    texts, rows = _Texts(articles), list(articles.itertuples())
    found = []
    for one, other in texts.candidates():
        a, b = rows[one], rows[other]
        if pd.isna(a.outlet) or pd.isna(b.outlet) or a.outlet == b.outlet:
            continue
        for own in texts.in_other(one, other):
            there = max(texts.paragraphs[other], key=lambda p: len(own.keys & p.keys))
            if min(own.n_words, there.n_words) >= LEAST_WORDS and not texts.regular(own):
                found.append(_shared(a, b, own, there))
    found.sort(key=lambda row: (row.article_id_a, row.start_a, row.article_id_b))
    return frame(SharedParagraph, found)


class _Texts:
    """The paragraphs of all articles, by the keys of their word sequences."""

    def __init__(self, articles: pd.DataFrame) -> None:
        self.paragraphs = _read_paragraphs(articles)
        self._keys = [frozenset().union(*(p.keys for p in own)) for own in self.paragraphs]
        days: dict[int, set[Any]] = defaultdict(set)
        for keys, day in zip(self._keys, articles["published"], strict=True):
            for key in keys if pd.notna(day) else ():
                days[key].add(day)
        self._regular = {key for key, own in days.items() if len(own) >= REGULAR}

    def candidates(self) -> list[list[int]]:
        """Return the pairs of articles that share word sequences enough to have a paragraph."""
        owner = np.repeat(np.arange(len(self._keys)), [len(keys) for keys in self._keys])
        keys = np.array([key for own in self._keys for key in sorted(own)], np.uint64)
        number = np.arange(len(self._keys))
        pairs, shared = blocking.candidate_pairs(keys, owner, number, number, reach=REACH)
        return pairs[shared >= 2].tolist()

    def regular(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph comes again day after day."""
        return len(paragraph.keys & self._regular) >= SAME * len(paragraph.keys)

    def news(self, number: int) -> list[Paragraph]:
        """Return the paragraphs of an article, without the regular ones if others are left."""
        every = self.paragraphs[number]
        own = [p for p in every if not self.regular(p)]
        return own if sum(p.n_words for p in own) >= NEWS else every

    def in_other(self, number: int, other: int) -> list[Paragraph]:
        """Return the paragraphs of an article that stand in another one, too."""
        there = self._keys[other]
        return [p for p in self.paragraphs[number] if len(p.keys & there) >= SAME * len(p.keys)]


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


def _read_paragraphs(articles: pd.DataFrame) -> list[list[Paragraph]]:
    """Return the paragraphs of each article that are long enough to have a word sequence."""
    vocabulary: dict[str, int] = {}
    words: list[int] = []
    places: list[tuple[int, int, int, int]] = []
    for number, article in enumerate(articles.itertuples()):
        text = blanked(article.text, article.boilerplate).replace("’", "'")
        for start, end in paragraphs(text):
            folded = [word.casefold() for word in WORD.findall(text, start, end)]
            words += [vocabulary.setdefault(word, len(vocabulary)) for word in folded]
            places.append((number, start, end, len(folded)))
    owner = np.repeat(np.arange(len(places)), [place[3] for place in places])
    keys, owner = blocking.sequence_keys(np.array(words, np.int64), owner)
    cuts = np.searchsorted(owner, np.arange(len(places) + 1))
    found: list[list[Paragraph]] = [[] for _ in range(len(articles))]
    for at, (number, *place) in enumerate(places):
        own = frozenset(keys[cuts[at] : cuts[at + 1]].tolist())
        if own:
            found[number].append(Paragraph(*place, own))
    return found


def _shared(one: Any, other: Any, own: Paragraph, there: Paragraph) -> SharedParagraph:
    return SharedParagraph(
        article_id_a=one.article_id,
        article_id_b=other.article_id,
        outlet_a=one.outlet,
        outlet_b=other.outlet,
        published_a=one.published,
        published_b=other.published,
        n_words=own.n_words,
        text=one.text[own.start : own.end],
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
