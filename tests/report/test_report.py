"""Reports: parameters checked first, whole pages only, failures named, nothing done twice."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import nbformat
import pytest

from conftest import ROOT
from sayso.corpus import Corpus
from sayso.paths import HOMES, data_path, project_path
from sayso.report import run as report
from sayso.report.many import render_by, render_grid
from sayso.report.notebook import provenance
from sayso.report.parameters import Parameter, assign, check_choices, check_parameters, convert
from sayso.report.run import find_notebooks, render
from sayso.store import contents_digest
from sayso.store.lock import held
from sayso.tables.columns import frame
from sayso.tables.extracted import TABLES, ArticleRow, Note

PARAMETERS = """
corpus: str = "../seeds"  # folder, file or store
top: int = 3  # how many
share: float = 0.5
loud: bool = False
outlets: list = []  # none means all
by = "outlet"
""".strip()
COUNT = """
import sayso
print(len(sayso.load(corpus)), top, share, loud, outlets, by)
print(corpus)
""".strip()
BOLD = """
from IPython.display import HTML
import sys
print('careful', file=sys.stderr)
HTML('<b>bold</b>')
""".strip()
PICTURE = """
import matplotlib.pyplot as plt
from sayso.report.notebook import show
ax = plt.subplots(figsize=(2, 1))[1]
ax.set_title('A line', loc='left')
show(ax)
""".strip()
GOOD = [
    ("markdown", "# What is in it\n\nCounts the articles."),
    ("parameters", PARAMETERS),
    ("code", COUNT),
    ("code", BOLD),
    ("code", PICTURE),
]
BAD = [
    ("markdown", "# It breaks"),
    ("parameters", 'corpus: str = "../seeds"  # folder, file or store'),
    ("code", "raise RuntimeError(f'no luck with {corpus}')"),
]


def write_notebook(path, cells) -> None:
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    whole = nbformat.v4.new_notebook(metadata=metadata | {"language_info": {"name": "python"}})
    for kind, source in cells:
        make = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
        cell = make(source)
        cell.metadata["tags"] = ["parameters"] if kind == "parameters" else []
        whole.cells.append(cell)
    nbformat.write(whole, str(path))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Notebooks of our own in place of sayso's."""
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    write_notebook(notebooks / "01-count.ipynb", GOOD)
    write_notebook(notebooks / "02-break.ipynb", BAD)
    monkeypatch.setattr("sayso.paths.HOMES", (tmp_path, *HOMES))
    return notebooks


def small_corpus() -> Corpus:
    rows = [
        ArticleRow(
            f"a{n}", "Post & Sons", None, None, "<i>Bridge</i>", None, None, None, date(2021, 3, n),
            "day", "dateline", None, "en", 2, (), None, f"a{n}.txt", "0" * 64, "Two words.",
        )
        for n in (1, 2)
    ]  # fmt: skip
    notes = [Note("a1", None, "warning", "mark", "A <mark> is never closed.", 1, 2)]
    tables = {name: frame(row_type, []) for name, row_type in TABLES.items()}
    return Corpus(tables | {"articles": frame(ArticleRow, rows), "notes": frame(Note, notes)})


@pytest.fixture
def store(tmp_path):
    return small_corpus().save(tmp_path / "harbour")


def run(store, out, **options):
    return render(store, out, **options)


@pytest.mark.slow
def test_reports_failures_and_index(folder, store, tmp_path):
    out = tmp_path / "out"
    good, bad = run(store, out, parameters={"top": "7", "outlets": "A, B"})
    assert (good.status, good.title, good.file) == ("rendered", "What is in it", "01-count.html")
    assert (bad.status, bad.file) == ("failed", "02-break.failed.ipynb")
    assert bad.message.startswith("Cell 3 ('raise RuntimeError(f'no luck with {corpus}')'): ")
    assert ": RuntimeError: no luck with harbour. Open the failed notebook in " in bad.message
    assert sorted(path.name for path in out.iterdir()) == [
        ".ran",
        ".sayso.json",
        "01-count.html",
        "02-break.failed.ipynb",
        "articles",
        "index.html",
        "tables",
    ]
    page = (out / "01-count.html").read_text(encoding="utf-8")
    assert "2 7 0.5 False ['A', 'B'] outlet\nharbour" in html.unescape(page)
    assert "<b>bold</b>" in page
    assert 'aria-label="A line' in page
    for hidden in ("import sayso", "top = 7", "careful", "papermill", str(tmp_path), "In&nbsp;["):
        assert hidden not in page
    index = (out / "index.html").read_text(encoding="utf-8")
    assert '<a href="01-count.html">What is in it</a></h3><small>(top = 7, outlets = ' in index
    assert "Failed: It breaks" in index
    assert "RuntimeError: no luck with harbour" in index
    assert "Post &amp; Sons (2)" in index
    assert "A &lt;mark&gt; is never closed." in index
    for text in (page, index, (out / "02-break.failed.ipynb").read_text(encoding="utf-8")):
        assert str(tmp_path) not in text
        addresses = re.findall(r'(?:src|href)="(?!data:)([^"#]*)"', text)
        assert all("//" not in address for address in addresses)
        assert text.count("<script") == (0 if "nbformat" in text else 1)
    assert not list(folder.glob("kernel*")) and len(list(folder.iterdir())) == 2


@pytest.mark.slow
def test_unchanged_pages_are_kept(folder, store, tmp_path):
    out, only = tmp_path / "out", {"notebooks": ["01"]}
    assert [r.status for r in run(store, out, **only)] == ["rendered"]
    before, state = (out / "01-count.html").read_bytes(), (out / ".sayso.json").read_bytes()
    assert [r.status for r in run(store, out, **only)] == ["unchanged"]
    assert (out / ".sayso.json").read_bytes() == state
    assert [r.status for r in run(store, out, force=True, **only)] == ["rendered"]
    assert (out / "01-count.html").read_bytes() == before
    assert [r.status for r in run(store, out, parameters={"top": 4}, **only)] == ["rendered"]
    after = (out / "01-count.html").read_bytes()
    (out / "01-count.html").unlink()
    assert [r.status for r in run(store, out, parameters={"top": 4}, **only)] == ["unchanged"]
    assert (out / "01-count.html").read_bytes() == after
    (out / ".ran" / "01-count.ipynb").unlink()
    assert [r.status for r in run(store, out, parameters={"top": 4}, **only)] == ["rendered"]


@pytest.mark.slow
def test_failed_notebook_is_tried_again(folder, store, tmp_path):
    out = tmp_path / "out"
    assert run(store, out, notebooks=["02"])[0].status == "failed"
    assert run(store, out, notebooks=["02"])[0].status == "failed"
    write_notebook(folder / "02-break.ipynb", BAD[:2])
    assert run(store, out, notebooks=["02"])[0].status == "rendered"
    assert not (out / "02-break.failed.ipynb").exists()


@pytest.mark.slow
def test_many_reports_side_by_side(folder, store, tmp_path):
    out, only = tmp_path / "out", {"notebooks": ["01"]}
    made = render_by(store, out, "outlet", **only)
    assert [path.name.rsplit("-", 1)[0] for path in made] == ["post-sons"]
    assert [one.status for own in made.values() for one in own] == ["rendered"]
    listed = (out / "index.html").read_text(encoding="utf-8")
    assert ">Post &amp; Sons</a>" in listed and "2 articles of 4 words" in listed
    made = render_by(store, out, "outlet", **only)
    assert [one.status for own in made.values() for one in own] == ["unchanged"]
    grid = tmp_path / "grid.yaml"
    grid.write_text("top: [1, 2]\nloud: [true]\n", encoding="utf-8")
    made = render_grid(store, tmp_path / "grid", grid, parameters={"share": "0.1"}, **only)
    pages = [(path / "01-count.html").read_text(encoding="utf-8") for path in made]
    assert ["2 1 0.1 True" in pages[0], "2 2 0.1 True" in pages[1]] == [True, True]
    assert "top = 2, loud = True</a>" in (tmp_path / "grid" / "index.html").read_text("utf-8")
    with pytest.raises(FileExistsError, match=r"holds index\.html of another making"):
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "index.html").write_text("mine", encoding="utf-8")
        render_by(store, tmp_path / "mine", "outlet", **only)


@pytest.mark.slow
def test_a_notebook_needs_no_parameters(folder, store, tmp_path):
    write_notebook(folder / "03-plain.ipynb", [("markdown", "# Plain"), ("code", "1 + 1")])
    result = run(store, tmp_path / "out", notebooks=["03"])[0]
    assert (result.status, result.title) == ("rendered", "Plain")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"tpo": 3}, r"no notebook has a parameter 'tpo', did you mean 'top'\? Valid names: by, "),
        ({"top": "many"}, r"'top' of 01-count should be int \(its default is 3\), not 'many'"),
        ({"loud": "perhaps"}, "should be bool"),
        ({"corpus": "x"}, "'corpus' is set by the input"),
    ],
)
def test_parameters_are_checked_before_anything_runs(folder, store, tmp_path, given, message):
    with pytest.raises(ValueError, match=message):
        run(store, tmp_path / "out", parameters=given)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("int", "5", 5),
        ("int", 5, 5),
        ("float", "0.25", 0.25),
        ("float", 1, 1.0),
        ("bool", "no", False),
        ("bool", True, True),
        ("list", "a, b", ["a", "b"]),
        ("list", '["a, b"]', ["a, b"]),
        ("list", ("a",), ["a"]),
        ("dict", '{"a": 1}', {"a": 1}),
        ("str", "5", "5"),
        ("any", 5, 5),
    ],
)
def test_values_become_what_is_declared(kind, value, expected):
    result = convert(value, Parameter("p", kind, "x"), "n")
    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("int", True), ("int", 1.5), ("int", "1.5"), ("float", "nan"), ("float", "inf"),
        ("bool", 1), ("list", "[1"), ("list", 3), ("dict", "[1]"), ("str", 5),
    ],
)  # fmt: skip
def test_values_of_another_type_are_refused(kind, value):
    with pytest.raises(ValueError, match=f"parameter 'p' of n should be {kind}"):
        convert(value, Parameter("p", kind, "x"), "n")


def test_a_notebook_gets_only_what_it_declares():
    notebooks = {"a": {"top": Parameter("top", "int", "1")}, "b": {}}
    assert assign({"top": "2"}, notebooks) == {"a": {"top": 2}, "b": {}}


def test_notebooks_are_found_by_name(folder):
    assert [path.stem for path in find_notebooks()] == ["01-count", "02-break"]
    assert [path.stem for path in find_notebooks(["02", "01-count.ipynb"])] == [
        "02-break",
        "01-count",
    ]
    assert find_notebooks([folder / "01-count.ipynb"]) == [folder / "01-count.ipynb"]
    with pytest.raises(ValueError, match="'03' fits 0 notebooks; there are: 01-count, 02-break"):
        find_notebooks(["03"])
    with pytest.raises(ValueError, match="'0' fits 2 notebooks"):
        find_notebooks(["0"])


def test_broken_state_is_started_anew(tmp_path):
    for kept in ("{", "[]", '{"a": {"unknown": 1}}', json.dumps({"a": 3})):
        (tmp_path / ".sayso.json").write_text(kept, encoding="utf-8")
        assert report._read_state(tmp_path) == {}


@pytest.mark.parametrize(
    ("source", "name"),
    [("seeds/", "seeds"), ("a/b.jsonl", "b.jsonl"), ("news/*.txt", "news"), (".", "corpus")],
)
def test_a_corpus_is_called_what_the_user_calls_it(source, name):
    assert report.source_name(source) == name


def test_paths_lead_from_here_or_from_the_notebooks(folder, tmp_path, monkeypatch):
    seeds, here = tmp_path / "seeds", tmp_path / "somewhere" / "else"
    seeds.mkdir()
    here.mkdir(parents=True)
    (seeds / "a.txt").write_text("A", encoding="utf-8")
    monkeypatch.chdir(here)
    assert project_path("../seeds") == seeds
    assert project_path("../seeds/*.txt") == seeds / "*.txt"
    assert project_path(seeds) == seeds
    monkeypatch.chdir(folder)
    assert project_path("../seeds").resolve() == seeds


def test_provenance_tells_no_path(store):
    table = provenance(Corpus(small_corpus()._tables), corpus=str(store), top=3)
    assert table["item"].tolist() == [
        "sayso", "articles", "corpus SHA-256", "parameter corpus", "parameter top",
    ]  # fmt: skip
    assert table["value"].tolist()[-2:] == ["harbour", "3"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"top": 0}, "'top' is 0, expected a whole number from 1 to 20"),
        ({"top": -3}, "'top' is -3, expected a whole number from 1 to 20"),
        ({"rows": True}, "'rows' is True, expected a whole number from 1 to 1,000"),
        ({"rows": 2.5}, "'rows' is 2.5, expected a whole number"),
        ({"by": "colour"}, "'by' is 'colour', expected one of 'outlet', 'agency', 'month', "),
        ({"corpus": 3}, "'corpus' is 3, expected a text"),
        ({"terms": "a"}, "'terms' is 'a', expected a list of texts"),
        ({"terms": ["a", 1]}, "expected a list of texts"),
        ({"keep_copies": 1}, "'keep_copies' is 1, expected True or False"),
        ({"least": 1.5}, "'least' is 1.5, expected a number from 0 to 1"),
        ({"least": True}, "'least' is True, expected a number from 0 to 1"),
        ({"period": "decade"}, "'period' is 'decade', expected one of 'auto', 'day', 'week', "),
        ({"unit": "letters"}, "'unit' is 'letters', expected one of 'words', "),
    ],
)
def test_wrong_parameters_are_named(wrong, message):
    with pytest.raises(ValueError, match=message):
        check_parameters(**{"corpus": "../seeds", "rows": 20} | wrong)


def test_good_parameters_pass():
    check_parameters(top=20, by="month", terms=[], keep_copies=False, codebook="generic")
    check_parameters(least=0.75, period="auto")
    check_parameters(least=1, period="week")
    check_parameters(mine="whatever it is")
    with pytest.raises(
        FileNotFoundError,
        match=r"no codebook 'nope': .*arms-control, generic, generic-cues, policy, responsibility",
    ):
        check_parameters(codebook="nope")


def test_choices_are_of_the_corpus(seeds):
    check_choices(seeds, by="outlet", reference="TASS", article="003", rows=3)
    check_choices(seeds, by="agency", reference="")
    with pytest.raises(ValueError, match=r"reference 'BBC' is none of: .*TASS"):
        check_choices(seeds, by="outlet", reference="BBC")
    with pytest.raises(KeyError, match="'x' fits 0 articles"):
        check_choices(seeds, article="x")
    with pytest.raises(ValueError, match="statement 'x' is none of those shared"):
        check_choices(seeds, statement="x")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"top": "-3"}, "'top' is -3"),
        ({"by": "colour"}, "'by' is 'colour'"),
        ({"codebook": "nope"}, "no codebook 'nope'"),
        ({"reference": "BBC"}, "reference 'BBC' is none of: Post & Sons"),
    ],
)
def test_values_are_checked_before_any_notebook_runs(store, tmp_path, given, message):
    with pytest.raises((ValueError, FileNotFoundError), match=message):
        run(store, tmp_path / "out", parameters=given)
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_corpus_is_extracted_once_for_all_notebooks(tmp_path):
    source, out = tmp_path / "harbour", tmp_path / "out"
    source.mkdir()
    (source / "a.txt").write_text("Bridge stays open\n\nAda Lund said so.", encoding="utf-8")
    store = report.prepare(source, out)
    assert store == out / ".store" / "harbour"
    before = {path: path.stat().st_mtime_ns for path in store.rglob("*.parquet")}
    inputs = contents_digest(store)
    assert report.prepare(source, out) == store
    assert {path: path.stat().st_mtime_ns for path in store.rglob("*.parquet")} == before
    assert contents_digest(store) == inputs
    (source / "a.txt").write_text("Bridge closed\n\nAda Lund said so.", encoding="utf-8")
    assert contents_digest(report.prepare(source, out)) != inputs


def test_nothing_of_others_is_removed(folder, store, tmp_path):
    mine = [tmp_path / "out" / name for name in (".store/notes.txt", ".partial/a.txt", "thesis")]
    for path in mine:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine", encoding="utf-8")
    source = tmp_path / "texts"
    source.mkdir()
    (source / "a.txt").write_text("Bridge closed\n\nAda Lund said so.", encoding="utf-8")
    report.prepare(source, tmp_path / "out")
    run(store, tmp_path / "out", notebooks=["02"])
    assert [path.read_text("utf-8") for path in mine] == ["mine"] * 3


def test_pages_of_others_are_not_written_over(folder, store, tmp_path):
    (tmp_path / "out").mkdir()
    page = tmp_path / "out" / "index.html"
    page.write_text("my home page", encoding="utf-8")
    with pytest.raises(FileExistsError, match=r"holds index\.html of another making"):
        run(store, tmp_path / "out")
    assert page.read_text("utf-8") == "my home page"


def test_two_notebooks_that_would_be_one_page_are_refused(folder, store, tmp_path):
    for name in ("mine/01-Count.ipynb", "mine/index.ipynb"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write_notebook(tmp_path / name, GOOD)
    out = tmp_path / "out"
    with pytest.raises(ValueError, match=r"would be one page, 01-Count\.html: rename one"):
        run(store, out, notebooks=["01", tmp_path / "mine" / "01-Count.ipynb"])
    with pytest.raises(ValueError, match=r"would be one page, index\.html"):
        run(store, out, notebooks=[tmp_path / "mine" / "index.ipynb"])
    assert not out.exists()
    assert len(find_notebooks(["01", "01-count"])) == 1


def test_only_one_report_is_written_to_a_folder_at_a_time(folder, store, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    with held(out), pytest.raises(BlockingIOError, match="is being written by somebody else"):
        run(store, out, notebooks=["01"])
    assert list(out.iterdir()) == []


@pytest.mark.slow
def test_notebooks_side_by_side_leave_the_working_folder_as_it_is(
    folder, store, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sayso.report.run.cores", lambda: 2)
    for name in ("03-here", "04-there"):
        told = "import os, time; time.sleep(1)\nprint(os.path.basename(os.getcwd()))"
        write_notebook(folder / f"{name}.ipynb", [*GOOD[:2], ("code", told)])
    before = Path.cwd()
    made = run(store, "out", notebooks=["03", "04"])
    assert [one.status for one in made] == ["rendered"] * 2 and Path.cwd() == before
    for one in made:
        assert folder.name in (tmp_path / "out" / ".ran" / f"{one.name}.ipynb").read_text("utf-8")
        assert (tmp_path / "out" / one.file).exists()


FULL = (
    "import resource, sys; from sayso.cli import app\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2); app()"
)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a full disk is made with what Unix has")
def test_a_full_disk_is_told_and_leaves_no_half_page(folder, store, tmp_path):
    notebook, out = str(folder / "01-count.ipynb"), tmp_path / "out"
    words = ["report", str(store), "--out", str(out), "--notebook", notebook]
    run(store, out, notebooks=[notebook])
    before = {path.name: path.read_bytes() for path in out.glob("*.html")}
    for room in (500, 3000):
        command = [sys.executable, "-c", FULL, str(room), *words, "--force"]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        assert found.returncode in (1, 2) and "File too large" in found.stderr + found.stdout
        kept = {path.name: path.read_bytes() for path in out.iterdir() if path.suffix == ".html"}
        assert kept == before


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a kernel is stopped with what Unix has")
def test_a_kernel_that_hangs_is_ended_and_told(folder, store, tmp_path, monkeypatch):
    monkeypatch.setattr("sayso.report.execute.CELL_SECONDS", 3)
    stops = "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"
    write_notebook(folder / "03-hangs.ipynb", [*BAD[:2], ("code", stops)])
    (hung,) = run(store, tmp_path / "out", notebooks=["03"])
    assert hung.status == "failed" and "timed out" in hung.message


@pytest.mark.slow
def test_codings_correct_the_tables_and_new_ones_make_the_page_anew(tmp_path):
    codings = tmp_path / "codings"
    shutil.copytree(data_path("codings"), codings)
    given = {"notebooks": ["02"], "parameters": {"codings": str(codings)}}
    (made,) = render(ROOT / "seeds", tmp_path / "out", **given)
    assert made.status == "rendered", made.message
    page = (tmp_path / "out" / made.file).read_text(encoding="utf-8")
    assert "corrected (95% interval)" in page and "1 coded)" in page
    (again,) = render(ROOT / "seeds", tmp_path / "out", **given)
    assert again.status == "unchanged"
    path = next((codings / "reader").glob("000*.json"))
    path.write_text(path.read_text("utf-8").replace('"changed"', '"wrong"', 1), encoding="utf-8")
    (anew,) = render(ROOT / "seeds", tmp_path / "out", **given)
    assert anew.status == "rendered"


def test_codings_of_another_corpus_are_refused_before_anything_runs(invented):
    with pytest.raises(ValueError, match="another corpus"):
        check_choices(invented, codings=str(data_path("codings")))
