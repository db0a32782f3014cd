"""Which files a corpus consists of, and which of a folder's are none of it."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sayso.lexicon.files import load_toml
from sayso.paths import DESIGN, OWN_PAGE, REPORT_STATE, STORE_LIST, STORE_LOCK, STORE_PART
from sayso.reading.columns import Columns
from sayso.reading.formats import READERS, UNREAD, counted
from sayso.reading.formats.decode import storable
from sayso.reading.lists import is_list
from sayso.reading.problem import Problem
from sayso.tables.extracted import Note


@dataclass(frozen=True, slots=True)
class Files:
    """A corpus's folder, its files in the order of their article ids, and those of other kinds.

    ``faults``: what in the folder should be a file to read and is none, and why.
    """

    root: Path
    found: list[Path]
    others: list[Path]
    faults: dict[Path, Problem] = field(default_factory=dict)

    @property
    def notes(self) -> list[Note]:
        """Return the faults, and one note on all files of other kinds that may hold articles."""
        return [
            *(why.at(self._place(path)) for path, why in sorted(self.faults.items())),
            *self._unread(),
        ]

    def _place(self, path: Path) -> str:
        return storable(path.relative_to(self.root).as_posix())

    def _unread(self) -> list[Note]:
        aside = load_toml("files.toml")
        told = [
            self._place(path)
            for path in self.others
            if path.suffix.casefold() not in aside["endings"]
            and path.stem.casefold() not in aside["names"]
        ]
        if not told:
            return []
        return [Note(None, told[0], "note", "unread file", counted(told), None, None)]


def list_files(source: str | Path, columns: Columns) -> Files:
    """Return the files of a corpus.

    Raises
    ------
    FileNotFoundError
        If there is no such folder or file.
    ValueError
        If there is nothing that can be read.
    """
    if not str(source).strip():
        raise FileNotFoundError("no folder or file is named: '.' is the one that you are in")
    path = within = Path(source)
    faults: dict[Path, Problem] = {}
    if path.is_dir():
        root, found = path, _walk(path, faults)
    elif path.exists():
        root, found, within = path.parent, [path], path.resolve().parent  # it may be a link
    elif glob.has_magic(str(source)):
        # The part of the pattern before its first wildcard.
        root = next(parent for parent in path.parents if not glob.has_magic(str(parent)))
        found, within = [Path(match) for match in glob.glob(str(source), recursive=True)], root
        found = [one for one in found if not any(map(_is_aside, (one, *_folders(one, root))))]
        if not found:
            raise FileNotFoundError(f"no file matches '{source}'")
    else:
        raise FileNotFoundError(f"there is no folder or file '{source}'")
    visible = [file for file in found if _is_file(file, within, faults)]
    visible.sort(key=lambda file: (file.stem, file.relative_to(root).as_posix()))
    files = [file for file in visible if file.suffix.casefold() in (*READERS, *UNREAD)]
    others = [file for file in visible if file.suffix.casefold() not in (*READERS, *UNREAD)]
    if all(file.suffix.casefold() in UNREAD or is_list(file, columns) for file in files):
        unread = [file.name for file in visible if not is_list(file, columns)]
        why = f"; it has {counted(unread)}" if unread else ""
        if lists := [file.name for file in files if is_list(file, columns)]:
            why += f"; {lists[0]} has no texts, and lists other files"
        why += "".join(f"; {one.name}: {faults[one].message}" for one in sorted(faults)[:1])
        read = f"files that end in {' '.join(READERS)} are read"
        raise ValueError(f"'{source}' holds no article: {read}{why}")
    return Files(root, files, others, faults)


def _walk(root: Path, faults: dict[Path, Problem]) -> Iterator[Path]:
    """Return what is in a folder and in its folders; of those that cannot be opened, why."""

    def tell(error: OSError) -> None:
        why = f"it is a folder that cannot be opened ({error.strerror}); let it be read"
        faults[Path(error.filename)] = Problem("error", "unreadable folder", why)

    for folder, folders, files in os.walk(root, onerror=tell):
        folders[:] = sorted(name for name in folders if not _is_aside(Path(folder, name)))
        yield from (Path(folder, name) for name in folders)
        yield from (path for name in files if not _is_hidden(path := Path(folder, name)))


def _is_aside(path: Path) -> bool:
    """Whether a folder or file holds no articles: it is hidden, or sayso wrote it for coders."""
    return _is_hidden(path) or _begins(path / DESIGN, b"article_id,stratum,n_stratum,")


def _begins(path: Path, words: bytes) -> bool:
    """Whether there is a file that has these words in its first 1,000 bytes."""
    try:
        with path.open("rb") as file:
            return words in file.read(1000)
    except OSError:
        return False


def _is_hidden(path: Path) -> bool:
    """Whether a path is that of no article by its name: hidden, or of a store or report."""
    if STORE_PART.fullmatch(path.name):
        return any((path.parent / name).exists() for name in (STORE_LOCK, STORE_LIST))
    if path.name == STORE_LIST:
        return any(STORE_PART.fullmatch(one.name) for one in path.parent.glob("part-*"))
    if path.name in ("articles", "tables"):
        return (path.parent / REPORT_STATE).exists()
    if path.suffix == ".pdf" and _begins(path.with_suffix(".html"), OWN_PAGE.encode()):
        return True
    return path.name.startswith((".", "~$"))


def _folders(path: Path, root: Path) -> list[Path]:
    """Return the folders within a root that a path lies in."""
    return [folder for folder in path.parents if folder != root and folder.is_relative_to(root)]


def _is_file(path: Path, root: Path, faults: dict[Path, Problem]) -> bool:
    """Whether a path is a file to read; what has the name of one and is none is told."""
    if fault := _fault(path, root):
        faults[path] = fault
    return not fault and not os.path.isdir(path)


def _fault(path: Path, root: Path) -> Problem | None:
    """Return why a path is no file to read: a link that leads out or nowhere, a folder, a pipe."""
    is_named = path.suffix.casefold() in (*READERS, *UNREAD)
    is_folder, is_there = os.path.isdir(path), os.path.exists(path)
    if not is_named and not (is_folder and path.is_symlink()):
        return None
    if path.is_symlink():
        why = "" if is_there else "it is a link that leads to nothing; mend or remove it"
        if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
            why = "it is a link that leads out of the folder, so it is not read; put a copy there"
        if why:
            return Problem("error", "link", why)
    if is_folder and is_named:
        why = "it is a folder and no file; the files in it are read"
        return Problem("warning", "folder", why)
    if is_there and not is_folder and not os.path.isfile(path):
        # Reading one may never end.
        why = "it is a pipe or a device and no file; save what it gives as a file"
        return Problem("error", "no file", why)
    return None
