"""Digests: of what a part is made from, of a store, of sayso itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from sayso.paths import HOMES, MODEL_FOLDER, PACKAGE, STORE_LIST
from sayso.store.listed import PART_LIST, listed


def digest(parts: Iterable[str | bytes]) -> str:
    """Return the SHA-256 of texts or bytes, each set off from the next by its length."""
    whole = hashlib.sha256()
    for part in parts:
        part = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def contents_digest(folder: str | Path) -> str:
    """Return a digest of a store's tables and of sayso itself: what can be made of it hangs on."""
    folder = Path(folder)
    lists = (folder / part["name"] / PART_LIST for part in listed(folder)["parts"])
    files = [path.read_bytes() for path in (folder / STORE_LIST, *lists)]
    return digest([own_digest(), *files])


@lru_cache(maxsize=1)
def own_digest() -> str:
    """Return a digest of sayso itself: code, model and data."""
    folders = (PACKAGE, *(home / "data" for home in HOMES))
    files = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    kept = sorted(p for p in files if "__pycache__" not in p.parts and p.suffix != ".ipynb")
    return digest(path.read_bytes() for path in kept)


def model_digest() -> str:
    """Return a digest of the model: its files are checked against this list as they are loaded."""
    return digest([(MODEL_FOLDER / "SHA256SUMS").read_bytes()])
