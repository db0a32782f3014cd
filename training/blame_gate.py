"""Fit the probe that tells where the blame branch should look: ``python -m training.blame_gate``.

A logistic regression on the hidden states of the encoder's lower layers, in their articles: does a
piece belong to a cue? Written to ``blame.json`` beside the model.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from sayso.model.encoder import Encoder, encoder
from sayso.model.pieces import build_window, cut_windows, read_pieces
from sayso.paths import MODEL_FOLDER
from sayso.text.marks import paragraphs, read_marks
from training.blame_data import read_articles, read_sentences

DIGITS = 4


def read_states(model: Encoder, text: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the hidden states of an article's pieces, and where each stands."""
    paras = paragraphs(text)
    pieces = read_pieces(text, paras, read_marks(text, paras)[0])
    states = []
    for ranges in cut_windows(pieces):
        window = build_window(pieces, ranges)
        states.append(model.read_lower(window)[window.piece >= 0])
    return np.concatenate(states), pieces.start, pieces.end


def examples(paths: list[Path], articles: dict[str, str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the states of all pieces in annotated sentences, and which belong to a cue."""
    model = encoder(1)
    by_article = defaultdict(list)
    for path in paths:
        for item in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            by_article[item["doc"]] += read_sentences(item) if "read" in item else [item]
    states, labels = [], []
    for name in sorted(set(by_article) & set(articles)):
        hidden, start, end = read_states(model, articles[name])
        for item in by_article[name]:
            at = item["start"]
            inside = np.flatnonzero((start >= at) & (end <= item["end"]))
            label = np.zeros(len(inside), bool)
            for first, after in (tie["cue"] for tie in item["ties"]):
                label |= (start[inside] < at + after) & (end[inside] > at + first)
            states.append(hidden[inside])
            labels.append(label)
    return np.concatenate(states), np.concatenate(labels)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, action="append", required=True, help="annotations")
    parser.add_argument("--articles", type=Path, action="append", required=True)
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER / "blame.json")
    options = parser.parse_args()
    articles = read_articles(options.articles)
    states, labels = examples(options.data, articles)
    fitted = LogisticRegression(C=0.02, max_iter=300).fit(states, labels)
    weights = [round(float(w), DIGITS) for w in fitted.coef_[0]]
    probe = {"weights": weights, "bias": round(float(fitted.intercept_[0]), DIGITS)}
    options.out.write_text(json.dumps({"probe": probe}) + "\n", encoding="utf-8")
    print(f"{len(labels)} pieces, {labels.sum()} of cues -> {options.out}")


if __name__ == "__main__":
    main()
