"""Writing a store part by part."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

import sayso
from sayso.extract.people.over_corpus import OF_QUOTES, OF_SOURCES, People
from sayso.paths import STORE_LIST, STORE_LOCK, UNFINISHED
from sayso.store.digests import digest, model_digest, own_digest
from sayso.store.listed import FORMAT, is_old, is_store
from sayso.store.lock import held
from sayso.store.part import Part, is_ours, put, read
from sayso.tables.columns import frame
from sayso.tables.extracted import TABLES, Name, Note
from sayso.tables.files import decode_bytes

Made = Mapping[str, pd.DataFrame | bytes]
"""Tables by name, as they are or as Parquet files."""


def added_notes(there: pd.DataFrame, made: pd.DataFrame) -> pd.DataFrame:
    """Return the notes that are there and those that another table of the same articles adds."""
    new = made[~made.message.isin(there.message)]
    return pd.concat([there, new], ignore_index=True) if len(new) else there


class Writer:
    """Writes a store part by part; an old one in the same folder stands until :meth:`finish`.

    ``tables`` are those that its parts are to have; what a part has beside them stays. ``options``
    are those of the extraction, to be told in the list.

    Raises
    ------
    FileExistsError
        If there is anything in the folder that is not of a store: nothing is written then.
    BlockingIOError
        If another process or thread is writing to it.
    """

    def __init__(
        self,
        folder: str | Path,
        tables: Iterable[str] = TABLES,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        self._folder = Path(folder)
        self._tables = tuple(tables)
        self._options = dict(options or {})
        _refuse_others(self._folder)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._held = held(self._folder, STORE_LOCK)
        self._held.__enter__()
        self._kept: dict[str, list[str]] = {}
        self._parts: list[dict] = []

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *error: object) -> None:
        """Let others write, whatever happened."""
        self._held.__exit__(None, None, None)

    def lacking(self, made_from: str) -> list[str]:
        """Return the tables that are to be made for a part; none where it is there already.

        ``made_from`` is a digest (hexadecimal) of all that the part depends on.
        """
        part = self._part(made_from)
        self._kept[made_from] = kept = part.whole()
        names = {*self._tables}
        if not kept:  # what others once added is made again, too
            names |= {file["table"] for file in part.files.values()}
        return [name for name in TABLES if name in names and name not in kept]

    def add(self, made_from: str, made: Made, made_of: str = "") -> None:
        """Add a part of which :meth:`lacking` told what it lacks: that is ``made`` by now.

        ``made_of`` is a digest of its articles, to be told in the list.
        """
        part, kept = self._part(made_from), self._kept.pop(made_from)
        if not kept:
            part.write(made)
        elif made:
            notes = made["notes"]
            notes = decode_bytes(Note, notes) if isinstance(notes, bytes) else notes
            new = {name: table for name, table in made.items() if name not in kept}
            part.complete(new | {"notes": added_notes(read([part], "notes"), notes)})
        own = {"name": part.folder.name, "made_from": made_from, "made_of": made_of}
        self._parts.append(own | {"rows": part.rows()})

    def finish(self, *, spell: bool = True) -> None:
        """Make the added parts the store, then remove parts of ours that are no longer in it.

        Before, a pass over the parts finds how persons are spelled over the corpus, if ``spell``.
        """
        parts = [Part(self._folder / one["name"], one["made_from"]) for one in self._parts]
        have = [n for n in TABLES if all(n in one["rows"] for one in self._parts)]
        names = self._names(parts, spell and "quotes" in have)
        made_by = {"version": sayso.__version__, "sayso": own_digest(), "model": model_digest()}
        put(
            self._folder / STORE_LIST,
            {
                "format": FORMAT,
                "made_by": made_by | {"options": self._options},
                "tables": have,
                "names": {"name": names.folder.name, "made_from": names.made_from},
                "parts": self._parts,
            },
        )
        kept = {names.folder.name, *(part["name"] for part in self._parts)}
        for path in self._folder.glob("*-*"):
            if path.name not in kept and is_ours(path):
                shutil.rmtree(path)

    def _part(self, made_from: str) -> Part:
        return Part(self._folder / f"part-{made_from[:16]}", made_from)

    def _names(self, parts: list[Part], spell: bool) -> Part:
        """Return the folder of what only the corpus tells; its pass holds one part at a time."""
        made_from = digest([str(spell), *(part.made_from for part in parts)])
        names = Part(self._folder / f"names-{made_from[:16]}", made_from)
        if names.whole():
            return names
        people = People()
        for part in parts if spell else ():
            quotes, sources = read([part], "quotes", OF_QUOTES), read([part], "sources", OF_SOURCES)
            people.add(quotes, sources)
        spelled = people.spellings()
        pairs = [Name(*pair) for pair in spelled.items()]
        names.write({"names": frame(Name, pairs), "notes": frame(Note, people.notes(spelled))})
        return names


def _refuse_others(folder: Path) -> None:
    """Raise an error if a folder holds anything but a store or one that was begun."""
    if not folder.exists() or is_store(folder):
        return
    what = "it is a file"
    if folder.is_dir():
        names = {path.name for path in folder.iterdir() if not is_ours(path)}
        others = sorted(names - {STORE_LIST + UNFINISHED, STORE_LOCK})
        if not others or (others == [STORE_LIST] and is_old(folder)):
            return
        what = "it holds " + ", ".join(others[:3]) + (", ..." if len(others) > 3 else "")
    raise FileExistsError(f"{folder} is neither empty nor a store ({what}): name another one")
