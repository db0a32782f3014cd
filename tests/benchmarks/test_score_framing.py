"""The evaluation of framing on a small labelled file."""

from __future__ import annotations

import json

import pytest
from benchmarks.framing.score import predict_articles, run

from sayso.analyze.framing.load import load_codebook

CONFLICT = "Quarrel over the bridge\n\nThe mayor accused her rival of lies. He hit back at once."
MONEY = (
    "The bridge and its price\n\nThe bridge costs two billion dollars. Taxes rise with its debt."
)


def test_the_shipped_codebook_tells_articles_apart():
    book = load_codebook("generic-cues")
    found = predict_articles([CONFLICT, MONEY, ""], book)
    given = [[name for name, yes in zip(book.labels, row, strict=True) if yes] for row in found]
    assert given == [["conflict"], ["economic"], []]


def test_every_dataset_is_scored_on_its_own(tmp_path):
    rows = []
    for number in range(24):
        text, label = ((CONFLICT, "conflict"), (MONEY, "economic"))[number % 2]
        rows.append({"dataset": "a", "text": f"{text} Day {number}.", "labels": [label]})
        other = {"conflict": "row", "economic": "money"}[label]
        rows.append({"dataset": "b", "text": f"{text} Part {number}.", "labels": [other]})
    file = tmp_path / "dev.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    scores = run(tmp_path).set_index(["dataset", "model"])
    assert scores.loc[("a", "'generic-cues' as shipped"), "micro_f1"] == 1
    assert scores.loc[("b", "this codebook"), "macro_f1"] == 1
    assert ("b", "'generic-cues' as shipped") not in scores.index


def test_sayso_brings_no_labelled_texts():
    with pytest.raises(ValueError, match="give the path"):
        run(None)
