"""The viewer's page and the reports in a real browser: marked, readable, without scripts."""

from __future__ import annotations

import shutil
from dataclasses import asdict

import pytest
from nbformat import v4

from conftest import ROOT
from sayso.analyze import speakers
from sayso.report.pages.articles import write_articles
from sayso.report.pages.layout import NotebookPage
from sayso.report.pages.places import Places
from sayso.show.table import MIME, table

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed"),
]
WITHOUT_LABELS = """one => {
    const copy = one.cloneNode(true);
    copy.querySelectorAll("small, sup").forEach((label) => label.remove());
    return copy.textContent;
}"""


def outside(page) -> list[str]:
    return [url for url in page.asked if not url.startswith(("file:", "data:"))]


def test_the_article_is_marked(page, seeds, tmp_path):
    view = seeds.view("000")
    view.save(tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    quote = seeds.quotes[seeds.quotes.article_id.str.startswith("000")].iloc[1]
    titles = page.locator("[title]").evaluate_all("all => all.map(e => e.title)")
    assert any(quote.speaker in title for title in titles)
    assert page.get_by_text("fundamentally disagree").first.is_visible()
    assert page.locator("script").count() == 0
    assert outside(page) == []


def test_hostile_words_do_nothing(page, tmp_path):
    import sayso

    source = tmp_path / "texts"
    source.mkdir()
    text = (
        "<script>document.title = 'taken'</script> came up on Monday.\n\n"
        "“<img src=x onerror=\"document.title='taken'\"> is harmless,” Ana Voss said."
    )
    (source / "a.txt").write_text(text, encoding="utf-8")
    sayso.read(source).view("a").save(tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    assert page.title() != "taken"
    assert page.locator("img, script").count() == 0
    assert "onerror" in page.inner_text("body")


def test_a_report_is_read_offline(page, tmp_path):
    from sayso.report.run import render

    render(ROOT / "seeds", tmp_path / "out", notebooks=["01-corpus"])
    page.goto((tmp_path / "out" / "index.html").as_uri())
    page.locator("a[href*='01-corpus']").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").first.is_visible()
    pictures = page.locator("main svg[role=img]")
    assert pictures.count() >= 1
    for number in range(pictures.count()):
        assert pictures.nth(number).get_attribute("aria-label")
        assert pictures.nth(number).evaluate("one => one.getBoundingClientRect().width") > 100
    assert page.locator("script").count() == 1
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.complaints == [] and outside(page) == []


def test_tables_are_sorted_filtered_and_lead_to_sentences_and_back(page, seeds, tmp_path):
    (tmp_path / "tables").mkdir()
    places, shown = Places(seeds), speakers.cues(seeds.quotes, seeds.articles)
    marked = seeds.told(speakers.marked_cues(seeds.quotes, seeds.articles))
    ran = v4.new_notebook(cells=[v4.new_markdown_cell("# T")])
    for data in (shown, marked):
        whole = {"text/plain": "t", MIME: asdict(table(data))}
        ran.cells.append(v4.new_code_cell("x", outputs=[v4.new_output("display_data", whole)]))
    NotebookPage("t", ran, places, tmp_path).write(None, None)
    write_articles(tmp_path / "articles", seeds, places, [])
    page.goto((tmp_path / "t.html").as_uri())
    first = page.locator(".table").first
    first.get_by_role("button", name="cue").click()
    names = first.locator("tbody tr:first-child td:first-child").all_inner_texts()
    assert names == sorted(names, key=str.casefold) and len(names) > 5
    page.get_by_label("Filter rows of").first.fill(names[0])
    assert first.locator("tbody:visible").count() < len(names)
    row = page.locator(".table").last.locator("tbody").first
    sentence = row.locator("[colspan]").first.inner_text()
    row.locator("a").first.click()
    target = page.locator(".s:target")
    whole = " ".join(target.evaluate(WITHOUT_LABELS).split())
    assert whole.startswith(sentence.removesuffix("…")) and len(sentence) > 40
    target.locator("a.led").first.click()
    page.locator("li:target a", has_text="T: ").first.click()
    page.locator("tbody:target").wait_for()
    assert page.complaints == [] and outside(page) == []


def test_layers_are_switched_without_a_script(page, seeds, tmp_path):
    write_articles(tmp_path / "articles", seeds, Places(seeds), [])
    one = next(path for path in sorted((tmp_path / "articles").iterdir()) if path.stem != "index")
    page.goto(one.as_uri())
    date = page.locator(".marked .date").first
    before = date.evaluate("one => getComputedStyle(one).outlineStyle")
    page.get_by_role("checkbox", name="dates").check()
    assert (before, date.evaluate("one => getComputedStyle(one).outlineStyle")) == (
        "none",
        "dotted",
    )
    page.get_by_role("checkbox", name="quotes").uncheck()
    assert page.locator(".marked small.quote:visible").count() == 0
    assert page.complaints == []
