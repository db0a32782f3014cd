"""The words that databases put around an article, in the languages of their pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sayso.lexicon.files import load_toml

FILE = "downloads.toml"
LONGEST_LABEL = 40
LONGEST_RIGHTS = 200
# A number may be grouped, and no year stands before it: 'mardi 14 mars 2006 1 650 mots'.
NUMBER = r"(?<!\d)(?:\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3}){1,2}|\d{1,7})"


@cache
def words(*path: str) -> frozenset[str]:
    """Return a list of ``data/downloads.toml`` in small letters."""
    return frozenset(word.casefold() for word in _at(path))


def says(text: str, found: Iterable[str]) -> bool:
    """Whether a text has one of some words in small letters anywhere: a quick first look."""
    small = text.casefold()
    return any(word in small for word in found)


@cache
def fields(*path: str) -> dict[str, str]:
    """Return the labels of a table in small letters, each with the part that it stands before."""
    return {label.casefold(): part for part, labels in _at(path).items() for label in labels}


def codes() -> tuple[str, ...]:
    """Return Factiva's codes in their order."""
    return tuple(_at(("factiva", "codes")))


def split_label(line: str, *, raised: bool = False) -> tuple[str, str] | None:
    """Return what stands before and after the first colon of a line, or None where it is no label.

    ``raised``: labels are written in capitals.
    """
    label, colon, value = line[: LONGEST_LABEL + 2].partition(":")
    label = label.strip()
    if not colon or not label or (raised and label != label.upper()):
        return None
    value = line[line.index(":") + 1 :]
    if value and not value[0].isspace():
        return None
    return label.casefold(), value.strip()


def is_rights(text: str) -> bool:
    """Whether a paragraph says whose the rights are: 'Copyright 2010 Example Ltd'."""
    return _rights().match(text[:LONGEST_RIGHTS]) is not None


@cache
def _rights() -> re.Pattern[str]:
    year = r"(?:copyright|©|\(c\))(?:\s|©|\(c\))*[^.!?]{0,60}?\b(?:19|20)\d\d\b"
    reserved = rf"(?:{alternatives('nexis', 'rights')})\W*$"
    return re.compile(rf"\s*(?:{year}|{reserved})", re.I)


@cache
def length_pattern() -> re.Pattern[str]:
    """Return the pattern of a stated length: '1,238 words'."""
    return re.compile(rf"(?P<number>{NUMBER})\s?(?:{alternatives('length', 'units')})\b", re.I)


def stated_length(text: str | None) -> int | None:
    """Return the number of words that a text such as '355 words' states."""
    match = length_pattern().match((text or "").strip())
    return int("".join(filter(str.isdigit, match["number"]))) if match else None


def alternatives(*path: str) -> str:
    """Return a list as alternatives of a pattern, longest first."""
    return _alternatives(words(*path))


def _alternatives(found: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(found, key=lambda one: (-len(one), one)))


def _at(path: tuple[str, ...]):
    found = load_toml(FILE)
    for name in path:
        found = found[name]
    return found
