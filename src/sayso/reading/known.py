"""What is known of an article from outside its text: table columns, a page's metadata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sayso.article import Published
from sayso.lexicon.files import load_toml
from sayso.reading.formats.decode import storable
from sayso.reading.stated import read_date


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an article; ``problem`` tells what of it was not understood, or how."""

    outlet: str | None = None
    agency: str | None = None
    event: str | None = None
    headline: str | None = None
    author: str | None = None
    url: str | None = None
    published: Published | None = None
    problem: str | None = None


def known_from(row: Mapping[str, Any]) -> Known:
    """Return what a row's columns say of an article; other columns are left alone."""
    names = ("outlet", "agency", "event", "headline", "author", "url")
    texts = {name: clean(row.get(name)) for name in names}
    value = row.get("published")
    precision = clean(row.get("precision") or row.get("published_precision"))
    published, problem = read_date(value, precision)
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
