"""Stores: whole or as they were, and nothing of a user's is touched."""

from __future__ import annotations

import shutil
import subprocess
import sys
import warnings

import pandas as pd
import pytest

import sayso
from conftest import ROOT
from sayso.batch.run import extract_to
from sayso.extract import EXTRACTORS
from sayso.store import Stored, Writer, n_articles
from sayso.store.listed import MEND
from sayso.store.part import is_ours
from sayso.tables.compared import COMPARED
from sayso.tables.extracted import TABLES


def test_a_store_holds_what_was_saved(seeds, tmp_path):
    opened = sayso.open(seeds.save(tmp_path / "store"))
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(opened, name), getattr(seeds, name))
    assert opened.digest == seeds.digest
    for method in COMPARED:
        pd.testing.assert_frame_equal(
            getattr(sayso.open(tmp_path / "store"), method)(), getattr(seeds, method)()
        )


def test_an_interrupted_extraction_goes_on_where_it_stopped(seeds, tmp_path, monkeypatch):
    monkeypatch.setattr("sayso.batch.run.PART_SIZE", 2)
    store = tmp_path / "store"
    from conftest import ROOT

    stopped = extract_to(ROOT / "seeds", store)
    for _ in range(2):
        next(stopped)
    stopped.close()
    (kept, *_) = store.glob("part-*/quotes.parquet")
    with pytest.raises(FileNotFoundError, match="an extraction into it has not ended"):
        sayso.open(store)
    before = kept.stat().st_mtime_ns
    assert len(list(extract_to(ROOT / "seeds", store))) == 5
    assert kept.stat().st_mtime_ns == before
    whole = tmp_path / "whole"
    list(extract_to(ROOT / "seeds", whole))
    for path in sorted(whole.rglob("*.parquet")):
        assert path.read_bytes() == (store / path.relative_to(whole)).read_bytes()
    pd.testing.assert_frame_equal(sayso.open(store).quotes, seeds.quotes)


def test_a_part_of_other_articles_is_made_anew(tmp_path):
    source = tmp_path / "texts"
    source.mkdir()
    (source / "a.txt").write_text("Ana Voss said the dam would hold on Monday.", encoding="utf-8")
    store = tmp_path / "store"
    list(extract_to(source, store))
    (source / "a.txt").write_text("Ben Lund said the dam would break on Monday.", encoding="utf-8")
    list(extract_to(source, store))
    assert sayso.open(store).quotes.speaker.tolist() == ["Ben Lund"]


def test_a_store_that_lacks_a_table_is_named_and_mended(tmp_path):
    source, store = tmp_path / "a.jsonl", tmp_path / "store"
    source.write_text('{"article_id": "a", "text": "“It is late,” said Ann Lee."}\n', "utf-8")
    list(extract_to(source, store))
    (part,) = store.glob("part-*")
    (part / "quotes.parquet").unlink()
    with pytest.raises(FileNotFoundError, match=r"quotes\.parquet is missing.*sayso extract"):
        sayso.open(store)
    list(extract_to(source, store))
    assert len(sayso.open(store).quotes) == 1


def cut(path):
    path.write_bytes(path.read_bytes()[:-100])


def empty(path):
    path.write_bytes(b"")


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes(data)


def exchange(path):
    (path.parents[1] / "quotes.parquet").replace(path)


def remove(path):
    path.unlink()


def remove_part(path):
    shutil.rmtree(path.parent)


def exchange_part(path):
    shutil.rmtree(path.parent)
    shutil.copytree(path.parents[1] / "other", path.parent)


HURT = [cut, empty, flip, exchange, remove, remove_part, exchange_part]


@pytest.mark.parametrize("table", ["quotes", "articles", "sources"])
@pytest.mark.parametrize("hurt", HURT, ids=lambda hurt: hurt.__name__)
def test_a_part_that_is_not_as_it_was_written_is_told_and_mended(
    tmp_path, monkeypatch, hurt, table
):
    monkeypatch.setattr("sayso.batch.run.PART_SIZE", 1)
    source, store = tmp_path / "texts", tmp_path / "store"
    source.mkdir()
    for name in "abc":
        text = f"Ana Voss of {name} said the dam would hold."
        (source / f"{name}.txt").write_text(text, encoding="utf-8")
    list(extract_to(source, store))
    before = tree(store)
    (store / "other").mkdir()
    first, second, _ = sorted(store.glob("part-*"))
    for file in first.iterdir():
        shutil.copy(file, store / "other")
    shutil.copy(first / f"{table}.parquet", store / "quotes.parquet")
    hurt(second / f"{table}.parquet")
    with pytest.raises((FileNotFoundError, ValueError), match=f"{second.name}.*{MEND}"):
        getattr(sayso.open(store), table)
    shutil.rmtree(store / "other")
    (store / "quotes.parquet").unlink(missing_ok=True)
    list(extract_to(source, store))
    assert tree(store) == before
    assert not list(Stored.at(store).damage())


def test_a_folder_of_a_users_that_is_called_like_a_part_stays(seeds, tmp_path):
    mine = tmp_path / "part-0123456789abcdef"
    (mine / "empty").mkdir(parents=True)
    (mine / "quotes.parquet").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match="holds part-0123456789abcdef"):
        seeds.save(tmp_path)
    store = seeds.save(tmp_path / "store")
    shutil.copytree(mine, store / "part-00007-0123456789abcdef")
    (store / "part-00008-0123456789abcdef").mkdir()
    with pytest.warns(UserWarning, match="was replaced"):
        seeds.save(store)
    assert (store / "part-00007-0123456789abcdef" / "quotes.parquet").read_text() == "mine"
    assert (store / "part-00008-0123456789abcdef").is_dir()


def test_a_run_that_is_killed_locks_nothing(tmp_path):
    store = tmp_path / "store"
    code = (
        "import sys, time; from sayso.batch.run import extract_to\n"
        "run = extract_to(sys.argv[1], sys.argv[2]); next(run); print('begun', flush=True)\n"
        "time.sleep(100)"
    )
    words = [sys.executable, "-c", code, str(ROOT / "seeds"), str(store)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "begun\n"
        with pytest.raises(BlockingIOError, match="is being written by somebody else"):
            list(extract_to(ROOT / "seeds", store))
        other.kill()
    assert len(list(extract_to(ROOT / "seeds", store))) == 5


def test_a_run_that_failed_locks_nothing_even_where_its_error_is_kept(seeds, tmp_path):
    def fails():
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left") as kept, Writer(tmp_path / "s") as writer:
        writer.add("0" * 64, fails())
    assert len(sayso.open(seeds.save(tmp_path / "s"))) == 5 and kept.value.errno == 28


def test_no_store_is_a_clear_error(tmp_path):
    with pytest.raises(FileNotFoundError, match="sayso extract"):
        sayso.open(tmp_path)


def tree(folder) -> dict[str, bytes]:
    """Every file in a folder with what is in it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# A user's own files, with names that look a little like ours.
MINE = ("thesis/chapter1.tex", "part-one/notes.txt", "part-00000/data.parquet")


def put_mine(folder) -> dict[str, bytes]:
    for name in MINE:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    return {name: name.encode() for name in MINE}


def test_a_folder_of_others_is_refused_and_left_alone(seeds, tmp_path):
    before = put_mine(tmp_path)
    with pytest.raises(FileExistsError, match="neither empty nor a store"):
        seeds.save(tmp_path)
    with pytest.raises(FileExistsError, match=r"holds part-00000, part-one, thesis\b"):
        list(extract_to(ROOT / "seeds", tmp_path))
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match="it is a file"):
        seeds.save(tmp_path / "file")
    (tmp_path / "file").unlink()
    assert tree(tmp_path) == before


def test_what_a_user_puts_into_a_store_stays(seeds, invented, tmp_path):
    seeds.save(tmp_path / "store")
    mine = put_mine(tmp_path / "store")
    with pytest.warns(UserWarning, match="a store of 5 articles was replaced"):
        invented.save(tmp_path / "store")
    assert len(sayso.open(tmp_path / "store")) == len(invented) == n_articles(tmp_path / "store")
    assert mine.items() <= tree(tmp_path / "store").items()
    assert len([path for path in (tmp_path / "store").glob("part-*") if is_ours(path)]) == 1


def test_the_old_store_stands_until_the_new_one_is_whole(seeds, invented, tmp_path, monkeypatch):
    store = seeds.save(tmp_path / "store")
    before = tree(store)

    def full(*args, **options):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.write_bytes", full)
        with pytest.raises(OSError, match="No space left"):
            invented.save(store)
    assert tree(store) == before
    stopped = extract_to(ROOT / "tests" / "corpus", store)
    next(stopped)
    stopped.close()
    pd.testing.assert_frame_equal(sayso.open(store).quotes, seeds.quotes)
    list(extract_to(ROOT / "tests" / "corpus", store))
    pd.testing.assert_frame_equal(sayso.open(store).quotes, invented.quotes)


def test_options_and_metadata_make_parts_anew(tmp_path):
    store = tmp_path / "store"
    for metadata, dated in ((True, 2), (False, 0), (True, 2)):
        list(extract_to(ROOT / "seeds", store, metadata=metadata))
        known = sayso.open(store).articles["published_how"].eq("metadata").sum()
        assert known == dated


def test_other_columns_make_parts_anew(tmp_path):
    source, store = tmp_path / "a.csv", tmp_path / "store"
    early, late = "Ana Voss said the dam would hold.", "Ben Lund said the dam would break."
    source.write_text(f"id,first,second\na,{early},{late}\n", encoding="utf-8")
    for column, speaker in (("first", "Ana Voss"), ("second", "Ben Lund")):
        list(extract_to(source, store, columns={"text": column}))
        opened = sayso.open(store)
        assert opened.quotes.speaker.tolist() == [speaker]
        assert f"'{column}' as text" in opened.notes.message.iloc[0]
        read = sayso.load(source, columns={"text": column})
        assert read.quotes.speaker.tolist() == [speaker]
    with pytest.raises(ValueError, match="is a store: its columns were chosen"):
        sayso.load(store, columns={"text": "first"})
    with pytest.raises(ValueError, match="columns has 'txt'"):
        list(extract_to(source, store, columns={"txt": "first"}))


def test_only_one_writes_at_a_time(seeds, tmp_path):
    writing = extract_to(ROOT / "seeds", tmp_path / "store")
    next(writing)
    with pytest.raises(BlockingIOError, match="is being written by somebody else"):
        seeds.save(tmp_path / "store")
    assert len(list(writing)) == 4
    assert len(sayso.open(tmp_path / "store")) == 5


def test_a_store_inside_the_articles_is_no_article(tmp_path):
    text = "Ana Voss said the dam would hold on Monday."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    for _ in range(2):
        list(extract_to(tmp_path, tmp_path / "store"))
        assert len(sayso.open(tmp_path / "store")) == 1
        assert sayso.open(tmp_path / "store").notes.empty
    with pytest.raises(ValueError, match="is a store already"):
        list(extract_to(tmp_path / "store", tmp_path / "other"))


@pytest.mark.parametrize("listed", ["hello", "[1, 2]", '{"name": "mine"}', '{"parts": [1]}'])
def test_a_list_of_another_making_makes_no_store(seeds, tmp_path, listed):
    (tmp_path / "store.json").write_text(listed, encoding="utf-8")
    with pytest.raises(FileNotFoundError, match="is no store"):
        sayso.open(tmp_path)
    with pytest.raises(FileExistsError, match=r"it holds store\.json"):
        seeds.save(tmp_path)


def test_a_part_of_another_making_stays(seeds, tmp_path):
    store = seeds.save(tmp_path / "store")
    mine = store / "part-00008-0123456789abcdef"
    mine.mkdir()
    (mine / "mine.parquet").write_text("mine", encoding="utf-8")
    with pytest.warns(UserWarning, match="was replaced"):
        seeds.save(store)
    assert (mine / "mine.parquet").read_text("utf-8") == "mine"


def test_a_table_is_added_to_a_store_and_the_others_stay(seeds, tmp_path):
    store = tmp_path / "store"
    list(extract_to(ROOT / "seeds", store, tables=["quotes"]))
    opened = sayso.open(store)
    pd.testing.assert_frame_equal(opened.quotes, seeds.quotes)
    with pytest.raises(LookupError, match=r"no table 'blames'.*sayso extract.*--tables blames"):
        _ = opened.blames
    with pytest.raises(LookupError, match="no table 'dates'"):
        sayso.load(store, tables=["dates"])
    (quotes,) = store.glob("part-*/quotes.parquet")
    before = quotes.stat().st_mtime_ns
    list(extract_to(ROOT / "seeds", store, tables=["blames", "dates", "mentions"]))
    assert quotes.stat().st_mtime_ns == before
    opened = sayso.open(store)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(opened, name), getattr(seeds, name))


def test_what_broke_an_added_table_is_noted_once(tmp_path, monkeypatch):
    def breaks(document, rows):
        raise ZeroDivisionError("seven")

    source, store = tmp_path / "a.jsonl", tmp_path / "store"
    source.write_text('{"article_id": "a", "text": "“It is late,” said Ann Lee."}\n', "utf-8")
    monkeypatch.setitem(EXTRACTORS, "quotes", breaks)
    monkeypatch.setitem(EXTRACTORS, "dates", breaks)
    for tables in (["quotes"], ["blames"], ["dates"], ["dates"]):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            list(extract_to(source, store, tables=tables))
    broken = sayso.open(store).notes.query("kind == 'not extracted'").message
    assert broken.str.extract("nothing for (\\w+)")[0].tolist() == ["quotes", "dates"]


def test_a_table_half_written_is_written_anew(tmp_path):
    store = tmp_path / "store"
    list(extract_to(ROOT / "seeds", store, tables=["dates"]))
    (dates,) = store.glob("part-*/dates.parquet")
    dates.rename(dates.with_name("dates.parquet.unfinished"))
    list(extract_to(ROOT / "seeds", store, tables=["dates"]))
    assert len(sayso.open(store).dates) == 43
    list(extract_to(ROOT / "tests" / "corpus_other", store, tables=["dates"]))
    assert len(list(store.glob("part-*"))) == 1
