"""Which files a corpus consists of, and which of a folder's are none of it."""

from __future__ import annotations

import glob
from dataclasses import dataclass
from pathlib import Path

from sayso.lexicon.files import load_toml
from sayso.paths import STORE_LIST, STORE_PART
from sayso.reading.columns import Columns
from sayso.reading.formats import READERS, UNREAD, counted
from sayso.reading.formats.decode import storable
from sayso.reading.lists import is_list
from sayso.tables.extracted import Note


@dataclass(frozen=True, slots=True)
class Files:
    """A corpus's folder, its files in the order of their article ids, and those of other kinds."""

    root: Path
    found: list[Path]
    others: list[Path]

    @property
    def notes(self) -> list[Note]:
        """One note on all files of other kinds; what surely holds no article is not told."""
        aside = load_toml("files.toml")
        told = [
            storable(path.relative_to(self.root).as_posix())
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
    path = Path(source)
    if path.is_dir():
        root, found = path, path.rglob("*")
    elif path.exists():
        root, found = path.parent, [path]
    elif glob.has_magic(str(source)):
        # The part of the pattern before its first wildcard.
        root = next(parent for parent in path.parents if not glob.has_magic(str(parent)))
        found = [Path(match) for match in glob.glob(str(source), recursive=True)]
        if not found:
            raise FileNotFoundError(f"no file matches '{source}'")
    else:
        raise FileNotFoundError(f"there is no folder or file '{source}'")
    visible = [file for file in found if _is_visible(file, root)]
    visible.sort(key=lambda file: (file.stem, file.relative_to(root).as_posix()))
    files = [file for file in visible if file.suffix.casefold() in (*READERS, *UNREAD)]
    others = [file for file in visible if file.suffix.casefold() not in (*READERS, *UNREAD)]
    if all(file.suffix.casefold() in UNREAD or is_list(file, columns) for file in files):
        unread = [file.name for file in visible if not is_list(file, columns)]
        why = f"; it has {counted(unread)}" if unread else ""
        if lists := [file.name for file in files if is_list(file, columns)]:
            why += f"; {lists[0]} has no texts, and lists other files"
        endings = " ".join(READERS)
        raise ValueError(f"'{source}' holds no article: files that end in {endings} are read{why}")
    return Files(root, files, others)


def _is_visible(path: Path, root: Path) -> bool:
    """Whether a path is a file that may hold articles: not hidden, and none that sayso wrote."""
    if path.name == STORE_LIST and any(STORE_PART.fullmatch(p.name) for p in path.parent.iterdir()):
        return False
    names = path.relative_to(root).parts
    if any(name.startswith((".", "~$")) or STORE_PART.fullmatch(name) for name in names):
        return False
    try:
        # A pipe or a device is no file, and reading one may never end.
        return path.is_file()
    except OSError:
        # It cannot be looked at; that is told when it is read.
        return True
