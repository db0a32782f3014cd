"""Bylines: who wrote an article, and for whom, without roles, places and dates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.lexicon.files import load_toml
from sayso.reading.page.dateline import CAPITAL, DATE, MONTH, WEEKDAY

BY = re.compile(
    r"(?:^|(?<=[^\w]))(?i:(?:(?:written|posted|reported|published|story|words|text|report|analysis"
    r"|opinion|comment|interview|exclusive|review|column|essay|guest post|article)"
    r"(?: (?:and|&) \w+)? )?by)(?:\b[: ]*|(?=[A-Z][a-z]))"
    r"|^(?i:authors?|writers?|words|text|reporters?|from|interview|story(?: and pics)?)(?: ?: ?)"
    r"|^(?:From|Authors?|WORDS|BYLINE:?|TEXT) (?=[A-Z])"
)
# Who did something else for the article.
OTHERS = re.compile(
    r"\b(?:photo\w*|pictures?|pics|images?|videos?|graphics?|illustrat\w+|translat\w+|edited|editing"
    r"|produced|curated)\b[^|]{0,15}\bby\b",
    re.IGNORECASE,
)
HELP = re.compile(
    r"^(?:with )?(?:help|assistance|additional reporting|reporting)? ?(?:from|by) ", re.I
)
BARS = re.compile(r"\s*[|•·/»›\t]\s*|\s+[–—-]+\s+|^[–—-]+\s*")
# What ends a name: a date, an address, a bracket, a place, a verb.
ENDS = re.compile(
    rf"\s*(?:[(\[@]|[–—]|\b(?:{DATE}|{WEEKDAY}\b[.,]* (?:\d|{MONTH})|{MONTH} \d|\d)"
    r"|https?:|www\.|\S+@\S+\.\S+"
    r"|\b(?:(?i:published|updated|posted|last|first|on|for|in|at|from|of|follow|is|was|has|to|the"
    r"|via|contact|e-?mail|read|view|see|share|today|yesterday)"
    r"|(?:North|South|East|West)(?= of))\b)"
)
# Words that lost the blank between them, but for names such as McCain, DeVito and LaPorte.
GLUED = re.compile(
    r"(?<=[a-z])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLa)(?<!\bLe)(?<!\bVan)(?<!\bDi)(?<!\bFitz)"
    rf"(?<!\bDu)(?<!\bVon)(?<!\bEl)(?<!\bAl)(?<!\bBy)(?={CAPITAL})|(?<=[A-Za-z])(?=\d)"
)
GLUED_AND = re.compile(rf"(?<=[a-z])and(?={CAPITAL}[a-z])")
AND = re.compile(r"(\s*(?:,|;|&|\+|\b(?i:and|with)\b)\s*)")
LINK = r"(?:de|del|della|da|di|do|dos|du|der|den|la|le|al|el|bin|bint|ben|ibn|van|von|ter|y|e|zu)"
PART = rf"(?:{CAPITAL}[\w'’.-]*|{LINK}(?:-{CAPITAL}[\w'’.-]*)?|[\"“(]\w+[\"”)])"
NAMED = re.compile(rf"{PART}(?: {PART}){{0,4}}")
TITLES = re.compile(
    r"^(?:dr|prof|professor|mr|mrs|ms|sir|dame|rev|sr|fr|br|hon|canon|sister|father|brother)\.? ",
    re.I,
)
WORD = r"[A-Z0-9][\w.&'’-]*"
OUTLET = re.compile(
    rf"(?:(?P<whom>(?i:for))|(?i:of|at))? ?"
    rf"(?P<name>(?:[Tt]he )?{WORD}(?: (?:of |and |& )?{WORD}){{0,4}}?)"
    r"(?: (?i:staff|(?:\w+ )?(?:writer|reporter|correspondent|editor)s?))?"
)
DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|news|tv|[a-z]{2})", re.I)
PICTURES = re.compile(r"\s*\((?:photo|picture|graphic|video|illustration)", re.IGNORECASE)
MOST_WORDS = 5
# Words that no person's name has: of roles, outlets, agencies and sections.
NO_NAMES = frozenset(load_toml("page.toml")["byline"]["no_names"])


@dataclass(frozen=True, slots=True)
class Byline:
    """The persons whom a byline names, in order, and the outlet that it names."""

    persons: tuple[str, ...] = ()
    outlet: str | None = None


def read_byline(line: str) -> Byline:
    """Return whom a line names as authors, and for whom they write.

    Examples
    --------
    >>> read_byline("Posted by Olga Maria Brandt on March 5, 2021, 6:21 AM EST").persons
    ('Olga Maria Brandt',)
    >>> read_byline("By JAN MOOR and Eva LindbergBergen Post, political editor")
    Byline(persons=('JAN MOOR', 'Eva Lindberg'), outlet='Bergen Post')
    >>> read_byline("By Staff Reports")
    Byline(persons=(), outlet=None)
    """
    if OTHERS.search(line):
        return Byline()
    line = GLUED.sub(" | ", GLUED_AND.sub(" and ", " ".join(line.split())))
    if (by := BY.search(line)) and by.end() < len(line):
        line, led = line[by.end() :], True
    else:
        led = False
    persons: list[str] = []
    outlets: list[str] = []
    for segment in BARS.split(line):
        pieces = AND.split(segment)
        for index in range(0, len(pieces), 2):
            name, rest = _split(pieces[index])
            if PICTURES.match(rest):
                continue
            if _is_person(name, alone=led and not persons) and not (persons and _is_place(name)):
                persons.append(name)
            else:
                rest = pieces[index]
            outlets += _outlets(rest)
    return Byline(tuple(dict.fromkeys(persons)), outlets[0] if outlets else None)


def _split(piece: str) -> tuple[str, str]:
    """Return a piece of a byline as a name, and what follows it."""
    piece = HELP.sub("", piece.strip(" .:,*"))
    end = ENDS.search(piece)
    name, rest = (piece[: end.start()], piece[end.start() :]) if end else (piece, "")
    name = TITLES.sub("", re.sub(r"^[\w.]+['’]s ", "", name)).strip(" .:,")
    words = name.split()
    known = [index for index, word in enumerate(words) if _is_no_name(word)]
    if known and known[0] >= 2:
        # 'Ann Field Associated Press': an employer behind a name, without anything between.
        return " ".join(words[: known[0]]), " ".join(words[known[0] :])
    return name, rest


def _is_person(name: str, *, alone: bool) -> bool:
    words = name.split()
    if not words or len(words) > MOST_WORDS or not NAMED.fullmatch(name):
        return False
    if any(_is_no_name(word) for word in words):
        return False
    if len(words) == 1:
        return alone and len(name) > 3 and not name.isupper()
    return sum(word[0].isupper() for word in words) >= 2


def _is_no_name(word: str) -> bool:
    return any(part in NO_NAMES for part in re.findall(r"[^\W_]+", word.casefold()))


def _is_place(name: str) -> bool:
    """Whether a name is rather a place: in 'Ann Field, New York' there is one author."""
    return name.split()[0].casefold() in load_toml("page.toml")["byline"]["places"]


def _outlets(rest: str) -> list[str]:
    """Return the outlet that a part of a byline names, if it does."""
    rest = rest.strip(" .:,*()")
    if DOMAIN.fullmatch(rest):
        return [rest]
    match = OUTLET.fullmatch(rest)
    if not match:
        return []
    name = match["name"]
    words = re.findall(r"[^\W_]+", name.casefold())
    lists = load_toml("page.toml")
    if set(words) & {*lists["byline"]["agencies"], *lists["byline"]["roles"]} or _is_place(name):
        return []
    named = len(words) > 1 and set(words) & set(lists["words"]["outlet"])
    shaped = re.fullmatch(r"The [A-Z]\w+ [A-Z].*|[A-Z]{3,12}", name)
    return [name] if named or shaped or match["whom"] else []
