"""Words of passages as numbers: what quotes and the sentences around them say, ready to compare.

A passage is a quote's content, or what a sentence says outside all quotes. A segment is one
sentence of a passage: the unit that is compared. Words stand in flat arrays, those of the articles
that are compared at a time in memory, all others on disk.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import pairwise, takewhile
from math import inf
from types import SimpleNamespace
from typing import Any

import numpy as np
from tqdm import tqdm

from sayso.analyze.passages import sentence_spans
from sayso.analyze.statements.spill import Shelf
from sayso.tables.extracted import CONTENT
from sayso.tables.parts import Each, Parts
from sayso.text.marks import paragraphs, read_marks
from sayso.text.spans import Span
from sayso.text.words import stem

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\w+")
SENTENCE_END = re.compile(r"[.?!…]['’\"”]?\s")
LEAST_WORDS = 4
"""A stretch of narration with fewer words says nothing that can be compared."""

PLAIN, FULL = 0.8, 4.8
"""Lengths of a word's vector at which the word weighs nothing, and all. Their training makes the
vectors of words with little meaning short."""

QUOTE, NARRATION = "quote", "narration"
COLUMNS = 5  # of the words that are read: number, start, end, piece, marked
AT_ONCE = 500
"""So many articles have their words in memory while segments that share some are sought."""


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
class Lexis:
    """Stems: the words that they stand for, a vector for each, and how much each tells, 0 to 1.

    A vector's length tells how much meaning the word carries.
    """

    spelled: list[str]
    vectors: np.ndarray
    weights: np.ndarray


@dataclass(frozen=True)
class Wording:
    """The words of all passages of some articles, one after the other.

    ``word`` and ``stem`` number the words and their stems; ``start`` and ``end`` are offsets in the
    article; ``piece`` numbers the spans of the passages that they stand in; ``marked`` tells which
    stand between quotation marks. ``cuts`` are the first words of the segments and the end of the
    last one; ``owner`` is the passage of each segment. ``texts`` and ``quotes`` (rows) are those
    that passages number; ``lexis`` is that of the whole corpus, if not of these articles
    :meth:`alone`.
    """

    texts: list[str]
    quotes: list[Any]
    passages: list[Passage]
    word: np.ndarray
    stem: np.ndarray
    start: np.ndarray
    end: np.ndarray
    piece: np.ndarray
    marked: np.ndarray
    cuts: np.ndarray
    owner: np.ndarray
    lexis: Lexis

    def alone(self) -> Wording:
        """Return the same with the stems of these articles alone, in the same order."""
        own, stem = np.unique(self.stem, return_inverse=True)
        spelled = [self.spelled[number] for number in own]
        return replace(self, stem=stem, lexis=Lexis(spelled, self.vectors[own], self.weights[own]))

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

    @property
    def spelled(self) -> list[str]:
        """The words that stems stand for."""
        return self.lexis.spelled

    @property
    def vectors(self) -> np.ndarray:
        """A vector for each stem."""
        return self.lexis.vectors

    @property
    def weights(self) -> np.ndarray:
        """How much each stem tells."""
        return self.lexis.weights


@dataclass(frozen=True, slots=True)
class _Told:
    """What is read of an article: rows of words (number, start, end, piece, marked), and the rest.

    It is as in :class:`Wording`, but numbers its own ``words``, as they come.
    """

    text: str
    quotes: list[Any]
    passages: list[tuple[int, str, tuple[Span, ...]]]
    words: list[str]
    rows: np.ndarray
    cuts: np.ndarray
    owner: np.ndarray


class Wordings:
    """The words of all quotes and, if asked for, of the narration of English articles.

    ``ids`` are articles, sorted. What is read of them is on disk; memory holds the vocabulary, and
    of each segment, in the order of the articles, ``article_of`` and whether it is ``quoted``;
    ``firsts`` are the numbers of the articles' first segments, and of all. ``each`` applies a
    function to parts of the corpus.
    """

    def __init__(self, corpus: Parts, ids: Sequence[str], *, narration: bool, each: Each) -> None:
        self._shelf = Shelf()
        self._words: dict[str, int] = {}
        self.n_articles = len(ids)
        numbers = {article_id: number for number, article_id in enumerate(ids)}
        bar = tqdm(total=len(ids), desc="wording", unit="article", disable=None, leave=False)
        for part in each(partial(_read_part, narration=narration), corpus.parts()):
            for article_id, told in part:
                if article_id in numbers:
                    self._shelf.put(numbers[article_id], told)
                    bar.update()
        bar.close()
        self._number()

    def _number(self) -> None:
        """Number words and stems in the order of the articles, whatever order they were read in."""
        stems, of_words, spelled, seen = {}, [], [], Counter()
        sizes, own, quoted = [0], [np.zeros(0, np.int64)], [np.zeros(0, bool)]
        for number in range(self.n_articles):
            told = self._shelf.get(number)
            for word in told.words:
                if self._words.setdefault(word, len(of_words)) == len(of_words):
                    of_words.append(stems.setdefault(stem(word), len(spelled)))
                    if of_words[-1] == len(spelled):
                        spelled.append(word)
            used = np.array([of_words[n] for n in self._numbers(told)], np.int64)[told.rows[:, 0]]
            segment = np.repeat(np.arange(len(told.owner)), np.diff(told.cuts))
            seen.update((np.unique(segment * len(spelled) + used) % max(len(spelled), 1)).tolist())
            sizes.append(len(told.owner))
            own.append(np.full(len(told.owner), number))
            quoted.append(np.array([quote >= 0 for quote, *_ in told.passages], bool)[told.owner])
        self.firsts, self.article_of = np.cumsum(sizes), np.concatenate(own)
        self.quoted = np.concatenate(quoted)
        self._stem = np.array(of_words, np.int64)
        self.lexis = _lexis(spelled, [seen[n] for n in range(len(spelled))], len(self.article_of))

    def _numbers(self, told: _Told) -> list[int]:
        """Return how the words of an article are numbered over all of them."""
        return [self._words[word] for word in told.words]

    def of(self, articles: Iterable[int]) -> Wording:
        """Return the words of some articles, by their numbers, which must ascend."""
        texts, quotes, passages = [], [], []
        rows, cuts, owner = [np.zeros((0, COLUMNS), np.int32)], [], []
        n_words = n_pieces = 0
        for number in articles:
            told = self._shelf.get(number)
            cuts.append(told.cuts[:-1] + n_words)
            owner.append(told.owner + len(passages))
            passages += [
                Passage(len(texts), quote + len(quotes) if quote >= 0 else -1, voice, spans)
                for quote, voice, spans in told.passages
            ]
            own = told.rows + np.array([0, 0, 0, n_pieces, 0], np.int32)
            own[:, 0] = np.array(self._numbers(told), np.int32)[told.rows[:, 0]]
            rows.append(own)
            n_words, n_pieces = n_words + len(told.rows), n_pieces + told.rows[:, 3].max(initial=0)
            texts.append(told.text)
            quotes += told.quotes
        word, start, end, piece, marked = np.ascontiguousarray(np.concatenate(rows).T)
        return Wording(
            texts=texts,
            quotes=quotes,
            passages=passages,
            word=word,
            stem=self._stem[word],
            start=start,
            end=end,
            piece=piece,
            marked=marked.astype(bool),
            cuts=np.concatenate([*cuts, [n_words]]).astype(np.int64),
            owner=np.concatenate([*owner, np.zeros(0)]).astype(np.int64),
            lexis=self.lexis,
        )

    def all(self) -> Iterator[tuple[int, Wording]]:
        """Yield the words of all articles, some at a time, with the number of the first segment."""
        for start in range(0, self.n_articles, AT_ONCE):
            after = min(start + AT_ONCE, self.n_articles)
            yield int(self.firsts[start]), self.of(range(start, after))


def _lexis(spelled: list[str], seen: list[int], n_segments: int) -> Lexis:
    """Return stems of which so many segments, of all, have each.

    How much one tells depends on its meaning, and on how rare it is here.
    """
    from sayso.model.vectors import SIZE, piece_vectors

    vectors = np.zeros((len(spelled), SIZE), np.float32)
    for number, word in enumerate(spelled):
        pieces = piece_vectors(word)[1]
        if len(pieces):
            vectors[number] = pieces.mean(axis=0)
    n_segments = max(n_segments, 1)
    rare = np.log1p(n_segments / np.maximum(seen, 1)) / np.log1p(n_segments)
    meaning = np.clip((np.linalg.norm(vectors, axis=1) - PLAIN) / (FULL - PLAIN), 0.02, 1)
    numeric = np.array([word[:1].isdigit() for word in spelled], bool)
    weights = (np.where(numeric, 1.0, meaning) * rare).astype(np.float32)
    return Lexis(spelled, vectors, weights)


def _read_part(part: Parts, *, narration: bool) -> Iterator[tuple[str, _Told]]:
    """Yield of each article its id and what it says: its quotes and sentences by place."""
    quotes = part.table("quotes").sort_values(["start", "quote_id"], kind="stable")
    of_quotes = dict(list(quotes.groupby("article_id", sort=False)))
    names = ["article_id", "part", "start", "end"]
    sentences = part.table("sentences", names).sort_values("start", kind="stable")
    cut = sentence_spans(sentences[sentences["part"].isin(CONTENT)])
    for article in part.table("articles", ["article_id", "text"]).itertuples():
        own = of_quotes.get(article.article_id, quotes.iloc[:0])
        rows = [SimpleNamespace(**row) for row in own.to_dict("records")]
        told = _read(article.text, rows, cut.get(article.article_id, []), narration)
        yield article.article_id, told


def _read(text: str, quotes: list[Any], cut: list[Span], narration: bool) -> _Told:
    """Return what an article says."""
    reader, marked = _Reader(), np.zeros(len(text), bool)
    for mark in read_marks(text, paragraphs(text))[0]:
        marked[mark.start : mark.end] = True
    spans = [tuple(tuple(span) for span in quote.content_spans) for quote in quotes]
    own = sorted(range(len(quotes)), key=lambda i: spans[i][0])
    for quote in own:
        reader.add((quote, QUOTE, spans[quote]), cut, text, marked)
    if narration:
        quoted = np.zeros(len(text), bool)
        for start, end in (span for quote in own for span in spans[quote]):
            quoted[start:end] = True
        for sentence in cut:
            free = tuple(_runs(text, sentence, ~quoted))
            if sum(len(WORD.findall(text, *span)) for span in free) >= LEAST_WORDS:
                reader.add((-1, NARRATION, free), cut, text, marked)
    return reader.finish(text, quotes)


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


class _Reader:
    """Numbers the words of one passage after the other."""

    def __init__(self) -> None:
        self._words: dict[str, int] = {}
        self._passages: list[tuple[int, str, tuple[Span, ...]]] = []
        self._rows = array("i")
        self._pieces = 0
        self._cuts: list[int] = []
        self._owner: list[int] = []

    def add(
        self, passage: tuple[int, str, tuple[Span, ...]], cut: list[Span], text: str, marked
    ) -> None:
        """Take in a passage's words, sentence by sentence."""
        after = None
        for piece in passage[-1]:
            self._pieces += 1
            for start, end in _within(cut, piece):
                words = list(WORD.finditer(text, start, end))
                if not words:
                    continue
                if after is None or SENTENCE_END.search(text, after - 1, start):
                    self._cuts.append(len(self._rows) // COLUMNS)
                    self._owner.append(len(self._passages))
                for match in words:
                    word = match.group().casefold().replace("’", "'")
                    number = self._words.setdefault(word, len(self._words))
                    first, last = match.span()
                    self._rows.extend((number, first, last, self._pieces, int(marked[first])))
                after = words[-1].end()
        self._passages.append(passage)

    def finish(self, text: str, quotes: list[Any]) -> _Told:
        """Return all that was taken in, of an article with this text and these quotes."""
        rows = np.array(self._rows, np.int32).reshape(-1, COLUMNS)
        cuts = np.array([*self._cuts, len(rows)], np.int64)
        owner = np.array(self._owner, np.int64)
        return _Told(text, quotes, self._passages, [*self._words], rows, cuts, owner)
