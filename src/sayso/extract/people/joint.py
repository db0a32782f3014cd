"""Joint speakers: 'Reagan and Gorbachev', 'the minister and her deputy', cut into those who speak.

Names stay whole: 'Smith and Sons' is one where it is labelled as one, and so is 'the Ministry of
Health and Welfare'. Groups stay groups: 'the two ministers' is one speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.extract.people.cast import Cast
from sayso.extract.people.titles import PREPOSITION, roles_in
from sayso.lexicon.parties import Lexicon, singular
from sayso.text.spans import Span

AND = re.compile(r",?\s(?:and|as\swell\sas|along\swith)\s")
FIRM = re.compile(r"\b[A-Z]\S+ (?:and|&) (?:Sons?|Daughters?|Brothers|Co|Company|Partners)$")
# 'the harbour master, ' before a name.
APPOSED = re.compile(r"the\s[^,]{2,60},\s", re.IGNORECASE)
COMMA = re.compile(r",\s")
# What may follow a name that is no modifier, nor anybody's possessor.
HEAD = re.compile(r"$|,|\)|\s(?:\(|(?:of|from|in|at|for|who|himself|herself)\b)")
BOTH = re.compile(r"(?:both|either|neither)\s", re.IGNORECASE)
DETERMINED = re.compile(
    r"(?:the|an?|his|her|its|their|our|my|this|that|these|those|some|many|several|other|others|top)\b",
    re.IGNORECASE,
)
EDGES = " ,()"


def joint_parts(text: str, source: Span, cast: Cast, words: Lexicon) -> list[Span]:
    """Return where each of those stands whom a source names together; the source itself if one."""
    start, end = source
    if both := BOTH.match(text, start, end):
        start = both.end()
    inside = cast.within((start, end))
    cuts = [m.span() for m in AND.finditer(text, start, end) if not _within(m.span(), inside)]
    if not cuts or words.party(text[start:end]) or FIRM.search(text[start:end]):
        return [source]
    first = _listed(text, (start, cuts[0][0]), cast)
    edges = [*(a for _, a in cuts), None]
    rest = [(a, b[0]) for a, b in zip(edges, [*cuts[1:], (end, end)], strict=False)]
    parts = [_trimmed(text, part) for part in (*first, *rest)]
    named = [_names(text, part, cast) for part in parts]
    # A last name alone may be overlooked where its sentence begins: 'Orvik and Holm said'.
    named[0] = named[0] or re.fullmatch(r"[A-Z][\w’'-]+", text[slice(*parts[0])]) is not None
    if all(n or _describes(text, p, words) for n, p in zip(named, parts, strict=True)) and (
        all(named) or not _one_title(text, parts, words)
    ):
        return parts
    return [source]


def joined(names: Sequence[str]) -> str:
    """Return names as one: 'A', 'A and B', 'A, B and C'."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _listed(text: str, span: Span, cast: Cast) -> list[Span]:
    """Return the names of a list before 'and', where each is a name: 'Ann Lee, Bob Ray'."""
    start, end = span
    parts = [span]
    for comma in COMMA.finditer(text, start, end):
        after = (comma.end(), end)
        before = (parts[-1][0], comma.start())
        if not _within(comma.span(), cast.within(span)) and (
            _names(text, before, cast) and _names(text, after, cast)
        ):
            parts[-1:] = [before, after]
    return parts


def _within(span: Span, mentions: list) -> bool:
    return any(a <= span[0] and span[1] <= b for (a, b), _ in mentions)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in " ,":
        end -= 1
    return start, end


def _names(text: str, span: Span, cast: Cast) -> bool:
    """Whether a part is a name, with no more than a title in front of it."""
    named = (m for m, actor in cast.within(span) if not actor.place)
    heads = (m for m in named if HEAD.match(text[m[1] : span[1]]))
    first = next(heads, None)
    if first is None:
        return False
    before = text[span[0] : first[0]]
    governed = PREPOSITION.search(f" {before} ")
    return not governed and ("," not in before or APPOSED.fullmatch(before) is not None)


def _describes(text: str, span: Span, words: Lexicon) -> bool:
    """Whether a part is a description of its own: 'her deputy', 'top officials', 'Republicans'."""
    phrase = PREPOSITION.split(f"{text[slice(*span)]} ", maxsplit=1)[0].split(",")[0]
    nouns = re.findall(r"[\w’'-]+", phrase)
    if not nouns:
        return False
    noun = nouns[-1].casefold()
    one = singular(noun)
    known = words.roles | words.unnamed | words.bodies | words.persons.keys()
    many = one != noun and (one in known or words.people(nouns[-1]) is not None)
    return many or (one in known and DETERMINED.match(phrase) is not None)


def _one_title(text: str, parts: list[Span], words: Lexicon) -> bool:
    """Whether 'and' joins two offices of one person: 'the president and chief executive of ...'."""
    last = text[slice(*parts[-1])]
    many = singular(last.split()[-1]) != last.split()[-1]
    return not (many or DETERMINED.match(last)) and bool(roles_in(last, words))
