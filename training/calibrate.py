"""Fit the confidence of quotes on annotated articles: ``python -m training.calibrate ARTICLES``.

A quote is right if its content and its source are, as end-to-end in the attribution scores. What is
printed was measured by cross-validation over articles; what is stored was fitted on all of them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
from benchmarks.attribution.calibration import expected_error, reliability
from benchmarks.attribution.score import as_attribution, compare, gold_file, read_gold
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from sayso.article import Article, Layout
from sayso.extract.document import read_document
from sayso.extract.quoting.utterances import LEAST, Found, find_quotes
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import encoder
from sayso.paths import MODEL_FOLDER
from sayso.text.marks import paragraphs


def examples(path: Path) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Return the evidence, whether right, and the article's number, of each predicted quote."""
    evidence, right, groups = [], [], []
    for number, article in enumerate(read_gold(gold_file(path))):
        text = article["text"]
        read = Article(article["id"], text, layout=Layout(body=tuple(paragraphs(text))))
        document = read_document(read, lexicon(), encoder(1))
        found = find_quotes(document, 0)
        comparison = compare(article, [as_attribution(text, _as_quote(item)) for item in found])
        hits = {predicted for _, predicted in comparison.right}
        evidence += [item.evidence for item in found]
        right += [at in hits for at in range(len(found))]
        groups += [number] * len(found)
    return pd.DataFrame(evidence).fillna(0.0), np.array(right), np.array(groups)


def _as_quote(item: Found) -> SimpleNamespace:
    return SimpleNamespace(
        content_spans=item.spans,
        cue_span=(item.cue.start, item.cue.end) if item.cue else None,
        speaker_span=(item.source.start, item.source.end) if item.source else None,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, help="a PolNeAR file or folder")
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER / "confidence.json")
    options = parser.parse_args()
    evidence, right, groups = examples(options.articles)
    model = LogisticRegression(C=1.0, max_iter=1000)
    held = cross_val_predict(
        model, evidence, right, groups=groups, cv=GroupKFold(10), method="predict_proba"
    )[:, 1]
    kept = held >= LEAST
    print(reliability(held[kept], right[kept]).to_string(index=False))
    error = expected_error(held[kept], right[kept])
    print(f"expected calibration error, held-out articles: {error:.4f}")
    model.fit(evidence, right)
    weights = dict(zip(evidence, model.coef_[0].round(4).tolist(), strict=True))
    stored = {"bias": round(float(model.intercept_[0]), 4), "weights": weights}
    options.out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
