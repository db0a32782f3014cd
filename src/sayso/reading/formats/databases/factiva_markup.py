"""Factiva as HTML, with codes and without, and as XML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from sayso.reading.formats.databases.factiva import coded_article, ordered_article
from sayso.reading.formats.databases.found import Found
from sayso.reading.formats.databases.labels import is_date_line
from sayso.reading.formats.databases.markup import (
    blocks,
    classes,
    first_with_class,
    line,
    parse,
    with_class,
)
from sayso.reading.formats.xml import name_of

HEADLINE = "[a-z]{2,7}headline"
ARTICLES = re.compile(r"<div\b[^>]{0,200}\bclass=[\"'][^\"'>]{0,80}\b[a-z]{2}Article\b", re.I)
HEADLINES = re.compile(r"\bclass=[\"'][^\"'>]{0,80}\b[a-z]{2}Headline\b", re.I)
XML = re.compile(r"<(?:\w{1,20}:)?(?:ppsarticle|accessionNo)\b", re.I)
CODE = re.compile(r"([A-Z]{2,3})[\u00a0 ]*")
# '1,238 words', whatever the language.
COUNT = re.compile(r"\d[\d.,'’ \u00a0\u202f]{0,9}[^\W\d]{1,12}")
# Some pages number their headlines: '24) '.
NUMBERED = re.compile(r"\d{1,4}\) ")


def is_factiva_html(text: str) -> bool:
    """Whether a page is a download of Factiva, of articles or of headlines alone."""
    return bool(ARTICLES.search(text)) or ("Factiva" in text and bool(HEADLINES.search(text)))


def read_factiva_html(text: str) -> Iterator[Found]:
    """Return the articles of a page of Factiva; headlines are read where there is nothing else."""
    page = parse(text)
    if page is None:
        return iter(())
    found = [one for one in with_class(page, "[a-z]{2,7}article") if one.tag == "div"]
    outer = {above for one in found for above in one.iterancestors()}
    if found:
        return (_article(one) for one in found if one not in outer)
    return (Found(headline=line(one)) for one in with_class(page, HEADLINE))


def _article(article: etree._Element) -> Found:
    rows = [row for row in article.iter("tr") if len(row) > 1 and CODE.fullmatch(line(row[0]))]
    if rows:
        found = coded_article({CODE.match(line(row[0]))[1]: blocks(row[1]) for row in rows})
    else:
        found = _ordered(article)
    headline = first_with_class(article, HEADLINE)
    if headline is not None:
        number = NUMBERED.match(line(headline)) if "counted" in classes(headline) else None
        found.headline = line(headline)[number.end() if number else 0 :]
    return found


def _ordered(article: etree._Element) -> Found:
    """Return an article whose parts have no codes: elements in a known order."""
    parts = [line(one) for one in article if one.tag == "div"]
    counts = (
        index
        for index, part in enumerate(parts[:-1])
        if COUNT.fullmatch(part) and is_date_line(parts[index + 1])
    )
    found, _ = ordered_article(parts[next(counts, len(parts)) :])
    found.author = line(first_with_class(article, "author"))
    paragraphs = with_class(article, ".*articleparagraph")
    found.body = [text for one in paragraphs for text in blocks(one)]
    return found


def is_factiva_xml(text: str) -> bool:
    """Whether a text is XML of Factiva."""
    return XML.search(text) is not None


def read_factiva_xml(text: str) -> Iterator[Found]:
    """Return the articles of Factiva's XML."""
    root = parse(text, xml=True)
    elements = () if root is None else root.iter(etree.Element)
    return (_xml_article(one) for one in elements if name_of(one) == "article")


def _xml_article(article: etree._Element) -> Found:
    parts = {name_of(child): child for child in reversed(article)}

    def paragraphs(name: str) -> list[str]:
        return [text for one in parts.get(name, ()) if name_of(one) for text in blocks(one)]

    date = parts.get("publicationDate")
    return Found(
        body=[*paragraphs("leadParagraph"), *paragraphs("tailParagraphs")],
        headline=" ".join(paragraphs("headline")) or line(parts.get("headline")),
        outlet=line(parts.get("sourceName")),
        date=None if date is None else " ".join(date.itertext()),
        author=line(parts.get("byline")),
        credit=line(parts.get("credit")),
        length=f"{line(parts.get('wordCount'))} words",
    )
