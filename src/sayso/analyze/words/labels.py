"""Labels: by which rival names each outlet calls the same thing, in its own words and in quotes.

A group's label is one of several names for it ('alien', 'immigrant') with the words before it that
carry a view ('illegal'); a person's is the name with such words before it, or behind it ('Kim, the
brutal dictator'). Titles, offices and whether the first name is told are no labels. Names and words
are those of ``data/labels.toml``, or a user's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd

from sayso.analyze.groups import groups
from sayso.analyze.words.keyness import Term, function_words, log_odds, read_terms
from sayso.lexicon.files import load_toml
from sayso.tables.columns import frame
from sayso.tables.compared import LabelRow

REACH = 5  # words before a name, or behind it, that are looked at; and words of a phrase
PRIOR_NAMINGS = 5.0  # how many uses the prior is worth, where labels of one actor are weighed
TIMES = 2  # so much larger is a label's share in one outlet than in the others, if it is told
KEY = ["actor", "kind", "outlet", "voice_kind", "label"]
PLACE = ["article_id", "where", "start", "end"]
APART = ["actor", "outlet", "label", "n", "n_all", "others", "reference_n", "reference_all"]
JOINED = (" ", "-")
OWNS = (" ", "'s ", "’s ", "' ", "’ ")

Naming = tuple[str, str, str, int, int]
"""Actor, kind, label, start and end."""
Names = Mapping[tuple[str, ...], Sequence[tuple[str, str]]]
"""The words of a phrase -> the targets it names, and the name that each counts as."""


def find_labels(
    tables: Mapping[str, pd.DataFrame],
    *,
    targets: Mapping[str, Iterable[str]] | None = None,
    by: str = "outlet",
) -> pd.DataFrame:
    """Return by which labels each outlet names groups, laws, events and persons.

    ``tables`` are mentions, quotes, sentences and articles. ``targets`` are groups of your own, a
    name with the nouns or phrases for it ('picket|picketer' count as one), in place of those of
    ``data/labels.toml``; ``by`` is 'outlet', 'agency', 'month' or 'article_id'. Persons are those
    of ``mentions``; a last name that two persons of an article share is left out, and so is a name
    inside another ('Trump Tower'). Each government is an actor of its own ('Syrian government').

    Columns: those of :class:`sayso.tables.compared.LabelRow`, by actor and outlet, most used first.
    """
    articles = tables["articles"]
    names = _names(load_toml("labels.toml")["targets"] if targets is None else targets)
    people = {
        key: _last_names(own["person"]) for key, own in tables["mentions"].groupby("article_id")
    }
    texts = articles.set_index("article_id")
    group_of = groups(articles, articles, by).set_axis(articles["article_id"])
    rows: list[tuple] = []
    owners: dict[str, dict[str, str]] = {}
    for part in read_terms(tables["quotes"], tables["sentences"], articles, voice="all"):
        own, group = part.article_id, group_of[part.article_id]
        if group is not None:
            sentence = _Sentence(texts.at[own, part.where], part.terms, part.where == "headline")
            met = owners.setdefault(own, {})
            for actor, kind, label, *place in sentence.read(people.get(own, {}), names, met):
                rows.append((actor, kind, group, part.voice_kind, label, own, part.where, *place))
    return _counted(pd.DataFrame(rows, columns=[*KEY, *PLACE]))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load_toml("labels.toml")[name])


@cache
def _office_words() -> frozenset[str]:
    return frozenset(
        word for office in load_toml("roles.toml")["people"] for word in office.split()
    )


@cache
def _is_view(word: str) -> bool:
    """Whether a word carries a view, or tells what others may leave out."""
    starts, ends = tuple(_listed("view_starts")), tuple(_listed("view_ends"))
    return word in _listed("views") or word.startswith(starts) or word.endswith(ends)


def _names(targets: Mapping[str, Iterable[str]]) -> Names:
    found: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for target, own in targets.items():
        for alike in (name.lower().split("|") for name in own):
            for *before, last in map(str.split, alike):
                for form in [last] if target in _listed("singular") else _forms(last):
                    found.setdefault((*before, form), []).append((target, alike[0]))
    return found


def _forms(noun: str) -> list[str]:
    """Return a noun in the singular and the plural.

    Examples
    --------
    >>> _forms("militiaman"), _forms("party"), _forms("witch hunt"), _forms("crash")
    (['militiaman', 'militiamen'], ['party', 'parties'], ['witch hunt', 'witch hunts'], \
['crash', 'crashes'])
    """
    for end, plural in (
        ("man$", "men"),
        ("(?<=[^aeiou])y$", "ies"),
        ("(?<=[sx])$|(?<=[cs]h)$", "es"),
    ):
        if re.search(end, noun):
            return [noun, re.sub(end, plural, noun)]
    return [noun, f"{noun}s"]


def _last_names(persons: pd.Series) -> dict[str, str]:
    """Return the persons of an article by last name; nobody for a name that two share."""
    last = persons.drop_duplicates().map(lambda name: (name.split()[-1], name))
    counts = Counter(name for name, _ in last)
    return {name: person for name, person in last if counts[name] == 1}


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The terms of a sentence, in one voice, in the text that they stand in."""

    text: str
    terms: Sequence[Term]
    is_headline: bool

    def read(
        self, people: Mapping[str, str], names: Names, met: dict[str, str]
    ) -> Iterator[Naming]:
        """Yield the namings; ``met`` is changed: whose government was named last."""
        after = 0
        for at, term in enumerate(self.terms):
            if at < after:
                continue
            size = self._phrase(at, names)
            if size and not self._goes_on(at + size - 1):
                after = at + size
                for target, name in names[self._words(at, after)]:
                    if actor := self._actor(target, at, after, met):
                        views = [] if _is_view(name) or self._modifies(after) else self._views(at)
                        label = " ".join([*views, name])
                        yield actor, "group", label, term.start, self.terms[after - 1].end
            elif (person := people.get(term.surface)) and not self._goes_on(at):
                views = [*self._views(at), *self._views_behind(at)]
                yield person, "person", " ".join([*views, person]), term.start, term.end

    def _words(self, at: int, after: int) -> tuple[str, ...]:
        return tuple(term.key for term in self.terms[at:after])

    def _gap(self, at: int) -> str:
        """Return what stands before a word, from the one before it on; at first a line break."""
        return self.text[self.terms[at - 1].end : self.terms[at].start] if at else "\n"

    def _phrase(self, at: int, names: Names) -> int:
        """Return how many words from a place on are a name of targets, 0 if none."""
        if at and self.terms[at - 1].key in _listed("before_verbs"):
            return 0
        most = 1
        while most < min(REACH, len(self.terms) - at) and self._gap(at + most) in JOINED:
            most += 1
        size = next((n for n in range(most, 0, -1) if self._words(at, at + n) in names), 0)
        return 0 if size == 1 and self._is_acting(at) else size

    def _is_acting(self, at: int) -> bool:
        """Whether a word in -ing is a verb or stands before a noun: 'killing him'."""
        if not self.terms[at].key.endswith("ing") or at + 1 == len(self.terms):
            return False
        after = self.terms[at + 1].key
        plain = after in function_words() and after not in _listed("objects")
        return self._gap(at + 1) in JOINED and not plain

    def _goes_on(self, at: int) -> bool:
        """Whether a name stands before more of it or before a noun: 'a staunch Trump defender'."""
        if at + 1 == len(self.terms) or self._gap(at + 1) not in JOINED:
            return False
        one, other = self.terms[at : at + 2]
        if self.is_headline or not one.surface[0].isupper() or other.key in function_words():
            return False
        first = self._first(at)
        article = first and self.terms[first - 1].key in ("a", "an", "another", "the")
        return other.surface[0].isupper() or bool(article)

    def _modifies(self, after: int) -> bool:
        """Whether a name in the singular stands before a plural: 'fiery gun control advocates'."""
        words = self._words(after - 1, after + 1)
        ends = [word.endswith("s") for word in words if word not in function_words()]
        return ends == [False, True] and self._gap(after) in JOINED

    def _first(self, at: int) -> int:
        """Return where the words before a place begin that are of its phrase; titles may be."""
        first = at
        while (
            at - first < REACH
            and self._gap(first) in (*JOINED, ". ")
            and self.terms[first - 1].key not in function_words()
        ):
            first -= 1
        return first

    def _views(self, at: int) -> list[str]:
        """Return the words before a place that carry a view, with names and offices between."""
        found = []
        for n in range(at - 1, self._first(at) - 1, -1):
            term = self.terms[n]
            if _is_view(term.key) and not self._is_verb(n):
                found.append(term.key)
            elif term.surface[0].islower() and term.key not in _office_words():
                break
        return found[::-1]

    def _is_verb(self, at: int) -> bool:
        """Whether a participle is no adjective: 'they accused Marsh'."""
        if not re.fullmatch("(?!un).*ed", self.terms[at].key) or self._gap(at) not in JOINED:
            return False
        before = self.terms[at - 1].key
        return before in _listed("before_verbs") or before not in function_words()

    def _views_behind(self, at: int) -> list[str]:
        """Return the words that carry a view right behind a name: 'Kim, the brutal dictator'."""
        found = []
        if self._words(at + 1, at + 2) in {("a",), ("an",), ("the",)} and self._gap(at + 1) == ", ":
            for n in range(at + 2, min(at + 2 + REACH, len(self.terms))):
                if self._gap(n) not in JOINED or self.terms[n].key in function_words():
                    break
                found.append(self.terms[n].key)
        return [word for word in found if _is_view(word) and not word.startswith("self-")]

    def _actor(self, target: str, at: int, after: int, met: dict[str, str]) -> str | None:
        """Return who is named; of what differs with its owner None where this is not known."""
        if target not in _listed("owned"):
            return target
        if owner := self._owner(at) or self._owner_behind(after):
            met[target] = f"{owner} {target}"
        elif self._words(at - 1, at) != ("the",):
            return None
        return met.get(target)

    def _owner(self, at: int) -> str | None:
        """Return whose government it is: 'Syrian', 'Assad's'."""
        for n in range(at - 1, max(at - REACH, 0) - 1, -1):
            term = self.terms[n]
            if self._gap(n + 1) not in OWNS or term.key in function_words():
                return None
            if term.surface[0].isupper() and not _is_view(term.key):
                return term.surface
        return None

    def _owner_behind(self, after: int) -> str | None:
        """Return the last of the names behind: 'the government of Bashar Assad'."""
        name = None
        if self._words(after, after + 1) == ("of",):
            for n in range(after + 1, len(self.terms)):
                if self._gap(n) != " " or not self.terms[n].surface[0].isupper():
                    break
                name = self.terms[n].surface
        return name


def _counted(namings: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of namings: how often each label is used, and where it stands first."""
    each = namings.groupby(KEY, sort=False)
    table = each.agg(
        n=("start", "size"),
        n_articles=("article_id", "nunique"),
        **{name: (name, "first") for name in PLACE},
    ).reset_index()
    table["n_all"] = table.groupby(["actor", "outlet", "voice_kind"])["n"].transform("sum")
    table["share"] = (table["n"] / table["n_all"]).round(4)
    order = ["actor", "outlet", "voice_kind", "n", "label"]
    table = table.sort_values(order, ascending=[True, True, True, False, True])
    columns = list(LabelRow.__dataclass_fields__)
    return frame(LabelRow, (LabelRow(*row) for row in table[columns].itertuples(index=False)))


def labels_apart(labels: pd.DataFrame) -> pd.DataFrame:
    """Return the labels that are one outlet's own, where the others mostly say something else.

    ``labels`` is what :func:`find_labels` returned. Left out are actors that the other outlets
    name once or never, a person's mere name, what is the others' most used label, too, labels whose
    share is not twice that of the others, and those used once, unless they carry a view that no
    other outlet has.

    Columns: actor, outlet, label, n, n_all, others (their most used label), reference_n,
    reference_all, n_articles, z (weighted log-odds among all namings of the actor, see
    :func:`sayso.analyze.words.keyness.log_odds`). The highest z first.
    """
    own = labels[labels["voice_kind"] == "outlet"]
    parts = [pd.DataFrame(columns=[*APART, "z"])]
    for actor, rows in own.groupby("actor"):
        counts = rows.pivot_table(index="label", columns="outlet", values="n", aggfunc="sum")
        counts = counts.fillna(0).astype("int64")
        if min(counts.shape) > 1:
            others = {group: counts.drop(columns=group).sum(axis=1) for group in counts}
            weighed = log_odds(counts, prior_words=PRIOR_NAMINGS)
            names = ["outlet", "label", "n", "n_all", "reference", "reference_n", "reference_all"]
            weighed = weighed.set_axis([*names, *weighed.columns[7:]], axis=1)
            told = weighed.assign(
                actor=actor,
                others=[others[group].idxmax() for group in weighed["outlet"]],
                most=[others[group].max() for group in weighed["outlet"]],
            )
            parts.append(told[_tell(told, person="person" in set(rows["kind"]))][[*APART, "z"]])
    table = pd.concat(parts, ignore_index=True)
    spread = own.set_index(["actor", "outlet", "label"])["n_articles"]
    table = table.join(spread, on=["actor", "outlet", "label"])
    order = ["z", "actor", "outlet", "label"]
    table = table.sort_values(order, ascending=[False, True, True, True], ignore_index=True)
    return table[[*APART, "n_articles", "z"]]


def _tell(rows: pd.DataFrame, *, person: bool) -> pd.Series:
    """Return which labels of an actor differ enough from what the others say."""
    words = rows["label"].str.split()
    viewed = words.map(lambda own: len(own) > 1 and _is_view(own[0]))
    alone = viewed & (rows["reference_n"] == 0)
    share, other = rows["n"] / rows["n_all"], rows["reference_n"] / rows["reference_all"]
    enough = (rows["reference_all"] > 1) & ((rows["n"] > 1) | (alone & (rows["n"] > 0)))
    return (
        enough
        & (share >= TIMES * other)
        & (rows["reference_n"] < rows["most"])
        & (viewed | (not person))
    )
