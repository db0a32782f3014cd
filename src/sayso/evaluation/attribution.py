"""Score quotes against hand-made attributions in the style of PolNeAR (Newell et al. 2018).

An attribution is a source, a cue and a content, each a set of spans. The corpus keeps quotation
marks and 'that' inside contents, where the tables leave them out; :func:`as_attribution` puts them
back before anything is compared.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from sayso.article import Article, Layout
from sayso.evaluation.spans import Score, Span, characters, jaccard, pair
from sayso.marks import MARK, paragraphs, read_marks

FOUND = 0.5
FORMS = ("direct", "mixed", "indirect")


def read_gold(path: Path) -> Iterator[dict]:
    """Yield articles with ``id``, ``text`` and ``attributions`` from a JSONL file (.gz or not)."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def gold_file(path: Path) -> Path:
    """Return the JSONL file to score against: ``path`` itself, or the one of its dev part."""
    if path.is_file():
        return path
    for name in ("articles.jsonl.gz", "dev/articles.jsonl.gz", "polnear/dev/articles.jsonl.gz"):
        if (path / name).is_file():
            return path / name
    raise FileNotFoundError(f"{path}: no articles.jsonl.gz in it or in its dev part")


def run(path: Path | None = None) -> pd.DataFrame:
    """Return the scores on a PolNeAR file or folder (see :func:`evaluate`)."""
    if path is None:
        raise ValueError("attribution needs a path: a PolNeAR articles.jsonl.gz or its folder")
    return evaluate(path)


def evaluate(path: Path, *, threads: int = 1) -> pd.DataFrame:
    """Return the scores of ``corpus.quotes`` on annotated articles.

    Parameters
    ----------
    path
        A JSONL file in the format of :func:`read_gold`, or a folder that holds one.
    threads
        Threads for the language model.

    Returns
    -------
    DataFrame
        Rows: content found (contents paired one to one, Jaccard of their characters at least 0.5),
        end-to-end (the source too), end-to-end by the form of the content, attribution accuracy
        (sources right among contents found). Columns: measure, precision, recall, f1, gold,
        predicted.
    """
    totals = {m: [0, 0, 0, 0] for m in ("content found", "end-to-end", *FORMS)}
    known = [0, 0]
    for article in read_gold(gold_file(path)):
        predicted = [as_attribution(article["text"], q) for q in _quotes(article, threads)]
        _count(article, predicted, totals, known)
    rows = []
    for measure, (right_gold, gold, right_predicted, n_predicted) in totals.items():
        recall = Score(right_gold, 0, gold).recall
        precision = Score(right_predicted, n_predicted, 0).precision
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        rows.append((measure, precision, recall, f1, gold, n_predicted))
    share = known[0] / known[1] if known[1] else 0.0
    rows.append(("attribution accuracy", share, share, share, known[1], known[1]))
    return pd.DataFrame(rows, columns=["measure", "precision", "recall", "f1", "gold", "predicted"])


def _quotes(article: dict, threads: int) -> list:
    from sayso.extract.quotes import extract
    from sayso.language import encoder, read_document
    from sayso.lexicon import lexicon

    text = article["text"]
    layout = Layout(body=tuple(paragraphs(text)))
    read = Article(article["id"], text, layout=layout)
    return extract(read_document(read, lexicon(), encoder(threads)), {})


def as_attribution(text: str, quote) -> dict[str, list[Span]]:
    """Return a quote's parts as PolNeAR would mark them: quotation marks and 'that' inside."""
    content = [_with_marks(text, a, b) for a, b in quote.content_spans]
    that = re.search(r"\bthat\s+$", text[max(0, content[0][0] - 8) : content[0][0]])
    if that:
        content[0] = (content[0][0] - len(that.group()), content[0][1])
    return {
        "source": [quote.speaker_span] if quote.speaker_span else [],
        "cue": [quote.cue_span] if quote.cue_span else [],
        "content": content,
    }


def _with_marks(text: str, start: int, end: int) -> Span:
    before = re.search(rf"(?:{MARK.pattern})+$", text[max(0, start - 2) : start])
    after = re.match(rf"(?:{MARK.pattern})+", text[end : end + 2])
    return start - (len(before.group()) if before else 0), end + (after.end() if after else 0)


def form(text: str, spans: list[Span], quoted: set[int]) -> str:
    """Return a content's form: all, some or none of its letters and digits between double marks."""
    letters = {i for a, b in spans for i in range(a, b) if text[i].isalnum()}
    inside = len(letters & quoted)
    if letters and inside == len(letters):
        return "direct"
    return "mixed" if inside else "indirect"


def _count(article: dict, predicted: list[dict], totals: dict, known: list[int]) -> None:
    text, gold = article["text"], article["attributions"]
    marks, _ = read_marks(text)
    quoted = {i for q in marks if q.double for a, b in q.inner for i in range(a, b)}
    contents = [[characters(text, a["content"]) for a in side] for side in (gold, predicted)]
    sources = [[characters(text, a["source"]) for a in side] for side in (gold, predicted)]
    pairs = pair(*contents, jaccard, FOUND)
    right = [(i, j) for i, j, _ in pairs if jaccard(sources[0][i], sources[1][j]) >= FOUND]
    known[0] += sum(bool(sources[0][i]) for i, _ in right)
    known[1] += sum(bool(sources[0][i]) for i, _, _ in pairs)
    forms = [[form(text, a["content"], quoted) for a in side] for side in (gold, predicted)]
    sets = {"content found": [(i, j) for i, j, _ in pairs], "end-to-end": right}
    for measure, hits in sets.items():
        _add(totals[measure], len(hits), len(gold), len(hits), len(predicted))
    for kind in FORMS:
        _add(
            totals[kind],
            sum(forms[0][i] == kind for i, _ in right),
            forms[0].count(kind),
            sum(forms[1][j] == kind for _, j in right),
            forms[1].count(kind),
        )


def _add(total: list[int], *counts: int) -> None:
    for place, count in enumerate(counts):
        total[place] += count
