"""How far a run has come, at what rate, and how long it takes yet."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from sayso.reading.articles import count_articles


def shown(items: Iterable, source: str | Path) -> None:
    """Go through items, one for each article of a source, and show on a terminal how it goes."""
    from tqdm import tqdm

    # Counting takes a while, too: not where nobody looks.
    total = count_articles(source) if sys.stderr.isatty() else None
    how = {"unit": "article", "disable": None, "leave": False, "smoothing": 0.02}
    for _ in tqdm(items, "articles", total, **how):
        pass
