"""Fit the probe that tells where the blame branch should look: ``python -m training.blame_gate``.

A logistic regression on the hidden states of the encoder's lower layers, in articles that were read
whole: does a piece belong to a cue? Sentences that were drawn by their words would make it blind to
others. Written to ``blame.json`` beside the model.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from sayso.model.encoder import Encoder, blame_facts, encoder
from sayso.model.pieces import build_window, cut_windows, read_pieces
from sayso.paths import MODEL_FOLDER, data_path
from sayso.text.marks import paragraphs, read_marks
from training.blame_data import read_articles, read_sentences

DIGITS = 4
WHOLE = "whole article"
TAKEN = 0.25


def read_states(model: Encoder, text: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the hidden states of an article's pieces, and where each stands."""
    paras = paragraphs(text)
    pieces = read_pieces(text, paras, read_marks(text, paras)[0])
    states = []
    for ranges in cut_windows(pieces):
        window = build_window(pieces, ranges)
        states.append(model.read_lower(window)[window.piece >= 0])
    return np.concatenate(states), pieces.start, pieces.end


def examples(path: Path, articles: dict[str, str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the states of pieces in articles read whole, and which belong to a cue.

    Of those that belong to none a share, ``TAKEN``, is taken.
    """
    model, chance = encoder(1), np.random.default_rng(0)
    states, labels = [], []
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        if row["drawn"] != WHOLE or row["doc"] not in articles:
            continue
        hidden, start, end = read_states(model, articles[row["doc"]])
        for item in read_sentences(row):
            at = item["start"]
            inside = np.flatnonzero((start >= at) & (end <= item["end"]))
            label = np.zeros(len(inside), bool)
            for first, after in (tie["cue"] for tie in item["ties"]):
                label |= (start[inside] < at + after) & (end[inside] > at + first)
            taken = label | (chance.random(len(inside)) < TAKEN)
            states.append(hidden[inside[taken]])
            labels.append(label[taken])
    return np.concatenate(states), np.concatenate(labels)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, action="append", required=True)
    options = parser.parse_args()
    path = MODEL_FOLDER / "blame.json"
    states, labels = examples(data_path("blame_articles.jsonl"), read_articles(options.articles))
    fitted = LogisticRegression(C=0.02, max_iter=300).fit(states, labels)
    weights = [round(float(w), DIGITS) for w in fitted.coef_[0]]
    bias = round(float(fitted.intercept_[0]) + math.log(TAKEN), DIGITS)
    facts = blame_facts() | {"probe": {"weights": weights, "bias": bias}}
    path.write_text(json.dumps(facts) + "\n", encoding="utf-8")
    print(f"{len(labels)} pieces, {labels.sum()} of cues -> {path}")


if __name__ == "__main__":
    main()
