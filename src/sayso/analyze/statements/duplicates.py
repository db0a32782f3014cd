"""Copies of one text among articles: wire copy, reprints, updates."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sayso.analyze.statements import blocking
from sayso.analyze.statements.wording import WORD
from sayso.tables.columns import frame
from sayso.tables.compared import DuplicatePair

LEAST = 0.6
LEAST_SHARED = 8
"""So many word sequences at least make a text: two short notices of one pattern are no copies."""
REACH = 50


def find_duplicates(articles: pd.DataFrame, *, least: float = LEAST) -> pd.DataFrame:
    """Return the pairs of articles of which one is mostly contained in the other.

    ``least`` is the least share of one article's word sequences that the other has. Boilerplate is
    left out of the comparison.

    Columns: those of :class:`sayso.tables.compared.DuplicatePair`, by article a, then article b.
    The same whatever the order of the rows given.
    """
    if not 0 < least <= 1:
        raise ValueError(f"least is a share over 0 and up to 1, not {least}")
    articles = articles.sort_values("article_id", ignore_index=True)
    keys, owner = _keys(articles)
    number = np.arange(len(articles))
    pairs, shared = blocking.candidate_pairs(keys, owner, number, number, reach=REACH)
    total = np.bincount(np.unique(np.stack([owner, keys.view(np.int64)]), axis=1)[0], minlength=1)
    shares = shared[:, None] / np.maximum(total[pairs], 1)
    enough = (shares.max(axis=1, initial=0) >= least) & (shared >= LEAST_SHARED)
    pairs, shares = pairs[enough], shares[enough]
    firsts = first_of_families(pairs, len(articles))
    rows = list(articles.itertuples())
    return frame(
        DuplicatePair,
        (
            _row(rows[a], rows[b], share, least, rows[firsts[a]].article_id)
            for (a, b), share in zip(pairs.tolist(), shares.tolist(), strict=True)
        ),
    )


def first_of_families(pairs: np.ndarray, size: int) -> np.ndarray:
    """Return for each number the least one of all that hang together with it by pairs."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    links = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    family = connected_components(links, directed=False)[1]
    return np.unique(family, return_index=True)[1][family]


def _keys(articles: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the keys of all articles' word sequences, boilerplate left out, and whose they are."""
    vocabulary: dict[str, int] = {}
    words: list[int] = []
    owner: list[int] = []
    for number, article in enumerate(articles.itertuples()):
        text = article.text
        for start, end in article.boilerplate:
            text = text[:start] + " " * (end - start) + text[end:]
        folded = [word.casefold() for word in WORD.findall(text.replace("’", "'"))]
        own = [vocabulary.setdefault(word, len(vocabulary)) for word in folded]
        words += own
        owner += [number] * len(own)
    return blocking.sequence_keys(np.array(words, np.int64), np.array(owner, np.int64))


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
