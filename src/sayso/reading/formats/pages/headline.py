"""A page's headline, told from the titles of the site and of its sections."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sayso.reading.formats.pages.facts import Facts

SEPARATOR = re.compile(r"\s+(?:[|–—•·»:]|::|-)\s+|\s*\|\s*|:\s+")
LONGEST = 300
# A title shorter than this, at the end of a heading, may be there by chance.
FEW_WORDS = 2
STEMS = re.compile(r"\b(?=\w{4})\w{4,5}")
# What looks like the name of a site: few words, and all with a capital.
NAME = re.compile(r"[^\W\d_a-zß-öø-ÿ]\S*(?: [^\W\d_a-zß-öø-ÿ]\S*){0,3}")


def find_headline(facts: Facts, found: str | None, names: Iterable[str]) -> str | None:
    """Return a page's headline: its own heading, or else its title without the site's name.

    ``found`` is what an extractor took for the title, ``names`` are those of the site.
    """
    sites = {_plain(name) for name in names} - {""}
    told = [title for title in facts.titles if title.strip()] or [found or ""]
    titles = [_cut(title, sites) for title in told if title.strip()]
    headings = [_cut(heading, sites) for heading in dict.fromkeys(facts.headings)]
    # What stands behind a title's first part, and is shorter than another part, is the site's.
    parts = [SEPARATOR.split(title) for title in told]
    longest = [max(map(len, first)) for first in parts]
    both = zip(parts, longest, strict=True)
    lesser = {_plain(part) for first, most in both for part in first[1:] if len(part) < most}
    not_own = sites | lesser
    headings = [one for one in headings if len(one) <= LONGEST and _plain(one) not in not_own]
    for heading in headings:
        for title in titles:
            # A section's label may stand in the heading, before the headline.
            if len(title.split()) > FEW_WORDS and _plain(heading).endswith(_plain(title)):
                return heading if _plain(heading) == _plain(title) else title
    firsts = {_plain(first) for first, *_ in parts}
    # A title may be written anew for a search engine: longer words begin alike.
    stems = [set(STEMS.findall(title.casefold())) for title in titles]
    for heading in sorted(headings, key=lambda heading: _plain(heading) not in firsts):
        own = set(STEMS.findall(heading.casefold()))
        if not titles or any(own & those for those in stems):
            return heading
    return next(iter([*titles, *headings]), None)


def _cut(title: str, sites: set[str]) -> str:
    """Return a title without the names of site and section around it; dashes in it stay."""
    title = " ".join(title.split())
    while len(title) <= LONGEST and (parts := list(SEPARATOR.finditer(title))):
        first, last = parts[0], parts[-1]
        if _plain(title[last.end() :]) in sites:
            title = title[: last.start()]
        elif _plain(title[: first.start()]) in sites:
            title = title[first.end() :]
        elif "|" in last.group() and NAME.fullmatch(title[last.end() :]):
            title = title[: last.start()]
        else:
            break
    return title.strip()


def _plain(words: str) -> str:
    """Return words by which names are compared: small letters and digits, no 'the' before."""
    plain = "".join(filter(str.isalnum, words.casefold()))
    return plain.removeprefix("the") or plain
