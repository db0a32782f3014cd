"""The language model: the only module that loads it.

One forward pass over an article gives everything that is read off it later: label scores for
attribution and for entities, and the vectors that link a content to its cue, a cue to its source.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from sayso.article import Article, Document
from sayso.lexicon import Lexicon
from sayso.marks import Quotation, Span, paragraphs, read_marks
from sayso.pieces import MODEL_FOLDER, Pieces, build_window, cut_windows, read_pieces

ROLES = ("source", "cue", "content")
ENTITY_KINDS = ("PER", "ORG", "LOC", "MISC")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder made of a text, a row for each word piece.

    ``attribution`` (n, 7) and ``entity`` (n, 9) are log-probabilities of the labels O, B-x, I-x
    and so on, of ``ROLES`` and ``ENTITY_KINDS``. ``query`` and ``key`` (n, d): the score of a link
    from piece i to piece j is their product; ``nobody`` (windows, d) is the key of 'no source'.
    Links hold only within a ``window``.
    """

    pieces: Pieces
    window: np.ndarray
    attribution: np.ndarray
    entity: np.ndarray
    query: np.ndarray
    key: np.ndarray
    nobody: np.ndarray


class Encoder:
    """The shipped model on a given number of threads.

    Windows run one at a time: there is nothing to pad, and as the int8 scale of a window's values
    does not depend on its neighbours, an article reads the same alone as in a corpus of millions.
    """

    def __init__(self, path: Path | None = None, *, threads: int = 1) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(path or MODEL_FOLDER / "tagger.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def read(self, pieces: Pieces) -> Reading:
        """Return what the model makes of a text's pieces."""
        outputs, numbers, nobody = [], [], []
        for number, ranges in enumerate(cut_windows(pieces)):
            window = build_window(pieces, ranges)
            inputs = {"ids": window.ids, "shape": window.shape, "mark": window.mark}
            result = self._session.run(None, {name: v[None] for name, v in inputs.items()})
            real = window.piece >= 0
            outputs.append([part[real] for part in result])
            numbers.append(np.full(int(real.sum()), number))
            nobody.append(result[3][0])
        if not outputs:
            empty = [np.zeros((0, n), np.float32) for n in (7, 9, 1, 1)]
            return Reading(pieces, np.zeros(0, np.int64), *empty, empty[2])
        joined = [np.concatenate(part) for part in zip(*outputs, strict=True)]
        return Reading(pieces, np.concatenate(numbers), *joined, np.stack(nobody))


@lru_cache(maxsize=4)
def encoder(threads: int = 1) -> Encoder:
    """Return the shipped encoder, loaded once for each number of threads."""
    return Encoder(threads=threads)


def read_document(article: Article, words: Lexicon, model: Encoder) -> Document:
    """Return an article with its quotation marks and what the encoder saw in it."""
    layout = article.layout
    around = [span for span in (layout.headline, layout.subhead) if span]
    paras = sorted([*around, *layout.body]) or paragraphs(article.text)
    quotations, notes = read_marks(article.text, paras)
    pieces = read_pieces(article.text, paras, quotations)
    reread = partial(_reread, article.text, quotations, model)
    return Document(article, paras, quotations, notes, model.read(pieces), words, reread)


def _reread(text: str, quotations: list[Quotation], model: Encoder, places: list[Span]) -> Reading:
    """Return what the encoder makes of stretches of a text, each by itself.

    Quotation marks around a stretch are not seen; those within it, often single ones, count as
    double marks do in a text.
    """
    inner = [
        replace(q, double=True)
        for q in quotations
        if any(start < q.start and q.end < end for start, end in places)
    ]
    return model.read(read_pieces(text, places, inner))


def split_sentences(text: str, paras: list[Span]) -> list[Span]:
    """Return the sentences of the given paragraphs as spans, by the shipped Punkt model."""
    splitter = _punkt()
    return [
        (base + start, base + end)
        for base, stop in paras
        for start, end in splitter.span_tokenize(text[base:stop])
    ]


@lru_cache(maxsize=1)
def _punkt():
    """Load the Punkt parameters (Kiss & Strunk 2006) that were trained for news, from JSON."""
    import json

    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    stored = json.loads((MODEL_FOLDER / "punkt.json").read_text(encoding="utf-8"))
    parameters = PunktParameters()
    parameters.abbrev_types = set(stored["abbreviations"])
    parameters.collocations = {tuple(pair) for pair in stored["collocations"]}
    parameters.sent_starters = set(stored["sentence_starters"])
    parameters.ortho_context.update(stored["orthography"])
    return PunktSentenceTokenizer(parameters)
