"""What a trained codebook sees of a text: words, letters, the sentence vector, another's cues."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sayso.analyze.framing.codebook import Codebook, find_cues
from sayso.model.vectors import SIZE, piece_vectors, sentence_vectors
from sayso.text.marks import paragraphs
from sayso.text.spans import Span
from sayso.text.words import read_words

TOKEN = re.compile(r"\w+(?:['’]\w+)*")
LETTERS = (3, 4, 5)
LONG = 150  # words: in longer texts letters only repeat what the words say
VECTOR_WEIGHT = 1.5
CUE_WEIGHT = 0.2

Token = tuple[str, int, int]


def tokens(text: str) -> list[Token]:
    """Return the words of a text in lower case, with their spans."""
    return [(match.group().lower(), *match.span()) for match in TOKEN.finditer(text)]


def word_features(words: Sequence[Token]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield words and pairs of words, each with the numbers of its words."""
    for number, (word, _, _) in enumerate(words):
        yield word, (number,)
        if number:
            yield f"{words[number - 1][0]} {word}", (number - 1, number)


def letter_features(words: Sequence[Token]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield runs of letters inside words, edges marked by a dot, with the number of the word."""
    for number, (word, _, _) in enumerate(words):
        padded = f".{word}."
        for size in LETTERS:
            for at in range(max(1, len(padded) - size + 1)):
                yield f"~{padded[at : at + size]}", (number,)


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


def _signals(text: str, book: Codebook) -> list[float]:
    return [value for values, _ in cue_signals(text, book) for value in values]


@dataclass(frozen=True)
class Features:
    """A vocabulary with its weights: TF-IDF of words and of letters, sentence vector, cues.

    ``book`` is a codebook whose cues are features, too (see :func:`cue_signals`); ``spread`` is how
    much those vary from text to text.
    """

    names: tuple[str, ...]
    idf: np.ndarray
    letters: bool
    book: Codebook
    spread: np.ndarray

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", {name: i for i, name in enumerate(self.names)})

    def __len__(self) -> int:
        return len(self.names) + SIZE + 2 * len(self.book.frames)

    @classmethod
    def fit(cls, texts: Sequence[str], book: Codebook) -> Features:
        """Return the features that occur in texts: runs of letters and pairs of words twice."""
        seen: Counter[str] = Counter()
        letters = np.median([len(tokens(text)) for text in texts]) <= LONG
        for text in texts:
            seen.update({name for block in _blocks(text, letters) for name, _ in block})
        # In long texts a word that occurs in one of them only has nothing to teach.
        names = sorted(
            name
            for name, count in seen.items()
            if count > 1 or (letters and " " not in name and name[0] != "~")
        )
        idf = [1 + math.log((1 + len(texts)) / (1 + seen[name])) for name in names]
        spread = np.std([_signals(text, book) for text in texts], axis=0)
        return cls(tuple(names), np.array(idf, np.float32), bool(letters), book, spread)

    def transform(self, texts: Sequence[str]):
        """Return the texts' features as a sparse matrix, a row each."""
        from scipy.sparse import csr_matrix, hstack

        data, columns, edges = [], [], [0]
        for text in texts:
            for column, value, _ in self.weighed(text):
                columns.append(column)
                data.append(value)
            edges.append(len(columns))
        shape = (len(texts), len(self.names))
        sparse = csr_matrix((data, columns, edges), shape=shape, dtype=np.float32)
        signals = np.array([_signals(text, self.book) for text in texts])
        cues = signals.reshape(len(texts), 2 * len(self.book.frames)) * self._cue_weights()
        return hstack([sparse, VECTOR_WEIGHT * sentence_vectors(texts), cues], format="csr")

    def _cue_weights(self) -> np.ndarray:
        return CUE_WEIGHT / np.maximum(self.spread, 0.02)

    def weighed(self, text: str) -> Iterator[tuple[int, float, list[tuple[int, ...]]]]:
        """Yield a text's features: column, weight, and each time the words it is made of."""
        index: dict[str, int] = self._index  # type: ignore[attr-defined]
        for block in _blocks(text, self.letters):
            places: dict[int, list[tuple[int, ...]]] = {}
            for name, words in block:
                if name in index:
                    places.setdefault(index[name], []).append(words)
            values = {i: (1 + math.log(len(p))) * float(self.idf[i]) for i, p in places.items()}
            length = math.sqrt(sum(v * v for v in values.values())) or 1.0
            for column in sorted(places):
                yield column, values[column] / length, places[column]

    def shares(self, text: str, coefficients: np.ndarray) -> list[tuple[float, int, int]]:
        """Return what each word adds to a decision: (share, start, end), in text order.

        The shares and the intercept sum up to the decision: nothing else goes into it.
        """
        words = tokens(text)
        added = np.zeros(len(words))
        for column, value, places in self.weighed(text):
            each = value * coefficients[column] / len(places)
            for place in places:
                added[list(place)] += each / len(place)
        if not words:
            return []
        starts = np.array([start for _, start, _ in words])
        self._add_cues(text, starts, coefficients, added)
        offsets, vectors = piece_vectors(text)
        if len(vectors):
            scale = VECTOR_WEIGHT / max(float(np.linalg.norm(vectors.sum(axis=0))), 1e-9)
            own = coefficients[len(self.names) : len(self.names) + SIZE]
            parts = vectors @ own * scale
            for (start, _), part in zip(offsets, parts, strict=True):
                added[max(_word_at(starts, start), 0)] += part
        return [(float(a), start, end) for a, (_, start, end) in zip(added, words, strict=True)]

    def _add_cues(self, text: str, starts, coefficients, added: np.ndarray) -> None:
        """Add what the cues of the other codebook tell to the words they consist of."""
        own = (coefficients[len(self.names) + SIZE :] * self._cue_weights()).reshape(-1, 2)
        for weights, (values, spans) in zip(own, cue_signals(text, self.book), strict=True):
            for start, end in spans:
                number = slice(_word_at(starts, start), _word_at(starts, end - 1) + 1)
                added[number] += weights @ values / len(spans) / len(added[number])


def _word_at(starts: np.ndarray, at: int) -> int:
    return int(np.searchsorted(starts, at, side="right")) - 1


def _blocks(text: str, letters: bool) -> list[Iterable[tuple[str, tuple[int, ...]]]]:
    words = tokens(text)
    return [word_features(words), letter_features(words)] if letters else [word_features(words)]
