"""Make the pictures of README.md in docs/, as Chromium shows them: viewer.png and report.png."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import sayso
from sayso.report.run import render

ROOT = Path(__file__).parents[1]
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SIZE = {"width": 900, "height": 720}


def shoot(page: Page, file: Path, name: str, first: str = "") -> None:
    """Take a picture of a page, from the first heading with some words on."""
    page.goto(file.as_uri())
    if first:
        heading = page.get_by_role("heading", name=first).first
        heading.evaluate("heading => heading.scrollIntoView()")
    page.screenshot(path=ROOT / "docs" / name)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        view = Path(folder) / "page.html"
        sayso.read(ROOT / "seeds").view("003").save(view)
        render(ROOT / "seeds", Path(folder) / "out", notebooks=["02"])
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport=SIZE)
        shoot(page, view, "viewer.png")
        shoot(page, Path(folder) / "out" / "02-speakers.html", "report.png", "Who is heard?")
        browser.close()


if __name__ == "__main__":
    main()
