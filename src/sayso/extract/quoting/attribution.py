"""Attributions: which source says which content, announced by which cue.

Labels are decoded as the best valid sequence (Viterbi 1967), every content chooses its cue and
every cue its source. What is linked to one cue is one attribution, so that an interrupted content
keeps its pieces together (source, cue and content are the terms of Pareti 2015).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from sayso.model.encoder import Reading
from sayso.model.pieces import Pieces
from sayso.text.spans import Span

SOURCE, CUE, CONTENT = 1, 2, 3
# Stretches across the cue from the surest one are left out if they are less sure than this.
DOUBTFUL = 0.65
BLOCK = 1024  # pieces whose scores are unpacked at once
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

    @classmethod
    def of(cls, role: int, span: Span) -> Part:
        """Return a part that rules found."""
        return cls(role, 0, 0, *span, 1.0)

    def at(self, span: Span) -> Part:
        """Return the part with other edges."""
        return replace(self, start=span[0], end=span[1])


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
    cues, sources = (_by_window(reading, parts, role) for role in (CUE, SOURCE))
    contents: dict[Part | None, list[tuple[Part, float]]] = {}
    for part in (part for part in parts if part.role == CONTENT):
        cue, score = _choose(reading, part, cues)
        contents.setdefault(cue, []).append((part, score))
    found = [Attribution(None, None, (part,), 0.0) for part, _ in contents.pop(None, [])]
    for cue, pieces in contents.items():
        pieces = _without_doubtful(pieces, cue)
        source, score = _choose(reading, cue, sources, nobody=True)
        certainty = min([score, *(s for _, s in pieces)])
        found.append(Attribution(source, cue, tuple(p for p, _ in pieces), certainty))
    return sorted(found, key=lambda a: a.contents[0].start)


def _by_window(reading: Reading, parts: list[Part], role: int) -> dict[int, list[Part]]:
    """Return the parts of a role by the window in which each begins."""
    found: dict[int, list[Part]] = {}
    for part in (part for part in parts if part.role == role):
        found.setdefault(int(reading.window[part.first]), []).append(part)
    return found


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


def decode(scores: np.ndarray, pieces: Pieces) -> list[Part]:
    """Return the labelled stretches of a text, in order, by the best valid label sequence."""
    return spans_of(viterbi(scores), scores, pieces.start, pieces.end)


def viterbi(scores: np.ndarray) -> np.ndarray:
    """Return the best label sequence in which every I follows a B or I of its own kind.

    ``scores`` has a row for each piece, columns O, B-1, I-1, B-2, I-2, ... A text cannot begin
    inside a stretch: what comes before it is O.
    """
    if not len(scores):
        return np.zeros(0, dtype=np.int64)
    begins = range(1, scores.shape[1], 2)
    total, best = 0.0, 0
    inside, chosen = [-math.inf] * len(begins), [0] * len(begins)
    # The best label before each piece, and the best of each kind that is open there.
    closed, opened = bytearray(), bytearray()
    blocks = (scores[at : at + BLOCK].tolist() for at in range(0, len(scores), BLOCK))
    for row in (row for rows in blocks for row in rows):
        closed.append(best)
        opened.extend(chosen)
        now, best, going, chosen = total + row[0], 0, [], []
        for begin, gone in zip(begins, inside, strict=True):
            new, gone = total + row[begin], gone + row[begin + 1]
            score, label = (new, begin) if new >= gone else (gone, begin + 1)
            going.append(score)
            chosen.append(label)
            if score > now:
                now, best = score, label
        total, inside = now, going
    path = [best]
    for at in range(len(scores) - 1, 0, -1):
        label = path[-1]
        goes_on = label and label % 2 == 0
        path.append(opened[at * len(begins) + label // 2 - 1] if goes_on else closed[at])
    return np.array(path[::-1], dtype=np.int64)


def spans_of(
    labels: np.ndarray, scores: np.ndarray, start: np.ndarray, end: np.ndarray
) -> list[Part]:
    """Return the stretches that a label sequence marks; role 1 for B-1/I-1, and so on."""
    chosen = np.exp(scores[np.arange(len(labels)), labels])
    begins = labels % 2 == 1
    firsts = np.flatnonzero(begins)
    ends = np.append(np.flatnonzero(begins | (labels == 0)), len(labels))
    afters = ends[np.searchsorted(ends, firsts, side="right")]
    return [
        Part(
            role=int(labels[first] + 1) // 2,
            first=first,
            last=after,
            start=int(start[first]),
            end=int(end[after - 1]),
            # What mean() does, at a third of its time.
            probability=float(np.add.reduce(chosen[first:after]) / (after - first)),
        )
        for first, after in zip(firsts.tolist(), afters.tolist(), strict=True)
    ]


def _choose(
    reading: Reading, part: Part, candidates: dict[int, list[Part]], *, nobody: bool = False
) -> tuple[Part | None, float]:
    """Return the candidate that a part is linked to, and the link's probability.

    Only candidates in the windows of the part's voters compete. With ``nobody``, no candidate may
    win as well.
    """
    voters = np.arange(part.first, part.last)
    if len(voters) > VOTERS:
        voters = np.concatenate([voters[: VOTERS // 2], voters[-VOTERS // 2 :]])
    windows = reading.window[voters]
    near = [c for n in sorted(set(windows.tolist())) for c in candidates.get(n, ())]
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
