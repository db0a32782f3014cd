"""Names over a corpus: one spelling for a person whom different articles spell differently.

A name is never fuller than its article tells it: of a last name alone nothing is made but a note
of whom the corpus knows by it. Who wants them counted as one person lists that person in a file of
parties. Affiliations stay in the articles that tell them.
"""

from __future__ import annotations

import pandas as pd

from sayso.extract.people.joint import joined
from sayso.lexicon.parties import lexicon
from sayso.tables.columns import frame
from sayso.tables.extracted import Note
from sayso.text.names import middle_apart, misspelled, same_letters, taken_apart

LONE = {False: "short name", True: "ambiguous name"}
"""Kinds of the notes on a last name that one person of the corpus bears, or several."""
MOST_NAMED = 5


def unify(quotes: pd.DataFrame, sources: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return quotes and sources with the names of persons spelled alike over the corpus."""
    alone = quotes.speakers.map(len) == 1
    persons = quotes.speaker_kind == "person"
    mapping = canonical_names(quotes[persons & alone])
    named = _renamed(quotes, "speaker", persons & alone, mapping)
    speakers = quotes.speakers.where(
        ~persons & alone, quotes.speakers.map(lambda names: tuple(mapping.get(n, n) for n in names))
    )
    together = speakers.map(joined).where(~alone & named.speaker.notna(), named.speaker)
    return (
        named.assign(speaker=together.astype("str"), speakers=speakers),
        _renamed(sources, "source", sources.kind == "person", mapping),
    )


def rename_blames(blames: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return blame ties with persons named as :func:`unify` named them in the quotes.

    ``before`` and ``after`` are the quotes without and with its names, row by row.
    """
    mapping = dict(zip(before["speaker"].dropna(), after["speaker"].dropna(), strict=True))
    for name in ("blamer", "target"):
        blames = _renamed(blames, name, blames[name].notna(), mapping)
    return blames


def with_name_notes(notes: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return the notes with one for each last name alone that full names of the corpus share.

    Its kind is 'short name' where one person bears it, else 'ambiguous name'. ``sources`` are
    those of :func:`unify`.
    """
    people = sources[sources.kind == "person"].groupby("source").article_id.nunique()
    lone = {name: n for name, n in people.items() if taken_apart(name).lone}
    by_word: dict[str, list[str]] = {}
    for name in people.sort_index().sort_values(ascending=False, kind="stable").index:
        if name not in lone:
            parts = taken_apart(name)
            for word in sorted({parts.first, parts.last}):
                by_word.setdefault(word, []).append(name)
    told = {name: by_word.get(taken_apart(name).last, []) for name in lone}
    new = [_note(name, lone[name], names) for name, names in told.items() if names]
    old = notes[~notes.kind.isin(LONE.values())]  # those of a store are told anew
    return pd.concat([old, frame(Note, new)], ignore_index=True) if new else old


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


def canonical_names(people: pd.DataFrame) -> dict[str, str]:
    """Return the one spelling of each person's name (columns article_id, speaker, affiliation).

    Of the spellings of one person it is the shortest that tells first and last name, then the most
    frequent. A name joins one whom nothing tells apart: an article that names both, other first or
    middle names, other affiliations.
    """
    counts = people.speaker.value_counts()
    told = people.groupby("speaker")
    articles = told.article_id.agg(set).to_dict()
    belongs = told.affiliation.agg(lambda a: set(a.dropna())).to_dict()
    full = [name for name in counts.index if not taken_apart(name).lone]
    heads: dict[str, list[str]] = {}
    spellings: dict[str, list[str]] = {}
    # The longest names first: who is George W. and who George H. W. is seen before George comes.
    for name in sorted(full, key=lambda n: (-len(n.split()), n)):
        parts = taken_apart(name)
        keys = {f"{parts.first} ", f" {parts.last}", "".join(parts.words)}
        near = sorted({head for key in keys for head in heads.get(key, ())})
        fitting = [
            head
            for head in near
            if not articles[name] & articles[head] and _alike(name, head, belongs)
        ]
        head = fitting[0] if len(fitting) == 1 else name
        spellings.setdefault(head, []).append(name)
        articles[head] = articles[head] | articles[name]
        belongs[head] = belongs[head] | belongs[name]
        for key in keys if head == name else ():
            heads.setdefault(key, []).append(name)
    mapping = dict(zip(counts.index, counts.index, strict=True))
    for names in spellings.values():
        best = min(names, key=lambda n: (len(n.split()), -counts[n], n))
        mapping |= dict.fromkeys(names, best)
    return mapping


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


def _renamed(table: pd.DataFrame, name: str, people: pd.Series, mapping: dict) -> pd.DataFrame:
    names = table[name].where(~people, table[name].map(lambda n: mapping.get(n, n)))
    return table.assign(**{name: names.astype("str")})
