"""A web page's article: its text, headline first, and what the page says of itself."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from sayso.reading.formats.decode import Decoded
from sayso.reading.formats.pages.authors import names_of
from sayso.reading.formats.pages.facts import Facts, read_facts
from sayso.reading.formats.pages.headline import find_headline
from sayso.reading.formats.pages.marks import write_marks
from sayso.reading.formats.source import Raw, warned
from sayso.reading.known import known_from

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Dates are taken from the page's metadata alone and never compared with the present day: the same
# page must read the same next year.
DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
# A parser compares each attribute of a tag with all others.
TAG = re.compile(r"<([A-Za-z][\w:-]*)(\s[^<>]{4000,})")
MOST_ATTRIBUTES = 500
SHORT = "40"
LONG = 80
MANY = 3


def page_article(decoded: Decoded) -> Raw | None:
    """Return the article of a web page that was decoded, or None where there is none."""
    page = read_page(decoded.text)
    if page is None:
        return None
    text, metadata = page
    return Raw(text, known=known_from(metadata), problems=warned(decoded.warning))


def read_page(html: str) -> tuple[str, dict[str, str | None]] | None:
    """Return the article of a web page, or None where there is none. Nothing is run or fetched.

    The text is the headline and the article's paragraphs with blank lines between them; offsets
    count in it, not in the page. With it comes the page's metadata, named like table columns.
    """
    # Imported here: it is slow to load, and most corpora have no pages.
    from trafilatura import load_html

    tree = load_html(TAG.sub(_with_few_attributes, html))
    if tree is None or _is_index(tree, facts := read_facts(tree)):
        return None
    write_marks(tree)
    found = _extract(tree)
    if found is None:
        return None
    host = found.hostname or ""
    sites = (*facts.sites, found.sitename or "", host, host.split(".")[0])
    lines = [line.strip() for line in found.text.splitlines() if line.strip()]
    title = find_headline(facts, found.title, sites)
    if all(line == title for line in lines):
        return None
    # The text often begins with its own headline.
    if title and not any(title.casefold().startswith(line.casefold()) for line in lines[:3]):
        lines.insert(0, title)
    named = (*facts.authors, (found.author or "").split(";"))
    metadata = {
        "outlet": found.sitename,
        "headline": title,
        "author": next(filter(None, (names_of(given, sites) for given in named)), None),
        # A page that gives only the day of its last change does not say when it was published.
        "published": facts.published or (None if found.date in facts.modified else found.date),
        "url": found.url,
    }
    return "\n\n".join(lines), metadata


def _with_few_attributes(tag: re.Match[str]) -> str:
    """Return a tag without its attributes where they are so many that nobody wrote them."""
    return f"<{tag[1]}" if len(tag[2].split()) > MOST_ATTRIBUTES else tag[0]


def _is_index(tree: HtmlElement, facts: Facts) -> bool:
    """Whether a page lists articles, each with a heading that is a link, and holds none itself."""
    if facts.is_article:
        return False
    teasers = tree.xpath("//article[.//*[self::h2 or self::h3 or self::h4]//a]")
    paragraphs = [p for p in tree.iter("p") if len(p.text_content()) >= LONG]
    homes = [next(p.iterancestors("article"), None) for p in paragraphs]
    most = max((homes.count(home) for home in set(homes)), default=0)
    return len(teasers) >= MANY and most < MANY


def _extract(tree: HtmlElement) -> Any:
    """Return what trafilatura finds on a page, or None where there is no text.

    It takes all words of a short article for one paragraph; then it is asked for less text.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import DEFAULT_CONFIG

    short = deepcopy(DEFAULT_CONFIG)
    short["DEFAULT"]["MIN_EXTRACTED_SIZE"] = SHORT
    found = None
    for config in (DEFAULT_CONFIG, short):
        one = bare_extraction(
            deepcopy(tree),
            config=config,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params=DATES,
        )
        text = "" if one is None else (one.text or "").strip()
        if "\n" in text or not (text or found):
            return one if text else None
        found = found or one
    return found
