"""A page's headline, told from the titles of the site and of its sections."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sayso.reading.formats.pages.facts import Facts

SEPARATOR = re.compile(r"\s+(?:[|–—•·»:]|::|-)\s+|\s*\|\s*|:\s+")
LONGEST = 300
# A title shorter than this, at the end of a heading, may be there by chance.
FEW_WORDS = 2
STEM = 5
SITE_WORDS = 4


def find_headline(facts: Facts, found: str | None, names: Iterable[str]) -> str | None:
    """Return a page's headline: its own heading, or else its title without the site's name.

    ``found`` is what an extractor took for the title, ``names`` are those of the site.
    """
    sites = {_plain(name) for name in names} - {""}
    told = [title for title in facts.titles if title.strip()] or [found or ""]
    titles = [_cut(title, sites) for title in told if title.strip()]
    headings = [_cut(heading, sites) for heading in dict.fromkeys(facts.headings)]
    not_own = sites | {_plain(part) for title in told for part in _lesser_parts(title)}
    headings = [one for one in headings if len(one) <= LONGEST and _plain(one) not in not_own]
    for heading in headings:
        for title in titles:
            # A section's label may stand in the heading, before the headline.
            if len(title.split()) > FEW_WORDS and _plain(heading).endswith(_plain(title)):
                return heading if _plain(heading) == _plain(title) else title
    firsts = {_plain(SEPARATOR.split(title)[0]) for title in told}
    for heading in sorted(headings, key=lambda heading: _plain(heading) not in firsts):
        if not titles or any(_stems(heading) & _stems(title) for title in titles):
            return heading
    return next(iter([*titles, *headings]), None)


def _lesser_parts(title: str) -> list[str]:
    """Return what stands behind the first part of a title, and is shorter than another part.

    If it is a heading, too, it is the site's.
    """
    first, *parts = SEPARATOR.split(title)
    return [part for part in parts if len(part) < max(map(len, (first, *parts)))]


def _stems(words: str) -> set[str]:
    """Return the beginnings of longer words: a title may be written anew for a search engine."""
    return {word[:STEM] for word in re.findall(r"\w{4,}", words.casefold())}


def _cut(title: str, sites: set[str]) -> str:
    """Return a title without the names of site and section around it; dashes in it stay."""
    title = " ".join(title.split())
    while parts := list(SEPARATOR.finditer(title)):
        first, last = parts[0], parts[-1]
        if _plain(title[last.end() :]) in sites:
            title = title[: last.start()]
        elif _plain(title[: first.start()]) in sites:
            title = title[first.end() :]
        elif "|" in last.group() and _is_name(title[last.end() :]):
            title = title[: last.start()]
        else:
            break
    return title.strip()


def _is_name(words: str) -> bool:
    """Whether words look like the name of a site: few, and all with a capital."""
    named = words.split()
    return 0 < len(named) <= SITE_WORDS and all(word[0].isupper() for word in named)


def _plain(words: str) -> str:
    """Return words by which names are compared: small letters and digits, no 'the' before."""
    plain = "".join(filter(str.isalnum, words.casefold()))
    return plain.removeprefix("the") or plain
