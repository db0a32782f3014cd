"""What in a folder of articles is no file to read: links, folders, pipes. It is told, not read."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from made_files import read as read_all

from sayso.paths import OWN_PAGE

TEXT = "Ana Voss said the dam would hold on Monday."


def read(source):
    """Return a corpus's articles by id, and its notes but those on columns."""
    articles, notes = read_all(source)
    return articles, [note for note in notes if note.kind != "columns"]


pytestmark = pytest.mark.skipif(os.name == "nt", reason="made with what Unix has")


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    return folder


def told(folder) -> tuple[list[str], dict[str, str]]:
    articles, notes = read(folder)
    return list(articles), {note.path: f"{note.level} {note.message}" for note in notes}


def test_links_that_lead_out_or_nowhere_are_told_and_not_followed(news, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("A secret.", encoding="utf-8")
    (news / "file.txt").symlink_to(outside / "secret.txt")
    (news / "folder").symlink_to(outside)
    (news / "gone.txt").symlink_to("nowhere.txt")
    (news / "round.txt").symlink_to("round.txt")
    (news / "up.txt").symlink_to("../outside/secret.txt")
    (news / "loop").symlink_to(".")
    articles, notes = told(news)
    assert articles == ["a"]
    assert set(notes) == {"file.txt", "folder", "gone.txt", "round.txt", "up.txt"}
    assert all(note.startswith("error ") for note in notes.values())
    assert "leads out of the folder" in notes["folder"] and "put a copy" in notes["up.txt"]
    assert "leads to nothing" in notes["gone.txt"]
    articles, notes = told(str(news / "*.txt"))
    assert articles == ["a"] and len(notes) == 4


def test_a_link_within_the_folder_and_one_that_is_named_are_read(news, tmp_path):
    (news / "b.txt").symlink_to("a.txt")
    assert told(news)[0] == ["a", "b"]
    (tmp_path / "latest.txt").symlink_to(news / "a.txt")
    (tmp_path / "all").symlink_to(news)
    assert told(tmp_path / "latest.txt") == (["latest"], {})
    assert told(tmp_path / "all")[0] == ["a", "b"]


def test_pipes_are_told_and_not_opened(news):
    os.mkfifo(news / "pipe.txt")
    os.mkfifo(news / "table.csv")
    articles, notes = told(news)
    assert articles == ["a"] and set(notes) == {"pipe.txt", "table.csv"}
    assert "error" in notes["pipe.txt"] and "save what it gives as a file" in notes["pipe.txt"]
    with pytest.raises(ValueError, match="it is a pipe or a device"):
        read(news / "pipe.txt")


def test_folders_called_like_files_are_told_and_what_is_in_them_is_read(news):
    (news / "b.txt").mkdir()
    (news / "c.html").mkdir()
    (news / "c.html" / "d.txt").write_text(f"{TEXT} So it did.", encoding="utf-8")
    articles, notes = told(news)
    assert articles == ["a", "d"] and set(notes) == {"b.txt", "c.html"}
    assert "it is a folder and no file" in notes["b.txt"]


def test_a_folder_that_cannot_be_opened_is_told(news):
    # As root one may open all; so this is run as nobody.
    locked = news / "locked"
    locked.mkdir()
    (locked / "b.txt").write_text(TEXT, encoding="utf-8")
    code = (
        "import os, sys; os.chdir(sys.argv[1])\n"
        "from sayso.reading import read_articles\n"
        "list(read_articles('a.txt')); os.geteuid() or os.seteuid(65534)\n"
        "print([getattr(one, 'message', one.path) for one in read_articles('.')])"
    )
    news.chmod(0o755)
    locked.chmod(0)
    try:
        run = [sys.executable, "-c", code, str(news)]
        found = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    finally:
        locked.chmod(0o755)
    assert "'a.txt'" in found and "locked: it is a folder that cannot be opened" in found


def test_names_that_are_no_utf8_are_read_and_told_as_they_can_be(tmp_path):
    folder = os.fsencode(tmp_path)
    os.mkdir(folder + b"/d\xff")
    for name, text in ((b"/caf\xe9.txt", TEXT), (b"/d\xff/\xfe.csv", f"id,text\nb,{TEXT}\n")):
        with open(folder + name, "w", encoding="utf-8") as file:
            file.write(text)
    articles, notes = read(tmp_path)
    assert list(articles) == ["caf\ufffd", "b"] and notes == []
    assert articles["b"].path == "d\ufffd/\ufffd.csv"


def test_what_sayso_wrote_is_no_article(news):
    (news / "page.html").write_text(f"<html><head>{OWN_PAGE}</head>{TEXT}</html>", "utf-8")
    part = "part-00000-0123456789abcdef"
    for folder in (news / "store" / part, news / "store" / f"{part}.unfinished", news / part):
        folder.mkdir(parents=True)
        (folder / f"{folder.parent.name}.txt").write_text(f"{TEXT} ...", encoding="utf-8")
    (news / "store" / ".store.lock").touch()
    (news / "page.pdf").write_bytes(b"%PDF-1.4")
    for name in ("report/tables/t.csv", "report/articles/b.txt", "report/.sayso.json"):
        (news / name).parent.mkdir(parents=True, exist_ok=True)
        (news / name).write_text(f"id,text\nb,{TEXT}\n", encoding="utf-8")
    for name in ("design.csv", "tools/brat/000.txt", "coder1/000.json"):
        (news / "codings" / name).parent.mkdir(parents=True, exist_ok=True)
        head = "article_id,stratum,n_stratum,n_drawn,pi,drawn,blind,lead,sha256,asked\n"
        (news / "codings" / name).write_text(head, encoding="utf-8")
    # A user's own folder may be called like a part of a store.
    articles, notes = told(news)
    assert articles == ["a", "news"]
    assert "note page.html: it is a page that sayso wrote" in notes["page.html"]
    assert set(notes) == {"page.html"}
    articles, notes = told(str(news / "**" / "*.*"))
    assert articles == ["a", "news"] and set(notes) == {"page.html"}


def test_nothing_named_is_not_the_folder_that_one_is_in(news, monkeypatch):
    monkeypatch.chdir(news)
    assert told(".")[0] == ["a"]
    for nothing in ("", " "):
        with pytest.raises(FileNotFoundError, match="no folder or file is named"):
            read(nothing)


def test_folders_of_a_users_that_are_called_like_those_of_a_report_are_read(news):
    for name in ("tables/b.txt", "articles/c.txt", "codings/d.txt", "codings/design.csv"):
        (news / name).parent.mkdir(exist_ok=True)
        (news / name).write_text(f"id,text\n{name[-5]},{TEXT}\n", encoding="utf-8")
    assert told(news)[0] == ["a", "b", "c", "d", "n"]
