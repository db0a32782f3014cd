"""Make docs/viewer.png, the README's picture: an article in the viewer, as Chromium shows it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import sayso

ROOT = Path(__file__).parents[1]
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SIZE = {"width": 900, "height": 720}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        page_file = Path(folder) / "page.html"
        sayso.read(ROOT / "seeds").view("003").save(page_file)
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport=SIZE)
        page.goto(page_file.as_uri())
        page.screenshot(path=ROOT / "docs" / "viewer.png")
        browser.close()


if __name__ == "__main__":
    main()
