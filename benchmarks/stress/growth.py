"""How the time to read a text and to extract its tables grows with its length, over many kinds.

    python -m benchmarks.stress.growth [--kinds WORD ...] [--steps NAME ...] [--most KB]

Each step (``STEPS``) is timed on each kind of :mod:`benchmarks.stress.texts` at 8 to 512 KB; of
extraction only what follows the encoder's reading, whose time is that of its windows and would
hide the rest. An exponent of 1 is time linear in length; it is taken over the last fourfold growth,
from the best of several runs by the processor's clock. A step that takes more than ``PATIENCE`` is
timed on nothing longer. Exits with 1 where an exponent is above ``MOST``.
"""

from __future__ import annotations

import argparse
import gc
import math
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial

from benchmarks.stress.texts import PAGES, PLAIN, PROSE, TABLES, made
from sayso.extract import extract
from sayso.extract.document import Document, read_document
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import encoder
from sayso.reading import build_article
from sayso.reading.build import read_raw
from sayso.reading.formats import read_file
from sayso.reading.formats.source import File, Raw
from sayso.reading.page.dateline import find_date_line, find_dateline
from sayso.reading.sentences import sentence_rows
from sayso.text.marks import paragraphs, read_marks
from sayso.text.sentences import split_sentences
from sayso.timex import find

KB = 1024
SIZES = (8, 32, 128, 512)
MOST = 1.15
PATIENCE = 4.0
# Shorter times are no measure of growth.
LEAST = 0.02
DAY = date(2019, 7, 6)


def _file(ending: str, text: str) -> None:
    list(read_file(File(f"a.{ending}", data=text.encode())))


def _dateline(text: str) -> None:
    for start, end in paragraphs(text):
        find_dateline(text, start, end)
        find_date_line(text, start, end)


def _document(text: str) -> Document:
    """Return an article that the encoder has read."""
    document = read_document(build_article(text, article_id="a"), lexicon(), encoder())
    assert document.reading  # it is made when it is first asked for
    return document


BEFORE = {"tables": _document}
"""What a step is given in place of the text; making it is not timed."""
STEPS: dict[str, Callable] = {
    "paragraphs": paragraphs,
    "marks": lambda text: read_marks(text, paragraphs(text)),
    "sentences": lambda text: split_sentences(text, paragraphs(text)),
    "timex": lambda text: find(text, published=DAY),
    "timex, day unknown": find,
    "dateline": _dateline,
    "reading": lambda text: read_raw(Raw(text), "a", "a.txt"),
    "file": partial(_file, "txt"),
    "all sentences": lambda text: sentence_rows(build_article(text, article_id="a")),
    "tables": extract,
}
KINDS = [
    *((name, parts, STEPS) for name, parts in PLAIN.items()),
    *((f"html: {name}", parts, {"page": partial(_file, "html")}) for name, parts in PAGES.items()),
    *(
        (name, parts, {"table": partial(_file, name.split(",")[0].split()[0])})
        for name, parts in TABLES.items()
    ),
]


def clocked(label: str, step: Callable, text: str, runs: int) -> float:
    """Return the processor's seconds for a step, the best of several runs."""
    best = math.inf
    for _ in range(runs):
        given = BEFORE[label](text) if label in BEFORE else text
        gc.collect()
        begun = time.process_time()
        step(given)
        best = min(best, time.process_time() - begun)
        if best > PATIENCE / 4:
            break
    return best


def measured(label: str, step: Callable, parts: tuple[str, str, str], most: int) -> list[float]:
    """Return the seconds at each of the ``SIZES`` up to ``most`` KB, fewer where it takes long."""
    seconds: list[float] = []
    for size in SIZES:
        # A step that grows with the square takes sixteen times as long on the next size.
        if size > most or (seconds and seconds[-1] > PATIENCE / 4):
            break
        seconds.append(clocked(label, step, made(parts, size * KB), 1 if size < SIZES[-2] else 3))
    return seconds


def exponent(seconds: list[float]) -> float:
    """Return the exponent over the last growth, 1 where all takes too short a time to tell."""
    if len(seconds) < 2 or seconds[-1] < LEAST:
        return 1.0
    before = max(seconds[-2], LEAST / 4)
    return math.log(seconds[-1] / before) / math.log(SIZES[1] / SIZES[0])


def main() -> None:
    """Print each step on each kind, the worst first, and exit with 1 where one is too slow."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kinds", nargs="*", default=[""], help="words in the names of kinds")
    parser.add_argument("--steps", nargs="*", help="names of steps")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest size in KB")
    given = parser.parse_args()
    for label, step in STEPS.items():  # what is loaded once is no part of the first time
        clocked(label, step, PROSE, 1)
    rows = []
    for name, parts, steps in KINDS:
        if not any(word in name for word in given.kinds):
            continue
        for label, step in steps.items():
            if given.steps and label not in given.steps:
                continue
            seconds = measured(label, step, parts, given.most)
            rows.append((exponent(seconds), label, name, seconds))
            if rows[-1][0] > MOST:
                print("too slow:", _row(*rows[-1]), file=sys.stderr, flush=True)
    rows.sort(reverse=True)
    sizes = " ".join(f"{size:>7}" for size in SIZES)
    print(f"{'step':<16} {'kind':<40} exponent  seconds at {sizes} KB")
    for row in rows:
        print(_row(*row))
    slow = [row for row in rows if row[0] > MOST]
    print(f"{len(KINDS)} kinds, {len(rows)} measured; {len(slow)} above {MOST}")
    sys.exit(bool(slow))


def _row(found: float, label: str, name: str, seconds: list[float]) -> str:
    told = " ".join(f"{second:7.3f}" for second in seconds)
    return f"{label:<16} {name:<40} {found:8.2f}             {told}"


if __name__ == "__main__":
    main()
