"""Factiva as HTML, with codes and without, and as XML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from sayso.reading.formats.databases.factiva import coded_article, ordered_article
from sayso.reading.formats.databases.found import Found, articles
from sayso.reading.formats.databases.labels import length_pattern
from sayso.reading.formats.databases.markup import (
    blocks,
    classes,
    first_with_class,
    line,
    parse_page,
    parse_xml,
)
from sayso.reading.formats.source import Raw
from sayso.reading.problem import Problem

ARTICLE = re.compile(r"[a-z]{2,7}Article", re.I)
HEADLINE = re.compile(r"[a-z]{2,7}Headline", re.I)
ARTICLES = re.compile(r"<div\b[^>]{0,200}\bclass=[\"'][^\"'>]{0,80}\b[a-z]{2}Article\b", re.I)
HEADLINES = re.compile(r"\bclass=[\"'][^\"'>]{0,80}\b[a-z]{2}Headline\b", re.I)
XML = re.compile(r"<(?:\w{1,20}:)?(?:ppsarticle|accessionNo)\b", re.I)
COUNT = re.compile(r"\d[\d.,]{0,8} ?[^\W\d]{1,12}")
# Some pages number their headlines: '24) '.
NUMBERED = re.compile(r"\d{1,4}\) ")


def is_factiva_html(text: str) -> bool:
    """Whether a page is a download of Factiva, of articles or of headlines alone."""
    return bool(ARTICLES.search(text)) or ("Factiva" in text and bool(HEADLINES.search(text)))


def read_factiva_html(text: str) -> Iterator[Raw | Problem]:
    """Return the articles of a page of Factiva; headlines are read where there is nothing else."""
    page = parse_page(text)
    if page is None:
        return articles(())
    found = [one for one in page.iter("div") if _has(one, ARTICLE)]
    outer = {id(above) for one in found for above in one.iterancestors()}
    found = [one for one in found if id(one) not in outer]
    if found:
        return articles(_article(one) for one in found)
    alone = (one for one in page.iter(etree.Element) if _has(one, HEADLINE))
    return articles(Found(headline=line(one)) for one in alone)


def _has(element: etree._Element, pattern: re.Pattern[str]) -> bool:
    return any(pattern.fullmatch(name) for name in classes(element))


def _article(article: etree._Element) -> Found:
    rows = [row for row in article.iter("tr") if _code(row)]
    if rows:
        found = coded_article({_code(row): _text(row[1]) for row in rows})
    else:
        found = _ordered(article)
    headline = next((one for one in article.iter(etree.Element) if _has(one, HEADLINE)), None)
    if headline is not None:
        told = line(headline)
        counted = "counted" in classes(headline)
        found.headline = NUMBERED.sub("", told, count=1) if counted else told
    return found


def _code(row: etree._Element) -> str | None:
    """Return the code in the first cell of a row of two."""
    if len(row) < 2 or row[0].tag not in ("td", "th"):
        return None
    code = line(row[0]).strip("\u00a0 ")
    return code if re.fullmatch("[A-Z]{2,3}", code) else None


def _text(cell: etree._Element) -> list[str]:
    return blocks(cell)


def _ordered(article: etree._Element) -> Found:
    """Return an article whose parts have no codes: elements in a known order."""
    parts = [line(one) for one in article if one.tag == "div"]
    counted = _count_in(parts)
    found = Found() if counted is None else ordered_article(parts[counted:])[0]
    found.author = line(first_with_class(article, "author")) or None
    paragraphs = [one for one in article.iter("p") if _is_text(one)]
    found.body = [text for one in paragraphs for text in blocks(one)]
    return found


def _count_in(parts: Sequence[str]) -> int | None:
    """Return which part is the number of words; its unit may be in a language not known."""
    for pattern in (length_pattern(), COUNT):
        found = [index for index, part in enumerate(parts) if pattern.fullmatch(part)]
        if found:
            return found[0]
    return None


def _is_text(element: etree._Element) -> bool:
    return any(name.casefold().endswith("articleparagraph") for name in classes(element))


def is_factiva_xml(text: str) -> bool:
    """Whether a text is XML of Factiva."""
    return XML.search(text) is not None


def read_factiva_xml(text: str) -> Iterator[Raw | Problem]:
    """Return the articles of Factiva's XML."""
    root = parse_xml(text)
    elements = () if root is None else root.iter(etree.Element)
    return articles(_xml_article(one) for one in elements if _tag(one) == "article")


def _tag(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2]


def _xml_article(article: etree._Element) -> Found:
    parts = {_tag(child): child for child in reversed(article) if isinstance(child.tag, str)}

    def value(name: str) -> str | None:
        return line(parts.get(name)) or None

    def paragraphs(name: str) -> list[str]:
        inner = [one for one in parts.get(name, ()) if isinstance(one.tag, str)]
        return [text for one in inner for text in blocks(one)]

    date = parts.get("publicationDate")
    days = [] if date is None else [line(one) for one in date.iter(etree.Element) if not len(one)]
    return Found(
        body=[*paragraphs("leadParagraph"), *paragraphs("tailParagraphs")],
        headline=" ".join(paragraphs("headline")) or value("headline"),
        outlet=value("sourceName"),
        date=next((day for day in days if day), None),
        author=value("byline"),
        credit=value("credit"),
        length=int(words) if (words := (value("wordCount") or "")).isdigit() else None,
    )
