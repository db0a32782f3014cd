"""A store that is read: only the tables, columns and articles that are asked for."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, compress, islice
from pathlib import Path
from typing import Any

import pandas as pd

import sayso
from sayso.extract.people.over_corpus import spell
from sayso.store.digests import model_digest
from sayso.store.listed import listed, refuse_no_store
from sayso.store.part import Part, read
from sayso.tables.extracted import TABLES


class Names(Part):
    """The folder of what only the corpus tells."""

    @cached_property
    def spelled(self) -> dict[str, str]:
        """How each name is spelled over the corpus that some article spells otherwise."""
        names = read([self], "names")
        return dict(zip(names["name"], names["over_corpus"], strict=True))


@dataclass(frozen=True)
class Stored:
    """The tables of a store, or those of some of its ``parts`` or ``articles`` (ids, by part)."""

    parts: tuple[Part, ...]
    names: Names
    tables: tuple[str, ...]
    rows: tuple[dict[str, int], ...]
    articles: tuple[list[str], ...] | None = None

    @classmethod
    def at(cls, folder: str | Path) -> Stored:
        """Open a store: all its files are there and of their size, but none is read.

        Warns if another version of sayso, or another model, made it.

        Raises
        ------
        FileNotFoundError
            If the folder is no store, or a file of it is missing: named, with what helps.
        ValueError
            If a file of it is not as it was written: named, with what helps.
        """
        folder = Path(folder)
        refuse_no_store(folder)
        found = listed(folder)
        _warn(folder, found["made_by"])
        parts = tuple(Part(folder / one["name"], one["made_from"]) for one in found["parts"])
        names = Names(folder / found["names"]["name"], found["names"]["made_from"])
        tables = tuple(name for name in TABLES if name in found["tables"])
        for part in parts:
            for name in tables:
                part.path(name, "size")
        for name in ("names", "notes"):
            names.path(name, "size")
        return cls(parts, names, tables, tuple(one["rows"] for one in found["parts"]))

    def read(self, name: str, columns: Iterable[str] | None = None) -> pd.DataFrame:
        """Return a table, or some of its columns, with names as they are over the corpus.

        Raises what :meth:`at` does, if a file was changed since.
        """
        parts, articles = self._of(name)
        table = spell(name, read(parts, name, columns, articles), self.names.spelled)
        if name != "notes":
            return table
        more = read([self.names], "notes", columns)
        return pd.concat([table, more], ignore_index=True) if len(more) else table

    def of(self, articles: Collection[str]) -> Stored:
        """Return the store as if it had these articles alone, and notes that are no article's."""
        kept = frozenset(articles)
        return replace(self, articles=tuple([i for i in own if i in kept] for own in self._ids))

    def split(self) -> Iterator[Stored]:
        """Return each part as a store of its own, without those that have none of the articles."""
        kept = [None] * len(self.parts) if self.articles is None else [(i,) for i in self.articles]
        for part, rows, articles in zip(self.parts, self.rows, kept, strict=True):
            if articles != ([],):
                yield replace(self, parts=(part,), rows=(rows,), articles=articles)

    def count(self, name: str) -> int:
        """Return how many rows a table has."""
        if self.articles is not None or name == "notes":
            return len(self.read(name, ["article_id"]))
        return sum(rows[name] for rows in self.rows)

    def damage(self) -> Iterator[str]:
        """Return what is missing or not as it was written, a line each; every byte is read."""
        for part in self.parts:
            yield from part.damage(self.tables)
        yield from self.names.damage(("names", "notes"))

    def _of(self, name: str) -> tuple[Sequence[Part], list[str | None] | None]:
        """Return the parts that rows of a table are read of, and the articles that these are of."""
        if self.articles is None:
            return self.parts, None
        ids = [*chain.from_iterable(self.articles)]
        if name == "notes":
            return self.parts, [*ids, None]
        return [*compress(self.parts, self.articles)], ids

    @cached_property
    def _ids(self) -> tuple[list[str], ...]:
        """The articles of each part."""
        if self.articles is not None:
            return self.articles
        ids = iter(read(self.parts, "articles", ["article_id"])["article_id"].to_list())
        return tuple(list(islice(ids, rows["articles"])) for rows in self.rows)


def _warn(folder: Path, made_by: dict[str, Any]) -> None:
    """Warn of a store that another version of sayso made, or another model."""
    is_own = made_by["version"] == sayso.__version__
    if is_own and made_by["model"] == model_digest():
        return
    what = "the model that sayso has now" if is_own else f"sayso {sayso.__version__}"
    warnings.warn(
        f"{folder} was not made by {what}; its rows are as they were made: 'sayso extract' with "
        "the articles and this folder brings them up to date",
        stacklevel=4,
    )
