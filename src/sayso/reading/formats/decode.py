"""From bytes to text: UTF-8 first, then what is declared, then what is likely.

Every character stays as it is in the file, line ends included: offsets count them. Only a byte
order mark at the very beginning is not part of the text.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass
from io import TextIOWrapper
from typing import BinaryIO, TextIO

WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
DECLARED_WITHIN = 4096
# What old Office files begin with, and new ones behind a password.
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# What other kinds of files begin with: PDF, ZIP (also Office), PNG, JPEG, GIF, gzip.
SIGNATURES = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", OLD_OFFICE)
CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
ASCII = bytes(range(128))
# UTF-16 and UTF-32 have no more than three zeros in a row.
ZEROS = re.compile(rb"\0{4,}")
FEW = 5
# What no UTF-8 file and no table can hold: half a character, and the end of a string in C.
UNSTORABLE = re.compile(r"[\0\ud800-\udfff]")
CHUNK = 1 << 20
SAMPLE = 1 << 16
# Lines with letters beyond ASCII, by which an encoding is guessed.
MOST_LINES = 100


class NotText(ValueError):
    """The bytes are not a text: a picture, a PDF, a program."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read as, and what to warn of (null where all is well)."""

    text: str
    encoding: str
    warning: str | None = None


def decode(data: bytes, sent_as: str | None = None) -> Decoded:
    """Return the text that bytes hold; ``sent_as`` is the encoding that came with them, if any.

    Raises
    ------
    NotText
        If they do not hold text.
    """
    for mark, encoding in WIDE_MARKS:
        if data.startswith(mark):
            return _wide(data[len(mark) :], encoding, encoding.upper())
    data = data.removeprefix(codecs.BOM_UTF8)
    if is_binary(data):
        # UTF-16 that does not say so: every other byte may look like a control character.
        wide = ["utf_16_le", "utf_16_be"]
        if data.startswith(SIGNATURES) or not (encoding := _guess(data[:SAMPLE], wide)):
            raise NotText("it is not text")
        return _wide(data, encoding, f"{encoding}, which is a guess")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _legacy(data, sent_as)


def storable(text: str) -> str:
    """Return a text of the same length that UTF-8 can hold: what cannot be stored is '\ufffd'."""
    return UNSTORABLE.sub("\ufffd", text)


def is_binary(data: bytes) -> bool:
    """Whether bytes are something other than text in an encoding that extends ASCII."""
    # A disk that failed leaves a hole of zeros, which is one fault; few faults are no kind of file.
    sample = ZEROS.sub(b"\0", data[:SAMPLE])
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    most = max(len(sample) // 100, min(len(sample) // 20, FEW))
    return data.startswith(SIGNATURES) or controls > most


def _wide(data: bytes, encoding: str, told: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    if text.count("\ufffd") > len(text) // 100:
        raise NotText("it is not text")
    return Decoded(text, encoding, _read_as(told))


def _legacy(data: bytes, sent_as: str | None = None) -> Decoded:
    repaired = data.decode("utf-8", errors="replace")
    damaged = repaired.count("\ufffd")
    if sum(char > "\x7f" for char in repaired) > 4 * damaged:
        what = "one character is" if damaged == 1 else f"{damaged} characters are"
        warning = f"{what} damaged and read as '\ufffd'; restore them from the source"
        return Decoded(repaired, "utf-8", warning)
    if sent_as:
        with suppress(LookupError, ValueError):
            return Decoded(data.decode(sent_as), sent_as.lower())
    if declared := DECLARED.search(data[:DECLARED_WITHIN]):
        name = declared.group(1).decode("ascii")
        with suppress(LookupError, ValueError):
            return Decoded(data.decode(name), name.lower(), _read_as(f"{name}, as it declares"))
    # In Western texts letters beyond ASCII are few. They are read as Windows-1252, which no guess
    # by letters is as often right about: of Spanish texts charset-normalizer has 5 in 60.
    lines = [line for line in data.splitlines() if not line.isascii()][:MOST_LINES]
    sample = b"\n".join(lines)
    is_western = len(sample.translate(None, ASCII)) <= len(sample) // 5
    encoding = None if is_western else _guess(sample)
    try:
        text = data.decode(encoding or "cp1252", errors="replace" if encoding else "strict")
        encoding = encoding or "cp1252"
    except UnicodeDecodeError:
        text, encoding = data.decode("latin-1"), "latin-1"
    return Decoded(text, encoding, _read_as(f"{encoding}, which is a guess"))


def _guess(sample: bytes, among: list[str] | None = None) -> str | None:
    # Imported here: few files need it.
    from charset_normalizer import from_bytes

    # Short texts in Windows-1251 pass for the Cyrillic of old Macs, which hardly anybody has.
    best = from_bytes(sample, cp_isolation=among, cp_exclusion=["mac_cyrillic"]).best()
    return best.encoding.replace("_", "-") if best else None


def _read_as(encoding: str) -> str:
    return f"not in UTF-8, read as {encoding}; save it as UTF-8 to be sure of every letter"


def open_text(data: BinaryIO) -> tuple[TextIO, str | None]:
    """Read bytes that may be too many to be held as text; return it with what to warn of.

    Raises
    ------
    NotText
        If they do not hold text.
    """
    beginning = data.read(CHUNK) + data.readline()
    decoded = decode(beginning)
    if decoded.encoding == "utf-8" and decoded.warning is None:
        for line in data:
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                decoded = _legacy(beginning + line)
                break
    data.seek(0)
    file = TextIOWrapper(data, encoding=decoded.encoding, errors="replace", newline="")
    if file.read(1) != "\ufeff":
        file.seek(0)
    return file, decoded.warning
