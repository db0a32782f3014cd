"""Fit how likely a tie of blame is right: ``python -m training.blame_confidence NEWS``.

``NEWS`` are the articles of ``data/blame_articles.jsonl``; ``--read`` is a folder that keeps what
the encoder made of them, so that the next run is fast. A logistic regression on the facts that
:mod:`sayso.extract.blaming.learned` tells of a tie: does a reader of the whole article have it,
too? It is fitted to the articles of the part 'learnt' that were read whole; as the branch learnt
from these, its scale and level are then fitted to the part 'tuned'. Written to ``blame.json``
beside the model, the digest to ``SHA256SUMS``; what the levels give is printed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from benchmarks.attribution.score import read_gold
from benchmarks.blame_articles.score import (
    Read,
    Told,
    annotations,
    matched,
    read_articles,
    told_in,
    whole_text,
)
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from sayso.extract.blames import Names
from sayso.extract.blaming.learned import Tie
from sayso.extract.blaming.ties import SURE, Said, once, possible_ties
from sayso.model.encoder import blame_facts
from training.naming import read
from training.weights import write_model

# Until there are others: the cue's and the target's own odds.
PLAIN = {"bias": 0.0, "cue": 0.5, "target": 0.5}
WHOLE = 0.8  # of a text's length was read
LEVELS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


@dataclass
class Judged:
    """The ties that an article may hold, and which of them a reader has, too."""

    ties: list[Tie]
    right: list[bool]


def read_whole(news: Path, part: str) -> Iterator[tuple[dict, str]]:
    """Yield what the first reader found in each article of a part that was read whole; its text."""
    rows = (row for row in annotations() if (row["part"], row["reader"]) == (part, 1))
    by_id = {row["doc"]: row for row in rows}
    for article in read_gold(news):
        if row := by_id.get(article["article_id"]):
            text = whole_text(article)
            if sum(end - start for start, end in row["read"]) >= WHOLE * len(text):
                yield row, text


def judged(row: dict, text: str, folder: Path | None) -> Judged:
    """Return the ties that an article may hold beside those of its reader."""
    document, quotes = read({"id": row["doc"], "text": text}, folder)
    said = Said(quotes)
    inside = [
        (number, tie)
        for number, (start, end) in enumerate(row["read"])
        for sentence in document.sentences
        if start <= sentence[0] < end
        for tie in once(possible_ties(document, said, sentence))
    ]
    ties = [tie for _, tie in inside]
    names = Names(document, quotes, said, [tie for tie in ties if tie.confidence >= SURE])
    found = [_named(names, number, tie) for number, tie in inside]
    return Judged(ties, _right(told_in(row), found))


def _right(told: list[Told], found: list[Told]) -> list[bool]:
    """Return which of the ties that were found a reader has, too."""
    hits = {number for _, number in matched(told, found)}
    return [number in hits for number in range(len(found))]


def _named(names: Names, sentence: int, tie: Tie) -> Told:
    blamer = names.blamer(tie)
    nobody = "(outlet)" if tie.outlet else "(nobody)"
    target = names.target(tie, blamer).name or "?"
    return Told(sentence, tie.source, blamer.name or nobody, tie.target, target, tie.stance)


def fit(learnt: list[Judged], tuned: list[Judged]) -> dict[str, float]:
    """Return a weight for each fact, and the bias."""
    names = sorted({name for one in learnt for tie in one.ties for name in tie.facts})
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=3000))
    model.fit(*_table(learnt, names))
    scale, line = model[0], model[1]
    weights = line.coef_[0] / scale.scale_
    bias = line.intercept_[0] - weights @ scale.mean_
    rows, right = _table(tuned, names)
    level = LogisticRegression(C=100).fit((rows @ weights + bias)[:, None], right)
    slope = level.coef_[0][0]
    fitted = dict(zip(names, slope * weights, strict=True))
    fitted["bias"] = slope * bias + level.intercept_[0]
    return {name: round(float(weight), 3) for name, weight in fitted.items()}


def _table(articles: list[Judged], names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    rows = [[tie.facts[name] for name in names] for one in articles for tie in one.ties]
    return np.array(rows), np.array([right for one in articles for right in one.right])


def report(part: str, articles: list[Read]) -> None:
    """Print how often ties of a level are right, and how many of a reader's they are."""
    right = np.array([hit for a in articles for hit in _right(a.first, a.found)])
    likely = np.array([tie.confidence for a in articles for tie in a.found])
    told = sum(len(article.first) for article in articles)
    print(f"{part}: mean confidence {likely.mean():.3f}, right {right.mean():.3f}")
    for level in LEVELS:
        above = likely >= level
        print(
            f"  from {level}: {above.sum()} ties, {right[above].mean():.3f} right, "
            f"{right[above].sum() / told:.3f} of the readers'"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("news", type=Path, help="the articles that were read whole (.jsonl.gz)")
    parser.add_argument("--read", type=Path)
    parser.add_argument("--number", type=int, default=800, help="of the articles of 'learnt'")
    options = parser.parse_args()
    blame_facts()["confidence"] = PLAIN  # in memory only: a run that is stopped changes no file
    learnt, tuned = (
        [judged(row, text, options.read) for row, text in islice(read_whole(options.news, part), n)]
        for part, n in (("learnt", options.number), ("tuned", None))
    )
    weights = fit(learnt, tuned)
    _write(weights)
    print(json.dumps(weights, indent=1))
    for part, articles in read_articles(options.news, ("tuned", "kept")).items():
        report(part, articles)


def _write(weights: dict[str, float]) -> None:
    """Write the weights to ``blame.json``, and its digest."""
    write_model("blame.json", (json.dumps(blame_facts() | {"confidence": weights}) + "\n").encode())
    blame_facts.cache_clear()


if __name__ == "__main__":
    main()
