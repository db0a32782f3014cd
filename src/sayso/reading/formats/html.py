"""A web page's article: its text, headline first, and what the page says of itself."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from sayso.reading.formats.decode import Decoded
from sayso.reading.formats.pages.authors import names_of
from sayso.reading.formats.pages.facts import read_facts
from sayso.reading.formats.pages.headline import find_headline
from sayso.reading.formats.pages.prepare import is_index, write_marks
from sayso.reading.formats.source import Raw, warned
from sayso.reading.known import known_from

# Dates are taken from the page's metadata alone and never compared with the present day: the same
# page must read the same next year.
DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
SHORT = "40"


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
    facts = read_facts(html)
    if facts is None or is_index(facts):
        return None
    found = _extract(write_marks(html))
    if found is None:
        return None
    lines = [line.strip() for line in found.text.splitlines() if line.strip()]
    title = find_headline(facts, found.title, found.sitename)
    if all(line == title for line in lines):
        return None
    # The text often begins with its own headline.
    if title and not any(title.casefold().startswith(line.casefold()) for line in lines[:3]):
        lines.insert(0, title)
    sites = (*facts.sites, found.sitename or "")
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


def _extract(html: str) -> Any:
    """Return what trafilatura finds on a page, or None where there is no text.

    It takes all words of a short article for one paragraph; then it is asked for less text.
    """
    # Imported here: it is slow to load, and most corpora have no pages.
    from trafilatura import bare_extraction
    from trafilatura.settings import DEFAULT_CONFIG

    options = {
        "include_comments": False,
        "include_tables": False,
        "with_metadata": True,
        "date_extraction_params": DATES,
    }
    found = bare_extraction(html, **options)
    if found is None or not (found.text or "").strip():
        return None
    if "\n" in found.text.strip():
        return found
    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = SHORT
    short = bare_extraction(html, config=config, **options)
    return short if short is not None and "\n" in (short.text or "").strip() else found
