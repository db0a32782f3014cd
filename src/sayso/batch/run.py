"""From articles into a store, part by part.

A part depends on its articles, on the options and on sayso itself, by their digests: one that is
there is kept. Where a part ends is told by the ids in it, so that an article more or less changes
its own part alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.article import Article
from sayso.batch.executors import executor, in_order
from sayso.corpus import make_tables
from sayso.extract import wanted
from sayso.lexicon.parties import Lexicon, lexicon
from sayso.reading import read_articles
from sayso.store import Writer, digest, is_store, own_digest
from sayso.tables.extracted import TABLES, Note
from sayso.tables.files import encode

if TYPE_CHECKING:
    from distributed import Client

PART_SIZE = 100
"""Articles in a part, roughly: half to twice as many."""


@dataclass(frozen=True, slots=True)
class Job:
    """Articles and notes, the tables to be made of them, and the digest of the sayso to do it.

    ``words`` are those of a user's file of parties.
    """

    items: list[Article | Note]
    tables: list[str]
    words: Lexicon | None
    sayso: str


def extract_to(
    source: str | Path,
    folder: str | Path,
    *,
    parties: str | Path | None = None,
    tables: Iterable[str] | None = None,
    workers: int = 1,
    scheduler: str | Client | None = None,
    **reading,
) -> Iterator[str]:
    """Extract articles into a store, part by part, and yield each article's id when it is stored.

    Memory does not grow with the corpus. Parts that are there, made from the same articles in the
    same way, are kept: a run that was stopped goes on where it stopped, and ``tables`` that they
    lack are added. The store is the same, byte for byte, wherever it is made.

    Parameters
    ----------
    source, parties, tables, reading
        As for :func:`sayso.read`; the source may be an address that fsspec knows, too.
    workers
        Processes of one thread each; a script that asks for some needs ``__name__ == "__main__"``.
    scheduler
        Address of a Dask scheduler, or a Client; its workers need the same sayso, and no more.
    Raises what :func:`sayso.read`, :class:`Writer` and :func:`executor` raise.
    """
    if is_store(source):
        raise ValueError(f"{source} is a store already: sayso.open reads it")
    names, words = wanted(tables), lexicon(Path(parties)) if parties else None
    own = digest([Path(parties).read_bytes()]) if parties else None
    options = {"metadata": True, "columns": None} | reading | {"parties": own}
    chunks = _cut(read_articles(source, **reading))
    first = list(islice(chunks, 2))
    place = executor(workers if len(first) > 1 else 1, scheduler)  # one part needs no processes
    with Writer(folder, names, options) as writer, place as (run, at_once):
        jobs = _jobs(chain(first, chunks), writer, words, options)
        for (made_from, made_of, ids), made in in_order(run, at_once, make_part, jobs):
            writer.add(made_from, made or {}, made_of)
            yield from ids
        writer.finish()


def make_part(job: Job) -> dict[str, bytes]:
    """Return the tables of a job as Parquet files. Raises ValueError in another sayso than its."""
    if own_digest() != job.sayso:
        raise ValueError(
            "a worker has another sayso, or another model or data of it: install the same"
        )
    made = make_tables(job.items, job.words or lexicon(), 1, job.tables)
    return {name: encode(TABLES[name], table) for name, table in made.items()}


def _jobs(
    chunks: Iterable[list[Article | Note]],
    writer: Writer,
    words: Lexicon | None,
    options: dict[str, Any],
) -> Iterator[tuple[tuple[str, str, list[str]], Job | None]]:
    """Return what each part is made from and of which articles (ids), and its job, if it is due."""
    how = digest([own_digest(), json.dumps(options, sort_keys=True)])
    for chunk in chunks:
        made_of = digest(map(_known, chunk))
        made_from = digest([how, made_of])
        lacking = writer.lacking(made_from)
        ids = [item.article_id for item in chunk if isinstance(item, Article)]
        job = Job(chunk, lacking, words, own_digest()) if lacking else None
        yield (made_from, made_of, ids), job


def _cut(items: Iterable[Article | Note]) -> Iterator[list[Article | Note]]:
    chunk: list[Article | Note] = []
    for item in items:
        chunk.append(item)
        may_end = len(chunk) >= PART_SIZE / 2 and isinstance(item, Article)
        if len(chunk) == 2 * PART_SIZE or (may_end and _ends(item)):
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _ends(article: Article) -> bool:
    """Whether a part that is large enough ends with an article: one in ``PART_SIZE / 2`` does."""
    return int(digest([article.article_id])[:8], 16) % max(1, PART_SIZE // 2) == 0


def _known(item: Article | Note) -> str:
    """Return all that is known of an article before anything is extracted; a note as it is."""
    # Of a text its digest is known.
    known = replace(item, text="") if isinstance(item, Article) else item
    return json.dumps(asdict(known), sort_keys=True, default=str)
