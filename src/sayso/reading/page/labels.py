"""What each line of a page is: a chain of labels, read as a whole.

A linear-chain conditional random field (Lafferty, McCallum & Pereira 2001) scores what each line
can be by its features and by its neighbours, and the best reading of the page is taken (Viterbi).
Trained by ``training/page.py`` on labelled pages; the weights are ``model/page.npz``.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache

import numpy as np

from sayso.paths import read_model
from sayso.reading.page.lines import page_features
from sayso.text.spans import Span

LABELS = (
    *("masthead", "section", "headline", "standfirst", "byline", "date", "caption", "body"),
    *("crosshead", "link", "furniture", "comment", "biography", "imprint", "stamp"),
)
HEADLINE = LABELS.index("headline")
SURE = 10**6


@dataclass(frozen=True, slots=True)
class Field:
    """The weights: a row for each feature, a step from each label to each (the last: the edge)."""

    features: dict[str, int]
    own: np.ndarray
    step: np.ndarray

    def scores(self, lines: list[list[str]]) -> np.ndarray:
        """Return what speaks for each label of each line, by its features alone."""
        rows = [[self.features[f] for f in line if f in self.features] for line in lines]
        return np.array([self.own[row].sum(axis=0) for row in rows])


@cache
def field() -> Field:
    """Return the shipped weights."""
    with np.load(io.BytesIO(read_model("page.npz")), allow_pickle=False) as kept:
        names = str(kept["features"]).split("\n")
        own, step = (kept[name].astype(np.int64) for name in ("own", "step"))
    return Field({name: i for i, name in enumerate(names)}, own, step)


def label_lines(text: str, paras: list[Span], *, known: str | None = None) -> list[str]:
    """Return the label of each line; ``known`` is a headline known from outside the text."""
    if not paras:
        return []
    chain = field()
    scores = chain.scores(page_features(text, paras))
    if known is not None:
        _settle_headline(scores, [_same(text[slice(*para)], known) for para in paras])
    path = _best(scores, chain.step)
    heads = [i for i, label in enumerate(path) if label == HEADLINE]
    if len(heads) > 1:
        lead = {i: scores[i, HEADLINE] - np.delete(scores[i], HEADLINE).max() for i in heads}
        best = max(heads, key=lambda i: (lead[i], -i))
        _settle_headline(scores, [i == best for i in range(len(path))])
        path = _best(scores, chain.step)
    return [LABELS[i] for i in path]


def _settle_headline(scores: np.ndarray, is_headline: list[bool]) -> None:
    """Let the first of some lines be the headline, and no other line."""
    scores[:, HEADLINE] -= SURE
    if any(is_headline):
        scores[is_headline.index(True), HEADLINE] += 2 * SURE


def _same(line: str, known: str) -> bool:
    """Whether a line is the known headline; marks and an outlet's name behind it do not count."""
    here, there = ("".join(filter(str.isalnum, head.casefold())) for head in (line, known))
    return bool(here) and (here == there or (len(here) >= 15 and there.startswith(here)))


def _best(scores: np.ndarray, step: np.ndarray) -> list[int]:
    """Return the best chain of labels (Viterbi)."""
    edge = len(LABELS)
    total, back = step[edge, :edge] + scores[0], []
    for row in scores[1:]:
        ways = total[:, None] + step[:edge, :edge]
        back.append(ways.argmax(axis=0))
        total = ways.max(axis=0) + row
    path = [int((total + step[:edge, edge]).argmax())]
    for best in reversed(back):
        path.append(int(best[path[-1]]))
    return path[::-1]
