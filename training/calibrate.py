"""Fit the confidence of quotes: ``python -m training.calibrate POLNEAR NEWS``.

First on PolNeAR, where a quote is right if its content and its source are, as end-to-end in the
attribution scores. Then on the quotes of scraped news (``quote_judgements.jsonl``; ``NEWS`` has the
articles, gzipped JSON lines with article_id and text), where one is right if it is an attribution
at all, and on invented sentences of the kinds that are none (``quote_sentences.jsonl``: ``text``
and whether all that is found in it is ``right``), which count twice. What is printed is measured on
articles that were not learnt from: by cross-validation, and on the part 'kept'.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
from benchmarks.attribution.calibration import expected_error, reliability
from benchmarks.attribution.score import as_attribution, compare, gold_file, read_gold
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from sayso.article import Article, Layout
from sayso.extract.document import Document, read_document
from sayso.extract.quoting.confidence import first
from sayso.extract.quoting.nested import find_nested
from sayso.extract.quoting.utterances import LEAST, Found, find_quotes
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import encoder
from sayso.paths import MODEL_FOLDER
from sayso.reading import build_article
from sayso.text.marks import paragraphs

JUDGEMENTS = Path(__file__).parent / "quote_judgements.jsonl"
SENTENCES = Path(__file__).parent / "quote_sentences.jsonl"
LOG_ODDS = ("content", "weakest content", "cue", "source", "link", "without cue", "without source")
ENCODER = (*LOG_ODDS, "quoted", "stretches", "laid out", "alone")
LEAST_OFTEN = 5


def of_polnear(path: Path) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Return the evidence, whether right, and the article's number, of each predicted quote."""
    evidence, right, groups = [], [], []
    for number, article in enumerate(read_gold(gold_file(path))):
        text = article["text"]
        read = Article(article["id"], text, layout=Layout(body=tuple(paragraphs(text))))
        found = find_quotes(read_document(read, lexicon(), encoder(1)), 0)
        comparison = compare(article, [as_attribution(text, _as_quote(item)) for item in found])
        hits = {predicted for _, predicted in comparison.right}
        evidence += [{k: v for k, v in item.evidence.items() if k in ENCODER} for item in found]
        right += [at in hits for at in range(len(found))]
        groups += [number] * len(found)
    return pd.DataFrame(evidence).fillna(0.0), np.array(right), np.array(groups)


def _as_quote(item: Found) -> SimpleNamespace:
    return SimpleNamespace(
        content_spans=item.spans,
        cue_span=(item.cue.start, item.cue.end) if item.cue else None,
        speaker_span=(item.source.start, item.source.end) if item.source else None,
    )


def of_news(path: Path) -> tuple[list[dict[str, float]], pd.DataFrame]:
    """Return the evidence of each judged quote, and a frame: right, part, article_id, kind."""
    judged: dict[str, list[dict]] = {}
    for row in map(json.loads, JUDGEMENTS.read_text(encoding="utf-8").splitlines()):
        if "missed" not in row:
            judged.setdefault(row["article_id"], []).append(row)
    evidence, rows = [], []
    for document in _documents(path, set(judged)):
        outer = find_quotes(document, 0)
        found = {
            (item.nested_in is not None, tuple(map(tuple, item.spans))): item
            for item in (*outer, *find_nested(document, outer, 0))
        }
        for row in judged[document.article.article_id]:
            item = found.get((row["nested"], tuple(map(tuple, row["content"]))))
            if item:
                own = _for_news(item)
                if row["part"] == "learnt":
                    # The tagger has learnt from these: how sure it is of them tells little.
                    own |= {"learnt": 1.0, "learnt first": own["first"]}
                evidence.append(own)
                rows.append({k: row[k] for k in ("right", "part", "article_id", "kind")})
    return evidence, pd.DataFrame(rows)


def of_sentences() -> tuple[list[dict[str, float]], list[bool]]:
    """Return the evidence of what is found in the invented sentences, and whether it is right."""
    evidence, right = [], []
    for row in map(json.loads, SENTENCES.read_text(encoding="utf-8").splitlines()):
        document = read_document(build_article(row["text"], article_id="a"), lexicon(), encoder(1))
        found = find_quotes(document, 0)
        evidence += [_for_news(item) for item in found]
        right += [row["right"]] * len(found)
    return evidence, right


def _for_news(item: Found) -> dict[str, float]:
    own = {k: v for k, v in item.evidence.items() if k not in LOG_ODDS}
    return own | first(item.evidence)


def _documents(path: Path, wanted: set[str]) -> Iterator[Document]:
    with gzip.open(path, "rt", encoding="utf-8") as articles:
        for row in map(json.loads, articles):
            if row["article_id"] in wanted:
                article = build_article(row["text"], article_id=row["article_id"])
                yield read_document(article, lexicon(), encoder(1))


def fit_encoder(path: Path) -> dict:
    evidence, right, groups = of_polnear(path)
    model = LogisticRegression(C=1.0, max_iter=1000)
    held = cross_val_predict(
        model, evidence, right, groups=groups, cv=GroupKFold(10), method="predict_proba"
    )[:, 1]
    print(reliability(held, right).to_string(index=False))
    print(
        f"PolNeAR, held-out articles: expected calibration error {expected_error(held, right):.4f}"
    )
    model.fit(evidence, right)
    return _stored(model, list(evidence))


def fit_news(path: Path) -> dict:
    evidence, judged = of_news(path)
    invented, right_invented = of_sentences()
    evidence += invented
    learnt = np.append((judged.part != "kept").to_numpy(), np.ones(len(invented), bool))
    often = Counter(name for row, own in zip(evidence, learnt, strict=True) if own for name in row)
    rows = [{k: v for k, v in row.items() if often[k] >= LEAST_OFTEN} for row in evidence]
    vectors = DictVectorizer().fit(rows)
    model = LogisticRegression(C=0.2, max_iter=8000)
    data, right = vectors.transform(rows), np.append(judged.right, right_invented).astype(bool)
    weight = np.append(np.ones(len(judged)), np.full(len(invented), 2.0))
    model.fit(data[learnt], right[learnt], sample_weight=weight[learnt])
    sure, true = model.predict_proba(data[~learnt])[:, 1], right[~learnt]
    for least in (LEAST, 0.6, 0.7):
        kept = sure >= least
        print(
            f"news, kept part: {len(true)} quotes, right {true.mean():.3f}; of those of {least} "
            f"and more {true[kept].mean():.3f}; of the right kept {kept[true].mean():.3f}; "
            f"expected calibration error {expected_error(sure, true):.4f}"
        )
    return _stored(model, list(vectors.get_feature_names_out()))


def _stored(model: LogisticRegression, names: list[str]) -> dict:
    weights = dict(zip(names, model.coef_[0].round(3).tolist(), strict=True))
    kept = {name: weight for name, weight in weights.items() if abs(weight) >= 0.02}
    return {"bias": round(float(model.intercept_[0]), 4), "weights": kept}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("polnear", type=Path, help="a PolNeAR file or folder")
    parser.add_argument("news", type=Path, help="the scraped articles")
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER / "confidence.json")
    options = parser.parse_args()
    stored = json.loads(options.out.read_text(encoding="utf-8"))
    stored["encoder"] = fit_encoder(options.polnear)
    options.out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    stored["news"] = fit_news(options.news)
    options.out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
