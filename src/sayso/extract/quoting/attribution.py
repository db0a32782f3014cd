"""Attributions: which source says which content, announced by which cue.

Labels are decoded as the best valid sequence (Viterbi 1967), every content chooses its cue and
every cue its source. What is linked to one cue is one attribution, so that an interrupted content
keeps its pieces together (source, cue and content are the terms of Pareti 2015).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from sayso.model.encoder import Reading
from sayso.model.pieces import MARK_STATES, Pieces
from sayso.text.spans import Span

SOURCE, CUE, CONTENT = 1, 2, 3
# Stretches across the cue from the surest one are left out if they are less sure than this.
DOUBTFUL = 0.65
# By so much (in log-probability) a piece must be likelier outside to be settled at once.
CLEARLY = 0.01
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
        possible = _not_swallowed(sources, cue, [p for p, _ in pieces])
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


def _not_swallowed(sources: list[Part], cue: Part, contents: list[Part]) -> list[Part]:
    """Return the sources but those within what is said while the cue is not: they are another's."""
    start, end = min(p.first for p in contents), max(p.last for p in contents)
    if start < cue.first < end:
        return sources
    return [source for source in sources if not start <= source.first < end]


def decode(scores: np.ndarray, pieces: Pieces) -> list[Part]:
    """Return the labelled stretches of a text, in order, by the best valid label sequence."""
    return spans_of(viterbi(scores), scores, pieces.start, pieces.end)


def viterbi(scores: np.ndarray) -> np.ndarray:
    """Return the best label sequence in which every I follows a B or I of its own kind.

    ``scores`` has a row for each piece, columns O, B-1, I-1, B-2, I-2, ... A text cannot begin
    inside a stretch: what comes before it is O. So is what stands between two stretches, and each
    is read by itself.
    """
    labels = np.zeros(len(scores), dtype=np.int64)
    open_rows = np.flatnonzero(np.append(~_outside(scores), False))
    if not len(open_rows):
        return labels
    breaks = np.flatnonzero(np.diff(open_rows) > 1) + 1
    for rows in np.split(open_rows, breaks):
        first, after = int(rows[0]), int(rows[-1]) + 1
        labels[first:after] = _best_path(scores[first:after].tolist())
    return labels


def _outside(scores: np.ndarray) -> np.ndarray:
    """Return for each piece whether it is O in the best sequence, whatever the others are.

    It is where any other label loses more than the next piece can gain by going on with an I that
    would have to be a B.
    """
    lost = scores[:, 0] - scores[:, 1:].max(axis=1)
    gained = (scores[:, 2::2] - scores[:, 1::2]).max(axis=1)
    return lost > np.append(gained[1:], 0).clip(min=0) + CLEARLY


def _best_path(rows: list[list[float]]) -> list[int]:
    """Return the best labels of pieces before and behind which everything is O."""
    begins = range(1, len(rows[0]), 2)
    total, best = 0.0, 0
    inside = {begin: (-math.inf, 0) for begin in begins}
    back: list[tuple[int, dict[int, tuple[float, int]]]] = []
    for row in rows:
        back.append((best, inside))
        now, best, going = total + row[0], 0, {}
        for begin in begins:
            opened, gone = total + row[begin], inside[begin][0] + row[begin + 1]
            going[begin] = (opened, begin) if opened >= gone else (gone, begin + 1)
            if going[begin][0] > now:
                now, best = going[begin]
        total, inside = now, going
    path = [best]
    for before, open_before in reversed(back[1:]):
        label = path[-1]
        goes_on = label and label % 2 == 0
        path.append(open_before[label - 1][1] if goes_on else before)
    return path[::-1]


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
            probability=float(np.add.reduce(chosen[first:after]) / np.float32(after - first)),
        )
        for first, after in zip(firsts.tolist(), afters.tolist(), strict=True)
    ]


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
    own = set(windows.tolist())
    near = [c for c in candidates if reading.window[c.first] in own]
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
