"""Tables of articles: dialects, names of columns, exports of tools, and no row lost in silence."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sayso.article import Article
from sayso.reading import read_articles
from sayso.reading.columns import Columns
from sayso.reading.formats import read_file
from sayso.reading.formats.limits import LIMITS
from sayso.reading.formats.source import File, Raw
from sayso.reading.formats.tables.delimited import open_delimited
from sayso.reading.problem import Problem

TEXT = "The harbour board voted on Thursday to widen the channel, a step that many oppose."
QUOTED = '"It is late," the mayor of Fernmouth said on Thursday, "and we go home; all of us."'
LONG = f"{TEXT} " * 5


def read(folder: Path, files: dict[str, str | bytes], **options):
    """Return the articles of files, in order, and the notes on the files."""
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    found = list(read_articles(folder, **options))
    articles = [item for item in found if isinstance(item, Article)]
    return articles, [item for item in found if not isinstance(item, Article)]


def read_one(folder: Path, name: str, content: str | bytes, **options):
    return read(folder, {name: content}, **options)


def read_table(name: str, content: str | bytes):
    """Return the texts of a table, as Raw, and the problems, without a look into the texts."""
    data = content if isinstance(content, bytes) else content.encode()
    found = [item for _, item in read_file(File(name, data=data))]
    raws = [item for item in found if isinstance(item, Raw)]
    return raws, [item.at(name) for item in found if isinstance(item, Problem)]


def of_kind(notes, kind: str) -> list[str]:
    return [note.message for note in notes if note.kind == kind]


# --- dialects ------------------------------------------------------------------------------------

ROWS = [["id", "outlet", "notes, mine", "text"], ["7", "Gazette", "x", QUOTED]]
ROWS += [["8", "Gazette", "", f"{TEXT}\n\n{QUOTED}"], ["9", "The Post; Sunday", "", TEXT]]


def written(rows, **dialect) -> str:
    file = io.StringIO()
    csv.writer(file, **dialect).writerows(rows)
    return file.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", [".csv", ".tsv", ".tab"])
@pytest.mark.parametrize(
    "before", ["", "\n", " \r\n\r\n", "sep={}\n", "\nSEP={}\r\n", '"sep={}"\n']
)
@pytest.mark.parametrize(
    "dialect",
    [
        {},
        {"quoting": csv.QUOTE_ALL},
        {"lineterminator": "\n", "quoting": csv.QUOTE_NONNUMERIC},
        {"doublequote": False, "escapechar": "\\"},
    ],
)
def test_dialects(delimiter, ending, before, dialect):
    table = before.format(delimiter) + written(ROWS, delimiter=delimiter, **dialect)
    articles, notes = read_table(f"n{ending}", table)
    assert [article.article_id for article in articles] == ["7", "8", "9"]
    assert [article.text for article in articles] == [row[3] for row in ROWS[1:]]
    assert [a.known.outlet for a in articles] == ["Gazette", "Gazette", "The Post; Sunday"]
    assert [note.kind for note in notes] == ["columns"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_encodings_of_tables(tmp_path, encoding, delimiter):
    data = written(ROWS, delimiter=delimiter).replace("Fernmouth", "Fèrnmouth").encode(encoding)
    articles, _ = read_one(tmp_path, "n.csv", data)
    assert len(articles) == 3 and "Fèrnmouth" in articles[0].text


CELLS = st.text(
    st.one_of(
        st.sampled_from("\",;|\t \n'“”é"), st.characters(codec="utf-8", exclude_characters="\r\\")
    ),
    max_size=30,
).filter(lambda cell: cell.strip("\ufeff \n") == cell.strip("\ufeff"))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=6),
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_cells_are_read_as_they_were_written(cells, delimiter, quoting, end):
    # A cell with tabs and line ends may look like rows of a table in which marks are text.
    assume(delimiter != "\t" or not any({"\t", "\n"} <= set(cell) for row in cells for cell in row))
    rows = [[str(n), *row] for n, row in enumerate(cells)]
    names = ["article_id", "outlet", "text"]
    table = written([names, *rows], delimiter=delimiter, quoting=quoting, lineterminator=end)
    found = open_delimited(io.StringIO(table, newline=""), ".csv", Columns())
    assert found.names == names
    assert [list(row.values.values()) for row in found.rows] == rows


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text('ab c",;\\\n', max_size=30), min_size=1, max_size=6),
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_NONE]),
)
def test_cells_with_backslashes_are_read_as_they_were_written(cells, delimiter, quoting):
    # The first row shows that a backslash is written before marks and delimiters.
    rows = [
        ["0", f'"Yes{delimiter}" she said, "no.\\"'],
        *([f"n{n}", c] for n, c in enumerate(cells)),
    ]
    dialect = {"delimiter": delimiter, "quoting": quoting, "lineterminator": "\n"}
    table = written([["id", "text"], *rows], doublequote=False, escapechar="\\", **dialect)
    found = open_delimited(io.StringIO(table, newline=""), ".csv", Columns())
    assert [list(row.values.values()) for row in found.rows] == rows


def test_marks_in_tsv_are_text_unless_they_hold_a_cell_together(tmp_path):
    cells = [
        (f"{QUOTED}", QUOTED),
        ('"It is late', '"It is late'),
        ('She left."', 'She left."'),
        ('"All of it is said by her."', '"All of it is said by her."'),
        ('"""Late,"" she said."', '"Late," she said.'),
        ('"Two\nlines, ""yes""\tand a tab"', 'Two\nlines, "yes"\tand a tab'),
        ('""', None),
        ("'Late,' she said.", "'Late,' she said."),
    ]
    lines = [f"{n}\tGazette\t{cell}" for n, (cell, _) in enumerate(cells)]
    articles, notes = read_one(tmp_path, "n.tsv", "\n".join(["id\toutlet\ttext", *lines]))
    assert [article.text for article in articles] == [text for _, text in cells if text]
    assert all(article.outlet == "Gazette" for article in articles)
    assert "row 7 has no text" in of_kind(notes, "empty text")[0]


def test_an_unclosed_mark_swallows_no_row(tmp_path):
    rows = ['1,Gazette,"It is late', f"2,Gazette,{TEXT}", '3,Gazette,"He left, he said."']
    rows += ['4,Gazette,"Late," she said.', '5,Gazette,He said "no", and left', "6,Gazette,ok"]
    articles, notes = read_one(tmp_path, "n.csv", "\n".join(["id,outlet,text", *rows]))
    assert [article.article_id for article in articles] == list("123456")
    assert [article.text for article in articles] == [
        '"It is late',
        TEXT,
        "He left, he said.",
        '"Late," she said.',
        'He said "no", and left',
        "ok",
    ]
    assert [message.split(" has")[0] for message in of_kind(notes, "odd row")] == [
        "n.csv: row 2", "n.csv: row 4", "n.csv: row 5",
    ]  # fmt: skip


def test_marks_that_are_not_doubled_in_a_marked_table(tmp_path):
    table = '"id","text","outlet"\n"1","He said "no" and left, she said","Gazette"\n'
    table += '"2","“Yes” or "no", he said",5\n'
    articles, _ = read_one(tmp_path, "n.csv", table)
    assert [a.text for a in articles] == [
        'He said "no" and left, she said',
        '“Yes” or "no", he said',
    ]
    assert [a.outlet for a in articles] == ["Gazette", "5"]


def test_blanks_behind_delimiters(tmp_path):
    table = 'id, outlet,text\n1, Gazette, "One, ""two"""\n2, "The Post, Sunday" , Plain\n'
    table += '3,Gazette, "Two\nlines, yes"\n4,Gazette, a "b" c\n'
    articles, notes = read_one(tmp_path, "n.csv", table)
    assert [a.text for a in articles] == ['One, "two"', " Plain", "Two\nlines, yes", ' a "b" c']
    assert [a.outlet for a in articles] == ["Gazette", "The Post, Sunday", "Gazette", "Gazette"]
    assert [note.kind for note in notes] == ["columns"]


def test_rows_with_too_many_or_too_few_cells(tmp_path):
    table = (
        f'id,text,outlet,day\n1,"{TEXT}",Gazette,2021-03-04,more,\n2,{TEXT},Gazette,2021-03-04\n'
    )
    table += f'3,"{TEXT}"\n4\n5,"{TEXT}",Gazette,2021-03-04,,\n'
    articles, notes = read_one(tmp_path, "n.csv", table)
    assert [a.article_id for a in articles] == ["1", "2", "3", "5"]
    assert all(a.text == TEXT for a in articles)
    assert [a.outlet for a in articles] == ["Gazette", "Gazette", None, "Gazette"]
    first, second, third = of_kind(notes, "odd row")
    assert "row 1 has 6 cells for 4 names" in first and "'more'" in first
    assert "row 2 has 5 cells for 4 names: 2 of them are read as one text" in second
    assert "row 3 has 2 cells for 4 names" in third
    assert "row 4 has no text (has 1 cells for 4 names)" in of_kind(notes, "empty text")[0]


def test_tables_of_r(tmp_path):
    files = {
        "a.csv": f'"","doc_id","text","day"\n"1","t1","{TEXT}",NA\n"2","t2",NA,2021-03-04\n',
        "b.tsv": f'"doc_id"\t"text"\n"1"\t"u1"\t"{TEXT}"\n"2"\t"u2"\t"\\"Late,\\" she said."\n',
    }
    articles, notes = read(tmp_path, files)
    assert [a.article_id for a in articles] == ["t1", "u1", "u2"]
    assert articles[2].text == '"Late," she said.'
    assert [note.kind for article in articles for note in article.notes] == []
    assert "row 2 has no text" in of_kind(notes, "empty text")[0]


def test_the_line_of_names_is_not_the_first(tmp_path):
    table = (
        f"Export of the archive;;\n4 March 2021;;\n;;\nid;title;text\n1;Channel;{TEXT}\n;;\n;;\n"
    )
    (article,), notes = read_one(tmp_path, "n.csv", table)
    assert (article.article_id, article.headline, article.text) == ("1", "Channel", TEXT)
    (above,) = of_kind(notes, "above the names")
    assert "2 rows: above the names of columns ('4 March 2021')" in above
    assert "3 rows: empty" in of_kind(notes, "empty row")[0]


def test_tables_that_were_put_together(tmp_path):
    table = "id,text\n1,One.\nid,text\n2,Two.\nid,text\n3,text\n"
    articles, notes = read_one(tmp_path, "n.csv", table)
    assert [article.text for article in articles] == ["One.", "Two.", "text"]
    assert "2 rows: the names of columns once more" in of_kind(notes, "names again")[0]
    assert len(articles) + rows_told(notes) == 5


def test_a_table_without_names(tmp_path):
    table = written([["1", "2021-03-04", TEXT], ["2", "2021-03-05", QUOTED]])
    articles, (note,) = read_one(tmp_path, "n.csv", table)
    assert articles == []
    assert (note.level, note.kind) == ("error", "no header")
    assert "article_id,outlet,published,text" in note.message
    assert "none of its 2 rows is read" in note.message


def test_long_cells_and_nul(tmp_path):
    long = f"{TEXT} " * 30_000
    rows = [["id", "text"], ["1", long], ["2", f"{LONG}\0"]]
    assert [raw.text for raw in read_table("n.csv", written(rows))[0]] == [long, f"{LONG}\0"]
    (article,), _ = read_one(tmp_path, "n.csv", written([rows[0], rows[2]]))
    assert article.text == f"{LONG}\ufffd"


# --- names of columns ----------------------------------------------------------------------------


def test_every_name_leads_to_one_field():
    table = Columns()
    for kind in ("names", "weak"):
        for field, names in _data()[kind].items():
            for name in names:
                plan = table.plan([name])
                assert list(plan) == [field] and (name,) in plan[field], name
    summaries = _data()["other"]["summaries"]
    assert table.plan(summaries) == {}


def _data():
    from sayso.lexicon.files import load_toml

    return load_toml("columns.toml")


@pytest.mark.parametrize(
    ("names", "known"),
    [
        (["Article ID", "FULL TEXT", "Publish-Date", "News Outlet"], 4),
        (["\ufeffid", " text ", "by_line", "Link"], 4),
        (["uuid", "maintext", "publishedAt", "source.name"], 4),
        (["Doc.Id", "bodyText", "datePublished", "SITE_NAME", "Unnamed: 0"], 4),
    ],
)
def test_names_in_other_spellings(tmp_path, names, known):
    row = ["1.0", TEXT, "2021-03-04", "www.example.org", "0"][: len(names)]
    (article,), notes = read_one(tmp_path, "n.csv", written([names, row]))
    assert (article.article_id, article.text) == ("1", TEXT)
    assert f"{known} of {len(names)} columns used" in of_kind(notes, "columns")[0]


def test_what_is_used_is_told(tmp_path):
    rows = [["nr", "maintext", "text", "title", "date_publish", "date_download", "description"]]
    rows += [["1", TEXT, "", "Channel", "2021-03-04", "2021-03-09", "short"]]
    rows += [["2", LONG, QUOTED, "", "2021-03-05", "2021-03-09", ""]]
    rows += [["3", "", "", "Channel", "2021-03-06", "2021-03-09", "A summary."]]
    articles, notes = read_one(tmp_path, "n.csv", written(rows))
    assert [a.text for a in articles] == [TEXT, QUOTED]
    assert [a.published.day.day for a in articles] == [4, 5]
    assert of_kind(notes, "columns") == [
        "n.csv: 4 of 7 columns used: 'maintext' as text (in 1), 'text' (in 1), 'title' as headline"
        " (in 1), 'date_publish' as published; not used: 'nr', 'date_download', 'description'; not"
        " given: outlet, author, url; 2 of 3 rows are articles"
    ]
    (empty,) = of_kind(notes, "empty text")
    assert "row 3 has no text, only a summary ('description')" in empty


def test_weak_names_are_used_where_there_is_no_other(tmp_path):
    files = {
        "a.csv": written([["id", "date", "article"], ["1", "2021-03-04", TEXT]]),
        "b.csv": written(
            [["id", "publish_date", "date", "text", "article"], [2, "", 2021, "", "A"]]
        ),
    }
    (article,), notes = read(tmp_path, files)
    assert (article.text, article.published.day) == (TEXT, date(2021, 3, 4))
    assert len(of_kind(notes, "empty text")) == 1


def test_names_of_ones_own(tmp_path):
    table = written([["nr", "inhalt", "text", "date"], ["1", TEXT, "a remark", "2021-03-04"]])
    own = {"text": "Inhalt", "article_id": "nr", "published": ""}
    (article,), notes = read_one(tmp_path, "n.csv", table, columns=own)
    assert (article.article_id, article.text, article.published.day) == ("1", TEXT, None)
    (article,), notes = read_one(tmp_path, "n.csv", table, columns={"text": "inhlat"})
    assert article.text == "a remark"
    assert "no column 'inhlat'" in of_kind(notes, "missing column")[0]


@pytest.mark.parametrize("columns", [{"txt": "body"}, {"text": 3}])
def test_names_that_are_none(tmp_path, columns):
    with pytest.raises(ValueError, match="columns has"):
        read_one(tmp_path, "n.csv", f"text\n{TEXT}\n", columns=columns)


def test_nested_names_of_ones_own(tmp_path):
    row = {
        "meta": {"who": [{"n": "Ann Field"}, {"n": "Bo Lind"}], "paper": "Gazette"},
        "b": {"t": TEXT},
    }
    own = {"text": "b.t", "author": "meta.who.n", "outlet": "meta.paper"}
    (article,), _ = read_one(tmp_path, "n.jsonl", json.dumps(row), columns=own)
    assert (article.text, article.author, article.outlet) == (TEXT, "Ann Field, Bo Lind", "Gazette")


def test_a_second_column_of_a_name(tmp_path):
    table = written([["id", "text", "text", "title", "Title"], ["1", "", TEXT, "A", "B"]])
    (article,), notes = read_one(tmp_path, "n.csv", table)
    assert (article.text, article.headline) == (TEXT, "A")
    assert "'text (2)' as text" in of_kind(notes, "columns")[0]


def test_without_metadata_only_texts_and_ids_are_used(tmp_path):
    table = written([["id", "title", "text"], ["1", "Channel", TEXT]])
    (article,), notes = read_one(tmp_path, "n.csv", table, metadata=False)
    assert (article.article_id, article.text) == ("1", TEXT)
    assert "2 of 3 columns used" in of_kind(notes, "columns")[0]
    assert "not given" not in of_kind(notes, "columns")[0]


def test_a_column_that_may_hold_the_texts_is_named(tmp_path):
    table = written([["nr", "inhalt"], ["1", LONG], ["2", LONG]])
    _, (note,) = read_one(tmp_path, "n.csv", table)
    assert "('inhalt' has the longest texts)" in note.message
    assert "--column text=NAME" in note.message and "none of its 2 rows" in note.message


@pytest.mark.parametrize(
    "value",
    [
        ["Ann Field", "Bo Lind"],
        "['Ann Field', 'Bo Lind']",
        '["Ann Field", "Bo Lind"]',
        [{"name": "Ann Field", "type": "author"}, {"name": "Bo Lind"}],
        "[{'name': 'Ann Field', 'id': None}, {'name': 'Bo Lind', 'id': None}]",
        ["Ann Field", None, "", "Bo Lind", "Ann Field"],
    ],
)
@pytest.mark.parametrize(
    "outlet", [{"id": None, "name": "Gazette"}, "{'id': None, 'name': 'Gazette'}"]
)
def test_lists_and_objects(tmp_path, value, outlet):
    row = {"id": "1", "text": TEXT, "author": value, "outlet": outlet}
    (article,), _ = read_one(tmp_path, "n.jsonl", json.dumps(row))
    assert (article.author, article.outlet) == ("Ann Field, Bo Lind", "Gazette")


@pytest.mark.parametrize("nothing", [[], {}, "[]", "NA", "None", "", None, [None], {"name": None}])
def test_what_holds_nothing(tmp_path, nothing):
    row = {"id": "1", "text": TEXT, "author": nothing, "outlet": nothing, "published": nothing}
    (article,), _ = read_one(tmp_path, "n.jsonl", json.dumps(row))
    assert (article.author, article.outlet, article.published.day) == (None, None, None)
    assert article.notes == ()


def test_cut_texts_are_told(tmp_path):
    rows = [
        ["id", "text"],
        ["1", f"{TEXT}… [+1234 chars]"],
        ["2", (TEXT * 500)[:32767]],
        ["3", TEXT],
    ]
    articles, _ = read_one(tmp_path, "n.csv", written(rows))
    assert [[note.kind for note in article.notes] for article in articles] == [["cut"], ["cut"], []]
    assert articles[0].text.endswith("[+1234 chars]")


def test_markup_in_a_text_is_told(tmp_path):
    rows = [["id", "text"], ["1", f"<p>{TEXT}</p>"], ["2", "a < b and b > c"]]
    articles, notes = read_one(tmp_path, "n.csv", written(rows))
    assert len(articles) == 2
    assert [message.split(" has")[0] for message in of_kind(notes, "markup")] == ["n.csv: row 1"]


# --- no row is lost in silence -------------------------------------------------------------------

COUNTS = (
    r"(\d+) more (?:row|line|record)s? \(",
    r": (\d+) (?:row|line|record)s?: ",
    r"none of its (\d+) (?:row|line|record)s is read",
    r"so its (\d+) rows are not read",
)
ONE = r"(?:: (?:row|line|record) [\d.]+ )|(?:its (?:row|line|record) is not read)"


def rows_told(notes) -> int:
    """Return how many rows the notes say are no articles."""
    told = 0
    for note in notes:
        if note.level == "warning" or note.kind == "columns":
            continue
        counts = [int(match[1]) for form in COUNTS if (match := re.search(form, note.message))]
        assert counts or re.search(ONE, note.message), note.message
        told += counts[0] if counts else 1
    return told


# What a row may be: an article, or one of the ways to be none.
GOOD = st.builds(
    lambda text, outlet: {"text": text, "outlet": outlet},
    st.text('Fog "came", and; |it\nstayed: é', min_size=1, max_size=40).map(
        lambda text: f"A{text}Z"
    ),
    st.sampled_from(["Gazette", "", None]),
)
BAD = st.sampled_from(
    [{"text": ""}, {"text": "NA", "outlet": "Gazette"}, {"text": " ", "outlet": ""}, {"text": None}]
)
TABLES = st.lists(st.one_of(GOOD, BAD), min_size=1, max_size=20)


def as_csv(rows, **dialect) -> bytes:
    return written(
        [["text", "outlet"], *([row.get("text"), row.get("outlet")] for row in rows)], **dialect
    ).encode()


def as_xlsx(rows) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    for row in [{"text": "text", "outlet": "outlet"}, *rows]:
        # A row of nothing is no row of a spreadsheet.
        sheet.append([row.get("text"), row.get("outlet") or "-"])
    book.save(file)
    return file.getvalue()


def as_parquet(rows) -> bytes:
    return pd.DataFrame(rows, columns=["text", "outlet"]).to_parquet()


WRITERS = {
    "n.csv": as_csv,
    "s.csv": lambda rows: as_csv(rows, delimiter=";", quoting=csv.QUOTE_ALL),
    "n.tsv": lambda rows: as_csv(rows, delimiter="\t"),
    "n.xlsx": as_xlsx,
    "n.parquet": as_parquet,
    "n.json": lambda rows: json.dumps(rows, indent=1).encode(),
    "o.json": lambda rows: json.dumps({"status": "ok", "articles": rows}).encode(),
    "n.jsonl": lambda rows: "\n".join(map(json.dumps, rows)).encode(),
    "n.ndjson": lambda rows: "\n\n".join(map(json.dumps, rows)).encode(),
}


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=25, deadline=None)
@given(rows=TABLES)
def test_rows_in_are_articles_and_rows_told(name, rows):
    articles, notes = read_table(name, WRITERS[name](rows))
    good = [row["text"] for row in rows if row["text"] and len(row["text"]) > 2]
    assert [article.text for article in articles] == good
    assert len(articles) + rows_told(notes) == len(rows)


@settings(max_examples=150, deadline=None)
@given(st.text('ab",;\t\n\\', max_size=80), st.sampled_from([",", "\t"]))
def test_whatever_stands_in_a_table_is_read_or_told(junk, delimiter):
    table = f"id{delimiter}text\n{junk}\n0{delimiter}An article."
    articles, notes = read_table("n.csv", table)
    found = open_delimited(io.StringIO(table, newline=""), ".csv", Columns())
    rows = [cell for row in found.rows for cell in row.values.values() if cell]
    assert len(articles) + rows_told(notes) == int(
        re.search(r"of (\d+) rows", notes[-1].message)[1]
    )
    # Letters are counted: what was cut into cells is all that there was.
    told = "".join(note.message for note in notes)
    assert "".join(rows).count("b") == junk.count("b") or "left out" in told


@pytest.mark.parametrize("name", ["n.csv", "n.json", "n.jsonl", "n.xlsx", "n.parquet"])
def test_a_bad_table_makes_few_notes(name):
    rows = [{"text": TEXT, "outlet": "Gazette"}, *([{"text": "", "outlet": "Gazette"}] * 1000)]
    articles, notes = read_table(name, WRITERS[name](rows))
    assert len(articles) == 1 and len(notes) == 7
    assert rows_told(notes) == 1000
    assert any("995 more" in note.message for note in notes)


@pytest.mark.parametrize("name", ["n.csv", "n.json", "n.jsonl", "n.xlsx", "n.parquet"])
def test_a_table_without_texts_is_one_error(tmp_path, name):
    rows = [{"outlet": "Gazette", "headline": "Channel"}] * 30
    writers = {"n.csv": lambda: pd.DataFrame(rows).to_csv(index=False).encode()}
    writers["n.parquet"] = lambda: pd.DataFrame(rows).to_parquet()
    if name == "n.xlsx":
        file = io.BytesIO()
        pd.DataFrame(rows).to_excel(file, index=False)
        data = file.getvalue()
    else:
        data = writers.get(name, lambda: WRITERS[name](rows))()
    articles, (note,) = read_one(tmp_path, name, data)
    assert articles == []
    assert (note.level, note.kind) == ("error", "no text column")
    assert "none of its 30" in note.message and "outlet, headline" in note.message
    assert "columns={'text': 'NAME'}" in note.message


# --- JSON ----------------------------------------------------------------------------------------

TWO = [{"id": "x", "title": "A", "text": TEXT}, {"id": "y", "title": "B", "text": LONG}]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(TWO),
        json.dumps(TWO, indent=4),
        "\ufeff" + json.dumps(TWO, indent="\t"),
        json.dumps({"articles": TWO}),
        json.dumps({"status": "ok", "total": 2, "results": TWO}, indent=1),
        json.dumps({"data": {"items": TWO}}),
        json.dumps({"response": {"docs": [{"_source": one} for one in TWO]}}),
        json.dumps({"hits": {"total": 2, "hits": [{"_id": o["id"], "_source": o} for o in TWO]}}),
        json.dumps([{"articles": TWO[:1]}, {"articles": TWO[1:]}]),
        json.dumps({"2020": TWO[:1], "2021": TWO[1:]}),
        json.dumps({one["id"]: {"title": one["title"], "text": one["text"]} for one in TWO}),
        json.dumps([{"attributes": one} for one in TWO]),
        json.dumps({"query": "channel", "found": TWO}),
        json.dumps({"articles": TWO[:1], "related": TWO[1:], "pages": [{"number": 1}]}),
        "\n".join(map(json.dumps, TWO)),
        "\r\n\r\n".join(map(json.dumps, TWO)) + "\r\n",
        "\n".join(json.dumps(one, indent=2) for one in TWO),
        " ".join(json.dumps(one) for one in TWO),
        "\x1e" + "\n\x1e".join(map(json.dumps, TWO)),
        pd.DataFrame(TWO).to_json(),
        pd.DataFrame(TWO).to_json(orient="split"),
        pd.DataFrame(TWO).to_json(orient="table"),
        pd.DataFrame(TWO).to_json(orient="index"),
        json.dumps(pd.DataFrame(TWO).to_dict("list")),
    ],
)
@pytest.mark.parametrize("ending", [".json", ".jsonl", ".ndjson"])
def test_shapes_of_json(content, ending):
    articles, notes = read_table(f"n{ending}", content)
    assert [(a.article_id, a.known.headline, a.text) for a in articles] == [
        ("x", "A", TEXT),
        ("y", "B", LONG),
    ]
    assert [note.level for note in notes] == ["note"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize("content", [json.dumps(TWO), "\n".join(map(json.dumps, TWO))])
def test_encodings_of_json(tmp_path, encoding, content):
    articles, _ = read_one(tmp_path, "n.json", content.encode(encoding))
    assert len(articles) == 2


def test_a_file_that_is_one_article_gives_it_its_name(tmp_path):
    files = {"17.json": json.dumps({"text": TEXT}), "18.json": json.dumps([{"text": TEXT}])}
    articles, _ = read(tmp_path, files)
    assert [article.article_id for article in articles] == ["17", "18.json#1"]


def test_what_is_told_of_a_file_an_article_is_told_once(tmp_path):
    pages = {f"{n}.json": json.dumps({"maintext": TEXT, "title": "A"}) for n in range(9)}
    pages |= {"x.json": json.dumps({"maintext": "", "title": "B"}), "y.json": json.dumps(TWO)}
    articles, notes = read(tmp_path, pages, columns={"url": "where"})
    assert len(articles) == 11
    assert [(note.path, note.kind) for note in notes] == [
        ("0.json", "missing column"),
        ("0.json", "columns"),
        ("x.json", "empty text"),
        ("y.json", "missing column"),
        ("y.json", "columns"),
    ]
    assert "the same holds for the other files with these columns" in notes[1].message


def test_pages_without_texts_are_told_once(tmp_path):
    pages = {f"{n}.json": json.dumps({"inhalt": LONG, "title": f"No. {n}"}) for n in range(9)}
    articles, (note,) = read(tmp_path, pages)
    assert articles == []
    assert (note.path, note.level, note.kind) == ("0.json", "error", "no text column")
    assert "'inhalt' has the longest texts" in note.message
    assert "the same holds for the other files with these columns" in note.message


def test_annotations_beside_texts_are_one_note(tmp_path):
    files = {
        "a.txt": TEXT,
        "b.json": json.dumps({"spans": [[0, 9]], "label": "opinion"}),
        "c.json": json.dumps([{"from": 1, "to": 4}, {"from": 7, "to": 9}]),
        "d.jsonl": '{"T1": 3}\n{"T1": 4}\n',
        "e.json": json.dumps([{"headline": "Channel"}]),
    }
    articles, (note, error) = read(tmp_path, files)
    assert [article.text for article in articles] == [TEXT]
    assert (note.path, note.level, note.kind) == ("b.json", "note", "no articles")
    assert (error.path, error.level, error.kind) == ("e.json", "error", "no text column")


@pytest.mark.parametrize(
    ("content", "n_read", "message"),
    [
        (json.dumps(TWO)[:-40], 1, "no JSON behind record 1"),
        (json.dumps(TWO)[:-1], 2, "no JSON behind record 2 (the array has no end)"),
        (json.dumps(TWO, indent=1).replace('"id": "y"', '"id" "y"'), 1, "Expecting ':'"),
        ('{"articles": ', 0, "no JSON behind record 0"),
        ("[" * 100_000, 0, "no JSON behind record 0"),
        ("no JSON at all", 0, "line 1 is no JSON"),
        ('"a text"', 0, "line 1 is no JSON object"),
        ("[1, null]", 0, "record 1 is no JSON object"),
    ],
)
def test_json_that_breaks_off(tmp_path, content, n_read, message):
    articles, notes = read_one(tmp_path, "n.json", content)
    assert len(articles) == n_read
    assert any(message in note.message and note.level == "error" for note in notes)


def test_an_array_is_read_one_by_one_and_an_object_up_to_a_limit(monkeypatch):
    monkeypatch.setattr(LIMITS, "text_bytes", 3_000_000)
    many = [{"id": str(n), "text": LONG * 20} for n in range(800)]
    articles, notes = read_table("n.json", json.dumps(many))
    assert len(articles) == 800 and len(notes) == 1
    articles, (note,) = read_table("o.json", json.dumps({"articles": many}))
    assert articles == []
    assert "a JSON value of more than 3,000,000 characters" in note.message
    assert "LIMITS.text_bytes = " in note.message


def test_large_tables_are_not_held_in_memory(tmp_path):
    import tracemalloc

    n_rows, text = 2500, LONG * 10
    with (tmp_path / "n.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([["id", "text"], *([n, text] for n in range(n_rows))])
    with (tmp_path / "n.jsonl").open("w") as file:
        file.writelines(json.dumps({"id": n, "text": text}) + "\n" for n in range(n_rows))
    for path in sorted(tmp_path.iterdir()):
        assert path.stat().st_size > 10_000_000
        tracemalloc.start()
        assert sum(1 for _ in read_file(File(path.name, path))) == n_rows + 1
        assert tracemalloc.get_traced_memory()[1] < 6_000_000
        tracemalloc.stop()


# --- spreadsheets --------------------------------------------------------------------------------


def workbook(**sheets) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file.getvalue()


def test_spreadsheets(tmp_path):
    news = [["From the archive"], [], ["ID", "Date", "Full text", "Outlet"]]
    news += [
        [1.0, datetime(2021, 3, 4), TEXT, "Gazette"],
        [],
        [2, "5 March 2021", f"A\n{TEXT}", None],
    ]
    news += [[3, None, '="A"&"B"', None], [4, None, 12, None], [5, None, TEXT, None, "beyond"]]
    data = workbook(
        News=news,
        Codes=[["code", "meaning"], [1, "yes"], [2, "no"]],
        Empty=[],
        More=[["Body"], [TEXT]],
    )
    articles, notes = read_one(tmp_path, "n.xlsx", data)
    assert [a.article_id for a in articles] == ["1", "2", "5", "n.xlsx#More#2"]
    assert [a.text for a in articles] == [TEXT, f"A\n{TEXT}", TEXT, TEXT]
    assert articles[0].published.day == date(2021, 3, 4)
    assert [note.path for note in notes] == ["n.xlsx"] * 7
    assert (
        "sheet 'News': 1 row: above the names of columns ('From the archive')"
        in of_kind(notes, "above the names")[0]
    )
    formula, number = of_kind(notes, "empty text")
    assert "sheet 'News': row 7 has no text (has formulas whose results are not in" in formula
    assert "row 8 has no text" in number
    assert "'beyond'" in of_kind(notes, "odd row")[0]
    assert (
        "sheet 'Codes' has no column 'text', so its 2 rows are not read"
        in (of_kind(notes, "unread sheet")[0])
    )
    assert len(of_kind(notes, "columns")) == 2
    assert len(articles) + rows_told(notes) == 9


def test_spreadsheets_without_articles(tmp_path):
    files = {
        "a.xlsx": workbook(Codes=[["code", "meaning"], [1, "yes"]]),
        "b.xlsx": b"\xd0\xcf\x11\xe0 old",
        "c.xlsx": b"id,text\n1,2\n",
        "d.xlsx": b"",
        "e.xlsx": workbook(Empty=[]),
        "f.xls": b"\xd0\xcf\x11\xe0 old",
    }
    articles, notes = read(tmp_path, files)
    assert articles == []
    assert [(note.path, note.kind) for note in notes] == [
        ("a.xlsx", "no text column"),
        ("b.xlsx", "unreadable file"),
        ("c.xlsx", "unreadable file"),
        ("d.xlsx", "empty file"),
        ("e.xlsx", "empty file"),
        ("f.xls", "unread file"),
    ]


def test_a_library_that_is_missing_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    articles, (note,) = read_one(tmp_path, "n.xlsx", workbook(News=[["text"], [TEXT]]))
    assert articles == []
    assert note.message.startswith("n.xlsx: ") and "pip install 'sayso[formats]'" in note.message


# --- lists beside the texts ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "table",
    [
        "article_id,outlet,published\na,Gazette,2021-03-04\n",
        "sep=;\nFile;Newspaper;Date\na.txt;Gazette;2021-03-04\n",
        "\nid\tpublisher\tpublish-date\na\tGazette\t2021-03-04\n",
        "ID,Filename,Outlet,Date\n17,a.txt,Gazette,2021-03-04\n",
        "key,file attachments,publisher,date\nQ1,C:\\docs\\a.txt; x.pdf,Gazette,2021-03-04\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_lists_in_other_dialects(tmp_path, table, encoding):
    (article,), notes = read(tmp_path, {"articles.csv": table.encode(encoding), "a.txt": TEXT})
    assert (article.outlet, article.published.day) == ("Gazette", date(2021, 3, 4))
    assert notes == []


def test_a_list_alone_is_told_from_a_table(tmp_path):
    (tmp_path / "articles.csv").write_text("id,title\n1,Channel\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"articles\.csv has no texts, and lists other files"):
        read_articles(tmp_path)


def test_a_list_in_an_archive_is_no_error(tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("articles.csv", "id,outlet\na,Gazette\nb,Gazette\n")
        archive.writestr("a.txt", TEXT)
    (article,), (note,) = read_one(tmp_path, "n.zip", data.getvalue())
    assert article.text == TEXT
    assert (note.path, note.level) == ("n.zip/articles.csv", "note")
    assert "none of its 2 rows is read" in note.message


def test_a_list_with_a_text_column_of_ones_own_is_a_table(tmp_path):
    table = {"articles.csv": f"id,inhalt\n1,{TEXT}\n"}
    (article,), _ = read(tmp_path, table, columns={"text": "inhalt"})
    assert (article.article_id, article.text) == ("1", TEXT)
