"""What is known of the word pieces of a sentence before the blame branch reads it.

A row for each piece, a column for each thing known: the roles and stances of the ties that the
rules found, the lists of ``data/blame.toml`` that have the word, what the encoder made of the
piece in its article (its labels for attribution and for entities, as probabilities), and whether
it stands in the sentence: the words before it are read, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from sayso.extract.blaming.scene import Scene, Tie
from sayso.model.encoder import Reading
from sayso.model.pieces import WINDOW
from sayso.text.spans import Span

ROLES = ("issue", "target", "source", "cue")
STANCES = ("assert", "deny", "report")
BEFORE = 32
"""Pieces before a sentence that are read with it: about the sentence before."""


def rows_of(reading: Reading, span: Span) -> slice:
    """Return which pieces stand in a span."""
    first, after = np.searchsorted(reading.pieces.start, span)
    return slice(int(first), int(after))


def ranges_of(reading: Reading, span: Span) -> list[tuple[int, int]]:
    """Return which pieces the branch reads of a sentence: some before it, if any, and its own.

    Those of a sentence that does not fit into a window are cut off.
    """
    own = rows_of(reading, span)
    before = max(0, own.start - BEFORE)
    after = min(own.stop, own.start + WINDOW - BEFORE - 3)
    return [part for part in ((before, own.start), (own.start, after)) if part[0] < part[1]]


def gather(scene: Scene, ties: Sequence[Tie], reading: Reading, lists: Sequence[str]) -> np.ndarray:
    """Return the evidence on a sentence in which the rules found some ties: float32, a row a piece.

    Rows are those of :func:`ranges_of`. Columns: 4 roles, 3 stances, ``lists`` of
    ``data/blame.toml`` (one that is no longer there stays empty), 7 labels for attribution, 9 for
    entities, 1 of the sentence itself.
    """
    ranges = ranges_of(reading, scene.s.span)
    rows = slice(ranges[0][0], ranges[-1][1])
    starts, ends = reading.pieces.start[rows], reading.pieces.end[rows]

    def over(spans: Iterable[Span | None]) -> np.ndarray:
        column = np.zeros(len(starts), np.float32)
        for start, end in filter(None, spans):
            column[(starts < end) & (ends > start)] = 1
        return column

    listed = _listed(scene)
    columns = [over(getattr(tie, role) for tie in ties) for role in ROLES]
    columns += [over(tie.cue for tie in ties if tie.stance == stance) for stance in STANCES]
    columns += [over(listed.get(name, ())) for name in lists]
    seen = (np.exp(part[rows]) for part in (reading.attribution, reading.entity))
    parts = [np.stack(columns, axis=1), *seen, over([scene.s.span])[:, None]]
    return np.concatenate(parts, axis=1).astype(np.float32)


def _listed(scene: Scene) -> dict[str, list[Span]]:
    """Return where the words and phrases of each list stand."""
    found: dict[str, list[Span]] = {}
    tokens = scene.s.tokens
    for at, token in enumerate(tokens):
        for name, size in scene.listed(at).items():
            found.setdefault(name, []).append((token.start, tokens[at + size - 1].end))
    return found
