"""The viewer's page, the reports and JupyterLab in a real browser: marked, readable, offline."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

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
        page.asked, page.errors = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda told: told.type == "error" and page.errors.append(told.text))
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


SMALLEST = """() => Math.min(...[...document.querySelectorAll('figure text, figcaption *')]
    .map(words => parseFloat(getComputedStyle(words).fontSize)))"""
CUT = """() => [...document.querySelectorAll('figure svg[role=img]')].flatMap(svg => {
    const room = svg.closest('figure').getBoundingClientRect();
    return [...svg.querySelectorAll('text')].map(words => [words, words.getBoundingClientRect()])
        .filter(([_, box]) => box.width && (box.left < room.left - 1 || box.right > room.right + 1))
        .map(([words]) => words.textContent)})"""
INK = "() => getComputedStyle(document.querySelector('figure svg[role=img] text')).fill"


def is_light(ink: str) -> bool:
    """Whether a colour as the browser tells it, such as 'rgb(0, 0, 0)', is nearer to white."""
    return min(float(part) for part in re.findall(r"[\d.]+", ink)[:3]) > 128


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The pages of the seeds' report."""
    from sayso.report.run import render

    out = tmp_path_factory.mktemp("report")
    assert {result.status for result in render(ROOT / "seeds", out)} == {"rendered"}
    return sorted(out.glob("*.html"))


def test_every_page_of_a_report_can_be_read_at_any_width_and_offline(page, report):
    assert len(report) >= len(list((ROOT / "notebooks").glob("*.ipynb"))) + 1
    pictures = 0
    for file in report:
        for width, scheme in ((1280, "light"), (390, "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.goto(file.as_uri())
            assert page.locator("h1").first.is_visible(), file.name
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{file.name} is {wide} pixels wide at {width}"
            if drawn := page.locator("figure svg[role=img]").count():
                pictures += drawn
                assert page.evaluate(SMALLEST) >= 11, file.name
                assert page.evaluate(CUT) == [], file.name
                ink = page.evaluate(INK)
                assert is_light(ink) == (scheme == "dark"), f"{file.name}: {ink} in {scheme}"
    assert pictures > 20
    assert page.errors == []
    assert outside(page) == []


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab on a copy of the notebooks, its settings and files apart."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", home / "notebooks")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {f"JUPYTER_{name}_DIR": str(home / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    own |= {
        "JUPYTERLAB_SETTINGS_DIR": str(home / "s"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "w"),
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", "--allow-root"]
    command += ["--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True"]
    command += ["--LabApp.news_url=None", "--ServerApp.ip=127.0.0.1"]
    command += [f"--ServerApp.root_dir={home / 'notebooks'}"]
    with open(home / "log", "w") as log:
        server = subprocess.Popen(command, env=os.environ | own, stdout=log, stderr=log, cwd=home)
    try:
        wait_for(f"http://127.0.0.1:{port}/api", home / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def wait_for(address: str, log) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(log.read_text(encoding="utf-8")[-2000:])


RUN_ALL = """async () => {
    const panel = jupyterapp.shell.currentWidget;
    await panel.context.ready;
    await panel.sessionContext.ready;
    await jupyterapp.commands.execute('notebook:run-all-cells');
    return panel.content.widgets.filter(cell => cell.model.type === 'code')
        .map(cell => cell.model.executionCount)}"""
CHANGE_THEME = "theme => jupyterapp.commands.execute('apputils:change-theme', {theme})"
SHOWN = "[...document.querySelectorAll('.jp-Notebook figure svg[role=img]')]"


@pytest.mark.parametrize(
    ("name", "viewers"), [("00-start-here", 3), ("02-speakers", 1), ("05-blame", 0)]
)
def test_jupyterlab_runs_a_notebook_and_shows_pictures_and_the_viewer(page, lab, name, viewers):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{lab}/lab/tree/{name}.ipynb?reset")  # no tabs of the test before
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
    counts = page.evaluate(RUN_ALL)
    assert counts == list(range(1, len(counts) + 1))
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    widths = page.evaluate(f"() => {SHOWN}.map(svg => svg.getBoundingClientRect().width)")
    assert widths and min(widths) > 300
    marked = page.locator(".jp-OutputArea-output:has(h3):has([title*='speaker: '])")
    assert sum(view.locator("h3").count() for view in marked.all()) == viewers
    for theme, dark in (("JupyterLab Dark", True), ("JupyterLab Light", False)):
        page.evaluate(
            "t => jupyterapp.commands.execute('apputils:change-theme', {theme: t})", theme
        )
        page.wait_for_function(f"() => document.body.dataset.jpThemeName === '{theme}'")
        ink = page.evaluate(INK.replace("'figure", "'.jp-Notebook figure"))
        assert is_light(ink) == dark, f"{ink} in {theme}"
    assert [url for url in page.asked if "127.0.0.1" not in url and url.startswith("http")] == []
