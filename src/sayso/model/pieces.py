"""Word pieces: a text as the encoder reads it, in windows cut at paragraphs.

Training and running share this module, so that the model meets at run time just what it learnt
from. Beside its word piece every token carries its letter shape (the vocabulary is lower-cased)
and where it stands to quotation marks, as read by :mod:`sayso.text.marks`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from tokenizers import Tokenizer

from sayso.paths import read_model
from sayso.text.marks import Quotation
from sayso.text.spans import Span

WINDOW = 256
SHAPES = ("other", "lower", "title", "upper", "digit")
MARK_STATES = ("outside", "inside double", "inside single", "mark")


@dataclass(frozen=True, slots=True)
class Pieces:
    """The tokens of one text: arrays of equal length, in text order.

    ``ids`` word pieces, ``start``/``end`` offsets in the text, ``shape`` and ``mark`` indices into
    ``SHAPES`` and ``MARK_STATES``, ``paragraph`` the number of the paragraph.
    """

    ids: np.ndarray
    start: np.ndarray
    end: np.ndarray
    shape: np.ndarray
    mark: np.ndarray
    paragraph: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the encoder: ``ids``, ``shape`` and ``mark``, and which piece each one is.

    ``piece`` is -1 at the opening [CLS] and at the [SEP] that closes each paragraph.
    """

    ids: np.ndarray
    shape: np.ndarray
    mark: np.ndarray
    piece: np.ndarray


@lru_cache(maxsize=1)
def tokenizer() -> Tokenizer:
    """Return the word-piece tokenizer that is shipped with the model."""
    loaded = Tokenizer.from_buffer(read_model("tokenizer.json"))
    loaded.no_truncation()
    loaded.no_padding()
    return loaded


def read_pieces(text: str, paras: list[Span], quotations: list[Quotation]) -> Pieces:
    """Return the word pieces of a text's paragraphs, with their features."""
    encoded = tokenizer().encode_batch(
        [text[start:end] for start, end in paras], add_special_tokens=False
    )
    ids = np.array([i for e in encoded for i in e.ids], dtype=np.int64)
    paragraph = np.repeat(np.arange(len(paras)), [len(e.ids) for e in encoded])
    bases = np.array([base for base, _ in paras], dtype=np.int64)[paragraph]
    start = bases + np.array([a for e in encoded for a, _ in e.offsets], dtype=np.int64)
    end = bases + np.array([b for e in encoded for _, b in e.offsets], dtype=np.int64)
    shape = _char_shapes(text)
    first, last = shape[start], shape[np.maximum(end - 1, start)]
    upper, title = SHAPES.index("upper"), SHAPES.index("title")
    shapes = np.where((first == upper) & ((end - start == 1) | (last != upper)), title, first)
    return Pieces(
        ids=ids,
        start=start,
        end=end,
        shape=shapes.astype(np.int64),
        mark=_char_marks(text, quotations)[start].astype(np.int64),
        paragraph=paragraph,
    )


@lru_cache(maxsize=1)
def _shape_table() -> np.ndarray:
    table = np.zeros(0x3000, dtype=np.int8)
    for code in range(len(table)):
        char = chr(code)
        kind = "upper" if char.isupper() else "lower" if char.isalpha() else ""
        kind = "digit" if char.isdigit() else kind or "other"
        table[code] = SHAPES.index(kind)
    return table


def _char_shapes(text: str) -> np.ndarray:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return _shape_table()[np.where(codes < 0x3000, codes, 0)]


def _char_marks(text: str, quotations: list[Quotation]) -> np.ndarray:
    state = np.zeros(len(text), dtype=np.int8)
    for quotation in quotations:
        state[quotation.start : quotation.end] = MARK_STATES.index("mark")
        inside = "inside double" if quotation.double else "inside single"
        for start, end in quotation.inner:
            state[start:end] = MARK_STATES.index(inside)
    return state


def cut_windows(
    pieces: Pieces, *, limit: int = WINDOW, first: int = 0
) -> list[list[tuple[int, int]]]:
    """Return the windows of a text, each as ranges of pieces, one for each paragraph (part).

    Whole paragraphs are packed up to ``limit`` tokens, the markers counted. A longer paragraph is
    split. ``first`` is the number of the paragraph after which a new window begins at the latest.
    """
    bounds = np.flatnonzero(np.diff(pieces.paragraph)) + 1
    edges = [0, *bounds.tolist(), len(pieces)]
    windows: list[list[tuple[int, int]]] = [[]]
    room = limit - 1
    for number, (start, end) in enumerate(pairwise(edges)):
        if windows[-1] and (end - start + 1 > room or number == first):
            windows.append([])
            room = limit - 1
        while end - start + 1 > room:
            windows[-1].append((start, start + room - 1))
            start += room - 1
            windows.append([])
            room = limit - 1
        if end > start:
            windows[-1].append((start, end))
            room -= end - start + 1
    return [window for window in windows if window]


def build_window(pieces: Pieces, ranges: list[tuple[int, int]]) -> Window:
    """Return the encoder's input for one window: [CLS] paragraph [SEP] paragraph [SEP] ..."""
    cls, sep = tokenizer().token_to_id("[CLS]"), tokenizer().token_to_id("[SEP]")
    numbers = [-1]
    for start, end in ranges:
        numbers += [*range(start, end), -1]
    piece = np.array(numbers, dtype=np.int64)
    real = piece >= 0
    ids = np.where(real, pieces.ids[piece], sep)
    ids[0] = cls
    shape, mark = np.where(real, pieces.shape[piece], 0), np.where(real, pieces.mark[piece], 0)
    return Window(ids, shape, mark, piece)
