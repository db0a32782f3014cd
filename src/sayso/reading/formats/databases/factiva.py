"""Factiva as text (RTF): articles with codes ('HD', 'WC', 'LP'), or without in a known order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, pairwise

from sayso.reading.formats.databases.dates import LONGEST_DATE, is_date_line
from sayso.reading.formats.databases.found import Found, articles
from sayso.reading.formats.databases.labels import (
    alternatives,
    codes,
    length_pattern,
    says,
    stated_length,
    words,
)
from sayso.reading.formats.databases.paragraphs import is_wrapped, to_lines, unwrap
from sayso.reading.formats.source import Raw
from sayso.reading.problem import Problem

CODE = re.compile(r"[ |]{0,4}(?P<code>[A-Z]{2,3})(?:(?:[\t\u00a0|]|  )(?P<value>.*)|[ \t\r]*$)")
ORDER = {code: index for index, code in enumerate(codes())}
TEXT = ("LP", "TD", "ART")
PAIRED = ("CO", "IN", "NS", "RE")
HEAD_LINES = 12
FEWEST_CODES = ("HD", "PD")
ACCESSION = r"[A-Z][A-Z0-9]{1,9}0{4}\d?(?:19|20)\d{6}[0-9a-z]{5,12}"
TIME = re.compile(r"\d{1,2}[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?)?(?: ?[A-Z]{2,4})?")
SOURCE_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
RIGHTS = re.compile(r"\(c\)|©|copyright", re.I)
PERSON = re.compile(r"[Bb][Yy] |(?:[A-Z][\w'’.-]*(?: (?:and |& )?|, ))+[A-Z][\w'’.-]*$")
LONGEST_COUNT = 40
MOST_TRIED = 200
# Section, headline and author stand above the number of words.
HEAD_WITHIN = 3
PARTS_WITHIN = 8


@cache
def accession_line() -> re.Pattern[str]:
    """Return the pattern of a line that ends an article: 'Document AFNR000020100111e61b0003p'."""
    documents = alternatives("factiva", "documents")
    return re.compile(rf"^[ \t|]*(?:{documents}) {ACCESSION}[ \t|\r]*$", re.I | re.M)


@cache
def count_line() -> re.Pattern[str]:
    """Return the pattern of a line that holds nothing but a number of words."""
    return re.compile(rf"^[ \t]*{length_pattern().pattern}[ \t\r]*$", re.I | re.M)


def is_coded(text: str) -> bool:
    """Whether a text is a download of Factiva with codes."""
    return all(_has_code(text, code) for code in FEWEST_CODES) and any(
        _has_code(text, code) for code in ("LP", "TD", "AN")
    )


def _has_code(text: str, code: str) -> bool:
    pattern = CODE.pattern.replace("[A-Z]{2,3}", code)
    return code in text and re.search(f"^{pattern}", text, re.M) is not None


def read_coded(text: str) -> Iterator[Raw | Problem]:
    """Return the articles of a download of Factiva with codes."""
    lines = to_lines(text.replace("\f", "\n\f\n"))
    wrapped = is_wrapped(lines)
    found = ({c: _paragraphs(v, wrapped) for c, v in one.items()} for one in _coded(lines))
    return articles(coded_article(one) for one in found)


def _coded(lines: Sequence[str]) -> Iterator[dict[str, list[str]]]:
    """Return each article's lines by their code; they end at the summary of the search."""
    last = max((i for i, line in enumerate(lines) if _code(line) == "HD"), default=0)
    article: dict[str, list[str]] = {}
    code = ""
    for index, line in enumerate(lines):
        if index > last and line.strip().casefold() in words("factiva", "summary"):
            break
        found = _code(line)
        if found and (
            code == "AN" or (found == "HD" and "HD" in article and _begins(lines, index))
        ):
            yield article
            article, code = {}, ""
        if found and found not in article and _may_follow(code, lines, index):
            code = found
            article[code] = [CODE.match(line)["value"] or ""]
        elif code:
            article[code].append(line)
    if article:
        yield article


def _code(line: str) -> str | None:
    match = CODE.match(line)
    return match["code"] if match and match["code"] in ORDER else None


def _begins(lines: Sequence[str], index: int) -> bool:
    """Whether a headline begins an article: more codes of a head follow."""
    return any(_code(line) in ("WC", "PD", "SN") for line in lines[index + 1 : index + HEAD_LINES])


def _may_follow(code: str, lines: Sequence[str], index: int) -> bool:
    """Whether a line is a code, which a text may have, too: 'IN' opens many a sentence.

    Codes stand in one order, and those of subjects have values such as 'gpol : Politics'.
    """
    found = _code(lines[index])
    if code not in TEXT:
        return True
    pairs = any(" : " in line for line in lines[index : index + 3])
    return ORDER[found] > ORDER[code] and (pairs or found not in PAIRED)


def _paragraphs(lines: Sequence[str], wrapped: bool) -> list[str]:
    """Return the paragraphs of lines."""
    found: list[list[str]] = [[]]
    for line in lines:
        line = line.strip(" \t|\f")
        if not line or not wrapped:
            found.append([])
        if line:
            found[-1].append(line)
    return [unwrap(part) for part in found if part]


def coded_article(parts: Mapping[str, Sequence[str]]) -> Found:
    """Return an article, given the paragraphs of its codes."""

    def value(code: str) -> str | None:
        return " ".join(parts.get(code, ())) or None

    return Found(
        body=[text for code in ("LP", "TD", "CX") for text in parts.get(code, ())],
        headline=value("HD"),
        outlet=value("SN"),
        date=value("PD"),
        author=value("BY"),
        credit=value("CR"),
        length=stated_length(value("WC")),
    )


def is_plain(text: str) -> bool:
    """Whether a text is a download of Factiva without codes."""
    named = says(text, words("factiva", "documents"))
    if not named or not accession_line().search(text):
        return False
    counts = islice(count_line().finditer(text), MOST_TRIED)
    return any(
        is_date_line(line)
        for match in counts
        for line in text[match.end() : match.end() + LONGEST_DATE].split("\n", 2)[1:2]
    )


def _is_anchor(lines: Sequence[str], index: int) -> bool:
    """Whether a number of words and, right below it, a date stand on lines of their own."""
    counted = len(lines[index]) < LONGEST_COUNT and count_line().fullmatch(lines[index])
    return bool(counted) and index + 1 < len(lines) and is_date_line(lines[index + 1])


def read_plain(text: str) -> Iterator[Raw | Problem]:
    """Return the articles of a download of Factiva without codes."""
    *documents, _ = accession_line().split("\n".join(to_lines(text)))
    return articles(found for one in documents for found in _plain(one.split("\n")))


def _plain(lines: Sequence[str]) -> Iterator[Found]:
    """Return the articles of what stands above an accession number: one, if none is missing."""
    wrapped = is_wrapped(lines)
    places = [index for index, line in enumerate(lines) if line.strip()]
    found = [lines[place].strip() for place in places]
    anchors = [index for index in range(len(found)) if _is_anchor(found, index)]
    heads = [_head(places, anchor) for anchor in anchors]
    if found and not anchors:
        # An article that states no length: all that is told of it is its first line.
        yield Found(body=_paragraphs(lines, wrapped), headline=found[0])
    for anchor, (head, stop) in zip(anchors, pairwise([*heads, len(found)]), strict=True):
        article, length = ordered_article(found[anchor:stop])
        _tell_head(article, found[head:anchor])
        begin = anchor + length
        if begin < stop:
            last = places[stop - 1] + 1
            article.body = _paragraphs(lines[places[begin] : last], wrapped)
            if _is_publisher(article.body[-1], found[begin - 1]):
                article.body.pop()
        yield article


def _head(places: Sequence[int], anchor: int) -> int:
    """Return where the head above a number of words begins: lines without a blank one between."""
    head = anchor
    while head and anchor - head < HEAD_WITHIN and places[head] - places[head - 1] == 1:
        head -= 1
    # Where each line has a blank one above it, the nearest is the headline.
    return head if head < anchor else max(0, anchor - 1)


def _tell_head(article: Found, head: Sequence[str]) -> None:
    """Tell section, headline and author apart."""
    if len(head) > 1 and PERSON.match(head[-1]):
        # Headlines may look like names ('Stock Markets Fall Again'), and are longer than sections.
        longest = max(len(name.split()) for name in re.split(r" and | & |, ", head[-1]))
        if len(head[-2].split()) > longest:
            article.author, head = head[-1], head[:-1]
    article.headline = head[-1] if head else None


def _is_publisher(last: str, rights: str) -> bool:
    """Whether the last line of an article names its publisher, whom the rights name, too."""
    named = {word for word in re.findall(r"[^\W\d_]{4,}", rights) if word[0].isupper()}
    return last[-1:] not in ".!?\"”'’)" and len(last) < 80 and any(w in last for w in named)


def ordered_article(parts: Sequence[str]) -> tuple[Found, int]:
    """Return an article, given its parts from the number of words on, and how many they are.

    They are: words, date, [time], outlet, code, [edition], [page], language, [rights].
    """
    article = Found(length=stated_length(parts[0]))
    index = 1
    if is_date_line("".join(parts[1:2])):
        article.date, index = parts[1], 2
    if TIME.fullmatch("".join(parts[index : index + 1])):
        index += 1
    article.outlet = "".join(parts[index : index + 1]) or None
    within = range(index + 1, min(len(parts), index + PARTS_WITHIN))
    rights = next((i for i in within if RIGHTS.match(parts[i])), None)
    if rights is not None:
        return article, rights + 1
    code = next((i for i in within if SOURCE_CODE.fullmatch(parts[i])), None)
    return article, min(len(parts), (index if code is None else code + 1) + 1)
