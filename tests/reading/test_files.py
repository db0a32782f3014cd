"""Reading files: encodings, formats, metadata, what goes wrong, and how it is told."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from datetime import date

import pandas as pd
import pytest

from conftest import ROOT
from sayso.article import Article, Published
from sayso.reading import read_articles
from sayso.reading.formats.decode import NotText, decode
from sayso.reading.language import identify_language

SEEDS = ROOT / "seeds"
TEXT = (
    "Board votes for a wider channel\n\nOSLO (AP) — The harbour board voted on Thursday to widen"
    " the channel, a step that fishermen oppose.\n\n“It’s the end,” said Ann Müller.\n"
)
PAGE = """<html><head><title>Board votes for a wider channel | Harbour Gazette</title>
<meta name="author" content="Ann Field">
<meta property="article:published_time" content="2021-03-04T10:00:00Z">
<meta property="og:site_name" content="Harbour Gazette">
<link rel="canonical" href="https://example.org/channel"></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav><article>
<h1>Board votes for a wider channel</h1>
<p>OSLO - The harbour board voted on Thursday to widen the channel, a step many oppose.</p>
<p>"We had no choice," said the mayor &amp; chair, Ann Müller, after a debate of six hours.</p>
<p>The work will take two years and cost a great deal of money, according to the engineers.</p>
</article><footer>About us</footer></body></html>"""


def read(source, **options):
    """Return a corpus's articles by id, and its notes but those on columns."""
    found = list(read_articles(source, **options))
    articles = {item.article_id: item for item in found if isinstance(item, Article)}
    others = [item for item in found if not isinstance(item, Article)]
    return articles, [note for note in others if note.kind != "columns"]


def write_csv(path, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(
    ("data", "encoding", "warns"),
    [
        (TEXT.encode("utf-8"), "utf-8", False),
        (b"\xef\xbb\xbf" + TEXT.encode("utf-8"), "utf-8", False),
        (TEXT.encode("cp1252"), "cp1252", True),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le", True),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be", True),
    ],
)
def test_encodings(data, encoding, warns):
    decoded = decode(data)
    assert decoded.text == TEXT
    assert decoded.encoding == encoding
    assert bool(decoded.warning) == warns


def test_declared_and_guessed_encodings():
    page = '<meta charset="iso-8859-2">Wałęsa, Łódź'
    assert decode(page.encode("iso-8859-2")).text == page
    cyrillic = "Совет решил не закрывать мост, сообщила представитель города."
    assert decode(cyrillic.encode("cp1251")).text == cyrillic
    false = '<meta charset="no-such-thing">Müller, naïve'
    assert decode(false.encode("latin-1")).text == false


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Совет решил не закрывать мост, сообщила представитель города. " * 4, "koi8-r"),
        ("Совет решил не закрывать мост, сообщила представитель города. " * 4, "iso-8859-5"),
        (
            "市議会は月曜日に橋を閉鎖しないことを決めたと述べた。"
            "漁師たちは水路が広がれば魚がいなくなると心配している。"
            "技術者によると、工事には二年かかり、多額の費用が必要だという。",
            "shift_jis",
        ),
        ("市议会周一决定不关闭这座桥。发言人说这是困难的决定。" * 3, "gb18030"),
        ("قرر المجلس يوم الاثنين عدم إغلاق الجسر، بحسب المتحدثة" * 3, "cp1256"),
        (TEXT * 3, "utf-16-le"),
        (TEXT * 3, "utf-16-be"),
        ("Perché il sindaco dirà di sì: è già la metà dell’eredità. " * 4, "cp1252"),
        ("El alcalde pidió más tiempo; mañana habrá sesión. «Así será». " * 4, "cp1252"),
    ],
)
def test_encodings_told_by_the_text_alone(text, encoding, tmp_path):
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert "guess" in decoded.warning
    line = " ".join(text.split())
    (tmp_path / "n.tsv").write_bytes(f"article_id\ttext\na\t{line}\n".encode(encoding))
    assert read(tmp_path)[0]["a"].text == line


def test_a_long_table_whose_last_line_is_not_utf8(tmp_path):
    long = f"article_id\ttext\na\t{'The board voted. ' * 90_000}\n".encode()
    (tmp_path / "n.tsv").write_bytes(long + "b\t“No,” she said.\n".encode("cp1252"))
    articles, (note,) = read(tmp_path)
    assert articles["b"].text == "“No,” she said."
    assert "cp1252" in note.message


def test_one_damaged_character_does_not_spoil_the_others():
    data = ("“Très bien”, dit-elle. " * 5).encode("utf-8")
    decoded = decode(data + b"\xe2\x80")
    assert decoded.text.startswith("“Très bien”")
    assert decoded.text.endswith("\ufffd")
    assert "damaged" in decoded.warning


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n", b"%PDF-1.7 text", b"ab\0cd", bytes(range(1, 32)) * 9]
)
def test_what_is_not_text(data):
    with pytest.raises(NotText):
        decode(data)


def test_text_is_kept_as_it_is(tmp_path):
    text = TEXT.replace("\n", "\r\n") + " \t\r\n"
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))
    articles, notes = read(tmp_path)
    article = articles["a"]
    assert article.text == text
    assert article.headline == "Board votes for a wider channel"
    assert (article.place, article.agency, article.outlet) == ("OSLO", "AP", "AP")
    assert article.language == "en"
    assert len(article.sha256) == 64
    assert article.notes == ()
    assert notes == []


def test_bad_files_are_named_and_the_others_read(tmp_path):
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_text(" \n\u00a0\n", encoding="utf-8")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (tmp_path / "old.txt").write_bytes(TEXT.encode("cp1252"))
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 no more")
    (tmp_path / "paper.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "page.html").write_text("<html><body></body></html>")
    (tmp_path / ".hidden.txt").write_text("x")
    articles, notes = read(tmp_path)
    assert list(articles) == ["good", "old"]
    assert [(note.path, note.level, note.kind) for note in notes] == [
        ("blank.txt", "error", "empty file"),
        ("broken.parquet", "error", "unreadable file"),
        ("empty.txt", "error", "empty file"),
        ("page.html", "error", "no article"),
        ("paper.doc", "warning", "unread file"),
        ("picture.txt", "error", "binary file"),
    ]
    assert all(note.path in note.message for note in notes)
    (note,) = articles["old"].notes
    assert (note.level, note.kind, note.article_id) == ("warning", "encoding", "old")
    assert articles["old"].text == TEXT


def test_sources_that_cannot_be_read(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        read_articles(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError, match="no file matches"):
        read_articles(str(tmp_path / "*.txt"))
    with pytest.raises(ValueError, match=r"\.jsonl"):
        read_articles(tmp_path)
    (tmp_path / "notes.md").write_text("x")
    with pytest.raises(ValueError, match=r"\.txt"):
        read_articles(tmp_path / "notes.md")


def test_a_folder_in_which_nothing_is_read_says_what_it_holds(tmp_path):
    for name in ("a.doc", "b.sav", ".hidden"):
        (tmp_path / name).write_text("x")
    with pytest.raises(ValueError, match=r"holds no article.*2 files .* not read: a\.doc, b\.sav$"):
        read_articles(tmp_path)


def test_files_of_other_kinds_are_told_once(tmp_path):
    names = ["a.sav", "deep/b.rds", "c", "d.md", "e.ris", "f.enw"]
    aside = [
        "photo.JPG",
        "page_files/site.css",
        "clean.py",
        "uv.lock",
        "README.md",
        ".hidden/x.sav",
    ]
    for name in (*names, *aside, "story.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    articles, (note,) = read(tmp_path)
    assert list(articles) == ["story"]
    assert (note.path, note.level, note.kind) == ("a.sav", "note", "unread file")
    told = "a.sav, deep/b.rds, c, d.md, e.ris, ..."
    assert note.message == f"6 files of kinds that are not read: {told}"


def test_order_and_ids_are_stable(tmp_path):
    for name in ("b/x.txt", "a/x.txt", "a/c.txt", "z.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    articles, _ = read(tmp_path)
    assert [(a.article_id, a.path) for a in articles.values()] == [
        ("c", "a/c.txt"),
        ("x", "a/x.txt"),
        ("x-2", "b/x.txt"),
        ("z", "z.txt"),
    ]
    assert [note.kind for note in articles["x-2"].notes] == ["duplicate id"]
    assert read(tmp_path)[0] == articles
    assert list(read(str(tmp_path / "a" / "*.txt"))[0]) == ["c", "x"]
    assert list(read(tmp_path / "z.txt")[0]) == ["z"]


def test_page(tmp_path):
    (tmp_path / "p.html").write_text(PAGE, encoding="utf-8")
    article = read(tmp_path)[0]["p"]
    assert article.outlet == "Harbour Gazette"
    assert article.headline == "Board votes for a wider channel"
    assert article.author == "Ann Field"
    assert article.url == "https://example.org/channel"
    assert article.published.day == date(2021, 3, 4)
    assert article.published.how == "metadata"
    assert "mayor & chair, Ann Müller" in article.text
    assert "Home" not in article.text and "<" not in article.text
    assert article.text.startswith("Board votes for a wider channel\n\nOSLO - The")
    bare = read(tmp_path, metadata=False)[0]["p"]
    assert bare.text == article.text
    assert (bare.outlet, bare.author, bare.url, bare.published.day) == (None, None, None, None)


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".jsonl", ".parquet"])
def test_tables(tmp_path, ending):
    rows = pd.DataFrame(
        {
            "Article_ID": ["n1", "n2", None],
            "text": [TEXT, "Second text.\r\nIt is short, and it is in English as the first.", TEXT],
            "outlet": ["Harbour Gazette", None, None],
            "headline": [None, "A headline of its own", None],
            "published": ["2021-03-04T08:00:00", "2021-03", None],
            "url": ["https://example.org/1", None, None],
            "author": ["Ann Field", None, None],
        }
    )
    path = tmp_path / f"news{ending}"
    if ending == ".parquet":
        rows.to_parquet(path)
    elif ending == ".jsonl":
        rows.to_json(path, orient="records", lines=True)
    else:
        rows.to_csv(path, index=False, sep="\t" if ending == ".tsv" else ",")
    articles, notes = read(path)
    assert notes == []
    assert list(articles) == ["n1", "n2", f"news{ending}#3"]
    first, second, _ = articles.values()
    assert (first.outlet, first.author, first.url) == (
        "Harbour Gazette",
        "Ann Field",
        "https://example.org/1",
    )
    assert (first.published.day, first.published.precision) == (date(2021, 3, 4), "day")
    assert (second.published.day, second.published.precision) == (date(2021, 3, 1), "month")
    assert second.text == rows["text"][1]
    assert second.headline == "A headline of its own"
    bare = read(path, metadata=False)[0]
    assert list(bare) == list(articles)
    assert bare["n1"].author is None


def test_table_without_text(tmp_path):
    write_csv(tmp_path / "news.csv", [{"id": "1", "inhalt": TEXT}])
    articles, (note,) = read(tmp_path)
    assert articles == {}
    assert note.level == "error"
    assert "news.csv" in note.message and "id, inhalt" in note.message


@pytest.mark.parametrize("content", ["article_id,text\n", "\n", ""])
def test_table_without_rows(tmp_path, content):
    (tmp_path / "n.csv").write_text(content, encoding="utf-8")
    articles, (note,) = read(tmp_path)
    assert (articles, note.kind) == ({}, "empty file")


def test_rows_without_text_and_semicolons(tmp_path):
    (tmp_path / "n.csv").write_text("article_id;text\na;One sentence.\nb; \n", encoding="utf-8")
    articles, (note,) = read(tmp_path)
    assert list(articles) == ["a"]
    assert "row 2" in note.message


def test_bad_lines_of_jsonl(tmp_path):
    lines = [
        json.dumps({"article_id": "a", "text": TEXT}),
        "{not json",
        "[1, 2]",
        json.dumps({"article_id": "b"}),
        "",
        json.dumps({"article_id": 7, "text": TEXT}),
        '{"article_id": "s", "text": "A lone \\ud800 half."}',
    ]
    (tmp_path / "n.jsonl").write_text("\n".join(lines), encoding="utf-8")
    articles, notes = read(tmp_path)
    assert list(articles) == ["a", "7", "s"]
    assert [note.message.split(" is")[0].split(" has")[0] for note in notes] == [
        "n.jsonl: line 2",
        "n.jsonl: line 3",
        "n.jsonl: line 4",
    ]
    assert articles["s"].text == "A lone \ufffd half."


HUGE = "9" * 5000


def test_no_article_or_cell_ends_a_run(tmp_path):
    rows = [
        {"article_id": "nul", "text": f"A \0 in it. {TEXT}"},
        {"article_id": "half \ud800", "text": TEXT, "outlet": "The \udfff Post"},
        {"article_id": "huge", "text": f"{TEXT} In {HUGE} and on May {HUGE}, it rose."},
        {
            "article_id": "late",
            "text": f"{TEXT} It rose on Dec. 31, 9999.",
            "published": "9999-12-31",
        },
        {"article_id": "mail", "text": TEXT, "published": f"Thu, 04 Mar {HUGE[:30]} 10:00:00"},
        {"article_id": "number", "text": TEXT, "outlet": 1e300},
    ]
    lines = [json.dumps(row) for row in rows]
    lines.append(f'{{"article_id": "digits", "text": "x", "outlet": {HUGE}}}')
    lines.append('{"article_id": "nameless", "te\\ud800xt": "x"}')
    (tmp_path / "n.jsonl").write_text("\n".join(lines), encoding="utf-8")
    articles, notes = read(tmp_path)
    ids = ["nul", "half \ufffd", "huge", "late", "mail", "number", "digits", "nameless"]
    assert list(articles) == ids
    assert notes == []
    assert articles["digits"].outlet == HUGE
    for note in [*notes, *(note for article in articles.values() for note in article.notes)]:
        assert note.message.encode("utf-8")
    assert articles["nul"].text.startswith("A \ufffd in it.")
    assert [note.kind for note in articles["nul"].notes] == ["encoding"]
    assert articles["half \ufffd"].outlet == "The \ufffd Post"
    assert articles["late"].published.day == date(9999, 12, 31)
    assert [note.kind for note in articles["mail"].notes] == ["unreadable date"]


def test_an_article_that_cannot_be_made_out_is_kept_and_noted(tmp_path, monkeypatch):
    def breaks(text, layout, **_):
        if "Müller" in text:
            raise OverflowError("date value out of range")
        return Published()

    monkeypatch.setattr("sayso.reading.build.find_published", breaks)
    (tmp_path / "bad.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "good.txt").write_text("Fog again\n\nThe fog came back.", encoding="utf-8")
    articles, _ = read(tmp_path)
    assert list(articles) == ["bad", "good"]
    assert articles["bad"].text == TEXT and len(articles["bad"].sha256) == 64
    (note,) = articles["bad"].notes
    assert (note.level, note.kind, note.path) == ("error", "unreadable article", "bad.txt")
    assert "OverflowError: date value out of range" in note.message
    assert articles["good"].notes == ()


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are not bytes elsewhere")
def test_file_names_that_are_no_text(tmp_path):
    for name in (b"a\xff.txt", b"b\xff.doc"):
        (tmp_path / os.fsdecode(name)).write_text(TEXT, encoding="utf-8")
    articles, notes = read(tmp_path)
    assert [(a.article_id, a.path) for a in articles.values()] == [("a\ufffd", "a\ufffd.txt")]
    assert [note.path for note in notes] == ["b\ufffd.doc"]


def test_nul_in_a_table_costs_no_other_row(tmp_path):
    rows = [f"{name},{TEXT.splitlines()[2]!r}\n" for name in "abc"]
    rows[1] = rows[1].replace("harbour", "har\0bour")
    (tmp_path / "n.csv").write_text(
        "article_id;text\n".replace(";", ",") + "".join(rows), encoding="utf-8"
    )
    articles, notes = read(tmp_path)
    assert list(articles) == ["a", "b", "c"]
    assert [len(article.notes) for article in articles.values()] == [0, 1, 0]
    assert {note.level for note in notes} == {"warning"}
    assert all("oppose" in article.text for article in articles.values())


def test_list_of_metadata(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    write_csv(
        tmp_path / "articles.csv",
        [
            {"article_id": "a", "outlet": "Harbour Gazette", "published": "2021-03-09"}
            | {"precision": "month", "how": "its address", "note": ""},
            {"article_id": "b", "outlet": "", "published": "03/04/2021"}
            | {"precision": "", "how": "", "note": ""},
            {"article_id": "gone", "outlet": "", "published": ""}
            | {"precision": "", "how": "", "note": ""},
        ],
    )
    articles, notes = read(tmp_path)
    assert list(articles) == ["a", "b"]
    assert articles["a"].outlet == "Harbour Gazette"
    assert articles["a"].published.day == date(2021, 3, 1)
    assert articles["a"].published.precision == "month"
    assert articles["b"].outlet == "AP"
    assert [note.kind for note in articles["b"].notes] == ["unreadable date"]
    assert [(note.kind, "gone" in note.message) for note in notes] == [
        ("metadata without article", True)
    ]
    bare, notes = read(tmp_path, metadata=False)
    assert bare["a"].outlet == "AP"
    assert notes == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council said on Monday that it would not close the bridge this year.", "en"),
        ("Der Stadtrat hat am Montag beschlossen, die Brücke nicht zu sperren.", "de"),
        ("Le conseil a décidé lundi de ne pas fermer le pont, selon la porte-parole.", "fr"),
        ("El ayuntamiento decidió el lunes no cerrar el puente, según la portavoz.", "es"),
        ("Il consiglio ha deciso lunedì di non chiudere il ponte, secondo la città.", "it"),
        ("A câmara decidiu na segunda-feira não fechar a ponte, disse o porta-voz.", "pt"),
        ("De gemeenteraad heeft maandag besloten de brug niet te sluiten.", "nl"),
        ("Rada miasta zdecydowała, że nie zamknie mostu, powiedziała w piątek.", "pl"),
        ("Совет в понедельник решил не закрывать мост, сообщила мэр города.", "ru"),
        ("Рада в понеділок вирішила не закривати міст, повідомила речниця мерії.", "uk"),
        ("市议会周一决定不关闭这座桥。发言人说这是困难的决定。", "zh"),
        ("市議会は月曜日に橋を閉鎖しないことを決めたと述べた。", "ja"),
        ("قرر المجلس يوم الاثنين عدم إغلاق الجسر، بحسب المتحدثة", "ar"),
        ("Too short", None),
        ("Macron, Merkel and Putin meet in Minsk", None),
        ("MACRON, MERKEL, PUTIN, MINSK", None),
        ("A Bad Day for “El Chapo” and the CDU in Baden-Württemberg", None),
        ("", None),
        ("12.5 13.0 --- 14", None),
    ],
)
def test_language(text, language):
    assert identify_language(text) == language


def test_libraries_are_loaded_when_they_are_needed():
    code = "import sys, sayso.reading; print({'py3langid', 'trafilatura'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_an_article_in_another_language_is_kept_and_noted(tmp_path):
    text = "Offen\n\nDer Stadtrat hat am Montag beschlossen, die Brücke nicht zu sperren."
    (tmp_path / "de.txt").write_text(text, encoding="utf-8")
    article = read(tmp_path)[0]["de"]
    assert article.language == "de"
    assert [(note.level, note.kind) for note in article.notes] == [("warning", "language")]


def test_seeds_with_and_without_metadata():
    articles, notes = read(SEEDS)
    assert notes == []
    assert all(article.notes == () and article.language == "en" for article in articles.values())
    outlets = {name[:3]: article.outlet for name, article in articles.items()}
    assert outlets == {
        "000": "Executive Intelligence Review",
        "001": "TASS",
        "002": "Fort Russ",
        "003": "EU Today",
        "004": "TASS",
    }
    months = {name[:3]: article.published for name, article in articles.items()}
    assert (months["002"].day, months["002"].precision) == (date(2019, 1, 1), "month")
    assert (months["003"].day, months["003"].precision) == (date(2019, 8, 1), "month")
    bare, _ = read(SEEDS, metadata=False)
    assert {name[:3]: article.outlet for name, article in bare.items()} == outlets | {"002": None}
    assert all(article.published.how != "metadata" for article in bare.values())
    assert articles["003_e9055596a6943ce0"].author == "Martin Banks"
    assert articles["001_8886c2dc3eb900c3"].place == "BRUSSELS"
    assert articles["002_8c1ef7da2a0f2b45"].place == "WASHINGTON DC, The United States"


@pytest.mark.parametrize("file", ["a  b.txt", " a b.txt", "a\tb.txt", "a\u00a0b .txt"])
def test_white_space_in_a_file_name_is_one_blank_in_its_id(tmp_path, file):
    (tmp_path / file).write_text(TEXT, encoding="utf-8")
    table = pd.DataFrame({"article_id": [file], "outlet": ["Gazette"]})
    table.to_csv(tmp_path / "articles.csv", index=False)
    articles, notes = read(tmp_path)
    assert articles["a b"].outlet == "Gazette" and not notes
