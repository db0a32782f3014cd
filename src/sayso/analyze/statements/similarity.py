"""How alike two sentences are: what they share, weighed by how much each word tells.

A word that the two articles use all the time (the topic, its names) tells little about whether two
of their sentences say the same; a word that only these two sentences have tells most. Words that
differ still count where their meaning is close, and so does what the sentences mean beside what
their articles are about.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rapidfuzz.distance import LCSseq

from sayso.analyze.statements.wording import Wording

CLOSE = 0.45
"""Least similarity of two different words that say something alike."""
FEW = 5
"""An article with no more segments than this hardly tells what it is about."""
LEAST_INFO = 0.35
LEAST_COVER = 0.25
HOPELESS = -4.0
"""Pairs whose log-odds by their common words and meaning alone are lower are not looked at: words
that are only close, runs and quotation marks add less than this to a pair that is alike."""
CHUNK = 20_000
NEGATIONS = frozenset({"not", "no", "never", "neither", "nor", "none", "nothing", "cannot"})
OPENERS = frozenset(
    {"a", "after", "and", "as", "at", "before", "but", "by", "for", "from", "in", "of", "on", "or"}
    | {"than", "that", "the", "though", "to", "which", "while", "who", "whom", "whose", "with"}
)
"""Words after which a clause goes on: a passage that ends with one was cut off."""

# Log-odds that two sentences say the same, by logistic regression on pairs of sentences of news
# that were read for it (half of them alike) and on candidates from unrelated events; rounded.
INTERCEPT = -15.2
WEIGHTS = {
    "agreement": 4.2,
    "cover": 4.7,
    "info": 1.55,
    "run": 0.8,
    "length": 1.7,
    "meaning": 5.0,
    "speaker": 2.8,
    "marked": 0.9,
    "negated": -1.0,
    "broken": -0.4,
    "narration": -0.4,
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """What was found out about two sentences.

    ``cover_a`` and ``cover_b``: the share of each that the other has; ``info``: how much the words
    in common tell; ``run``: words in a row that both have; ``length``: words of the shorter one;
    ``marked``: the share of the common words that stands between quotation marks on both sides;
    ``meaning``: how close their vectors are, without what the articles are about; ``negated``: only
    one of them has a negation; ``broken``: one of them ends in the middle of a clause.
    """

    cover_a: float
    cover_b: float
    info: float
    run: int
    length: int
    marked: float
    meaning: float
    negated: bool
    broken: bool

    @property
    def agreement(self) -> float:
        """The harmonic mean of the two shares."""
        total = self.cover_a + self.cover_b
        return 2 * self.cover_a * self.cover_b / total if total else 0.0

    def probability(self, *, speaker: float, narration: bool) -> float:
        """Return how probable it is that the two say the same, or one a part of the other.

        ``speaker`` is 1 if they are given to one speaker, 0 if not; ``narration`` is whether one of
        them is not given to any.
        """
        features = {
            "agreement": self.agreement,
            "cover": max(self.cover_a, self.cover_b),
            "info": math.log(self.info + 0.1),
            "run": math.log(self.run + 1),
            "length": math.log(self.length),
            "meaning": self.meaning,
            "speaker": speaker,
            "marked": self.marked,
            "negated": self.negated,
            "broken": self.broken,
            "narration": narration,
        }
        score = INTERCEPT + sum(WEIGHTS[name] * value for name, value in features.items())
        return 1 / (1 + math.exp(-score))


class Comparer:
    """Compares segments of a wording."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._size = max(len(wording.spelled), 1)
        segments = np.unique(wording.segment_of * self._size + wording.stem)
        self._stems = (segments % self._size).astype(np.int64)
        self._cuts = np.searchsorted(segments // self._size, np.arange(len(wording.owner) + 1))
        used = wording.article_of[segments // self._size] * self._size + self._stems
        self._used, self._counts = np.unique(used, return_counts=True)
        self._negations = np.array(
            [word in NEGATIONS or word.endswith("n't") for word in wording.spelled], bool
        )
        self._numeric = np.array([word[:1].isdigit() for word in wording.spelled], bool)

    @cached_property
    def _directions(self) -> np.ndarray:
        return _unit(self._wording.vectors)

    def promising(self, pairs: np.ndarray) -> np.ndarray:
        """Return the pairs that share enough to be worth a closer look."""
        from scipy.sparse import csr_matrix

        owner = np.repeat(np.arange(len(self._wording.owner)), np.diff(self._cuts))
        counts = self._count(self._wording.article_of[owner], self._stems)
        weights = self._wording.weights[self._stems]
        shape = (len(self._wording.owner), self._size)
        shared = csr_matrix((np.sqrt(weights) / counts**0.25, self._stems, self._cuts), shape=shape)
        total = np.bincount(owner, weights / np.sqrt(counts), len(self._wording.owner))
        kept = [np.zeros((0, 2), np.int64)]
        for start in range(0, len(pairs), CHUNK):
            part = pairs[start : start + CHUNK]
            info = np.asarray(shared[part[:, 0]].multiply(shared[part[:, 1]]).sum(axis=1)).ravel()
            covers = info[:, None] / np.maximum(total[part], 1e-9)
            enough = (info >= LEAST_INFO) & (covers.max(axis=1) >= LEAST_COVER)
            part, info, covers = part[enough], info[enough], covers[enough]
            kept.append(part[self._foresee(part, info, covers) >= HOPELESS])
        return np.concatenate(kept)

    def _foresee(self, pairs: np.ndarray, info: np.ndarray, covers: np.ndarray) -> np.ndarray:
        """Return log-odds of pairs by what is known of them all at once; one speaker at best."""
        size = np.diff(self._wording.cuts)[pairs].min(axis=1)
        features = {
            "agreement": 2 * covers.prod(axis=1) / covers.sum(axis=1),
            "cover": covers.max(axis=1),
            "info": np.log(info + 0.1),
            "length": np.log(size),
            "meaning": np.einsum("ij,ij->i", *self._meanings[pairs.T].astype(np.float32)),
            "speaker": self._wording.quoted[pairs].all(axis=1),
        }
        return INTERCEPT + sum(WEIGHTS[name] * value for name, value in features.items())

    def compare(self, first: int, second: int) -> Likeness:
        """Return how alike two segments are."""
        ours, theirs = (self._stems[self._cuts[n] : self._cuts[n + 1]] for n in (first, second))
        articles = self._wording.article_of[[first, second]]
        tells_a, tells_b = self._tells(ours, articles), self._tells(theirs, articles)
        in_b, in_a = _members(ours, theirs), _members(theirs, ours)
        info = float(tells_a[in_b].sum())
        soft_a, soft_b = self._close(ours[~in_b], tells_a[~in_b], theirs[~in_a], tells_b[~in_a])
        blocks, marked = self._common(first, second)
        negated = self._negations[ours].any() != self._negations[theirs].any()
        sizes = (self._wording.cuts[n + 1] - self._wording.cuts[n] for n in (first, second))
        return Likeness(
            cover_a=(info + soft_a) / max(float(tells_a.sum()), 1e-9),
            cover_b=(info + soft_b) / max(float(tells_b.sum()), 1e-9),
            info=info,
            run=max(blocks, default=0),
            length=int(min(sizes)),
            marked=marked,
            meaning=float(self._meanings[first].astype(np.float32) @ self._meanings[second]),
            negated=bool(negated),
            broken=self._broken(first) or self._broken(second),
        )

    def negated(self, first: int, after: int) -> bool:
        """Whether there is a negation among words of the wording's arrays."""
        return bool(self._negations[self._wording.stem[first:after]].any())

    @cached_property
    def _meanings(self) -> np.ndarray:
        """Directions in which segments go from what the rest of their article says.

        Half precision: they are as many as the sentences of a corpus.
        """
        of, vectors = self._wording.article_of, self._wording.vectors
        own = np.zeros((len(of), vectors.shape[1]), np.float16)
        sums = np.zeros((of.max(initial=-1) + 1, own.shape[1]), np.float32)
        parts = [slice(start, start + CHUNK) for start in range(0, len(of), CHUNK)]
        for part in parts:
            cuts = self._wording.cuts[part.start : part.stop + 1]
            words = self._wording.stem[cuts[0] : cuts[-1]]
            found = _unit(_sums(words, cuts - cuts[0], vectors))
            first, starts = np.unique(of[part], return_index=True)
            sums[first] += np.add.reduceat(found, starts)
            own[part] = found
        others = (np.bincount(of) - 1 + FEW)[:, None]
        for part in parts:
            rest = (sums[of[part]] - own[part]) / others[of[part]]
            own[part] = _unit(own[part] - rest)
        return own

    def _broken(self, number: int) -> bool:
        last = self._wording.spelled[self._wording.stem[self._wording.cuts[number + 1] - 1]]
        return last in OPENERS

    def _count(self, articles: np.ndarray, stems: np.ndarray) -> np.ndarray:
        """Return how many segments of each article have each stem."""
        wanted = articles * self._size + stems
        place = np.minimum(np.searchsorted(self._used, wanted), len(self._used) - 1)
        return np.where(self._used[place] == wanted, self._counts[place], 0)

    def _tells(self, stems: np.ndarray, articles: np.ndarray) -> np.ndarray:
        """Return how much each stem tells here: less, the more the two articles use it."""
        both = self._count(articles[:, None], stems).sum(axis=0)
        return self._wording.weights[stems] / np.sqrt(np.maximum(both / 2, 1))

    def _close(self, ours, tells_a, theirs, tells_b) -> tuple[float, float]:
        """Return what words that differ have in common, for each side."""
        if not len(ours) or not len(theirs):
            return 0.0, 0.0
        alike = self._directions[ours] @ self._directions[theirs].T
        alike[alike < CLOSE] = 0
        # 60 and 90 are close in meaning, but do not say the same.
        alike[self._numeric[ours]] = 0
        alike[:, self._numeric[theirs]] = 0
        return float(alike.max(axis=1) @ tells_a), float(alike.max(axis=0) @ tells_b)

    def _common(self, first: int, second: int) -> tuple[list[int], float]:
        """Return the lengths of common runs, and how much of them is marked on both sides."""
        wording = self._wording
        a, b = wording.segment(first), wording.segment(second)
        blocks = matching(wording.stem[a].tolist(), wording.stem[b].tolist())
        if not blocks:
            return [], 0.0
        at_a = np.concatenate([np.arange(i, i + n) for i, _, n in blocks])
        at_b = np.concatenate([np.arange(j, j + n) for _, j, n in blocks])
        weights = wording.weights[wording.stem[a][at_a]]
        marked = wording.marked[a][at_a] & wording.marked[b][at_b]
        share = float(weights[marked].sum() / max(float(weights.sum()), 1e-9))
        return [n for _, _, n in blocks], share


def _sums(words: np.ndarray, cuts: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Return the sum of the words' vectors between each two cuts."""
    from scipy.sparse import csr_matrix

    ones = np.ones(len(words), np.float32)
    return csr_matrix((ones, words, cuts), shape=(len(cuts) - 1, len(vectors))) @ vectors


def _unit(vectors: np.ndarray) -> np.ndarray:
    """Return vectors with length 1."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)


def _members(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Return which numbers the other array has, too; both are in order and not empty."""
    place = np.minimum(np.searchsorted(theirs, ours), len(theirs) - 1)
    return theirs[place] == ours


def matching(ours: Sequence[int], theirs: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return the blocks of a longest common subsequence: place in each, and length.

    Examples
    --------
    >>> matching([1, 2, 3, 4], [2, 3, 9, 4])
    [(1, 0, 2), (3, 3, 1)]
    """
    return [
        (step.src_start, step.dest_start, step.src_end - step.src_start)
        for step in LCSseq.opcodes(ours, theirs)
        if step.tag == "equal"
    ]
