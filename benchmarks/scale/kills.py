"""Runs that are killed at any moment, and what becomes of what they made.

    python -m benchmarks.scale.kills [--number N] [--only here two dask report]

A run over the seeds, an article a part, is sent SIGKILL at a random moment: one that extracts in
one process, with two workers, or on a Dask cluster of two workers on this machine, or one that
makes a report. What then lies under a final name must be whole; and once the run is begun anew and
ends, all must be as where nobody killed anything, byte for byte.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from sayso.paths import UNFINISHED, seeds_path

EXTRACT = """
import sys
from sayso.batch import run
if __name__ == "__main__":
    source, out, workers, scheduler = sys.argv[1:]
    run.PART_SIZE = 1
    for _ in run.extract_to(source, out, workers=int(workers), scheduler=scheduler or None):
        pass
"""
REPORT = "from sayso.cli import app; app()"
NOTEBOOKS = ("01", "03")
KINDS = ("here", "two", "dask", "report")


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file in a folder with what is in it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def halves(folder: Path) -> list[str]:
    """Return the files under a final name that are not whole."""
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or UNFINISHED in str(path):
            continue
        try:
            if path.suffix == ".html":
                whole = path.read_text("utf-8").endswith("</html>\n")
            elif path.suffix == ".parquet":
                whole = bool(pq.read_metadata(path).num_columns)
            else:
                whole = path.suffix != ".xlsx" or zipfile.ZipFile(path).testzip() is None
        except Exception:
            whole = False
        found += [] if whole else [str(path.relative_to(folder))]
    return found


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen]]]:
    """Give the address of a Dask scheduler and its two workers of one thread each, all here."""
    with contextlib.ExitStack() as ends:

        def begin(what: str, told: str, *words: str) -> tuple[str, subprocess.Popen]:
            command = [sys.executable, "-m", f"distributed.cli.{what}", *words, "--no-dashboard"]
            log = folder / f"{what}-{len(list(folder.glob('*.log')))}.log"
            with log.open("w") as file:
                run = subprocess.Popen(command, stderr=file)
            ends.callback(run.wait)
            ends.callback(run.kill)
            while not (lines := [line for line in log.open() if told in line]):
                if run.poll() is not None:
                    raise OSError(f"{what} did not begin: {log.read_text()}")
                time.sleep(0.2)
            return lines[0].split()[-1], run

        here = ("--host", "127.0.0.1", "--port", "0", "--idle-timeout", "300")  # if we are killed
        address, _ = begin("dask_scheduler", "Scheduler at:", *here)
        own = ("--no-nanny", "--nthreads", "1", "--local-directory", str(folder / "dask"))
        workers = [begin("dask_worker", "Registered to", address, *own)[1] for _ in range(2)]
        yield address, workers


def commands(kind: str, folder: Path, address: str) -> Callable[[Path], list[str]]:
    """Return what makes the command of a kind of run for a folder to write to."""
    script = folder / "run.py"  # a worker imports what its parent runs
    script.write_text(EXTRACT, encoding="utf-8")
    seeds = str(seeds_path())
    if kind == "report":
        chosen = [word for name in NOTEBOOKS for word in ("--notebook", name)]
        start = [sys.executable, "-c", REPORT, "report", seeds, *chosen, "--out"]
        return lambda out: [*start, str(out)]
    workers = "2" if kind == "two" else "1"
    return lambda out: [sys.executable, str(script), seeds, str(out), workers, address]


def kills(number: int, folder: Path, kinds: tuple[str, ...] = KINDS) -> pd.DataFrame:
    """Kill ``number`` runs in all, of each kind in turn; tell what became of them.

    Returns
    -------
    DataFrame
        One row a kill: its kind, ``at_s``, what it ``ended_with`` (0: it was done before), the
        ``files`` there were, how many of them ``half`` though under a final name, whether the same
        bytes are there in the end (``same_bytes``).
    """
    rows = []
    for place, kind in enumerate(kinds):
        own = folder / kind
        own.mkdir()
        none = contextlib.nullcontext(("", []))
        with cluster(own) if kind == "dask" else none as (address, _):
            words = commands(kind, own, address)
            began = time.monotonic()
            subprocess.run(words(own / "whole"), check=True, capture_output=True)
            seconds, whole = time.monotonic() - began, tree(own / "whole")
            for at in moments(len(range(place, number, len(kinds))), seconds * 1.1, place):
                out = own / "killed" / f"{at:.3f}" / "whole"  # the name of a folder is in no file
                out.parent.mkdir(parents=True)
                row = [kind, at, *killed(words(out), at, out)]
                subprocess.run(words(out), check=True, capture_output=True)
                made = tree(out)
                rows.append([*row, made == whole])
                other = (name for name in made | whole if made.get(name) != whole.get(name))
                print(*rows[-1], *sorted(other)[:3], file=sys.stderr, flush=True)
    names = ["kind", "at_s", "ended_with", "files", "half", "same_bytes"]
    return pd.DataFrame(rows, columns=names)


def killed(words: list[str], at: float, out: Path) -> tuple[int, int, int]:
    """Kill a run after ``at`` seconds; return its status, its files, and how many are half."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(words, **quiet) as run:
        try:
            run.wait(at)
        except subprocess.TimeoutExpired:
            pass
        finally:  # when we are ended, too
            run.kill()
    return run.returncode, len(tree(out)), len(halves(out))


def moments(number: int, most: float, seed: int) -> Iterator[float]:
    """Return random moments, the same every time as shares of ``most`` seconds."""
    chance = random.Random(seed)
    return (chance.uniform(0, most) for _ in range(number))


def main(argv: list[str] | None = None) -> int:
    """Kill runs and tell what became of them; return 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--number", type=int, default=32, help="kills in all")
    parser.add_argument("--only", nargs="+", choices=KINDS, default=KINDS)
    asked = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # ends the cluster on the way out
    with tempfile.TemporaryDirectory() as folder:
        table = kills(asked.number, Path(folder), tuple(asked.only))
    print(table.to_string(index=False))
    return int(not table["same_bytes"].all() or table["half"].any())


if __name__ == "__main__":
    sys.exit(main())
