"""Result files: what was measured comes back, with what it takes to measure it again."""

from __future__ import annotations

import hashlib
import json
import re
import types

import pandas as pd
import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.evaluation import gold  # noqa: F401 - so that it can be replaced
from sayso.evaluation.results import Result, digest, measure, new_result, read_results

FIGURES = pd.DataFrame({"measure": ["a", None], "f1": [0.123456, float("nan")], "n": [3, 0]})


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    return path


def test_a_result_comes_back_rounded_with_missing_values(tmp_path, data):
    made = new_result("dates", "score dates gold.jsonl", data, {"figures": FIGURES})
    path = made.save(tmp_path / "results")
    back = read_results(tmp_path / "results")["dates"]
    table = back.tables["figures"]
    assert path.name == "dates.json"
    assert table["f1"].isna().tolist() == [False, True] and table["f1"][0] == 0.1235
    assert table["measure"].isna().tolist() == [False, True]
    assert table["n"].tolist() == [3, 0]
    for fact in ("command", "date", "data", "data_sha256", "version", "model_sha256"):
        assert getattr(back, fact) == getattr(made, fact)


def test_a_result_names_its_data_and_no_place(tmp_path, data):
    made = new_result("dates", "score dates gold.jsonl", data, {"figures": FIGURES})
    text = made.save(tmp_path).read_text(encoding="utf-8")
    assert json.loads(text)["data_sha256"] == hashlib.sha256(b"{}\n").hexdigest()
    assert str(tmp_path.parent) not in text
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", made.date)


def test_a_folder_has_the_digest_of_its_names_and_contents(tmp_path, data):
    one = digest([tmp_path])
    (tmp_path / "more.txt").write_text("more", encoding="utf-8")
    two = digest([tmp_path])
    (tmp_path / "more.txt").rename(tmp_path / "less.txt")
    assert len({one, two, digest([tmp_path])}) == 3


def test_an_evaluation_may_have_several_tables(monkeypatch, tmp_path, data):
    tables = {"figures": FIGURES, "errors": FIGURES.head(1)}
    module = types.SimpleNamespace(tables=lambda path: tables)
    monkeypatch.setattr("sayso.evaluation.gold", module)
    assert list(measure("own", module, "mine", data).tables) == ["figures", "errors"]
    words = ["evaluate", "gold", str(data), "--save", str(tmp_path / "out")]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0 and "gold.json" in result.stdout
    kept = read_results(tmp_path / "out")["gold"]
    assert isinstance(kept, Result)
    assert kept.command == f"sayso evaluate gold {tmp_path.name}/gold.jsonl"


def test_without_data_of_yours_a_result_is_of_the_seeds():
    module = types.SimpleNamespace(run=lambda path: FIGURES)
    made = measure("own", module, "mine")
    assert (made.command, made.data) == ("mine", "seeds and data/gold")
