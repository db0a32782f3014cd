"""Fit the confidence of blame: ``python -m training.blame_confidence NEWS``.

A logistic regression on how sure the branch is of a tie and on whether the outlet, nobody or
somebody blames: how often were such ties right in articles that were read whole and that the branch
did not learn from (``data/blame_articles.jsonl``, part 'tuned')? Written to ``blame.json`` beside
the model; its digest in ``SHA256SUMS`` is written anew.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from benchmarks.blame_articles.score import Read, Told, matched, read_articles
from sklearn.linear_model import LogisticRegression

from sayso.extract.blames import log_odds
from sayso.model.encoder import blame_facts
from training.weights import write_model

NAMES = ("surety", "outlet", "nobody")
PLAIN = {"bias": 0.0, "surety": 1.0, "outlet": 0.0, "nobody": 0.0}  # confidence is the score itself
LEVELS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7)


def signs(tie: Told) -> list[float]:
    """Return what the confidence of a tie is made from, in the order of ``NAMES``."""
    return [log_odds(tie.confidence), tie.blamer == "(outlet)", tie.blamer == "(nobody)"]


def judged(articles: Sequence[Read]) -> tuple[np.ndarray, np.ndarray]:
    """Return the signs of all ties that were found, and which of them a reader has, too."""
    rows, right = [], []
    for article in articles:
        hits = {j for _, j in matched(article.first, article.found)}
        rows += [signs(tie) for tie in article.found]
        right += [number in hits for number in range(len(article.found))]
    return np.array(rows, float), np.array(right)


def report(articles: Sequence[Read], fitted: LogisticRegression, part: str) -> None:
    """Print how often ties of a level are right, and how many of a reader's they are."""
    rows, right = judged(articles)
    likely = fitted.predict_proba(rows)[:, 1]
    told = sum(len(article.first) for article in articles)
    print(f"{part}: mean confidence {likely.mean():.3f}, right {right.mean():.3f}")
    for level in LEVELS:
        above = likely >= level
        print(
            f"  from {level}: {above.sum()} ties, {right[above].mean():.3f} right, "
            f"{right[above].sum() / told:.3f} of the readers'"
        )


def write(weights: dict[str, float]) -> None:
    """Write the weights to ``blame.json``, and its digest."""
    data = (json.dumps(blame_facts() | {"confidence": weights}) + "\n").encode()
    write_model("blame.json", data)
    blame_facts.cache_clear()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("news", type=Path, help="the articles that were read whole (.jsonl.gz)")
    options = parser.parse_args()
    write(PLAIN)
    tuned, kept = (list(read_articles(options.news, part)) for part in ("tuned", "kept"))
    fitted = LogisticRegression(C=0.5).fit(*judged(tuned))
    values = (round(float(value), 3) for value in fitted.coef_[0])
    write(dict(zip(NAMES, values, strict=True)) | {"bias": round(float(fitted.intercept_[0]), 3)})
    report(tuned, fitted, "tuned (fitted to these)")
    report(kept, fitted, "kept")


if __name__ == "__main__":
    main()
