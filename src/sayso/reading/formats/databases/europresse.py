"""Europresse (Eureka): pages whose articles are elements of their own, or, before, loose text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml import etree

from sayso.reading.formats.databases.dates import find_date
from sayso.reading.formats.databases.found import Found, articles
from sayso.reading.formats.databases.labels import is_rights, length_pattern, stated_length
from sayso.reading.formats.databases.markup import (
    BREAKS,
    blocks,
    classes,
    first_with_class,
    flat,
    line,
    parse_page,
)
from sayso.reading.formats.source import Raw
from sayso.reading.problem import Problem

OUTLET = "DocPublicationName"
PAGE = re.compile(rf"\bclass=[\"'][^\"'>]{{0,80}}\b{OUTLET}\b", re.I)
ISSUE = re.compile(r",? n(?:o|°|º|um)\.? ?[\d-]+.*$", re.I)
NUMBER = re.compile(r"\bnews[·.]\d{8}[·.]\S+")
ARTICLE = re.compile(r"<article\b[^>]{0,200}>", re.I)
BELOW_TITLE = "sm-margin-bottomNews"
MOST_NAMES = 10


def is_europresse(text: str) -> bool:
    """Whether a page is a download of Europresse."""
    return PAGE.search(text) is not None


def read_europresse(text: str) -> Iterator[Raw | Problem]:
    """Return the articles of a page of Europresse, in its layout of today or of before."""
    # Each is parsed alone: an element that is not closed would hold all that follow.
    pages = (parse_page(part) for part in ARTICLE.split(text)[1:] if PAGE.search(part))
    found = [_article(page) for page in pages if page is not None]
    page = None if found else parse_page(text)
    return articles(found if page is None else map(_loose, _documents(page)))


def _article(article: etree._Element) -> Found:
    header = line(first_with_class(article, "DocHeader"))
    title = first_with_class(article, "titreArticleVisu")
    title = first_with_class(article, "titreArticle") if title is None else title
    text = first_with_class(article, "docOcurrContainer", "docOccurrContainer")
    if text is None or not blocks(text):
        text = first_with_class(article, "DocText")
    body = [] if text is None else blocks(text)
    found = Found(body=body, outlet=_outlet(article), headline=line(title) or None)
    _read_header(header, found)
    found.author = _author(article, title)
    return found


def _outlet(article: etree._Element) -> str | None:
    """Return the outlet without the number of its issue."""
    return ISSUE.sub("", line(first_with_class(article, OUTLET))).strip(" ,") or None


def _author(article: etree._Element, title: etree._Element | None) -> str | None:
    """Return the author: an element of its own, or what follows the headline."""
    named = first_with_class(article, "docAuthors")
    if named is not None or title is None:
        return line(named) or None
    box = first_with_class(article, "titreArticle")
    beside = [title.getnext(), None if box is None else box.getnext()]
    for one in beside:
        is_name = one is not None and (one.tag == "div" or BELOW_TITLE in classes(one))
        holds = is_name and first_with_class(one, "DocText", "docOcurrContainer") is not None
        if is_name and not holds and one is not box and 0 < len(line(one).split()) <= MOST_NAMES:
            return line(one)
    return None


def _read_header(header: str, found: Found) -> None:
    """Read 'Section, mardi 14 mars 2006, p. 16': its fields come in any order."""
    parts = header.split(", ")
    # 'March 14, 2006' is in two of them.
    dates = [" ".join(parts[i : i + 2]) for i in range(len(parts)) if find_date(parts[i])]
    pairs = [", ".join(pair) for pair in pairwise(parts)]
    found.date = next((d for d in [*dates, *pairs] if find_date(d)), None)
    if match := length_pattern().search(header):
        found.length = stated_length(match.group())


def _documents(page: etree._Element) -> Iterator[list[tuple[str, str]]]:
    """Return the lines of each article, each with the class of what it stands in."""
    document: list[tuple[str, str]] | None = None
    for kind, text in _lines(page):
        if kind == OUTLET.casefold() and (document is None or _has_title(document)):
            if document:
                yield document
            document = []
        if document is not None:
            document.append((kind, text))
    if document:
        yield document


def _has_title(document: Sequence[tuple[str, str]]) -> bool:
    return any(kind == "titrearticlevisu" for kind, _ in document)


def _lines(page: etree._Element) -> Iterator[tuple[str, str]]:
    """Return the lines of a page, each with the class that tells what it is ('' for text)."""
    known = {OUTLET.casefold(), "docheader", "titrearticlevisu"}
    held: list[str] = []
    inside: list[str] = []
    for event, one in etree.iterwalk(page, events=("start", "end")):
        own = next((name.casefold() for name in classes(one) if name.casefold() in known), "")
        if (one.tag in BREAKS or own) and (text := flat("".join(held))):
            yield (inside[-1] if inside else ""), text
            held = []
        if event == "start":
            if own:
                inside.append(own)
            held.append(one.text or "" if one.tag not in ("script", "style") else "")
        else:
            if own:
                inside.pop()
            held.append(one.tail or "")


def _loose(document: Sequence[tuple[str, str]]) -> Found:
    """Return an article of the older layout: what stands below its headline is its text."""
    of = {kind: [text for one, text in document if one == kind] for kind, _ in document}
    headers = of.get("docheader", [])
    titles = of.get("titrearticlevisu", [])
    found = Found(outlet=ISSUE.sub("", " ".join(of[OUTLET.casefold()])).strip(" ,"))
    found.headline = " ".join(titles) or None
    _read_header(", ".join(headers), found)
    places = [i for i, (kind, _) in enumerate(document) if kind == "titrearticlevisu"]
    lines = [text for kind, text in document[places[-1] + 1 if places else 0 :] if not kind]
    ends = [i for i, text in enumerate(lines) if is_rights(text) or NUMBER.search(text)]
    found.body = lines[: ends[0]] if ends else lines
    first = found.body[0] if found.body else ""
    if 0 < len(first.split()) <= MOST_NAMES and first[-1] not in '.!?:;”»"':
        found.author, found.body = first, found.body[1:]
    return found
