"""What is known of an article from outside its text: table columns, a page's metadata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sayso.article import Published
from sayso.reading.formats.decode import storable
from sayso.reading.stated import read_date


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an article; ``problem`` tells what of it was not understood, or how."""

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
    precision = clean(row.get("precision") or row.get("published_precision"))
    published, problem = read_date(value, precision)
    return Known(**texts, published=published, problem=problem)


def clean(value: Any) -> str | None:
    """Return a cell as a text without blank ends, or None where it holds nothing."""
    if value is None or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return storable(" ".join(str(value).split())) or None


def normal_row(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a row with its column names in small letters, without blanks around them."""
    return {str(name).strip().casefold(): value for name, value in row.items() if name is not None}
