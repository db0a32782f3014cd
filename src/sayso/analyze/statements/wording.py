"""Words of passages as numbers: what quotes and the sentences around them say, ready to compare.

A passage is a quote's content, or what a sentence says outside all quotes. A segment is one
sentence of a passage: the unit that is compared. All words stand in flat arrays, so that a million
passages fit in memory.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile
from math import inf

import numpy as np
import pandas as pd
from tqdm import tqdm

from sayso.analyze.passages import sentence_spans
from sayso.tables.extracted import CONTENT
from sayso.text.marks import paragraphs, read_marks
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


def read_wording(
    quotes: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame, *, narration: bool
) -> Wording:
    """Return the words of all quotes and, if asked for, of the narration of English articles."""
    reader = _Reader()
    by_article = quotes.groupby("article_id", sort=False).indices
    spans = [[tuple(span) for span in row] for row in quotes["content_spans"]]
    cut = sentence_spans(sentences[sentences["part"].isin(CONTENT)])
    rows = tqdm(
        articles.itertuples(), "wording", len(articles), unit="article", disable=None, leave=False
    )
    for number, article in enumerate(rows):
        text, own_cut = article.text, cut.get(article.article_id, [])
        marked = np.zeros(len(text), bool)
        for mark in read_marks(text, paragraphs(text))[0]:
            marked[mark.start : mark.end] = True
        own = sorted(by_article.get(article.article_id, ()), key=lambda i: spans[i][0])
        for quote in own:
            passage = Passage(number, int(quote), QUOTE, tuple(spans[quote]))
            reader.add(passage, own_cut, text, marked)
        if narration:
            quoted = np.zeros(len(text), bool)
            for start, end in (span for quote in own for span in spans[quote]):
                quoted[start:end] = True
            for sentence in own_cut:
                free = tuple(_runs(text, sentence, ~quoted))
                if sum(len(WORD.findall(text, *span)) for span in free) >= LEAST_WORDS:
                    reader.add(Passage(number, -1, NARRATION, free), own_cut, text, marked)
    return reader.finish()


def blanked(text: str, spans: Iterable[Span]) -> str:
    """Return a text of the same length with blanks in some of its stretches."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _within(cut: list[Span], piece: Span) -> list[Span]:
    """Return the stretches of a piece of text that its sentences make."""
    at = max(bisect_right(cut, (piece[0], inf)) - 1, 0)
    parts = takewhile(lambda sentence: sentence[0] < piece[1], cut[at:])
    return [(max(a, piece[0]), min(b, piece[1])) for a, b in parts if b > piece[0]]


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

    def add(self, passage: Passage, cut: list[Span], text: str, marked: np.ndarray) -> None:
        """Take in a passage's words, sentence by sentence."""
        after = None
        for piece in passage.spans:
            self._pieces += 1
            for start, end in _within(cut, piece):
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
