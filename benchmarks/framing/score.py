"""Score framing against labelled sets: codebooks that learn, and the shipped generic one.

The gold file is JSONL, one text a line: ``id``, ``dataset``, ``text`` and ``labels``. Each dataset
has frames of its own, so nothing is averaged over them.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd

from sayso.analyze.framing.code import frame_units
from sayso.analyze.framing.codebook import Codebook
from sayso.analyze.framing.load import load_codebook
from sayso.analyze.framing.shares import article_frames
from sayso.analyze.framing.train import f1_scores, train_codebook
from sayso.article import Article
from sayso.reading import build_article
from sayso.reading.sentences import sentence_rows
from sayso.tables.columns import frame
from sayso.tables.extracted import ArticleRow, Quote, Sentence

COLUMNS = ["dataset", "texts", "model", "micro_f1", "macro_f1", "exact_match"]


def run(path: Path | None = None) -> pd.DataFrame:
    """Return the scores on a labelled file: a row for each dataset and model.

    Parameters
    ----------
    path
        The gold file, or a folder with a ``dev.jsonl``. sayso brings none: their texts are others'.

    Returns
    -------
    DataFrame
        Columns: dataset, texts, model, micro_f1, macro_f1, exact_match. 'this codebook' is trained
        and scored by cross-validation. Where all labels are frames of the generic codebook, that
        is scored, too, as shipped.
    """
    if path is None:
        raise ValueError("sayso brings no labelled frames: give the path of a JSONL file")
    path = path / "dev.jsonl" if path.is_dir() else path
    lines = path.read_text(encoding="utf-8").splitlines()
    gold = pd.DataFrame([json.loads(line) for line in lines if line.strip()])
    rows = []
    for dataset, part in gold.groupby("dataset", sort=True):
        trained = train_codebook(part)
        scores = trained.scores.to_dict("records")
        book = load_codebook("generic-cues")
        if set(trained.labels) <= set(book.labels):
            scores.append(score_untrained(part, book))
        rows += [{**score, "dataset": dataset, "texts": len(part)} for score in scores]
    return pd.DataFrame(rows)[COLUMNS].round(3)


def score_untrained(gold: pd.DataFrame, book: Codebook) -> dict:
    """Return the scores of a codebook's own cues on whole articles, without any training."""
    given = predict_articles(list(gold["text"]), book)
    truth = np.array([[name in labels for name in book.labels] for labels in gold["labels"]], int)
    used = truth.sum(axis=0) > 0
    micro, macro = f1_scores(truth[:, used], given[:, used])
    exact = float((truth == given).all(axis=1).mean())
    model = f"'{book.name}' as shipped"
    return {"model": model, "micro_f1": micro, "macro_f1": macro, "exact_match": exact}


def predict_articles(texts: list[str], book: Codebook) -> np.ndarray:
    """Return which frames each article has by the codebook's cues: zeros and ones."""
    articles: list[Article] = [
        build_article(text, article_id=f"{number:06}") for number, text in enumerate(texts)
    ]
    table = frame(ArticleRow, [article.row() for article in articles]).assign(language="en")
    sentences = frame(Sentence, (row for article in articles for row in sentence_rows(article)))
    framing = frame_units(frame(Quote, []), sentences, table, book)
    found = article_frames(framing, book)
    wide = found.pivot(index="article_id", columns="frame", values="present")
    ids = [article.article_id for article in articles]
    return wide.reindex(index=ids, columns=list(book.labels)).fillna(False).to_numpy(int)
