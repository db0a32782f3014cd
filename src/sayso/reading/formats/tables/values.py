"""JSON as text: one value, a value a line, or an array that is larger than memory."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

from sayso.reading.formats.decode import WIDE_MARKS, Decoded, NotText, decode, is_binary, open_text
from sayso.reading.formats.limits import check
from sayso.reading.formats.source import File

BEGINNING = 1 << 16
CHUNK = 1 << 20
# Python refuses to read longer numbers, and no article needs them.
MOST_DIGITS = 400
BLANKS = codecs.BOM_UTF8 + b" \t\r\n"
BETWEEN = re.compile(r"[\s,\x1e\ufeff]*")


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
    filled = (line.strip() for _, line, _ in read_lines(file) if line.strip())
    first = next(filled, "")
    if not first.startswith("{"):
        return not first.startswith("[")
    try:
        load(first)
    except json.JSONDecodeError as fault:
        # An object that goes on in the next line breaks off where the line does.
        return fault.pos < len(first)
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
        return [value for value, _ in read_values(io.StringIO(text))]


def read_lines(file: File) -> Iterator[tuple[int, str, str | None]]:
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
                    decoded = Decoded(line.decode("utf-8", errors="replace"), "utf-8")
                yield number, decoded.text, decoded.warning
            return
    text, warning = open_text(file.open())
    with text:
        for number, line in enumerate(text, start=1):
            yield number, line, warning if number == 1 else None


def read_values(text: TextIO) -> Iterator[tuple[Any, bool]]:
    """Return the values in a text one by one, those of an array too; and whether one is alone.

    No more of the text is held than a value needs.

    Raises
    ------
    ValueError, RecursionError
        Where the text is no JSON.
    OverLimit
        If a value is larger than any text is.
    """
    stream, in_array, is_first = _Stream(text), False, True
    while sign := stream.next_sign():
        if sign == ("]" if in_array else "["):
            in_array = not in_array
            stream.at += 1
        else:
            value = stream.next_value()
            yield value, is_first and not stream.next_sign()
        is_first = False
    if in_array:
        raise ValueError("the array has no end")


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) < MOST_DIGITS else digits


class _Stream:
    """A text of JSON that is read on where a value needs more of it."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._held = ""
        self._size = CHUNK
        self._decoder = json.JSONDecoder(parse_int=_number, strict=False)
        self.at = 0

    def next_sign(self) -> str:
        """Go on to the next value and return the character that it begins with; '' at the end."""
        while True:
            self.at = BETWEEN.match(self._held, self.at).end()
            if self.at < len(self._held) or not self._more():
                return self._held[self.at : self.at + 1]

    def next_value(self) -> Any:
        """Return the value that begins here, and go on to its end."""
        while True:
            try:
                value, end = self._decoder.raw_decode(self._held, self.at)
            except json.JSONDecodeError as fault:
                # What goes wrong well before the end of what is held is no matter of more.
                broken = fault.pos < len(self._held) - 8 and not fault.msg.startswith("Unterm")
                if broken or not self._more():
                    raise ValueError(fault.msg) from None
                continue
            is_last = end == len(self._held)
            # A number at the very end may go on.
            if not (is_last and self._more()):
                self.at = len(self._held) if is_last else end
                self._size = CHUNK
                return value

    def _more(self) -> bool:
        """Read on, twice as much each time a value needs more; False at the end."""
        piece = self._text.read(self._size)
        self._held, self.at = self._held[self.at :] + piece, 0
        self._size *= 2
        check("text_bytes", len(self._held), "it has a JSON value of more than {} characters")
        return bool(piece)
