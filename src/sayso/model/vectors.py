"""Sentence vectors: texts of like meaning have like vectors, at the price of a table look-up.

The shipped table has a vector for each word piece, fitted so that the mean over a sentence comes
close to what the sentence encoder all-MiniLM-L6-v2 makes of it (``training/vectors.py``). Four bits
a number keep it at 6 MB.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from sayso.model.pieces import tokenizer
from sayso.paths import read_model

SIZE = 384


@lru_cache(maxsize=1)
def piece_table() -> np.ndarray:
    """Return the vectors of all word pieces, a row each (float32)."""
    with np.load(io.BytesIO(read_model("vectors.npz")), allow_pickle=False) as stored:
        packed, scale = stored["packed"], stored["scale"]
    table = np.empty((len(packed), 2 * packed.shape[1]), np.float32)
    table[:, 0::2] = packed & 15
    table[:, 1::2] = packed >> 4
    table -= 8
    table *= scale.astype(np.float32)[:, None]
    return table


def piece_vectors(text: str) -> tuple[list[tuple[int, int]], np.ndarray]:
    """Return where each word piece of a text stands, and its vector."""
    encoded = tokenizer().encode(text, add_special_tokens=False)
    return encoded.offsets, piece_table()[encoded.ids]


def sentence_vectors(texts: Sequence[str]) -> np.ndarray:
    """Return a vector of length 1 for each text (0 for an empty one): similarity is their product.

    Returns
    -------
    numpy.ndarray
        Shape (texts, 384), float32.
    """
    table = piece_table()
    result = np.zeros((len(texts), SIZE), np.float32)
    for row, encoded in enumerate(tokenizer().encode_batch(list(texts), add_special_tokens=False)):
        if encoded.ids:
            mean = table[encoded.ids].mean(axis=0, dtype=float)
            result[row] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return result
