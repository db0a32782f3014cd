"""What is known of an article from outside its text: table columns, a page's metadata."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate
from typing import Any

from sayso.article import Published
from sayso.lexicon.files import load_toml
from sayso.reading.formats.decode import storable

PRECISIONS = ("day", "month", "year")
ISO = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?)(?:[T ].*)?)?)?")
MAIL = re.compile(r"[A-Z][a-z]{2}, ")
WRITTEN = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%B %d %Y", "%Y/%m/%d", "%Y%m%d")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an article; ``problem`` says what could not be understood."""

    outlet: str | None = None
    agency: str | None = None
    headline: str | None = None
    author: str | None = None
    url: str | None = None
    published: Published | None = None
    problem: str | None = None


def known_from(row: Mapping[str, Any]) -> Known:
    """Return what a row's columns say of an article; other columns are left alone."""
    texts = {
        name: clean(row.get(name)) for name in ("outlet", "agency", "headline", "author", "url")
    }
    value = row.get("published")
    published = read_date(value, clean(row.get("precision") or row.get("published_precision")))
    problem = None
    if published is None and clean(value):
        problem = f"published '{clean(value)}' cannot be read one way only; write it as YYYY-MM-DD"
    return Known(**texts, published=published, problem=problem)


def clean(value: Any) -> str | None:
    """Return a cell as a text without blank ends, or None where it holds nothing.

    What is in a list is joined by commas; an object stands for its name: ``{"name": "The Post"}``.
    """
    if isinstance(value, Mapping):
        by_name = {str(name).casefold(): inner for name, inner in value.items()}
        called = load_toml("columns.toml")["other"]["called"]
        return next((text for name in called if (text := clean(by_name.get(name)))), None)
    if isinstance(value, (list, tuple)):
        return ", ".join(dict.fromkeys(text for one in value if (text := clean(one)))) or None
    if value is None or (isinstance(value, float | date) and value != value):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return storable(" ".join(str(value).split())) or None


def read_date(value: Any, precision: str | None = None) -> Published | None:
    """Return a date given as metadata, or None where it says no date, or more than one.

    It may be a date, ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY`` (a time of day may follow), or written
    out in English; ``03/04/2019`` is two dates. ``precision`` is 'day', 'month' or 'year', where it
    is less exact than it looks.
    """
    if isinstance(value, datetime):
        value = value.date()
    day, exact = (value, "day") if isinstance(value, date) else _parse(clean(value) or "")
    if day is None:
        return None
    if precision in PRECISIONS:
        exact = max(exact, precision, key=PRECISIONS.index)
    first = {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}
    return Published(first[exact], exact, "metadata")


def _parse(text: str) -> tuple[date | None, str]:
    try:
        if match := ISO.fullmatch(text):
            parts = [int(part) for part in match.groups() if part]
            return date(*[*parts, 1, 1][:3]), PRECISIONS[3 - len(parts)]
        if MAIL.match(text) and (mail := parsedate(text)):
            return date(*mail[:3]), "day"
    except (ValueError, OverflowError):
        return None, "day"
    for form in WRITTEN:
        with suppress(ValueError):
            return datetime.strptime(text, form).date(), "day"
    return None, "day"
