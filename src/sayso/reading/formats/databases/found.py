"""From the parts of an article, as a database gives them, to a text with what is known of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from sayso.reading.formats.databases.dates import published
from sayso.reading.formats.databases.labels import alternatives, words
from sayso.reading.formats.source import Raw
from sayso.reading.known import Known, clean
from sayso.reading.problem import Problem

# The text read may differ that much from the number of words that the database states.
LEAST, MOST = 0.8, 1.2
LONGEST_TOLD = 80
# Nobody reads more of them one by one.
MOST_TOLD = 200
# A longer one has a name in it: 'Jane Roe Political Correspondent'.
LONGEST_ROLE = 3
SURNAME_FIRST = re.compile(r"[^,]+, [^,]+")
PLACE = re.compile(r" (?:in|at) [A-Z].*")


@dataclass(slots=True)
class Found:
    """An article's parts in a database's words; ``length`` is the stated number of words."""

    body: list[str] = field(default_factory=list)
    headline: str | None = None
    outlet: str | None = None
    date: str | None = None
    author: str | None = None
    credit: str | None = None
    url: str | None = None
    length: int | None = None


def articles(found: Iterable[Found]) -> Iterator[Raw | Problem]:
    """Return the articles of a download; one that has no text becomes a note that names it."""
    empty = number = 0
    for number, one in enumerate(found, start=1):
        if text := "\n\n".join(part for part in one.body if part):
            yield _article(one, text)
        elif (empty := empty + 1) <= MOST_TOLD:
            what = f"article {number} of the download ({_name(one)}) has no text"
            yield Problem("warning", "no text", f"{what}; download it in full if you need it")
    if not number:
        message = "it looks like a download of a news database, but no article is found in it"
        yield Problem("error", "no article", f"{message}; download it again")
    if empty > MOST_TOLD:
        message = (
            f"{empty - MOST_TOLD} more articles of the download have no text; download them in full"
        )
        yield Problem("warning", "no text", f"{message}; download them in full")


def _article(found: Found, text: str) -> Raw:
    date, problem = published(found.date)
    author, agency = _people(found.author)
    agency = agency or _people(found.credit)[1]
    known = Known(
        outlet=clean(found.outlet),
        agency=agency,
        headline=clean(found.headline),
        author=author,
        url=clean(found.url),
        published=date,
        problem=problem,
    )
    return Raw(text, known=known, problems=_checked(found.length, text))


def _checked(length: int | None, text: str) -> tuple[Problem, ...]:
    """Hold a text against the number of words that the database states."""
    read = len(text.split())
    if not length or LEAST * length <= read <= MOST * length:
        return ()
    message = f"{read} words were read of an article that states {length}; look whether it is whole"
    return (Problem("warning", "length", message),)


def _name(found: Found) -> str:
    """Return what tells an article apart: its headline, outlet and date."""
    parts = [clean(part) for part in (found.headline, found.outlet, found.date)]
    told = ", ".join(part[:LONGEST_TOLD] for part in parts if part)
    return told or "nothing is told of it"


def _people(text: str | None) -> tuple[str | None, str | None]:
    """Return the persons that a byline names, and the agency."""
    opening, between = _byline()
    line = opening.sub("", clean(text) or "", count=1)
    whole = [part.strip() for part in line.split(";")]
    if len(whole) > 1 and all(
        SURNAME_FIRST.fullmatch(part) and not _is_role(part) for part in whole
    ):
        return "; ".join(whole), None
    parts = [PLACE.sub("", part.strip(" ,;/")) for part in between.split(line)]
    agencies = [part for part in parts if part.casefold() in words("byline", "agencies")]
    people = [
        part
        for index, part in enumerate(parts)
        if part and part not in agencies and not _is_role(part, index)
    ]
    return ", ".join(people) or None, agencies[0] if agencies else None


@cache
def _byline() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of what stands before names and between them."""
    opening = rf"(?:{alternatives('byline', 'by')})\b:? "
    between = rf" (?:{alternatives('byline', 'and')}|&) |; ?|, (?:and )?"
    return re.compile(opening, re.I), re.compile(between, re.I)


def _is_role(part: str, index: int = 1) -> bool:
    """Whether a part of a byline tells what somebody does ('Political Correspondent')."""
    said = part.casefold().split()
    if index == 0 and len(said) > LONGEST_ROLE:
        return False
    is_name = part[0].isupper() or index == 0
    return not is_name or any(word in words("byline", "roles") for word in said)
