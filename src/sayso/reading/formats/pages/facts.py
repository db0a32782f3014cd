"""What a web page says of itself, in its metadata and by its elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.lexicon.files import load_toml
from sayso.reading.formats.pages.linked_data import names_in, read_linked
from sayso.reading.formats.pages.marks import text_before
from sayso.reading.stated import read_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# How far before a day the word may stand that says what day it is.
BEFORE = 40
WORD = re.compile(r"[^\W\d_]+")
AUTHORS = "//*[@itemprop='author']//*[@itemprop='name'] | //a[@rel='author']"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of itself; days as YYYY-MM-DD, all else as it stands there.

    ``authors``: as each place names them that names authors. ``headings`` are the page's own,
    ``titles`` those that its metadata and its window give it.
    """

    published: str | None
    modified: frozenset[str]
    authors: tuple[tuple[str, ...], ...]
    headings: tuple[str, ...]
    titles: tuple[str, ...]
    sites: tuple[str, ...]
    is_article: bool


def read_facts(tree: HtmlElement) -> Facts:
    """Return what a page says of itself."""
    meta: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if value := " ".join((element.get("content") or "").split()):
            meta.setdefault(name.strip().casefold(), []).append(value)
    names = load_toml("pages.toml")["meta"]

    def told(what: str) -> list[str]:
        return [value for name in names[what] for value in meta.get(name, ())]

    scripts = [one.text or "" for one in tree.iter("script") if "ld+json" in one.get("type", "")]
    article, others = read_linked(scripts)
    days = [article.get("datePublished"), *told("published")]
    days += [node.get("datePublished") for node in others]
    changes = [*told("modified"), *(node.get("dateModified") for node in (article, *others))]
    return Facts(
        published=next(_days(days), None),
        modified=frozenset(_days([*changes, *_changes(tree)])),
        authors=(
            names_in(article, "author"),
            *(tuple(meta.get(name, ())) for name in names["author"]),
            tuple(filter(None, map(_text, tree.xpath(AUTHORS)))),
        ),
        headings=tuple(filter(None, map(_text, tree.iter("h1")))),
        titles=(
            *told("title"),
            *filter(_is_text, [article.get("headline")]),
            *map(_text, tree.iterfind("head/title")),
        ),
        sites=(*told("site"), *names_in(article, "publisher"), *told("section")),
        is_article=bool(article) or "article" in told("kind"),
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _changes(tree: HtmlElement) -> Iterator[str]:
    """Return the days that elements give as those of a change, by their names or words."""
    words = load_toml("pages.toml")["date"]
    for element in tree.iter("time", "meta", "span", "abbr", "div", "p"):
        named = (element.get("itemprop") or "").casefold().split()
        if element.tag == "time" and not named and element.get("pubdate") is None:
            before = element.getprevious()
            is_tag = before is not None and isinstance(before.tag, str)
            lead = f"{before.text_content() if is_tag else ''} {text_before(element)}"
            lead = f"{lead[-BEFORE:]} {element.get('class') or ''} {_text(element)}"
            known = [
                w for w in WORD.findall(lead.casefold()) if w in words["changed"] + words["first"]
            ]
            is_change = bool(known) and known[-1] in words["changed"]
        else:
            is_change = "datemodified" in named
        if is_change:
            value = element.get("datetime") or element.get("content") or element.get("title")
            yield value or _text(element)


def _days(values: list[object]) -> Iterator[str]:
    """Return those of the values that are days, as YYYY-MM-DD."""
    for value in filter(_is_text, values):
        published, _ = read_date(value)
        if published is not None and published.precision == "day":
            yield published.day.isoformat()
