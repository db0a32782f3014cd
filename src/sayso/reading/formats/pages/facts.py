"""What a web page says of itself, in its metadata and by its elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.lexicon.files import load_toml
from sayso.reading.formats.pages.linked_data import articles_in, names_in, texts_in
from sayso.reading.stated import read_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# How far before a day the word may stand that says what day it is.
BEFORE = 40
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of itself; days as YYYY-MM-DD, all else as it stands there."""

    tree: HtmlElement
    published: str | None
    modified: frozenset[str]
    # As each place names them that names authors.
    authors: tuple[tuple[str, ...], ...]
    # The page's own headings, and the titles that its metadata and its window give it.
    headings: tuple[str, ...]
    titles: tuple[str, ...]
    sites: tuple[str, ...]
    is_article: bool


def read_facts(html: str) -> Facts | None:
    """Return what a page says of itself, or None where there is no page."""
    from trafilatura import load_html

    tree = load_html(html)
    if tree is None:
        return None
    values = _meta(tree)
    article, others = articles_in(_scripts(tree))
    days = *texts_in(article, "datePublished"), *_told(values, "published")
    days += *_dated(tree, changed=False), *texts_in(others, "datePublished")
    changes = *texts_in(article, "dateModified"), *_told(values, "modified")
    changes += *_dated(tree, changed=True), *texts_in(others, "dateModified")
    titles = *_told(values, "title"), *texts_in(article, "headline")
    named = (tuple(values.get(name, ())) for name in load_toml("pages.toml")["meta"]["author"])
    sites = *_told(values, "site"), *names_in(article, "publisher"), *_told(values, "section")
    return Facts(
        tree=tree,
        published=next((day for value in days if (day := _day(value))), None),
        modified=frozenset(day for value in changes if (day := _day(value))),
        authors=(names_in(article, "author"), *named, _marked_authors(tree)),
        headings=tuple(filter(None, map(_text, tree.iter("h1")))),
        titles=(*titles, *map(_text, tree.iterfind("head/title"))),
        sites=(*sites, *_hosts(tree)),
        is_article=bool(article) or "article" in _told(values, "kind"),
    )


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    """Return the values of the page's <meta> elements by their names in small letters."""
    values: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if value := " ".join((element.get("content") or "").split()):
            values.setdefault(name.strip().casefold(), []).append(value)
    return values


def _told(values: dict[str, list[str]], what: str) -> tuple[str, ...]:
    """Return the values under the names that tell something, in the order of our lists."""
    names = load_toml("pages.toml")["meta"][what]
    return tuple(value for name in names for value in values.get(name, ()))


def _scripts(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter("script"):
        if "ld+json" in (element.get("type") or "").casefold():
            yield element.text or ""


def _dated(tree: HtmlElement, *, changed: bool) -> tuple[str, ...]:
    """Return the days that elements give as those of publication, or of a change."""
    found = []
    for element in tree.iter("time", "meta", "span", "abbr", "div", "p"):
        named = (element.get("itemprop") or "").casefold().split()
        if element.tag != "time" and not named:
            continue
        if "datepublished" in named or element.get("pubdate") is not None:
            is_change = False
        elif "datemodified" in named:
            is_change = True
        else:
            is_change = _is_change(element) if element.tag == "time" else None
        if is_change is changed:
            value = element.get("datetime") or element.get("content") or element.get("title")
            found.append(value or _text(element))
    return tuple(found)


def _is_change(element: HtmlElement) -> bool | None:
    """Whether a <time>, or the words before it, say that it is the time of a change, or not."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        told = f"{before.text_content() if isinstance(before.tag, str) else ''} {before.tail or ''}"
    else:
        told = "" if parent is None else parent.text or ""
    own = f"{element.get('class') or ''} {_text(element)}"
    words = load_toml("pages.toml")["date"]
    for word in reversed(WORD.findall(f"{told[-BEFORE:]} {own}".casefold())):
        if word in words["changed"] or word in words["first"]:
            return word in words["changed"]
    return None


def _marked_authors(tree: HtmlElement) -> tuple[str, ...]:
    """Return the names in elements that are marked as the author's."""
    found = tree.xpath("//*[@itemprop='author']//*[@itemprop='name'] | //a[@rel='author']")
    return tuple(filter(None, map(_text, found)))


def _hosts(tree: HtmlElement) -> tuple[str, ...]:
    """Return the name of the page's host, from the address it gives as its own."""
    links = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    hosts = (re.match(r"https?://(?:www\.)?([^/:?#]+)", link) for link in links)
    return tuple(name for host in hosts if host for name in (host[1], host[1].split(".")[0]))


def _day(value: Any) -> str | None:
    """Return a day as YYYY-MM-DD, or None where a value is no day."""
    published, _ = read_date(value)
    if published is None or published.precision != "day":
        return None
    return published.day.isoformat()
