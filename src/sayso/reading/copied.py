"""Articles that lie elsewhere: at an address that fsspec knows (``s3://``, ``https://``, ...)."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+(?:::|://)", re.IGNORECASE)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of files in a temporary folder, which lasts as long as they are read."""

    path: Path
    folder: tempfile.TemporaryDirectory

    def during(self, items: Iterable[T]) -> Iterator[T]:
        """Return items, then remove the copy."""
        with self.folder:
            yield from items


def copied(source: str | Path) -> Copy | None:
    """Return a copy of the file or folder at an address; null for a path.

    Raises
    ------
    FileNotFoundError
        If there is nothing.
    ValueError
        If fsspec, or what it needs for such an address, is not installed; or a name leads out.
    """
    if not ADDRESS.match(str(source)) or Path(source).exists():
        return None
    try:
        import fsspec

        system, root = fsspec.url_to_fs(str(source))
    except ImportError as error:
        why = f"reading {source} needs '{error.name or 'fsspec'}'; pip install 'sayso[cluster]'"
        raise ValueError(f"{why}, and what fsspec needs for such an address") from None
    found = sorted(system.find(root))
    if not found:
        raise FileNotFoundError(f"there is nothing at '{source}'")
    folder = tempfile.TemporaryDirectory(prefix="sayso-", ignore_cleanup_errors=True)
    top = PurePosixPath(root)
    for place in found:
        own = PurePosixPath(place).relative_to(top.parent)
        if ".." in own.parts:
            raise ValueError(f"{source} holds a file whose name leads out of it: '{own}'")
        target = Path(folder.name, own)
        target.parent.mkdir(parents=True, exist_ok=True)
        system.get_file(place, str(target))
    return Copy(Path(folder.name, top.name), folder)
