"""Articles in XML: feeds (RSS, Atom), NITF, and downloads of news databases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.reading.formats.databases import read_download
from sayso.reading.formats.decode import decode
from sayso.reading.formats.pages.authors import names_of
from sayso.reading.formats.pages.fragment import fragment_text
from sayso.reading.formats.source import File, Raw, error, warned
from sayso.reading.formats.xml import name_of, parse_xml
from sayso.reading.known import known_from
from sayso.reading.problem import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element


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
    outlet = _first(root, "title")
    items = [element for element in root.iter() if name_of(element) in ("item", "entry")]
    for number, item in enumerate(items, start=1):
        whole = _markup(item, "encoded", "content")
        text = whole or _markup(item, "description", "summary")
        if not text:
            yield error("empty text", f"entry {number} has no text; fetch its page instead")
            continue
        headline = _first(item, "title")
        links = [one.get("href") for one in item if one.get("rel", "alternate") == "alternate"]
        authors = _all(item, "creator", "name", "author")
        row = {
            "outlet": outlet,
            "headline": headline,
            "author": names_of(authors, [outlet or ""]),
            "published": _first(item, "pubDate", "published", "issued", "date"),
            "url": _first(item, "link") or next(filter(None, links), None),
        }
        message = f"entry {number} may hold no more than the article's beginning; fetch its page"
        problems = () if whole else (Problem("warning", "teaser", message),)
        text = text if not headline or text.startswith(headline) else f"{headline}\n\n{text}"
        yield Raw(text, f"{file.place}#{number}", known_from(row), problems)


def _read_nitf(paper: _Element, article_id: str | None) -> Raw | Problem:
    """Return the article of a NITF document, headline first."""
    elements = {name_of(one): one for one in reversed(list(paper.iter()))}
    body = elements.get("body.content", ())
    # A block may repeat the lead of the full text.
    blocks = [one for one in body if one.get("class") == "full_text"] or [body]
    lines = [text for part in blocks if len(part) for text in _all(part, "p")]
    if not lines:
        return error("empty text", "it has no paragraphs (<p>) in its <body.content>")
    headline = _first(paper, "hl1", "hedline", "title")
    told = dict(elements["pubdata"].attrib) if "pubdata" in elements else {}
    dated = [elements[name] for name in ("story.date", "date.issue") if name in elements]
    days = [*(one.get("norm") for one in dated), told.get("date.publication")]
    # NITF writes '20240312T000000'.
    day = next((day.replace("-", "")[:8] for day in days if day), None)
    row = {
        "outlet": told.get("name"),
        "headline": headline,
        "author": names_of(_all(paper, "byline")[:1]),
        "published": day and f"{day[:4]}-{day[4:6]}-{day[6:]}",
        "url": told.get("ex-ref"),
    }
    return Raw("\n\n".join(filter(None, [headline, *lines])), article_id, known_from(row))


def _all(element: _Element, *names: str) -> list[str]:
    """Return the words of all elements of the first of these names that has any."""
    for name in names:
        found = [one for one in element.iter() if name_of(one) == name]
        if words := [text for one in found if (text := " ".join("".join(one.itertext()).split()))]:
            return words
    return []


def _first(element: _Element, *names: str) -> str | None:
    return next(iter(_all(element, *names)), None)


def _markup(item: _Element, *names: str) -> str:
    """Return the text of the HTML in a part of a feed's entry, written as text or as elements."""
    from lxml.etree import tostring

    for part in sorted(
        (p for p in item if name_of(p) in names), key=lambda p: names.index(name_of(p))
    ):
        inner = "".join(tostring(child, encoding="unicode") for child in part)
        if text := fragment_text((part.text or "") + inner):
            return text
    return ""
