"""ZIP archives: their members, each a file in memory; nothing is ever written to the disk."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from sayso.reading.formats.limits import OverLimit, check, check_ratio
from sayso.reading.formats.source import File, error
from sayso.reading.problem import Problem

ENCRYPTED = 0x1
# A little is unpacked at a time, or more than a member's stated size would be.
PIECE = 1 << 12
# A drive of Windows ('C:') begins a path from its root, as '/' does.
OUTSIDE = re.compile(r"/|[A-Za-z]:|(?:.*/)?\.\.(?:/|$)", re.DOTALL)
# What macOS and Office put beside the files, and folders.
HIDDEN = re.compile(r"(?:.*/)?(?:\.(?!\.?/)|~\$|__MACOSX/)|.*/$", re.DOTALL)
FAULTS = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError)


def read_zip(file: File) -> Iterator[File | Problem]:
    """Return the members of a ZIP archive in the order of their names, and what is wrong in it."""
    with file.open() as data:
        try:
            archive = zipfile.ZipFile(data)
        except (*FAULTS, OverflowError):
            message = "it is no whole ZIP archive: it was cut off or damaged, or is none"
            yield error("damaged file", f"{message}; fetch it again")
            return
        check("members", len(archive.filelist), "it has more than {} members")
        # As files in a folder: by their names, endings left out.
        members = [(one.filename.replace("\\", "/"), one) for one in archive.filelist]
        for name, member in sorted(members, key=lambda m: (PurePosixPath(m[0]).stem, m[0])):
            if not HIDDEN.match(name):
                yield _read_member(archive, member, name, file)


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, file: File
) -> File | Problem:
    refused = None
    if stat.S_ISLNK(member.external_attr >> 16):
        refused = "is a link to another file; put the file itself into the archive"
    elif OUTSIDE.match(name):
        refused = "has a path that leads out of the archive; pack it anew under a plain name"
    elif member.flag_bits & ENCRYPTED:
        refused = "is locked with a password; unpack it, and give the files themselves"
    if refused:
        return error("refused member", f"'{name}' in it {refused}")
    try:
        return File(f"{file.place}/{name}", data=read_within(archive, member))
    except OverLimit as fault:
        return error("refused member", f"'{name}' in it is not read: {fault}")
    except FAULTS as fault:
        message = f"'{name}' in it cannot be read ({fault}); fetch the archive again"
        return error("damaged file", message)


def read_within(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return a member's bytes. Raises OverLimit if it would unpack to too much.

    ``zipfile`` gives no more than the size that the archive states, so that is what is checked.
    """
    check("member_bytes", member.file_size, "it unpacks to more than {} bytes")
    check_ratio(member.file_size, member.compress_size)
    with archive.open(member) as stream:
        return b"".join(iter(lambda: stream.read(PIECE), b""))
