"""Names over a corpus: one spelling for a person whom different articles spell differently.

A name is never fuller than its article tells it: of a last name alone nothing is made but a note
of whom the corpus knows by it. Who wants them counted as one person lists that person in a file of
parties. Affiliations stay in the articles that tell them.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

import pandas as pd
from rapidfuzz import fuzz, process

from sayso.extract.people.joint import joined
from sayso.lexicon.parties import lexicon
from sayso.tables.columns import frame
from sayso.tables.extracted import Note
from sayso.text.names import LIKE, middle_apart, misspelled, same_letters, taken_apart

LONE = {False: "short name", True: "ambiguous name"}
"""Kinds of the notes on a last name that one person of the corpus bears, or several."""
MOST_NAMED = 5
# Where tables name people; each column may be read alone.
NAMED = {
    "quotes": ("speaker", "speakers"),
    "sources": ("source",),
    "mentions": ("person",),
    "blames": ("blamer", "target"),
}
# What :meth:`People.add` needs of quotes and sources.
OF_QUOTES = ("article_id", "speaker", "speakers", "speaker_kind", "affiliation")
OF_SOURCES = ("article_id", "source", "kind")


@dataclass(slots=True)
class People:
    """The persons whom a corpus quotes, as each article names them; it grows with their number.

    ``counts``: quotes by name; ``articles``: the numbers of the articles with such a quote;
    ``belongs``: affiliations; ``cited``: articles with such a source; ``together``: joint speakers.
    """

    n_articles: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    articles: dict[str, array] = field(default_factory=lambda: defaultdict(lambda: array("L")))
    belongs: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    cited: Counter[str] = field(default_factory=Counter)
    together: set[tuple[str, ...]] = field(default_factory=set)

    def add(self, quotes: pd.DataFrame, sources: pd.DataFrame) -> None:
        """Add quotes and sources, all of an article at a time, as they were extracted."""
        alone = quotes["speakers"].map(len) == 1
        self.together |= {tuple(names) for names in quotes["speakers"][~alone]}
        own = quotes[alone & (quotes["speaker_kind"] == "person")]
        numbers, ids = pd.factorize(own["article_id"])
        self.counts.update(own["speaker"])
        rows = pd.DataFrame({"name": own["speaker"], "number": numbers, "of": own["affiliation"]})
        for name, number in rows[["name", "number"]].drop_duplicates().itertuples(index=False):
            self.articles[name].append(self.n_articles + number)
        for name, of in rows[["name", "of"]].dropna().drop_duplicates().itertuples(index=False):
            self.belongs[name].add(of)
        self.n_articles += len(ids)
        cited = sources.loc[sources["kind"] == "person", ["article_id", "source"]]
        self.cited.update(cited.drop_duplicates()["source"])

    def spellings(self) -> dict[str, str]:
        """Return the one spelling of each name that has another one, and of joint speakers'.

        Of the spellings of one person it is the shortest that tells first and last name, then the
        most frequent. A name joins one whom nothing tells apart: an article that names both, other
        first or middle names, other affiliations.
        """
        spelled = {}
        for names in self._grouped().values():
            best = min(names, key=lambda n: (len(n.split()), -self.counts[n], n))
            spelled |= {name: best for name in names if name != best}
        for names in self.together:
            if not spelled.keys().isdisjoint(names):
                spelled[joined(names)] = joined([spelled.get(name, name) for name in names])
        return dict(sorted(spelled.items()))

    def _grouped(self) -> dict[str, list[str]]:
        """Return the names of each person, by the first of them."""
        articles, groups = dict(self.articles), {}
        belongs = {name: set(self.belongs.get(name, ())) for name in self.counts}
        full = [name for name in self.counts if not taken_apart(name).lone]
        # What they share -> their last names -> heads.
        heads: dict[Hashable, dict[str, list[str]]] = defaultdict(dict)
        # The longest first: who is George W. and who George H. W. is seen before George comes.
        for name in sorted(full, key=lambda n: (-len(n.split()), n)):
            keys = _keys(name, belongs[name])
            near = sorted({head for key in keys for head in _near(name, heads.get(key, {}))})
            fitting = [
                head
                for head in near
                if _alike(name, head, belongs) and set(articles[name]).isdisjoint(articles[head])
            ]
            if len(fitting) == 1:
                (head,) = fitting
                keys = _keys(head, belongs[name] - belongs[head])
                articles[head] = articles[head] + articles[name]
                belongs[head] |= belongs[name]
            else:
                head = name
            groups.setdefault(head, []).append(name)
            for key in keys:
                heads[key].setdefault(taken_apart(head).last, []).append(head)
        return groups

    def notes(self, spelled: Mapping[str, str]) -> Iterator[Note]:
        """Return a note for each last name alone that full names of the corpus share.

        Its kind is 'short name' where one person bears it, else 'ambiguous name'.
        """
        people: Counter[str] = Counter()
        for name, number in self.cited.items():
            people[spelled.get(name, name)] += number
        lone = sorted(name for name in people if taken_apart(name).lone)
        by_word: dict[str, list[str]] = {}
        for name in sorted(people.keys() - set(lone), key=lambda n: (-people[n], n)):
            parts = taken_apart(name)
            for word in sorted({parts.first, parts.last}):
                by_word.setdefault(word, []).append(name)
        for name in lone:
            if names := by_word.get(taken_apart(name).last):
                yield _note(name, people[name], names)


def spell(table: str, data: pd.DataFrame, spelled: Mapping[str, str]) -> pd.DataFrame:
    """Return a table, or some of its columns, with persons spelled as they are over the corpus."""
    changed = {}
    for name in (one for one in NAMED.get(table, ()) if one in data and spelled):
        column = data[name]
        if name == "speakers":
            changed[name] = column.map(lambda names: [spelled.get(one, one) for one in names])
        elif own := {one: spelled[one] for one in column.unique() if one in spelled}:
            others = column.isin(own.keys())
            changed[name] = column.mask(others, column[others].map(own))
    return data.assign(**changed)


def unify(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables of a corpus with persons spelled alike, and notes on last names alone."""
    if "quotes" not in tables:
        return tables
    people = People()
    people.add(tables["quotes"], tables["sources"])
    spelled = people.spellings()
    same = {name: spell(name, data, spelled) for name, data in tables.items()}
    return same | {"notes": with_name_notes(tables["notes"], people.notes(spelled))}


def with_name_notes(notes: pd.DataFrame, told: Iterator[Note]) -> pd.DataFrame:
    """Return the notes with those on last names alone."""
    new = frame(Note, told)
    return pd.concat([notes, new], ignore_index=True) if len(new) else notes


def _note(name: str, n_articles: int, candidates: list[str]) -> Note:
    shown = " or ".join(candidates[:MOST_NAMED])
    more = len(candidates) - MOST_NAMED
    shown += f" (or {more:,} more)" if more > 0 else ""
    message = (
        f"'{name}' speaks in {n_articles:,} article(s) that tell no first name, may be {shown}, "
        "and stays as it is written; to count it as one of them, name that person in a file of "
        f'parties of your own (three lines: [[person]], name = "{candidates[0]}", '
        f'aliases = ["{name}"])'
    )
    return Note(None, None, "note", LONE[len(candidates) > 1], message)


def _keys(name: str, belongs: set[str]) -> set[Hashable]:
    """Return what two names share that can be one person's, given the affiliations of one."""
    parts = taken_apart(name)
    return {parts.last, ("", "".join(parts.words)), *((parts.words[:-1], of) for of in belongs)}


def _near(name: str, heads: dict[str, list[str]]) -> list[str]:
    """Return those of many names whose last names may be a spelling of a name's."""
    if len(heads) < 9:
        return list(chain.from_iterable(heads.values()))
    last = taken_apart(name).last
    found = process.extract(last, [*heads], scorer=fuzz.ratio, score_cutoff=LIKE, limit=None)
    return [head for one, *_ in found for head in heads[one]]


def _alike(name: str, other: str, belongs: dict[str, set[str]]) -> bool:
    """Whether two full names are spellings of one, and no affiliation tells them apart."""
    one, two = taken_apart(name), taken_apart(other)
    shared = belongs[name] & belongs[other]
    if one.suffix != two.suffix or (belongs[name] and belongs[other] and not shared):
        return False
    if same_letters(one, two):
        return True
    if one.last != two.last:
        return one.words[:-1] == two.words[:-1] and bool(shared) and misspelled(one.last, two.last)
    same = one.first == two.first or _one_first_name(one.first, two.first, bool(shared))
    return same and not middle_apart(one, two)


def _one_first_name(first: str, other: str, shared: bool) -> bool:
    """Whether two first names are spellings of one; of two that are common, affiliations tell."""
    genders = [lexicon().genders.get(name) for name in (first, other)]
    if None not in genders and (genders[0] != genders[1] or not shared):
        return False
    short, long = sorted((first, other), key=len)
    return misspelled(first, other) and long != short + "a"  # 'Daniel' and 'Daniela'
