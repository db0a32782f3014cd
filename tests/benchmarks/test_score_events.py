"""Found events against told ones: B-cubed, and what is read of a file."""

from __future__ import annotations

import gzip
import json

import pandas as pd
import pytest
from benchmarks.events.score import b_cubed, run

DAM = (
    "The dam at Ostrel broke on Monday. Engineer Mara Vind said the dam at Ostrel had cracks. "
    "Water from the broken dam drowned the mills of Ostrel, and Vind left the engineers' office."
)
VOTE = (
    "Senator Pell Ardo lost the vote on fishing quotas on Tuesday. Ardo had promised the herring "
    "fleet larger quotas. The fishing vote was close; the herring fleet of Senator Ardo will sue."
)


def article(name: str, text: str, day: str, **told) -> dict:
    rest = {"outlet": name, "published": day, "headline": text.split(". ")[0], "text": text}
    return {"article_id": name, **rest, **told}


def rows(**events: str) -> list[dict]:
    told = [
        article("north", DAM, "2031-03-04"),
        article("south", f"{DAM} The mills stood still.", "2031-03-04"),
        article("west", VOTE, "2031-03-05"),
    ]
    return [row | {"event_id": events[row["outlet"]]} for row in told]


def written(path, lines: list[dict]):
    text = "\n".join(json.dumps(line) for line in lines)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def test_events_are_found_without_what_the_file_tells(tmp_path):
    right = written(tmp_path / "a.jsonl.gz", rows(north="dam", south="dam", west="vote"))
    row = run(right).iloc[0]
    assert (row.articles, row.events, row.found, row.f1) == (3, 2, 2, 1.0)
    # The same articles, told as one event: what is found stays, what is right of it does not.
    row = run(written(tmp_path / "b.jsonl", rows(north="all", south="all", west="all"))).iloc[0]
    assert (row.events, row.found, row.precision, row.recall) == (1, 2, 1.0, 0.556)


def test_ids_go_before_names_of_events(tmp_path):
    lines = [row | {"event": row["outlet"]} for row in rows(north="dam", south="dam", west="vote")]
    assert run(written(tmp_path / "a.jsonl", lines)).iloc[0].events == 2
    names = [{key: value for key, value in row.items() if key != "event_id"} for row in lines]
    assert run(written(tmp_path / "b.jsonl", names)).iloc[0].events == 3


def test_a_file_without_events_is_named(tmp_path):
    lines = [article("north", DAM, "2031-03-04")]
    with pytest.raises(ValueError, match=r"none\.jsonl: no article has an event"):
        run(written(tmp_path / "none.jsonl", lines))
    with pytest.raises(ValueError, match="needs a path"):
        run(None)


def test_b_cubed_counts_each_article():
    told = pd.Series([1, 1, 2, 2], index=list("abcd"))
    row = b_cubed(told, pd.Series([9, 9, 9, 8], index=list("abcd"))).iloc[0]
    # a and b: 2 of 3 right, c: 1 of 3, d: 1 of 1; found of their event: all, all, half, half.
    assert (row.precision, row.recall) == (0.667, 0.75)
    assert (row.articles, row.events, row.found) == (4, 2, 2)
