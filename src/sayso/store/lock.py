"""One at a time: a folder that is being written to is held against others."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def held(folder: Path, name: str = "") -> Iterator[None]:
    """Hold a folder, by a file of that ``name`` in it or by itself (not on Windows).

    Who ends, however, holds nothing any more.

    Raises
    ------
    BlockingIOError
        If another process or thread holds it.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    flags = os.O_RDWR | os.O_CREAT if name else os.O_RDONLY
    file = os.open(folder / name, flags, 0o666)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BlockingIOError(f"{folder} is being written by somebody else: wait") from None
        yield
    finally:
        os.close(file)
