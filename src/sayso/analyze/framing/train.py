"""Training: from a researcher's own labels to a codebook that shows its reasons."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pandas as pd

from sayso.analyze.framing.codebook import Codebook
from sayso.analyze.framing.features import Features
from sayso.analyze.framing.load import load_codebook
from sayso.analyze.framing.trained import Rule, TrainedCodebook, _logistic

FEWEST_ROWS = 20
STRENGTH = 3.0  # the inverse of the penalty on large coefficients
RESAMPLES = 300


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
