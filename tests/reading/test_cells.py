"""One bad cell costs no other: days beyond the calendar, letters that are none, zeros."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from made_files import read as read_all

TEXT = "Ana Voss said the dam would hold on Monday. So it did, she said."


def read(source):
    """Return a corpus's articles by id, and its notes but those on columns."""
    articles, notes = read_all(source)
    return articles, [note for note in notes if note.kind != "columns"]


FAR = 10**18


def texts(values: list[bytes]) -> pa.Array:
    """An array of texts that are no UTF-8, as careless programs write it."""
    data = pa.array(values, pa.binary())
    return pa.Array.from_buffers(pa.string(), len(data), data.buffers())


COLUMNS = {
    "timestamp": pa.array([0, FAR, -FAR], pa.timestamp("us")),
    "with a zone": pa.array([0, FAR, -FAR], pa.timestamp("ms", "UTC")),
    "with a zone that is none": pa.array([0, 1, 2], pa.timestamp("us", "Nowhere/Land")),
    "days": pa.array([0, 2**31 - 1, -(2**31)], pa.int32()).cast(pa.date32()),
    "length": pa.array([0, FAR, -FAR], pa.duration("s")),
    "list": pa.array([[0], [FAR, 0], []], pa.list_(pa.timestamp("us"))),
    "object": pa.array([{"a": FAR}] * 3, pa.struct([("a", pa.timestamp("us"))])),
    "letters": texts([b"The Post", b"caf\xe9", b"\xff"]),
    "names": texts([b"The Post", b"caf\xe9", b"\xff"]).dictionary_encode(),
}


@pytest.mark.parametrize("name", ["published", "outlet", "else"])
@pytest.mark.parametrize("kind", COLUMNS)
def test_a_bad_cell_of_parquet_costs_no_row(tmp_path, kind, name):
    table = pa.table({"article_id": list("abc"), "text": [TEXT] * 3, name: COLUMNS[kind]})
    pq.write_table(table, tmp_path / "t.parquet")
    articles, notes = read(tmp_path / "t.parquet")
    assert [article.text for article in articles.values()] == [TEXT] * 3
    assert all(note.level == "warning" for note in notes)
    if kind in ("timestamp", "days") and name == "published":
        assert [str(article.published.day) for article in articles.values()] == [
            "1970-01-01",
            "None",
            "None",
        ]
        assert len(notes) == 2 and "cannot be read; write it as YYYY-MM-DD" in notes[0].message


def test_a_text_that_is_no_utf8_in_parquet_is_read_and_told(tmp_path):
    table = pa.table({"article_id": list("ab"), "text": texts([TEXT.encode(), b"Caf\xe9 news."])})
    pq.write_table(table, tmp_path / "t.parquet")
    articles, notes = read(tmp_path / "t.parquet")
    assert articles["a"].text == TEXT and articles["b"].text == "Caf\ufffd news."
    assert [(note.article_id, note.kind) for note in notes] == [("b", "encoding")]


def test_columns_of_bytes_are_read_as_text(tmp_path):
    row = {
        "article_id": b"a",
        "text": TEXT.encode(),
        "outlet": b"Caf\xe9",
        "published": b"2021-03-04",
    }
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "t.parquet")
    (article,) = read(tmp_path / "t.parquet")[0].values()
    assert (article.article_id, article.outlet, article.text) == ("a", "Caf\ufffd", TEXT)
    assert article.published.day.isoformat() == "2021-03-04"


def test_columns_of_the_same_name_cost_no_text(tmp_path):
    columns = [pa.array(list("ab")), pa.array([TEXT, None]), pa.array(["", f"So. {TEXT}"])]
    table = pa.Table.from_arrays(columns, names=["id", "text", "text"])
    pq.write_table(table, tmp_path / "t.parquet")
    articles, notes = read(tmp_path / "t.parquet")
    assert {name: one.text for name, one in articles.items()} == {"a": TEXT, "b": f"So. {TEXT}"}
    assert notes == []


ROWS = [
    {"article_id": "a", "text": TEXT, "outlet": "Post"},
    {"article_id": "b", "text": f"He\0\0llo. {TEXT}", "outlet": "P\0st"},
    {"article_id": "c\0", "text": TEXT, "outlet": "\0" * 5},
]


@pytest.mark.parametrize("packed", ["\\u0000", "\0"])
@pytest.mark.parametrize("ending", ["jsonl", "json"])
def test_zeros_in_json_cost_no_row(tmp_path, ending, packed):
    lines = [json.dumps(row).replace("\\u0000", packed) for row in ROWS]
    whole = "\n".join(lines) if ending == "jsonl" else f"[{','.join(lines)}]"
    (tmp_path / f"t.{ending}").write_text(whole, encoding="utf-8")
    articles, notes = read(tmp_path)
    assert len(articles) == 3 and all(note.level == "warning" for note in notes)


@pytest.mark.parametrize(("ending", "mark"), [("csv", ","), ("csv", '","'), ("tsv", "\t")])
def test_zeros_in_delimited_text_cost_no_row(tmp_path, ending, mark):
    around = '"' if '"' in mark else ""
    rows = [mark.join(ROWS[0]), *(mark.join(row.values()) for row in ROWS)]
    whole = "".join(f"{around}{row}{around}\n" for row in rows)
    (tmp_path / f"t.{ending}").write_text(whole, encoding="utf-8")
    articles, notes = read(tmp_path)
    assert len(articles) == 3 and all(note.level == "warning" for note in notes)


def test_a_hole_of_zeros_costs_its_own_line_alone(tmp_path):
    lines = [json.dumps(ROWS[0]), "\0" * 4096, json.dumps(ROWS[0] | {"article_id": "d"})]
    (tmp_path / "t.jsonl").write_text("\n".join(lines), encoding="utf-8")
    articles, notes = read(tmp_path)
    assert list(articles) == ["a", "d"]
    assert [note.level for note in notes] == ["error"] and "line 2 is no JSON" in notes[0].message
    (tmp_path / "t.jsonl").unlink()
    (tmp_path / "t.txt").write_text(TEXT + "\0" * 4096, encoding="utf-8")
    articles, notes = read(tmp_path)
    assert articles["t"].text.startswith(TEXT) and notes[0].kind == "encoding"


ODD = [
    "\ud800",
    "9" * 400,
    "9" * 5000,
    10**400,
    1e308,
    float("inf"),
    True,
    [[]],
    {"$date": "9" * 40},
]
ODD += [253402300800, -62135596801, "0000-00-00", "9999-12-31T23:59:59-23:59", "²⁰¹⁹-01-01"]


def test_odd_values_of_any_column_cost_no_row(tmp_path):
    rows = [
        {"article_id": f"{name}{number}", "text": TEXT} | {name: value}
        for name in ("published", "outlet", "author", "url", "headline", "precision", "article_id")
        for number, value in enumerate(ODD)
    ]
    (tmp_path / "t.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    articles, notes = read(tmp_path)
    assert len(articles) == len(rows)
    assert {note.level for note in notes} == {"warning"}
    for article in articles.values():
        f"{article.article_id}{article.outlet}{article.author}{article.headline}".encode()
