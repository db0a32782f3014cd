"""A part of a store: a folder with a file for each table, and the digests of these."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sayso.paths import STORE_PART, UNFINISHED, write_whole
from sayso.store.listed import MEND, PART_LIST
from sayso.tables.extracted import TABLES, Name
from sayso.tables.files import decode, encode, footer_at, footer_of, n_rows

# Tables of a part, and of the names over a corpus.
ROWS = {**TABLES, "names": Name}


class Part:
    """A folder, and the digest of all that it is made from."""

    def __init__(self, folder: Path, made_from: str) -> None:
        self.folder = folder
        self.made_from = made_from

    @cached_property
    def files(self) -> dict[str, dict[str, Any]]:
        """What is listed of the part's files, by their SHA-256; empty where it has no own list.

        A table may have two: its file as it was, and as it is where another table was added.
        """
        try:
            found = json.loads((self.folder / PART_LIST).read_text(encoding="utf-8"))
            return dict(found["files"]) if found["made_from"] == self.made_from else {}
        except (OSError, ValueError, LookupError, TypeError):
            return {}

    def path(self, name: str, look: str = "end") -> Path:
        """Return where a table's file is that is as it was written.

        How much of it is looked at: its 'size'; its 'end', too, which tells what is where in it; or
        the 'whole' of it.

        Raises
        ------
        FileNotFoundError
            If it is missing: named, with what helps.
        ValueError
            If it is not as it was written: named, with what helps.
        """
        path = self.folder / f"{name}.parquet"
        if not path.is_file():
            raise FileNotFoundError(f"{path} is missing: {MEND}")
        own = {digest: file for digest, file in self.files.items() if file["table"] == name}
        if look == "whole":
            found = _sha256(path.read_bytes())
        else:
            found = path.stat().st_size if look == "size" else _sha256(footer_at(path))
            own = {file["bytes" if look == "size" else "end"] for file in own.values()}
        if found not in own:
            raise ValueError(f"{path} is not as it was written (damaged, or not its own): {MEND}")
        return path

    def damage(self, names: Iterable[str]) -> list[str]:
        """Return what is wrong with the files of tables, a line each."""
        wrong = []
        for name in names:
            try:
                self.path(name, "whole")
            except (OSError, ValueError) as error:
                wrong.append(str(error))
        return wrong

    def whole(self) -> list[str]:
        """Return the tables that are there, none where any of them is not as it was written."""
        there = [name for name in ROWS if (self.folder / f"{name}.parquet").is_file()]
        needed = ("notes",) if "names" in there else ("articles", "notes")
        return [] if self.damage(dict.fromkeys((*needed, *there))) else there

    def rows(self) -> dict[str, int]:
        """Return how many rows its tables have."""
        path = {name: self.folder / f"{name}.parquet" for name in ROWS}
        ends = {name: _sha256(footer_at(p)) for name, p in path.items() if p.is_file()}
        listed = {(file["table"], file["end"]): file["rows"] for file in self.files.values()}
        return {name: listed[name, end] for name, end in ends.items()}

    def complete(self, tables: Mapping[str, pd.DataFrame | bytes]) -> None:
        """Add tables to a part, or replace them, each when it is whole."""
        files = dict(self.files)
        for name, table in tables.items():
            files |= _write(name, table, self.folder / f"{name}.parquet{UNFINISHED}")
        # First the list, which knows the old tables, too: it holds at any moment.
        self._list(self.folder, files)
        for name in tables:
            path = self.folder / f"{name}.parquet"
            os.replace(path.with_name(path.name + UNFINISHED), path)

    def write(self, tables: Mapping[str, pd.DataFrame | bytes]) -> None:
        """Write a part under another name and rename it when it is whole."""
        unfinished = self.folder.with_name(self.folder.name + UNFINISHED)
        for path in filter(Path.exists, (unfinished, self.folder)):
            if not is_ours(path):
                raise FileExistsError(f"{path} is not of sayso: move it, and run this once more")
            shutil.rmtree(path)
        unfinished.mkdir()
        try:
            self._list(unfinished, {})
            files: dict[str, dict] = {}
            for name, table in tables.items():
                files |= _write(name, table, unfinished / f"{name}.parquet")
            self._list(unfinished, files)
            os.replace(unfinished, self.folder)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise

    def _list(self, folder: Path, files: dict[str, dict]) -> None:
        put(folder / PART_LIST, {"made_from": self.made_from, "files": files})
        self.__dict__.pop("files", None)


def read(parts: Iterable[Part], name: str, columns=None, articles=None) -> pd.DataFrame:
    """Return a table of parts, or some of its columns, or the rows of some articles.

    Raises what :meth:`Part.path` does.
    """
    parts = list(parts)
    files = [part.path(name) for part in parts]
    try:
        return decode(ROWS[name], files, columns, articles)
    except (OSError, ValueError) as error:
        # A checksum within a file tells no file.
        for part in parts:
            part.path(name, "whole")
        raise ValueError(f"{name} cannot be read ({error}): {MEND}") from error


def is_ours(path: Path) -> bool:
    """Whether sayso wrote a part: by its name and its list, and there is nothing else in it."""
    if not STORE_PART.fullmatch(path.name) or path.is_symlink() or not path.is_dir():
        return False
    names = {file.name.removesuffix(UNFINISHED).removesuffix(".parquet") for file in path.iterdir()}
    # A run that is killed right after it began a part leaves its folder empty.
    begun = not names and path.name.endswith(UNFINISHED)
    return begun or (PART_LIST in names and names <= {PART_LIST, *ROWS})


def put(path: Path, value: Any) -> None:
    """Write a list so that it is there whole or not at all."""
    write_whole(path, json.dumps(value, indent=1) + "\n")


def _write(name: str, table: pd.DataFrame | bytes, path: Path) -> dict[str, dict]:
    data = table if isinstance(table, bytes) else encode(ROWS[name], table)
    path.write_bytes(data)
    end = {"bytes": len(data), "end": _sha256(footer_of(data)), "rows": n_rows(data)}
    return {_sha256(data): {"table": name} | end}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
