"""Score quotes against hand-made attributions in the style of PolNeAR (Newell et al. 2018).

An attribution is a source, a cue and a content, each a set of spans. The corpus keeps quotation
marks and 'that' inside contents, where the tables leave them out; :func:`as_attribution` puts them
back before anything is compared.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from benchmarks.attribution import calibration
from sayso.article import Article, Layout
from sayso.text.marks import MARK, paragraphs
from sayso.text.overlap import Score, characters, jaccard, pair
from sayso.text.spans import Span

ANNOTATIONS = Path(__file__).parents[2] / "training" / "quote_annotations.jsonl"
FOUND = 0.5
FORMS = ("direct", "mixed", "indirect")
DOUBLE_MARK = re.compile(r"``|''|[“”„«»\"]")


@dataclass(frozen=True, slots=True)
class Comparison:
    """An article's gold attributions and predicted ones, paired by content.

    ``found`` holds pairs of indices (gold, predicted), ``right`` those whose sources agree, too;
    ``sourced`` the gold attributions that have a source.
    """

    gold_forms: list[str]
    predicted_forms: list[str]
    found: list[tuple[int, int]]
    right: list[tuple[int, int]]
    sourced: set[int]


def read_gold(path: Path) -> Iterator[dict]:
    """Yield articles with ``id``, ``text`` and ``attributions`` from a JSONL file (.gz or not)."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_attributed(path: Path) -> Iterator[dict]:
    """Yield the articles of a file whose attributions are known.

    Of articles that come without, these are the ones whose quotes were annotated for us, and that
    nothing was learnt from (``training/quote_annotations.jsonl``, part 'kept').
    """
    rows = map(json.loads, ANNOTATIONS.read_text(encoding="utf-8").splitlines())
    kept = {row["article_id"]: row["attributions"] for row in rows if row["part"] == "kept"}
    for article in read_gold(path):
        if "attributions" in article:
            yield article
        elif own := kept.get(article.get("article_id")):
            told = [annotated(article["text"], item) for item in own]
            yield {"id": article["article_id"], "text": article["text"], "attributions": told}


def data(path: Path) -> list[Path]:
    """Return the files that the figures rest on: the articles, and our annotations if they need."""
    file = gold_file(path)
    return [file] if "attributions" in next(read_gold(file), {}) else [file, ANNOTATIONS]


def annotated(text: str, item: dict) -> dict[str, list[Span]]:
    """Return an attribution of ours (content, cue, source) as PolNeAR would mark it."""
    cue, source = (item.get(part) for part in ("cue", "source"))
    quote = SimpleNamespace(content_spans=item["content"], cue_span=cue, speaker_span=source)
    return as_attribution(text, quote)


def gold_file(path: Path) -> Path:
    """Return the JSONL file to score against: ``path`` itself, or the one of its dev part."""
    if path.is_file():
        return path
    for name in ("articles.jsonl.gz", "dev/articles.jsonl.gz", "polnear/dev/articles.jsonl.gz"):
        if (path / name).is_file():
            return path / name
    raise FileNotFoundError(f"{path}: no articles.jsonl.gz in it or in its dev part")


def run(path: Path | None = None) -> pd.DataFrame:
    """Return the scores on a PolNeAR file or folder (see :func:`score`)."""
    return tables(path)["figures"]


def tables(path: Path | None = None) -> dict[str, pd.DataFrame]:
    """Return all figures on a PolNeAR file or folder.

    Returns
    -------
    dict of DataFrame
        ``figures``: see :func:`score`. ``calibration`` and ``reliability``: how well confidence
        foretells that a quote is right end-to-end (see :mod:`benchmarks.attribution.calibration`).
    """
    if path is None:
        raise ValueError("attribution needs a path: a PolNeAR articles.jsonl.gz or its folder")
    comparisons, confidence, right = [], [], []
    for article in read_attributed(gold_file(path)):
        quotes = [q for q in _quotes(article) if q.nested_in is None]
        comparison = compare(article, [as_attribution(article["text"], q) for q in quotes])
        hits = {j for _, j in comparison.right}
        comparisons.append(comparison)
        confidence += [quote.confidence for quote in quotes]
        right += [number in hits for number in range(len(quotes))]
    return {"figures": score(comparisons)} | calibration.tables(confidence, right)


def score(comparisons: Iterable[Comparison]) -> pd.DataFrame:
    """Return the scores of some articles' comparisons.

    Returns
    -------
    DataFrame
        Rows: content found (contents paired one to one, Jaccard of their characters at least 0.5),
        end-to-end (the source too), end-to-end by the form of the content, attribution accuracy
        (sources right among contents found). Columns: measure, precision, recall, f1, gold,
        predicted.
    """
    comparisons = list(comparisons)
    n_gold = sum(len(c.gold_forms) for c in comparisons)
    n_predicted = sum(len(c.predicted_forms) for c in comparisons)
    found = sum(len(c.found) for c in comparisons)
    right = sum(len(c.right) for c in comparisons)
    rows = [
        _row("content found", found, n_gold, found, n_predicted),
        _row("end-to-end", right, n_gold, right, n_predicted),
        *(_form_row(form, comparisons) for form in FORMS),
    ]
    sourced = sum(i in c.sourced for c in comparisons for i, _ in c.found)
    told = sum(i in c.sourced for c in comparisons for i, _ in c.right)
    rows.append(_row("attribution accuracy", told, sourced, told, sourced))
    return pd.DataFrame(rows, columns=["measure", "precision", "recall", "f1", "gold", "predicted"])


def _form_row(form: str, comparisons: list[Comparison]) -> tuple:
    """Recall over the gold of a form, precision over the predictions of that form."""
    return _row(
        form,
        sum(c.gold_forms[i] == form for c in comparisons for i, _ in c.right),
        sum(c.gold_forms.count(form) for c in comparisons),
        sum(c.predicted_forms[j] == form for c in comparisons for _, j in c.right),
        sum(c.predicted_forms.count(form) for c in comparisons),
    )


def _row(measure: str, right_gold: int, gold: int, right_predicted: int, predicted: int) -> tuple:
    recall = Score(right_gold, 0, gold).recall
    precision = Score(right_predicted, predicted, 0).precision
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return measure, precision, recall, f1, gold, predicted


def _quotes(article: dict) -> list:
    from sayso.extract.document import read_document
    from sayso.extract.quotes import extract
    from sayso.lexicon.parties import lexicon
    from sayso.model.encoder import encoder

    text = article["text"]
    layout = Layout(body=tuple(paragraphs(text)))
    read = Article(article["id"], text, layout=layout)
    quotes = extract(read_document(read, lexicon(), encoder(1)), {})
    return [quote for quote in quotes if quote.nested_in is None]


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


def compare(article: dict, predicted: list[dict]) -> Comparison:
    """Return how predicted attributions agree with those of a gold article.

    Parameters
    ----------
    article
        As :func:`read_gold` yields it.
    predicted
        Attributions with ``source``, ``cue`` and ``content``, each a list of spans.
    """
    text, gold = article["text"], article["attributions"]
    quoted = between_marks(text)
    contents = [[characters(text, a["content"]) for a in side] for side in (gold, predicted)]
    sources = [[characters(text, a["source"]) for a in side] for side in (gold, predicted)]
    found = [(i, j) for i, j, _ in pair(*contents, jaccard, FOUND)]
    return Comparison(
        *([_form(text, content, quoted) for content in side] for side in contents),
        found,
        [(i, j) for i, j in found if jaccard(sources[0][i], sources[1][j]) >= FOUND],
        {i for i, source in enumerate(sources[0]) if source},
    )


def between_marks(text: str) -> set[int]:
    """Return the offsets between double quotation marks, read line by line.

    Simpler than :func:`sayso.text.marks.read_marks` on purpose: it is how the published figures of
    others were counted, and it favours nobody's reading of marks.
    """
    quoted: set[int] = set()
    for line in re.finditer(r"[^\n]+", text):
        opened = None
        for mark in DOUBLE_MARK.finditer(text, *line.span()):
            start, end = mark.span()
            before, after = text[max(line.start(), start - 1) : start], text[end : end + 1]
            if opened is None and mark.group() not in "”»" and after.strip():
                opened = end
            elif (
                opened is not None
                and mark.group() not in ("“", "«", "``")
                and (before.strip() or not after.strip())
            ):
                quoted.update(range(opened, start))
                opened = None
        if opened is not None:
            quoted.update(range(opened, line.end()))
    return quoted


def _form(text: str, content: set[int], quoted: set[int]) -> str:
    """Return a content's form: all, some or none of its letters and digits between double marks."""
    letters = {i for i in content if text[i].isalnum()}
    inside = len(letters & quoted)
    if letters and inside == len(letters):
        return "direct"
    return "mixed" if inside else "indirect"
