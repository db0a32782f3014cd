"""Score publication dates inferred from texts alone, against the dates known from outside."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.attribution.score import gold_file, read_gold
from sayso.article import Published
from sayso.reading import build_article

# An ISO date is compared as far as the answer is precise.
LENGTHS = {"day": 10, "month": 7, "year": 4}


def run(path: Path | None = None) -> pd.DataFrame:
    """Return the figures for a file or folder of articles (see :func:`evaluate`)."""
    if path is None:
        raise ValueError(
            "published needs a path: an articles.jsonl.gz with text and date, or its folder"
        )
    return evaluate(read_gold(gold_file(path)))


def evaluate(articles: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Return how often a publication date is given, and how often it is right.

    Parameters
    ----------
    articles
        Each with ``id``, ``text`` and ``date`` (ISO, to the day).

    Returns
    -------
    DataFrame
        A row for all answers and one for each precision, an answer judged as far as it is precise;
        columns precision, articles, answered, answered_share (of the articles), right, right_share
        (of the answered), wrong (the ids of the others, with what was said and what is true).
    """
    told = [(a, build_article(a["text"], article_id=a["id"]).published) for a in articles]
    rows = [_row("all", list(LENGTHS), told)]
    return pd.DataFrame([*rows, *(_row(name, [name], told) for name in LENGTHS)])


def _row(name: str, precisions: list[str], told: list[tuple[dict, Published]]) -> dict[str, Any]:
    answers = [(a, p) for a, p in told if p.day is not None and p.precision in precisions]
    wrong = [(a, p) for a, p in answers if _said(p) != a["date"][: LENGTHS[p.precision]]]
    right = len(answers) - len(wrong)
    return {
        "precision": name,
        "articles": len(told),
        "answered": len(answers),
        "answered_share": _share(len(answers), len(told)),
        "right": right,
        "right_share": _share(right, len(answers)),
        "wrong": ", ".join(f"{a['id']}: {_said(p)} for {a['date']}" for a, p in wrong),
    }


def _said(published: Published) -> str:
    return published.day.isoformat()[: LENGTHS[published.precision]]


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
