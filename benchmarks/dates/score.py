"""Score time expressions against hand-made TIMEX3 annotations, as TempEval-3 does.

Spans are paired one to one within a document: equal spans first, then the largest overlap. A pair
is *relaxed* if the spans overlap, *strict* if they are equal; its *type* and its *value* are right
if they are equal. The F1 of value is the ranking figure of TempEval-3 (UzZaman et al. 2013).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from sayso.article import Published
from sayso.timex import find

TYPES = ("DATE", "TIME", "DURATION", "SET")
MEASURES = ("strict", "relaxed", "type", "value")

Timexes = list[dict[str, Any]]


def run(path: Path | None = None) -> pd.DataFrame:
    """Return the scores on a gold file (see :func:`evaluate`), the type as a column."""
    if path is None:
        raise ValueError("dates needs a path: a .jsonl or .jsonl.gz with text, dct and timexes")
    return evaluate(path).reset_index()


def evaluate(path: str | Path) -> pd.DataFrame:
    """Return how well the time expressions of a gold file are found.

    Parameters
    ----------
    path
        JSONL (or .jsonl.gz), one document a line: ``text``, ``dct`` (publication date) and
        ``timexes`` with ``start``, ``end``, ``type`` and ``value``.

    Returns
    -------
    DataFrame
        One row is a type, the first all of them: gold, predicted, and precision, recall and F1
        of each measure, in percent.
    """
    documents = list(read_documents(Path(path)))
    predicted = [predict(d["text"], d.get("dct")) for d in documents]
    return score([d["timexes"] for d in documents], predicted)


def predict(text: str, published: str | None) -> Timexes:
    """Return the time expressions of a text as a gold file has them."""
    fields = ("start", "end", "type", "value")
    found = find(text, published=as_published(published))
    return [{name: getattr(timex, name) for name in fields} for timex in found]


def as_published(value: str | None) -> Published:
    """Return a publication date from '2019-01-25' (a time is dropped), '2019-01' or '2019'."""
    value = (value or "")[:10]
    precision = {4: "year", 7: "month", 10: "day"}.get(len(value))
    if precision is None:
        return Published()
    return Published(date.fromisoformat((value + "-01-01")[:10]), precision, "metadata")


def score(gold: Iterable[Timexes], predicted: Iterable[Timexes]) -> pd.DataFrame:
    """Return the scores of documents' predictions, a row for all and for each type."""
    documents = list(zip(gold, predicted, strict=True))
    rows = []
    for name in ("all", *TYPES):
        kept = [(_clean(g, name), _clean(p, name)) for g, p in documents]
        n_gold, n_predicted = sum(len(g) for g, _ in kept), sum(len(p) for _, p in kept)
        hits = [_hits(g, p) for g, p in kept]
        row: dict[str, Any] = {"type": name, "gold": n_gold, "predicted": n_predicted}
        for measure in MEASURES:
            right = sum(h[measure] for h in hits)
            row[f"{measure}_precision"] = _percent(right, n_predicted)
            row[f"{measure}_recall"] = _percent(right, n_gold)
            row[f"{measure}_f1"] = _percent(2 * right, n_gold + n_predicted)
        rows.append(row)
    return pd.DataFrame(rows).set_index("type")


def pair(gold: Timexes, predicted: Timexes) -> list[tuple[int, int]]:
    """Return which prediction goes with which annotation.

    Equal spans come first, then the largest overlap, then the shortest together, then the first.
    """
    ranked = []
    for i, g in enumerate(gold):
        for j, p in enumerate(predicted):
            overlap = min(g["end"], p["end"]) - max(g["start"], p["start"])
            if overlap > 0:
                both = g["end"] - g["start"] + p["end"] - p["start"]
                ranked.append((_span(g) != _span(p), -overlap, both, i, j))
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    pairs = []
    for *_, i, j in sorted(ranked):
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            pairs.append((i, j))
    return pairs


def _hits(gold: Timexes, predicted: Timexes) -> dict[str, int]:
    pairs = [(gold[i], predicted[j]) for i, j in pair(gold, predicted)]
    return {
        "strict": sum(_span(g) == _span(p) for g, p in pairs),
        "relaxed": len(pairs),
        "type": sum(g["type"] == p["type"] for g, p in pairs),
        "value": sum(bool(_value(g)) and _value(g) == _value(p) for g, p in pairs),
    }


def _clean(timexes: Timexes, only: str) -> Timexes:
    """Return the expressions of a type ('all' for every one), empty and repeated spans left out."""
    kept: dict[tuple[int, int], dict[str, Any]] = {}
    for timex in timexes:
        if timex["start"] < timex["end"] and only in ("all", timex["type"]):
            kept.setdefault(_span(timex), timex)
    return list(kept.values())


def _span(timex: dict[str, Any]) -> tuple[int, int]:
    return timex["start"], timex["end"]


def _value(timex: dict[str, Any]) -> str:
    return str(timex.get("value") or "").strip().upper()


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def read_documents(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the documents of a gold file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                document = json.loads(line)
                missing = {"text", "timexes"} - document.keys()
                if missing:
                    raise ValueError(f"{path}, line {number}: lacks {', '.join(sorted(missing))}")
                yield document
