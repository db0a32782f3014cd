"""Codebooks that learn: from a researcher's own labels to a model that shows its reasons.

The model is one logistic regression a frame over the words and the sentence vector of a text
(:mod:`sayso.analyze.framing.features`). How sure it must be to give a frame is tuned on rows that
it was not fitted on, and its scores are of rows that neither fitting nor tuning saw.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sayso.analyze.framing.codebook import Codebook, Coding, read_frames
from sayso.analyze.framing.features import Features

EVIDENCE = 3  # words shown for a decision
FORMAT = 1
WEIGHTS = ("coefficients", "intercepts", "idf", "spread")

Predict = Callable[[list[str], np.ndarray, list[str]], np.ndarray]


@dataclass(frozen=True)
class Rule:
    """How probabilities become frames: those above their threshold, and the top one in any case.

    ``most`` is 1 where every row has exactly one label: then the top one is all.
    """

    thresholds: tuple[float, ...]
    least: int
    most: int | None

    def decide(self, probabilities: np.ndarray) -> np.ndarray:
        """Return which frames each row gets, as zeros and ones."""
        top = np.zeros(probabilities.shape, int)
        if self.least and len(top):
            relative = probabilities if self.most else probabilities / np.array(self.thresholds)
            top[np.arange(len(top)), relative.argmax(axis=1)] = 1
        if self.most == 1:
            return top
        return np.maximum(top, (probabilities >= np.array(self.thresholds)).astype(int))


@dataclass(frozen=True)
class TrainedCodebook:
    """A codebook learnt from labelled texts, as :func:`train_codebook` returns it.

    ``scores`` compares it with trivial baselines by cross-validation, ``by_frame`` tells how well
    each frame is found, ``digest`` names the data it was learnt from.
    """

    name: str
    labels: tuple[str, ...]
    features: Features
    coefficients: np.ndarray
    intercepts: np.ndarray
    rule: Rule
    scores: pd.DataFrame
    by_frame: pd.DataFrame
    digest: str
    rows: int

    def __repr__(self) -> str:
        own = self.scores.iloc[0]
        return (
            f"TrainedCodebook('{self.name}', {len(self.labels)} frames from {self.rows} rows, "
            f"micro-F1 {own.micro_f1:.2f}, macro-F1 {own.macro_f1:.2f})"
        )

    @property
    def thresholds(self) -> tuple[float, ...]:
        """The score from which each frame is present."""
        return self.rule.thresholds

    def probabilities(self, texts: Iterable[str]) -> np.ndarray:
        """Return how likely each frame is in each text, a row a text."""
        matrix = self.features.transform(list(texts))
        return _logistic(matrix @ self.coefficients.T + self.intercepts)

    def predict(self, texts: Iterable[str]) -> list[list[str]]:
        """Return the frames of each text."""
        texts = list(texts)
        given = self.rule.decide(self.probabilities(texts))
        return [[name for name, yes in zip(self.labels, row, strict=True) if yes] for row in given]

    def explain(self, text: str, frame: str) -> pd.DataFrame:
        """Return what each word adds to a decision, strongest first.

        Returns
        -------
        DataFrame
            Columns: word, share (above 0 speaks for the frame), start, end.
        """
        if frame not in self.labels:
            raise ValueError(f"no frame '{frame}': choose {', '.join(self.labels)}")
        shares = self.features.shares(text, self.coefficients[self.labels.index(frame)])
        rows = [(text[start:end], share, start, end) for share, start, end in shares]
        table = pd.DataFrame(rows, columns=["word", "share", "start", "end"])
        return table.sort_values(["share", "start"], ascending=[False, True], ignore_index=True)

    def code(self, texts: Iterable[str]) -> list[dict[str, Coding]]:
        """Return each text's codings by frame; the evidence is the words that spoke most for it.

        Unlike :meth:`predict`, no frame is given for being the likeliest: most sentences have none.
        """
        # Another voice's words come as bars (see sayso.analyze.framing.code).
        texts = [text.replace("|", " ") for text in texts]
        return [
            {
                label: self._coding(text, number, float(probability))
                for number, (label, probability) in enumerate(zip(self.labels, row, strict=True))
            }
            for text, row in zip(texts, self.probabilities(texts), strict=True)
        ]

    def _coding(self, text: str, number: int, probability: float) -> Coding:
        if probability < self.thresholds[number]:
            return Coding(probability)
        shares = self.features.shares(text, self.coefficients[number])
        best = sorted((-share, start, end) for share, start, end in shares if share > 0)[:EVIDENCE]
        spans = tuple(sorted((start, end) for _, start, end in best))
        return Coding(probability, spans, tuple(text[start:end].lower() for start, end in spans))

    def save(self, folder: str | Path) -> Path:
        """Write the model, the digest of its data and its scores to a folder (JSON and numbers)."""
        folder = Path(folder)
        unfinished = folder.with_name(folder.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        np.savez_compressed(
            unfinished / "weights.npz",
            coefficients=self.coefficients.astype(np.float32),
            intercepts=self.intercepts,
            idf=self.features.idf,
            spread=self.features.spread,
        )
        facts = {
            "format": FORMAT,
            "name": self.name,
            "labels": self.labels,
            "rule": [self.rule.thresholds, self.rule.least, self.rule.most],
            "digest": self.digest,
            "rows": self.rows,
            "letters": self.features.letters,
            "cues": [asdict(frame) for frame in self.features.book.frames],
            "scores": self.scores.to_dict("records"),
            "by_frame": self.by_frame.to_dict("records"),
            "features": self.features.names,
        }
        text = json.dumps(facts, ensure_ascii=False, indent=1)
        (unfinished / "codebook.json").write_text(text, encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(unfinished, folder)
        return folder


def load_trained(folder: str | Path) -> TrainedCodebook:
    """Read a trained codebook back. Nothing in the folder is run as code, so it can be shared.

    Raises
    ------
    ValueError
        If the folder holds no codebook, or its parts do not fit together.
    """
    folder = Path(folder)
    try:
        facts = json.loads((folder / "codebook.json").read_text(encoding="utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as stored:
            weights = {name: stored[name] for name in WEIGHTS}
        if facts["format"] != FORMAT:
            raise ValueError(f"it is of format {facts['format']}; train it again")
        thresholds, least, most = facts["rule"]
        book = Codebook("cues", "cues", read_frames(facts["cues"], "codebook.json"))
        names, spread = tuple(facts["features"]), weights["spread"]
        features = Features(names, weights["idf"], facts["letters"], book, spread)
        labels = tuple(facts["labels"])
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{folder.name} is no trained codebook: {error}") from None
    shape = (len(labels), len(features))
    if weights["coefficients"].shape != shape or len(thresholds) != len(labels):
        raise ValueError(f"{folder.name}: weights and labels do not fit together; train it again")
    return TrainedCodebook(
        name=facts["name"],
        labels=labels,
        features=features,
        coefficients=weights["coefficients"],
        intercepts=weights["intercepts"],
        rule=Rule(tuple(thresholds), least, most),
        scores=pd.DataFrame(facts["scores"]),
        by_frame=pd.DataFrame(facts["by_frame"]),
        digest=facts["digest"],
        rows=facts["rows"],
    )


def _logistic(values: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))
