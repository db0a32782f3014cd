"""Packed files: .gz around a text, a table or a web archive."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO

from sayso.reading.formats.archives.warc import read_warc
from sayso.reading.formats.limits import check, check_ratio
from sayso.reading.formats.source import File, Raw, error
from sayso.reading.problem import Problem

CHUNK = 1 << 18


class Unpacking(io.RawIOBase):
    """What a gzip file holds, as a file to read from: damage costs only what lies behind it.

    ``damage`` says where it broke off. Reading raises OverLimit where it unpacks to too much.
    """

    def __init__(self, packed: BinaryIO) -> None:
        self.packed = packed
        self.unpacked = gzip.GzipFile(fileobj=packed)
        self.given = 0
        self.damage: str | None = None

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer) -> int:
        """Fill a buffer as far as a piece goes; return how far, 0 at the end."""
        try:
            piece = self.unpacked.read1(min(len(buffer), CHUNK))
        except (OSError, EOFError, zlib.error) as fault:
            told = f"it breaks off after {self.given:,} bytes ({fault})"
            self.damage = f"{told}; what stands before that is read; fetch the file again"
            return 0
        self.given += len(piece)
        check_ratio(self.given, self.packed.tell())
        buffer[: len(piece)] = piece
        return len(piece)


def read_gz(file: File) -> Iterator[Raw | Problem | File]:
    """Return what a .gz file holds, as a file of the same name, and where it is damaged."""
    ending = PurePosixPath(file.within()).suffix.casefold()
    if not ending:
        message = "its name does not tell what it holds; name it like 'news.csv.gz'"
        yield error("unread file", message)
        return
    with file.open() as packed, Unpacking(packed) as raw:
        if ending == ".warc":
            yield from read_warc(file, io.BufferedReader(raw))
        else:
            data = bytearray()
            while piece := raw.read(CHUNK):
                data += piece
                check("member_bytes", len(data), "it unpacks to more than {} bytes")
            if data or not raw.damage:
                yield replace(file, path=None, data=bytes(data), unpacked=True)
        if raw.damage:
            yield error("damaged file", raw.damage)
