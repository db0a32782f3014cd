"""Packed files: .gz around a text, a table or a web archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from sayso.reading.formats.archives.inflate import MEND, Damaged, inflate
from sayso.reading.formats.archives.warc import read_warc
from sayso.reading.formats.limits import check
from sayso.reading.formats.source import File, Raw, error
from sayso.reading.problem import Problem

WARC = ".warc"


def read_gz(file: File) -> Iterator[Raw | Problem | File]:
    """Return what a .gz file holds, as a file of the same name."""
    ending = PurePosixPath(file.within()).suffix.casefold()
    if not ending:
        message = "its name does not tell what it holds; name it like 'news.csv.gz'"
        yield error("unread file", message)
    elif ending == WARC:
        yield from read_warc(file)
    else:
        yield from _unpack(file)


def _unpack(file: File) -> Iterator[File | Problem]:
    data = bytearray()
    damage = None
    with file.open() as packed:
        try:
            for piece in inflate(packed):
                data += piece
                check("member_bytes", len(data), "it unpacks to more than {} bytes")
        except Damaged as fault:
            message = f"{fault}; {MEND}" if data else "it is no whole gzip file; fetch it again"
            damage = error("damaged file", message)
    if damage:
        yield damage
    if data or not damage:
        yield replace(file, path=None, data=bytes(data), unpacked=True)
