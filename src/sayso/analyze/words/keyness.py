"""Keyness: words counted by outlet and voice, and weighed against chance.

Raw ratios favour rare words, raw differences frequent ones. The weighted log-odds of Monroe,
Colaresi and Quinn (2008), Fightin' Words, shrink each word towards a prior and divide by its
standard error, so that a word stands out only if its own counts say so. Here are their equations
15, 16, 19 and 22 (informative Dirichlet prior). With ``y`` counts, ``n`` their sum, ``a`` the prior
and ``A`` its sum, a side's log-odds are log((y + a) / (n + A - y - a)); z is the difference over
sqrt(1/(y1 + a) + 1/(y2 + a)).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd

from sayso.analyze.groups import BY, groups, ranked
from sayso.analyze.units import read_units
from sayso.lexicon.files import load_toml
from sayso.text import words

UNITS = ("words", "stems", "bigrams")
VOICES = ("outlet", "quoted", "all")
WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
REST = "the rest"
SPREAD = ("n_articles", "of_articles", "reference_articles", "reference_of", "article_z")
PRIOR_WORDS = 500.0
STRONG = 1.96
"""A z from here on stands out; it is no test, since thousands of words are compared."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word (or pair of words) in its place: ``key`` is what it counts as."""

    key: str
    surface: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The terms of one sentence in one voice, in text order; ``where`` as in units."""

    article_id: str
    voice_kind: str
    voice: str | None
    where: str
    terms: tuple[Term, ...]


def function_words() -> frozenset[str]:
    """Return the words that carry grammar (``data/function_words.toml``)."""
    return frozenset(load_toml("function_words.toml")["words"])


def fold(word: str, *, capitals: bool = True) -> str:
    """Return a word as it is counted: in small letters, without possessive ending.

    A function word in capitals that can be a name ('US') is one, unless ``capitals`` is False.

    Examples
    --------
    >>> fold("Russia’s"), fold("US"), fold("us"), fold("AND")
    ('russia', 'US', 'us', 'and')
    """
    word = re.sub(r"['’]s?$", "", word).replace("’", "'")
    name = capitals and word in load_toml("function_words.toml")["names"]
    return word if name else word.lower()


def stem(word: str) -> str:
    """Return the stem of a folded word (Snowball); a name in capitals stays as it is."""
    return word if word.isupper() else words.stem(word)


def read_terms(
    quotes: pd.DataFrame,
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    voice: str = "outlet",
    unit: str = "words",
) -> Iterator[Stretch]:
    """Yield the terms of every headline and sentence, each voice apart.

    ``voice`` is 'outlet' (its own words), 'quoted', or 'all'; ``unit`` is 'words', 'stems' or
    'bigrams' (two words with nothing but a blank between them). Articles in another language have
    no sentences.
    """
    _check(voice=(voice, VOICES), unit=(unit, UNITS))
    cut = dict(iter(sentences.groupby("article_id", sort=False)))
    quoted = dict(iter(quotes.groupby("article_id", sort=False)))
    for article in articles.itertuples():
        own = article.article_id
        for part in read_units(article, cut.get(own), quoted.get(own)):
            if part.unit != "quote" and voice in ("all", part.voice_kind):
                text = getattr(article, part.where)
                shouted = text[part.start : part.end].isupper()
                terms = [
                    term
                    for piece in part.pieces
                    for term in _terms(text, piece, unit, capitals=not shouted)
                ]
                yield Stretch(own, part.voice_kind, part.voice, part.where, tuple(terms))


def _terms(text: str, piece: tuple[int, int], unit: str, *, capitals: bool) -> list[Term]:
    """Return the terms of a piece of text, each possessive ending cut off."""
    singles = []
    for match in WORD.finditer(text, *piece):
        surface = re.sub(r"['’]s?$", "", match.group())
        key = fold(surface, capitals=capitals)
        key = stem(key) if unit == "stems" else key
        singles.append(Term(key, surface, match.start(), match.start() + len(surface)))
    if unit != "bigrams":
        return singles
    return [
        Term(f"{one.key} {two.key}", f"{one.surface} {two.surface}", one.start, two.end)
        for one, two in pairwise(singles)
        if not text[one.end : two.start].strip(" \n\t'’s")
    ]


def _check(**values: tuple[str, Iterable[str]]) -> None:
    for name, (value, allowed) in values.items():
        if value not in allowed:
            raise ValueError(f"{name} is one of {', '.join(allowed)}, not '{value}'")


def count_words(
    quotes: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame, **counting: str
) -> pd.DataFrame:
    """Return how often each group uses each term.

    ``counting`` is by, which is 'outlet' if not given, 'agency', 'month', 'article_id', or
    'voice_kind' (own words against quoted ones), and voice and unit of :func:`read_terms`. An
    article that belongs to no group is left out.

    Index: term, in its most frequent spelling. Columns: the groups, most words first. Whole
    numbers; most frequent terms first.
    """
    counted = _count((quotes, sentences, articles), **counting)
    return _most_first(counted.uses, counted)


def count_articles(
    quotes: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame, **counting: str
) -> tuple[pd.DataFrame, pd.Series]:
    """Return in how many articles of each group a term stands, and how many articles there are.

    Arguments, index and columns are those of :func:`count_words`; the number of articles is that of
    each group, of those with words in this voice.
    """
    counted = _count((quotes, sentences, articles), **counting)
    table = _most_first(counted.carriers, counted)
    sizes = pd.Series({group: len(ids) for group, ids in counted.articles.items()}, dtype="int64")
    return table, sizes.reindex(table.columns)


def article_terms(
    quotes: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame, **reading: str
) -> pd.DataFrame:
    """Return whether each article has each term that can be a keyword.

    ``reading`` is voice and unit of :func:`read_terms`. Index: article_id, of articles with words
    in this voice. Columns: the terms, in their most frequent spelling, by name.
    """
    carried: dict[str, set[str]] = {}
    spelt: dict[str, Counter[str]] = {}
    for part in read_terms(quotes, sentences, articles, **reading):
        own = carried.setdefault(part.article_id, set())
        for term in part.terms:
            own.add(term.key)
            spelt.setdefault(term.key, Counter())[term.surface] += 1
    keys = sorted(key for key in spelt if _tells(key, ""))
    table = [[key in own for key in keys] for own in carried.values()]
    names = [_spelling(spelt[key]) for key in keys]
    return pd.DataFrame(table, index=pd.Index(carried), columns=names, dtype=bool)


@dataclass(frozen=True, slots=True)
class _Counted:
    """Counts by group: uses of terms, articles that carry them, all articles; and spellings."""

    by: str
    uses: dict[str, Counter[str]] = field(default_factory=dict)
    carriers: dict[str, Counter[str]] = field(default_factory=dict)
    articles: dict[str, set[str]] = field(default_factory=dict)
    spelt: dict[str, Counter[str]] = field(default_factory=dict)


def _count(tables: tuple[pd.DataFrame, ...], by: str = "outlet", **reading: str) -> _Counted:
    """Return what all counts are made of; ``reading`` is voice and unit."""
    _check(by=(by, (*BY, "voice_kind")))
    articles = tables[2]
    own = articles["article_id"] if by == "voice_kind" else groups(articles, articles, by)
    group_of = dict(zip(articles["article_id"], own, strict=True))
    counted = _Counted(by)
    carried: set[tuple[str, str, str]] = set()
    for part in read_terms(*tables, **reading):
        group = part.voice_kind if by == "voice_kind" else group_of[part.article_id]
        if group is None:
            continue
        counted.articles.setdefault(group, set()).add(part.article_id)
        uses = counted.uses.setdefault(group, Counter())
        carriers = counted.carriers.setdefault(group, Counter())
        for term in part.terms:
            uses[term.key] += 1
            counted.spelt.setdefault(term.key, Counter())[term.surface] += 1
            carriers[term.key] += (group, part.article_id, term.key) not in carried
            carried.add((group, part.article_id, term.key))
    return counted


def _most_first(counts: dict[str, Counter[str]], counted: _Counted) -> pd.DataFrame:
    """Return terms by groups: groups of most words and most frequent terms first, then by name."""
    table = pd.DataFrame({group: pd.Series(c, dtype="int64") for group, c in counts.items()})
    table = table.fillna(0).astype("int64")
    terms = [_spelling(counted.spelt[key]) for key in table.index]
    table.index = pd.Index(terms, name="term", dtype="str")
    table = table[ranked(table.sum())].sort_index().rename_axis(columns=counted.by)
    # By place, not by term: two terms may be spelt alike.
    return table.iloc[(-table.sum(axis=1)).argsort(kind="stable")]


def _spelling(used: Counter[str]) -> str:
    """Return the most frequent spelling; small letters win a draw."""
    return min(used, key=lambda word: (-used[word], word.swapcase()))


def log_odds(
    counts: pd.DataFrame,
    *,
    reference: str | None = None,
    prior: str | pd.Series = "corpus",
    prior_words: float = PRIOR_WORDS,
    least: int = 1,
) -> pd.DataFrame:
    """Return weighted log-odds of each term in each group against a reference, with raw counts.

    ``counts`` are terms by groups, as :func:`count_words` returns. ``reference`` is a group that
    all others are compared with; None: each meets all others together. ``prior`` is 'corpus' (terms
    are expected as often as in all groups together), 'uniform' (all equally often), or background
    counts of your own (index: term), one added to each; it is worth ``prior_words`` words: the
    more, the more evidence a term needs. Terms that the two sides together use less often than
    ``least`` are left out; they stay in ``n``.

    Columns: group, term, count, n (words of the group), reference, reference_count,
    reference_n, per_1000, reference_per_1000, log_odds, z. By group, the highest z first.
    """
    _check_group(reference, counts)
    alpha = _prior(counts, prior, prior_words)
    tables = []
    for group in counts:
        if group != reference and len(counts.columns) > 1:
            other = counts[reference] if reference else counts.drop(columns=group).sum(axis=1)
            tables.append(_compare(counts[group], other, alpha, least, reference or REST))
    none = pd.Series(dtype="int64")
    return pd.concat(tables or [_compare(none, none, np.zeros(0), least, REST)], ignore_index=True)


def check_reference(reference: str, articles: pd.DataFrame, *, by: str) -> None:
    """Raise a ValueError that lists the groups if a reference is none of them; '' is fine."""
    _check_group(reference or None, sorted(groups(articles, articles, by).dropna().unique()))


def _check_group(reference: str | None, known: Iterable[str]) -> None:
    if reference is not None and reference not in known:
        raise ValueError(f"reference '{reference}' is none of: {', '.join(map(str, known))}")


def _prior(counts: pd.DataFrame, prior: str | pd.Series, prior_words: float) -> np.ndarray:
    """Return the prior's pseudo-count of each term."""
    if isinstance(prior, pd.Series):
        weights = prior.reindex(counts.index).fillna(0) + 1
    else:
        _check(prior=(prior, ("corpus", "uniform")))
        weights = counts.sum(axis=1) if prior == "corpus" else pd.Series(1.0, counts.index)
    return (weights / max(weights.sum(), 1) * prior_words).to_numpy(float)


def _compare(
    own: pd.Series, other: pd.Series, alpha: np.ndarray, least: int, reference: str
) -> pd.DataFrame:
    """Return one group's rows of :func:`log_odds`."""
    y, x = own.to_numpy(float), other.to_numpy(float)
    n, m, size = y.sum(), x.sum(), alpha.sum()
    odds = (y + alpha) / (n + size - y - alpha), (x + alpha) / (m + size - x - alpha)
    delta = np.log(odds[0]) - np.log(odds[1])
    table = pd.DataFrame(
        {
            "group": own.name,
            "term": own.index,
            "count": own.to_numpy(),
            "n": int(n),
            "reference": reference,
            "reference_count": other.to_numpy(),
            "reference_n": int(m),
            "per_1000": y / max(n, 1) * 1000,
            "reference_per_1000": x / max(m, 1) * 1000,
            "log_odds": delta,
            "z": delta / np.sqrt(1 / (y + alpha) + 1 / (x + alpha)),
        }
    )
    table = table[table["count"] + table["reference_count"] >= least]
    # Rounded, so that the order of equal values does not hang on the last digit of a machine.
    table = table.assign(rounded=table["z"].round(9))
    return table.sort_values(["rounded", "term"], ascending=[False, True]).drop(columns="rounded")


def article_keyness(
    carriers: pd.DataFrame, sizes: pd.Series, *, reference: str | None = None
) -> pd.DataFrame:
    """Return by how much larger a share of a group's articles has each term than the reference's.

    ``carriers`` and ``sizes`` are what :func:`count_articles` returned, ``reference`` is that of
    :func:`log_odds`. An article counts once, however often it uses a term: what one article repeats
    tells nothing here. ``article_z`` is that of two shares, an article with and one without the
    term added to either side.

    Columns: group, term, n_articles, of_articles, reference_articles, reference_of, article_z.
    """
    _check_group(reference, carriers)
    tables = [pd.DataFrame(columns=["group", "term", *SPREAD])]
    for group in carriers if len(carriers.columns) > 1 else ():
        if group == reference:
            continue
        others = [reference] if reference else [name for name in carriers if name != group]
        own, rest = carriers[group], carriers[others].sum(axis=1)
        n, m = int(sizes[group]), int(sizes[others].sum())
        one, two, pooled = (own + 1) / (n + 2), (rest + 1) / (m + 2), (own + rest + 2) / (n + m + 4)
        spread = np.sqrt(pooled * (1 - pooled) * (1 / (n + 2) + 1 / (m + 2)))
        values = (own, n, rest, m, ((one - two) / spread).round(9))
        columns = dict(zip(SPREAD, values, strict=True))
        tables.append(pd.DataFrame({"group": group, "term": carriers.index, **columns}))
    return pd.concat(tables, ignore_index=True)


@cache
def no_keywords() -> frozenset[str]:
    """Return function words, names of days and months, and words of house style ('Mr.')."""
    words = load_toml("function_words.toml")
    return frozenset((*words["words"], *words["style"]))


def keywords(
    table: pd.DataFrame,
    spread: pd.DataFrame | None = None,
    *,
    top: int = 10,
    least: float = 0.0,
) -> pd.DataFrame:
    """Return the terms that each group uses more than its reference, of highest keyness first.

    ``table`` is what :func:`log_odds` returned, ``spread`` what :func:`article_keyness` did: with
    it a term must stand in a larger share of the group's articles, too, and in two if it has two;
    the smaller z counts. Of each group at most ``top`` terms are kept, those with a z of
    ``least`` or more (``STRONG``: those that stand out). Left out are :func:`no_keywords`, what has
    a digit, and the group's own name.

    The columns group, term, count, n, reference, reference_count, reference_n, z of ``table``; with
    ``spread`` its own, too.
    """
    found = table.drop(columns=["per_1000", "reference_per_1000", "log_odds"])
    if spread is not None:
        found = found.merge(spread, on=["group", "term"], how="left")
        enough = found["n_articles"] >= found["of_articles"].clip(upper=2)
        found = found[enough & (found["article_z"] > 0)]
    smaller = found["z"] if spread is None else found[["z", "article_z"]].min(axis=1)
    told = [
        z > 0 and z >= least and _tells(term, group)
        for z, term, group in zip(smaller, found["term"], found["group"], strict=True)
    ]
    found = found.assign(smaller=smaller.round(9))[np.array(told, bool)]
    if spread is not None:
        found = found.sort_values("smaller", ascending=False, kind="stable")
        order = {group: number for number, group in enumerate(table["group"].drop_duplicates())}
        found = found.sort_values("group", key=lambda names: names.map(order), kind="stable")
    found = found.drop(columns="smaller").groupby("group", sort=False).head(top)
    return found.reset_index(drop=True)


def _tells(term: str, group: str) -> bool:
    """Whether a term can be a keyword: a word in it is none of those left out."""
    own = {fold(word) for word in WORD.findall(str(group))}
    words = [fold(word) for word in str(term).split()]
    plain = no_keywords()
    return any(w not in plain and w not in own and not re.search(r"\d", w) for w in words)
