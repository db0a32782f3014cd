"""What a cell holds: the text of an article, or a value with what is packed in it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sayso.lexicon.files import load_toml
from sayso.reading.columns import is_nothing, squash

# A list or object written into a cell of text is shorter than this.
MOST_PACKED = 20_000


def prose(value: Any) -> str | None:
    """Return the text that a cell holds, or None where it holds none.

    A text stays as it is. The paragraphs of a list, and the parts of an object that are known to be
    parts of a text, are joined by blank lines.
    """
    value = _decoded(value)
    text = value if isinstance(value, str) else "\n\n".join(_pieces(value))
    return text if text.strip() and not is_nothing(text) else None


def _pieces(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, Mapping):
        by_name = {squash(str(name)): part for name, part in value.items()}
        for name in load_toml("columns.toml")["other"]["parts"]:
            yield from _pieces(by_name.get(squash(name)))
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _pieces(part)


def unpacked(value: Any) -> Any:
    """Return a value as it was before it was put into a cell, or None where it holds nothing.

    Tables of programs hold lists and objects as text: "['Ann Field', 'Bo Lind']".
    """
    value = _decoded(value)
    if isinstance(value, Mapping) and len(value) == 1:
        # MongoDB's {"$oid": "65f0c2"} and {"$date": "2024-03-12"}.
        ((name, inner),) = value.items()
        return unpacked(inner) if str(name).startswith("$") else value
    if isinstance(value, (list, tuple)) and len(value) == 1:
        return unpacked(value[0])
    if not isinstance(value, str):
        return value
    if is_nothing(value):
        return None
    text = value.strip()
    if len(text) < MOST_PACKED and text[:1] + text[-1:] in ("[]", "{}"):
        for read in (json.loads, ast.literal_eval):
            try:
                return unpacked(read(text))
            except (ValueError, SyntaxError, RecursionError, MemoryError):
                continue
    return value


def _decoded(value: Any) -> Any:
    return value.decode("utf-8", errors="replace") if isinstance(value, bytes) else value


def shortened(value: Any, most: int = 40) -> str:
    """Return a value as a text of one short line, to name it by."""
    line = " ".join(str(value).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def is_filled(value: Any) -> bool:
    """Whether a cell holds more than blanks, NaN or an empty list."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value == value and value not in ([], {}, ())
