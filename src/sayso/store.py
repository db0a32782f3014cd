"""A store: a folder with the tables of a corpus as Parquet files, in parts.

``store.json`` lists the parts that the store consists of. A part is a folder with a file for each
table, called after its number and after a digest of what it was made from. The list is replaced as
a whole once all its parts are whole: a run that is killed, or a disk that is full, leaves the old
store as it was, and what a run had finished is found again by its name. It also lists the tables
that all parts have; others can be added to the same parts. Nothing is ever removed that sayso did
not write.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import TextIO

import pandas as pd

from sayso.paths import HOMES, PACKAGE, STORE_LIST, STORE_PART
from sayso.tables.columns import conform
from sayso.tables.extracted import TABLES

UNFINISHED = ".unfinished"
LOCK = ".store.lock"
PART = re.compile(rf"{STORE_PART.pattern}(?:{re.escape(UNFINISHED)})?")

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
    """
    folder = Path(folder)
    if not is_store(folder):
        begun = any(PART.fullmatch(path.name) for path in folder.glob("part-*"))
        why = "an extraction into it has not ended" if begun else f"no {STORE_LIST} in it"
        raise FileNotFoundError(f"{folder} is no store ({why}): run 'sayso extract'")
    parts = [folder / part["name"] for part in _listed(folder)]
    return {
        name: pd.concat([_read_table(part, name) for part in parts], ignore_index=True)
        for name in _tables_of(folder)
    }


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
        part = self._folder / f"part-{number:05d}-{made_from[:16]}"
        lacking = [name for name in self._tables if not _file(part, name).is_file()]
        if lacking and (part / "articles.parquet").is_file():
            _complete(part, lacking, make(lacking))
        elif lacking:
            _write(part, make(lacking))
        articles = pd.read_parquet(part / "articles.parquet", columns=["article_id"])
        self._parts.append({"name": part.name, "articles": len(articles)})

    def finish(self) -> None:
        """Make the added parts the store, then remove parts of ours that are no longer in it."""
        parts = [self._folder / part["name"] for part in self._parts]
        have = [name for name in TABLES if all(_file(part, name).is_file() for part in parts)]
        listed = {"format": 1, "tables": have, "parts": self._parts}
        text = json.dumps(listed, indent=1) + "\n"
        partial = self._folder / (STORE_LIST + UNFINISHED)
        partial.write_text(text, encoding="utf-8")
        os.replace(partial, self._folder / STORE_LIST)
        named = {part["name"] for part in self._parts}
        for path in self._folder.glob("part-*"):
            if path.name not in named and _is_ours(path):
                shutil.rmtree(path)
        self._lock.close()


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
    return [{"name": part["name"], "articles": part["articles"]} for part in parts]


def _tables_of(folder: Path) -> list[str]:
    """Return which tables a store has: all of them, if it is of a sayso that knew no others."""
    listed = json.loads((folder / STORE_LIST).read_text(encoding="utf-8"))
    return [name for name in TABLES if name in listed.get("tables", TABLES)]


def _refuse_others(folder: Path) -> None:
    """Raise an error if a folder holds anything but a store or one that was begun."""
    if not folder.exists() or is_store(folder):
        return
    what = "it is a file"
    if folder.is_dir():
        names = {path.name for path in folder.iterdir() if not _is_ours(path)}
        others = sorted(names - {STORE_LIST + UNFINISHED, LOCK})
        if not others:
            return
        what = "it holds " + ", ".join(others[:3]) + (", ..." if len(others) > 3 else "")
    raise FileExistsError(f"{folder} is neither empty nor a store ({what}): name another one")


def _lock(folder: Path) -> TextIO:
    """Return a file that locks a folder for as long as it is open (not on Windows)."""
    file = (folder / LOCK).open("w")
    with contextlib.suppress(ImportError):
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise BlockingIOError(f"{folder} is being written by somebody else: wait") from None
    return file


def _is_ours(path: Path) -> bool:
    """Whether sayso wrote a part: by its name, and there is nothing else in it."""
    return (
        PART.fullmatch(path.name) is not None
        and path.is_dir()
        and not path.is_symlink()
        and all(
            file.name.removesuffix(UNFINISHED).removesuffix(".parquet") in TABLES
            for file in path.iterdir()
        )
    )


def _file(part: Path, name: str) -> Path:
    return part / f"{name}.parquet"


def _complete(part: Path, lacking: list[str], tables: Tables) -> None:
    """Add tables to a part, each when it is whole, and what they have to note."""
    new = {name: tables[name] for name in lacking}
    if "notes" not in new:
        new["notes"] = added_notes(_read_table(part, "notes"), tables["notes"])
    for name, table in new.items():
        unfinished = part / f"{name}.parquet{UNFINISHED}"
        table.to_parquet(unfinished, index=False)
        os.replace(unfinished, _file(part, name))


def _write(part: Path, tables: Tables) -> None:
    """Write a part under another name and rename it when it is whole."""
    unfinished = part.with_name(part.name + UNFINISHED)
    for path in (unfinished, part):
        if _is_ours(path):
            shutil.rmtree(path)
    unfinished.mkdir()
    try:
        for name, table in tables.items():
            table.to_parquet(_file(unfinished, name), index=False)
        os.replace(unfinished, part)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def _read_table(part: Path, name: str) -> pd.DataFrame:
    path = _file(part, name)
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} is missing: the store is of an older sayso or damaged; run 'sayso extract' "
            "with the articles and this folder once more"
        )
    return conform(TABLES[name], pd.read_parquet(path))
