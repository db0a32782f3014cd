"""What readers of formats take and give: a file in, texts and problems out."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from sayso.reading.columns import Columns
from sayso.reading.formats.limits import check
from sayso.reading.known import Known
from sayso.reading.problem import Problem

EMPTY = Problem("error", "empty file", "it is empty; fill it or leave it out")
PACKED = ".gz"


@dataclass(frozen=True, slots=True)
class File:
    """A file of a corpus, on disk or held in memory (``data``: a member of an archive).

    ``place`` is its path within the corpus, by which notes name it; a member's follows its
    archive's ('march.zip/004.docx'). What a .gz holds is ``unpacked`` and keeps its name: they are
    one file. ``columns`` says what those of a table are called.
    """

    place: str
    path: Path | None = None
    data: bytes | None = None
    unpacked: bool = False
    columns: Columns = field(default_factory=Columns)

    @property
    def stem(self) -> str:
        """Its name without its ending, and without '.gz' behind that."""
        return PurePosixPath(self.within()).stem

    @property
    def ending(self) -> str:
        """Its ending in small letters, with its dot."""
        return PurePosixPath(self.within() if self.unpacked else self.place).suffix.casefold()

    def within(self) -> str:
        """Return the name of what it packs: its own, without '.gz' behind it."""
        name = PurePosixPath(self.place).name
        return name[: -len(PACKED)] if name.casefold().endswith(PACKED) else name

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return self.path.stat().st_size if self.data is None else len(self.data)

    def open(self) -> BinaryIO:
        """Open it for reading bytes, from the beginning, with seek."""
        return io.BytesIO(self.data) if self.path is None else self.path.open("rb")

    def read(self) -> bytes:
        """Return all of its bytes. Raises OverLimit if it is larger than any text is."""
        check("text_bytes", self.size, "it has more than {} bytes")
        with self.open() as file:
            return file.read()


@dataclass(frozen=True, slots=True)
class Raw:
    """A text as it was found: its id (null: the file's), what is known of it, and its problems."""

    text: str
    article_id: str | None = None
    known: Known = field(default_factory=Known)
    problems: tuple[Problem, ...] = ()


def error(kind: str, message: str) -> Problem:
    """Return a problem of level 'error'."""
    return Problem("error", kind, message)


def warned(warning: str | None) -> tuple[Problem, ...]:
    """Return a warning about an encoding as a tuple of problems, empty where there is none."""
    return (Problem("warning", "encoding", warning),) if warning else ()
