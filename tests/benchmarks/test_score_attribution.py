"""The scorer of attributions: what counts as found, as right, and as which form."""

from __future__ import annotations

import gzip
import json

import pytest
from benchmarks.attribution.score import between_marks, compare, score, tables

TEXT = "Ann Lee said “the dam holds”. Officials warned that rain would come."


def at(*words: str) -> list[list[int]]:
    return [[TEXT.index(w), TEXT.index(w) + len(w)] for w in words]


DIRECT = {"source": at("Ann Lee"), "cue": at("said"), "content": at("“the dam holds”")}
INDIRECT = {
    "source": at("Officials"),
    "cue": at("warned"),
    "content": at("that rain would come"),
}
ARTICLE = {"id": "a", "text": TEXT, "attributions": [DIRECT, INDIRECT]}


def f1(*predicted: dict) -> dict:
    return score([compare(ARTICLE, list(predicted))]).set_index("measure")["f1"].to_dict()


def test_gold_scores_one_against_itself():
    figures = f1(DIRECT, INDIRECT)
    assert figures.pop("mixed") == 0  # there is none
    assert set(figures.values()) == {1}


def test_nothing_scores_nothing():
    assert set(f1().values()) == {0}


def test_another_source_is_found_but_not_right():
    figures = f1(DIRECT | {"source": at("Officials")}, INDIRECT)
    assert figures["content found"] == 1
    assert figures["end-to-end"] == figures["attribution accuracy"] == 0.5
    assert (figures["direct"], figures["indirect"]) == (0, 1)


def test_forms_are_judged_on_each_side():
    whole = DIRECT | {"content": at("said “the dam holds”")}
    table = score([compare(ARTICLE, [whole])]).set_index("measure")
    assert (table.recall["direct"], table.precision["direct"]) == (1, 0)
    assert (table.recall["mixed"], table.precision["mixed"]) == (0, 1)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("say “a b” so", "a b"),
        ('say "a b" so', "a b"),
        ("say ``a b'' so", "a b"),
        ("say «a b» so", "a b"),
        ("it’s 'a b' so", ""),
        ("say “a\nb”", "a"),
    ],
)
def test_marks_are_read_line_by_line(text, inside):
    assert "".join(text[i] for i in sorted(between_marks(text))) == inside


def test_tables_of_a_file_tell_how_sure_and_how_right(tmp_path):
    path = tmp_path / "articles.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(ARTICLE).encode()))
    measured = tables(tmp_path)
    calibration = measured["calibration"].iloc[0]
    figures = measured["figures"].set_index("measure")
    assert calibration.n == figures.predicted["end-to-end"] > 0
    assert calibration.right == pytest.approx(figures.precision["end-to-end"])
    assert set(measured["reliability"]["cut"]) == {"mass", "width"}
