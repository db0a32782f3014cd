"""Codebooks that learn: from a researcher's own labels to a model that shows its reasons.

The model is one logistic regression a frame over the words and the sentence vector of a text
(:mod:`sayso.analyze.framing.features`). How sure it must be to give a frame is tuned on rows that
it was not fitted on, and its scores are of rows that neither fitting nor tuning saw.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sayso.analyze.framing.codebook import Codebook, Coding, load_codebook, read_frames
from sayso.analyze.framing.features import Features

FEWEST_ROWS = 20
STRENGTH = 3.0  # the inverse of the penalty on large coefficients
RESAMPLES = 300
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
            "cues": [frame.entry() for frame in self.features.book.frames],
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


def train_codebook(
    labelled: str | Path | pd.DataFrame,
    folder: str | Path | None = None,
    *,
    text: str = "text",
    labels: str = "labels",
    codebook: str | Path = "generic",
    folds: int = 5,
    seed: int = 0,
    quiet: bool = False,
) -> TrainedCodebook:
    """Learn a codebook from labelled texts.

    Parameters
    ----------
    labelled
        A table or its file (.csv, .tsv, .jsonl), one text a row; 50 to 1,000 rows are a good start.
    folder
        Where to keep the codebook; ``corpus.framing(codebook=folder)`` uses it.
    text, labels
        The columns. A cell of labels holds one, several with ';' between, or none.
    codebook
        A codebook whose cues the model sees beside the words; its frames may be others.
    folds
        Parts of the cross-validation. Equal texts stay in one part.
    seed
        Of the parts and the resamples.
    quiet
        Do not print the scores.

    Returns
    -------
    TrainedCodebook

    Raises
    ------
    ValueError
        If a column is missing, a text is empty (named by its row), or there is too little to learn
        from.
    """
    texts, names, gold = _read_labelled(labelled, text, labels)
    book = load_codebook(codebook)
    if not isinstance(book, Codebook):
        raise ValueError(f"codebook '{codebook}' is a trained one: give one with cues")
    parts = _parts(texts, folds, seed)
    probabilities, tuned = np.zeros(gold.shape), np.zeros(gold.shape, int)
    for part in range(folds):
        fit, held = np.flatnonzero(parts != part), np.flatnonzero(parts == part)
        rows = [texts[i] for i in fit]
        rule, model = _learn(rows, gold[fit], book, folds, seed + 1 + part)
        probabilities[held] = _predict(model, [texts[i] for i in held])
        tuned[held] = rule.decide(probabilities[held])
    rule, model = _learn(texts, gold, book, folds, seed)
    name = Path(labelled).stem if isinstance(labelled, (str, Path)) else "trained"
    trained = TrainedCodebook(
        name=Path(folder).name if folder else name,
        labels=names,
        features=model[0],
        coefficients=model[1],
        intercepts=model[2],
        rule=rule,
        scores=_compare(gold, tuned, parts, seed),
        by_frame=_by_frame(names, gold, tuned),
        digest=_digest(texts, names, gold),
        rows=len(texts),
    )
    if not quiet:
        print(f"{len(texts)} rows, {len(names)} frames, {folds}-fold cross-validation")
        print(trained.scores.round(3).to_string(index=False))
    if folder:
        trained.save(folder)
    return trained


def f1_scores(gold: np.ndarray, given: np.ndarray) -> tuple[float, float, np.ndarray]:
    """Return micro-F1, macro-F1 and the F1 of each label, of matrices of zeros and ones."""
    right = (gold * given).sum(axis=0)
    both = gold.sum(axis=0) + given.sum(axis=0)
    each = 2 * right / np.maximum(both, 1)
    return float(2 * right.sum() / max(both.sum(), 1)), float(each.mean()), each


def _read_labelled(
    labelled: str | Path | pd.DataFrame, text: str, labels: str
) -> tuple[list[str], tuple[str, ...], np.ndarray]:
    where = "the table" if isinstance(labelled, pd.DataFrame) else Path(labelled).name
    table = labelled if isinstance(labelled, pd.DataFrame) else _read_table(Path(labelled))
    for column in (text, labels):
        if column not in table:
            there = ", ".join(map(str, table.columns))
            raise ValueError(f"{where} has no column '{column}'; it has {there}")
    texts = ["" if pd.isna(value) else str(value) for value in table[text]]
    for number, value in enumerate(texts, 1):
        if not value.strip():
            raise ValueError(f"{where}, row {number}: the text is empty")
    sets = [_split_labels(value) for value in table[labels]]
    names = tuple(sorted(set().union(*sets))) if sets else ()
    gold = np.array([[name in given for name in names] for given in sets], int)
    if len(texts) < FEWEST_ROWS:
        raise ValueError(f"{where} has {len(texts)} rows; label at least {FEWEST_ROWS}")
    for name, count in zip(names, gold.sum(axis=0), strict=True):
        if count in (1, len(texts)):
            often = "one row only" if count == 1 else "every row"
            raise ValueError(f"{where}: {often} has the label '{name}'; there is nothing to learn")
    if not names:
        raise ValueError(f"{where}: no row has a label in column '{labels}'")
    return texts, names, gold


def _read_table(path: Path) -> pd.DataFrame:
    if path.suffix in (".jsonl", ".ndjson"):
        return pd.read_json(path, lines=True, dtype=False)
    if path.suffix in (".csv", ".tsv"):
        return pd.read_csv(path, sep="\t" if path.suffix == ".tsv" else ",", dtype=str)
    raise ValueError(f"{path.name}: labelled texts are read from .csv, .tsv or .jsonl")


def _split_labels(value) -> set[str]:
    if isinstance(value, (list, tuple, np.ndarray)):
        return {str(label).strip() for label in value if str(label).strip()}
    return set() if pd.isna(value) else {p.strip() for p in str(value).split(";") if p.strip()}


def _parts(texts: list[str], folds: int, seed: int) -> np.ndarray:
    """Return the part of each row: even sizes, equal texts together."""
    numbers: dict[str, int] = {}
    groups = np.array(
        [numbers.setdefault(" ".join(t.lower().split()), len(numbers)) for t in texts]
    )
    order = np.random.default_rng(seed).permutation(len(numbers))
    return (np.argsort(order) % folds)[groups]


Model = tuple[Features, np.ndarray, np.ndarray]


def _fit(texts: list[str], gold: np.ndarray, book: Codebook) -> Model:
    """Return one logistic regression a frame; rare frames weigh as much as their absence."""
    from sklearn.linear_model import LogisticRegression

    features = Features.fit(texts, book)
    matrix = features.transform(texts)
    coefficients = np.zeros((gold.shape[1], len(features)))
    intercepts = np.full(gold.shape[1], -20.0)  # for a frame that no row of a part has
    for number in range(gold.shape[1]):
        column = gold[:, number]
        if column.min() == column.max():
            intercepts[number] = 20.0 if column.max() else -20.0
            continue
        regression = LogisticRegression(
            C=STRENGTH, class_weight="balanced", solver="liblinear", random_state=0
        ).fit(matrix, column)
        coefficients[number], intercepts[number] = regression.coef_[0], regression.intercept_[0]
    return features, coefficients, intercepts


def _predict(model: Model, texts: list[str]) -> np.ndarray:
    features, coefficients, intercepts = model
    return _logistic(features.transform(texts) @ coefficients.T + intercepts)


def _logistic(values: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))


def _learn(
    texts: list[str], gold: np.ndarray, book: Codebook, folds: int, seed: int
) -> tuple[Rule, Model]:
    """Return the rule, tuned on rows the model had not seen, and the model on all rows."""
    parts = _parts(texts, folds, seed)
    seen = np.zeros(gold.shape)
    for part in range(folds):
        fit, held = np.flatnonzero(parts != part), np.flatnonzero(parts == part)
        model = _fit([texts[i] for i in fit], gold[fit], book)
        seen[held] = _predict(model, [texts[i] for i in held])
    return _choose_rule(seen, gold, parts), _fit(texts, gold, book)


def _choose_rule(probabilities: np.ndarray, gold: np.ndarray, parts: np.ndarray) -> Rule:
    """Return the best of the rules: half for all frames, or thresholds tuned frame by frame."""
    counts = gold.sum(axis=1)
    least = int(counts.min() >= 1)
    if least and counts.max() == 1:
        return Rule((0.5,) * gold.shape[1], 1, 1)
    half = Rule((0.5,) * gold.shape[1], least, None)
    tuned = np.zeros(gold.shape, int)
    for part in np.unique(parts):
        rows = parts != part
        rule = Rule(_tune(probabilities[rows], gold[rows]), least, None)
        tuned[~rows] = rule.decide(probabilities[~rows])
    if sum(f1_scores(gold, half.decide(probabilities))[:2]) >= sum(f1_scores(gold, tuned)[:2]):
        return half
    return Rule(_tune(probabilities, gold), least, None)


def _tune(probabilities: np.ndarray, gold: np.ndarray) -> tuple[float, ...]:
    """Return the threshold of each frame with the best F1: the median over resampled rows."""
    draws = np.random.default_rng(0).integers(0, len(gold), (25, len(gold)))
    thresholds = []
    for column, truth in zip(probabilities.T, gold.T, strict=True):
        best = [_best_threshold(column[rows], truth[rows]) for rows in draws]
        thresholds.append(float(np.clip(np.median(best), 0.02, 0.98)))
    return tuple(thresholds)


def _best_threshold(scores: np.ndarray, truth: np.ndarray) -> float:
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order]
    right = np.cumsum(truth[order])
    f1 = 2 * right / (np.arange(1, len(truth) + 1) + max(int(truth.sum()), 1))
    f1[:-1][ranked[:-1] == ranked[1:]] = -1  # a threshold cannot part equal scores
    at = int(f1.argmax())
    return float((ranked[at] + (ranked[at + 1] if at + 1 < len(ranked) else 0)) / 2)


def _compare(gold: np.ndarray, given: np.ndarray, parts: np.ndarray, seed: int) -> pd.DataFrame:
    """Return the scores of the codebook and of two baselines that never read a word."""
    majority = np.zeros(gold.shape, int)
    for part in np.unique(parts):
        majority[parts == part, gold[parts != part].sum(axis=0).argmax()] = 1
    draws = np.random.default_rng(seed).integers(0, len(gold), (RESAMPLES, len(gold)))
    rows = []
    for model, labels in (
        ("this codebook", given),
        ("majority label", majority),
        ("every label", np.ones(gold.shape, int)),
    ):
        micro, macro, _ = f1_scores(gold, labels)
        low, high = np.quantile([f1_scores(gold[d], labels[d])[0] for d in draws], [0.025, 0.975])
        exact = float((gold == labels).all(axis=1).mean())
        rows.append((model, micro, float(low), float(high), macro, exact))
    names = ["model", "micro_f1", "micro_low", "micro_high", "macro_f1", "exact_match"]
    return pd.DataFrame(rows, columns=names)


def _by_frame(names: tuple[str, ...], gold: np.ndarray, given: np.ndarray) -> pd.DataFrame:
    right, labelled, found = (gold * given).sum(axis=0), gold.sum(axis=0), given.sum(axis=0)
    return pd.DataFrame(
        {
            "frame": names,
            "n_rows": labelled,
            "n_given": found,
            "precision": right / np.maximum(found, 1),
            "recall": right / np.maximum(labelled, 1),
            "f1": f1_scores(gold, given)[2],
        }
    )


def _digest(texts: list[str], names: tuple[str, ...], gold: np.ndarray) -> str:
    rows = [
        [text, [n for n, yes in zip(names, row, strict=True) if yes]]
        for text, row in zip(texts, gold, strict=True)
    ]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
