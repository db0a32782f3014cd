"""The evaluations of dates: what they need, and what they report."""

from __future__ import annotations

import gzip
import json

import pytest
from benchmarks.dates import score as dates
from benchmarks.published import score as published

FULL = "Dam closed\n\nOSLO, May 5, {year} (Wire) - The river rose again."


@pytest.mark.parametrize(("module", "name"), [(dates, "timexes"), (published, "articles.jsonl.gz")])
def test_without_a_path_they_say_what_they_need(module, name):
    with pytest.raises(ValueError, match=name):
        module.run(None)


def test_dates_of_a_file(tmp_path):
    timex = {"start": 12, "end": 18, "type": "DATE", "value": "2019-07-05"}
    line = {"text": "They met on Friday.", "dct": "2019-07-05", "timexes": [timex]}
    path = tmp_path / "gold.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    table = dates.run(path)
    assert list(table["type"]) == ["all", "DATE", "TIME", "DURATION", "SET"]
    assert list(table.value_f1[:2]) == [100, 100]


def test_published_counts_answers_and_names_the_wrong_ones(tmp_path):
    articles = [
        {"id": "right", "text": FULL.format(year=2021), "date": "2021-05-05"},
        {"id": "wrong", "text": FULL.format(year=2020), "date": "2021-05-05"},
        {"id": "silent", "text": "It rained.", "date": "2021-05-05"},
    ]
    lines = [json.dumps(a) + "\n" for a in articles]
    (tmp_path / "articles.jsonl.gz").write_bytes(gzip.compress("".join(lines).encode()))
    table = published.run(tmp_path).set_index("precision")
    row = table.loc["all"]
    assert (row.articles, row.answered, row.right, row.right_share) == (3, 2, 1, 0.5)
    assert row.wrong == "wrong: 2020-05-05 for 2021-05-05"
    assert (table.loc["day"].answered, table.loc["year"].answered) == (2, 0)
