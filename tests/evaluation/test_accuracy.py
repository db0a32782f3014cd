"""Floors: no later change may make the extraction worse without somebody noticing.

The figures are printed (``pytest -s``): those of ``sayso evaluate gold`` for the seeds, and the
same for the invented corpus.
"""

from __future__ import annotations

import json

import pytest
from benchmarks.blame import score as blame

import sayso
from conftest import INVENTED, ROOT
from sayso.evaluation.gold import errors, evaluate


@pytest.fixture(scope="module")
def of_seeds(seeds):
    return evaluate(seeds, sayso.read(ROOT / "seeds", metadata=False))


@pytest.fixture(scope="module")
def of_invented(invented, expected, tmp_path_factory):
    folder = tmp_path_factory.mktemp("gold")
    for article_id, article in expected.items():
        gold = as_gold(article_id, article, invented.article(article_id).text)
        (folder / f"{article_id}.json").write_text(json.dumps(gold), encoding="utf-8")
    print(errors(invented, folder).to_string())
    return evaluate(invented, sayso.read(INVENTED), folder)


def as_gold(article_id: str, article: dict, text: str) -> dict:
    """The expected reading of an invented article with strings turned into spans."""
    quotes = [q for q in article["quotes"] if q.get("level", 1) == 1]
    return {
        "article_id": article_id,
        "published": {"value": (article["published"] or {}).get("value")},
        "boilerplate": [place(text, line, 0) for line in article["boilerplate"]],
        "body": [],
        "quotes": [
            {
                "level": 1,
                "optional": q.get("optional", False),
                "content": in_order(text, q["content"]),
                "speaker": [q["speaker"] or q.get("mention") or "?"],
            }
            for q in quotes
        ],
        "dates": [
            {
                "start": start,
                "end": end,
                "value": [d["value"], *([d["also"]] if isinstance(d.get("also"), str) else [])],
                "optional": d.get("optional", False),
            }
            for d, (start, end) in zip(
                article["dates"],
                in_order(text, [d["surface"] for d in article["dates"]]),
                strict=True,
            )
        ],
    }


def place(text: str, surface: str, after: int) -> tuple[int, int]:
    start = text.index(surface, after)
    return start, start + len(surface)


def in_order(text: str, surfaces: list[str]) -> list[tuple[int, int]]:
    spans, after = [], 0
    for surface in surfaces:
        spans.append(place(text, surface, after))
        after = spans[-1][1]
    return spans


def row(table):
    return table.set_index("article_id").loc["all"]


def test_seeds(of_seeds):
    print(of_seeds.to_string())
    total = row(of_seeds)
    # What is kept is likelier right than wrong on real news: that costs two of 34 quotes here.
    # One that stands inside another quote is counted as one too many.
    assert total.quote_recall >= 0.89
    assert total.quote_precision >= 0.90
    assert total.speaker_accuracy >= 0.90
    assert total.date_f1 >= 0.95
    assert total.published == total.boilerplate == "3 of 3"


def test_invented_corpus(of_invented):
    print(of_invented.to_string())
    total = row(of_invented)
    assert total.quote_recall >= 0.85
    assert total.quote_precision >= 0.85
    assert total.speaker_accuracy >= 0.85
    assert total.date_f1 >= 0.90


def test_blame_in_seeds():
    figures = blame.run().set_index("measure")
    print(figures.to_string())
    # .57 while there were rules beside the network, which had been fitted to these seeds, too; .49
    # with the branch before: 9 of 28 ties, 11 with it.
    assert figures.f1["tie"] >= 0.42
    assert figures.recall["tie, gold is deny"] >= 0.3
    assert figures.f1["stance accuracy"] >= 0.88
