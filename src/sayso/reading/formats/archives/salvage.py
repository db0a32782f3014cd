"""ZIP archives that were cut off: the members before the cut are whole, and can be read."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from sayso.reading.formats.archives.inflate import BARE, Damaged, inflate
from sayso.reading.formats.archives.names import is_hidden, leads_out
from sayso.reading.formats.limits import check
from sayso.reading.formats.source import File, error
from sayso.reading.problem import Problem

MEMBER = b"PK\x03\x04"
HEADER = struct.Struct("<4xHHHHHIIIHH")
UTF8, SIZE_BEHIND, ENCRYPTED = 0x800, 0x8, 0x1
STORED, DEFLATED = 0, 8


def salvage(data: BinaryIO, place: str) -> Iterator[File | Problem]:
    """Return the whole members of an archive that has lost its list of members."""
    check("member_bytes", data.seek(0, io.SEEK_END), "it is damaged and has more than {} bytes")
    data.seek(0)
    packed = data.read()
    at = packed.find(MEMBER)
    while at >= 0:
        name, content, end = _member(packed, at)
        if content and not is_hidden(name) and not leads_out(name):
            yield File(f"{place}/{name}", data=content)
        at = packed.find(MEMBER, end)
    message = "it was cut off or damaged, or is none; what is whole in it is read; fetch it again"
    yield error("damaged file", f"it is no whole ZIP archive: {message}")


def _member(packed: bytes, at: int) -> tuple[str, bytes | None, int]:
    """Return name, content (null if it is not whole) and end of the member at a place."""
    nothing = ("", None, at + len(MEMBER))
    if at + HEADER.size > len(packed):
        return nothing
    _, flags, method, _, _, crc, size, _, name_size, more = HEADER.unpack_from(packed, at)
    start = at + HEADER.size + name_size
    name = packed[start - name_size : start].decode("utf-8" if flags & UTF8 else "cp437", "replace")
    start += more
    behind = bool(flags & SIZE_BEHIND)
    if flags & ENCRYPTED or method not in (STORED, DEFLATED) or (behind and method == STORED):
        return nothing
    if behind:
        end = packed.find(MEMBER, start)
        end = len(packed) if end < 0 else end
    else:
        end = start + size
    content = packed[start:end] if method == STORED else _inflated(packed[start:end])
    if content is None or not (behind or zlib.crc32(content) == crc):
        return nothing
    return name.replace("\\", "/"), content, end


def _inflated(packed: bytes) -> bytes | None:
    data = bytearray()
    try:
        for piece in inflate(io.BytesIO(packed), BARE):
            data += piece
            check("member_bytes", len(data), "a member of it unpacks to more than {} bytes")
    except Damaged:
        return None
    return bytes(data)
