"""Blocking: candidate pairs found by what passages share, not by trying all pairs.

Each passage is put into blocks by keys: sequences of words in a row (the least hashes of a sliding
window, so that two texts with a long enough sequence in common always share one; winnowing,
Schleimer et al. 2003), and pairs of meaningful words near each other. Only what shares a block is
compared. In a large block each item meets the next few only (a sorted neighbourhood, Hernández and
Stolfo 1995), so the work grows with the number of words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from sayso.analyze.statements.spill import BANDS, Bands

ROW = 5
"""Words in a sequence."""
WINDOW = 3
"""Of so many sequences in a row the one with the least hash is a key."""
NEAR = 3
"""Meaningful words at most so far apart, other words left out, make a key."""
LEAST_WEIGHT = 0.25
"""Least weight of a meaningful word."""
LARGEST = 100
"""A pair of words that more passages have than this says nothing about any two of them."""

_MIX = np.uint64(0x9E3779B97F4A7C15)


def sequence_keys(words: np.ndarray, owner: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return keys for sequences of words, given as numbers, and whose each is.

    ``owner`` tells whose each word is, in increasing order. A sequence stays within one owner.
    """
    if len(words) < ROW:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    n = len(words) - ROW + 1
    hashed = np.zeros(n, np.uint64)
    for offset in range(ROW):
        hashed = _mix(hashed ^ (words[offset : offset + n].astype(np.uint64) + np.uint64(1)))
    whole = owner[:n] == owner[ROW - 1 :]
    hashed, own = hashed[whole], owner[:n][whole]
    chosen = np.unique(_least(hashed, own))
    return hashed[chosen], own[chosen]


def _least(hashed: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Return the places of the least hash in each window of one owner."""
    place = np.arange(len(hashed))
    best = place.copy()
    for offset in range(1, WINDOW):
        other = np.minimum(place + offset, max(len(hashed) - 1, 0))
        better = (own[other] == own[place]) & (hashed[other] < hashed[best])
        best = np.where(better, other, best)
    return best


def word_pair_keys(
    stems: np.ndarray, owner: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return keys for pairs of meaningful words near each other, and whose each is."""
    heavy = weights[stems] >= LEAST_WEIGHT
    stems, owner = stems[heavy].astype(np.uint64), owner[heavy]
    keys, owners = [], []
    for apart in range(1, NEAR + 1):
        same = owner[:-apart] == owner[apart:]
        first, second = stems[:-apart][same], stems[apart:][same]
        low, high = np.minimum(first, second), np.maximum(first, second)
        keys.append(_mix(low * np.uint64(1 << 31) + high))
        owners.append(owner[:-apart][same])
    return np.concatenate(keys), np.concatenate(owners)


def candidate_pairs(
    keys: np.ndarray,
    owner: np.ndarray,
    rank: np.ndarray,
    group: np.ndarray,
    *,
    reach: int,
    largest: int | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Return pairs of owners that share keys (lower first, sorted), and how many each pair shares.

    ``rank`` and ``group`` hold for each owner its place in the order in which neighbours meet, and
    its article: two of one article make no pair. Each owner meets the next ``reach`` in a block;
    blocks with more owners than ``largest`` are left out.
    """
    keys, owner = _blocks(keys, owner, rank, largest)
    found = [np.zeros(0, np.int64)]
    for apart in range(1, min(reach, len(keys) - 1) + 1):
        met = keys[:-apart] == keys[apart:]
        if not met.any():
            break
        one, other = owner[:-apart][met], owner[apart:][met]
        fit = group[one] != group[other]
        found.append((np.minimum(one, other) * len(rank) + np.maximum(one, other))[fit])
    coded, counts = np.unique(np.concatenate(found), return_counts=True)
    return np.stack(np.divmod(coded, max(len(rank), 1)), axis=1), counts


def keep_keys(kept: Bands, keys: np.ndarray, owner: np.ndarray) -> None:
    """Add keys and their owners to those on disk, by bands of keys."""
    kept.add((keys % np.uint64(BANDS)).astype(np.int64), keys, owner)


def pairs_of_many(
    kept: Iterable[tuple[Bands, int | None]], rank: np.ndarray, group: np.ndarray, *, reach: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield what :func:`candidate_pairs` returns of keys on disk, in bands of the lower rank.

    ``kept`` are keys of several kinds, each with its ``largest``. Memory holds a band of keys and
    the pairs that it makes, then a band of pairs, lower owners first, sorted.
    """
    met, size = Bands(), max(len(rank), 1)
    for bands, largest in kept:
        for keys, owner in bands:
            pairs, counts = candidate_pairs(keys, owner, rank, group, reach=reach, largest=largest)
            band = rank[pairs].min(axis=1) * BANDS // (rank.max(initial=0) + 1)
            met.add(band, pairs[:, 0] * size + pairs[:, 1], counts)
    for coded, counts in met:
        coded, at = np.unique(coded.astype(np.int64), return_inverse=True)
        shared = np.bincount(at, counts, len(coded)).astype(np.int64)
        yield np.stack(np.divmod(coded, size), axis=1), shared


def _blocks(
    keys: np.ndarray, owner: np.ndarray, rank: np.ndarray, largest: int | None
) -> tuple[np.ndarray, np.ndarray]:
    """Return the keys that several owners have, and those owners by rank, each once a key."""
    order = np.lexsort((rank[owner], keys))
    keys, owner = keys[order], owner[order]
    fresh = np.ones(len(keys), bool)
    fresh[1:] = (keys[1:] != keys[:-1]) | (owner[1:] != owner[:-1])
    keys, owner = keys[fresh], owner[fresh]
    _, block, sizes = np.unique(keys, return_inverse=True, return_counts=True)
    kept = (sizes[block] > 1) & (sizes[block] <= (largest or len(keys)))
    return keys[kept], owner[kept]


def _mix(values: np.ndarray) -> np.ndarray:
    """Return hashes of numbers that look random, the same on every machine."""
    values = (values + np.uint64(1)) * _MIX
    values ^= values >> np.uint64(29)
    values *= np.uint64(0xBF58476D1CE4E5B9)
    return values ^ (values >> np.uint64(32))
