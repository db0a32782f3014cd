"""A web page's article: its text, headline first, and what the page says of itself."""

from __future__ import annotations

# Dates are taken from the page's metadata alone and never compared with the present day: the same
# page must read the same next year.
DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}


def read_page(html: str) -> tuple[str, dict[str, str | None]] | None:
    """Return the article of a web page, or None where there is none. Nothing is run or fetched.

    The text is the headline and the article's paragraphs with blank lines between them; offsets
    count in it, not in the page. With it comes the page's metadata, named like table columns.
    """
    # Imported here: it is slow to load, and most corpora have no pages.
    from trafilatura import bare_extraction

    found = bare_extraction(
        html,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params=DATES,
    )
    if found is None or not (found.text or "").strip():
        return None
    lines = [line.strip() for line in found.text.splitlines() if line.strip()]
    title = " ".join((found.title or "").split())
    # The title often has the outlet's name behind it, and the text its own headline.
    if title and not any(title.casefold().startswith(line.casefold()) for line in lines[:3]):
        lines.insert(0, title)
    authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
    metadata = {
        "outlet": found.sitename,
        "headline": title or None,
        "author": ", ".join(authors) or None,
        "published": found.date,
        "url": found.url,
    }
    return "\n\n".join(lines), metadata
