"""Whom outlets let speak: parties, diversity, names, officials, and how each is quoted.

A source counts once for each article that cites it, a quote inside another not at all. Intervals of
shares of words draw whole articles anew, those of counts are Wilson's. ``by`` is always one of
:data:`sayso.analyze.groups.BY`.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import pandas as pd

from sayso.analyze.groups import groups, n_words, outer, ranked
from sayso.analyze.intervals import bootstrap_ratio, with_interval
from sayso.analyze.passages import concordance, label_rows
from sayso.lexicon.files import load_toml

NONE = "no party known"
OF = ("affiliation", "source", "kind")


def party_shares(
    sources: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", of: str = "affiliation"
) -> pd.DataFrame:
    """Return each party's share of the words that each group quotes.

    A party is an 'affiliation' (whom a source speaks for), a 'source' or a 'kind' of sources, as
    ``of`` says.

    Returns
    -------
    DataFrame
        Columns: ``by``, party, n_articles (that cite it), n_sources, n_quotes, n_words, share, low,
        high (95%; null for groups of fewer than ten articles). By group, then by words.

    Raises
    ------
    ValueError
        If ``by`` or ``of`` is something else.
    """
    if of not in OF:
        raise ValueError(f"a party is one of {', '.join(OF)}, not '{of}'")
    party = sources[of].astype("object").fillna(NONE)
    rows = sources.assign(party=party, **{by: groups(sources, articles, by)})
    totals = rows.groupby([by, "article_id"], sort=True)["n_words"].sum()
    table = []
    for (group, name), own in rows.groupby([by, "party"], sort=True):
        whole = totals[group]
        words = own.groupby("article_id")["n_words"].sum().reindex(whole.index, fill_value=0)
        counts = (own["article_id"].nunique(), len(own), own["n_quotes"].sum(), words.sum())
        share = words.sum() / whole.sum() if whole.any() else np.nan
        table.append((group, name, *counts, share, *bootstrap_ratio(words, whole)))
    columns = ["n_articles", "n_sources", "n_quotes", "n_words", "share", "low", "high"]
    result = pd.DataFrame(table, columns=[by, "party", *columns])
    order = {"by": [by, "n_words", "party"], "ascending": [True, False, True]}
    return result.astype(dict.fromkeys(columns[:4], "int64")).sort_values(
        **order, ignore_index=True
    )


def diversity(sources: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Return on how many sources each group's quotes are spread.

    Returns
    -------
    DataFrame
        Columns: ``by``, n_articles, n_quotes, n_sources, effective (the exponential of Shannon's
        entropy: so many equally frequent sources would be as diverse), corrected (effective, its
        bias corrected after Miller 1955), n_compared and expected (sources in so many quotes drawn
        at random, the number of the group with the fewest; Hurlbert 1971). Most quotes first.

    Notes
    -----
    Entropy of a sample is too low, the more so the fewer quotes there are. Compare groups of
    different size by ``expected``, which is fair, and read ``effective`` beside ``corrected``.
    """
    from scipy.stats import entropy, hypergeom

    group = groups(sources, articles, by)
    n_articles = sources.groupby(group)["article_id"].nunique()
    counts = sources.groupby([group, "source"])["n_quotes"].sum()
    n_quotes = counts.groupby(level=by).sum()
    fewest = n_quotes.min() if len(n_quotes) else 0
    rows = []
    for name in ranked(n_quotes):
        own, n = counts[name].to_numpy(), n_quotes[name]
        corrected = entropy(own) + (len(own) - 1) / (2 * n)
        # The chance that a source has none of the quotes drawn.
        missed = hypergeom.pmf(0, n, own, fewest)
        spread = (np.exp(entropy(own)), np.exp(corrected), fewest, (1 - missed).sum())
        rows.append((name, n_articles[name], n, len(own), *spread))
    names = [by, "n_articles", "n_quotes", "n_sources", "effective", "corrected"]
    return pd.DataFrame(rows, columns=[*names, "n_compared", "expected"])


def named(sources: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Return how many of the sources that articles cite have a name in them.

    Returns
    -------
    DataFrame
        Columns: ``by``, n_articles (that cite a source), n_named, n_sources, share_of_words (that
        named ones have in the quoted words); share, low, high (of n_named in n_sources, 95%
        interval). Most sources first.
    """
    return _share_of_sources(sources, sources["named"], articles, by, "n_named")


def unnamed(sources: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the sources without a name, with the words around the place of first citation.

    Returns
    -------
    DataFrame
        Columns: article, outlet, n_quotes, before, words, after; text order.
    """
    own = sources[~sources["named"].astype("bool")]
    found = label_rows(own, articles)[["article", "outlet", "n_quotes"]]
    return found.join(concordance(own, articles, width=35)).reset_index(drop=True)


def officials(sources: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Return how many of the cited sources are officials (``data/officials.toml``).

    Returns
    -------
    DataFrame
        Columns: those of :func:`named`, with n_officials for n_named.
    """
    return _share_of_sources(sources, is_official(sources), articles, by, "n_officials")


def _share_of_sources(
    sources: pd.DataFrame, counted: pd.Series, articles: pd.DataFrame, by: str, name: str
) -> pd.DataFrame:
    """Return the share of the sources, and of their words, that are counted under a name."""
    rows = sources.assign(
        counted=counted, words=sources["n_words"].where(counted.astype("bool"), 0)
    )
    own = rows.groupby(groups(sources, articles, by))
    n_sources, words = own.size(), own["n_words"].sum()
    table = pd.DataFrame(
        {
            "n_articles": own["article_id"].nunique(),
            name: own["counted"].sum().astype("int64"),
            "n_sources": n_sources,
            "share_of_words": own["words"].sum() / words.where(words > 0),
        }
    )
    return with_interval(table.loc[ranked(n_sources)].reset_index(), name, "n_sources")


def is_official(sources: pd.DataFrame) -> pd.Series:
    """Return whether each source is an official; one who is in one article is one in all."""
    pattern, bodies, organisations = _official_words()
    named = sources["aliases"].map(lambda names: any(pattern.search(name) for name in names))
    body = sources["source"].str.contains(bodies) | sources["source"].isin(organisations)
    kind = sources["kind"]
    own = (kind == "country") | ((kind == "organisation") & body)
    own |= kind.isin(["person", "unnamed"]) & named.astype(bool)
    unnamed = kind == "unnamed"
    # 'An official' of one article is not that of another, so the unnamed stay apart.
    everywhere = own.groupby(sources["source"]).transform("any")
    return own.where(unnamed, everywhere).astype("bool").rename("official")


@lru_cache(maxsize=1)
def _official_words() -> tuple[re.Pattern[str], str, frozenset[str]]:
    data, roles = load_toml("officials.toml"), load_toml("roles.toml")
    offices = {word for group in data["groups"] for word in roles["groups"][group]}
    offices = (offices | set(data["offices"])) - set(data["not_offices"])
    offices |= {form for word, form in roles["plural"].items() if word in offices}
    small = "|".join(re.escape(word) for word in sorted(offices, key=lambda w: (-len(w), w)))
    titles = "|".join(re.escape(title) for title in data["titles"])
    pattern = re.compile(rf"(?i:\b(?:{small})s?\b)|(?:^|\s)(?:{titles})\s[A-Z]")
    bodies = "|".join(re.escape(word) for word in data["bodies"])
    return pattern, rf"(?i:\b(?:{bodies})s?\b)", frozenset(data["organisations"])


def treatment(quotes: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Return how each group quotes each party: word for word, at length, with distance.

    Returns
    -------
    DataFrame
        Columns: ``by``, party, n_articles (that quote it), n_quotes, with_marks (direct or in
        part), share, low, high (of with_marks in n_quotes), words (median of a quote), n_distanced
        (cues that keep a distance or deny). By group, then most quotes first.
    """
    own = outer(quotes)
    own = own.assign(
        party=own["affiliation"].astype("object").fillna(NONE),
        marks=own["kind"].isin(["direct", "mixed"]),
        distanced=own["cue_stance"].isin(["distancing", "denying"]),
        words=n_words(own),
        **{by: groups(own, articles, by)},
    )
    table = own.groupby([by, "party"], sort=True).agg(
        n_articles=("article_id", "nunique"),
        n_quotes=("quote_id", "count"),
        with_marks=("marks", "sum"),
        words=("words", "median"),
        n_distanced=("distanced", "sum"),
    )
    table = with_interval(table.reset_index(), "with_marks", "n_quotes")
    columns = ["n_articles", "n_quotes", "with_marks", "share", "low", "high", "words"]
    order = {"by": [by, "n_quotes", "party"], "ascending": [True, False, True]}
    return table[[by, "party", *columns, "n_distanced"]].sort_values(**order, ignore_index=True)
