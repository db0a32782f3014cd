"""Score the alignment of statements: on planted ones, and on articles on known events.

Planted are quotes that were put into other articles. On real events there is no truth to compare
with: what is counted is how many pairs join articles on one event and, as false alarms, on two;
:func:`draw` takes a sample of the pairs to be read.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from rapidfuzz import fuzz

from benchmarks.attribution.score import read_gold
from benchmarks.statements.planting import KINDS, Plant, plant
from sayso.corpus import Corpus, read

N_ARTICLES, N_PLANTS, SEED = 200, 300, 7
THE_SAME = 80
"""Two texts of which one is so much a part of the other (0 to 100) do say the same."""
COLUMNS = ["kind", "planted", "found", "recall", "pairs", "right", "precision"]


def run(path: Path | None = None) -> pd.DataFrame:
    """Return figures on a file of articles: on planted statements or, if it has them, on events.

    Parameters
    ----------
    path
        A JSONL file (.gz or not) of articles: ``text``, and ``id`` or ``article_id``, ``date`` or
        ``published``, ``publisher`` or ``outlet`` where they are known. sayso brings none. If
        there is an ``event_id``, nothing is planted (see :func:`count_events`).

    Returns
    -------
    DataFrame
        Columns: kind (verbatim, shortened, reattributed, reworded; all), planted, found, recall;
        pairs (found with a planted statement on one side), right, precision. A pair is right if
        it joins a statement with its source, or with a text that plainly has the same words.
    """
    if path is None:
        raise ValueError("sayso brings no articles to align: give the path of a JSONL file")
    rows = pd.DataFrame(list(read_gold(path)))
    names = {"id": "article_id", "date": "published", "publisher": "outlet"}
    rows = rows.rename(columns={old: new for old, new in names.items() if new not in rows})
    known = [name for name in ("article_id", "published", "outlet", "text") if name in rows]
    if "event_id" in rows:
        events = dict(zip(rows["article_id"], rows["event_id"], strict=True))
        return count_events(_extract(rows[known]).statements(), events)
    chosen = np.random.default_rng(SEED).permutation(len(rows))[:N_ARTICLES]
    rows = rows.iloc[np.sort(chosen)][known]
    changed, plants = plant(rows, _extract(rows).quotes, n=N_PLANTS, seed=SEED)
    corpus = _extract(changed)
    return score(corpus.statements(unsure=True), plants, corpus.articles)


def count_events(pairs: pd.DataFrame, events: dict[str, str]) -> pd.DataFrame:
    """Return how many pairs of each relation join articles on one event, and on two.

    Columns: relation, within, across, share_across.
    """
    one = pairs["article_id_a"].map(events) == pairs["article_id_b"].map(events)
    kinds = ["verbatim", "near", "paraphrase"]
    table = pd.crosstab(pairs["relation"].astype("object"), one)
    table = table.reindex(index=kinds, columns=[True, False], fill_value=0)
    table.loc["all"] = table.sum()
    table = table.set_axis(["within", "across"], axis=1).rename_axis("relation").reset_index()
    total = (table["within"] + table["across"]).clip(lower=1)
    return table.assign(share_across=(table["across"] / total).round(3))


def draw(pairs: pd.DataFrame, *, n: int = 100, seed: int = 0) -> pd.DataFrame:
    """Return a sample of pairs to be read, drawn by a seed whatever their order."""
    ordered = pairs.sort_values("pair_id", ignore_index=True)
    chosen = np.random.default_rng(seed).permutation(len(ordered))[:n]
    return ordered.iloc[np.sort(chosen)].reset_index(drop=True)


def _extract(rows: pd.DataFrame) -> Corpus:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        lines = (json.dumps(row) for row in rows.to_dict("records"))
        file.write_text("\n".join(lines), encoding="utf-8")
        return read(file)


def score(pairs: pd.DataFrame, plants: list[Plant], articles: pd.DataFrame) -> pd.DataFrame:
    """Return recall and precision of pairs for each kind of planted statement."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    sides = [_sides(row) for row in pairs.itertuples()]
    counts = {kind: np.zeros(4, int) for kind in KINDS}
    for item in plants:
        host, source = (item.host_id, *item.host), (item.source_id, *item.source)
        met = [other for pair in sides for one, other in (pair, pair[::-1]) if _overlap(one, host)]
        found = any(_overlap(other, source) for other in met)
        words = texts[item.source_id][slice(*item.source)]
        right = sum(_overlap(o, source) or _alike(words, texts[o[0]][o[1] : o[2]]) for o in met)
        counts[item.kind] += (1, found, len(met), right)
    counts["all"] = sum(counts.values())
    table = pd.DataFrame(
        [(kind, *row) for kind, row in counts.items()],
        columns=["kind", "planted", "found", "pairs", "right"],
    )
    table["recall"] = (table["found"] / table["planted"]).round(3)
    table["precision"] = (table["right"] / table["pairs"]).round(3)
    return table[COLUMNS]


def _sides(row) -> tuple[tuple[str, int, int], tuple[str, int, int]]:
    """Return the article and the extent of the shared words on both sides of a pair."""
    return tuple(
        (
            getattr(row, f"article_id_{side}"),
            getattr(row, f"spans_{side}")[0][0],
            getattr(row, f"spans_{side}")[-1][1],
        )
        for side in "ab"
    )


def _overlap(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _alike(words: str, others: str) -> bool:
    return fuzz.partial_ratio(words.casefold(), others.casefold()) >= THE_SAME
