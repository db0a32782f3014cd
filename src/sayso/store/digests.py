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
    """Return a digest of what hangs on a store: its tables, sayso itself, and the kept results."""
    folder = Path(folder)
    lists = (folder / part["name"] / PART_LIST for part in listed(folder)["parts"])
    results = sorted(path for home in HOMES for path in home.glob("data/results/*.json"))
    files = (path.read_bytes() for path in (folder / STORE_LIST, *lists, *results))
    return digest([own_digest(), *files])


ASIDE = frozenset({"__pycache__", "results", "seeds"})
"""Folders that no table depends on."""


@lru_cache(maxsize=1)
def own_digest() -> str:
    """Return a digest of what tables are made by: code, model and data, but no text about them."""
    folders = (PACKAGE, *(home / "data" for home in HOMES))
    kept = {
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
        and path.suffix not in (".ipynb", ".md")
        and ASIDE.isdisjoint(path.relative_to(folder).parts)
    }
    return digest(path.read_bytes() for path in sorted(kept))


def model_digest() -> str:
    """Return a digest of the model: its files are checked against this list as they are loaded."""
    return digest([(MODEL_FOLDER / "SHA256SUMS").read_bytes()])
