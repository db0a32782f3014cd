"""Words and fragments of HTML that notebooks show."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from sayso.analyze.timeline import last_day


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


ENOUGH = 20  # below so many cases a percentage says more than is known


@dataclass(frozen=True, slots=True, repr=False)
class Prose:
    """Sentences that a notebook computed."""

    words: str

    def __repr__(self) -> str:
        return self.words

    def _repr_html_(self) -> str:
        return f'<p style="max-width:46em">{html.escape(self.words)}</p>'


def say(*sentences: str) -> Prose:
    """Return sentences as one paragraph; empty ones are left out."""
    return Prose(" ".join(filter(None, sentences)))


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> count(1, "article"), count(2345, "article"), count(0, "country", "countries")
    ('1 article', '2,345 articles', '0 countries')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def part(number: int, of: int, noun: str, plural: str | None = None) -> str:
    """Return a part of a whole, as a percentage too where there are enough cases.

    Examples
    --------
    >>> part(3, 9, "quote"), part(30, 90, "quote")
    ('3 of 9 quotes', '30 of 90 quotes (33%)')
    """
    words = f"{number:,} of {count(of, noun, plural)}"
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
    day = f"{earliest.day} {earliest:%b}" + (f" {earliest.year}" if year else "")
    if earliest == latest:
        return day
    ends_month = latest.is_month_end and earliest.day == 1
    if ends_month and (earliest.month, latest.month) == (1, 12):
        same = earliest.year == latest.year
        return str(earliest.year) if same else f"{earliest.year}–{latest.year}"
    if ends_month and (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{earliest:%b} {earliest.year}"
    if earliest.year != latest.year and not year:
        day += f" {earliest.year}"
    year = year or earliest.year != latest.year
    return f"{day} – {latest.day} {latest:%b}" + (f" {latest.year}" if year else "")


def published_words(article) -> str:
    """Return when an article was published, as exactly as it is known."""
    last = last_day(article.published, article.published_precision)
    return day_words(article.published, last, year=True)
