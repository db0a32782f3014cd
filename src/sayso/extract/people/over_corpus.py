"""Names over a corpus: one canonical name for a person whom different articles name differently.

Within an article a name is as full as the article gives it. Over the corpus, a bare last name and a
spelling variant go to the fullest name that can only be meant; where two persons can, nothing is
changed.
"""

from __future__ import annotations

import pandas as pd
from rapidfuzz import fuzz

from sayso.extract.people.joint import joined

ALIKE = 80
"""Least similarity (Indel ratio, 0 to 100) of two spellings of one first name."""


def unify(quotes: pd.DataFrame, sources: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return quotes and sources with persons named alike over the corpus, row by row.

    ``speaker`` and ``source`` are changed where a fuller name is meant, and a missing
    ``affiliation`` is filled where all other articles agree on one.
    """
    alone = quotes.speakers.map(len) == 1
    people = quotes.loc[(quotes.speaker_kind == "person") & alone, ["speaker", "affiliation"]]
    mapping = canonical_names(people)
    belongs = _affiliations(people.assign(speaker=people.speaker.map(mapping)))
    named = _renamed(quotes, "speaker", "speaker_kind", mapping, belongs)
    speakers = quotes.speakers.map(lambda names: tuple(mapping.get(n, n) for n in names))
    together = speakers.map(joined).where(~alone & named.speaker.notna(), named.speaker)
    return (
        named.assign(speaker=together.astype("str"), speakers=speakers),
        _renamed(sources, "source", "kind", mapping, belongs),
    )


def rename_blames(blames: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return blame ties with persons named as :func:`unify` named them in the quotes.

    ``before`` and ``after`` are the quotes without and with its names, row by row.
    """
    mapping = dict(zip(before["speaker"].dropna(), after["speaker"].dropna(), strict=True))
    renamed = {
        name: blames[name].map(lambda n: mapping.get(n, n)).astype("str")
        for name in ("blamer", "target")
    }
    return blames.assign(**renamed)


def canonical_names(people: pd.DataFrame) -> dict[str, str]:
    """Return the canonical name of each person's name (columns speaker, affiliation)."""
    counts = people.speaker.value_counts()
    parties = people.groupby("speaker").affiliation.agg(lambda a: set(a.dropna())).to_dict()
    by_last: dict[str, list[str]] = {}
    for name in counts.index:
        by_last.setdefault(name.split()[-1].casefold(), []).append(name)
    mapping: dict[str, str] = {}
    for names in by_last.values():
        # The most frequent of the longest names comes first; others join it if they can be it.
        ranked = sorted(names, key=lambda n: (len(n.split()) == 1, -counts[n], n))
        heads: list[str] = []
        for name in ranked:
            fitting = [h for h in heads if _same_person(name, h, parties)]
            mapping[name] = fitting[0] if len(fitting) == 1 else name
            if mapping[name] == name:
                heads.append(name)
    return mapping


def _same_person(name: str, other: str, parties: dict[str, set[str]]) -> bool:
    ours, theirs = parties.get(name, set()), parties.get(other, set())
    if ours and theirs and not ours & theirs:
        return False
    first, second = name.split(), other.split()
    if len(first) == 1 or len(second) == 1:
        return True
    return fuzz.ratio(" ".join(first[:-1]), " ".join(second[:-1])) >= ALIKE


def _affiliations(people: pd.DataFrame) -> dict[str, str]:
    """Return the affiliation of each person on whom all rows that have one agree."""
    known = people.dropna().groupby("speaker").affiliation.agg(["nunique", "first"])
    return known.loc[known["nunique"] == 1, "first"].to_dict()


def _renamed(table, name: str, kind: str, mapping: dict, belongs: dict) -> pd.DataFrame:
    people = table[kind] == "person"
    names = table[name].where(~people, table[name].map(lambda n: mapping.get(n, n)))
    filled = table.affiliation.fillna(names.where(people).map(belongs).astype("str"))
    return table.assign(**{name: names.astype("str"), "affiliation": filled.astype("str")})
