"""Training data: articles and sentences as windows of labelled word pieces."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.attribution.score import ANNOTATIONS, annotated

from sayso.model.pieces import Pieces, build_window, cut_windows, read_pieces
from sayso.text.marks import paragraphs, read_marks

ROLES = ("source", "cue", "content")
ANNOTATORS = ("4b22", "4e07", "5fec", "6b86", "d473", "ef2d")
ENTITIES = ("PER", "ORG", "LOC", "MISC")
JUDGEMENTS = Path(__file__).parent / "quote_judgements.jsonl"
NAMES = Path(__file__).parent / "name_annotations.jsonl"
IGNORE = -100
NOBODY = -1


@dataclass(slots=True)
class Labelled:
    """A text's pieces with a label each, and the piece that each one is linked to (``anchor``).

    A content's pieces are linked to the first piece of their cue, a cue's pieces to the first piece
    of its source, or to ``NOBODY``. (A source may serve several cues, so it points to none.)
    """

    task: str
    pieces: Pieces
    label: np.ndarray
    anchor: np.ndarray
    annotator: int = 0


def read_jsonl(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _pieces(text: str) -> Pieces:
    paras = paragraphs(text)
    return read_pieces(text, paras, read_marks(text, paras)[0])


def _mark_span(pieces: Pieces, label: np.ndarray, span, begin: int) -> np.ndarray:
    """Label the pieces of one span (B then I) and return their numbers."""
    inside = np.flatnonzero((pieces.start < span[1]) & (pieces.end > span[0]))
    label[inside] = begin + 1
    label[inside[:1]] = begin
    return inside


def attribution(path: Path) -> list[Labelled]:
    """Read articles in the attribution format."""
    return [_attributed(article) for article in read_jsonl(path)]


def opinions(folder: Path) -> list[Labelled]:
    """Read ``articles.jsonl.gz`` and the other annotators' versions of some of its articles."""
    articles = read_jsonl(folder / "articles.jsonl.gz")
    text = {article["id"]: article["text"] for article in articles}
    others = read_jsonl(folder / "second_opinions.jsonl.gz")
    return [_attributed({"text": text[a["id"]], **a}) for a in articles + others]


def unlabelled(path: Path, most: int, rng: random.Random) -> list[Labelled]:
    """Read texts that only teachers will label; none whose quotes were judged or annotated."""
    judged = {row["article_id"] for row in (*_judgements(), *_lines(ANNOTATIONS))}
    articles = [a for a in read_jsonl(path) if a.get("article_id") not in judged]
    articles = rng.sample(articles, min(most, len(articles)))
    texts = [_pieces(article["text"]) for article in articles]
    nothing = [np.full(len(pieces), IGNORE, dtype=np.int64) for pieces in texts]
    return [Labelled("none", *both, both[1]) for both in zip(texts, nothing, strict=True)]


def news(path: Path) -> list[Labelled]:
    """Read the scraped articles whose quotes were annotated, or judged and found right."""
    quotes: dict[str, list[dict]] = {}
    for row in _judgements():
        right = row["part"] == "learnt" and (row.get("right") or "missed" in row)
        if right and row.get("content") and not row.get("nested"):
            quotes.setdefault(row["article_id"], []).append(row)
    for row in (row for row in _lines(ANNOTATIONS) if row["part"] == "learnt"):
        quotes[row["article_id"]] = row["attributions"]
    return [
        _attributed({"text": text, "attributions": [annotated(text, item) for item in own]})
        for article in read_jsonl(path)
        if (own := quotes.get(article.get("article_id"))) and (text := article["text"])
    ]


def _judgements() -> list[dict]:
    return _lines(JUDGEMENTS)


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def named(path: Path) -> list[Labelled]:
    """Read the articles whose names were annotated (``name_annotations.jsonl``)."""
    names = {row["article_id"]: row["names"] for row in _lines(NAMES)}
    return [
        _entities(article["text"], names[article["article_id"]])
        for article in read_jsonl(path)
        if article.get("article_id") in names
    ]


def _attributed(article: dict) -> Labelled:
    pieces = _pieces(article["text"])
    label = np.zeros(len(pieces), dtype=np.int64)
    anchor = np.full(len(pieces), IGNORE, dtype=np.int64)
    for item in article["attributions"]:
        members = {
            role: [_mark_span(pieces, label, s, 1 + 2 * ROLES.index(role)) for s in item[role]]
            for role in ROLES
        }
        for role, target in (("content", "cue"), ("cue", "source")):
            first = members[target][0][0] if members[target] else NOBODY
            for numbers in members[role]:
                anchor[numbers] = first
    known = article.get("annotator") in ANNOTATORS
    who = 1 + ANNOTATORS.index(article["annotator"]) if known else 0
    return Labelled("attribution", pieces, label, anchor, who)


def universal(path: Path) -> list[Labelled]:
    """Read documents of Universal NER (IOB2 columns), a paragraph for each sentence."""
    documents: list[tuple[str, list]] = []
    text, spans, at = "", [], 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc"):
                documents.append((text, spans))
                text, spans = "", []
            elif line.startswith("# text = "):
                at, text = len(text), text + line.removeprefix("# text = ")
            elif line.strip() and not line.startswith("#"):
                _, token, tag = line.rstrip("\n").split("\t")
                start = text.index(token, at)
                at = start + len(token)
                if tag[0] == "B":
                    spans.append([start, at, tag[2:]])
                elif tag[0] == "I":
                    spans[-1][1] = at
    return [_entities(*document) for document in [*documents[1:], (text, spans)]]


def _entities(text: str, spans: list) -> Labelled:
    pieces = _pieces(text)
    label = np.zeros(len(pieces), dtype=np.int64)
    for start, end, kind in spans:
        _mark_span(pieces, label, (start, end), 1 + 2 * ENTITIES.index(kind))
    return Labelled("entity", pieces, label, np.full(len(pieces), IGNORE, dtype=np.int64))


def windows(items: list[Labelled], rng: random.Random, limit: int) -> list[dict]:
    """Cut texts into windows with labels; where the cuts fall varies with ``rng``."""
    result = []
    for item in items:
        count = int(item.pieces.paragraph[-1]) + 1 if len(item.pieces) else 0
        first = rng.randrange(min(6, count)) if count > 1 else 0
        for ranges in cut_windows(item.pieces, limit=limit, first=first):
            result.append(_window(item, ranges))
    return result


def _window(item: Labelled, ranges) -> dict:
    window = build_window(item.pieces, ranges)
    real = window.piece >= 0
    place = {int(piece): at for at, piece in enumerate(window.piece) if piece >= 0}
    label = np.full(len(window.ids), IGNORE, dtype=np.int64)
    anchor = np.full(len(window.ids), IGNORE, dtype=np.int64)
    label[real] = item.label[window.piece[real]]
    place[NOBODY] = 0  # [CLS] stands for a cue without a source
    for at in np.flatnonzero(real):
        anchor[at] = place.get(int(item.anchor[window.piece[at]]), IGNORE)
    return {
        "task": item.task,
        "ids": window.ids,
        "shape": window.shape,
        "mark": window.mark,
        "label": label,
        "anchor": anchor,
        "annotator": item.annotator,
    }
