"""JupyterLab in a real browser: notebooks run from the top and show pictures and the viewer."""

from __future__ import annotations

import os
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
SHOWN = "[...document.querySelectorAll('.jp-Notebook .jp-RenderedSVG')]"


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
    assert [url for url in page.asked if "127.0.0.1" not in url and url.startswith("http")] == []
