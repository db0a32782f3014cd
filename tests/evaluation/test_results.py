"""Result files: what was measured comes back, with what it takes to measure it again."""

from __future__ import annotations

import hashlib
import json
import re
import types
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from benchmarks.page import score as page
from typer.testing import CliRunner

from sayso.cli import app
from sayso.evaluation import gold  # noqa: F401 - so that it can be replaced
from sayso.evaluation.results import (
    Result,
    digest,
    measure,
    new_result,
    overview,
    read_results,
)
from sayso.show.accuracy import figures

FIGURES = pd.DataFrame({"measure": ["a", None], "f1": [0.12345678, float("nan")], "n": [3, 0]})


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    return path


def test_a_result_comes_back_rounded_with_missing_values(tmp_path, data):
    made = new_result("dates", "score dates gold.jsonl", [data], {"figures": FIGURES})
    path = made.save(tmp_path / "results")
    back = read_results(tmp_path / "results")["dates"]
    table = back.tables["figures"]
    assert path.name == "dates.json"
    assert table["f1"].isna().tolist() == [False, True] and table["f1"][0] == 0.123457
    assert table["measure"].isna().tolist() == [False, True]
    assert table["n"].tolist() == [3, 0]
    for fact in ("command", "date", "data", "data_sha256", "version", "model_sha256"):
        assert getattr(back, fact) == getattr(made, fact)


def test_a_result_names_its_data_and_no_place(tmp_path, data):
    made = new_result("dates", "score dates gold.jsonl", [data], {"figures": FIGURES})
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


def test_an_evaluation_tells_which_files_it_is_measured_on(data, tmp_path):
    more = tmp_path / "labels.jsonl"
    more.write_text("{}\n{}\n", encoding="utf-8")
    module = types.SimpleNamespace(run=lambda path: FIGURES, data=lambda path: [data, more])
    made = measure("own", module, "score own", Path(f"{data},{more}"))
    here = tmp_path.name
    assert made.data == f"{here}/gold.jsonl, {here}/labels.jsonl"
    assert made.command == f"score own {here}/gold.jsonl,{here}/labels.jsonl"
    assert made.data_sha256 == digest([data, more]) != digest([data])


def test_pages_are_scored_on_pages_and_not_on_the_seeds():
    assert [path.name for path in page.data()] == ["pages.jsonl"]
    assert page.data()[0].is_file()


def test_a_result_of_other_model_files_is_told(tmp_path, data):
    made = new_result("dates", "score dates gold.jsonl", [data], {"figures": FIGURES})
    old = replace(made, name="older", model_sha256="0" * 64)
    assert not made.is_old and old.is_old
    assert overview({"a": made, "b": old})["model"].tolist() == ["this", "earlier"]
    kept = {"a": made, "b": old}
    assert "measured with an earlier model" in repr(figures(kept, "b", "F1"))
    assert "earlier model" not in repr(figures(kept, "a", "F1"))
