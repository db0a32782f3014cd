"""The viewer's page and the reports in a real browser: marked, readable, without scripts."""

from __future__ import annotations

import shutil

import pytest

from conftest import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed"),
]
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture
def page():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        page = browser.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        yield page
        browser.close()


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
    images = page.locator("img")
    assert images.count() >= 1
    for number in range(images.count()):
        assert images.nth(number).get_attribute("alt")
        assert images.nth(number).evaluate("image => image.naturalWidth") > 100
    assert page.locator("script").count() == 0
    assert outside(page) == []
