"""Memory: what was told in an article so far, found by a key and a place without a look at all."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Hashable, Iterator

from sayso.extract.people.cast import Speaker

LATEST = 64
"""So many that were told nearest before a place are looked at: a text twice as long takes twice as
long."""
Entry = tuple[int, int, Speaker]


class Memory:
    """Speakers by a key and a place, the one told last first; what was told aside is forgotten."""

    def __init__(self) -> None:
        self._told: dict[Hashable, list[Entry]] = defaultdict(list)
        self._order: list[tuple[Hashable, Entry]] = []

    def __len__(self) -> int:
        return len(self._order)

    def add(self, key: Hashable, at: int, speaker: Speaker) -> None:
        """Remember a speaker."""
        entry = (at, -len(self._order), speaker)
        insort(self._told[key], entry)
        self._order.append((key, entry))

    def forget(self, size: int) -> None:
        """Forget what was told since the memory had a size."""
        while len(self._order) > size:
            key, entry = self._order.pop()
            told = self._told[key]
            del told[bisect_left(told, entry)]

    def within(self, key: Hashable, start: int, end: int) -> Iterator[Speaker]:
        """Yield the speakers of a stretch, the one told last first."""
        told = self._told.get(key, [])
        first, after = bisect_left(told, (start,)), bisect_left(told, (end,))
        near = told[max(first, after - LATEST) : after]
        return (speaker for _, _, speaker in sorted(near, key=lambda entry: entry[1]))

    def before(self, key: Hashable, at: int) -> Iterator[tuple[int, Speaker]]:
        """Yield places and speakers before a place, the nearest first, of one place as told."""
        told = self._told.get(key, [])
        after = bisect_left(told, (at,))
        return ((place, one) for place, _, one in reversed(told[max(0, after - LATEST) : after]))

    def after(self, key: Hashable, at: int) -> Iterator[Speaker]:
        """Yield the speakers from a place on, the nearest first."""
        told = self._told.get(key, [])
        first = bisect_left(told, (at,))
        return (one for _, _, one in told[first : first + LATEST])
