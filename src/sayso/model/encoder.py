"""The language model: the only module that loads it.

One forward pass over an article gives everything that is read off it later: label scores for
attribution and for entities, and the vectors that link a content to its cue, a cue to its source.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np

from sayso.model.pieces import WINDOW, Pieces, Window, build_window, cut_windows
from sayso.paths import read_model


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder made of a text, a row for each word piece.

    ``attribution`` (n, 7) and ``entity`` (n, 9) are log-probabilities of the labels O, B-x, I-x and
    so on: of source, cue and content; of PER, ORG, LOC and MISC. ``query`` and ``key`` (n, d): the
    score of a link from piece i to piece j is their product; ``nobody`` (windows, d) is the key of
    'no source'. Links hold only within a ``window``. ``blame`` (n,): log-odds that a piece belongs
    to a cue of blame, by a linear probe of the lower layers; it tells where the blame branch should
    look.
    """

    pieces: Pieces
    window: np.ndarray
    attribution: np.ndarray
    entity: np.ndarray
    query: np.ndarray
    key: np.ndarray
    nobody: np.ndarray
    blame: np.ndarray


class Encoder:
    """The shipped model on a given number of threads.

    The encoder's lower layers are one file; attribution and blame have their own upper layers.
    Windows run one at a time: there is nothing to pad, and as the int8 scale of a window's values
    does not depend on its neighbours, an article reads the same alone as in a corpus of millions.
    What the networks give is counted on with in double precision: how single precision is rounded
    hangs on the processor.
    """

    def __init__(self, *, threads: int) -> None:
        self._threads = threads
        self._lower = self._load("encoder.onnx")
        self._tagger = self._load("tagger.onnx")

    def _load(self, name: str):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        weights = read_model(name)
        return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])

    @cached_property
    def _blame(self):
        return self._load("blame.onnx")

    @cached_property
    def _probe(self) -> tuple[np.ndarray, float]:
        probe = blame_facts()["probe"]
        return np.array(probe["weights"]), probe["bias"]

    def read_lower(self, window: Window) -> np.ndarray:
        """Return the hidden states of the lower layers, a row for each token."""
        inputs = {"ids": window.ids, "shape": window.shape, "mark": window.mark}
        return self._lower.run(None, {name: v[None] for name, v in inputs.items()})[0]

    def read(self, pieces: Pieces) -> Reading:
        """Return what the model makes of a text's pieces."""
        weights, bias = self._probe
        outputs, numbers, nobody = [], [], []
        for number, ranges in enumerate(cut_windows(pieces)):
            window = build_window(pieces, ranges)
            hidden = self.read_lower(window)
            result = self._tagger.run(None, {"hidden": hidden})
            real = window.piece >= 0
            blame = hidden[real] @ weights + bias
            outputs.append([*(part[real] for part in result), blame])
            numbers.append(np.full(int(real.sum()), number))
            nobody.append(result[3][0])
        if not outputs:
            empty = [np.zeros((0, n)) for n in (7, 9, 1, 1)]
            none = np.zeros(0)
            return Reading(pieces, np.zeros(0, np.int64), *empty, empty[2], none)
        *joined, blame = (np.concatenate(part, dtype=float) for part in zip(*outputs, strict=True))
        none = np.stack(nobody, dtype=float)
        return Reading(pieces, np.concatenate(numbers), *joined, none, blame)

    def read_blame(self, pieces: Pieces, rows: slice, evidence: np.ndarray) -> list[np.ndarray]:
        """Return what the blame branch makes of a sentence by itself.

        Parameters
        ----------
        pieces, rows
            The pieces of a text, and which of them are the sentence; those beyond the size of a
            window are not read.
        evidence
            A row for each piece of the sentence, see :func:`sayso.extract.blaming.learned.gather`.

        Returns
        -------
        list of numpy.ndarray
            Log-probabilities of labels (n, 9) and stances (n, 3), queries (n, 3 d) and keys
            (n + 1, d); the first key is that of 'nobody'.
        """
        first, after = rows.start, min(rows.stop, rows.start + WINDOW - 2)
        window = build_window(pieces, [(first, after)])
        padded = np.zeros((len(window.ids), evidence.shape[1]), np.float32)
        padded[1:-1] = evidence[: after - first]
        inputs = {"hidden": self.read_lower(window), "evidence": padded}
        found = self._blame.run(None, inputs)
        labels, stances, queries, keys = (part.astype(float) for part in found)
        return [labels[1:-1], stances[1:-1], queries[1:-1], keys[:-1]]


@cache
def blame_facts() -> dict:
    """Return what goes with the blame branch.

    ``probe``: weights and bias of the linear probe that tells where it should look;
    ``confidence``: how sure a tie is, from how sure the branch is of it.
    """
    return json.loads(read_model("blame.json"))


@lru_cache(maxsize=4)
def encoder(threads: int = 1) -> Encoder:
    """Return the shipped encoder, loaded once for each number of threads."""
    return Encoder(threads=threads)
