"""Many articles at once: the same bytes wherever they are made, and only what changed is made."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor
from functools import partial

import pandas as pd
import pytest

import sayso
from conftest import ROOT
from sayso.batch import executors
from sayso.batch.executors import executor, in_order
from sayso.batch.run import extract_to
from sayso.reading.articles import count_articles
from sayso.store.part import Part
from sayso.tables.extracted import TABLES
from test_store import tree

NAMES = ("Ana Voss", "Ben Lund", "Ana B. Voss", "Voss", "Tom Holm")
SOME = ["articles", "sentences", "quotes", "sources", "notes"]


def news(number: int) -> dict[str, str]:
    name = NAMES[number % len(NAMES)]
    text = f"Dam {number} holds\n\n“Dam {number} will hold all winter,” {name} said on Monday."
    return {"article_id": f"n{number:02}", "outlet": f"Post {number % 3}", "text": text}


def write(path, numbers):
    lines = (json.dumps(news(number), ensure_ascii=False) for number in numbers)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def small_parts():
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sayso.batch.run.PART_SIZE", 2)
        yield


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return write(tmp_path_factory.mktemp("news") / "news.jsonl", range(12))


@pytest.fixture(scope="module")
def store(source, small_parts, tmp_path_factory):
    """The store of twelve articles in twelve parts, and one of a note, made in this process."""
    store = tmp_path_factory.mktemp("stores") / "here"
    assert len(list(extract_to(source, store, tables=SOME))) == 12
    assert len(list(store.glob("part-*"))) == 13
    return store


@pytest.mark.slow
@pytest.mark.parametrize("workers", [2, 3])
def test_workers_make_the_same_bytes(source, store, tmp_path, workers):
    list(extract_to(source, tmp_path / "s", tables=SOME, workers=workers))
    assert tree(tmp_path / "s") == tree(store)


def test_an_article_more_or_less_changes_its_own_part_alone(source, store, tmp_path):
    own = tmp_path / "s"
    list(extract_to(source, own, tables=SOME))
    before = {path: path.stat().st_mtime_ns for path in own.glob("part-*/*.parquet")}
    more = write(tmp_path / "more.jsonl", [20, *range(5), 6, 7, 21, *range(8, 12)])
    # What a part was read from is known of it, so the file keeps its name.
    more = more.rename(tmp_path / "news.jsonl")
    list(extract_to(more, own, tables=SOME))
    after = {path: path.stat().st_mtime_ns for path in own.glob("part-*/*.parquet")}
    kept = {path.parent for path in before if after.get(path) == before[path]}
    assert len(kept) == 11 and len({path.parent for path in after}) == 14
    ids = sayso.open(own).articles.article_id.tolist()
    assert ids == [
        "n20",
        *(f"n{n:02}" for n in (*range(5), 6, 7)),
        "n21",
        "n08",
        "n09",
        "n10",
        "n11",
    ]
    list(extract_to(source, own, tables=SOME))
    assert tree(own) == tree(store)


def test_an_article_has_the_same_rows_in_any_order_and_however_it_comes(store, tmp_path):
    many = tmp_path / "many"
    many.mkdir()
    for number in reversed(range(12)):
        write(many / f"{11 - number:02}.jsonl", [number])
    list(extract_to(many, tmp_path / "s", tables=SOME))
    one, other = sayso.open(store), sayso.open(tmp_path / "s")
    for name in ("sentences", "quotes", "sources"):
        pd.testing.assert_frame_equal(
            getattr(one, name),
            getattr(other, name).sort_values(
                ["article_id", "start"], kind="stable", ignore_index=True
            ),
        )
    assert other.quotes.article_id.tolist()[0] == "n11"


def test_what_neighbours_tell_is_a_layer_of_its_own(source, store, tmp_path):
    alone = write(tmp_path / "news.jsonl", [2])
    list(extract_to(alone, tmp_path / "s", tables=SOME))
    (part,) = [one for one in (tmp_path / "s").glob("part-*") if (store / one.name).exists()]
    assert tree(part) == tree(store / part.name)
    assert sayso.open(tmp_path / "s").quotes.speaker.tolist() == ["Ana B. Voss"]
    opened = sayso.open(store)
    assert opened.only(["n02"]).quotes.speaker.tolist() == ["Ana Voss"]
    (names,) = store.glob("names-*/names.parquet")
    assert pd.read_parquet(names).values.tolist() == [["Ana B. Voss", "Ana Voss"]]
    assert (opened.notes.kind == "short name").sum() == 1
    assert "short name" in set(pd.read_parquet(names.with_name("notes.parquet")).kind)


def test_a_store_reads_as_the_articles_do(source, store):
    opened, read = sayso.open(store), sayso.read(source, tables=SOME)
    assert repr(opened) == repr(read) and opened.digest == read.digest
    for name in SOME:
        pd.testing.assert_frame_equal(getattr(opened, name), getattr(read, name))
        pd.testing.assert_frame_equal(
            opened.table(name, ["article_id"]), read.table(name, ["article_id"])
        )
    parts = list(opened.parts())
    assert [len(part) for part in parts] == [1] * 12 + [0] and len(list(read.parts())) == 1
    joined = pd.concat([part.quotes for part in parts], ignore_index=True)
    pd.testing.assert_frame_equal(joined, read.quotes)
    some = ["n03", "n07"]
    for name in SOME:
        pd.testing.assert_frame_equal(
            getattr(sayso.open(store).only(some), name), getattr(read.only(some), name)
        )
    with pytest.raises(LookupError, match="quotes has no column 'words': it has quote_id, art"):
        opened.table("quotes", ["words"])
    with pytest.raises(LookupError, match="no table 'quote'"):
        read.table("quote")


@pytest.fixture
def opened_files(monkeypatch):
    """The files of stores that are opened meanwhile: the name of the part and of the table."""
    files, path = [], Part.path

    def counted(part, name, look="end"):
        if look != "size":
            files.append((part.folder.name.partition("-")[0], name))
        return path(part, name, look)

    monkeypatch.setattr(Part, "path", counted)
    return files


def test_of_some_articles_only_their_parts_are_opened(store, opened_files):
    opened = sayso.open(store)
    some = opened.only(["n03", "n07", "nowhere"])
    assert opened_files == [("part", "articles")] * 13  # their ids, once
    assert some.table("quotes", ["article_id"]).article_id.tolist() == ["n03", "n07"]
    assert len(some.sources) == 2 and len(some.only(["n03"]).sentences) == 2
    assert len(opened.only([]).quotes) == 0
    view = opened.view("n03", layers=["quotes"]).markup
    assert "Dam 3 will hold" in view and "Dam 7" not in view
    assert opened_files.count(("part", "quotes")) == 3
    assert opened_files.count(("part", "sources")) == 2
    assert opened_files.count(("part", "sentences")) == 1
    assert [len(part.quotes) for part in some.parts()] == [1, 1]
    assert len(some.notes) == len(opened.notes)  # those that are no article's, of all parts


def test_names_of_a_corpus_are_read_once_for_all_its_parts(store, opened_files):
    speakers = [name for part in sayso.open(store).parts() for name in part.quotes.speaker]
    assert "Ana B. Voss" not in speakers and opened_files.count(("names", "names")) == 1


def test_a_month_of_a_store_is_saved_as_a_store(store, tmp_path):
    some = sayso.open(store).only(["n02", "n04"])
    again = sayso.open(some.save(tmp_path / "s"))
    pd.testing.assert_frame_equal(again.quotes, some.quotes)
    assert again.quotes.speaker.tolist() == ["Ana Voss", "Tom Holm"]


def test_only_what_is_asked_for_is_read(source, tmp_path):
    own = tmp_path / "s"
    list(extract_to(source, own, tables=SOME))
    quotes = sorted(own.glob("part-*/quotes.parquet"))[5]
    data = bytearray(quotes.read_bytes())
    data[200] ^= 1
    quotes.write_bytes(data)
    opened = sayso.open(own)
    assert len(opened) == 12 and len(opened.sources) == 12 and "12 quotes" in repr(opened)
    with pytest.raises(ValueError, match=rf"{quotes.parent.name}.*is not as it was written"):
        _ = opened.quotes


def test_a_store_of_another_version_or_model_is_told(store, tmp_path, monkeypatch):
    monkeypatch.setattr("sayso.__version__", "0.0.9")
    with pytest.warns(UserWarning, match=r"was not made by sayso 0\.0\.9"):
        sayso.open(store)
    monkeypatch.undo()
    monkeypatch.setattr("sayso.store.stored.model_digest", lambda: "0" * 64)
    with pytest.warns(UserWarning, match="was not made by the model that sayso has now"):
        sayso.open(store)


def test_another_model_or_code_makes_every_part_anew(source, tmp_path, monkeypatch):
    own = tmp_path / "s"
    list(extract_to(source, own, tables=["articles"]))
    before = {path.name for path in own.glob("part-*")}
    monkeypatch.setattr("sayso.batch.run.own_digest", lambda: "0" * 64)
    list(extract_to(source, own, tables=["articles"]))
    assert before.isdisjoint(path.name for path in own.glob("part-*"))


def test_the_list_tells_what_made_the_store(source, store):
    listed = json.loads((store / "store.json").read_text("utf-8"))
    assert listed["made_by"]["version"] == sayso.__version__
    assert {"sayso", "model", "options"} <= listed["made_by"].keys()
    assert listed["made_by"]["options"] == {"columns": None, "metadata": True, "parties": None}
    assert listed["tables"] == [name for name in TABLES if name in SOME]
    assert [part["rows"]["quotes"] for part in listed["parts"]] == [1] * 12 + [0]
    assert len({part["made_of"] for part in listed["parts"]}) == 13


def test_articles_are_counted_before_they_are_read(source, tmp_path):
    assert count_articles(source) == 12
    assert count_articles(ROOT / "seeds") == 5
    assert count_articles(tmp_path / "none") is None


ODD = {
    "PYTHONHASHSEED": "7",
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "OMP_NUM_THREADS": "3",
    "OPENBLAS_NUM_THREADS": "3",
}


@pytest.mark.slow
def test_another_day_language_and_folder_make_the_same_bytes(tmp_path):
    source = tmp_path / "news"
    shutil.copytree(ROOT / "tests" / "corpus", source)
    code = (
        "import sys; from sayso.batch.run import extract_to\nlist(extract_to('news', sys.argv[1]))"
    )
    stores = []
    for odd, folder in (({}, tmp_path), (ODD, tmp_path / "news" / "..")):
        stores.append(tmp_path / f"store-{len(odd)}")
        words = [sys.executable, "-c", code, str(stores[-1])]
        env = os.environ | odd | {"PYTHONPATH": str(ROOT / "src")}
        subprocess.run(words, cwd=folder, env=env, check=True)
    assert tree(stores[0]) == tree(stores[1])
    pd.testing.assert_frame_equal(sayso.open(stores[0]).quotes, sayso.read(source).quotes)


# --- interruptions ----------------------------------------------------------------------------

RUN = """
import sys
from sayso.batch import run
if __name__ == "__main__":
    run.PART_SIZE = 2
    ids = run.extract_to(sys.argv[1], sys.argv[2], tables={some}, workers=2)
    for article_id in ids:
        print(article_id, flush=True)
"""


def begin(source, out, tmp_path) -> subprocess.Popen:
    script = tmp_path / "run.py"
    script.write_text(RUN.format(some=SOME), encoding="utf-8")
    words = [sys.executable, str(script), str(source), str(out)]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    # Whoever runs the tests in the background has them ignore what ctrl-C sends.
    heard = partial(signal.signal, signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen(words, start_new_session=True, preexec_fn=heard, **options)


def group(number: int) -> list[int]:
    """The processes of a session."""
    listed = subprocess.run(["ps", "-eo", "pid,sess"], capture_output=True, text=True, check=True)
    rows = (line.split() for line in listed.stdout.splitlines()[1:])
    return [int(pid) for pid, session in rows if int(session) == number]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_workers_end_with_their_parent_and_a_run_goes_on(source, store, tmp_path, sent):
    out = tmp_path / "s"
    with begin(source, out, tmp_path) as run:
        assert run.stdout.readline() == "n00\n"
        if sent == signal.SIGINT:
            os.killpg(run.pid, sent)  # as a terminal does
        else:
            run.kill()
        began = time.monotonic()
        run.wait(timeout=30)
        told = run.stderr.read()
    while group(run.pid) and time.monotonic() - began < 30:
        time.sleep(0.1)
    assert group(run.pid) == []
    assert told.count("Traceback") == (sent == signal.SIGINT), told
    list(extract_to(source, out, tables=SOME))
    assert tree(out) == tree(store)


def end_itself(job) -> None:
    os._exit(9)


@pytest.mark.slow
def test_a_worker_that_ends_is_told(tmp_path):
    with (
        pytest.raises(OSError, match=r"a worker was ended.*what is finished is kept"),
        executor(2, None) as (run, at_once),
    ):
        list(in_order(run, at_once, end_itself, [("a", "job")]))


def test_jobs_are_taken_as_they_are_needed():
    taken = []

    def jobs():
        for number in range(100):
            taken.append(number)
            yield number, number

    class Later(Executor):
        def submit(self, fn, *args):
            return type("Made", (), {"result": lambda self: fn(*args)})()

    made = in_order(Later(), lambda: 3, lambda number: -number, jobs())
    assert [next(made) for _ in range(4)] == [(0, 0), (1, -1), (2, -2), (3, -3)]
    assert len(taken) == 10
    assert [key for key, _ in made] == list(range(4, 100))


def test_there_is_a_core_at_least():
    assert 1 <= executors.cores() <= os.cpu_count()
