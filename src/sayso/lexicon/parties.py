"""Parties and roles: who can speak in the news, by what names, and in what office.

Parties stand in ``data/parties.toml``, roles, bodies and honorifics in ``data/roles.toml``, first
names in ``data/first_names.toml``. A file of the user's own, in the format of ``parties.toml``, is
laid over the shipped one; it may hold ``[roles]``, too. :func:`normal` and :func:`singular` give
the forms that are looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from sayso.lexicon.files import entry_line, load_toml, read_toml
from sayso.paths import data_path

ARTICLE_WORD = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")

# The tables of a file of parties and what they hold. Organisations come first: Brussels is the
# seat of one before it is a capital.
KINDS = {
    "person": "person",
    "organisation": "organisation",
    "country": "country",
    "territory": "country",
    "party": "organisation",
    "agency": "outlet",
}
NAME_KEYS = ("aliases", "capitals", "seats")
LIST_KEYS = (*NAME_KEYS, "people", "letters")
TEXT_KEYS = ("name", "affiliation", "kind")
# Who a source can be: the tables ``[roles]`` of ``data/roles.toml``, and the lists in them.
ROLES = (
    "spokesperson", "police and justice", "politician", "media", "business", "worker",
    "civil society", "expert", "official", "citizen or witness", "celebrity", "other",
)  # fmt: skip
ROLE_KEYS = ("people", "bodies", "names")
# The lists of ``data/roles.toml`` that are looked up as they stand.
ROLE_LISTS = (
    "bodies", "stand_ins", "voices", "unnamed", "documents", "messages", "carriers", "media",
    "honorifics", "post_nominals", "weak_roles",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """Someone known by name: canonical name, kind of speaker, whom they belong to.

    ``speaks_for`` is whom the people of it speak for: a minister of a country for the country, a
    member of a political party for the party.
    """

    name: str
    kind: str
    affiliation: str | None
    speaks_for: str | None = None


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Lookups over the data files.

    ``names`` and ``peoples`` map a normalised form to its party; peoples are adjectives and
    demonyms ('Russian', 'Russians'). ``roles`` are nouns of offices, ``bodies`` of organisations,
    ``voices`` nouns that stand for a party ('the Russian side'), ``messages`` documents that
    somebody puts out, ``carriers`` what else words are carried by ('speech'), ``platforms`` where
    people post; ``groups`` maps a role to the numbers of the synonym groups it is in,
    ``persons`` what a person may be called to the gender that it tells, ``offices`` a short form
    to its role ('sen': 'senator'), ``letters`` the letter of a party in brackets to the party.
    ``standing`` maps nouns of people, words of bodies and names of bodies (its three keys) to who
    they are (``ROLES``); ``weak_roles`` are nouns that yield to a body; ``kin`` maps a word of
    kinship to the gender of whom it names.
    """

    names: dict[str, Party]
    peoples: dict[str, Party]
    roles: frozenset[str]
    bodies: frozenset[str]
    stand_ins: frozenset[str]
    voices: frozenset[str]
    unnamed: frozenset[str]
    documents: frozenset[str]
    messages: frozenset[str]
    carriers: frozenset[str]
    platforms: frozenset[str]
    media: frozenset[str]
    groups: dict[str, frozenset[int]]
    honorifics: frozenset[str]
    post_nominals: frozenset[str]
    genders: dict[str, str]
    persons: dict[str, str]
    offices: dict[str, str]
    letters: dict[str, Party]
    standing: dict[str, dict[str, str]]
    weak_roles: frozenset[str]
    kin: dict[str, str]

    @cached_property
    def role_words(self) -> frozenset[str]:
        """All words of offices, those of longer names too ('secretary', 'general')."""
        return frozenset(word for role in self.roles for word in role.split())

    @cached_property
    def standing_words(self) -> frozenset[str]:
        """All words that tell who people and bodies are, and those of offices and kin."""
        phrases = [*self.standing["people"], *self.standing["bodies"], *self.kin]
        return self.role_words | {word for phrase in phrases for word in phrase.split()}

    @cached_property
    def plain_honorifics(self) -> frozenset[str]:
        """The honorifics without their full stops."""
        return frozenset(h.rstrip(".") for h in self.honorifics)

    @cached_property
    def spokespeople(self) -> frozenset[str]:
        """The offices of those who speak for somebody else."""
        own = self.groups.get("spokesman", frozenset())
        return frozenset(role for role, numbers in self.groups.items() if own & numbers)

    @cached_property
    def outlets(self) -> re.Pattern[str]:
        """A pattern that finds the names of news agencies and outlets."""
        names = {
            f"(?i:{re.escape(form)})" if len(form) > 3 else re.escape(form)
            for form, party in self.names.items()
            if party.kind == "outlet"
        }
        found = "|".join(sorted(names, key=lambda n: (-len(n), n)))
        # Short names keep their case, as in lookups: 'AP' is an agency, 'ap' is nothing.
        return re.compile(rf"\b(?:{found})\b" if found else r"(?!)")

    def party(self, mention: str) -> Party | None:
        """Return the party of that name ('the U.S.', 'Moscow’s'), or None."""
        plain = ARTICLE_WORD.sub("", mention)
        if plain == plain.casefold():
            return None  # 'congress' and 'The left' may be any
        return self.names.get(normal(mention))

    def people(self, word: str) -> Party | None:
        """Return the party of an adjective or demonym, or None."""
        if word == word.casefold():
            return None  # 'polish' may be a verb
        return self.peoples.get(normal(word))


@lru_cache(maxsize=1 << 14)
def normal(mention: str) -> str:
    """Return a name in the form that lookups use: no article, no possessive, single blanks.

    Case counts only for short names ('us' is a pronoun, 'US' a country).
    """
    name = POSSESSIVE.sub("", ARTICLE_WORD.sub("", " ".join(mention.split())).strip(" ,.;:"))
    name = name.replace(".", "") if re.fullmatch(r"(?:\w\.?)+", name) else name
    return name if len(name) <= 3 else name.casefold()


def lexicon(own: Path | None = None) -> Lexicon:
    """Return the shipped lexicon, with a user's file of parties laid over it.

    Raises
    ------
    ValueError
        If the file is not TOML or not of this form; the file and where it can be told the line.
    """
    # The shipped lexicon is read once; a user's file may have changed since it was read last.
    return _read(own) if own else _shipped()


@lru_cache(maxsize=1)
def _shipped() -> Lexicon:
    return _read(None)


def _read(own: Path | None) -> Lexicon:
    names: dict[str, Party] = {}
    peoples: dict[str, Party] = {}
    letters: dict[str, Party] = {}
    for path in [*([own] if own else []), data_path("parties.toml")]:
        # What came first stays: a user's file wins over the shipped one.
        for party, entry in _parties(path):
            forms = [party.name, *(f for key in NAME_KEYS for f in entry.get(key, ()))]
            for form in forms:
                names.setdefault(normal(form), party)
            for form in entry.get("people", ()):
                peoples.setdefault(normal(form), party)
            for letter in entry.get("letters", ()):
                letters.setdefault(letter, party)
    roles, first_names = load_toml("roles.toml"), load_toml("first_names.toml")
    groups: dict[str, set[int]] = {}
    for number, words in enumerate(roles["groups"].values()):
        for word in words:
            groups.setdefault(word.casefold(), set()).add(number)
    return Lexicon(
        names=names,
        peoples=peoples,
        roles=frozenset(w.casefold() for w in roles["people"]),
        groups={word: frozenset(numbers) for word, numbers in groups.items()},
        genders={n.casefold(): g for g in ("female", "male") for n in first_names[g]},
        persons={noun: gender for gender, nouns in roles["persons"].items() for noun in nouns},
        offices={short.casefold(): role for short, role in roles["offices"].items()},
        kin={noun: gender for gender, nouns in roles["kin"].items() for noun in nouns},
        letters=letters,
        standing=_standing([own, data_path("roles.toml")] if own else [data_path("roles.toml")]),
        platforms=frozenset(roles["platforms"]),
        **{name: frozenset(w.casefold() for w in roles[name]) for name in ROLE_LISTS},
    )


def _standing(paths: list[Path]) -> dict[str, dict[str, str]]:
    """Return who the words of files' ``[roles]`` stand for; those of the first file go first."""
    found: dict[str, dict[str, str]] = {key: {} for key in ROLE_KEYS}
    for path in paths:
        for role, key, word in _role_words(path, read_toml(path).get("roles", {})):
            form = normal(word) if key == "names" else word.casefold().replace("-", " ")
            found[key].setdefault(form, role)
    return found


def _role_words(path: Path, roles: Any) -> Iterator[tuple[str, str, str]]:
    """Yield role, list and word of a file's ``[roles]``; ValueError tells what is wrong in it."""
    tables = roles if isinstance(roles, dict) else {"": roles}
    for role, lists in tables.items():
        if role not in ROLES:
            raise ValueError(f"{path.name}: [roles] has no '{role}'; it has: {', '.join(ROLES)}")
        for key, words in lists.items() if isinstance(lists, dict) else [("", lists)]:
            listed = isinstance(words, list) and all(isinstance(word, str) for word in words)
            if key not in ROLE_KEYS or not listed:
                may = ", ".join(ROLE_KEYS)
                raise ValueError(f"{path.name}: [roles.'{role}'] has lists of texts: {may}")
            yield from ((role, key, word) for word in words)


def _parties(path: Path) -> Iterator[tuple[Party, dict[str, Any]]]:
    """Yield the parties of a file, each with its entry; ValueError names the line of a bad one."""
    tables = read_toml(path)
    if unknown := sorted(tables.keys() - KINDS.keys() - {"roles"}):
        may = ", ".join(f"[[{table}]]" for table in KINDS)
        raise ValueError(f"{path.name}: '{unknown[0]}' is no table of it; there may be {may}")
    for table, kind in KINDS.items():
        entries = tables.get(table, [])
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
            if fault := _fault(entry):
                line = entry_line(path, table, number)
                raise ValueError(f"{path.name}, line {line}: [[{table}]] {fault}")
            name = entry["name"]
            belongs = name if table == "country" else entry.get("affiliation")
            own = table in ("territory", "party", "agency")
            yield Party(name, kind, belongs, name if own else belongs), entry


def _fault(entry: Any) -> str:
    """Return what is wrong with an entry, '' if nothing is."""
    if not isinstance(entry, dict) or not _is_name(entry.get("name")):
        return "has no 'name'"
    for key, value in entry.items():
        if key in LIST_KEYS and not (isinstance(value, list) and all(map(_is_name, value))):
            return f"has '{key}' that is not a list of texts with something in them"
        if key in TEXT_KEYS and not _is_name(value):
            return f"has '{key}' that is not a text"
        if key not in (*LIST_KEYS, *TEXT_KEYS):
            return f"has '{key}'; it may have {', '.join((*TEXT_KEYS[:2], *LIST_KEYS))}"
    return ""


def _is_name(value: Any) -> bool:
    """Whether a value is a text from which something is left to be looked up."""
    return isinstance(value, str) and bool(normal(value))


@lru_cache(maxsize=1 << 12)
def singular(word: str) -> str:
    """Return an English noun's singular, well enough for offices and bodies."""
    if word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:ss|x|ch|sh)es$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) else word
