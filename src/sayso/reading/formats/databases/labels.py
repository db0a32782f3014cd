"""The words that databases put around an article, in the languages of their pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from sayso.lexicon.files import load_toml
from sayso.reading.stated import Stated, find_stated

LONGEST_LABEL = 40
LONGEST_LINE = 120
LONGEST_RIGHTS = 200
# 'January 11, 2010 Monday, Late Edition - Final; Correction Appended', and no more.
MOST_AFTER = 9
YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)")
MONTH = re.compile(r"\d{4}-")
# A number may be grouped, and no year stands before it: 'mardi 14 mars 2006 1 650 mots'.
NUMBER = r"(?<!\d)(?:\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3}){1,2}|\d{1,7})"


@cache
def words(*path: str) -> frozenset[str]:
    """Return a list of ``data/downloads.toml`` in small letters."""
    return frozenset(word.casefold() for word in _at(path))


@cache
def parts(*path: str) -> dict[str, str]:
    """Return the labels of a table in small letters, each with the part that it stands before."""
    return {label.casefold(): part for part, labels in _at(path).items() for label in labels}


def _at(path: tuple[str, ...]) -> Any:
    found = load_toml("downloads.toml")
    for name in path:
        found = found[name]
    return found


def either(words: Iterable[str]) -> str:
    """Return some words as alternatives of a pattern, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def split_label(line: str, *, raised: bool = False) -> tuple[str, str] | None:
    """Return what stands before and after the first colon of a line, or None where it is no label.

    ``raised``: labels are written in capitals.
    """
    label, colon, _ = line[: LONGEST_LABEL + 2].partition(":")
    value = line[len(label) + 1 :]
    label = label.strip()
    if not colon or not label or (raised and label != label.upper()):
        return None
    return None if value and not value[0].isspace() else (label.casefold(), value.strip())


@lru_cache(maxsize=1000)
def first_date(text: str) -> Stated | None:
    """Return the first day or month, of a year that is told, in the beginning of a text."""
    text = " ".join(text[: 2 * LONGEST_LINE].split())[:LONGEST_LINE]
    if not YEAR.search(text):
        return None
    return next((one for one in find_stated(text) if MONTH.match(one.value)), None)


def is_date_line(text: str) -> bool:
    """Whether a line is a date, with the weekday, the edition or the time of day at most."""
    text = text.strip()
    date = first_date(text) if len(text) <= LONGEST_LINE and text[:1].isalnum() else None
    if date is None or date.start:
        return False
    return len(" ".join(text.split())[date.end :].split()) <= MOST_AFTER


def is_rights(text: str) -> bool:
    """Whether a paragraph says whose the rights are: 'Copyright 2010 Example Ltd'."""
    return RIGHTS.match(text[:LONGEST_RIGHTS]) is not None


_YEAR = r"(?:copyright|©|\(c\))(?:\s|©|\(c\))*[^.!?]{0,60}?\b(?:19|20)\d\d\b"
RIGHTS = re.compile(rf"\s*(?:{_YEAR}|(?:{either(words('nexis', 'rights'))})\W*$)", re.I)
LENGTH = re.compile(rf"(?P<number>{NUMBER})\s?(?:{either(words('length', 'units'))})\b", re.I)
"""A stated length: '1,238 words'."""


def stated_length(text: str | None) -> int | None:
    """Return the number of words that a text such as '355 words' states."""
    match = LENGTH.match((text or "").strip())
    return int("".join(filter(str.isdigit, match["number"]))) if match else None
