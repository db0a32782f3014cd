"""From the parts of an article, as a database gives them, to a text with what is known of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sayso.article import Published
from sayso.reading.formats.databases.labels import (
    LONGEST_LINE,
    either,
    first_date,
    stated_length,
    words,
)
from sayso.reading.formats.source import Raw
from sayso.reading.known import Known, clean
from sayso.reading.problem import Problem
from sayso.reading.stated import read_date

# The text read may differ that much from the number of words that the database states.
LEAST, MOST = 0.8, 1.2
LONGEST_TOLD = 80
# Nobody reads more of them one by one.
MOST_TOLD = 200
# A longer first part has a name in it: 'Jane Roe Political Correspondent'.
LONGEST_ROLE = 3
SURNAMES_FIRST = re.compile(r"[^,;]+, [^,;]+(?:; ?[^,;]+, [^,;]+)+")
PLACE = re.compile(r" (?:in|at) [A-Z].*")
# What stands before the names of a byline, and between them.
OPENING = re.compile(rf"(?:{either(words('byline', 'by'))})\b:? ", re.I)
BETWEEN = re.compile(rf" (?:{either(words('byline', 'and'))}|&) |; ?|, (?:and )?", re.I)


@dataclass(slots=True)
class Found:
    """An article's parts in a database's words; ``length`` is what it states: '355 words'.

    ``failed``: there is an error page of the database in its place.
    """

    body: list[str] = field(default_factory=list)
    headline: str | None = None
    outlet: str | None = None
    date: str | None = None
    author: str | None = None
    credit: str | None = None
    url: str | None = None
    length: str | None = None
    failed: bool = False

    def tell(self, part: str | None, value: str) -> None:
        """Keep what a label says of a part, unless it is told already."""
        if part in TOLD and not getattr(self, part):
            setattr(self, part, value or None)


TOLD = frozenset(Found.__slots__) - {"body", "failed"}


def articles(found: Iterable[Found]) -> Iterator[Raw | Problem]:
    """Return the articles of a download; one that has no text becomes a note that names it."""
    empty = number = 0
    failed: list[int] = []
    for number, one in enumerate(found, start=1):
        if text := "\n\n".join(part for part in one.body if part):
            yield _article(one, text)
        elif one.failed:
            failed.append(number)
        elif (empty := empty + 1) <= MOST_TOLD:
            told = [clean(part) for part in (one.headline, one.outlet, one.date)]
            name = ", ".join(part[:LONGEST_TOLD] for part in told if part)
            what = f"article {number} of the download ({name or 'nothing is told of it'})"
            yield _warning("no text", f"{what} has no text; download it in full if you need it")
    if not number:
        message = "it looks like a download of a news database, but no article is found in it"
        yield Problem("error", "no article", f"{message}; download it again")
    if empty > MOST_TOLD:
        what = f"{empty - MOST_TOLD} more articles of the download have no text"
        yield _warning("no text", f"{what}; download them in full")
    if failed:
        what = f"{len(failed)} of {number} documents hold an error page of the database"
        told = ", ".join(map(str, failed[:MOST_TOLD]))
        yield _warning("error page", f"{what} (number {told}); download them again")


def _warning(kind: str, message: str) -> Problem:
    return Problem("warning", kind, message)


def _article(found: Found, text: str) -> Raw:
    published, problem = _published(found.date)
    author, agency = _people(found.author)
    known = Known(
        outlet=clean(found.outlet),
        agency=agency or _people(found.credit)[1],
        headline=clean(found.headline),
        author=author,
        url=clean(found.url),
        published=published,
        problem=problem,
    )
    read, stated = len(text.split()), stated_length(found.length)
    if not stated or LEAST * stated <= read <= MOST * stated:
        return Raw(text, known=known)
    what = f"{read} words were read of an article that states {stated}"
    message = f"{what}; look whether it is whole"
    return Raw(text, known=known, problems=(_warning("length", message),))


def _published(text: str | None) -> tuple[Published | None, str | None]:
    """Return the first date of a text, and what is wrong with it (null: nothing)."""
    # Another day may follow, on which the article was corrected.
    first = first_date(text or "")
    date, problem = read_date(first.value if first else text or "")
    if date is None and problem:
        problem = f"its date '{clean(text)[:LONGEST_LINE]}' cannot be read; give it in articles.csv"
    return date, problem


def _people(text: str | None) -> tuple[str | None, str | None]:
    """Return the persons that a byline names, and the agency."""
    line = OPENING.sub("", clean(text) or "", count=1)
    names = re.split(" ?; ?", line) if SURNAMES_FIRST.fullmatch(line) else []
    if names and not any(map(_is_role, names)):
        return "; ".join(names), None
    parts = [PLACE.sub("", part.strip(" ,;/")) for part in BETWEEN.split(line)]
    agencies = [part for part in parts if part.casefold() in words("byline", "agencies")]
    people = [
        part
        for index, part in enumerate(parts)
        if part and part not in agencies and not _is_role(part, index)
    ]
    return ", ".join(people) or None, agencies[0] if agencies else None


def _is_role(part: str, index: int = 1) -> bool:
    """Whether a part of a byline tells what somebody does ('Political Correspondent')."""
    said = part.casefold().split()
    if index == 0 and len(said) > LONGEST_ROLE:
        return False
    is_name = part[0].isupper() or index == 0
    return not is_name or any(word in words("byline", "roles") for word in said)
