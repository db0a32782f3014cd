"""Make the shipped codebook 'generic': ``python -m training.frames allsides.jsonl.gz``.

It learns from ``frame_annotations.jsonl`` (see README.md) as any user's codebook does, with
thresholds from which four in five of what is given were right. Articles that are kept are learnt
from by nothing; what is printed is of these.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import cohen_kappa_score, precision_recall_fscore_support

from sayso.analyze.framing.codebook import Codebook
from sayso.analyze.framing.load import load_codebook
from sayso.analyze.framing.train import train_codebook
from sayso.analyze.framing.trained import TrainedCodebook, decide
from sayso.paths import data_path

ANNOTATIONS = Path(__file__).with_name("frame_annotations.jsonl")
BASELINE = ("generic-cues", "responsibility")
PRECISION = 0.8
KEPT = 5  # one article in five


def cues() -> Codebook:
    """Return the cues that are learnt from, too, and that the codebook is compared with."""
    frames = tuple(frame for name in BASELINE for frame in load_codebook(name).frames)
    return Codebook("cues", "cues", frames)


def read_texts(path: Path) -> dict[str, str]:
    """Return headline and text of each article of the collection, as the annotations count."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    return {
        a["article_id"]: f"{(a['headline'] or '').strip()}\n\n{a['text']}".strip() for a in articles
    }


def read_annotations(texts: dict[str, str]) -> pd.DataFrame:
    """Return the sentences: article_id, text, labels, second (null: read once), kept."""
    rows = [json.loads(line) for line in ANNOTATIONS.read_text(encoding="utf-8").splitlines()]
    table = pd.DataFrame(
        {
            "article_id": [row["doc"] for row in rows],
            "text": [texts[row["doc"]][slice(*row["span"])] for row in rows],
            "labels": [list(row["frames"]) for row in rows],
            "second": [list(row["second"]) if "second" in row else None for row in rows],
        }
    )
    return table.assign(kept=table["article_id"].map(is_kept))


def is_kept(article_id: str) -> bool:
    """Whether an article is kept for the claim."""
    digest = hashlib.sha256(f"frames:{article_id}".encode()).hexdigest()
    return int(digest, 16) % KEPT == 0


def matrix(sets: pd.Series, names: tuple[str, ...]) -> np.ndarray:
    """Return who has which label, as zeros and ones."""
    return np.array([[name in given for name in names] for given in sets], int)


def agreement(table: pd.DataFrame, names: tuple[str, ...]) -> pd.Series:
    """Return Cohen's kappa of the two readers for each frame."""
    both = table[table["second"].notna()]
    first, second = matrix(both["labels"], names), matrix(both["second"], names)
    values = [cohen_kappa_score(a, b) for a, b in zip(first.T, second.T, strict=True)]
    return pd.Series(values, index=names, name="kappa")


def measure(book: TrainedCodebook, kept: pd.DataFrame) -> pd.DataFrame:
    """Return precision, recall and F1 of a codebook and of its cues, on sentences that are kept.

    ``best_f1``: with the threshold of a half for all, which gives more and is less often right.
    """
    gold, texts = matrix(kept["labels"], book.labels), list(kept["text"])
    likely = book.probabilities(texts)
    coded = cues().code(texts)
    hinted = np.array([[codings[name].present for name in book.labels] for codings in coded], int)
    columns = {"n": gold.sum(axis=0)}
    given = {"": decide(likely, "any", book.thresholds), "half_": decide(likely, "any", 0.5)}
    for name, values in {**given, "cues_": hinted}.items():
        figures = precision_recall_fscore_support(gold, values, average=None, zero_division=0)
        columns |= {
            f"{name}{key}": column
            for key, column in zip(("precision", "recall", "f1"), figures, strict=False)
        }
    return pd.DataFrame(columns, index=book.labels)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "collection", type=Path, help="an article a line: article_id, headline, text"
    )
    parser.add_argument("--out", type=Path, default=data_path("codebooks") / "generic")
    options = parser.parse_args()
    table = read_annotations(read_texts(options.collection))
    learnt = table.loc[~table["kept"], ["article_id", "text", "labels"]]
    book = train_codebook(learnt, options.out, codebook=cues(), precision=PRECISION)
    print(f"{len(learnt)} sentences to learn from, {int(table['kept'].sum())} kept")
    print(book.by_frame.assign(threshold=book.thresholds).round(3).to_string(index=False))
    print(
        measure(book, table[table["kept"]]).join(agreement(table, book.labels)).round(2).to_string()
    )


if __name__ == "__main__":
    main()
