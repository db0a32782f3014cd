"""What both workers do: tell how they started, read articles, time themselves, tell the rest.

A worker is a process of its own. It reads one JSON object (articles, each with text and units),
and writes one: cold_start, seconds, peak_mb, predicted, failures, versions. Seconds are those of
the processor, all threads together: what else a machine has to do slows every clock but this one.
This module needs the standard library alone: it runs in two environments.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

SENTENCE = "“The dam will hold,” said the mayor on Friday."

# What a worker's reader gives back: attributions by article, and how many units it failed on.
Read = Callable[[list[dict]], tuple[list[list[dict]], int]]


def work(load: Callable[[], Read], packages: list[str]) -> None:
    """Load a system, let it read the articles, and print what it found and what it took.

    Cold start is import, loading and one short sentence, so that nothing is left to load.
    """
    begun = time.perf_counter()
    read = load()
    read([{"id": "warm", "text": SENTENCE, "units": [[0, len(SENTENCE)]]}])
    loaded = time.perf_counter()
    articles = json.load(sys.stdin)
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints goes to the error stream
    reading = time.process_time()
    predicted, failures = read(articles)
    seconds = time.process_time() - reading
    told = {
        "cold_start": loaded - begun,
        "seconds": seconds,
        "peak_mb": peak_mb(),
        "predicted": predicted,
        "failures": failures,
        "versions": {name: version(name) for name in packages},
    }
    json.dump(told, answer)
    answer.close()


def peak_mb() -> float:
    """Return the most memory this process has held, in MB.

    Linux tells it in a file; what ``getrusage`` tells there includes the process that started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1000
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
