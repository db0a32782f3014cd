"""Labels: how each outlet names the same actor, in its own words and in those it quotes.

A person's label is the name with what stands before it ('President', 'embattled', 'Mr.'); a group's
is one of several nouns for it ('alien', 'immigrant') with what stands before that ('illegal',
'undocumented'). The groups are those of ``data/labels.toml``, or a user's.
"""

from __future__ import annotations

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
from sayso.text.words import stem

REACH = 3  # words before a name or noun
PRIOR_NAMINGS = 5.0  # how many uses the prior is worth, where labels of one actor are weighed
KEY = ["actor", "kind", "outlet", "voice_kind", "label"]
PLACE = ["article_id", "where", "start", "end"]


@dataclass(frozen=True, slots=True)
class _Naming:
    """One use: the words before the name or noun, nearest last; ``sure`` after a determiner."""

    actor: str
    kind: str
    before: tuple[Term, ...]
    head: Term
    sure: bool

    def label(self, uses: Counter) -> str:
        """Return the label; of a noun's words before it those that are sure or used again."""
        kept = self.before
        while kept and self.kind == "group" and not self.sure and uses[self.key(kept)] < 2:
            kept = kept[1:]
        words = [term.surface for term in kept]
        noun = self.head.key if self.kind == "group" else self.head.surface
        return " ".join([*(words if self.kind == "person" else map(str.lower, words)), noun])

    def key(self, before: Sequence[Term]) -> tuple[str, ...]:
        """Return what counts as the same words."""
        return (*(term.key for term in before), stem(self.head.key))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load_toml("labels.toml")[name])


@cache
def _office_words() -> frozenset[str]:
    """Return the words of offices that may stand before a name in small letters."""
    words = (word for office in load_toml("roles.toml")["people"] for word in office.split())
    return frozenset(words) - function_words()


def find_labels(
    tables: Mapping[str, pd.DataFrame],
    *,
    targets: Mapping[str, Iterable[str]] | None = None,
    by: str = "outlet",
) -> pd.DataFrame:
    """Return by which labels each outlet names persons, and groups of people or events.

    ``tables`` are mentions, quotes, sentences and articles. ``targets`` are groups of your own, a
    name with the nouns for it, in place of those of ``data/labels.toml``; ``by`` is 'outlet',
    'agency', 'month' or 'article_id'. Persons are those of ``mentions``; a last name that two
    persons of an article share is left out, and so is a name inside another ('Trump Tower').

    Columns: those of :class:`sayso.tables.compared.LabelRow`, by actor and outlet, most used first.
    """
    articles = tables["articles"]
    given = load_toml("labels.toml")["targets"] if targets is None else targets
    nouns = {stem(noun.lower()): name for name, own in given.items() for noun in own}
    people = {
        key: _last_names(own["person"]) for key, own in tables["mentions"].groupby("article_id")
    }
    texts = articles.set_index("article_id")
    group_of = groups(articles, articles, by).set_axis(articles["article_id"])
    found = []
    stretches = read_terms(tables["quotes"], tables["sentences"], articles, voice="all")
    for part in stretches:
        text = texts.at[part.article_id, part.where]
        known = people.get(part.article_id, {})
        for naming in _read(text, part.terms, known, nouns):
            found.append((group_of[part.article_id], part, naming))
    uses = Counter(n.key(n.before[i:]) for *_, n in found for i in range(len(n.before)))
    rows = [
        (
            *(n.actor, n.kind, group, part.voice_kind, n.label(uses)),
            *(part.article_id, part.where, n.head.start, n.head.end),
        )
        for group, part, n in found
        if group is not None
    ]
    return _counted(pd.DataFrame(rows, columns=[*KEY, *PLACE]))


def _last_names(persons: pd.Series) -> dict[str, str]:
    """Return the persons of an article by last name; nobody for a name that two share."""
    last = persons.drop_duplicates().map(lambda name: (name.split()[-1], name))
    counts = Counter(name for name, _ in last)
    return {name: person for name, person in last if counts[name] == 1}


def _read(
    text: str, terms: Sequence[Term], people: Mapping[str, str], nouns: Mapping[str, str]
) -> Iterator[_Naming]:
    """Yield the namings in a sentence."""
    for at, term in enumerate(terms):
        person = people.get(term.surface)
        group = nouns.get(stem(term.key))
        if person and not _goes_on(text, terms, at, nouns):
            before = _before(text, terms, at, _in_name)
            yield _Naming(person, "person", before, term, True)
        elif group:
            before = _before(text, terms, at, _in_phrase)
            first = at - len(before) - 1
            sure = first >= 0 and terms[first].key in _listed("determiners")
            yield _Naming(group, "group", before, term, sure)


def _goes_on(text: str, terms: Sequence[Term], at: int, nouns: Mapping[str, str]) -> bool:
    """Whether a name stands before another word of a name or before a noun: 'Trump Tower'."""
    if at + 1 == len(terms) or text[terms[at].end : terms[at + 1].start] not in (" ", "-"):
        return False
    after = terms[at + 1]
    return after.surface[0].isupper() or stem(after.key) in nouns


def _before(text: str, terms: Sequence[Term], at: int, fits) -> tuple[Term, ...]:
    """Return the words right before a place that fit, at most ``REACH``."""
    first = at
    while first and at - first < REACH and fits(terms[first - 1]):
        between = text[terms[first - 1].end : terms[first].start]
        if between.strip(" -") and not (between == ". " and _is_title(terms[first - 1])):
            break
        first -= 1
    return tuple(terms[first:at])


def _is_title(term: Term) -> bool:
    return term.key in _listed("titles")


def _in_name(term: Term) -> bool:
    small = term.key in _listed("before_names") or term.key in _office_words()
    return small or (term.surface[0].isupper() and term.key not in function_words())


def _in_phrase(term: Term) -> bool:
    return term.key not in function_words() and not term.key[0].isdigit()


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


def labels_apart(labels: pd.DataFrame, *, voice_kind: str = "outlet") -> pd.DataFrame:
    """Return how far each label is one outlet's own: its weighted log-odds among all its namings.

    ``labels`` is what :func:`find_labels` returned. Actors that one outlet alone
    names, or all by one label, are left out, and so are labels used once, or less than by others.

    Columns: actor, outlet, label, n, n_all, reference_n, reference_all, n_articles, z (see
    :func:`sayso.analyze.words.keyness.log_odds`). The highest z first.
    """
    own = labels[labels["voice_kind"] == voice_kind]
    parts = []
    for actor, rows in own.groupby("actor"):
        counts = rows.pivot_table(index="label", columns="outlet", values="n", aggfunc="sum")
        if min(counts.shape) > 1:
            weighed = log_odds(counts.fillna(0).astype("int64"), prior_words=PRIOR_NAMINGS, least=2)
            parts.append(weighed[(weighed["count"] > 1) & (weighed["z"] > 0)].assign(actor=actor))
    names = {"group": "outlet", "term": "label", "count": "n", "n": "n_all"}
    names |= {"reference_count": "reference_n", "reference_n": "reference_all"}
    columns = ["actor", "outlet", "label", "n", "n_all", "reference_n", "reference_all", "z"]
    if not parts:
        return pd.DataFrame(columns=[*columns[:-1], "n_articles", "z"])
    table = pd.concat(parts, ignore_index=True).rename(columns=names)[columns]
    spread = own.set_index(["actor", "outlet", "label"])["n_articles"]
    table = table.join(spread, on=["actor", "outlet", "label"])
    order = ["z", "actor", "outlet", "label"]
    table = table.sort_values(order, ascending=[False, True, True, True], ignore_index=True)
    return table[[*columns[:-1], "n_articles", "z"]]
