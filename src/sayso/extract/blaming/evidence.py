"""What is known of the word pieces of a sentence before the blame branch reads it.

A row for each piece, a column for each thing known: the roles and stances of the ties that the
rules found, the lists of ``data/blame.toml`` that have the word, and what the encoder made of the
piece in its article (its labels for attribution and for entities, as probabilities).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from sayso.extract.blaming.scene import Scene, Tie
from sayso.model.encoder import Reading
from sayso.text.spans import Span

ROLES = ("issue", "target", "source", "cue")
STANCES = ("assert", "deny", "report")


def rows_of(reading: Reading, span: Span) -> slice:
    """Return which pieces stand in a span."""
    first, after = np.searchsorted(reading.pieces.start, span)
    return slice(int(first), int(after))


def gather(scene: Scene, ties: Sequence[Tie], reading: Reading, lists: Sequence[str]) -> np.ndarray:
    """Return the evidence on a sentence in which the rules found some ties: float32, a row a piece.

    Columns: 4 roles, 3 stances, ``lists`` of ``data/blame.toml`` (one that is no longer there stays
    empty), 7 labels for attribution, 9 for entities.
    """
    rows = rows_of(reading, scene.s.span)
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
    return np.concatenate([np.stack(columns, axis=1), *seen], axis=1).astype(np.float32)


def _listed(scene: Scene) -> dict[str, list[Span]]:
    """Return where the words and phrases of each list stand."""
    found: dict[str, list[Span]] = {}
    tokens = scene.s.tokens
    for at, token in enumerate(tokens):
        for name, size in scene.listed(at).items():
            found.setdefault(name, []).append((token.start, tokens[at + size - 1].end))
    return found
