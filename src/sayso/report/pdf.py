"""Pages on paper: PDF through a Chromium that is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
SECONDS = 300
QUIET = ("--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking")


def write_pdf(page: Path, browser: str) -> Path:
    """Write the PDF of a page beside it, and return where.

    Raises
    ------
    OSError
        If the browser makes none; the message has what it said last.
    """
    target = page.with_suffix(".pdf")
    with tempfile.TemporaryDirectory(prefix="sayso-") as profile:
        # A browser that runs as root has no sandbox; the page may run no script but its own.
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        own = [f"--user-data-dir={profile}", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
        command = [browser, *QUIET, *root, *own, page.resolve().as_uri()]
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    if done.returncode or not target.exists():
        said = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["nothing"]
        raise OSError(f"{browser} made no PDF of {page.name}; it said: {said[0]}")
    return target


def find_browser() -> str:
    """Return the Chromium that is installed.

    Raises
    ------
    FileNotFoundError
        If there is none.
    """
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    raise FileNotFoundError(
        f"--pdf needs Chromium, and none of {', '.join(BROWSERS)} is installed: install one, or "
        "print the pages from a browser"
    )
