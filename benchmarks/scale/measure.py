"""Many articles: speed by workers, memory by articles, a large store, and kills at any moment.

    python -m benchmarks.scale.measure ARTICLES.jsonl.gz [--number N] [--copies N] [--kills N]
        [--only speed memory store kills notebooks] [--store FOLDER] [--save FOLDER]

Speed is that of whole runs by the clock, so it is that of the machine as busy as it is: with one
worker, with two, and on a Dask cluster of two, in turn; their ratio is told. The large store is
made of the rows of a small one, copied under other ids and other last names of persons, until it
has ``--copies`` articles. Notebooks run on the store of ``--store``, else on the large one.
Kills are those of :mod:`benchmarks.scale.kills`.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import sayso
from benchmarks.scale.kills import cluster, kills
from sayso.analyze.groups import periods
from sayso.evaluation.results import new_result, short_name
from sayso.paths import notebooks_path
from sayso.store import Stored, Writer, digest
from sayso.tables.extracted import TABLES
from sayso.tables.files import schema_of

MEASURES = ("speed", "memory", "store", "kills", "notebooks")
WHOLE, OF_A_MONTH = ("01", "02", "03", "05"), ("06",)  # notebooks
SIZES = (100, 300, 1000)
EXTRACT = """
import resource, sys, time
from sayso.batch import run
if __name__ == "__main__":
    source, out, workers, size, scheduler = sys.argv[1:]
    run.PART_SIZE = int(size)
    began, first = time.monotonic(), None
    for _ in run.extract_to(source, out, workers=int(workers), scheduler=scheduler or None):
        first = first or time.monotonic()
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    memory = [resource.getrusage(who).ru_maxrss / 1024 for who in whose]
    print(time.monotonic() - began, *memory)
"""
SHARES = """
import resource, sys, time
import sayso
from sayso.analyze.groups import groups
from sayso.analyze.sources import party_shares
import sayso.corpus
began = time.monotonic()
news = sayso.open(sys.argv[1])
opened = time.monotonic()
articles = news.table("articles", ["article_id", "outlet"])
sources = news.table("sources", ["article_id", "affiliation", "n_words"])
by = [groups(sources, articles, "outlet"), sources["affiliation"]]
words = sources.groupby(by, dropna=False)["n_words"].sum()
shares = words / words.groupby(level=0).transform("sum")
done = time.monotonic()
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(len(articles), len(sources), len(shares), opened - began, done - began, memory)
"""

RUN = """
import resource, sys, time
from pathlib import Path
import nbformat
from sayso.report.execute import execute
began = time.monotonic()
made = execute(Path(sys.argv[1]), {"corpus": sys.argv[2]}, {})
used = resource.getrusage(resource.RUSAGE_CHILDREN)
minutes = [seconds / 60 for seconds in (time.monotonic() - began, used.ru_utime + used.ru_stime)]
print(*minutes, used.ru_maxrss / 1024, len(nbformat.writes(made).encode()) / 2**20)
"""


def first_articles(path: Path, number: int, target: Path) -> int:
    """Write the first articles of a file; return how many words they have."""
    open_it = gzip.open if path.suffix == ".gz" else open
    with open_it(path, "rt", encoding="utf-8") as file, target.open("w", encoding="utf-8") as out:
        lines = list(itertools.islice(file, number))
        out.writelines(lines)
    return sum(len(json.loads(line)["text"].split()) for line in lines)


def extract(
    source: Path, out: Path, workers: int, size: int = 100, scheduler: str = ""
) -> tuple[float, float, float]:
    """Return seconds, and the peak memory (MB) of the run's process and of its largest worker.

    The workers of a scheduler are no children of the run: their memory is not told (0).
    """
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "run.py")  # a worker imports what its parent runs
        script.write_text(EXTRACT, encoding="utf-8")
        words = [sys.executable, *map(str, (script, source, out, workers, size, scheduler))]
        told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return tuple(float(word) for word in told.split())


def speed(path: Path, number: int, folder: Path) -> pd.DataFrame:
    """Return words a second with one and two workers, their ratio, and what the store takes.

    The last row is that of a Dask cluster of two workers, which was there before the run.
    """
    source = folder / "speed.jsonl"
    n_words, rows = first_articles(path, number, source), []
    for workers, where in ((1, "here"), (2, "here"), (2, "dask")):
        out = folder / f"speed-{number}-{where}-{workers}"
        none = contextlib.nullcontext(("", []))
        with cluster(folder) if where == "dask" else none as (address, _):
            seconds, *used = extract(source, out, workers, max(1, number // 12), address)
        rates = [seconds, n_words / seconds, *used, store_mb(out)]
        rows.append([number, n_words, workers, where, *rates])
        print(*rows[-1], file=sys.stderr, flush=True)
    names = ["articles", "words", "workers", "where", "seconds", "words_per_second"]
    names += ["own_mb", "worker_mb"]
    table = pd.DataFrame(rows, columns=[*names, "store_mb"])
    return table.assign(ratio=table["words_per_second"] / table["words_per_second"].iloc[0])


def memory(path: Path, number: int, folder: Path) -> pd.DataFrame:
    """Return the peak memory of runs over more and more articles, with one worker and with two."""
    rows = []
    for size in [size for size in SIZES if size <= max(number, SIZES[0])]:
        source = folder / f"memory-{size}.jsonl"
        first_articles(path, size, source)
        for workers in (1, 2):
            _, *used = extract(source, folder / f"memory-{size}-{workers}", workers)
            rows.append([size, workers, *used])
    return pd.DataFrame(rows, columns=["articles", "workers", "own_mb", "worker_mb"])


def copied(stored: Stored, name: str, number: int, renamed: dict[str, str]) -> bytes:
    """Return a table of a store as that of other articles, which name other persons."""
    parts = [pq.read_table(part.path(name)) for part in stored.parts]
    table = pa.concat_tables(parts)
    for column in table.column_names:
        values = table[column]
        if column == "article_id" or column.endswith("_id") or column == "nested_in":
            values = pc.binary_join_element_wise(f"c{number}", values, "-")
        elif column in ("speaker", "source", "person", "blamer", "target"):
            values = pa.chunked_array(
                [[renamed.get(v, v) for v in values.to_pylist()]], pa.string()
            )
        elif column == "speakers":
            lists = [[renamed.get(v, v) for v in one] for one in values.to_pylist()]
            values = pa.chunked_array([lists], pa.list_(pa.string()))
        table = table.set_column(table.column_names.index(column), column, values)
    sink = pa.BufferOutputStream()
    pq.write_table(
        table.cast(schema_of(TABLES[name])), sink, compression="zstd", write_page_checksum=True
    )
    return sink.getvalue().to_pybytes()


def grow(small: Path, large: Path, n_articles: int) -> float:
    """Write a store of many articles by copying those of a small one; return the seconds of names.

    These are the seconds of the pass that finds how persons are spelled over the corpus.
    """
    stored = Stored.at(small)
    people = stored.read("sources", ["source", "kind"])
    names = sorted(set(people["source"][people["kind"] == "person"]))
    with Writer(large, stored.tables) as writer:
        for number in range(-(-n_articles // stored.count("articles"))):
            chance = random.Random(number)
            ending = "".join(chance.choice("bdfgklmnprst") + chance.choice("aeio") for _ in "123")
            renamed = {name: f"{name}{ending}" for name in names}
            made_from = digest(["copy", str(number)])
            if writer.lacking(made_from):
                made = {name: copied(stored, name, number, renamed) for name in stored.tables}
                writer.add(made_from, made)
            else:
                writer.add(made_from, {})
        began = time.monotonic()
        writer.finish()
    return time.monotonic() - began


def store(path: Path, n_articles: int, folder: Path, *, number: int = 100) -> pd.DataFrame:
    """Return how long it takes to open a large store and count shares of voice by outlet."""
    source, small, large = folder / "some.jsonl", folder / "small", folder / "large"
    first_articles(path, number, source)
    if not Path(small, "store.json").exists():
        extract(source, small, 1)
    spelling = grow(small, large, n_articles)
    words = [sys.executable, "-c", SHARES, str(large)]
    told = [subprocess.run(words, capture_output=True, text=True, check=True) for _ in range(3)]
    best = min(([float(w) for w in one.stdout.split()] for one in told), key=lambda row: row[4])
    names = ["articles", "sources", "shares", "opened_s", "shares_s", "peak_mb"]
    return pd.DataFrame(
        [[*best, spelling, store_mb(large)]], columns=[*names, "spelling_s", "store_mb"]
    )


def store_mb(folder: Path) -> float:
    """Return what the tables of a store take, in MB."""
    return sum(file.stat().st_size for file in folder.rglob("*.parquet")) / 2**20


def notebooks(store: Path, folder: Path) -> pd.DataFrame:
    """Return minutes, minutes of the processor, peak memory and size (MB) of notebooks on a store.

    Those of ``OF_A_MONTH`` run on the month with most articles.
    """
    news, month, rows = sayso.open(store), folder / "month", []
    dated = periods(news.facts).rename("month")
    ids = news.table("articles", ["article_id"])["article_id"]
    if not month.exists():
        news.only(ids[dated == dated.value_counts().sort_index().idxmax()]).save(month)
    for own, names in ((store, WHOLE), (month, OF_A_MONTH)):
        for path in (next(notebooks_path().glob(f"{name}-*.ipynb")) for name in names):
            words = [sys.executable, "-c", RUN, str(path), str(own.resolve())]
            told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
            rows.append([path.stem, len(sayso.open(own)), *map(float, told.split())])
            print(*rows[-1], file=sys.stderr, flush=True)
    names = ["notebook", "articles", "minutes", "cpu_minutes", "peak_mb", "size_mb"]
    return pd.DataFrame(rows, columns=names)


def command(asked: argparse.Namespace) -> str:
    """Return what makes the same figures: the target of all of them, or what was chosen."""
    name = short_name(asked.articles)
    if tuple(asked.only) == MEASURES:
        return f"make bench SCALE={name}"
    return f"python -m benchmarks.scale.measure {name} --only {' '.join(asked.only)}"


def main(argv: list[str] | None = None) -> int:
    """Measure what is asked for; exit with 1 where a killed run lost something."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--number", type=int, default=300, help="articles for speed and memory")
    parser.add_argument("--copies", type=int, default=90_000, help="articles of the large store")
    parser.add_argument("--kills", type=int, default=32, help="kills in all")
    parser.add_argument("--store", type=Path, help="store that notebooks run on")
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=MEASURES)
    parser.add_argument("--work", type=Path, help="folder to keep what is made")
    parser.add_argument("--save", type=Path, help="folder of results")
    asked = parser.parse_args(argv)
    tables = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.work or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        measures = {
            "speed": lambda: speed(asked.articles, asked.number, folder),
            "memory": lambda: memory(asked.articles, asked.number, folder),
            "store": lambda: store(asked.articles, asked.copies, folder),
            "kills": lambda: kills(asked.kills, folder),
            "notebooks": lambda: notebooks(asked.store or folder / "large", folder),
        }
        for name in asked.only:
            tables[name] = measures[name]()
            print(f"{name}\n{tables[name].to_string(index=False)}\n", flush=True)
    if asked.save:
        figures = {"figures": tables.pop(asked.only[0]), **tables}
        new_result("bench-scale", command(asked), [asked.articles], figures).save(asked.save)
    kept = tables.get("kills", pd.DataFrame({"same_bytes": [True], "half": [0]}))
    return int(not kept["same_bytes"].all() or kept["half"].any())


if __name__ == "__main__":
    sys.exit(main())
