"""Which files a corpus consists of."""

from __future__ import annotations

import glob
from pathlib import Path

from sayso.paths import STORE_LIST, STORE_PART
from sayso.reading.columns import Columns
from sayso.reading.formats import READERS, UNREAD
from sayso.reading.lists import is_list


def list_files(source: str | Path, columns: Columns) -> tuple[Path, list[Path]]:
    """Return a corpus's folder and its files, in the order of their article ids.

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
    known_endings = (*READERS, *UNREAD)
    files = [f for f in found if f.suffix.casefold() in known_endings and _is_visible(f, root)]
    if all(f.suffix.casefold() in UNREAD or is_list(f, columns) for f in files):
        endings = " ".join(READERS)
        lists = [f.name for f in files if is_list(f, columns)]
        why = f"; {lists[0]} has no texts, and lists other files" if lists else ""
        raise ValueError(f"'{source}' holds no article: files that end in {endings} are read{why}")
    return root, sorted(files, key=lambda f: (f.stem, f.relative_to(root).as_posix()))


def _is_visible(path: Path, root: Path) -> bool:
    if path.name == STORE_LIST and any(STORE_PART.fullmatch(p.name) for p in path.parent.iterdir()):
        return False
    names = path.relative_to(root).parts
    hidden = any(n.startswith((".", "~$")) or STORE_PART.fullmatch(n) for n in names)
    return not hidden and _is_file(path)


def _is_file(path: Path) -> bool:
    """Whether a path is a file: a pipe or a device is none, and reading one may never end."""
    try:
        return path.is_file()
    except OSError:
        # It cannot be looked at; that is told when it is read.
        return True
