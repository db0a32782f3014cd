"""What is read of many articles, kept on disk: memory holds where it stands, and one band of it.

Files are temporary and have no name; small ones stay in memory.
"""

from __future__ import annotations

import pickle
from collections.abc import Hashable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Any

import numpy as np

IN_MEMORY = 2**20
"""Bytes from which on a file is one on disk."""
BANDS = 32


class Shelf:
    """Things by key, of which those that are asked for are read again."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (it lives as long as this)
        self._places: dict[Hashable, int] = {}

    def put(self, key: Hashable, thing: Any) -> None:
        """Keep a thing that can be pickled."""
        self._file.seek(0, 2)
        self._places[key] = self._file.tell()
        pickle.dump(thing, self._file, pickle.HIGHEST_PROTOCOL)

    def get(self, key: Hashable) -> Any:
        """Return a copy of the thing that was kept."""
        self._file.seek(self._places[key])
        return pickle.load(self._file)


class Bands:
    """Pairs of whole numbers, cut into ``BANDS`` bands: one of them at a time is in memory."""

    def __init__(self) -> None:
        self._files = [SpooledTemporaryFile(IN_MEMORY) for _ in range(BANDS)]  # noqa: SIM115

    def add(self, bands: np.ndarray, first: np.ndarray, second: np.ndarray) -> None:
        """Add pairs, each to its band: a number below ``BANDS``."""
        order = np.argsort(bands, kind="stable")
        rows = np.stack([first.astype(np.uint64), second.astype(np.uint64)], axis=1)[order]
        cuts = np.searchsorted(bands[order], np.arange(BANDS + 1))
        for file, start, end in zip(self._files, cuts[:-1], cuts[1:], strict=True):
            file.write(rows[start:end].tobytes())

    def __iter__(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Return the pairs, a band at a time: both columns of them."""
        for file in self._files:
            file.seek(0)
            rows = np.frombuffer(file.read(), np.uint64).reshape(-1, 2)
            yield rows[:, 0], rows[:, 1].astype(np.int64)
