"""Titles: what is said of a person beside the name, and for whom that makes the person speak.

A title stands before a name ('Deputy Foreign Minister'), after it in apposition (', spokesman for
the ministry,'), in brackets ('(D-Ohio)'), or is part of the name as it is written ('Sen.').
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sayso.lexicon.parties import POSSESSIVE, Lexicon, Party, singular
from sayso.text.spans import Span

WORD = re.compile(r"[^\W_]+(?:[.&'’\-–][^\W_]+)*\.?")
# Between the words of a title these may stand.
GLUE = {"of", "for", "and", "to", "on", "the", "in", "at", "&"}
DETERMINERS = {"the", "a", "an", "his", "her", "their", "its", "our", "my", "this", "that"}
TIMES = {"current", "former", "longtime", "new", "outgoing", "senior", "then", "top"}
EDGES = GLUE | {"but", "with", "by", "from", "as", "or"}
# 'But' and the like stand before a title and are no part of it.
LEADING = re.compile(rf"(?:(?:{'|'.join(sorted(EDGES))})\s+)*", re.IGNORECASE)
PREPOSITION = re.compile(
    r"\s(?:of|for|to|at|in|from|with|on|by|about|against|under|near|over|as|who|whose|which|that)\s"
)
# An office with one of these is another office: the deputy minister is not the minister.
RANKS = {"deputy", "vice", "former", "ex", "assistant", "under", "acting", "shadow", "first"}
# The apposition after a name: up to a mark that closes it; 'Mr.' and 'U.S.' do not.
SHORT = r"(?<=\b[A-Z])\.|(?<=\bMr|\bMs|\bDr|\bSt)\.|(?<=\bMrs|\bSen|\bRep|\bGov|\bGen)\."
APPOSITION = re.compile(
    rf",\s+((?:[^,.;:“”\"()\n]|{SHORT}){{3,120}}?)(?=[,;:)\n]|(?!{SHORT})\.(?:\s|$))"
)
NO_APPOSITION = re.compile(
    r"(?:who|which|whose|where|and|but|or|as|said|says|told|\w+ing|when|while|if|because"
    r"|\w+ed\s(?:an?|at|his|her|in|it|on|that|the|this|to))\b"
)
# 'Democrat of Ohio', '(D-Ohio)', 'R-Tenn.'
MEMBER = re.compile(
    r",\s+(?:an?\s+)?([A-Z]\w+)\s+(?:of|from)\s|\s*,?\s*\(?([A-Z]{1,3})-[A-Z][\w.]+"
)
# 'the chairman of the committee': the determiner is inside a title.
OF = re.compile(r"\w\s(?:of|for|at|in)\s\Z")
HOME = re.compile(r"\s(?:of|from)\s((?:[A-Z][\w.]+\s?){1,3})")
MALE = {"mr", "sir", "lord", "herr", "señor", "signor", "messrs", "king", "prince", "husband"}
FEMALE = {"mrs", "ms", "miss", "dame", "lady", "mme", "madame", "frau", "señora", "queen", "wife"}
# What an office is about, not for whom it speaks.
OBJECT = re.compile(
    r"(?<=\bambassador)\sto\s|(?<=\benvoy)\s(?:to|for)\s|\s(?:against|about|on)\s", re.IGNORECASE
)
# Words of an office's name at most, and fewer.
SIZES = (3, 2, 1)


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it stands, where, and whether 'its' or 'their' goes before it."""

    text: str
    start: int
    its: bool = False

    @property
    def span(self) -> Span:
        return self.start, self.start + len(self.text)


def titles_around(text: str, span: Span, words: Lexicon) -> list[Title]:
    """Return the titles that stand at a person's name: before it, or after it in apposition."""
    found = [_title_before(text, span, words), _title_after(text, span[1], words)]
    return [title for title in found if title]


def _title_before(text: str, name: Span, words: Lexicon) -> Title | None:
    """Walk back from a name while the words can belong to a title."""
    start = name[0]
    line = re.split(r"[\n“\"]", text[max(0, start - 120) : start])[-1]
    tokens = list(WORD.finditer(line))
    if not tokens:
        return None
    if line[tokens[-1].end() :].strip() not in ("", ",", "’s", "'s"):
        return None
    if tokens[-1].group().casefold() in EDGES:
        return None  # 'a successor to', 'the chairman and': the name is no part of the title
    first = end = tokens[-1].end()
    after, comma = len(line), line[end:].strip() == "," and end
    for token in reversed(tokens):
        word = token.group()
        between = line[token.end() : after].strip()
        if between == "," and not comma and _only_honorifics(line[after:end], words):
            comma = token.end()  # 'the chairman of the committee, Senator Ana Voss'
        elif between and (between != "," or token.end() != comma):
            break
        inside = OF.search(line[: token.start()]) or word.casefold() not in DETERMINERS
        if not (inside and _in_title(word, words)):
            break
        later = office_words(line[first:end], words)[0] if word == "and" else ""
        alone = later in words.kin or not head_role(line[: token.start()], words)
        if later in words.role_words and alone:
            break  # 'President Ana Voss and Foreign Minister': two people
        if word.endswith(".") and len(word) > 5 and word[:-1].casefold() not in words.role_words:
            break  # the end of a sentence
        first = after = token.start()
    closed = re.match(r"\s?[^\w\s]|\s*$|\n|\sand\s", text[name[1] : name[1] + 5])
    head = PREPOSITION.split(line[first:comma], maxsplit=1)[0] if comma else ""
    if comma and not (closed and head_role(head, words)):
        # 'After a call with the Polish president, Ana Voss said': two people
        first = line.index(",", comma) + 2
    first = LEADING.match(line, first, end).end()
    its = re.search(r"\b(?:[Ii]ts|[Tt]heir)\s$", line[:first]) is not None
    title = Title(line[first:end], start - len(line) + first, its)
    return title if roles_in(title.text, words) else None


def _only_honorifics(phrase: str, words: Lexicon) -> bool:
    return all(w.rstrip(".").casefold() in words.plain_honorifics for w in phrase.split())


def _in_title(word: str, words: Lexicon) -> bool:
    plain = POSSESSIVE.sub("", word).casefold()
    parts = [plain, *plain.split("-")]
    return (
        word[0].isupper()
        or plain in GLUE | TIMES
        or any(p in words.role_words or p in words.bodies for p in parts)
    )


def _title_after(text: str, end: int, words: Lexicon) -> Title | None:
    """Return the apposition after a name: ', the ... secretary for ...,'."""
    match = APPOSITION.match(text, end, end + 140)
    if not match or NO_APPOSITION.match(match.group(1)):
        return None
    head = PREPOSITION.split(f"{match.group(1)} ", maxsplit=1)[0]
    return Title(match.group(1), match.start(1)) if roles_in(head, words) else None


def membership(text: str, span: Span, words: Lexicon) -> Party | None:
    """Return the party named right at a person: ', Democrat of Ohio', '(D-Ohio)', 'Democrat '."""
    match = MEMBER.match(text, span[1], span[1] + 40)
    if match is None:
        before = re.search(r"(\w+) $", text[max(0, span[0] - 30) : span[0]])
        party = words.people(before.group(1)) if before else None
        return party if party and party.kind == "organisation" else None
    return words.people(match.group(1)) if match.group(1) else words.letters.get(match.group(2))


def home(text: str, end: int, words: Lexicon) -> Party | None:
    """Return the place right after a person's name: 'Representative Ana Voss of Ohio'."""
    named = HOME.match(text, end, end + 50)
    tokens = named.group(1).split() if named else []
    found = (words.party(" ".join(tokens[:size])) for size in range(len(tokens), 0, -1))
    party = next((p for p in found if p), None)
    return party if party and party.kind == "country" else None


def split_name(surface: str, words: Lexicon) -> tuple[str, str]:
    """Return what stands before a name ('Texas Rep.', 'Mr') and the name itself."""
    tokens = surface.split()
    while len(tokens) > 2 and is_post_nominal(tokens[-1], words):
        tokens.pop()
    first = 0
    for number, token in enumerate(tokens[:-1]):
        plain = token.rstrip(".").casefold().removesuffix("-elect")
        # 'Texas Rep. Ana Voss', 'Oslo Mayor Ana Voss'; 'M.' is an initial.
        inside = (token.endswith(".") and len(token) > 2) or (
            plain in words.roles and len(tokens) - number > 2
        )
        if plain in words.plain_honorifics and (number == first or inside):
            first = number + 1
    while len(tokens) - first > 2 and _describes(tokens[first], words):
        first += 1  # 'Democrat Ana Voss', 'House Paul Ryan'
    if tokens and tokens[-1] in tokens[first:-1]:
        first = tokens.index(tokens[-1], first) + 1  # 'Voss Ana Maria Voss', in pages with links
    return " ".join(tokens[:first]), " ".join(tokens[first:])


def is_post_nominal(token: str, words: Lexicon) -> bool:
    """Whether a word after a name is a title: 'MP', 'Ph.D.'."""
    plain = token.replace(".", "").rstrip(",")
    return plain.casefold() in words.post_nominals and plain[1:] != plain[1:].casefold()


def _describes(token: str, words: Lexicon) -> bool:
    """Whether a word before a name tells of whom: a party's member, an office, a body."""
    plain = token.casefold()
    return words.people(token) is not None or plain in words.roles | words.bodies | {"house"}


def told_gender(title: str, words: Lexicon) -> str | None:
    """Return the gender that a title tells: 'Mrs', 'spokeswoman', 'congressman'."""
    for word in WORD.findall(title.casefold()):
        plain = word.rstrip(".")
        if plain in FEMALE or plain.endswith("woman"):
            return "female"
        # A woman can be 'chairman'.
        if plain in MALE or (plain.endswith("man") and plain in words.roles - {"chairman"}):
            return "male"
    return None


@lru_cache(maxsize=4096)
def roles_in(phrase: str, words: Lexicon) -> tuple[str, ...]:
    """Return the offices named in a phrase, in order, each the longest name that fits."""
    tokens = office_words(phrase, words)
    found, at = [], 0
    while at < len(tokens):
        named = ((_role(tokens[at : at + size], words), size) for size in SIZES)
        role, size = next(((role, size) for role, size in named if role), (None, 1))
        found += [role] if role else []
        at += size
    return tuple(found)


def head_role(head: str, words: Lexicon) -> str | None:
    """Return the office that a description ends with ('the former prime minister')."""
    tokens = office_words(head, words)
    named = (_role(tokens[-size:], words) for size in SIZES if size <= len(tokens))
    return next((role for role in named if role), None)


def _role(tokens: list[str], words: Lexicon) -> str | None:
    """Return the office that some words name, if they do."""
    name = " ".join([*tokens[:-1], singular(tokens[-1])])
    return name if name in words.roles else None


def office_words(phrase: str, words: Lexicon) -> list[str]:
    """Return the words of a phrase in small letters, short forms of offices written out."""
    found: list[str] = []
    for token in WORD.findall(phrase):
        plain = POSSESSIVE.sub("", token).casefold().rstrip(".")
        plain = words.offices.get(plain, plain)
        found += (plain if plain in words.roles else plain.replace("-", " ")).split()
    return found


def title_words(phrase: str, words: Lexicon) -> frozenset[str]:
    """Return the words of a title or description that tell something."""
    return frozenset(office_words(phrase, words)) - DETERMINERS - GLUE


@lru_cache(maxsize=4096)
def affiliation_of(phrase: str, words: Lexicon) -> str | None:
    """Return the first party named in a title or description: by name, adjective or demonym."""
    tokens = WORD.findall(OBJECT.split(phrase, maxsplit=1)[0])
    reports = any(
        words.groups.get(role, frozenset()) & words.groups["journalist"]
        for role in roles_in(phrase, words)
    )
    for start, first in enumerate(tokens):
        if not first[0].isupper():
            continue
        for size in (4, 3, 2, 1):
            piece = " ".join(tokens[start : start + size])
            party = words.people(piece)
            if party is None and not _is_part(tokens, start, start + size, words):
                party = words.party(piece)
            # 'Independent candidate', 'Time managers' are of no outlet.
            common = size == 1 and first.istitle() and tokens[start - 1].casefold() != "the"
            if party and (reports or party.kind != "outlet" or not common):
                return party.speaks_for or party.name
    return None


def _is_part(tokens: list[str], start: int, end: int, words: Lexicon) -> bool:
    """Whether a name is only a part of a longer one ('New Mexico', 'Washington University')."""
    before = tokens[start - 1] if start else ""
    plain = before.rstrip(".").casefold()
    known = plain in words.role_words or plain in words.plain_honorifics or plain in RANKS
    known = known or plain.endswith("-based") or plain in DETERMINERS
    after = tokens[end] if end < len(tokens) else ""
    part = after in ("University", "College", "Institute", "School", "Statistics")
    # 'Gun Owners of America', but not 'Representatives of Russia'.
    named = tokens[max(0, start - 3) : start - 1] if before == "of" else []
    members = bool(named) and all(t.istitle() for t in named) and named[-1].endswith("s")
    office = len(named) == 1 and singular(named[-1].casefold()) in words.role_words | words.bodies
    part = part or (members and not office)
    return part or (before[:1].isupper() and not known)
