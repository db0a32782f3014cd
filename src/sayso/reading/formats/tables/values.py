"""JSON as text: one value, a value a line, or an array that is larger than memory."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TextIO

from sayso.reading.formats.decode import WIDE_MARKS, NotText, decode, is_binary, open_text
from sayso.reading.formats.source import File, warned
from sayso.reading.problem import Problem

BEGINNING = 1 << 16
CHUNK = 1 << 20
# What is read at once may be as large (in characters): a file that is one object, an article.
# Arrays and lines are read one by one and have no limit. To read a larger one:
# sayso.reading.formats.tables.values.LIMITS["held"] = 2_000_000_000
LIMITS = {"held": 500_000_000}
RAISE = "sayso.reading.formats.tables.values.LIMITS['held']"
# Python refuses to read longer numbers, and no article needs them.
MOST_DIGITS = 400
BLANKS = codecs.BOM_UTF8 + b" \t\r\n"
BETWEEN = re.compile(r"[\s,\x1e\ufeff]*")


@dataclass(frozen=True, slots=True)
class Value:
    """A value of JSON: its line or its number, and what is wrong where it is none.

    ``alone``: it is neither one of several lines nor in an array.
    """

    number: int
    value: Any = None
    fault: str | None = None
    alone: bool = False
    problems: tuple[Problem, ...] = ()


def is_lines(file: File) -> bool:
    """Whether a file holds a JSON object a line, and not one value over many lines.

    Raises
    ------
    NotText
        If it is no text.
    """
    with file.open() as data:
        if data.read(BEGINNING).lstrip(BLANKS).startswith(b"["):
            return False
    lines = (line for _, line, _ in _lines(file))
    filled = (line for line in lines if line.strip())
    first = next(filled, "")
    if not first.lstrip().startswith("{"):
        return not first.lstrip().startswith("[")
    try:
        load(first)
    except json.JSONDecodeError as fault:
        # An object that goes on in the next line breaks off where the line does.
        return fault.pos < len(first.rstrip())
    except (ValueError, RecursionError):
        return True
    return file.ending != ".json" or next(filled, None) is not None


def load(text: str) -> Any:
    """Return the value that a text of JSON holds, or a list of them if several stand in it."""
    try:
        return json.loads(text.strip(), parse_int=_number, strict=False)
    except json.JSONDecodeError as fault:
        if not fault.msg.startswith("Extra data"):
            raise
        return [value for value, _ in _Stream(io.StringIO(text)).values()]


def read_lines(file: File) -> Iterator[Value]:
    """Return the values of a file with one a line; a bad one costs no other."""
    for number, line, warning in _lines(file):
        if not line.strip():
            continue
        try:
            yield Value(number, load(line), problems=warned(warning))
        except (ValueError, RecursionError) as fault:
            yield Value(number, fault=f"is no JSON ({fault}); mend or remove it")


def read_stream(file: File) -> Iterator[Value | Problem]:
    """Return the values of a file one behind another, those of an array one by one."""
    text, warning = open_text(file.open())
    yield from warned(warning)
    with text:
        stream = _Stream(text)
        number = 0
        try:
            for value, in_array in stream.values():
                number += 1
                yield Value(number, value, alone=not in_array)
        except (ValueError, RecursionError) as fault:
            why = str(fault) or type(fault).__name__
            message = f"it is no JSON behind record {number} ({why}): what follows is not read"
            yield Problem("error", "bad JSON", f"{message}; mend it, or export it again")


def _lines(file: File) -> Iterator[tuple[int, str, str | None]]:
    """Return the lines of a file with their numbers and what is to be told of their encoding."""
    with file.open() as data:
        beginning = data.read(BEGINNING)
        data.seek(0)
        wide = any(beginning.startswith(mark) for mark, _ in WIDE_MARKS)
        if not wide and not is_binary(beginning):
            # Each line may be in an encoding of its own: such files are often put together.
            for number, line in enumerate(data, start=1):
                try:
                    decoded = decode(line)
                except NotText:
                    yield number, "\0", None
                    continue
                yield number, decoded.text, decoded.warning
            return
    text, warning = open_text(file.open())
    with text:
        for number, line in enumerate(text, start=1):
            yield number, line, warning if number == 1 else None


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) < MOST_DIGITS else digits


class _Stream:
    """Text from which values are taken one by one, no more of it held than the value needs."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._held = ""
        self._at = 0
        self._size = CHUNK
        self._decoder = json.JSONDecoder(parse_int=_number, strict=False)

    def values(self) -> Iterator[tuple[Any, bool]]:
        """Return the values, each with whether it stands in an array; raises ValueError."""
        in_array = False
        while sign := self._next_sign():
            if sign == "[" and not in_array:
                in_array = True
                self._at += 1
            elif sign == "]" and in_array:
                in_array = False
                self._at += 1
            else:
                yield self._value(), in_array
        if in_array:
            raise ValueError("the array has no end")

    def _next_sign(self) -> str:
        """Go on to the next value and return the character that it begins with; '' at the end."""
        while True:
            self._at = BETWEEN.match(self._held, self._at).end()
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                return ""

    def _value(self) -> Any:
        while True:
            try:
                value, end = self._decoder.raw_decode(self._held, self._at)
            except json.JSONDecodeError as fault:
                # What goes wrong well before the end of what is held is no matter of more.
                if fault.pos < len(self._held) - 8 and not fault.msg.startswith("Unterminated"):
                    raise ValueError(fault.msg) from None
                if not self._more():
                    raise ValueError(fault.msg) from None
                continue
            length = end - self._at
            # A number at the very end may go on.
            if end == len(self._held) and self._more():
                continue
            # Reading on let go of what stood before the value.
            self._at += length
            self._size = CHUNK
            return value

    def _more(self) -> bool:
        """Read on, twice as much each time a value needs more; False at the end."""
        piece = self._text.read(self._size)
        self._held, self._at = self._held[self._at :] + piece, 0
        self._size *= 2
        if len(self._held) > LIMITS["held"]:
            raise ValueError(
                f"more than {LIMITS['held']:,} characters are one value; write an article a line "
                f"(.jsonl), or raise the limit before you read: {RAISE}"
            )
        return bool(piece)
