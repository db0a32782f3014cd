"""From bytes to text: UTF-8 first, then what is declared, then what is likely.

Every character stays as it is in the file, line ends included: offsets count them. Only a byte
order mark at the very beginning is not part of the text.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
DECLARED_WITHIN = 4096
# What other kinds of files begin with: PDF, ZIP (also Office), PNG, JPEG, GIF, gzip, old Office.
SIGNATURES = (
    *(b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b"),
    b"\xd0\xcf\x11\xe0",
)
CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})


class NotText(ValueError):
    """The bytes are not a text: a picture, a PDF, a program."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read as, and what to warn of (null where all is well)."""

    text: str
    encoding: str
    warning: str | None = None


def decode(data: bytes) -> Decoded:
    """Return the text that bytes hold.

    Raises
    ------
    NotText
        If they do not hold text.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _with_mark(data[len(mark) :], encoding)
    if is_binary(data):
        raise NotText("it is not text")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _legacy(data)


def is_binary(data: bytes) -> bool:
    """Whether bytes are something other than text in an encoding that extends ASCII."""
    if data.startswith(SIGNATURES) or b"\0" in data:
        return True
    sample = data[:65536]
    return len(sample) - len(sample.translate(None, CONTROLS)) > len(sample) // 100


def _with_mark(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    damaged = text.count("\ufffd")
    if encoding != "utf-8" and damaged > len(text) // 100:
        raise NotText("it is not text")
    if damaged and encoding == "utf-8":
        return _damaged(text, damaged)
    warning = None if encoding == "utf-8" else _read_as(encoding.upper())
    return Decoded(text, encoding, warning)


def _legacy(data: bytes) -> Decoded:
    repaired = data.decode("utf-8", errors="replace")
    damaged = repaired.count("\ufffd")
    if sum(char > "\x7f" for char in repaired) > 4 * damaged:
        return _damaged(repaired, damaged)
    declared = DECLARED.search(data[:DECLARED_WITHIN])
    if declared:
        name = declared.group(1).decode("ascii")
        try:
            return Decoded(data.decode(name), name.lower(), _read_as(f"{name}, as it declares"))
        except (LookupError, ValueError):
            pass
    encoding = _likely(data)
    return Decoded(data.decode(encoding), encoding, _read_as(f"{encoding}, which is a guess"))


def _likely(data: bytes) -> str:
    """Return the single-byte encoding in which the bytes read best.

    In Western texts letters beyond ASCII are few; where most letters are, it is Cyrillic.
    """
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = data.decode("latin-1")
    letters = [char for char in western if char.isalpha()]
    if sum(char > "\x7f" for char in letters) > len(letters) / 2:
        try:
            data.decode("cp1251")
            return "cp1251"
        except UnicodeDecodeError:
            return "latin-1"
    try:
        data.decode("cp1252")
        return "cp1252"
    except UnicodeDecodeError:
        return "latin-1"


def _damaged(text: str, count: int) -> Decoded:
    what = "one character is" if count == 1 else f"{count} characters are"
    return Decoded(
        text, "utf-8", f"{what} damaged and read as '\ufffd'; restore them from the source"
    )


def _read_as(encoding: str) -> str:
    return f"not in UTF-8, read as {encoding}; save it as UTF-8 to be sure of every letter"


def detect_encoding(path: Path) -> tuple[str, str | None]:
    """Return the encoding of a file that is too long to be held, and what to warn of.

    Raises
    ------
    NotText
        If the file does not hold text.
    """
    with path.open("rb") as file:
        beginning = file.read(1 << 20)
        for mark, encoding in MARKS:
            if beginning.startswith(mark):
                if encoding == "utf-8":
                    return "utf-8-sig", None
                # These read the mark themselves and leave it out.
                return encoding[:6].rstrip("-"), _read_as(encoding.upper())
        if is_binary(beginning):
            raise NotText("it is not text")
        decoder = codecs.getincrementaldecoder("utf-8")()
        file.seek(0)
        try:
            while chunk := file.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            decoded = _legacy(beginning)
            return decoded.encoding, decoded.warning
    return "utf-8", None
