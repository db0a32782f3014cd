"""Authors as pages, feeds and mails name them: names alone, without jobs, days and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sayso.lexicon.files import load_toml
from sayso.reading.page.byline import read_byline

ADDRESS = re.compile(r"\S*@\S*|https?://\S+|www\.\S+|\([^()]*\)|\[[^\[\]]*\]")
AND = re.compile(r"\s+(?:und|et|y)\s+")
# 'Political editor Lena Moor'.
JOB = re.compile(r"^.*\b(?:editor|reporter|correspondent|writer)\s+(?=[A-Z]\S* [A-Z])", re.I)
DIGIT = re.compile(r"\d")
MOST_WORDS = 6


def names_of(given: Iterable[str], sites: Iterable[str] = ()) -> str | None:
    """Return authors' names joined by ', ', in order and each once, or None where there are none.

    ``sites`` are names of the site, which is not its own author. Where no person is named, it is
    the agency or the account that stands in a person's place.
    """
    words = load_toml("pages.toml")["author"]
    nobody = {site.casefold() for site in sites} | set(words["nobody"])
    persons: dict[str, str] = {}
    others: dict[str, str] = {}
    for one in given:
        line = JOB.sub("", AND.sub(" and ", " ".join(ADDRESS.sub(" ", one).split())))
        found = read_byline(line).persons or read_byline(f"By {line}").persons
        # A person's name has two words or more; a single word is an account or an agency.
        found = [name for name in found if " " in name and not is_outlet(name)]
        persons |= {name.casefold(): name for name in found}
        parts = set(re.findall(r"\w+", line.casefold()))
        is_name = 0 < len(parts) <= MOST_WORDS and line[0].isupper() and not DIGIT.search(line)
        if is_name and not parts & set(words["not_names"]):
            others.setdefault(line.casefold(), line)
    for names in (persons, others):
        if named := [name for folded, name in names.items() if folded not in nobody]:
            return ", ".join(named)
    return None


def is_outlet(name: str) -> bool:
    """Whether a name is an outlet's ('The Post', 'Harbour Gazette')."""
    words = name.casefold().split()
    return words[0] == "the" or words[-1] in load_toml("page.toml")["words"]["outlet"]
