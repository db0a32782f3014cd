"""Codebooks that learn: from a researcher's own labels to a model that shows its reasons.

The model is one logistic regression a frame over the words and the sentence vector of a text
(:mod:`sayso.analyze.framing.features`). How sure it must be to give a frame is tuned on rows that
it was not fitted on, and its scores are of rows that neither fitting nor tuning saw.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sayso.analyze.framing.codebook import Codebook, Coding, read_frames
from sayso.analyze.framing.features import Features
from sayso.lexicon.files import load_toml

EVIDENCE = 3  # words shown for a decision
FORMAT = 3
FILES = ("weights.npz", "codebook.json")
FACTS = ("name", "labels", "rule", "thresholds", "digest", "rows")
TABLES = ("scores", "by_frame")


def decide(probabilities: np.ndarray, rule: str, threshold: float | Sequence[float]) -> np.ndarray:
    """Return which frames each row gets, as zeros and ones.

    That is those that reach the threshold, one for all or each its own (``rule`` 'any'); where all
    texts to learn from had a label, the likeliest in any case ('some'); where none had two, the
    likeliest alone ('one').
    """
    above = probabilities >= np.asarray(threshold)
    likeliest = np.eye(above.shape[1], dtype=bool)[probabilities.argmax(axis=1)]
    return {"any": above, "some": above | likeliest, "one": likeliest}[rule].astype(int)


@dataclass(frozen=True)
class Model:
    """A logistic regression for each frame: coefficients (a row a frame) and intercepts."""

    coefficients: np.ndarray
    intercepts: np.ndarray

    def probabilities(self, matrix) -> np.ndarray:
        """Return how likely each frame is, a row for each row of features."""
        odds = matrix @ self.coefficients.T + self.intercepts
        return 1 / (1 + np.exp(-np.clip(odds, -30, 30)))


@dataclass(frozen=True)
class TrainedCodebook:
    """A codebook learnt from labelled texts, as :func:`sayso.train_codebook` returns it.

    ``scores`` compares it with trivial baselines by cross-validation (columns: model, micro_f1,
    micro_low, micro_high, macro_f1, exact_match), ``by_frame`` tells how well each frame is found
    (frame, precision, recall, f1, n_rows, n_given), ``digest`` names the data it was learnt from.
    A frame is given from its own of the ``thresholds`` on.
    """

    name: str
    labels: tuple[str, ...]
    features: Features
    model: Model
    rule: str
    thresholds: tuple[float, ...]
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

    def probabilities(self, texts: Iterable[str]) -> np.ndarray:
        """Return how likely each frame is in each text, a row a text."""
        texts = list(texts)
        return self.model.probabilities(self.features.transform(texts))

    def predict(self, texts: Iterable[str]) -> list[list[str]]:
        """Return the frames of each text."""
        given = decide(self.probabilities(texts), self.rule, self.thresholds)
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
        shares = self.features.shares(text, self.model.coefficients[self.labels.index(frame)])
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
                label: self._coding(text, label, float(probability), threshold)
                for label, probability, threshold in zip(
                    self.labels, row, self.thresholds, strict=True
                )
            }
            for text, row in zip(texts, self.probabilities(texts), strict=True)
        ]

    def _coding(self, text: str, label: str, probability: float, threshold: float) -> Coding:
        if probability < threshold:
            return Coding(probability, False)
        words = self.explain(text, label)
        words = words[words["share"] > 0]
        plain = words["word"].str.lower().isin(load_toml("function_words.toml")["words"])
        best = (words if plain.all() else words[~plain]).head(EVIDENCE).sort_values("start")
        spans = tuple(zip(best["start"].tolist(), best["end"].tolist(), strict=True))
        return Coding(probability, True, spans, tuple(best["word"].str.lower()))

    def save(self, folder: str | Path) -> Path:
        """Write the model, the digest of its data and its scores to a folder (JSON and numbers).

        Raises
        ------
        ValueError
            If something else is in the folder: only a trained codebook is replaced.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = [folder / f"unfinished-{name}" for name in FILES]
        others = set(folder.iterdir()) - {*unfinished, *(folder / name for name in FILES)}
        if others:
            raise ValueError(f"{folder.name} is no trained codebook: it holds {min(others).name}")
        names, weights = self.features.stored()
        weights["coefficients"] = self.model.coefficients.astype(np.float16)
        weights["intercepts"] = self.model.intercepts
        np.savez_compressed(unfinished[0], **weights)
        facts = {key: getattr(self, key) for key in FACTS}
        facts |= {key: getattr(self, key).to_dict("records") for key in TABLES}
        facts |= {"format": FORMAT, "features": names}
        facts["cues"] = [asdict(frame) for frame in self.features.book.frames]
        text = json.dumps(facts, ensure_ascii=False)
        unfinished[1].write_text(text, encoding="utf-8")
        for name, path in zip(FILES, unfinished, strict=True):
            os.replace(path, folder / name)
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
        if facts["format"] != FORMAT:
            raise ValueError(f"it is of format {facts['format']}; train it again")
        with np.load(folder / "weights.npz", allow_pickle=False) as stored:
            weights = dict(stored)
        book = Codebook("cues", "cues", read_frames(facts["cues"], "codebook.json"))
        features = Features.of(facts["features"], weights, book)
        facts |= {key: tuple(facts[key]) for key in ("labels", "thresholds")}
        if weights["coefficients"].shape != (len(facts["labels"]), len(features)):
            raise ValueError("weights and labels do not fit together; train it again")
        return TrainedCodebook(
            features=features,
            model=Model(weights["coefficients"].astype(float), weights["intercepts"]),
            **{key: facts[key] for key in FACTS},
            **{key: pd.DataFrame(facts[key]) for key in TABLES},
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{folder.name} is no trained codebook: {error}") from None
