"""What readers of formats take and give: a file in, texts and problems out."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from sayso.reading.columns import Columns
from sayso.reading.known import Known
from sayso.reading.problem import Problem

EMPTY = Problem("error", "empty file", "it is empty; fill it or leave it out")


@dataclass(frozen=True, slots=True)
class File:
    """A file of a corpus, on disk or held in memory (``data``: a member of an archive).

    ``place`` is its path within the corpus, by which notes name it; a member's follows its
    archive's ('march.zip/004.docx'). ``columns`` says what those of a table are called.
    """

    place: str
    path: Path | None = None
    data: bytes | None = None
    columns: Columns = field(default_factory=Columns)

    @property
    def stem(self) -> str:
        """Its name without its ending."""
        return PurePosixPath(self.place).stem

    @property
    def ending(self) -> str:
        """Its ending in small letters, with its dot."""
        return PurePosixPath(self.place).suffix.casefold()

    def open(self) -> BinaryIO:
        """Open it for reading bytes, from the beginning, with seek."""
        return io.BytesIO(self.data) if self.path is None else self.path.open("rb")

    def read(self) -> bytes:
        """Return all of its bytes."""
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
