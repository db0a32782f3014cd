"""The command line: a user's mistakes told in one line, everything else passed on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import types

import pandas as pd
import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.corpus import Corpus
from sayso.evaluation import gold  # noqa: F401 - so that it can be replaced
from sayso.paths import HOMES
from sayso.report.pages.index import Result
from sayso.tables.columns import frame
from sayso.tables.extracted import TABLES, ArticleRow, Note


@pytest.fixture
def store(tmp_path):
    row = ArticleRow(
        "a1", "Post", None, None, "Bridge", None, None, None, None, None, "unknown", None, "en", 2,
        (), None, "a1.txt", "0" * 64, "Two words.",
    )  # fmt: skip
    tables = {name: frame(row_type, []) for name, row_type in TABLES.items()}
    notes = frame(Note, [Note(None, "b.txt", "error", "empty", "b.txt is empty", None, None)])
    return Corpus(tables | {"articles": frame(ArticleRow, [row]), "notes": notes}).save(
        tmp_path / "s"
    )


def run(*words, code: int = 0):
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


def test_view_writes_a_page(store, tmp_path):
    out = tmp_path / "page.html"
    assert run("view", store, "a", "--out", out).stdout == f"{out}\n"
    assert "Two words." in out.read_text(encoding="utf-8")


def test_sample_writes_pages_and_sheets_once(store, tmp_path):
    out = tmp_path / "coding"
    told = run("sample", store, "--out", out, "--coders", "anna,ben").stdout
    assert "1 of 1 articles" in told and "Post: 1 of 1" in told
    assert {path.name for path in out.iterdir()} == {"anna", "ben", "design.csv"}
    assert {path.name for path in (out / "ben").glob("1-*")} >= {"1-a1.html", "1-a1.csv"}
    assert "not empty" in run("sample", store, "--out", out, code=2).stderr


def test_read_tells_of_a_folder_and_of_a_store(store, tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a1.txt").write_text("The bridge is shut.", encoding="utf-8")
    assert run("read", tmp_path / "texts").stdout.startswith("articles   1 (")
    told = run("read", store, code=1).stdout
    assert told.startswith("articles   1 (") and "error      1 x empty; b.txt is empty" in told


def test_a_file_that_cannot_be_read_tells_in_the_exit_status(tmp_path):
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("The bridge is shut.", encoding="utf-8")
    (news / "b.json").write_text('[{"text": "The', encoding="utf-8")
    for words in (["read", news], ["extract", news, "--out", tmp_path / "store"]):
        told = run(*words, code=1)
        assert "1 articles" in told.stdout or "articles   1" in told.stdout
        assert "b.json" in told.output and "sayso: 1 error; what each names" in told.stderr
    (news / "b.json").unlink()
    run("read", news)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["view", "{store}", "zz", "--out", "x"], "'zz' fits 0 articles"),
        (["view", "{store}", "a1", "--out", "{tmp}/no/x"], "no/x: No such file or directory"),
        (["view", "{tmp}/missing", "a1", "--out", "x"], "missing"),
        (["extract", "{tmp}/missing", "--out", "{tmp}/o"], "missing"),
        (
            ["report", "{tmp}/missing", "--out", "{tmp}/o", "--notebook", "nosuch"],
            "'nosuch' fits 0",
        ),
        (["report", "{store}", "--out", "{tmp}/o", "-p", "top"], "'top' has no value: give -p top"),
        (["report", "{store}", "--out", "o", "-p", "a", "1", "-p", "a", "2"], "'a' is given twice"),
        (
            ["view", "{store}", "a1", "--out", "x", "--column", "text"],
            "'text' has no value: give --c",
        ),
        (["extract", "{tmp}", "--out", "{tmp}/o", "--column", "txt=a"], "columns has 'txt'"),
        (["extract", "{tmp}", "--out", "{tmp}/o", "--tables", "quotes, date"], "no table 'date'"),
        (
            ["report", "{store}", "--out", "{tmp}/o", "--column", "text=a"],
            "is a store: its columns",
        ),
        (["evaluate", "nosuch"], "no evaluation 'nosuch': there is 'gold'"),
    ],
)
def test_mistakes_are_told_in_one_line(store, tmp_path, monkeypatch, words, message):
    (tmp_path / "notebooks").mkdir()
    monkeypatch.setattr("sayso.paths.HOMES", (tmp_path, *HOMES))
    filled = [word.format(store=store, tmp=tmp_path) for word in words]
    result = run(*filled, code=2)
    assert message in result.stderr
    assert result.stderr.startswith("sayso: ")
    assert result.stderr.count("\n") == 1


def test_report_passes_parameters_on_and_tells_results(monkeypatch, tmp_path):
    asked = {}

    def render(source, out, **options):
        asked.update(options, source=source)
        return [
            Result("01", "One", "unchanged", "01.html"),
            Result("02", "Two", "failed", "02.failed.ipynb", "cell 3: it broke"),
        ]

    monkeypatch.setattr("sayso.report.run.render", render)
    words = ["report", "news/", "--out", tmp_path, "-p", "top", "5", "-p", "by=agency"]
    words += ["--notebook", "01", "--notebook", "02", "--parameter", "low", "-1", "--force"]
    result = run(*words, code=1)
    assert asked["parameters"] == {"top": "5", "by": "agency", "low": "-1"}
    assert asked["notebooks"] == ["01", "02"]
    assert asked["source"] == "news/"
    assert asked["force"]
    assert "failed     " + str(tmp_path / "02.failed.ipynb") + ": cell 3: it broke" in result.stdout
    assert "Unchanged notebooks were not run again" in result.stdout


def test_names_of_columns_are_passed_on(monkeypatch, tmp_path, store):
    asked = []

    def extract_to(source, out, **options):
        asked.append(options["columns"])
        return iter(["a1"])

    def render(source, out, **options):
        asked.append(options["columns"])
        return []

    monkeypatch.setattr("sayso.batch.run.extract_to", extract_to)
    monkeypatch.setattr("sayso.report.run.render", render)
    named = ["--column", "text=body", "--column", "outlet=source.title"]
    run("extract", "news/", "--out", store, *named, code=1)
    run("report", "news/", "--out", tmp_path, *named)
    assert asked == [{"text": "body", "outlet": "source.title"}] * 2
    table = tmp_path / "n.csv"
    table.write_text("nr,body,inhalt\nb7,short,A long text it is.\n", encoding="utf-8")
    page = tmp_path / "page.html"
    run("view", table, "b7", "--out", page, "--column", "text=inhalt", "--column", "article_id=nr")
    assert "A long text it is." in page.read_text(encoding="utf-8")


def test_extract_tells_what_went_wrong(monkeypatch, store):
    monkeypatch.setattr("sayso.batch.run.extract_to", lambda *args, **options: iter(["a1"]))
    result = run("extract", "news/", "--out", store, code=1)
    assert "1 articles" in result.stdout
    assert "error: b.txt is empty\nsayso: 1 error" in result.stderr


@pytest.mark.parametrize("charset", ["utf-8", "ascii"])
def test_no_article_reaches_the_terminal(tmp_path, charset):
    (tmp_path / "a\x1b[2J“\u202e.txt").write_text("", encoding="utf-8")
    row = {"id": "b\x07", "outlet": "The\x1b]0;Post\x9b31m", "text": "“It is late,” said Ann Lee."}
    (tmp_path / "b.jsonl").write_text(json.dumps(row), encoding="utf-8")
    told = CliRunner(charset=charset).invoke(app, ["read", str(tmp_path)])
    assert told.exit_code == 1 and "sayso: 1 error" in told.stderr  # the empty file
    assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u202e]", told.output)
    assert "The\\x1b]0;Post" in told.output and "a\\x1b[2J" in told.output


def test_an_interruption_is_told_in_a_line(monkeypatch, tmp_path):
    def stopped(*args, **options):
        yield "a1"
        raise KeyboardInterrupt

    monkeypatch.setattr("sayso.batch.run.extract_to", stopped)
    told = run("extract", "news/", "--out", tmp_path / "s", code=130)
    assert told.stderr == "sayso: stopped; what is finished is kept: run it once more to go on\n"


def test_evaluate_prints_the_figures(monkeypatch):
    module = types.SimpleNamespace(run=lambda path: pd.DataFrame({"f1": [0.5], "path": [path]}))
    monkeypatch.setattr("sayso.evaluation.gold", module)
    assert "0.5 None" in run("evaluate", "gold").stdout


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom sayso.cli import app\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'papermill', 'onnxruntime', 'nbconvert'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_version_is_told():
    import sayso

    assert run("--version").stdout == f"sayso {sayso.__version__}\n"


def test_what_is_not_installed_is_told_with_how_to_get_it(store, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "papermill", None)
    monkeypatch.setitem(sys.modules, "nbformat", None)
    for name in [name for name in sys.modules if name.startswith("sayso.report.")]:
        monkeypatch.delitem(sys.modules, name)
    told = run("report", store, "--out", tmp_path / "out", code=2)
    assert "pip install 'sayso[notebooks]'" in told.stderr and "Traceback" not in told.output
