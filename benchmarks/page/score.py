"""Score the reading of pages: headline, authors, outlet, day, and what is set aside.

Without a path, on the invented pages that nothing was learnt from (``training/pages.jsonl``, part
'kept'). With the path of the scraped articles (gzipped JSON lines with article_id and text), on
those of ``training/page_annotations.jsonl`` that nothing was learnt from: only what is set aside.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from benchmarks.intervals import with_interval
from sayso.article import Article
from sayso.reading import build_article
from sayso.reading.page.layout import ARTICLE, BOILERPLATE
from sayso.text.marks import paragraphs
from sayso.text.spans import overlap

DATA = Path(__file__).parents[2] / "training"
MEASURES = {
    "published": "publication date, where a page tells it",
    "no published": "no date, where a page tells none",
    "headline": "headline",
    "author": "authors, where a page names any",
    "no author": "no author, where a page names none",
    "outlet": "outlet, where a page names it",
    "furniture": "lines of the page set aside",
    "article": "lines of the article left alone",
}
# Where a line stands, and what it is.
Labelled = tuple[int, int, str]


def run(path: Path | None = None) -> pd.DataFrame:
    """Return the figures for the invented pages, or for the scraped articles at ``path``.

    Returns
    -------
    DataFrame
        One row is a measure: measure, right, of, share, low, high (95%, Wilson).
    """
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for text, told, lines in _scraped(path) if path else _invented():
        article = build_article(text, article_id="page")
        for measure, is_right in (*_facts(article, told), *_lines(article, lines)):
            total[measure] += 1
            right[measure] += is_right
    rows = [(MEASURES[name], right[name], total[name]) for name in MEASURES if total[name]]
    return with_interval(pd.DataFrame(rows, columns=["measure", "right", "of"]), "right", "of")


def data(path: Path | None = None) -> list[Path]:
    """Return the files that the figures rest on."""
    return [path, DATA / "page_annotations.jsonl"] if path else [DATA / "pages.jsonl"]


def _invented() -> Iterator[tuple[str, dict[str, str | None], list[Labelled]]]:
    for row in map(json.loads, (DATA / "pages.jsonl").read_text(encoding="utf-8").splitlines()):
        if row["part"] != "kept":
            continue
        text, lines = "", []
        for label, line in row["lines"]:
            if label:
                lines.append((len(text), len(text) + len(line), label))
            text += line + "\n"
        told = {name: row[name] for name in ("published", "author", "outlet")}
        headline = next((text[a:b] for a, b, label in lines if label == "headline"), None)
        yield text, told | {"headline": headline}, lines


def _scraped(path: Path) -> Iterator[tuple[str, dict[str, str | None], list[Labelled]]]:
    marks = (DATA / "page_annotations.jsonl").read_text(encoding="utf-8").splitlines()
    kept = {row["article_id"]: row for row in map(json.loads, marks) if row["part"] == "kept"}
    with gzip.open(path, "rt", encoding="utf-8") as articles:
        for row in map(json.loads, articles):
            if row["article_id"] in kept:
                named = kept[row["article_id"]]["lines"]
                labels = {n: label for label, numbers in named.items() for n in numbers}
                spans = enumerate(paragraphs(row["text"]))
                yield row["text"], {}, [(*span, labels.get(n, "body")) for n, span in spans]


def _facts(article: Article, told: dict[str, str | None]) -> Iterator[tuple[str, bool]]:
    published = article.published
    day = published.day.isoformat() if published.day and published.precision == "day" else None
    given = {
        "published": day,
        "author": article.author,
        "outlet": article.outlet,
        "headline": article.headline,
    }
    for name, value in told.items():
        if value:
            yield name, _plain(value) == _plain(given[name])
        elif f"no {name}" in MEASURES:
            yield f"no {name}", not given[name]


def _plain(name: str | None) -> str:
    """Return a name without marks, "and" and a leading article."""
    words = re.findall(r"\w+", (name or "").casefold())
    return " ".join(word for word in words if word not in ("and", "the"))


def _lines(article: Article, lines: list[Labelled]) -> Iterator[tuple[str, bool]]:
    for start, end, label in lines:
        aside = sum(overlap((start, end), span) for span in article.layout.boilerplate)
        is_aside = aside > (end - start) / 2
        if label in BOILERPLATE:
            yield "furniture", is_aside
        elif label in ARTICLE:
            yield "article", not is_aside
