"""When an article was published: a ladder from certain to vague, each step with its evidence."""

from __future__ import annotations

import re
from datetime import date

from sayso.article import Layout, Published

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
FULL_DATE = re.compile(
    r"\b(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+"
    r"(?P<day>\d\d?),?\s+(?P<year>\d{4})\b"
)


def find_published(text: str, layout: Layout, *, metadata: Published | None = None) -> Published:
    """Return when an article was published, and the words that say so.

    Parameters
    ----------
    text
        The article.
    layout
        Where its parts stand.
    metadata
        What is known from outside the text; it wins if it has a date.
    """
    if metadata is not None and metadata.day is not None:
        return metadata
    start, end = layout.dateline or (0, 0)
    match = FULL_DATE.search(text, start, end)
    if match is None:
        return Published()
    month = MONTHS.index(match["month"].lower()) + 1
    try:
        day = date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        return Published()
    return Published(day, "day", "dateline", match.span())
