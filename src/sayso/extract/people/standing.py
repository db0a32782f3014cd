"""Who a person or a body is, as the article tells: a person's gender, and the role of a source.

Read is what stands at a name: the words that lead up to it ('Police Chief'), its apposition, whose
it is ('the Courier's'); for gender also pronouns and the first name. What nothing tells is unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from sayso.extract.document import Document
from sayso.extract.people.cast import Actor
from sayso.extract.people.titles import (
    APPOSITION,
    NO_APPOSITION,
    PREPOSITION,
    office_words,
    split_name,
    told_gender,
)
from sayso.lexicon.parties import Lexicon, normal, singular
from sayso.tables.extracted import Quote
from sayso.text.spans import Span
from sayso.text.words import words_before

PRONOUNS = {"he": "male", "his": "male", "she": "female", "her": "female"}
OPENER = re.compile(r"[“\"]?(He|His|She|Her)\b")
AGE = re.compile(r",\s(?:aged\s|age\s)?\d{1,3}(?=[,;.)\s]|$)")
POSSESSOR = re.compile(r"^.*['’]s?\s+")
NAMED = r"([A-Z][\w&.]*(?:\s[A-Z][\w&.]*){0,3})"
OWNER = re.compile(rf"\b{NAMED}['’]s?\s$")
EMPLOYER = re.compile(rf"\s(?:of|from|at)\s(?:the\s)?{NAMED}|,\s{NAMED}(?=[,\n]|$)")
RULES = re.compile(
    r"(?:['’]s?)?\s(?:re-?election\s|transition\s|presidential\s)?"
    r"(?:campaign|administration|presidency|candidacy|cabinet)\b"
)
# 'Sens. A of Ohio, B (D-Utah) and ' before C.
ITEM = r"[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*)*(?:\sof\s[A-Z]\w+(?:\s[A-Z]\w+)?|\s\([^)]*\))?"
LISTED = re.compile(rf"\b([A-Za-z-]+s)\.?\s(?:{ITEM}(?:,|,?\sand)\s){{1,6}}$")
EXAMPLE = re.compile(r",?\s(?:like|such as|including)\s$")
OBTAINED = re.compile(r"\b\w+(?:ed|en)$")
SIZES = (4, 3, 2, 1)
# So many pronouns that agree say more than a first name.
SURE = 5


def count_pronouns(document: Document, quotes: Iterable[Quote]) -> Counter[tuple[str, str]]:
    """Return how often 'he' and 'she' stand for each name: (name, gender) -> times.

    Counted are pronouns after a name in its sentence, those that speak, and those that open a
    sentence after one in which a single person is named.
    """
    votes = Counter((a.name, hint) for a in document.cast.actors for hint in a.hints)
    for quote in quotes:
        if gender := PRONOUNS.get((quote.speaker_mention or "").casefold()):
            votes[quote.speaker, gender] += 1
    text, last = document.article.text, None
    for sentence in document.sentences:
        opener = OPENER.match(text, *sentence)
        if opener and last and text[sentence[0]] not in '“"':
            votes[last, PRONOUNS[opener.group(1).casefold()]] += 1
        people = {a.name for _, a in document.cast.within(sentence) if a.kind == "person"}
        last = people.pop() if len(people) == 1 else last if opener and not people else None
    return votes


def names_a_group(name: str, words: Lexicon) -> bool:
    """Whether what is taken for a person's name is a body's: 'Senate'."""
    return name.casefold() in words.bodies | words.standing["bodies"].keys()


def read_gender(
    document: Document, actor: Actor, pronouns: Counter[tuple[str, str]]
) -> tuple[str, str | None]:
    """Return a person's gender, and what tells it: title, kinship, pronoun or first name.

    The first of these that tells one settles it; few pronouns say less than a first name.
    ``pronouns`` is of :func:`count_pronouns`.
    """
    words = document.lexicon
    phrases = _phrases(document, actor) if actor.spans else [actor.name]
    heads = (_head(phrase).casefold().replace(",", "") for phrase in phrases)
    nouns = [noun for head in heads for noun in head.split()]
    he, she = (pronouns[actor.name, gender] for gender in ("male", "female"))
    pronoun = None if he == she else "male" if he > she else "female"
    sure = pronoun if abs(he - she) >= SURE else None
    ways = (
        ("title", told_gender(" ".join(n for n in nouns if n not in words.kin), words)),
        ("kinship", next((words.kin[noun] for noun in nouns if noun in words.kin), None)),
        ("pronoun", sure),
        ("first name", _by_name(actor.name, words)),
        ("pronoun", pronoun),
    )
    return next(((gender, how) for how, gender in ways if gender), ("unknown", None))


def _by_name(name: str, words: Lexicon) -> str | None:
    """Return the gender that a first name tells; a name alone may be a last name."""
    first = next((t for t in name.casefold().split()[:-1] if len(t.rstrip(".")) > 1), "")
    return words.genders.get(first)


def read_role(document: Document, name: str, kind: str | None, surface: str = "") -> str | None:
    """Return the role of a source, one of :data:`sayso.lexicon.parties.ROLES`, or None.

    ``surface`` is what an unnamed source is called where it speaks.
    """
    words = document.lexicon
    if kind == "document":
        return None
    if kind in ("outlet", "country"):
        return "media" if kind == "outlet" else "official"
    actor = document.cast.named(name)
    if kind == "person" and actor and not names_a_group(name, words):
        return _person_role(document, actor)
    if kind == "organisation":
        told = _phrases(document, actor) if actor else ()
        roles = (_body_role(words_of, words) for words_of in (name, *told))
        return next((role for role in roles if role), None)
    return _noun_role(surface, words, whole=True) or _noun_role(name, words, whole=True)


def _person_role(document: Document, actor: Actor) -> str | None:
    """Return a person's role by party, description, campaign, employer, or age, in that order."""
    text, words = document.article.text, document.lexicon
    if actor.party:
        return "politician"
    told = (_noun_role(phrase, words) for phrase in _phrases(document, actor))
    if role := next((role for role in told if role), None):
        return role
    if actor.name.split()[-1] in words_before(RULES, text):
        return "politician"
    if any(_employed_by_medium(text, span, words) for span in actor.spans):
        return "media"
    aged = any(AGE.match(text, end) for _, end in actor.spans)
    return "citizen or witness" if aged else None


def _phrases(document: Document, actor: Actor) -> Iterator[str]:
    """Yield what is said of somebody at the mentions: before the name, and after it."""
    text, words = document.article.text, document.lexicon
    for span in actor.spans:
        before, _ = split_name(text[slice(*span)], words) if actor.kind == "person" else ("", "")
        if phrase := f"{_leading(text, span, words)} {before}".strip():
            yield phrase
        aged = AGE.match(text, span[1])
        end = aged.end() if aged else span[1]
        after = APPOSITION.match(text, end)
        if after and not NO_APPOSITION.match(after.group(1)):
            yield after.group(1)


def _leading(text: str, span: Span, words: Lexicon) -> str:
    """Return the words of a title or description that lead up to a name."""
    line = re.split(r"[\n“”\"(;:]", text[max(0, span[0] - 120) : span[0]])[-1]
    listed = LISTED.search(text, max(0, span[0] - 160), span[0])
    if listed and _hits(_words(listed.group(1), words), words.standing["people"]):
        return listed.group(1)
    tokens = EXAMPLE.sub(" ", line).split() if line.endswith(" ") else []
    if tokens and tokens[-1].endswith(","):
        # ', his wife, Ana Voss, ' and not 'according to the Courier, Ana Voss, '.
        tokens[-1] = tokens[-1][:-1]
        if not (tokens[-1].islower() and text[span[1] : span[1] + 1] in (",", ".")):
            return ""
    first = len(tokens)
    while first and not tokens[first - 1].endswith(",") and _describes(tokens[first - 1], words):
        first -= 1
    return _own_title(POSSESSOR.sub("", " ".join(tokens[first:]) + " ").strip(), words)


def _own_title(phrase: str, words: Lexicon) -> str:
    """Return what is left when the name is only in a complement: 'aide to Senator' is 'Senator'."""
    *before, last = re.split(r"\s(?:of|for|to|and|with|by|from|at|in|on)\s", f" {phrase} ")
    if not last.strip():
        return ""
    offices = _hits(_words(last, words), words.standing["people"])
    return last.strip() if not before or offices else phrase


def _describes(token: str, words: Lexicon) -> bool:
    plain = token.casefold().rstrip(".")
    parts = {singular(part) for part in (plain, *plain.split("-"))}
    return token[0].isupper() or bool(parts & words.standing_words)


def _head(phrase: str) -> str:
    """Return a description without its complement and its possessor: 'aide', 'the mayor’s wife'."""
    return POSSESSOR.sub("", PREPOSITION.split(f" {phrase} ", maxsplit=1)[0]).strip()


def _noun_role(phrase: str, words: Lexicon, *, whole: bool = False) -> str | None:
    """Return the role that a description of people tells: by its noun, else by the body in it.

    In a ``whole`` source without a name the noun may come late: 'a group of protesters'.
    """
    head = re.split(r"\band\b|,", _head(phrase))[0].strip()
    nouns, people = _words(head, words), words.standing["people"]
    every = _hits(_words(POSSESSOR.sub("", phrase), words), people)
    # 'chief of staff' begins in the head.
    hits = [hit for hit in every if hit[0] < len(nouns)]
    if not hits and OBTAINED.search(head):
        return None
    hits = hits or (every if whole else [])
    strong = [role for _, noun, role in hits if noun not in words.weak_roles]
    if strong:
        return strong[-1]
    return _body_role(phrase, words) or (hits[-1][2] if hits else None)


def _partisan(phrase: str, words: Lexicon) -> str | None:
    """Return 'politician' where the members of a political party are named ('Republicans')."""
    found = (words.people(token) or words.party(token) for token in phrase.split())
    bodies = (party for party in found if party and party.kind == "organisation")
    return next(("politician" for party in bodies if party.speaks_for == party.name), None)


def _body_role(phrase: str, words: Lexicon) -> str | None:
    """Return the role of an organisation: by its name, else by the longest of its words."""
    if role := words.standing["names"].get(normal(phrase)):
        return role
    hits = _hits(_words(phrase, words), words.standing["bodies"])
    best = max(hits, key=lambda hit: hit[1].count(" "), default=(0, None, None))
    return best[2] or _partisan(phrase, words)


def _words(phrase: str, words: Lexicon) -> list[str]:
    return [part for word in office_words(phrase, words) for part in word.replace("-", " ").split()]


def _hits(tokens: list[str], table: dict[str, str]) -> list[tuple[int, str, str]]:
    """Return the entries of a table among some words: where, which (the longest), its role."""
    found, at = [], 0
    while at < len(tokens):
        pieces = (tokens[at : at + size] for size in SIZES)
        forms = (
            (form, len(piece))
            for piece in pieces
            for form in (" ".join(piece), " ".join([*piece[:-1], singular(piece[-1])]))
        )
        form, size = next(((f, n) for f, n in forms if f in table), (None, 1))
        found += [(at, form, table[form])] if form else []
        at += size
    return found


def _employed_by_medium(text: str, span: Span, words: Lexicon) -> bool:
    """Whether a name stands with an outlet: 'the Courier’s Ana Voss', 'Ana Voss of the Courier'."""
    owner = OWNER.search(text[max(0, span[0] - 60) : span[0]])
    after = EMPLOYER.match(text, span[1], span[1] + 60)
    named = (match.group(match.lastindex).strip() for match in (owner, after) if match)
    parties = (words.party(name) for name in named)
    return any(party and party.kind == "outlet" for party in parties)
