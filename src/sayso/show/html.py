"""Words that notebooks show, and the HTML around them."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sayso.analyze.timeline import last_day

# Set in the environment by the maker of a report, which asks for all of what is shown in part.
ASKED = "SAYSO_WHOLE_TABLES"
ENOUGH = 20  # below so many cases a percentage says more than is known


@dataclass(frozen=True, slots=True, repr=False)
class Html:
    """A piece of HTML with a short description in words."""

    words: str
    markup: str

    def __repr__(self) -> str:
        return self.words

    def _repr_html_(self) -> str:
        return self.markup


def escape(text: str) -> str:
    """Return text for HTML; a carriage return is kept, which a bare one would not be."""
    return html.escape(text).replace("\r", "&#13;")


def say(*sentences: str) -> Html:
    """Return sentences that a notebook computed as one paragraph; empty ones are left out."""
    words = " ".join(filter(None, sentences))
    return Html(words, f'<p style="max-width:46em">{escape(words)}</p>')


def known(value: Any, otherwise: str) -> str:
    """Return a value as text, or what stands for a missing one."""
    return str(value) if pd.notna(value) else otherwise


def short(name: str, most: int) -> str:
    """Return a name on one line, cut to at most so many characters."""
    name = " ".join(name.split())
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def count(number: int, noun: str, several: str = "") -> str:
    """Return a number with its noun; ``several`` is its plural, if that has no plain 's'.

    Examples
    --------
    >>> count(1, "article"), count(2345, "article")
    ('1 article', '2,345 articles')
    """
    return f"{number:,} {noun if number == 1 else several or noun + 's'}"


def part(number: int, of: int, noun: str) -> str:
    """Return a part of a whole, as a percentage too where there are enough cases.

    Examples
    --------
    >>> part(3, 9, "quote"), part(30, 90, "quote")
    ('3 of 9 quotes', '30 of 90 quotes (33%)')
    """
    words = f"{number:,} of {count(of, noun)}"
    return f"{words} ({number / of:.0%})" if of >= ENOUGH else words


def listed(names: Iterable[str], *, most: int = 5) -> str:
    """Return names as a list in words.

    Examples
    --------
    >>> listed(["a"]), listed(["a", "b", "c"]), listed("abcd", most=2)
    ('a', 'a, b and c', 'a, b and 2 more')
    """
    names = list(names)
    if len(names) > most:
        names = [*names[:most], f"{len(names) - most:,} more"]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]])) or "none"


def day_words(earliest: pd.Timestamp, latest: pd.Timestamp, *, year: bool = False) -> str:
    """Return the shortest name of a stretch of days: '4 Dec', 'Dec 2018', '1992', '3-9 Feb'."""
    same_year = earliest.year == latest.year
    end = " %Y" if year or not same_year else ""
    first, last = (f"{day.day} {day.strftime('%b' + end)}" for day in (earliest, latest))
    if earliest == latest:
        return first
    if latest.is_month_end and earliest.day == 1:
        if (earliest.month, latest.month) == (1, 12):
            return f"{earliest.year}" if same_year else f"{earliest.year}–{latest.year}"
        if same_year and earliest.month == latest.month:
            return f"{earliest:%b %Y}"
    return f"{first} – {last}"


def published_words(article) -> str:
    """Return when an article was published, as exactly as it is known; '' if it is not."""
    if pd.isna(article.published):
        return ""
    last = last_day(article.published, article.published_precision)
    return day_words(article.published, last, year=True)


def citation(article: Any) -> str:
    """Return outlet, date and headline of an article, or its first words where it has none."""
    headline = known(article.headline, "") or " ".join(article.text.split()[:8]) + " …"
    parts = (known(article.outlet, "outlet unknown"), published_words(article) or "undated")
    return f"{', '.join(parts)}: {short(headline, 70)}"


def cite(article: Any, article_id: str, start: int | None = None) -> str:
    """Return an article's citation as HTML, which a report makes a link to this place in it."""
    at = "" if start is None else int(start)
    place = f'data-place="{escape(article_id)}" data-start="{at}"'
    return f"<cite {place}>{escape(citation(article))}</cite>"
