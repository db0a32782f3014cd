"""Europresse (Eureka): pages whose articles are elements of their own, or, before, loose text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from sayso.reading.formats.databases.found import Found
from sayso.reading.formats.databases.labels import LENGTH, is_rights
from sayso.reading.formats.databases.markup import (
    blocks,
    classes,
    first_with_class,
    line,
    parse,
    with_class,
)

OUTLET = re.compile(r"<\w+\b[^>]{0,200}?\bclass=[\"'][^\"'>]{0,80}\bDocPublicationName\b", re.I)
ARTICLE = re.compile(r"<article\b[^>]{0,200}>", re.I)
TITLE = re.compile(r"\bTitreArticle", re.I)
CONTAINER = "dococc?urrcontainer"
ISSUE = re.compile(r",? n(?:o|°|º|um)\.? ?[\d-]+.*$", re.I)
NUMBER = re.compile(r"\bnews[·.]\d{8}[·.]\S+")
MOST_NAMES = 10


def is_europresse(text: str) -> bool:
    """Whether a page is a download of Europresse."""
    return OUTLET.search(text) is not None


def read_europresse(text: str) -> Iterator[Found]:
    """Return the articles of a page of Europresse, in its layout of today or of before."""
    # Each is parsed alone: an element that is not closed would hold all that follow.
    parts = [part for part in ARTICLE.split(text)[1:] if OUTLET.search(part)]
    if not parts:
        outlets = [match.start() for match in OUTLET.finditer(text)]
        # The name may come in several elements: the next article's stands below a title.
        below = [two for one, two in pairwise(outlets) if TITLE.search(text, one, two)]
        parts = [text[one:two] for one, two in pairwise([*outlets[:1], *below, len(text)])]
    pages = map(parse, parts)
    return (_article(page) for page in pages if page is not None)


def _article(page: etree._Element) -> Found:
    header = "".join(line(one) + " " for one in with_class(page, "docheader"))
    title = first_with_class(page, "titrearticlevisu")
    title = first_with_class(page, "titrearticle") if title is None else title
    count = LENGTH.search(header)
    found = Found(
        outlet=ISSUE.sub("", line(first_with_class(page, "docpublicationname"))).strip(" ,"),
        headline=line(title),
        date=header,
        length=count and count.group(),
    )
    text, container = first_with_class(page, "doctext"), first_with_class(page, CONTAINER)
    if text is None and container is None:
        _read_loose(page, found)
    else:
        found.body = blocks(container) or blocks(text)
        found.author = _author(page, title)
    return found


def _author(page: etree._Element, title: etree._Element | None) -> str | None:
    """Return the author: an element of its own, or what follows the headline."""
    named = first_with_class(page, "docauthors")
    if named is not None or title is None:
        return line(named)
    box = first_with_class(page, "titrearticle")
    for one in (title.getnext(), None if box is None else box.getnext()):
        if one is None or one is box or first_with_class(one, f"{CONTAINER}|doctext") is not None:
            continue
        is_name = one.tag == "div" or "sm-margin-bottomnews" in classes(one)
        if is_name and 0 < len(line(one).split()) <= MOST_NAMES:
            return line(one)
    return None


def _read_loose(page: etree._Element, found: Found) -> None:
    """Read the text of the older layout: what stands below its headline."""
    lines, title = blocks(page), blocks(first_with_class(page, "titrearticlevisu"))
    begin = lines.index(title[0]) if title and title[0] in lines else -1
    # An element that is not closed holds the text, too.
    whole = begin + len(title) < len(lines)
    lines = lines[begin + (len(title) if whole and title else 1) :]
    ends = (i for i, text in enumerate(lines) if is_rights(text) or NUMBER.search(text))
    found.body = lines[: next(ends, None)]
    first = found.body[0] if found.body else ""
    if 0 < len(first.split()) <= MOST_NAMES and first[-1] not in '.!?:;”»"':
        found.author, found.body = first, found.body[1:]
