"""Score found events: articles that people put to one event, such as BASIL's (Fan et al. 2019).

The file is JSONL (.gz or not), an article a line, with a column ``event_id`` or ``event``. What it
says is kept from ``corpus.events()``, which groups by date, actors and words alone.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import sayso
from benchmarks.attribution.score import read_gold
from sayso.corpus import Corpus


def run(path: Path | None = None) -> pd.DataFrame:
    """Return how well found events agree with those of a file of articles.

    Articles of which the file tells no event are read with the others, and not scored.

    Returns
    -------
    DataFrame
        One row: articles, events, found (groups of these articles), precision, recall, f1 (B-cubed:
        Bagga and Baldwin 1998, the mean over articles).

    Raises
    ------
    ValueError
        If no path is given, or no article has an event.
    """
    if path is None:
        raise ValueError("events needs a path: a JSONL file of articles with a column event_id")
    by_id = "event_id" in next(read_gold(path), {})
    columns = {"event": "event_id"} if by_id else None
    corpus = sayso.read(path, columns=columns, tables=["mentions"])
    told = corpus.articles.set_index("article_id")["event"].dropna()
    if told.empty:
        raise ValueError(f"{path.name}: no article has an event; give a column event_id or event")
    untold = {"articles": corpus.articles.assign(event=None), "mentions": corpus.mentions}
    return b_cubed(told, Corpus(untold).events().set_index("article_id")["event_id"])


def b_cubed(told: pd.Series, found: pd.Series) -> pd.DataFrame:
    """Return B-cubed of groups, both by article_id (see :func:`run`)."""
    table = pd.crosstab(told, found.reindex(told.index))
    squares = table**2
    precision = float((squares.sum() / table.sum()).sum() / len(told))
    recall = float((squares.sum(axis=1) / table.sum(axis=1)).sum() / len(told))
    f1 = 2 * precision * recall / (precision + recall)
    row = (len(told), *table.shape, round(precision, 3), round(recall, 3), round(f1, 3))
    return pd.DataFrame([row], columns=["articles", "events", "found", "precision", "recall", "f1"])
