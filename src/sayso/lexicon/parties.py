"""What sayso knows beside the text: parties, offices, first names, reporting verbs.

All of it is data (``data/*.toml``), so that a user can read, extend and replace it. A file of the
user's own, in the format of ``data/parties.toml``, is laid over the shipped one.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from sayso.paths import data_path

ARTICLE_WORD = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")


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
    somebody puts out; ``groups`` maps a role to the numbers of the synonym groups it is in,
    ``offices`` a short form to its role ('sen': 'senator'), ``letters`` the letter of a party in
    brackets to the party.
    """

    names: dict[str, Party] = field(default_factory=dict)
    peoples: dict[str, Party] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    voices: frozenset[str] = frozenset()
    unnamed: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    messages: frozenset[str] = frozenset()
    media: frozenset[str] = frozenset()
    groups: dict[str, frozenset[int]] = field(default_factory=dict)
    honorifics: frozenset[str] = frozenset()
    genders: dict[str, str] = field(default_factory=dict)
    offices: dict[str, str] = field(default_factory=dict)
    letters: dict[str, Party] = field(default_factory=dict)

    @cached_property
    def role_words(self) -> frozenset[str]:
        """All words of offices, those of longer names too ('secretary', 'general')."""
        return frozenset(word for role in self.roles for word in role.split())

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
        if mention == mention.casefold():
            return None  # 'congress' may be any
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
        If the file cannot be read as TOML, named with the reason, or an entry lacks its name.
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
        _add_parties(path, names, peoples, letters)
    roles = _load(data_path("roles.toml"))
    first_names = _load(data_path("first_names.toml"))
    groups: dict[str, set[int]] = {}
    for number, words in enumerate(roles["groups"].values()):
        for word in words:
            groups.setdefault(word.casefold(), set()).add(number)
    genders = {name.casefold(): g for g in ("female", "male") for name in first_names[g]}
    sets = ("bodies", "voices", "unnamed", "documents", "messages", "media", "honorifics")
    return Lexicon(
        names=names,
        peoples=peoples,
        roles=frozenset(w.casefold() for w in roles["people"]),
        groups={word: frozenset(numbers) for word, numbers in groups.items()},
        genders=genders,
        offices={short.casefold(): role for short, role in roles["offices"].items()},
        letters=letters,
        **{name: frozenset(w.casefold() for w in roles[name]) for name in sets},
    )


def _add_parties(path: Path, names: dict, peoples: dict, letters: dict) -> None:
    tables = _load(path)
    # Organisations come first: Brussels is the seat of one before it is a capital.
    for table, kind in _KINDS.items():
        for number, entry in enumerate(tables.get(table, []), 1):
            if "name" not in entry:
                raise ValueError(f"{path.name}: [[{table}]] number {number} has no 'name'")
            name = entry["name"]
            belongs = name if table == "country" else entry.get("affiliation")
            own = table in ("territory", "party", "agency")
            party = Party(name, kind, belongs, name if own else belongs)
            for form in (name, *(f for key in _NAME_KEYS for f in entry.get(key, ()))):
                names.setdefault(normal(form), party)
            for form in entry.get("people", ()):
                peoples.setdefault(normal(form), party)
            for letter in entry.get("letters", ()):
                letters.setdefault(letter, party)


_NAME_KEYS = ("aliases", "capitals", "seats")
_KINDS = {
    "person": "person",
    "organisation": "organisation",
    "country": "country",
    "territory": "country",
    "party": "organisation",
    "agency": "outlet",
}


def _load(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name} is not valid TOML: {error}") from error


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
