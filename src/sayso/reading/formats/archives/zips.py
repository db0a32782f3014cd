"""ZIP archives: their members, each a file in memory; nothing is ever written to the disk."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from sayso.reading.formats.archives.inflate import Damaged
from sayso.reading.formats.archives.names import is_hidden, leads_out
from sayso.reading.formats.archives.salvage import salvage
from sayso.reading.formats.limits import OverLimit, check, check_ratio
from sayso.reading.formats.source import File, error
from sayso.reading.problem import Problem

ENCRYPTED = 0x1
# What these methods unpack can be bounded; of others (bzip2, LZMA) a little is unpacked at a time.
BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
PIECE, SMALL_PIECE = 1 << 16, 1 << 12
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    OSError,
    Damaged,
    OverLimit,
)


def read_zip(file: File) -> Iterator[File | Problem]:
    """Return the members of a ZIP archive in the order of their names, and what is wrong in it."""
    with file.open() as data:
        try:
            archive = zipfile.ZipFile(data)
        except (zipfile.BadZipFile, zlib.error, ValueError, OverflowError):
            archive = None
        if archive is None:
            data.seek(0)
            yield from salvage(data, file.place)
            return
        with archive:
            check("members", len(archive.filelist), "it has more than {} members")
            for member in sorted(archive.filelist, key=_order):
                yield from _read_member(archive, member, file)


def _order(member: zipfile.ZipInfo) -> tuple[str, str]:
    """Order members as files in a folder: by their names, endings left out."""
    return PurePosixPath(member.filename).stem, member.filename


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: File
) -> Iterator[File | Problem]:
    name = member.filename.replace("\\", "/")
    if is_hidden(name):
        return
    if fault := _refused(member, name):
        yield error("refused member", f"'{name}' in it {fault}")
        return
    try:
        data = read_within(archive, member)
    except OverLimit as fault:
        yield error("refused member", f"'{name}' in it is not read: {fault}")
    except (RuntimeError, *FAULTS) as fault:
        message = f"'{name}' in it cannot be read ({fault}); fetch the archive again"
        yield error("damaged file", message)
    else:
        yield File(f"{file.place}/{name}", data=data)


def _refused(member: zipfile.ZipInfo, name: str) -> str | None:
    """Return why a member is not read whatever it holds, or None."""
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a link to another file; put the file itself into the archive"
    if leads_out(name):
        return "has a path that leads out of the archive; pack it anew under a plain name"
    if member.flag_bits & ENCRYPTED:
        return "is locked with a password; unpack it, and give the files themselves"
    return None


def read_within(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return a member's bytes. Raises OverLimit if it would unpack to too much.

    ``zipfile`` gives no more than the size that the archive states, so that is what is checked. It
    is read in pieces, or more than that would be unpacked before it is cut off.
    """
    check("member_bytes", member.file_size, "it unpacks to more than {} bytes")
    check_ratio(member.file_size, member.compress_size)
    piece = PIECE if member.compress_type in BOUNDED else SMALL_PIECE
    with archive.open(member) as stream:
        return b"".join(iter(lambda: stream.read(piece), b""))
