"""What a trained codebook sees of a text: words, letters, the sentence vector, another's cues."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sayso.analyze.framing.codebook import Codebook, find_cues
from sayso.model.vectors import SIZE, piece_vectors, sentence_vectors
from sayso.text.marks import paragraphs
from sayso.text.spans import Span
from sayso.text.words import Word, read_words

LETTERS = (3, 4, 5)
LONG = 150  # words: in longer texts letters only repeat what the words say
VECTOR_WEIGHT = 1.5
CUE_WEIGHT = 0.2

Places = Iterator[tuple[str, tuple[int, ...]]]


def word_features(words: Sequence[Word]) -> Places:
    """Yield words and pairs of words, each with the numbers of its words."""
    lower = [word.text.lower() for word in words]
    for number, word in enumerate(lower):
        yield word, (number,)
        if number:
            yield f"{lower[number - 1]} {word}", (number - 1, number)


def letter_features(words: Sequence[Word]) -> Places:
    """Yield runs of letters inside words, edges marked by a dot, with the number of the word."""
    for number, word in enumerate(words):
        padded = f".{word.text.lower()}."
        for size in LETTERS:
            for at in range(max(1, len(padded) - size + 1)):
                yield padded[at : at + size], (number,)


KINDS = {"words": word_features, "letters": letter_features}


# Cross-validation asks for the same texts many times over.
@lru_cache(maxsize=4096)
def cue_signals(text: str, book: Codebook) -> tuple[tuple[tuple[float, float], list[Span]], ...]:
    """Return what the cues of each frame tell, and where they stand.

    That is the root of the share of sentences with a cue, and the logarithm of how many different
    cues there are.
    """
    from sayso.text.sentences import split_sentences

    sentences = split_sentences(text, paragraphs(text))
    words = [read_words(text[start:end]) for start, end in sentences]
    signals = []
    for frame in book.frames:
        found = [find_cues(frame, sentence) for sentence in words]
        share = sum(map(bool, found)) / max(len(sentences), 1)
        kinds = {cue for cues in found for cue, _ in cues}
        spans = [
            (base + start, base + end)
            for (base, _), cues in zip(sentences, found, strict=True)
            for _, (start, end) in cues
        ]
        signals.append(((math.sqrt(share), math.log1p(len(kinds))), spans))
    return tuple(signals)


def _signals(texts: Iterable[str], book: Codebook) -> np.ndarray:
    """Return what the cues tell of each text, a row a text, two columns a frame."""
    rows = [[value for values, _ in cue_signals(text, book) for value in values] for text in texts]
    return np.array(rows).reshape(len(rows), 2 * len(book.frames))


def _vectorizer(kind: str, **options):
    """Return the TF-IDF of words or letters, as scikit-learn counts it."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    def names(text: str) -> list[str]:
        return [name for name, _ in KINDS[kind](read_words(text))]

    return TfidfVectorizer(analyzer=names, sublinear_tf=True, dtype=np.float32, **options)


@dataclass(frozen=True)
class Features:
    """TF-IDF of words and (of short texts) of letters, the sentence vector, the cues of a codebook.

    ``blocks`` are the fitted vectorizers by kind ('words', 'letters'); ``spread`` is how much the
    cues' signals (see :func:`cue_signals`) vary from text to text.
    """

    blocks: Mapping[str, object]
    book: Codebook
    spread: np.ndarray

    def __len__(self) -> int:
        sizes = [len(block.vocabulary_) for block in self.blocks.values()]
        return sum(sizes) + SIZE + 2 * len(self.book.frames)

    @classmethod
    def fit(cls, texts: Sequence[str], book: Codebook) -> Features:
        """Return the features that occur in two texts or more."""
        is_long = np.median([len(read_words(text)) for text in texts]) > LONG
        kinds = ("words",) if is_long else ("words", "letters")
        blocks = {kind: _vectorizer(kind, min_df=2).fit(texts) for kind in kinds}
        return cls(blocks, book, _signals(texts, book).std(axis=0))

    @classmethod
    def of(cls, vocabularies: Mapping[str, list[str]], weights, book: Codebook) -> Features:
        """Return features as they were stored: the names of each block, its IDF, the spread."""
        blocks = {kind: _vectorizer(kind, vocabulary=names) for kind, names in vocabularies.items()}
        for kind, block in blocks.items():
            block.idf_ = weights[f"idf_{kind}"]
        return cls(blocks, book, weights["spread"])

    def stored(self) -> tuple[dict[str, list[str]], dict[str, np.ndarray]]:
        """Return what :meth:`of` needs: the names of each block, and the weights."""
        names = {kind: block.get_feature_names_out() for kind, block in self.blocks.items()}
        weights = {f"idf_{kind}": block.idf_ for kind, block in self.blocks.items()}
        return {kind: n.tolist() for kind, n in names.items()}, weights | {"spread": self.spread}

    def transform(self, texts: Sequence[str]):
        """Return the texts' features as a sparse matrix, a row each."""
        from scipy.sparse import csr_matrix, hstack

        if not len(texts):
            return csr_matrix((0, len(self)))
        counted = [block.transform(texts) for block in self.blocks.values()]
        cues = _signals(texts, self.book) * CUE_WEIGHT / np.maximum(self.spread, 0.02)
        return hstack([*counted, VECTOR_WEIGHT * sentence_vectors(texts), cues], format="csr")

    def shares(self, text: str, coefficients: np.ndarray) -> list[tuple[float, int, int]]:
        """Return what each word adds to a decision: (share, start, end), in text order.

        The shares and the intercept sum up to the decision: nothing else goes into it.
        """
        words = read_words(text)
        if not words:
            return []
        added, starts = np.zeros(len(words)), [word.start for word in words]
        adds = self.transform([text]).multiply(coefficients).toarray()[0]
        rest = self._add_counted(words, adds, added)
        offsets, vectors = piece_vectors(text)
        length = max(float(np.linalg.norm(vectors.sum(axis=0))), 1e-9)
        parts = VECTOR_WEIGHT * (vectors @ coefficients[rest : rest + SIZE]) / length
        for (start, _), part in zip(offsets, parts, strict=True):
            added[max(_word_at(starts, start), 0)] += part
        by_frame = adds[rest + SIZE :].reshape(-1, 2).sum(axis=1)
        for share, (_, spans) in zip(by_frame, cue_signals(text, self.book), strict=True):
            for start, end in spans:
                own = slice(_word_at(starts, start), _word_at(starts, end - 1) + 1)
                added[own] += share / len(spans) / len(added[own])
        return [(float(a), word.start, word.end) for a, word in zip(added, words, strict=True)]

    def _add_counted(self, words: list[Word], adds: np.ndarray, added: np.ndarray) -> int:
        """Add what words and letters add to the words they stand in; return how many there are."""
        before = 0
        for kind, block in self.blocks.items():
            places = defaultdict(list)
            for name, numbers in KINDS[kind](words):
                if name in block.vocabulary_:
                    places[before + block.vocabulary_[name]].append(numbers)
            for column, found in places.items():
                for numbers in found:
                    added[list(numbers)] += adds[column] / len(found) / len(numbers)
            before += len(block.vocabulary_)
        return before


def _word_at(starts: list[int], at: int) -> int:
    return int(np.searchsorted(starts, at, side="right")) - 1
