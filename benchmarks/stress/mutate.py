"""Real articles, mutated by chance, through every reader, table, analysis, view and save.

    python -m benchmarks.stress.mutate ARTICLES [--number N] [--seed N] [--batch N] [--words N]

Each batch of articles is mutated (:mod:`benchmarks.stress.mutations`), written in one of the
formats that sayso reads (:mod:`benchmarks.stress.written`), read, analysed by every method of the
corpus, viewed, saved, opened again and verified; what must hold is in
:mod:`benchmarks.stress.invariants`. The shortest articles come first; of longer ones ``--words``
words are taken. Each violation is told with the batch, by which ``--batch`` makes it again. Exits
with 1 where there is one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pandas as pd

import sayso
from benchmarks.stress.invariants import broken, lost_articles, read_or_told, unfit_rows
from benchmarks.stress.mutations import ENCODINGS, mutated_bytes, mutated_cells, mutated_text
from benchmarks.stress.written import FORMATS, Row, Written
from sayso.batch.run import extract_to
from sayso.corpus import LAYERS, Corpus
from sayso.store import Stored
from sayso.tables import extracted
from sayso.tables.verify import find_faults

PER_BATCH = 50
VIEWED = 5
TOLD = 20
WHOLE = 8
"""Every so many batches the slow steps are taken, too: a sample to code, a store made by a run."""


def read_rows(path: Path, number: int, words: int) -> list[Row]:
    """Return the articles of a JSONL file, the shortest first, cut to so many words."""
    open_it = gzip.open if path.suffix == ".gz" else open
    with open_it(path, "rt", encoding="utf-8") as file:
        rows = sorted((json.loads(line) for line in file), key=lambda row: len(row["text"]))
    for row in rows[:number]:
        row["text"] = row["text"][: len(" ".join(row["text"].split(" ")[:words]))]
    return [rows[n % len(rows)] for n in range(number)]


def mutated(rows: list[Row], batch: int, chance: Random) -> list[Row]:
    """Return articles with mutated texts, headlines and cells, each with a name for its file."""
    made = []
    for number, row in enumerate(rows):
        text, how = mutated_text(row["text"], chance)
        own = {
            "article_id": f"m{batch}-{number}",
            "outlet": row.get("outlet"),
            "headline": row.get("headline"),
            "published": row.get("published"),
            "author": row.get("author"),
            "url": row.get("url"),
            "precision": None,
            "event": None,
            "text": text,
        }
        if chance.random() < 0.3:
            own["headline"], more = mutated_text(own["headline"] or "", chance)
            how += f"; headline: {more}"
        if chance.random() < 0.4:
            own = mutated_cells(own, chance)
        encoding = chance.choice((*["utf-8"] * 9, *ENCODINGS, "utf-8-sig", "utf-16", "utf-32"))
        made.append(own | {"file": f"f{number:03}", "encoding": encoding, "how": how})
    return made


def write(rows: list[Row], folder: Path, batch: int, chance: Random) -> tuple[Written, str, bool]:
    """Write a batch; return its files, the format, and whether bytes of it were damaged."""
    name = list(FORMATS)[batch % len(FORMATS)]
    written = FORMATS[name](folder, rows, chance)
    damaged = chance.random() < 0.2
    for path in written if damaged else ():
        path.write_bytes(mutated_bytes(path.read_bytes(), chance))
    return written, name, damaged


def analyses(corpus: Corpus) -> dict[str, Callable[[], object]]:
    """Return what a user may ask of a corpus, by name."""
    return {
        "framing": corpus.framing,
        "events": corpus.events,
        "statements": lambda: corpus.statements(unsure=True, narration=True),
        "statements without copies": lambda: corpus.statements(duplicates=False),
        "charges": corpus.charges,
        "headline_check": corpus.headline_check,
        "labels": corpus.labels,
        "duplicates": corpus.duplicates,
        "shared_paragraphs": corpus.shared_paragraphs,
        "coverage": corpus.coverage,
        "account": lambda: str(corpus.account),
        "shown": lambda: (repr(corpus), corpus._repr_html_(), str(corpus), len(corpus)),
        "without_copies": lambda: corpus.without_copies().quotes,
        "parts": lambda: [part.articles for part in corpus.parts()],
    }


def views(corpus: Corpus, chance: Random) -> dict[str, Callable[[], object]]:
    """Return views of some articles, by name."""
    ids = chance.sample(list(corpus.articles["article_id"]), min(VIEWED, len(corpus)))
    made = {f"view {one!r}": lambda one=one: corpus.view(one, layers=LAYERS).page() for one in ids}
    made |= {f"article {one!r}": lambda one=one: repr(corpus.article(one)) for one in ids}
    made |= {f"only {one!r}": lambda one=one: corpus.only([one]).quotes for one in ids}
    return made | {"views": lambda: corpus.view(compare=ids).page()} if ids else {}


def stored(corpus: Corpus, folder: Path) -> Iterator[str]:
    """Return what differs in a store of the corpus, opened again."""
    corpus.save(folder)
    for name in ("shared_paragraphs", "account", "parts", "without_copies", "shown", "duplicates"):
        yield from tried(f"{name} of the store", analyses(sayso.open(folder))[name])
    opened = sayso.open(folder)
    for name in extracted.TABLES:
        if not getattr(opened, name).equals(getattr(corpus, name)):
            yield f"saved: {name} is not as it was"
    yield from (f"saved: {line}" for line in Stored.at(folder).damage())
    for part in Stored.at(folder).split():
        faults = find_faults({name: part.read(name) for name in part.tables})
        yield from (f"saved: {line}" for line in faults)


def whole(corpus: Corpus, source: Path, folder: Path) -> Iterator[str]:
    """Return what differs in a store made by a run, and what a sample to code does not do."""
    list(extract_to(source, folder / "run"))
    run = sayso.open(folder / "run")
    for name in extracted.TABLES:
        if not getattr(run, name).equals(getattr(corpus, name)):
            yield f"run: {name} is not that of sayso.read"
    if len(corpus) > 4:
        plan = {"ask": "quotes,blames,frames", "tools": "brat,doccano,labelstudio,refi,webanno"}
        corpus.sample(folder / "codings", 3, **plan)
        corpus.with_codings(folder / "codings")


def tried(name: str, step: Callable[[], object]) -> Iterator[str]:
    """Run a step; return what it raised, and where."""
    try:
        made = step()
        yield from made if isinstance(made, Iterator) else ()
    except Exception as error:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "sayso" in f.filename]
        where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
        told = " ".join(str(error).split())[:300]
        yield f"{name} raised {type(error).__name__} at {where}: {told}"


def run_batch(rows: list[Row], batch: int, seed: int) -> tuple[Counter, list[str]]:
    """Return what became of a batch: numbers, and what does not hold."""
    chance = Random(f"{seed} {batch}")
    counts: Counter = Counter()
    with tempfile.TemporaryDirectory() as temporary:
        folder, source = Path(temporary), Path(temporary, "texts")
        source.mkdir()
        rows = mutated(rows, batch, chance)
        written, name, damaged = write(rows, source, batch, chance)
        counts.update(articles=len(rows), damaged=len(rows) * damaged)
        try:
            corpus = sayso.read(source)
        except ValueError as error:
            # A file that holds nothing at all is refused whole, and that is told.
            return counts + Counter(refused=len(rows)), [f"read raised {error}"] * (not damaged)
        except Exception as error:
            return counts, [f"read raised {type(error).__name__}: {error}"]
        counts.update(read=len(corpus), quotes=len(corpus.quotes), dates=len(corpus.dates))
        wrong = [*broken(corpus, damaged=damaged), *read_or_told(corpus, written, source)]
        wrong += () if damaged else lost_articles(corpus, written, source)
        wrong += tried("rows", lambda: unfit_rows(corpus))
        for step, made in {**analyses(corpus), **views(corpus, chance)}.items():
            wrong += tried(step, made)
        wrong += tried("save", lambda: stored(corpus, folder / "store"))
        if batch % WHOLE == 0:
            wrong += tried("whole", lambda: whole(corpus, source, folder))
    counts["violations"] += len(wrong)
    state = ", bytes damaged" if damaged else ""
    return counts, [f"batch {batch} ({name}{state}): {line}" for line in wrong]


def main(argv: list[str] | None = None) -> int:
    """Print how many articles were read and what does not hold; return 1 where anything does."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--number", type=int, default=1000, help="articles in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, nargs="*", help="only these batches")
    parser.add_argument("--words", type=int, default=150, help="the most words of an article")
    parser.add_argument("--keep", type=Path, help="write the files of the batches here, no more")
    asked = parser.parse_args(argv)
    rows = read_rows(asked.articles, asked.number, asked.words)
    chosen = asked.batch or range(-(-len(rows) // PER_BATCH))
    total, began = Counter(), time.monotonic()
    for batch in chosen:
        some = rows[batch * PER_BATCH : (batch + 1) * PER_BATCH]
        if asked.keep:
            keep(some, batch, asked)
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            counts, wrong = run_batch(some, batch, asked.seed)
        total += counts
        for line in wrong:
            print(line, flush=True)
        if batch % TOLD == TOLD - 1:
            print(f"batch {batch}: {_counted(total)}", file=sys.stderr, flush=True)
    print(f"{time.monotonic() - began:,.0f} s: {_counted(total)}")
    return int(bool(total["violations"]))


def _counted(total: Counter) -> str:
    return ", ".join(f"{n:,} {name}" for name, n in total.items())


def keep(rows: list[Row], batch: int, asked: argparse.Namespace) -> None:
    """Write the files of a batch for a closer look."""
    chance = Random(f"{asked.seed} {batch}")
    folder = asked.keep / str(batch)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made = mutated(rows, batch, chance)
    write(made, folder, batch, chance)
    print(pd.DataFrame(made)[["file", "article_id", "encoding", "how"]].to_string())


if __name__ == "__main__":
    sys.exit(main())
