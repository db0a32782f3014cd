"""Carriers: through what somebody's words came ('told the BBC', 'in a statement', 'on Twitter').

An outlet, an agency or a platform goes by its name, anything else by its noun ('statement',
'conference call'). What carries words is looked for around the cue, outside what is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sayso.extract.document import Document
from sayso.extract.quoting.utterances import Found
from sayso.lexicon.files import load_toml
from sayso.lexicon.parties import Lexicon, normal
from sayso.text.spans import Span

TOLD = re.compile(r"\b(?:told|tells|telling|tell)\s(?:[\w’'-]+\s){0,3}$")
# What may stand before an outlet that somebody speaks to or through.
THROUGH = re.compile(
    r"\b(?:on|in|via|through)\s(?:(?:the|an?)\s)?$"
    r"|\b(?:accord\w+ to|reported by|report(?:ed)? in|reported (?:first )?on|quoted by|quoted in"
    r"|cited by|carried by|published (?:by|in)|told to|citing)\s(?:[\w’'-]+\s){0,4}$"
    r"|\b(?:interview|conversation|statement|comments?|remarks|e-?mail|letter|op-ed|column|essay"
    r"|article|dispatch|piece|message|speak\w*|spoke|talk\w*|appear\w+|writ\w+|wrote|post\w*)"
    r"\b[^.;:“”\"\n]{0,40}\b(?:with|to|in|for|on|by|at|from)\s[“\"]?(?:[\w’'-]+\s){0,3}$",
    re.IGNORECASE,
)
REPORTED = re.compile(r",?\s(?:first\s)?(?:report(?:s|ed)|quoted)\b")
INTERVIEW = re.compile(r"\binterview (?:with|on|for|by)\s(?:the\s)?$")
TWEETED = re.compile(r"\b(?:re)?tweet(?:s|ed|ing)\b", re.IGNORECASE)
CLAUSE = re.compile(r"(?:[^.;:?!\n]|\.(?!\s|$))*")
# Outlets that no list has, by how they are called: 'Lowmere Herald'.
CALLED = re.compile(
    r"\b(?:[Tt]he\s)?((?:[A-Z0-9][\w’'&.-]*\s){1,4}(?=[A-Z])"
    rf"(?i:{'|'.join(load_toml('page.toml')['words']['outlet'])}))\b(?! [A-Z])"
)
# Characters around a cue within which its carrier is told.
REACH = 120


def find_via(document: Document, item: Found) -> str | None:
    """Return what carried the words of a quote to the article, None if nothing is told."""
    if item.cue is None:
        return None
    words, source = document.lexicon, item.source
    spans, text = _around(document.article.text, item), document.article.text
    if source and (source.start >= item.cue.end or "," not in text[slice(*source.span)]):
        blank = " " * (source.end - source.start)
        text = f"{text[: source.start]}{blank}{text[source.end :]}"
    if TWEETED.search(text[slice(*item.cue.span)]):
        return "Twitter"
    for found in (_outlet, _platform, _message):
        if via := next((v for a, b in spans if (v := found(text[a:b], words))), None):
            return via
    named = ((s, a) for span in spans for s, a in document.cast.within(span))
    asked = (a.name for s, a in named if a.kind != "person" and INTERVIEW.search(text[: s[0]]))
    return next(asked, None)


def _around(text: str, item: Found) -> list[Span]:
    """Return the words around a cue: beside it, before it, and after what is said."""
    parts = [part.span for part in (item.cue, item.source) if part]
    start, end = min(a for a, _ in parts), max(b for _, b in parts)
    left = max([0, start - REACH, *(b for _, b in item.spans if b <= start)])
    right = min([len(text), end + REACH, *(a for a, _ in item.spans if a >= end)])
    last = item.spans[-1][1]
    beside = (start if end == item.cue.end else item.cue.start, right)
    tail = re.match(r"[”\"']?,?\s?(?:accord|as |in |on |via )", text[last : last + 20])
    spans = [beside, (left + _clause(text[left:start]), start)]
    spans += [(last, last + REACH)] if tail and last >= end else []
    inside = [a for a, b in item.spans if a >= beside[0]]
    ends = (min([b, *inside]) if a < last else b for a, b in spans)
    return [(a, CLAUSE.match(text, a, end).end()) for (a, _), end in zip(spans, ends, strict=True)]


def _clause(before: str) -> int:
    """Return where the clause begins that ends with some words."""
    marks = [mark.end() for mark in re.finditer(r"[.;:?!]\s|\n", before)]
    return marks[-1] if marks else 0


def _outlet(part: str, words: Lexicon) -> str | None:
    """Return the outlet that words are told to, or that tells them."""
    for start, end, name in outlets_in(part, words):
        before = part[:start]
        if TOLD.search(before) or THROUGH.search(before) or REPORTED.match(part, end):
            return name
    return None


def outlets_in(text: str, words: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and name of outlets: those of the lists, then by what they are called."""
    for pattern in (words.outlets, CALLED):
        for match in pattern.finditer(text):
            party = words.names.get(normal(match.group()))
            yield *match.span(), party.name if party else match.group(1)


def _platform(part: str, words: Lexicon) -> str | None:
    """Return the platform that somebody posts on."""
    names = "|".join(sorted(re.escape(name) for name in words.platforms))
    before = r"\b(?:[Oo]n|to|[Vv]ia|through|over|using|[Ii]n)\s(?:[\w’'-]+\s){0,3}?"
    on = re.search(rf"{before}({names})\b(?!\s(?:spokes|exec|offic|user))", part)
    return on.group(1) if on else None


def _message(part: str, words: Lexicon) -> str | None:
    """Return the noun of what somebody says or writes something in."""
    found = _messages(words).search(part)
    return next(noun for noun in found.groups() if noun).casefold() if found else None


@lru_cache(maxsize=2)
def _messages(words: Lexicon) -> re.Pattern[str]:
    """Return a pattern for 'in a statement', 'by letter', 'released a report'."""
    nouns = words.messages | words.carriers
    named = "|".join(sorted((re.escape(noun) for noun in nouns), key=lambda n: (-len(n), n)))
    own = r"(?:an?|the|his|her|its|their|this|that|another|one|[\w.]+['’]s?)\s"
    return re.compile(
        rf"\b(?:in|on|at|by|via|through|during)\s(?:{own})?(?:[\w’'.-]+,?\s){{0,3}}?({named})\b"
        r"|\b(?:wrote|writ\w+|issu\w+|releas\w+|post\w+|sen[dt]\w*|publish\w+|fir\w+ o\w+)"
        rf"\s(?:{own})(?:[\w’'.-]+\s){{0,3}}?({named})\b",
        re.IGNORECASE,
    )
