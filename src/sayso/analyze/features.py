"""What a trained codebook sees of a text: its words, their letters, and its sentence vector."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sayso.vectors import SIZE, piece_vectors, sentence_vectors

TOKEN = re.compile(r"\w+(?:['’]\w+)*")
LETTERS = (3, 4, 5)
LONG = 150  # words: in longer texts letters only repeat what the words say
VECTOR_WEIGHT = 1.5

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


@dataclass(frozen=True)
class Features:
    """A vocabulary with its weights: TF-IDF of words and of letters, then the sentence vector."""

    names: tuple[str, ...]
    idf: np.ndarray
    letters: bool

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", {name: i for i, name in enumerate(self.names)})

    def __len__(self) -> int:
        return len(self.names) + SIZE

    @classmethod
    def fit(cls, texts: Sequence[str]) -> Features:
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
        return cls(tuple(names), np.array(idf, np.float32), bool(letters))

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
        return hstack([sparse, VECTOR_WEIGHT * sentence_vectors(texts)], format="csr")

    def weighed(self, text: str) -> Iterator[tuple[int, float, list[tuple[int, ...]]]]:
        """Yield a text's features: column, TF-IDF weight, and the words it is made of, each time."""
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
        offsets, vectors = piece_vectors(text)
        if len(vectors):
            scale = VECTOR_WEIGHT / max(float(np.linalg.norm(vectors.sum(axis=0))), 1e-9)
            parts = vectors @ coefficients[len(self.names) :] * scale
            starts = np.array([start for _, start, _ in words])
            for (start, _), part in zip(offsets, parts, strict=True):
                number = int(np.searchsorted(starts, start, side="right")) - 1
                if len(words):
                    added[max(number, 0)] += part
        return [(float(a), start, end) for a, (_, start, end) in zip(added, words, strict=True)]


def _blocks(text: str, letters: bool) -> list[Iterable[tuple[str, tuple[int, ...]]]]:
    words = tokens(text)
    return [word_features(words), letter_features(words)] if letters else [word_features(words)]
