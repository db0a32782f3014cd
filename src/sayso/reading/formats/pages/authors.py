"""Authors as pages name them: names alone, without jobs, days, outlets and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sayso.lexicon.files import load_toml

ADDRESS = re.compile(r"\S+@\S+\.\S+|https?://\S+|www\.\S+")
HANDLE = re.compile(r"\(?@\w+\)?")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
BETWEEN = re.compile(r"\s*[,;|/•·]\s*|\s+[–—-]+\s+|\s+(?:and|und|et|y|&|with)\s+", re.IGNORECASE)
# 'Lena Moor for The Post', 'Lena Moor in Brussels', 'Lena Moor on March 12'.
BEHIND = re.compile(r"\s+(?:for|in|at|on|of|is|from)\s.*", re.IGNORECASE)
MOST_WORDS = 6


def names_of(given: Iterable[str], sites: Iterable[str] = ()) -> str | None:
    """Return authors' names joined by ', ', in order and each once, or None where there are none.

    ``sites`` are names of the site, which is not its own author.
    """
    names: dict[str, str] = {}
    not_names = {site.casefold() for site in sites} | set(
        load_toml("pages.toml")["author"]["nobody"]
    )
    for one in given:
        for name in _names(one):
            if name.casefold() not in not_names:
                names.setdefault(name.casefold(), name)
    # A person's name has two words or more; a single word is an account or an agency.
    persons = [name for name in names.values() if " " in name and not is_outlet(name)]
    return ", ".join(persons or names.values()) or None


def _names(given: str) -> Iterable[str]:
    text = BRACKETS.sub(" ", HANDLE.sub(" ", ADDRESS.sub(" ", given)))
    for part in BETWEEN.split(" ".join(text.split())):
        part = BEHIND.sub("", _leads().sub("", part).strip())
        name = _without_job(part).strip(" .:,-–—")
        words = name.split()
        if 0 < len(words) <= MOST_WORDS and words[-1][0].isupper() and not re.search(r"\d", name):
            yield name


def is_outlet(name: str) -> bool:
    """Whether a name is an outlet's ('The Post', 'Harbour Gazette')."""
    words = name.casefold().split()
    return words[0] == "the" or words[-1] in load_toml("boilerplate.toml")["outlet"]["words"]


def _without_job(part: str) -> str:
    """Return what stands behind the job in 'Political editor Lena Moor'; '' if it is all job."""
    words = part.split()
    jobs = [i for i, word in enumerate(words) if word.casefold().strip(".,") in _not_names()]
    if not jobs:
        return part
    rest = words[jobs[-1] + 1 :]
    return " ".join(rest) if len(rest) >= 2 and all(word[0].isupper() for word in rest) else ""


@cache
def _leads() -> re.Pattern:
    leads = sorted(load_toml("pages.toml")["author"]["leads"], key=len, reverse=True)
    return re.compile(rf"^(?:(?:{'|'.join(leads)})\b:?\s+)+", re.IGNORECASE)


@cache
def _not_names() -> frozenset[str]:
    return frozenset(load_toml("pages.toml")["author"]["not_names"])
