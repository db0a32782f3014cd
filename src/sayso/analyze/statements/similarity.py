"""How similar two sentences are: what they share, weighed by how much each word tells.

A word that the two articles use all the time (the topic, its names) tells little about whether two
of their sentences say the same; a word that only these two sentences have tells most. Words that
differ still count where their meaning is close, and so does what the sentences mean beside what
their articles are about. What these features are worth stands in ``data/similarity.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sayso.analyze.statements.diffs import steps_between
from sayso.analyze.statements.wording import Wording
from sayso.lexicon.files import load_toml

CLOSE = 0.45
"""Least similarity of two different words that say something alike."""
FEW = 5
"""An article with no more segments than this hardly tells what it is about."""
LEAST_INFO = 0.35
LEAST_COVER = 0.25
"""Pairs whose common words tell less, or are less of either sentence, are not compared in full."""
LEAST_LOG_ODDS = -4.0
"""Pairs whose log-odds by their common words and meaning alone are lower are not compared in full:
words that are only close, runs and quotation marks add less than this to a similar pair."""
CHUNK = 20_000
NEGATIONS = frozenset({"not", "no", "never", "neither", "nor", "none", "nothing", "cannot"})
OPENERS = frozenset(
    {"a", "after", "and", "as", "at", "before", "but", "by", "for", "from", "in", "of", "on", "or"}
    | {"than", "that", "the", "though", "to", "which", "while", "who", "whom", "whose", "with"}
)
"""Words after which a clause goes on: a passage that ends with one was cut off."""

Numbers = float | np.ndarray


@dataclass(frozen=True, slots=True)
class Features:
    """What tells whether two sentences say the same: of one pair, or in arrays of many at once.

    ``covers``: the share of each that the other has, along the last axis; ``info``: how much the
    words in common tell; ``length``: words of the shorter one; ``meaning``: how close their vectors
    are, without what the articles are about; ``speaker``: see ``speaker_similarity``; ``run``:
    words in a row that both have; ``marked``: the share of the common words that stands between
    quotation marks on both sides; ``negated``: only one of them has a negation; ``broken``: one of
    them ends in the middle of a clause; ``narration``: one of them is given to nobody.
    """

    covers: np.ndarray
    info: Numbers
    length: Numbers
    meaning: Numbers
    speaker: Numbers
    run: int = 0
    marked: float = 0.0
    negated: bool = False
    broken: bool = False
    narration: bool = False

    @property
    def agreement(self) -> Numbers:
        """The harmonic mean of the two shares."""
        return 2 * self.covers.prod(axis=-1) / np.maximum(self.covers.sum(axis=-1), 1e-9)

    def log_odds(self) -> Numbers:
        """Return the log-odds that the two say the same, or one a part of the other."""
        fitted = load_toml("similarity.toml")
        scaled = {
            "agreement": self.agreement,
            "cover": self.covers.max(axis=-1),
            "info": np.log(self.info + 0.1),
            "run": np.log(self.run + 1),
            "length": np.log(self.length),
        }
        return fitted["intercept"] + sum(
            weight * (scaled[name] if name in scaled else getattr(self, name))
            for name, weight in fitted["weights"].items()
        )

    def probability(self) -> Numbers:
        """Return how probable it is that the two say the same, or one a part of the other."""
        return 1 / (1 + np.exp(-self.log_odds()))


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
        self._lengths = np.diff(wording.cuts)
        self._negations = np.array(
            [word in NEGATIONS or word.endswith("n't") for word in wording.spelled], bool
        )
        self._numeric = np.array([word[:1].isdigit() for word in wording.spelled], bool)

    def prune(self, pairs: np.ndarray) -> np.ndarray:
        """Return the candidate pairs that share enough to be compared in full."""
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
            # Two quotes are taken for one speaker's: at best they are.
            speaker = self._wording.quoted[part].all(axis=1)
            length = self._lengths[part].min(axis=1)
            known = Features(covers, info, length, self._meaning(part), speaker)
            kept.append(part[known.log_odds() >= LEAST_LOG_ODDS])
        return np.concatenate(kept)

    def compare(self, first: int, second: int, *, speaker: float) -> Features:
        """Return what tells whether two segments say the same."""
        pair = np.array([first, second])
        ours, theirs = (self._stems[self._cuts[n] : self._cuts[n + 1]] for n in pair)
        articles = self._wording.article_of[pair]
        weight_a, weight_b = self._weigh(ours, articles), self._weigh(theirs, articles)
        in_b, in_a = np.isin(ours, theirs), np.isin(theirs, ours)
        info = float(weight_a[in_b].sum())
        close = self._close(ours[~in_b], weight_a[~in_b], theirs[~in_a], weight_b[~in_a])
        totals = np.maximum([weight_a.sum(), weight_b.sum()], 1e-9)
        run, marked = self._common(first, second)
        return Features(
            covers=(info + np.array(close)) / totals,
            info=info,
            length=self._lengths[pair].min(),
            meaning=float(self._meaning(pair)),
            speaker=speaker,
            run=run,
            marked=marked,
            negated=self._negations[ours].any() != self._negations[theirs].any(),
            broken=self._broken(first) or self._broken(second),
            narration=not self._wording.quoted[pair].all(),
        )

    def negated(self, first: int, after: int) -> bool:
        """Whether there is a negation among words of the wording's arrays."""
        return bool(self._negations[self._wording.stem[first:after]].any())

    def _meaning(self, pairs: np.ndarray) -> np.ndarray:
        """Return how close the meanings of the two segments of each pair are."""
        ours, theirs = np.moveaxis(self._meanings[pairs].astype(np.float32), -2, 0)
        return np.einsum("...j,...j->...", ours, theirs)

    @cached_property
    def _directions(self) -> np.ndarray:
        """The vectors of stems with length 1."""
        return _unit(self._wording.vectors)

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

    def _weigh(self, stems: np.ndarray, articles: np.ndarray) -> np.ndarray:
        """Return how much each stem tells here: less, the more the two articles use it."""
        both = self._count(articles[:, None], stems).sum(axis=0)
        return self._wording.weights[stems] / np.sqrt(np.maximum(both / 2, 1))

    def _close(self, ours, weight_a, theirs, weight_b) -> tuple[float, float]:
        """Return what words that differ have in common, for each side."""
        alike = self._directions[ours] @ self._directions[theirs].T
        alike[alike < CLOSE] = 0
        # 60 and 90 are close in meaning, but do not say the same.
        alike[self._numeric[ours]] = 0
        alike[:, self._numeric[theirs]] = 0
        best_a, best_b = alike.max(axis=1, initial=0), alike.max(axis=0, initial=0)
        return float(best_a @ weight_a), float(best_b @ weight_b)

    def _common(self, first: int, second: int) -> tuple[int, float]:
        """Return the longest run in common, and the share of the common words that is marked.

        There are common words: :meth:`prune` leaves no other pair.
        """
        wording = self._wording
        a, b = wording.segment(first), wording.segment(second)
        steps = steps_between(wording.stem[a].tolist(), wording.stem[b].tolist())
        equal = [step for step in steps if step.kind == "equal"]
        at_a = np.concatenate([np.arange(*step.a) for step in equal])
        at_b = np.concatenate([np.arange(*step.b) for step in equal])
        weights = wording.weights[wording.stem[a][at_a]]
        marked = wording.marked[a][at_a] & wording.marked[b][at_b]
        share = float(weights[marked].sum() / weights.sum())
        return max(step.a[1] - step.a[0] for step in equal), share


def _sums(words: np.ndarray, cuts: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Return the sum of the words' vectors between each two cuts."""
    from scipy.sparse import csr_matrix

    ones = np.ones(len(words), np.float32)
    return csr_matrix((ones, words, cuts), shape=(len(cuts) - 1, len(vectors))) @ vectors


def _unit(vectors: np.ndarray) -> np.ndarray:
    """Return vectors with length 1."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
