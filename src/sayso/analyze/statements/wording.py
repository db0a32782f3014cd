"""Words of passages as numbers: what quotes and the sentences around them say, ready to compare.

A passage is a quote's content, or what a sentence says outside all quotes. A segment is one
sentence of a passage: the unit that is compared. All words stand in flat arrays, so that a million
passages fit in memory.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from tqdm import tqdm

from sayso.text.marks import read_marks
from sayso.text.sentences import split_sentences
from sayso.text.spans import Span
from sayso.text.words import stem

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\w+")
SENTENCE_END = re.compile(r"[.?!…]['’\"”]?\s")
LEAST_WORDS = 4
"""A stretch of narration with fewer words says nothing that can be compared."""

NAME_SHARE = 0.8
"""A word that so often begins with a capital letter is a name."""

PLAIN, FULL = 0.8, 4.8
"""Lengths of a word's vector at which the word weighs nothing, and all. Their training makes the
vectors of words with little meaning short."""

QUOTE, NARRATION = "quote", "narration"


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote's content or a stretch of narration: the number of its article and quote, its words.

    ``quote`` is -1 where there is none.
    """

    article: int
    quote: int
    voice: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Wording:
    """The words of all passages, one after the other.

    ``word`` and ``stem`` number the words and their stems; ``start`` and ``end`` are offsets in the
    article; ``piece`` numbers the spans of the passages that they stand in; ``marked`` tells which
    stand between quotation marks, ``capital`` which begin with a capital letter. ``cuts`` are the
    first words of the segments and the end of the last one; ``owner`` is the passage of each
    segment. ``spelled`` are the words that the stems stand for.
    """

    passages: list[Passage]
    word: np.ndarray
    stem: np.ndarray
    start: np.ndarray
    end: np.ndarray
    piece: np.ndarray
    marked: np.ndarray
    capital: np.ndarray
    cuts: np.ndarray
    owner: np.ndarray
    spelled: list[str]

    def segment(self, number: int) -> slice:
        """Return where a segment's words stand in the arrays."""
        return slice(int(self.cuts[number]), int(self.cuts[number + 1]))

    @cached_property
    def segment_of(self) -> np.ndarray:
        """The segment of each word."""
        return np.repeat(np.arange(len(self.owner)), np.diff(self.cuts))

    @cached_property
    def article_of(self) -> np.ndarray:
        """The article of each segment."""
        return np.array([passage.article for passage in self.passages], np.int64)[self.owner]

    @cached_property
    def quoted(self) -> np.ndarray:
        """Which segments stand in a quote."""
        return np.array([passage.quote >= 0 for passage in self.passages], bool)[self.owner]

    @cached_property
    def vectors(self) -> np.ndarray:
        """A vector for each stem; its length tells how much meaning the word carries."""
        from sayso.model.vectors import SIZE, piece_vectors

        found = np.zeros((len(self.spelled), SIZE), np.float32)
        for number, word in enumerate(self.spelled):
            vectors = piece_vectors(word)[1]
            if len(vectors):
                found[number] = vectors.mean(axis=0)
        return found

    @cached_property
    def is_name(self) -> np.ndarray:
        """Which stems are names: nearly always written with a capital letter."""
        size = len(self.spelled)
        capital = np.bincount(self.stem, self.capital, size)
        return capital >= NAME_SHARE * np.maximum(np.bincount(self.stem, minlength=size), 1)

    @cached_property
    def weights(self) -> np.ndarray:
        """How much each stem tells, 0 to 1: by its meaning, and by how rare it is here."""
        n_segments = max(len(self.owner), 1)
        pairs = np.unique(self.segment_of * len(self.spelled) + self.stem)
        seen = np.bincount(pairs % max(len(self.spelled), 1), minlength=len(self.spelled))
        rare = np.log1p(n_segments / np.maximum(seen, 1)) / np.log1p(n_segments)
        meaning = np.clip((np.linalg.norm(self.vectors, axis=1) - PLAIN) / (FULL - PLAIN), 0.02, 1)
        numeric = np.array([word[:1].isdigit() for word in self.spelled], bool)
        return (np.where(numeric, 1.0, meaning) * rare).astype(np.float32)


def read_wording(quotes: pd.DataFrame, articles: pd.DataFrame, *, narration: bool) -> Wording:
    """Return the words of all quotes and, if asked for, of the narration of English articles."""
    reader = _Reader()
    by_article = quotes.groupby("article_id", sort=False).indices
    spans = [[tuple(span) for span in row] for row in quotes["content_spans"]]
    rows = tqdm(
        articles.itertuples(), "wording", len(articles), unit="article", disable=None, leave=False
    )
    for number, article in enumerate(rows):
        if pd.notna(article.language) and article.language != "en":
            continue
        text, paras = article.text, _paragraphs(article)
        marked = np.zeros(len(text), bool)
        for mark in read_marks(text, paras)[0]:
            marked[mark.start : mark.end] = True
        own = sorted(by_article.get(article.article_id, ()), key=lambda i: spans[i][0])
        for quote in own:
            reader.add(Passage(number, int(quote), QUOTE, tuple(spans[quote])), text, marked)
        if narration:
            quoted = np.zeros(len(text), bool)
            for start, end in (span for quote in own for span in spans[quote]):
                quoted[start:end] = True
            for sentence in _cut(text, paras):
                free = tuple(_runs(text, sentence, ~quoted))
                if sum(len(WORD.findall(text, *span)) for span in free) >= LEAST_WORDS:
                    reader.add(Passage(number, -1, NARRATION, free), text, marked)
    return reader.finish()


def _cut(text: str, stretches: list[Span]) -> list[Span]:
    """Return the sentences of stretches of a text. No other place of this wing cuts them."""
    return split_sentences(text, stretches)


def _paragraphs(article: Any) -> list[Span]:
    """Return headline, subhead and the paragraphs of the body."""
    from sayso.reading.layout import find_layout

    known = article.headline if pd.notna(article.headline) else None
    layout = find_layout(article.text, headline=known).layout
    head = [span for span in (layout.headline, layout.subhead) if span]
    return sorted([*head, *layout.body])


def _runs(text: str, span: Span, wanted: np.ndarray) -> Iterator[Span]:
    """Yield the stretches of a span whose characters are wanted, if there is a word in them."""
    inside = wanted[slice(*span)]
    edges = [0, *(np.flatnonzero(np.diff(inside)) + 1).tolist(), len(inside)]
    for first, after in pairwise(edges):
        start, end = span[0] + first, span[0] + after
        if inside[first] and WORD.search(text, start, end):
            yield start, end


COLUMNS = 7  # of the words: word, stem, start, end, piece, marked, capital


class _Reader:
    """Numbers the words of one passage after the other."""

    def __init__(self) -> None:
        self._passages: list[Passage] = []
        self._rows = array("i")
        self._pieces = 0
        self._cuts: list[int] = []
        self._owner: list[int] = []
        self._words: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._stem_of: list[int] = []
        self._spelled: list[str] = []

    def add(self, passage: Passage, text: str, marked: np.ndarray) -> None:
        """Take in a passage's words, sentence by sentence."""
        after = None
        for piece in passage.spans:
            self._pieces += 1
            for start, end in _cut(text, [piece]):
                words = list(WORD.finditer(text, start, end))
                if not words:
                    continue
                if after is None or SENTENCE_END.search(text, after - 1, start):
                    self._cuts.append(len(self._rows) // COLUMNS)
                    self._owner.append(len(self._passages))
                for match in words:
                    self._rows.extend(self._row(match, marked))
                after = words[-1].end()
        self._passages.append(passage)

    def _row(self, match: re.Match[str], marked: np.ndarray) -> tuple[int, ...]:
        form = match.group()
        word = form.casefold().replace("’", "'")
        number = self._words.setdefault(word, len(self._words))
        if number == len(self._stem_of):
            self._stem_of.append(self._stems.setdefault(stem(word), len(self._stems)))
            if self._stem_of[-1] == len(self._spelled):
                self._spelled.append(word)
        start, end = match.span()
        flags = int(marked[start]), int(form[0].isupper())
        return number, self._stem_of[number], start, end, self._pieces, *flags

    def finish(self) -> Wording:
        """Return all that was taken in."""
        rows = np.frombuffer(self._rows, np.int32) if self._rows else np.zeros(0, np.int32)
        rows = rows.reshape(-1, COLUMNS)
        word, stem, start, end, piece, marked, capital = np.ascontiguousarray(rows.T)
        return Wording(
            passages=self._passages,
            word=word,
            stem=stem,
            start=start,
            end=end,
            piece=piece,
            marked=marked.astype(bool),
            capital=capital.astype(bool),
            cuts=np.array([*self._cuts, len(word)], np.int64),
            owner=np.array(self._owner, np.int64),
            spelled=self._spelled,
        )
