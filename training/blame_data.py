"""Annotated sentences as the blame branch learns from them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from benchmarks.blame.score import as_span
from benchmarks.blame_articles.score import whole_text
from torch import Tensor

from sayso.article import Article, Layout
from sayso.extract.blaming.learned import ROLES, STANCES, gather, may_blame, rows_of
from sayso.extract.document import Document, read_document
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import encoder
from sayso.model.pieces import WINDOW, build_window
from sayso.text.marks import paragraphs
from sayso.text.spans import Span
from training.data import read_jsonl

IGNORE = -100


@dataclass(slots=True)
class Example:
    """A sentence of n pieces, markers counted.

    ``ids``, ``shape``, ``mark`` (n) and ``evidence`` (n, columns) go into the encoder and the
    branch; ``label`` (n) and the ``ties``, each with its stance's number and the ``pieces`` of its
    mentions, are to be learnt: null and none if nobody annotated it. ``start`` and ``end`` count
    from where the sentence begins; they are -1 for markers.
    """

    id: str
    ids: Tensor
    shape: Tensor
    mark: Tensor
    evidence: Tensor
    start: np.ndarray
    end: np.ndarray
    label: np.ndarray | None
    ties: list[dict]


def read_articles(paths: list[Path]) -> dict[str, str]:
    """Return the texts of files of articles by their ids; a headline comes before its text."""
    texts = {}
    for article in (article for path in paths for article in read_jsonl(path)):
        headline = article.get("headline") if "outlet" in article else None
        name = article.get("id") or article["article_id"]
        texts[name] = whole_text(article) if headline else article["text"]
    return texts


def load(path: Path, articles: dict[str, str]) -> Iterator[Example]:
    """Yield the examples of a file of sentences.

    A sentence is given with its text, or by its place in an article (``doc``, ``start``, ``end``),
    as in ``data/blame_annotations.jsonl``; or a line is an article of ``blame_articles.jsonl``, of
    which the part 'learnt' is taken. What stands in none of the articles is left out.
    """
    known: tuple[str, Document] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        item = json.loads(line)
        for at, one in enumerate(read_sentences(item) if "read" in item else [item]):
            text = one.get("text") or articles.get(one["doc"])
            if not text:
                continue
            if known is None or known[0] != text:
                known = (text, read_text(text))
            span = (0, len(text)) if "text" in one else (one["start"], one["end"])
            name = one.get("id", f"{path.stem}-{number}-{at}")
            yield read_example(name, known[1], span, one.get("ties", []))


def load_news(path: Path, number: int, but: set[str]) -> Iterator[Example]:
    """Yield the sentences that the branch looks at in some articles that nobody annotated."""
    articles = [a for a in read_jsonl(path) if a["article_id"] not in but]
    random.Random(3).shuffle(articles)
    for article in articles[:number]:
        document = read_text(whole_text(article))
        for span in document.sentences:
            if may_blame(document.reading, span):
                yield read_example(f"{article['article_id']}-{span[0]}", document, span, None)


def read_sentences(article: dict) -> Iterator[dict]:
    """Yield the sentences of an article that was read, spans counted from where each begins."""
    if (article["part"], article["reader"]) != ("learnt", 1):
        return
    for number, (start, end) in enumerate(article["read"]):
        ties = [dict(tie) for tie in article["ties"] if tie["sentence"] == number]
        for tie in ties:
            for role in ROLES:
                tie[role] = tie[role] and [at - start for at in tie[role]]
        yield {"doc": article["doc"], "start": start, "end": end, "ties": ties}


def read_text(text: str) -> Document:
    """Return a text as the extraction of blame has it."""
    layout = Layout(body=tuple(paragraphs(text)))
    return read_document(Article("a", text, layout=layout), lexicon(), encoder(1))


def read_example(name: str, document: Document, span: Span, ties: list[dict] | None) -> Example:
    """Return a sentence as an example; ``ties`` is null if nobody annotated it."""
    pieces = document.reading.pieces
    rows = rows_of(document.reading, span)
    window = build_window(pieces, [(rows.start, min(rows.stop, rows.start + WINDOW - 2))])
    real = window.piece >= 0
    known = gather(document.reading, span)
    evidence = np.zeros((len(real), known.shape[1]), np.float32)
    evidence[real] = known[: int(real.sum())]
    start, end = (
        np.where(real, part[window.piece] - span[0], -1) for part in (pieces.start, pieces.end)
    )
    tensors = map(torch.from_numpy, (window.ids, window.shape, window.mark, evidence))
    if ties is None:
        return Example(name, *tensors, start, end, None, [])
    ties = [_tie(tie, start, end) for tie in ties]
    return Example(name, *tensors, start, end, _label(start, ties), ties)


def _tie(tie: dict, start: np.ndarray, end: np.ndarray) -> dict:
    """Return a tie's stance as a number, and the pieces of its mentions."""
    pieces = {}
    for role in ROLES:
        span = tie.get(role)
        first, after = as_span(span) if span else (0, 0)
        pieces[role] = np.flatnonzero((start < after) & (end > first) & (start >= 0))
    return {"stance": STANCES.index(tie["stance"]), "pieces": pieces}


def _label(start: np.ndarray, ties: list[dict]) -> np.ndarray:
    """Return the label of each piece; later roles win where mentions overlap."""
    label = np.where(start >= 0, 0, IGNORE)
    for number, role in enumerate(ROLES):
        for tie in ties:
            label[tie["pieces"][role]] = 2 + 2 * number
            label[tie["pieces"][role][:1]] = 1 + 2 * number
    return label
