"""Layout: where masthead, headline, subhead, byline, dateline and body of an article stand.

It goes by what newsrooms have in common (the shape, length, position and punctuation of lines), and
knows no outlet by name. Where it is not sure that a line is part of the head, the line is body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from sayso.article import Layout
from sayso.lexicon.files import load_toml
from sayso.reading.page.boilerplate import (
    BIOGRAPHY,
    NAME,
    PERSON,
    biography_of,
    find_boilerplate,
    is_heading,
)
from sayso.reading.page.dateline import YEAR, Dateline, find_date_line, find_dateline
from sayso.text.marks import paragraphs
from sayso.text.spans import Span

# A head has few lines, and the dateline stands in the first paragraph of the body.
MOST_HEAD_LINES = 8
LONGEST_HEADLINE = 200
LONGEST_SENTENCE_HEADLINE = 110
LONGEST_SUBHEAD = 320
LONGEST_MASTHEAD = 60
BLANKS = re.compile(r"\s*")
QUOTES = "\"'“”„‘’«»)"

BYLINE = re.compile(
    rf"(?i:(?:(?:written|posted|reported|story|words|text|byline:) )?by|author):? "
    rf"(?P<author>{PERSON}(?:(?:,? (?i:and) |, | & ){PERSON}){{0,4}})"
    r"(?:\s*[,|/·•–—-]\s*.{2,80}|\s+(?:in|for|at) [A-Z].{1,60}|\s*\(.{2,40}\))?"
)
STAFF = re.compile(r"(?i:by (?P<author>[\w'’&. ]{2,30} (?:staff|reporters?|correspondents?|desk)))")
YEARS = rf"{YEAR}(?: ?[-–] ?{YEAR})?,?"
OUTLET_NAMED = (
    re.compile(rf"(?:Follow|Like|Join) (?P<outlet>{NAME}) on (?i:social (?:media|networks))\b.*"),
    re.compile(
        rf"(?i:©|\(c\)|copyright)(?: ?(?i:©|\(c\)))? ?(?:{YEARS} )?(?:by )?"
        rf"(?!{YEARS})(?P<outlet>{NAME}?)(?<![.,])"
        rf"(?:[.,]? (?i:all rights reserved).*|,? {YEARS}.*|\.?)"
    ),
    re.compile(rf"(?:Subscribe to|Download|Support) (?:the )?(?P<outlet>{NAME})['’]s .*"),
)
DOMAIN = re.compile(
    r"(?i:(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|news|eu|int|[a-z]{2}))"
)


@dataclass(frozen=True, slots=True)
class Head:
    """A layout, the place that its dateline names, and the author."""

    layout: Layout
    place: Span | None
    author: Span | None


def find_layout(text: str, *, headline: str | None = None) -> Head:
    """Return where the parts of an article stand.

    ``headline`` is one that is known from outside: the text need not begin with it.
    """
    paras = paragraphs(text)
    marked = find_boilerplate(text, paras)
    rest = [para for para in paras if para not in marked]
    dateline, first = _first_dateline(text, rest)
    parts, length = _read_head(text, rest, first, headline)
    body = rest[length:]
    if dateline and length <= first:
        body[first - length] = (BLANKS.match(text, dateline.end).end(), rest[first][1])
    author, byline = parts.get("author"), parts.get("byline")
    if byline is None:
        author, byline = _end_author(text, marked, body)
        body = [para for para in body if para != byline]
    masthead = parts.get("masthead")
    layout = Layout(
        headline=parts.get("headline"),
        subhead=parts.get("subhead"),
        dateline=(dateline.start, dateline.end) if dateline else parts.get("date"),
        byline=byline,
        outlet=masthead or _named_outlet(text, marked),
        agency=dateline.agency if dateline else None,
        body=tuple(body),
        boilerplate=tuple(sorted([*marked, *([masthead] if masthead else [])])),
    )
    return Head(layout, dateline.place if dateline else None, author)


def _first_dateline(text: str, rest: list[Span]) -> tuple[Dateline | None, int]:
    """Return the dateline and the number of its paragraph."""
    for index, (start, end) in enumerate(rest[:MOST_HEAD_LINES]):
        dateline = find_dateline(text, start, end)
        if dateline and _is_lead(text, rest, index, dateline):
            return dateline, index
    return None, len(rest)


def _is_lead(text: str, rest: list[Span], index: int, dateline: Dateline) -> bool:
    """A dateline opens the body: no text in sentences stands before it, headlines aside."""
    *before, line = (text[slice(*para)] for para in rest[: index + 1])
    short = len(line) <= LONGEST_SENTENCE_HEADLINE or is_heading(line)
    if short and dateline.agency is None and dateline.date is None:
        # A place alone opens a paragraph; 'LOOK: ...' and the like may open a headline.
        return False
    sentences = [line for line in before if not is_heading(line)]
    return len(sentences) <= 2 and all(len(line) <= LONGEST_SUBHEAD for line in sentences)


def _read_head(
    text: str, rest: list[Span], first: int, known: str | None
) -> tuple[dict[str, Span], int]:
    """Tell the lines before the body apart, in order: return the parts, and how many lines."""
    parts: dict[str, Span] = {}
    lines = rest[: min(first, MOST_HEAD_LINES)]
    for index, (start, end) in enumerate(lines):
        line = text[start:end]
        date = find_date_line(text, start, end)
        byline = BYLINE.fullmatch(text, start, end) or STAFF.fullmatch(text, start, end)
        if date:
            parts.setdefault("date", date)
        elif byline and "byline" not in parts:
            parts |= {"byline": (start, end), "author": byline.span("author")}
        elif index == 0 and not _same(line, known) and _is_masthead(text, rest, first):
            parts["masthead"] = (start, end)
        elif "headline" not in parts:
            if not _is_headline(text, rest, index, first, known):
                return parts, index
            parts["headline"] = (start, end)
        elif "subhead" not in parts and _is_subhead(text, rest, index, first):
            parts["subhead"] = (start, end)
        else:
            return parts, index
    return parts, len(lines)


def _is_headline(text: str, rest: list[Span], index: int, first: int, known: str | None) -> bool:
    start, end = rest[index]
    line = text[start:end]
    if known is not None:
        return _same(line, known)
    if index + 1 >= len(rest) or len(line) > LONGEST_HEADLINE:
        return False
    if is_heading(line) or index + 1 == first or _title_case(line):
        return True
    follows = rest[index + 1]
    return len(line) <= LONGEST_SENTENCE_HEADLINE and follows[1] - follows[0] > len(line)


def _title_case(line: str) -> bool:
    """Whether a line is set Like This: hardly any long word in it begins with a small letter."""
    words = re.findall(r"[^\W\d_]{4,}", line)
    small = sum(word[0].islower() for word in words)
    return len(words) >= 3 and small <= len(words) // 6


def _same(line: str, known: str | None) -> bool:
    """Whether a line is the known headline; marks and an outlet's name behind it do not count."""
    if known is None or len(line) > LONGEST_HEADLINE:
        return False
    here, there = ("".join(filter(str.isalnum, head.casefold())) for head in (line, known))
    return here == there or (len(here) >= 15 and there.startswith(here))


def _is_subhead(text: str, rest: list[Span], index: int, first: int) -> bool:
    """A line under the headline: it leads to a dateline, or does not end like a sentence."""
    start, end = rest[index]
    line = text[start:end]
    if first < len(rest) and end - start <= LONGEST_SUBHEAD:
        return True
    quoted, ended = line[0] in QUOTES, line.rstrip(QUOTES)[-1:] in tuple(".?!…")
    if index + 1 >= len(rest) or not is_heading(line) or quoted or ended:
        return False
    follows = text[slice(*rest[index + 1])]
    return not is_heading(follows) or BYLINE.fullmatch(follows) is not None


def _is_masthead(text: str, rest: list[Span], first: int) -> bool:
    """Whether the first line names the outlet: its form says so, and a headline follows."""
    if len(rest) < 2 or first == 1:
        return False
    line, follows = (text[slice(*span)] for span in rest[:2])
    headline_follows = is_heading(follows) or len(follows) <= LONGEST_SENTENCE_HEADLINE
    if not headline_follows or len(line) > LONGEST_MASTHEAD:
        return False
    if DOMAIN.fullmatch(line):
        return True
    words = re.findall(r"[\w'’]+", line)
    if not words or re.fullmatch(NAME, line) is None or len(follows) < len(line):
        return False
    if words[-1].casefold() in load_toml("boilerplate.toml")["outlet"]["words"]:
        return len(words) <= 5
    # Set apart by more than the usual blank line, and shorter than a headline ever is.
    gaps = [text[end:start].count("\n") for (_, end), (start, _) in pairwise(rest[:3])]
    return gaps[0] > gaps[-1] and len(words) <= 4


def _end_author(
    text: str, marked: dict[Span, str], body: list[Span]
) -> tuple[Span | None, Span | None]:
    """Return the author and the byline where they stand at the end of the page."""
    own = [span for span, kind in marked.items() if kind == BIOGRAPHY]
    for start, end in own:
        if name := biography_of(text[start:end]):
            # The first line about the author may hold the name alone.
            at = text.index(name, next((a for a, b in own if name in text[a:b]), start))
            return (at, at + len(name)), (at, at + len(name))
    if len(body) > 1 and (match := BYLINE.fullmatch(text, *body[-1])):
        return match.span("author"), body[-1]
    return None, None


def _named_outlet(text: str, marked: dict[Span, str]) -> Span | None:
    """Return where a line of boilerplate names the outlet, if one does."""
    matches = (pattern.fullmatch(text, *span) for span in marked for pattern in OUTLET_NAMED)
    return next((match.span("outlet") for match in matches if match), None)
