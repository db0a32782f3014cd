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
from dataclasses import dataclass
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
    """The terms of one sentence in one voice, in text order."""

    article_id: str
    voice_kind: str
    voice: str | None
    terms: tuple[Term, ...]


def function_words() -> frozenset[str]:
    """Return the words that carry grammar (``data/function_words.toml``)."""
    return frozenset(load_toml("function_words.toml")["words"])


def fold(word: str, *, capitals: bool = True) -> str:
    """Return a word as it is counted: in small letters, without possessive ending.

    A function word written in capitals is taken for a name ('US'), unless ``capitals`` is False.

    Examples
    --------
    >>> fold("Russia’s"), fold("US"), fold("us"), fold("NATO")
    ('russia', 'US', 'us', 'nato')
    """
    word = re.sub(r"['’]s?$", "", word).replace("’", "'")
    name = capitals and len(word) > 1 and word.isupper() and word.lower() in function_words()
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
                shouted = article.text[part.start : part.end].isupper()
                terms = [
                    term
                    for piece in part.pieces
                    for term in _terms(article.text, piece, unit, capitals=not shouted)
                ]
                yield Stretch(article.article_id, part.voice_kind, part.voice, tuple(terms))


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
    quotes: pd.DataFrame,
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    voice: str = "outlet",
    unit: str = "words",
) -> pd.DataFrame:
    """Return how often each group uses each term.

    ``by`` is 'outlet', 'agency', 'month', 'article_id', or 'voice_kind' (own words against quoted
    ones); ``voice`` and ``unit`` are those of :func:`read_terms`. An article that belongs to no
    group is left out.

    Index: term, in its most frequent spelling. Columns: the groups, most words first. Whole
    numbers; most frequent terms first.
    """
    _check(by=(by, (*BY, "voice_kind")))
    own = articles["article_id"] if by == "voice_kind" else groups(articles, articles, by)
    group_of = dict(zip(articles["article_id"], own, strict=True))
    counts: dict[str, Counter[str]] = {}
    spelt: dict[str, Counter[str]] = {}
    for part in read_terms(quotes, sentences, articles, voice=voice, unit=unit):
        group = part.voice_kind if by == "voice_kind" else group_of[part.article_id]
        if group is None:
            continue
        used = counts.setdefault(group, Counter())
        for term in part.terms:
            used[term.key] += 1
            spelt.setdefault(term.key, Counter())[term.surface] += 1
    return _most_first(counts, spelt).rename_axis(columns=by)


def _most_first(counts: dict[str, Counter[str]], spelt: dict[str, Counter[str]]) -> pd.DataFrame:
    """Return terms by groups: groups of most words and most frequent terms first, then by name."""
    table = pd.DataFrame({group: pd.Series(c, dtype="int64") for group, c in counts.items()})
    table = table.fillna(0).astype("int64")
    table.index = pd.Index([_spelling(spelt[key]) for key in table.index], name="term", dtype="str")
    table = table[ranked(table.sum())].sort_index()
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


def keywords(table: pd.DataFrame, *, top: int = 10, least: float = 0.0) -> pd.DataFrame:
    """Return the terms that each group uses more than its reference, of highest keyness first.

    ``table`` is what :func:`log_odds` returned. Of each group at most ``top`` terms are kept, those
    with a z of ``least`` or more (``STRONG``: those that stand out), no function words, no numbers.

    The columns group, term, count, n, reference, reference_count, reference_n, z of ``table``.
    """
    plain = function_words()
    found = table[(table["z"] > 0) & (table["z"] >= least)]
    terms = found["term"].astype("str")
    content = terms.map(lambda term: any(fold(word) not in plain for word in term.split()))
    found = found[content.astype(bool) & ~terms.str.fullmatch(r"[\d.,-]+")]
    found = found.drop(columns=["per_1000", "reference_per_1000", "log_odds"])
    return found.groupby("group", sort=False).head(top).reset_index(drop=True)
