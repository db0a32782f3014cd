"""Training: from a researcher's own labels to a codebook that shows its reasons."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from sayso.analyze.framing.codebook import Codebook
from sayso.analyze.framing.features import Features
from sayso.analyze.framing.load import load_codebook
from sayso.analyze.framing.trained import Model, TrainedCodebook, decide
from sayso.analyze.intervals import bootstrap_ratio

FEWEST_ROWS = 20
STRENGTH = 3.0  # the inverse of the penalty on large coefficients
WORTH = 0.02  # what another threshold than a half must gain, micro- and macro-F1 together
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)


def train_codebook(
    labelled: str | Path | pd.DataFrame,
    folder: str | Path | None = None,
    *,
    codebook: str | Path | Codebook = "generic-cues",
    folds: int = 5,
    precision: float | None = None,
) -> TrainedCodebook:
    """Return a codebook learnt from labelled texts; its ``scores`` are by cross-validation.

    ``labelled`` is a table or its file (.csv, .tsv, .jsonl), one text a row, with columns text and
    labels (one, several with ';' between, or none); 50 to 1,000 rows are a good start. ``folder``
    keeps the codebook: ``corpus.framing(folder)`` uses it. The cues of ``codebook`` are seen beside
    the words; its frames may be others. ``folds`` is the number of parts of the cross-validation;
    equal texts stay in one part; if there is a column ``article_id``, those of one article.
    With ``precision`` (.8, say) each frame gets the lowest threshold from which that share of what
    is given was right on rows not learnt from; a frame that never gets there is not given at all.

    Raises
    ------
    ValueError
        If a column is missing, a text is empty (named by its row), or there is too little to learn
        from.
    """
    texts, together, names, gold = _read_labelled(labelled)
    learn = partial(_learn, book=_cues_of(codebook), folds=folds, precision=precision)
    given, majority = _cross_validate(learn, texts, gold, together, folds)
    name = Path(labelled).stem if isinstance(labelled, (str, Path)) else "trained"
    trained = TrainedCodebook(
        Path(folder).name if folder else name,
        names,
        *learn(texts, gold, together),
        scores=_compare(gold, {"this codebook": given, "majority label": majority}),
        by_frame=_by_frame(names, gold, given),
        digest=hashlib.sha256(json.dumps([texts, names, gold.tolist()]).encode()).hexdigest(),
        rows=len(texts),
    )
    if folder:
        trained.save(folder)
    return trained


def _cues_of(codebook: str | Path | Codebook) -> Codebook:
    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    if not isinstance(book, Codebook):
        raise ValueError(f"codebook '{codebook}' is a trained one: give one with cues")
    return book


def _cross_validate(
    learn: Callable, texts: list[str], gold: np.ndarray, together: list[str], folds: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return what each row is given by a model that has not seen it, and the majority label."""
    given, majority = np.zeros(gold.shape, int), np.zeros(gold.shape, int)
    for fit, held in _splits(together, folds):
        features, model, *rule = learn(
            [texts[i] for i in fit], gold[fit], [together[i] for i in fit]
        )
        matrix = features.transform([texts[i] for i in held])
        given[held] = decide(model.probabilities(matrix), *rule)
        majority[held, gold[fit].sum(axis=0).argmax()] = 1
    return given, majority


def f1_scores(gold: np.ndarray, given: np.ndarray) -> tuple[float, float]:
    """Return micro-F1 and macro-F1 of matrices of zeros and ones, a column a label."""
    right, both = (gold * given).sum(axis=0), (gold + given).sum(axis=0)
    each = 2 * right / np.maximum(both, 1)
    return float(2 * right.sum() / max(both.sum(), 1)), float(each.mean())


def _read_labelled(
    labelled: str | Path | pd.DataFrame,
) -> tuple[list[str], list[str], tuple[str, ...], np.ndarray]:
    """Return the texts, what holds rows together, the labels' names, and who has which.

    That is zeros and ones, a row a text. Rows of one article, or of equal texts, hang together.
    """
    where = "the table" if isinstance(labelled, pd.DataFrame) else Path(labelled).name
    table = labelled if isinstance(labelled, pd.DataFrame) else _read_table(Path(labelled))
    for column in ("text", "labels"):
        if column not in table:
            there = ", ".join(map(str, table.columns))
            raise ValueError(f"{where} has no column '{column}'; it has {there}")
    texts = ["" if pd.isna(value) else str(value) for value in table["text"]]
    for number, value in enumerate(texts, 1):
        if not value.strip():
            raise ValueError(f"{where}, row {number}: the text is empty")
    sets = [_split_labels(value) for value in table["labels"]]
    names = tuple(sorted(set().union(*sets)))
    gold = np.array([[name in given for name in names] for given in sets], int)
    if len(texts) < FEWEST_ROWS:
        raise ValueError(f"{where} has {len(texts)} rows; label at least {FEWEST_ROWS}")
    if not names:
        raise ValueError(f"{where}: no row has a label in column 'labels'")
    for name, count in zip(names, gold.sum(axis=0), strict=True):
        if count in (1, len(texts)):
            often = "one row only" if count == 1 else "every row"
            raise ValueError(f"{where}: {often} has the label '{name}'; there is nothing to learn")
    same = [" ".join(text.lower().split()) for text in texts]
    together = list(table["article_id"].astype(str)) if "article_id" in table else same
    return texts, together, names, gold


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


def _splits(together: list[str], folds: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the rows to fit and those held out, for each part; what is alike is held together."""
    from sklearn.model_selection import GroupKFold

    parts = GroupKFold(folds, shuffle=True, random_state=0)
    return list(parts.split(together, groups=together))


def _learn(
    texts: list[str],
    gold: np.ndarray,
    together: list[str],
    *,
    book: Codebook,
    folds: int,
    precision: float | None,
) -> tuple[Features, Model, str, tuple[float, ...]]:
    """Return what a codebook consists of; its thresholds are tuned on rows it had not seen."""
    counts = gold.sum(axis=1)
    rule = "any" if precision or not counts.all() else "one" if counts.max() == 1 else "some"
    seen = np.zeros(gold.shape)
    for fit, held in _splits(together, folds) if rule != "one" else ():
        features = Features.fit([texts[i] for i in fit], book)
        model = _fit(features.transform([texts[i] for i in fit]), gold[fit])
        seen[held] = model.probabilities(features.transform([texts[i] for i in held]))
    if precision:
        columns = zip(gold.T, seen.T, strict=True)
        thresholds = tuple(_right_from(*column, precision) for column in columns)
    else:
        thresholds = (_best_for_all(gold, seen, rule),) * gold.shape[1]
    features = Features.fit(texts, book)
    matrix = features.transform(texts)
    return features, _fit(matrix, gold), rule, thresholds


def _best_for_all(gold: np.ndarray, seen: np.ndarray, rule: str) -> float:
    """Return the threshold of the highest F1; a half, unless another is clearly better."""
    reached = {t: sum(f1_scores(gold, decide(seen, rule, t))) for t in THRESHOLDS}
    best = max(reached, key=lambda t: (reached[t], -abs(t - 0.5)))
    return best if reached[best] >= reached[0.5] + WORTH else 0.5


def _right_from(gold: np.ndarray, seen: np.ndarray, precision: float) -> float:
    """Return the lowest threshold from which what is given is right at this rate, 1 if none is.

    One more is counted as wrong, so that a few lucky rows do not settle it.
    """
    order = np.argsort(-seen, kind="stable")
    right = np.cumsum(gold[order]) / np.arange(2, len(order) + 2)
    enough = np.flatnonzero(right >= precision)
    return round(float(seen[order][enough[-1]]), 4) if len(enough) else 1.0


def _fit(matrix, gold: np.ndarray) -> Model:
    """Return one logistic regression a frame; rare frames weigh as much as their absence."""
    from sklearn.linear_model import LogisticRegression

    coefficients = np.zeros((gold.shape[1], matrix.shape[1]))
    intercepts = np.where(gold.all(axis=0), 20.0, -20.0)  # for a frame that all rows or none have
    for number in np.flatnonzero(gold.any(axis=0) & ~gold.all(axis=0)):
        regression = LogisticRegression(
            C=STRENGTH, class_weight="balanced", solver="liblinear", random_state=0
        ).fit(matrix, gold[:, number])
        coefficients[number], intercepts[number] = regression.coef_[0], regression.intercept_[0]
    # As exact as they are stored, so that a codebook that is read back decides as it did.
    return Model(coefficients.astype(np.float16).astype(float), intercepts)


def _compare(gold: np.ndarray, given: dict[str, np.ndarray]) -> pd.DataFrame:
    """Return the scores of predictions and of giving every label, with intervals over rows."""
    rows = []
    for model, labels in {**given, "every label": np.ones_like(gold)}.items():
        right, both = 2 * (gold * labels).sum(axis=1), (gold + labels).sum(axis=1)
        interval = bootstrap_ratio(right, both)
        exact = float((gold == labels).all(axis=1).mean())
        micro, macro = f1_scores(gold, labels)
        rows.append((model, micro, *interval, macro, exact))
    names = ["model", "micro_f1", "micro_low", "micro_high", "macro_f1", "exact_match"]
    return pd.DataFrame(rows, columns=names)


def _by_frame(names: tuple[str, ...], gold: np.ndarray, given: np.ndarray) -> pd.DataFrame:
    from sklearn.metrics import precision_recall_fscore_support

    # scikit-learn reads a single column as two classes, 0 and 1.
    counted = range(len(names)) if len(names) > 1 else [1]
    figures = precision_recall_fscore_support(gold, given, labels=counted, zero_division=0)
    table = dict(zip(("precision", "recall", "f1", "n_rows"), figures, strict=True))
    return pd.DataFrame({"frame": names, **table, "n_given": given.sum(axis=0)})
