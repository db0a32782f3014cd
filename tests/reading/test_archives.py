"""Archives: ZIP, gzip and web archives; what is hostile in them is refused, and told."""

from __future__ import annotations

import gzip
import io
import json
import os
import stat
import struct
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_files import (
    BODY,
    END,
    HEADLINE,
    LEAD,
    QUOTE,
    TEXT,
    docx,
    page,
    read,
    sent,
    warc,
    word_paragraphs,
    zipped,
)
from typer.testing import CliRunner

from sayso.cli import app
from sayso.reading.formats import read_file
from sayso.reading.formats.limits import LIMITS
from sayso.reading.formats.source import File, Raw
from sayso.store import n_articles

OTHER = f"{HEADLINE} again\n\n{END}\n"


@pytest.fixture
def limits():
    """The limits, set back behind a test."""
    before = {name: getattr(LIMITS, name) for name in LIMITS.__slots__}
    yield LIMITS
    for name, value in before.items():
        setattr(LIMITS, name, value)


def test_members_are_read_as_files_in_a_folder(tmp_path):
    members = {
        "b.txt": TEXT,
        "news/a.docx": docx(word_paragraphs(HEADLINE, "", QUOTE)),
        "table.csv": f"article_id,text\nt1,{LEAD!r}\n".replace("'", '"'),
        "__MACOSX/._b.txt": b"\0\1",
        ".hidden.txt": "x",
        "~$b.docx": "x",
        "empty/": "",
        "picture.jpg": b"\xff\xd8",
    }
    (tmp_path / "march.zip").write_bytes(zipped(members))
    articles, notes = read(tmp_path)
    assert list(articles) == ["march.zip/news/a.docx", "march.zip/b.txt", "t1"]
    assert [article.path for article in articles.values()] == [
        "march.zip/news/a.docx",
        "march.zip/b.txt",
        "march.zip/table.csv",
    ]
    assert articles["march.zip/b.txt"].text == TEXT
    (unread,) = (note for note in notes if note.kind != "columns")
    assert (unread.path, unread.kind) == ("march.zip", "unread file")
    assert "picture.jpg" in unread.message


NAMES = st.sampled_from([f"{n}.{e}" for n in "abc" for e in ("txt", "doc", "jpg", "eml", "html")])
CONTENTS = st.sampled_from([b"", b"\0\1\2", TEXT.encode(), page(BODY).encode(), b"Subject: a\n\nb"])


@pytest.mark.filterwarnings("ignore:Duplicate name")
@given(st.lists(st.tuples(NAMES, CONTENTS), max_size=6))
def test_what_goes_in_comes_out_as_articles_or_notes(members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content)
    found = list(read_file(File("x.zip", data=data.getvalue())))
    kept = [file.place for file, item in found if file.place != "x.zip"]
    assert sorted(kept) == sorted(f"x.zip/{name}" for name, _ in members if ".jpg" not in name)
    pictures = [name for name, _ in members if ".jpg" in name]
    told = [item.message for file, item in found if file.place == "x.zip"]
    assert len(told) == bool(pictures or all(".doc" in name for name, _ in members))
    assert all(name in told[0] for name in pictures[:5])


def test_an_archive_in_which_nothing_is_read_says_so(tmp_path):
    members = {"a.sav": b"x", "b.doc": b"x", "empty/": b""}
    (tmp_path / "x.zip").write_bytes(zipped(members))
    articles, notes = read(tmp_path / "x.zip")
    assert articles == {} and [note.level for note in notes] == ["warning", "error"]
    assert "nothing in it is read" in notes[-1].message and "a.sav, b.doc" in notes[-1].message


def test_two_members_of_one_name_are_both_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.txt", TEXT)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", OTHER)
    articles, notes = read(tmp_path)
    assert {article.text for article in articles.values()} == {TEXT, OTHER}
    assert set(articles) == {"x.zip/a.txt#1", "x.zip/a.txt#2"}
    assert notes == []


def link(name: str, target: str) -> tuple[zipfile.ZipInfo, str]:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, target


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("../up.txt", "out of the archive"),
        ("a/../../up.txt", "out of the archive"),
        ("/etc/up.txt", "out of the archive"),
        ("C:\\up.txt", "out of the archive"),
        ("..\\up.txt", "out of the archive"),
        ("link.txt", "a link"),
    ],
)
def test_members_that_lead_elsewhere_are_refused(tmp_path, name, told):
    folder = tmp_path / "corpus"
    folder.mkdir()
    with zipfile.ZipFile(folder / "x.zip", "w") as archive:
        archive.writestr(*(link(name, "/etc/hostname") if "link" in name else (name, "x")))
        archive.writestr("good.txt", TEXT)
    articles, (note,) = read(folder)
    assert list(articles) == ["x.zip/good.txt"]
    assert (note.level, note.kind, note.path) == ("error", "refused member", "x.zip")
    assert told in note.message and name.replace("\\", "/") in note.message
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["corpus", "x.zip"]


def test_a_locked_member_is_told(tmp_path):
    data = bytearray(zipped({"a.txt": TEXT, "b.txt": OTHER}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    (tmp_path / "x.zip").write_bytes(data)
    articles, (note,) = read(tmp_path)
    assert list(articles) == ["x.zip/b.txt"]
    assert "'a.txt'" in note.message and "password" in note.message


def test_a_damaged_archive_gives_what_is_whole(tmp_path):
    whole = zipped({"a.txt": TEXT, "b.txt": OTHER, "../c.txt": "out", "d.txt": "last " * 200})
    (tmp_path / "cut.zip").write_bytes(whole[: whole.find(b"PK\x01\x02") - 4])
    (tmp_path / "none.zip").write_bytes(b"no archive at all")
    spoiled = bytearray(whole)
    spoiled[whole.find(b"a.txt") + 20] ^= 0xFF
    (tmp_path / "spoiled.zip").write_bytes(spoiled)
    articles, notes = read(tmp_path)
    assert list(articles) == ["spoiled.zip/b.txt", "spoiled.zip/d.txt"]
    damaged = [note for note in notes if note.kind == "damaged file"]
    assert [note.path for note in damaged] == ["cut.zip", "none.zip", "spoiled.zip"]
    assert all("fetch" in note.message for note in damaged)
    assert "'a.txt'" in damaged[-1].message


def test_archives_in_archives(tmp_path, limits):
    data = zipped({"a.txt": TEXT})
    for name in ("1.zip", "2.zip", "3.zip", "4.zip"):
        data = zipped({name: data})
    (tmp_path / "x.zip").write_bytes(data)
    articles, (note,) = read(tmp_path)
    assert articles == {} and note.kind == "too large"
    assert note.path == "x.zip/4.zip/3.zip/2.zip/1.zip" and "LIMITS.depth = 4" in note.message
    limits.depth = 5
    articles, notes = read(tmp_path)
    assert [article.text for article in articles.values()] == [TEXT] and notes == []


def bomb(size: int, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of a member of so many blanks."""
    return zipped({"a.txt": b" " * size, "b.txt": TEXT}, method)


METHODS = [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


@pytest.mark.parametrize("method", METHODS)
def test_bombs_are_refused_fast_and_in_little_memory(method):
    data = bomb(60_000_000, method)
    assert len(data) < 100_000
    tracemalloc.start()
    begun = time.monotonic()
    found = list(read_file(File("x.zip", data=data)))
    assert time.monotonic() - begun < 5
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    (_, problem), (_, good) = found
    assert problem.kind == "refused member" and "LIMITS.ratio" in problem.message
    assert good.text == TEXT


@pytest.mark.parametrize("method", METHODS)
def test_a_member_that_lies_about_its_size(method):
    data = bytearray(bomb(60_000_000, method))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.find(mark) + offset, 100)
    tracemalloc.start()
    found = [item for _, item in read_file(File("x.zip", data=bytes(data)))]
    # zipfile cannot unpack bzip2 and LZMA in small pieces: 4,096 packed bytes are the least.
    most = 20_000_000 if method == zipfile.ZIP_DEFLATED else 250_000_000
    assert tracemalloc.get_traced_memory()[1] < most
    tracemalloc.stop()
    assert "a.txt" in found[0].message and found[1].text == TEXT


def test_bombs_of_many_members_and_of_archives():
    inner = zipped({f"{n}.txt": b" " * 9_000_000 for n in range(20)})
    (*_, (_, last)) = read_file(File("x.zip", data=inner))
    assert last.kind == "too large" and "LIMITS.ratio" in last.message
    outer = zipped({f"{n}.zip": inner for n in range(20)})
    begun = time.monotonic()
    found = [item for _, item in read_file(File("x.zip", data=outer))]
    assert time.monotonic() - begun < 20
    assert all(item.kind in ("too large", "empty file") for item in found)


def test_an_archive_that_holds_itself():
    """A gzip file can be made that unpacks to itself: what it holds keeps its name for ever."""
    data = TEXT.encode()
    for _ in range(6):
        data = gzip.compress(data, mtime=0)
    ((_, problem),) = read_file(File("x.gz.gz", data=data))
    assert "LIMITS.depth" in problem.message


def test_limits_can_be_raised(tmp_path, limits):
    (tmp_path / "x.zip").write_bytes(zipped({"a.txt": TEXT, "b.txt": OTHER}))
    for name, value in [
        ("member_bytes", 10),
        ("archive_bytes", 10),
        ("members", 1),
        ("text_bytes", 10),
    ]:
        before = getattr(limits, name)
        setattr(limits, name, value)
        _, notes = read(tmp_path)
        told = [note.message for note in notes if f"LIMITS.{name} = " in note.message]
        assert told and all("x.zip" in message for message in told), name
        setattr(limits, name, before)
    articles, notes = read(tmp_path)
    assert len(articles) == 2 and notes == []


def test_an_absurd_text_is_refused(tmp_path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(10**12)
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    articles, (note,) = read(tmp_path)
    assert list(articles) == ["b"]
    assert note.kind == "too large" and "LIMITS.text_bytes" in note.message


def test_a_word_document_that_is_a_bomb():
    data = docx(word_paragraphs("x") + "<w:p/>" * 5_000_000)
    ((_, problem),) = read_file(File("a.docx", data=data))
    assert problem.kind == "too large" and "LIMITS.ratio" in problem.message
    deep = docx("<w:p>" * 100_000 + "</w:p>" * 100_000)
    ((_, problem),) = read_file(File("a.docx", data=deep))
    assert problem.kind == "unreadable file"


def test_gzip(tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    rows = "article_id,text\nr1,It is shut.\n,It is open.\n"
    (tmp_path / "news.CSV.GZ").write_bytes(
        gzip.compress(rows[:20].encode()) + gzip.compress(rows[20:].encode())
    )
    (tmp_path / "x.zip").write_bytes(zipped({"b.txt.gz": gzip.compress(OTHER.encode())}))
    (tmp_path / "nameless.gz").write_bytes(gzip.compress(b"x"))
    (tmp_path / "data.bin.gz").write_bytes(gzip.compress(b"x"))
    articles, notes = read(tmp_path)
    assert {name: article.path for name, article in articles.items()} == {
        "a": "a.txt.gz",
        "r1": "news.CSV.GZ",
        "news.CSV.GZ#2": "news.CSV.GZ",
        "x.zip/b.txt.gz": "x.zip/b.txt.gz",
    }
    assert articles["a"].text == TEXT and articles["x.zip/b.txt.gz"].text == OTHER
    assert [(note.path, note.kind) for note in notes if note.kind != "columns"] == [
        ("data.bin.gz", "unread file"),
        ("nameless.gz", "unread file"),
    ]


def test_damaged_gzip_gives_what_stands_before(tmp_path):
    rows = "article_id,text\n" + "".join(f"r{n},Pier {n * 7919} is shut.\n" for n in range(600))
    packed = gzip.compress(rows.encode())
    (tmp_path / "cut.csv.gz").write_bytes(packed[: len(packed) // 2])
    (tmp_path / "none.csv.gz").write_bytes(b"\x1f\x8b00")
    articles, notes = read(tmp_path)
    assert 100 < len(articles) < 600
    assert articles["r7"].text == "Pier 55433 is shut."
    damaged = [note for note in notes if note.kind == "damaged file"]
    assert [note.path for note in damaged] == ["cut.csv.gz", "none.csv.gz"]
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b" " * 60_000_000))
    _, notes = read(tmp_path / "bomb.txt.gz")
    assert "LIMITS.ratio" in notes[0].message


RECORDS = (
    ("warcinfo", "http://a.example/", b"software: x\r\n"),
    ("request", "http://a.example/1", b"GET /1 HTTP/1.1\r\n\r\n"),
    ("response", "http://a.example/1", sent(page(BODY))),
    ("response", "http://a.example/gone", sent(page(BODY), status="404 Not Found")),
    ("response", "http://a.example/x.png", sent(b"\x89PNG", kind="image/png")),
    ("response", "http://a.example/none", sent("<html><body></body></html>")),
    (
        "response",
        "http://a.example/2",
        sent(page(BODY.replace("bridge", "café")).encode("cp1252"), "text/html; charset=cp1252"),
    ),
)


@pytest.mark.parametrize("packed", [None, "whole", "each"])
def test_web_archives(tmp_path, packed):
    name = "x.warc" if packed is None else "x.warc.gz"
    data = warc(*RECORDS)
    if packed == "whole":
        data = gzip.compress(data)
    elif packed == "each":
        data = b"".join(gzip.compress(warc(record)) for record in RECORDS)
    (tmp_path / name).write_bytes(data)
    articles, notes = read(tmp_path)
    assert list(articles) == [f"{name}#3", f"{name}#7"]
    first, second = articles.values()
    assert (first.url, first.headline, first.path) == ("http://a.example/1", HEADLINE, name)
    assert first.published.day is None
    assert "old café" in second.text and second.notes == ()
    assert [(note.path, note.kind) for note in notes if note.kind != "columns"] == [
        (name, "no article"),
        (name, "unread records"),
    ]
    assert "record 6 (http://a.example/none)" in notes[0].message
    assert "1 image/png, 1 not found or moved" in notes[1].message


def test_damaged_web_archives(tmp_path):
    data = warc(RECORDS[2], RECORDS[6])
    packed = gzip.compress(data)
    (tmp_path / "a.warc").write_bytes(data + b"WARC/1.0\r\nnonsense")
    (tmp_path / "b.warc.gz").write_bytes(
        gzip.compress(warc(RECORDS[2])) + packed[: len(packed) // 2]
    )
    (tmp_path / "c.warc").write_bytes(b"nothing of the kind")
    articles, notes = read(tmp_path)
    assert {name.split("#")[0] for name in articles} == {"a.warc", "b.warc.gz"}
    assert {note.path for note in notes if note.level == "error"} >= {"b.warc.gz", "c.warc"}


def test_a_web_archive_that_is_a_bomb(tmp_path):
    data = warc(("response", "http://a.example/1", sent(b" " * 60_000_000)), RECORDS[2])
    (tmp_path / "x.warc.gz").write_bytes(gzip.compress(data))
    articles, notes = read(tmp_path)
    assert articles == {} and "LIMITS.ratio" in notes[-1].message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_what_is_no_file_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    os.mkfifo(tmp_path / "articles.csv")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    articles, _ = read(tmp_path)
    assert list(articles) == ["a"]


@given(
    st.binary(max_size=300),
    st.sampled_from(["zip", "gz", "warc", "docx", "odt", "rtf", "pdf", "eml", "xml", "html"]),
)
def test_no_bytes_end_a_run(data, ending):
    for start in (b"", b"PK\x03\x04", b"{\\rtf1", b"\x1f\x8b\x08\0\0\0\0\0\0\0", b"WARC/1.0\r\n"):
        found = list(read_file(File(f"a.{ending}", data=start + data)))
        assert found and all(isinstance(item, Raw) or item.message for _, item in found)


@given(st.data())
def test_an_archive_with_changed_bytes_ends_no_run(draw):
    data = bytearray(
        zipped({"a.txt": TEXT, "b.html": page(BODY), "c.docx": docx(word_paragraphs(QUOTE))})
    )
    for _ in range(draw.draw(st.integers(1, 5))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    assert list(read_file(File("a.zip", data=bytes(data))))


def test_an_article_without_end_is_refused_and_the_limit_can_be_raised(tmp_path, monkeypatch):
    rows = [{"article_id": "a", "text": TEXT}, {"article_id": "b", "text": TEXT * 20}]
    (tmp_path / "t.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "c.txt").write_text(TEXT * 20, encoding="utf-8")
    monkeypatch.setattr(LIMITS, "article", 2 * len(TEXT))
    articles, notes = read(tmp_path)
    told = [note.message for note in notes if note.level == "error"]
    assert list(articles) == ["a"] and len(told) == 2
    assert "its article has more than" in told[0] and "the article 'b' has more than" in told[1]
    assert all(f"LIMITS.article = {len(TEXT) * 20} (--largest " in message for message in told)
    out = tmp_path / "store"
    words = ["extract", str(tmp_path / "c.txt"), "--out", str(out), "--largest", "1000000"]
    assert CliRunner().invoke(app, words).exit_code == 0 and n_articles(out) == 1
