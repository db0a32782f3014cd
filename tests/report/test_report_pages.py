"""Pages from notebooks that ran: sections, tables and their files, and ways into the articles."""

from __future__ import annotations

import base64
import csv
import hashlib
import re

import openpyxl
import pandas as pd
import pytest
from nbformat import v4

from sayso.report.many import read_grid
from sayso.report.pages.files import write_table
from sayso.report.pages.layout import NotebookPage
from sayso.report.pages.page import page
from sayso.report.pages.places import Place, Places, file_name
from sayso.report.pages.sections import read_sections
from sayso.show.html import ASKED, cite
from sayso.show.table import MIME, table


def shown(value, monkeypatch):
    """Return what a kernel that is asked for whole tables sends of a value."""
    monkeypatch.setenv(ASKED, "1")
    whole = getattr(value, "_repr_mimebundle_", dict)()
    data = {"text/plain": repr(value), "text/html": value._repr_html_(), **whole}
    return v4.new_code_cell("x", outputs=[v4.new_output("execute_result", data=data)])


def notebook(*cells):
    made = [v4.new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    return v4.new_notebook(cells=made)


@pytest.fixture
def rows():
    return pd.DataFrame({"article": ["003"], "n": [1234], "sentence": ["word " * 40]})


def test_whole_tables_are_sent_only_where_asked_for(rows, monkeypatch):
    made = table(rows, "Rows", rows=1)
    assert made._repr_mimebundle_() == {}
    monkeypatch.setenv(ASKED, "1")
    sent = made._repr_mimebundle_()[MIME]
    assert sent["rows"] == [["003", 1234, "word " * 40]] and sent["names"] == list(rows)


def test_long_texts_and_passages_stand_below_their_row(rows):
    markup = table(rows)._repr_html_()
    assert re.search(r'</tr><tr><td colspan="2"[^>]*><div[^>]*>word word', markup)
    kwic = pd.DataFrame({"n": [1], "before": ["on the"], "words": ["<b>"], "after": ["side"]})
    assert ">on the <strong>&lt;b&gt;</strong> side</div>" in table(kwic)._repr_html_()
    alone = pd.DataFrame({"sentence": ["word " * 40]})
    assert "colspan" not in table(alone)._repr_html_()


def test_files_are_whole_and_no_formulas(tmp_path, monkeypatch):
    monkeypatch.setenv(ASKED, "1")
    texts = ["=1+1", "+a", "-b", "@c", "\tx", "plain, 'quoted'", "<&>\x00", None]
    data = pd.DataFrame({"text": texts, "n": range(8), "x": 0.5, "yes": True})
    made = table(data, rows=2)
    write_table(made, tmp_path / "t")
    first = (tmp_path / "t.csv").read_bytes(), (tmp_path / "t.xlsx").read_bytes()
    with open(tmp_path / "t.csv", encoding="utf-8-sig", newline="") as file:
        read = list(csv.reader(file))
    assert len(read) == 9 and read[1] == ["'=1+1", "0", "0.5", "yes"]
    assert not any(cell[:1] in "=+@" and cell for row in read for cell in row)
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0] == ["text", "n", "x", "yes"] and cells[1] == ["=1+1", 0, 0.5, True]
    assert {row[0].data_type for row in sheet.iter_rows(min_row=2)} <= {"s", "inlineStr", "n"}
    write_table(made, tmp_path / "t")
    assert first == ((tmp_path / "t.csv").read_bytes(), (tmp_path / "t.xlsx").read_bytes())


def test_what_found_nothing_vanishes_with_its_prose(rows, monkeypatch):
    nothing, something = (shown(table(data), monkeypatch) for data in (rows.iloc[:0], rows))
    ran = notebook(
        "# Title\n\nWhy?", "## Empty\n\nBefore.", nothing, "After nothing.",
        "## Half", nothing, "Gone with it.", something, "Kept.",
        "### Empty below", nothing, "## What is a row?\n\nIt is.", "## Limits\n\nMany.",
    )  # fmt: skip
    sections, gone = read_sections(ran)
    assert gone == ["Empty", "Empty below"]
    assert [section.title for section in sections] == ["Title", "Half", "What is a row?", "Limits"]
    assert [block.words for block in sections[1].blocks if block.kind == "prose"] == ["Kept."]
    assert [section.folded for section in sections] == [False, False, True, True]


def test_headings_in_code_are_no_headings():
    sections, _ = read_sections(notebook("# T\n\n```\n## not\n```\n\n## yes"))
    assert [section.title for section in sections] == ["T", "yes"]


@pytest.fixture
def places(seeds):
    return Places(seeds)


def test_rows_lead_to_their_sentences(seeds, places):
    from sayso.analyze.speakers import marked_cues
    from sayso.analyze.timeline import unplaced

    for data in (
        marked_cues(seeds.quotes, seeds.articles),
        unplaced(seeds.dates, seeds.articles),
    ):
        made = table(seeds.told(data))
        texts = seeds.articles.set_index("article_id")["text"]
        for row in made.rows:
            place = places.of_row(made, row)
            assert place.article_id.startswith(row[0])
            number = int(places.anchor(place)[1:]) - 1
            start, end = places.sentences[place.article_id][number]
            said = " ".join(texts[place.article_id][start:end].split())
            assert said == row[made.names.index("sentence")]


def test_rows_without_words_lead_to_their_article_and_others_nowhere(places):
    made = table(pd.DataFrame({"article": ["003", "x"], "n": [1, 2]}))
    assert places.of_row(made, made.rows[0]).start is None
    assert places.of_row(made, made.rows[1]) is None
    made = table(pd.DataFrame({"outlet": ["TASS"], "words": ["fundamentally disagree"]}))
    assert places.of_row(made, made.rows[0]) is None  # too few words to be looked for everywhere


def test_names_of_files_are_safe_and_distinct():
    ids = ["a", "A", "a/b", "a b", "..", "é", "x" * 99, "con?", "index"]
    names = [file_name(one) for one in ids]
    assert len({name.casefold() for name in names}) == len(ids)
    assert "index.html" not in names
    assert all(re.fullmatch(r"[a-z0-9._-]+\.html", name) for name in names)


def test_a_page_leads_to_articles_and_they_lead_back(seeds, places, monkeypatch, tmp_path):
    (tmp_path / "tables").mkdir()
    article = seeds.articles.iloc[0]
    quote = seeds.quotes[seeds.quotes["article_id"] == article["article_id"]].iloc[0]
    data = pd.DataFrame({"article": [article["article_id"]], "content": [quote["content"]]})
    ran = notebook("# T\n\nWhy?\n\nMore.", "## Found", shown(table(data, "Q"), monkeypatch))
    html = cite(article, article["article_id"], 0)
    cited = v4.new_output("display_data", {"text/html": html})
    ran.cells.append(v4.new_code_cell("x", outputs=[cited]))
    made = NotebookPage("01-t", ran, places, tmp_path)
    made.write(None, NotebookPage("02", notebook("# Next <one>"), places, tmp_path))
    text = (tmp_path / "01-t.html").read_text("utf-8")
    address = places.link(Place(article["article_id"], quote["content_spans"][0][0]))
    assert address.startswith("articles/") and "#s" in address
    assert f'href="{address}"' in text and 'id="t1-1"' in text and "data-place" not in text
    assert 'href="tables/01-t-t1.csv"' in text and (tmp_path / "tables" / "01-t-t1.xlsx").exists()
    assert "Next &lt;one&gt; →" in text and ">About this page</h2>" in text
    led = {link for links in places.led.values() for link in links}
    assert "01-t.html#t1-1" in led and len(led) == 2


def test_the_only_script_is_named_by_its_digest():
    text = page("A <title>", "<p>body</p>")
    script = re.search(r"<script>(.*?)</script>", text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in text and "default-src 'none'" in text
    assert "<title>A &lt;title&gt;</title>" in text and text.count("<script") == 1


@pytest.mark.parametrize(
    ("written", "sets"),
    [
        ("- {by: outlet}\n- {by: month, top: 3}\n", [{"by": "outlet"}, {"by": "month", "top": 3}]),
        ("by: [outlet, month]\ntop: 3\n", [{"by": "outlet", "top": 3}, {"by": "month", "top": 3}]),
    ],
)
def test_grids_are_sets_or_lists_of_values(tmp_path, written, sets):
    path = tmp_path / "grid.yaml"
    path.write_text(written, encoding="utf-8")
    assert read_grid(path) == sets


@pytest.mark.parametrize("written", ["", "3", "[1]", "by: [", "[]", "- {}"])
def test_other_grids_are_refused(tmp_path, written):
    path = tmp_path / "grid.yaml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(ValueError, match=r"grid\.yaml"):
        read_grid(path)


def test_a_report_keeps_so_many_rows_and_tells_it(monkeypatch):
    monkeypatch.setenv(ASKED, "1")
    monkeypatch.setattr("sayso.show.table.WHOLE", 3)
    made = table(pd.DataFrame({"n": range(5)}), "Rows", rows=2)
    assert (len(made.rows), made.n_rows) == (3, 5)
    assert "the first 2 of 5 rows" in made.title
