"""What every page of a report has around it.

A page loads nothing: no address, pictures inside. It may run one script, its own, which is named by
its digest. Nothing in it tells the time, a path or a machine.
"""

from __future__ import annotations

import base64
import hashlib
import html
from functools import cache

from sayso.paths import OWN_PAGE, PACKAGE


@cache
def own_file(name: str) -> str:
    """Return a file of styles or scripts that lies here."""
    return (PACKAGE / "report" / "pages" / name).read_text("utf-8")


@cache
def _policy() -> str:
    """Return what a browser may do for a page: show what is in it, run the script that we know."""
    digest = base64.b64encode(hashlib.sha256(own_file("page.js").encode()).digest()).decode()
    parts = ("default-src 'none'", "img-src data:", "style-src 'unsafe-inline'")
    return "; ".join((*parts, f"script-src 'sha256-{digest}'", "base-uri 'none'"))


def page(title: str, body: str, *, nav: str = "", style: str = "") -> str:
    """Return a whole page; ``body``, what it is about, and ``nav`` are HTML, ``title`` is text.

    ``style`` are rules of its own.
    """
    import sayso

    above = f'<nav class="top" aria-label="Pages">{nav}</nav>\n' if nav else ""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"{OWN_PAGE}\n"
        f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">\n'
        f"<title>{html.escape(title)}</title>\n"
        f"<style>{own_file('page.css')}{style}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">To the content</a>\n{above}'
        f'<main id="main">\n{body}\n</main>\n'
        f"<footer><p>Made with sayso {sayso.__version__}.</p></footer>\n"
        f"<script>{own_file('page.js')}</script>\n</body>\n</html>\n"
    )


def region(label: str, markup: str) -> str:
    """Return a wide table's HTML in a part of a page that scrolls by itself, also by keys."""
    own = f'class="table" role="region" tabindex="0" aria-label="{label}"'
    return f"<div {own}>{markup}</div>"


def folded(title: str, markup: str, identity: str = "") -> str:
    """Return HTML that a reader unfolds by its heading, which ``identity`` makes a target."""
    own = f' id="{identity}"' if identity else ""
    heading = f"<summary><h2>{html.escape(title)}</h2></summary>"
    return f'<details class="fold"{own}>{heading}{markup}</details>'
