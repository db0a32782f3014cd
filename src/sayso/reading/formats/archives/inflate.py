"""Unpacking gzip piece by piece: damage costs what lies behind it only, and a bomb no memory."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from sayso.reading.formats.limits import check_ratio

GZIP = 31
BARE = -15
MAGIC = b"\x1f\x8b"
CHUNK = 1 << 18
MEND = "what stands before that is read; fetch the file again"


class Damaged(ValueError):
    """Packed data ends too early or is broken."""


def inflate(packed: BinaryIO, how: int = GZIP) -> Iterator[bytes]:
    """Return what is packed, in pieces; several gzip files behind one another are one.

    Raises
    ------
    Damaged
        If it breaks off, after the pieces before that.
    OverLimit
        If it unpacks to too much.
    """
    unpacker = zlib.decompressobj(how)
    taken = given = 0
    data = b""
    while data or (data := packed.read(CHUNK)):
        taken += len(data)
        try:
            piece = unpacker.decompress(data, CHUNK)
        except zlib.error as fault:
            raise Damaged(f"it breaks off after {given:,} bytes ({fault})") from None
        data = unpacker.unconsumed_tail
        taken -= len(data)
        given += len(piece)
        check_ratio(given, taken)
        if piece:
            yield piece
        if unpacker.eof:
            data = unpacker.unused_data or packed.read(CHUNK)
            if how != GZIP or not data.startswith(MAGIC):
                return
            unpacker = zlib.decompressobj(how)
    if not unpacker.eof:
        raise Damaged(f"it breaks off after {given:,} bytes")


class Inflated(io.RawIOBase):
    """What a gzip file holds, as a file to read from; ``damage`` says where it broke off."""

    def __init__(self, packed: BinaryIO) -> None:
        self.pieces = inflate(packed)
        self.piece = b""
        self.damage: str | None = None

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer) -> int:
        """Fill a buffer as far as a piece goes; return how far, 0 at the end."""
        try:
            self.piece = self.piece or next(self.pieces, b"")
        except Damaged as fault:
            self.damage = str(fault)
            return 0
        size = min(len(buffer), len(self.piece))
        buffer[:size] = self.piece[:size]
        self.piece = self.piece[size:]
        return size
