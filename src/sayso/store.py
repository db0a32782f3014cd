"""A store: a folder with the tables of a corpus as Parquet files, in parts.

``store.json`` lists the parts that the store consists of. A part is a folder with a file for each
table, called after its number and after a digest of what it was made from, and with ``part.json``,
which has that digest and those of its files: what was cut off, changed or put there by others is
noticed. The list is replaced as a whole once all its parts are whole: a run that is killed, or a
disk that is full, leaves the old store as it was, and what a run had finished is found again by its
name. It also lists the tables that all parts have; others can be added to the same parts. Nothing
is ever removed that sayso did not write.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TextIO

import pandas as pd

from sayso.paths import HOMES, PACKAGE, STORE_LIST, STORE_LOCK, STORE_PART, UNFINISHED, write_whole
from sayso.tables.columns import conform
from sayso.tables.extracted import TABLES

PART_LIST = "part.json"
MEND = "run 'sayso extract' with the articles and this folder once more"

Tables = dict[str, pd.DataFrame]


def is_store(folder: str | Path) -> bool:
    """Whether a folder is a store: it has a list of parts that sayso wrote."""
    try:
        _listed(Path(folder))
    except (OSError, ValueError, LookupError, TypeError):
        return False
    return True


def n_articles(folder: str | Path) -> int:
    """Return how many articles a store holds."""
    return sum(part["articles"] for part in _listed(Path(folder)))


def read_store(folder: str | Path) -> Tables:
    """Return the tables that a store has.

    Raises
    ------
    FileNotFoundError
        If the folder is no store, or a file of it is missing: named, with what helps.
    ValueError
        If a file of it is not as it was written: named, with what helps.
    """
    folder = Path(folder)
    _refuse_no_store(folder)
    parts = [_Part(folder / part["name"], part["made_from"]) for part in _listed(folder)]
    return {
        name: pd.concat([part.read(name) for part in parts], ignore_index=True)
        for name in _tables_of(folder)
    }


def find_damage(folder: str | Path) -> Iterator[str]:
    """Return what in a store is missing or not as it was written, a line each.

    Raises FileNotFoundError if the folder is no store.
    """
    folder = Path(folder)
    _refuse_no_store(folder)
    for listed in _listed(folder):
        part = _Part(folder / listed["name"], listed["made_from"])
        for name in _tables_of(folder):
            try:
                part.bytes_of(name)
            except (OSError, ValueError) as error:
                yield str(error)


def added_notes(there: pd.DataFrame, made: pd.DataFrame) -> pd.DataFrame:
    """Return the notes that are there and those that another table of the same articles adds."""
    new = made[~made.message.isin(there.message)]
    return pd.concat([there, new], ignore_index=True) if len(new) else there


class Writer:
    """Writes a store part by part; an old one in the same folder stands until :meth:`finish`.

    ``tables`` are those that its parts are to have; what a part has beside them stays.

    Raises
    ------
    FileExistsError
        If there is anything in the folder that is not of a store: nothing is written then.
    BlockingIOError
        If another process or thread is writing to it.
    """

    def __init__(self, folder: str | Path, tables: Iterable[str] = TABLES) -> None:
        self._folder = Path(folder)
        self._tables = tuple(tables)
        _refuse_others(self._folder)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock = _lock(self._folder)
        self._parts: list[dict] = []

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *error: object) -> None:
        """Let others write, whatever happened."""
        self._lock.close()

    def add(
        self, made_from: str, make: Callable[[list[str]], Tables], *, keep: bool = True
    ) -> None:
        """Add a part: one that is there already and was made from the same, or a new one.

        Parameters
        ----------
        made_from
            A digest (hexadecimal) of all that the part depends on.
        make
            Returns tables, given their names, and may return more; called only for those that are
            not there yet.
        keep
            False: make it in any case.
        """
        number = len(self._parts)
        while not keep and list(self._folder.glob(f"part-{number:05d}-*")):
            number += 1
        part = _Part(self._folder / f"part-{number:05d}-{made_from[:16]}", made_from)
        kept = part.whole()
        if not kept:
            names = {*self._tables, *part.tables().values()}
            part.write(make([name for name in TABLES if name in names]))
        elif lacking := [name for name in self._tables if name not in kept]:
            part.complete(lacking, make(lacking))
        articles = len(part.read("articles"))
        self._parts.append({"name": part.folder.name, "made_from": made_from, "articles": articles})

    def finish(self) -> None:
        """Make the added parts the store, then remove parts of ours that are no longer in it."""
        parts = [self._folder / part["name"] for part in self._parts]
        have = [n for n in TABLES if all((part / f"{n}.parquet").is_file() for part in parts)]
        _put(self._folder / STORE_LIST, {"format": 2, "tables": have, "parts": self._parts})
        named = {part["name"] for part in self._parts}
        for path in self._folder.glob("part-*"):
            if path.name not in named and _is_ours(path):
                shutil.rmtree(path)


def digest(parts: Iterable[str | bytes]) -> str:
    """Return the SHA-256 of texts or bytes, each set off from the next by its length."""
    whole = hashlib.sha256()
    for part in parts:
        part = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def contents_digest(folder: str | Path) -> str:
    """Return a digest of a store's tables and of sayso itself: what can be made of it hangs on."""
    parts = [Path(folder) / part["name"] for part in _listed(Path(folder))]
    files = (path for part in parts for path in sorted(part.glob("*.parquet")))
    return digest([own_digest(), *(path.read_bytes() for path in files)])


@lru_cache(maxsize=1)
def own_digest() -> str:
    """Return a digest of sayso itself: code, model and data."""
    folders = (PACKAGE, *(home / "data" for home in HOMES))
    files = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    kept = sorted(p for p in files if "__pycache__" not in p.parts and p.suffix != ".ipynb")
    return digest(path.read_bytes() for path in kept)


def _listed(folder: Path) -> list[dict]:
    parts = json.loads((folder / STORE_LIST).read_text(encoding="utf-8"))["parts"]
    return [{key: part[key] for key in ("name", "made_from", "articles")} for part in parts]


def _tables_of(folder: Path) -> list[str]:
    """Return which tables a store has."""
    listed = json.loads((folder / STORE_LIST).read_text(encoding="utf-8"))
    return [name for name in TABLES if name in listed["tables"]]


def _refuse_no_store(folder: Path) -> None:
    if not is_store(folder):
        begun = any(STORE_PART.fullmatch(path.name) for path in folder.glob("part-*"))
        why = "an extraction into it has not ended, or another version of sayso made it"
        why = why if begun else f"no {STORE_LIST} in it"
        raise FileNotFoundError(f"{folder} is no store ({why}): run 'sayso extract'")


def _refuse_others(folder: Path) -> None:
    """Raise an error if a folder holds anything but a store or one that was begun."""
    if not folder.exists() or is_store(folder):
        return
    what = "it is a file"
    if folder.is_dir():
        names = {path.name for path in folder.iterdir() if not _is_ours(path)}
        others = sorted(names - {STORE_LIST + UNFINISHED, STORE_LOCK})
        if not others:
            return
        what = "it holds " + ", ".join(others[:3]) + (", ..." if len(others) > 3 else "")
    raise FileExistsError(f"{folder} is neither empty nor a store ({what}): name another one")


def _lock(folder: Path) -> TextIO:
    """Return a file that locks a folder for as long as it is open (not on Windows)."""
    file = (folder / STORE_LOCK).open("w")
    with contextlib.suppress(ImportError):
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise BlockingIOError(f"{folder} is being written by somebody else: wait") from None
    return file


def _is_ours(path: Path) -> bool:
    """Whether sayso wrote a part: by its name and its list, and there is nothing else in it."""
    if not STORE_PART.fullmatch(path.name) or path.is_symlink() or not path.is_dir():
        return False
    names = {file.name.removesuffix(UNFINISHED).removesuffix(".parquet") for file in path.iterdir()}
    # A run that is killed right after it began a part leaves its folder empty.
    begun = not names and path.name.endswith(UNFINISHED)
    return begun or (PART_LIST in names and names <= {PART_LIST, *TABLES})


def _put(path: Path, value: Any) -> None:
    write_whole(path, json.dumps(value, indent=1) + "\n")


class _Part:
    """A part of a store: a folder, and the digest of all that it is made from."""

    def __init__(self, folder: Path, made_from: str) -> None:
        self.folder = folder
        self._made_from = made_from

    def tables(self) -> dict[str, str]:
        """Return the digests of the part's files with their tables, {} where it has no own list.

        A table may have two: its file as it was, and as it is where another table was added.
        """
        try:
            listed = json.loads((self.folder / PART_LIST).read_text(encoding="utf-8"))
            return dict(listed["files"]) if listed["made_from"] == self._made_from else {}
        except (OSError, ValueError, LookupError, TypeError):
            return {}

    def bytes_of(self, name: str) -> bytes:
        """Return a table's file. Raises what :func:`read_store` does."""
        path = self.folder / f"{name}.parquet"
        if not path.is_file():
            raise FileNotFoundError(f"{path} is missing: {MEND}")
        data = path.read_bytes()
        if self.tables().get(digest([data])) != name:
            raise ValueError(f"{path} is not as it was written (damaged, or not its own): {MEND}")
        return data

    def read(self, name: str) -> pd.DataFrame:
        """Return a table. Raises what :func:`read_store` does."""
        return conform(TABLES[name], pd.read_parquet(io.BytesIO(self.bytes_of(name))))

    def whole(self) -> list[str]:
        """Return the tables that are there, none where any of them is not as it was written."""
        there = [name for name in TABLES if (self.folder / f"{name}.parquet").is_file()]
        with contextlib.suppress(OSError, ValueError):
            for name in ("articles", "notes", *there):
                self.bytes_of(name)
            return there
        return []

    def complete(self, lacking: list[str], tables: Tables) -> None:
        """Add tables to a part, each when it is whole, and what they have to note."""
        new = {name: tables[name] for name in lacking}
        new["notes"] = added_notes(self.read("notes"), tables["notes"])
        files = self.tables()
        for name, table in new.items():
            files |= _write(table, self.folder / f"{name}.parquet{UNFINISHED}", name)
        # First the list, which knows the old notes, too: it holds at any moment.
        self._list(self.folder, files)
        for name in new:
            path = self.folder / f"{name}.parquet"
            os.replace(path.with_name(path.name + UNFINISHED), path)

    def write(self, tables: Tables) -> None:
        """Write a part under another name and rename it when it is whole."""
        unfinished = self.folder.with_name(self.folder.name + UNFINISHED)
        for path in filter(Path.exists, (unfinished, self.folder)):
            if not _is_ours(path):
                raise FileExistsError(f"{path} is not of sayso: move it, and run this once more")
            shutil.rmtree(path)
        unfinished.mkdir()
        try:
            self._list(unfinished, {})
            files: dict[str, str] = {}
            for name, table in tables.items():
                files |= _write(table, unfinished / f"{name}.parquet", name)
            self._list(unfinished, files)
            os.replace(unfinished, self.folder)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise

    def _list(self, folder: Path, files: dict[str, str]) -> None:
        _put(folder / PART_LIST, {"made_from": self._made_from, "files": files})


def _write(table: pd.DataFrame, path: Path, name: str) -> dict[str, str]:
    table.to_parquet(path, index=False)
    return {digest([path.read_bytes()]): name}
