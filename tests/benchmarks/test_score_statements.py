"""Statements planted in other articles, and how their alignment is scored."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from benchmarks.statements.planting import KINDS, plant, reword, shorten
from benchmarks.statements.score import count_events, draw, run, score

LINES = [
    "We really need to build a new school, because the children always travel too far",
    "The mayor is wrong about the money, and people know it very well by now",
    "Nobody has asked the fishermen what they think about the harbour so far",
    "I don't believe that a bigger road will help the shops in the old town",
]


@pytest.fixture
def tables():
    texts = {
        f"a{n}": f"Title\n\n“{line},” Ann Reed said.\n\nThe end." for n, line in enumerate(LINES)
    }
    articles = pd.DataFrame({"article_id": list(texts), "text": list(texts.values())})
    quotes = pd.DataFrame(
        {
            "article_id": list(texts),
            "kind": "direct",
            "content": LINES,
            "content_spans": [[[8, 8 + len(line)]] for line in LINES],
            "speaker": "Ann Reed",
            "in_headline": False,
        }
    )
    return articles, quotes


def test_every_kind_is_planted_where_it_is_said_to_be(tables):
    changed, plants = plant(*tables, n=4, seed=3)
    texts = dict(zip(changed["article_id"], changed["text"], strict=True))
    assert sorted(item.kind for item in plants) == sorted(KINDS)
    for item in plants:
        said = texts[item.source_id][slice(*item.source)]
        there = texts[item.host_id][slice(*item.host)]
        assert said in LINES and item.host_id != item.source_id
        assert texts[item.host_id][item.host[0] - 1] == "“"
        if item.kind in ("verbatim", "reattributed"):
            assert there == said
        else:
            assert there != said


def test_a_seed_settles_all(tables):
    (one, first), (other, second) = plant(*tables, n=4, seed=3), plant(*tables, n=4, seed=3)
    assert first == second and one.equals(other)


@pytest.mark.parametrize("line", LINES)
def test_words_are_changed_as_a_reporter_might(line):
    assert reword(line, random.Random(1)) != line
    short = shorten(line, random.Random(1))
    assert short in line and 6 <= len(short.split()) < len(line.split())


def pair(a: tuple, b: tuple, name: str = "p") -> dict:
    return {
        "pair_id": name,
        "relation": "verbatim",
        **{"article_id_a": a[0], "spans_a": [[a[1], a[2]]]},
        **{"article_id_b": b[0], "spans_b": [[b[1], b[2]]]},
    }


def test_pairs_are_right_if_they_lead_to_the_source(tables):
    changed, plants = plant(*tables, n=2, seed=3)
    first, second = plants
    right = pair((first.host_id, *first.host), (first.source_id, *first.source))
    wrong = pair((second.host_id, *second.host), ("a3", 0, 5))
    table = score(pd.DataFrame([right, wrong]), plants, changed).set_index("kind")
    assert table.loc["all", ["planted", "found", "pairs", "right"]].tolist() == [2, 1, 2, 1]
    assert table.loc[first.kind, "recall"] == 1 and table.loc[second.kind, "recall"] == 0


def test_pairs_are_counted_within_and_across_events():
    found = pd.DataFrame([pair(("a", 0, 1), ("b", 0, 1)), pair(("a", 0, 1), ("c", 0, 1))])
    table = count_events(found, {"a": "x", "b": "x", "c": "y"}).set_index("relation")
    assert table.loc["all"].tolist() == [1, 1, 0.5]
    assert table.loc["near"].tolist() == [0, 0, 0]


def test_a_draw_does_not_hang_on_the_order():
    found = pd.DataFrame({"pair_id": [f"p{n}" for n in range(30)]})
    drawn = draw(found, n=5, seed=1)
    assert len(drawn) == 5 and drawn.equals(draw(found.iloc[::-1], n=5, seed=1))
    assert not drawn.equals(draw(found, n=5, seed=2))


def test_a_path_is_asked_for():
    with pytest.raises(ValueError, match="JSONL"):
        run(None)
