"""Factiva as text (RTF): articles with codes ('HD', 'WC', 'LP'), or without in a known order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, takewhile

from sayso.lexicon.files import load_toml
from sayso.reading.formats.databases.found import Found
from sayso.reading.formats.databases.labels import LENGTH, either, is_date_line, words
from sayso.reading.formats.databases.paragraphs import is_wrapped, to_lines, to_paragraphs

CODES = load_toml("downloads.toml")["factiva"]["codes"]
CODE = re.compile(
    rf"^[ |]{{0,4}}(?P<code>{'|'.join(CODES)})(?:(?:[\t\u00a0|]|  )(?P<value>.*)|[ \t]*$)", re.M
)
TEXT = ("LP", "TD", "ART")
PAIRED = ("CO", "IN", "NS", "RE")
HEAD_LINES = 12
# A line that ends an article: 'Document AFNR000020100111e61b0003p'.
ACCESSION = re.compile(
    rf"^[ \t|]*(?:{either(words('factiva', 'documents'))}) "
    r"[A-Z][A-Z0-9]{1,9}0{4}\d?(?:19|20)\d{6}[0-9a-z]{5,12}[ \t|]*$",
    re.I | re.M,
)
TIME = re.compile(r"\d{1,2}[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?)?(?: ?[A-Z]{2,4})?")
SOURCE_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
RIGHTS = re.compile(r"\(c\)|©|copyright", re.I)
PERSON = re.compile(r"[Bb][Yy] |(?:[A-Z][\w'’.-]*(?: (?:and |& )?|, ))+[A-Z][\w'’.-]*$")
LONGEST_COUNT = 40
LONGEST_PUBLISHER = 80
# Section, headline and author stand above the number of words.
HEAD_WITHIN = 3
PARTS_WITHIN = 8


def is_coded(text: str) -> bool:
    """Whether a text is a download of Factiva with codes."""
    found = {match["code"] for match in CODE.finditer(text)}
    return found >= {"HD", "PD"} and not found.isdisjoint({"LP", "TD", "AN"})


def read_coded(text: str) -> Iterator[Found]:
    """Return the articles of a download of Factiva with codes."""
    lines = to_lines(text)
    wrapped = is_wrapped(lines)
    found = ({code: _body(of, wrapped) for code, of in one.items()} for one in _coded(lines))
    return map(coded_article, found)


def _coded(lines: Sequence[str]) -> Iterator[dict[str, list[str]]]:
    """Return each article's lines by their code; they end at the summary of the search."""
    matches = [CODE.match(line) for line in lines]
    codes = [match and match["code"] for match in matches]
    last = max((index for index, code in enumerate(codes) if code == "HD"), default=0)
    article: dict[str, list[str]] = {}
    code = ""
    for index, line in enumerate(lines):
        if index > last and line.strip().casefold() in words("factiva", "summary"):
            break
        new = codes[index]
        # A headline begins an article where more codes of a head follow.
        below = takewhile(lambda code: code != "AN", codes[index + 1 : index + HEAD_LINES])
        again = new == "HD" and new in article and not {"WC", "PD", "SN"}.isdisjoint(below)
        if new and (code == "AN" or again):
            yield article
            article, code = {}, ""
        if new and new not in article and _may_follow(code, new, lines[index : index + 3]):
            code = new
            article[code] = [matches[index]["value"] or ""]
        elif code:
            article[code].append(line)
    if article:
        yield article


def _may_follow(code: str, new: str, lines: Sequence[str]) -> bool:
    """Whether a line is a code, which a text may have, too: 'IN' opens many a sentence.

    Codes stand in one order, and those of subjects have values such as 'gpol : Politics'.
    """
    pairs = new not in PAIRED or any(" : " in line for line in lines)
    return code not in TEXT or (CODES.index(new) > CODES.index(code) and pairs)


def _body(lines: Sequence[str], wrapped: bool) -> list[str]:
    """Return the paragraphs of lines, without the bars of a table's cells."""
    bare = [line.strip(" \t|") for line in lines]
    return [one.text for one in to_paragraphs(bare, lambda line: None, wrapped=wrapped)]


def coded_article(parts: Mapping[str, Sequence[str]]) -> Found:
    """Return an article, given the paragraphs of its codes."""
    found = Found([text for code in ("LP", "TD", "CX") for text in parts.get(code, ())])
    for part, code in load_toml("downloads.toml")["factiva"]["parts"].items():
        found.tell(part, " ".join(parts.get(code, ())))
    return found


def is_plain(text: str) -> bool:
    """Whether a text is a download of Factiva without codes."""
    if not ACCESSION.search(text):
        return False
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return any(_is_anchor(lines, index) for index in range(len(lines)))


def _is_anchor(lines: Sequence[str], index: int) -> bool:
    """Whether a number of words and, right below it, a date stand on lines of their own."""
    counted = len(lines[index]) < LONGEST_COUNT and LENGTH.fullmatch(lines[index])
    return bool(counted) and index + 1 < len(lines) and is_date_line(lines[index + 1])


def read_plain(text: str) -> Iterator[Found]:
    """Return the articles of a download of Factiva without codes."""
    *documents, _ = ACCESSION.split("\n".join(to_lines(text)))
    return (found for one in documents for found in _plain(one.split("\n")))


def _plain(lines: Sequence[str]) -> Iterator[Found]:
    """Return the articles of what stands above an accession number: one, if none is missing."""
    wrapped = is_wrapped(lines)
    places = [index for index, line in enumerate(lines) if line.strip()]
    found = [lines[place].strip() for place in places]
    anchors = [index for index in range(len(found)) if _is_anchor(found, index)]
    heads = [_head(places, anchor) for anchor in anchors]
    if found and not anchors:
        # An article that states no length: all that is told of it is its first line.
        yield Found(_body(lines, wrapped), headline=found[0])
    for anchor, (head, stop) in zip(anchors, pairwise([*heads, len(found)]), strict=True):
        article, length = ordered_article(found[anchor:stop])
        _tell_head(article, found[head:anchor])
        begin = anchor + length
        if begin < stop:
            article.body = _body(lines[places[begin] : places[stop - 1] + 1], wrapped)
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
    short = len(last) < LONGEST_PUBLISHER and last[-1:] not in ".!?\"”'’)"
    return short and any(word in last for word in named)


def ordered_article(parts: Sequence[str]) -> tuple[Found, int]:
    """Return an article, given its parts from the number of words on, and how many they are.

    They are: words, date, [time], outlet, code, [edition], [page], language, [rights].
    """
    outlet = 3 if TIME.fullmatch("".join(parts[2:3])) else 2
    length, date, *_ = [*parts, "", ""]
    article = Found(length=length, date=date, outlet="".join(parts[outlet : outlet + 1]) or None)
    within = range(outlet + 1, min(len(parts), outlet + PARTS_WITHIN))
    rights = next((i for i in within if RIGHTS.match(parts[i])), None)
    if rights is not None:
        return article, rights + 1
    code = next((i + 1 for i in within if SOURCE_CODE.fullmatch(parts[i])), outlet)
    return article, min(len(parts), code + 1)
