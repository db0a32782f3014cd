"""Attributions: which source says which content, announced by which cue.

Labels are decoded as the best valid sequence (Viterbi 1967), every content chooses its cue and
every cue its source. What is linked to one cue is one attribution, so that an interrupted content
keeps its pieces together (source, cue and content are the terms of Pareti 2015).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from sayso.model.encoder import Reading
from sayso.model.pieces import MARK_STATES, Pieces
from sayso.text.spans import Span

SOURCE, CUE, CONTENT = 1, 2, 3
# Stretches across the cue from the surest one are left out if they are less sure than this.
DOUBTFUL = 0.65
# Pieces of a content that vote on its cue: its beginning and its end know most about it.
VOTERS = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A labelled stretch: role, pieces, characters, and the model's mean probability."""

    role: int
    first: int
    last: int
    start: int
    end: int
    probability: float

    @property
    def span(self) -> Span:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution; ``source`` and ``cue`` may be missing, ``contents`` is never empty."""

    source: Part | None
    cue: Part | None
    contents: tuple[Part, ...]
    link: float


def read_attributions(reading: Reading) -> list[Attribution]:
    """Return the attributions of a text, by the place of their first content."""
    parts = decode(reading.attribution, reading.pieces)
    cues = [p for p in parts if p.role == CUE]
    sources = [p for p in parts if p.role == SOURCE]
    contents: dict[Part | None, list[tuple[Part, float]]] = {}
    said = (p for part in parts if part.role == CONTENT for p in _divided(part, reading.pieces))
    for part in said:
        cue, score = _choose(reading, part, cues)
        contents.setdefault(cue, []).append((part, score))
    found = [Attribution(None, None, (part,), 0.0) for part, _ in contents.pop(None, [])]
    for cue, pieces in contents.items():
        pieces = _without_doubtful(pieces, cue)
        possible = [s for s in sources if not _swallowed(s, cue, [p for p, _ in pieces])]
        source, score = _choose(reading, cue, possible, nobody=True)
        certainty = min([score, *(s for _, s in pieces)])
        found.append(Attribution(source, cue, tuple(p for p, _ in pieces), certainty))
    return sorted(found, key=lambda a: a.contents[0].start)


def _divided(part: Part, pieces: Pieces) -> list[Part]:
    """Divide a content where one quotation is closed and the next one opened at once.

    '“You signed it.” “I did not,” she said.' is said by two.
    """
    marks = pieces.mark[part.first : part.last] == MARK_STATES.index("mark")
    apart = pieces.start[part.first + 1 : part.last] > pieces.end[part.first : part.last - 1]
    cuts = part.first + 1 + np.flatnonzero(marks[:-1] & marks[1:] & apart)
    edges = pairwise([part.first, *cuts.tolist(), part.last])
    return [
        replace(part, first=a, last=b, start=int(pieces.start[a]), end=int(pieces.end[b - 1]))
        for a, b in edges
    ]


def _without_doubtful(pieces: list[tuple[Part, float]], cue: Part) -> list[tuple[Part, float]]:
    """Drop what follows an utterance and its cue but is more likely told than said.

    'The dam will hold, she said, and left for home.'
    """
    surest = max((part for part, _ in pieces), key=lambda part: part.probability)
    return [
        (part, link)
        for part, link in pieces
        if part.probability >= DOUBTFUL
        or part is surest
        or (part.start > cue.start) == (surest.start > cue.start)
    ]


def _swallowed(source: Part, cue: Part, contents: list[Part]) -> bool:
    """Whether a source stands within what is said while the cue does not: then it is another's."""
    start, end = min(p.first for p in contents), max(p.last for p in contents)
    return start <= source.first < end and not start < cue.first < end


def decode(scores: np.ndarray, pieces: Pieces) -> list[Part]:
    """Return the labelled stretches of a text, in order, by the best valid label sequence."""
    return spans_of(viterbi(scores), scores, pieces.start, pieces.end)


def viterbi(scores: np.ndarray) -> np.ndarray:
    """Return the best label sequence in which every I follows a B or I of its own kind.

    ``scores`` has a row for each piece, columns O, B-1, I-1, B-2, I-2, ...
    """
    size = scores.shape[1]
    allowed = np.full((size, size), -np.inf, dtype=np.float32)
    allowed[:, 0] = 0
    allowed[:, 1::2] = 0
    for begin in range(1, size, 2):
        allowed[begin, begin + 1] = allowed[begin + 1, begin + 1] = 0
    # A text cannot begin inside a stretch: what comes before it is O.
    best = np.full(size, -np.inf, dtype=np.float32)
    best[0] = 0
    back = np.zeros(scores.shape, dtype=np.int64)
    for row, scored in enumerate(scores):
        paths = best[:, None] + allowed
        back[row] = paths.argmax(axis=0)
        best = paths.max(axis=0) + scored
    labels = np.zeros(len(scores), dtype=np.int64)
    label = best.argmax()
    for row in reversed(range(len(scores))):
        labels[row] = label
        label = back[row, label]
    return labels


def spans_of(
    labels: np.ndarray, scores: np.ndarray, start: np.ndarray, end: np.ndarray
) -> list[Part]:
    """Return the stretches that a label sequence marks; role 1 for B-1/I-1, and so on."""
    chosen = np.exp(scores[np.arange(len(labels)), labels])
    begins = labels % 2 == 1
    ends = np.append(np.flatnonzero(begins | (labels == 0)), len(labels))
    parts = []
    for first in np.flatnonzero(begins):
        after = ends[np.searchsorted(ends, first, side="right")]
        parts.append(
            Part(
                role=int(labels[first] + 1) // 2,
                first=int(first),
                last=int(after),
                start=int(start[first]),
                end=int(end[after - 1]),
                probability=float(chosen[first:after].mean()),
            )
        )
    return parts


def _choose(
    reading: Reading, part: Part, candidates: list[Part], *, nobody: bool = False
) -> tuple[Part | None, float]:
    """Return the candidate that a part is linked to, and the link's probability.

    Only candidates in the windows of the part's voters compete. With ``nobody``, no candidate may
    win as well.
    """
    voters = np.arange(part.first, part.last)
    if len(voters) > VOTERS:
        voters = np.concatenate([voters[: VOTERS // 2], voters[-VOTERS // 2 :]])
    windows = reading.window[voters]
    near = [c for c in candidates if reading.window[c.first] in windows]
    if not near and not nobody:
        return None, 0.0
    heads = np.array([c.first for c in near], dtype=np.int64)
    scores = reading.query[voters] @ reading.key[heads].T
    scores[windows[:, None] != reading.window[heads]] = -30
    if nobody:
        none = (reading.query[voters] * reading.nobody[windows]).sum(axis=1, keepdims=True)
        scores = np.concatenate([scores, none], axis=1)
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    votes = (odds / odds.sum(axis=1, keepdims=True)).mean(axis=0)
    winner = int(votes.argmax())
    return near[winner] if winner < len(near) else None, float(votes[winner])
