"""Articles in XML: feeds (RSS, Atom), NITF, and downloads of news databases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.reading.formats.databases import read_download
from sayso.reading.formats.decode import decode
from sayso.reading.formats.pages.authors import names_of
from sayso.reading.formats.pages.fragment import fragment_text
from sayso.reading.formats.source import File, Raw, error, warned
from sayso.reading.formats.xml import attribute, name_of, parse_xml
from sayso.reading.known import known_from
from sayso.reading.problem import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

ITEMS = ("item", "entry")
# The whole text of an article, or else what a feed says of it.
WHOLE, TEASER = ("encoded", "content"), ("description", "summary")


def read_xml(file: File) -> Iterator[Raw | Problem]:
    """Return the articles of an XML file."""
    decoded = decode(file.read())
    if not decoded.text.strip():
        return
    root = parse_xml(decoded.text)
    yield from warned(decoded.warning)
    if download := read_download(decoded.text, markup=True):
        yield from download
    elif name_of(root) in ("rss", "RDF", "feed"):
        yield from _read_feed(root, file)
    elif papers := [element for element in root.iter() if name_of(element) == "nitf"]:
        ids = [None] if len(papers) == 1 else [f"{file.place}#{n + 1}" for n in range(len(papers))]
        for paper, article_id in zip(papers, ids, strict=True):
            yield _read_nitf(paper, article_id)
    else:
        message = (
            f"it is XML of a kind that is not read (<{name_of(root)}>): feeds, NITF and downloads "
            "of news databases are; export it as a table (.csv) or as text"
        )
        yield error("unread file", message)


def _read_feed(root: _Element, file: File) -> Iterator[Raw | Problem]:
    """Return the articles of a feed; many feeds give no more than the beginning of each."""
    items = [element for element in root.iter() if name_of(element) in ITEMS]
    outlet = next((_words(one) for one in root.iter() if name_of(one) == "title"), None)
    for number, item in enumerate(items, start=1):
        whole = next(filter(None, (_markup(item, name) for name in WHOLE)), "")
        text = whole or next(filter(None, (_markup(item, name) for name in TEASER)), "")
        if not text:
            yield error("empty text", f"entry {number} has no text; fetch its page instead")
            continue
        headline = _first(item, "title")
        row = {
            "outlet": outlet,
            "headline": headline,
            "author": names_of(_all(item, "creator", "author"), [outlet or ""]),
            "published": _first(item, "pubDate", "published", "issued", "date"),
            "url": _first(item, "link") or _link(item),
        }
        message = f"entry {number} may hold no more than the article's beginning; fetch its page"
        problems = () if whole else (Problem("warning", "teaser", message),)
        text = text if not headline or text.startswith(headline) else f"{headline}\n\n{text}"
        yield Raw(text, f"{file.place}#{number}", known_from(row), problems)


def _read_nitf(paper: _Element, article_id: str | None) -> Raw | Problem:
    """Return the article of a NITF document, headline first."""
    body = [one for one in paper.iter() if name_of(one) == "body.content"]
    blocks = [one for part in body for one in part if one.get("class") == "full_text"] or body
    lines = [_words(one) for part in blocks for one in part.iter() if name_of(one) == "p"]
    if not any(lines):
        return error("empty text", "it has no paragraphs (<p>) in its <body.content>")
    headline = _first(paper, "hl1", "hedline", "title")
    days = [attribute(one, "norm") for one in paper.iter() if name_of(one) == "story.date"]
    paper_data = next((one for one in paper.iter() if name_of(one) == "pubdata"), None)
    told = {} if paper_data is None else dict(paper_data.attrib)
    days += [told.get("date.publication")]
    row = {
        "outlet": told.get("name"),
        "headline": headline,
        "author": names_of(_all(paper, "byline")[:1]),
        "published": next((_day(day) for day in days if day), None),
        "url": told.get("ex-ref"),
    }
    lines = [line for line in [headline, *lines] if line]
    return Raw("\n\n".join(lines), article_id, known_from(row))


def _day(told: str) -> str:
    """Return NITF's '20240312T000000' as '2024-03-12'."""
    digits = told.replace("-", "")
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"


def _words(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _all(element: _Element, *names: str) -> list[str]:
    """Return the words of all elements of these names; of an author with a name, the name."""
    found = [one for one in element.iter() if name_of(one) in names]
    named = [[part for part in one if name_of(part) == "name"] or [one] for one in found]
    return [words for one in named for part in one if (words := _words(part))]


def _first(element: _Element, *names: str) -> str | None:
    return next((words for name in names for words in _all(element, name)), None)


def _link(item: _Element) -> str | None:
    links = [one for one in item if name_of(one) == "link" and one.get("href")]
    return next(
        (one.get("href") for one in links if one.get("rel", "alternate") == "alternate"), None
    )


def _markup(item: _Element, name: str) -> str:
    """Return the text of the HTML in a part of a feed's entry, written as text or as elements."""
    from lxml.etree import tostring

    for part in (one for one in item if name_of(one) == name):
        inner = "".join(tostring(child, encoding="unicode") for child in part)
        if text := fragment_text((part.text or "") + inner):
            return text
    return ""
