"""Whom outlets let speak: parties, diversity, officials, who comes first, and how each is quoted.

A source counts once for each article that cites it, a quote inside another not at all. Intervals of
shares of words draw whole articles anew and are left out for groups of fewer than ten articles;
those of counts are Wilson's.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import pandas as pd

from sayso.analyze.framing.shares import FEWEST_ARTICLES
from sayso.analyze.groups import groups, n_words, outer
from sayso.analyze.intervals import Z95, bootstrap_ratio, with_interval
from sayso.lexicon.files import load_toml

NONE = "no party known"
OF = ("affiliation", "source", "kind")
PARTS = 100  # the articles are left out in so many parts at most


def party_shares(
    sources: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", of: str = "affiliation"
) -> pd.DataFrame:
    """Return each party's share of the words that each group quotes.

    Parameters
    ----------
    sources, articles
        Those tables.
    by
        'outlet', 'agency' or 'article_id'.
    of
        What a party is: 'affiliation' (whom a source speaks for), 'source', or 'kind'.

    Returns
    -------
    DataFrame
        Columns: ``by``, party, n_articles, n_sources, n_quotes, n_words, share, low, high. By
        group, then by words.
    """
    rows = _with_party(sources, articles, by, of)
    table = []
    for group, own in rows.groupby(by, sort=True):
        totals = own.groupby("article_id", sort=True)["n_words"].sum()
        for party, part in own.groupby("party", sort=True):
            words = part.groupby("article_id")["n_words"].sum().reindex(totals.index, fill_value=0)
            share = words.sum() / totals.sum() if totals.sum() else np.nan
            low, high = np.nan, np.nan
            if len(totals) >= FEWEST_ARTICLES:
                low, high = bootstrap_ratio(words.to_numpy(), totals.to_numpy())
            counts = (part["article_id"].nunique(), len(part), part["n_quotes"].sum())
            table.append((group, party, *counts, words.sum(), share, low, high))
    columns = ["n_articles", "n_sources", "n_quotes", "n_words", "share", "low", "high"]
    result = pd.DataFrame(table, columns=[by, "party", *columns])
    result = result.astype({name: "int64" for name in columns[:4]})
    return result.sort_values(
        [by, "n_words", "party"], ascending=[True, False, True], ignore_index=True
    )


def diversity(
    sources: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", of: str = "source"
) -> pd.DataFrame:
    """Return on how many voices each group's quotes are spread.

    Parameters
    ----------
    sources, articles, by, of
        As in :func:`party_shares`.

    Returns
    -------
    DataFrame
        Columns: ``by``, n_articles, n_quotes, n_parties, entropy (Shannon's, natural logarithm, of
        the shares of quotes), effective (exp of it: so many equally frequent parties would be as
        diverse), low, high (95%, by leaving articles out), corrected (effective, its bias
        corrected after Miller 1955), n_compared and expected (parties in so many quotes drawn at
        random, the number of the group with the fewest; Hurlbert 1971). Most quotes first.

    Notes
    -----
    Entropy of a sample is too low, the more so the fewer quotes there are. Compare groups of
    different size by ``expected``, which is fair, and read ``effective`` beside ``corrected``.
    """
    rows = _with_party(sources, articles, by, of)
    counts = {g: own.groupby("party")["n_quotes"].sum() for g, own in rows.groupby(by, sort=True)}
    fewest = min((int(c.sum()) for c in counts.values()), default=0)
    table = []
    for group, count in counts.items():
        own = rows[rows[by] == group]
        n, entropy = int(count.sum()), shannon(count.to_numpy())
        corrected = float(np.exp(entropy + (len(count) - 1) / (2 * n))) if n else np.nan
        table.append(
            (
                group,
                own["article_id"].nunique(),
                n,
                len(count),
                entropy,
                float(np.exp(entropy)),
                *_diversity_interval(own),
                corrected,
                fewest,
                rarefied(count.to_numpy(), fewest),
            )
        )
    columns = ["n_articles", "n_quotes", "n_parties", "entropy", "effective", "low", "high"]
    result = pd.DataFrame(table, columns=[by, *columns, "corrected", "n_compared", "expected"])
    return result.sort_values(["n_quotes", by], ascending=[False, True], ignore_index=True)


def shannon(counts: np.ndarray) -> float:
    """Return the entropy of counts in nats.

    Examples
    --------
    >>> round(float(np.exp(shannon(np.array([5, 5, 5, 5])))), 6)
    4.0
    """
    counts = np.asarray(counts, float)
    shares = counts[counts > 0] / max(counts.sum(), 1)
    return float(-(shares * np.log(shares)).sum()) + 0.0


def rarefied(counts: np.ndarray, size: int) -> float:
    """Return how many kinds are to be expected in a random draw without replacement.

    Examples
    --------
    >>> rarefied(np.array([1, 1, 1]), 3), round(rarefied(np.array([99, 1]), 1), 6)
    (3.0, 1.0)
    """
    from scipy.special import gammaln

    counts, total = np.asarray(counts, float), float(np.sum(counts))
    rest = total - counts
    possible = rest >= size
    # The chance that none of the draw is of a kind: C(rest, size) / C(total, size).
    logs = (
        gammaln(rest[possible] + 1)
        - gammaln(rest[possible] - size + 1)
        - gammaln(total + 1)
        + gammaln(total - size + 1)
    )
    return float(len(counts) - np.exp(logs).sum())


def _diversity_interval(own: pd.DataFrame) -> tuple[float, float]:
    """Return the 95% interval of the effective number, by leaving out a part of the articles.

    The bootstrap would not do: an article drawn twice makes every resample less diverse.
    """
    articles, ids = own["article_id"].factorize()
    if len(ids) < FEWEST_ARTICLES:
        return np.nan, np.nan
    parties, quotes = own["party"].factorize()[0], own["n_quotes"].to_numpy(float)
    whole = np.bincount(parties, weights=quotes)
    n_parts = min(len(ids), PARTS)
    part = articles % n_parts
    left = [
        shannon(whole - np.bincount(parties, weights=quotes * (part == i), minlength=len(whole)))
        for i in range(n_parts)
    ]
    error = np.sqrt((n_parts - 1) / n_parts * np.sum((np.array(left) - np.mean(left)) ** 2))
    entropy = shannon(whole)
    return float(np.exp(entropy - Z95 * error)), float(np.exp(entropy + Z95 * error))


def officials(sources: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Return how many of the cited sources are officials (``data/officials.toml``).

    Returns
    -------
    DataFrame
        Columns: ``by``, n_officials, n_others, n_sources, share, low, high (of officials in
        sources, 95% interval), share_of_words. Most sources first.
    """
    rows = sources.assign(official=is_official(sources), **{by: groups(sources, articles, by)})
    rows["official_words"] = rows["n_words"] * rows["official"]
    own = rows.groupby(by, sort=True)
    table = pd.DataFrame({"n_officials": own["official"].sum(), "n_sources": own.size()})
    table = table.astype("int64")
    table.insert(1, "n_others", table["n_sources"] - table["n_officials"])
    table = with_interval(table.reset_index(), "n_officials", "n_sources")
    sums = own[["official_words", "n_words"]].sum().reset_index(drop=True)
    table["share_of_words"] = sums["official_words"] / sums["n_words"].where(sums["n_words"] > 0)
    return table.sort_values(["n_sources", by], ascending=[False, True], ignore_index=True)


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


def treatment(
    quotes: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", of: str = "affiliation"
) -> pd.DataFrame:
    """Return how each group quotes each party: word for word, at length, with distance.

    Parameters
    ----------
    quotes, articles, by
        Those tables, and 'outlet', 'agency' or 'article_id'.
    of
        'affiliation', 'source' (who speaks) or 'kind'.

    Returns
    -------
    DataFrame
        Columns: ``by``, party, n_quotes, with_marks (direct or in part), share, low, high (of
        with_marks in n_quotes), words (median of a quote), n_distanced (cues that keep a distance
        or deny). By group, then most quotes first.
    """
    column = {"source": "speaker", "kind": "speaker_kind"}.get(of, of)
    own = outer(quotes)
    own = own.assign(
        party=own[column].astype("object").where(own[column].notna(), NONE),
        marks=own["kind"].isin(["direct", "mixed"]),
        distanced=own["cue_stance"].isin(["distancing", "denying"]),
        words=n_words(own),
        **{by: groups(own, articles, by)},
    )
    found = own.groupby([by, "party"], sort=True)
    table = pd.DataFrame(
        {
            "n_quotes": found.size(),
            "with_marks": found["marks"].sum(),
            "words": found["words"].median(),
            "n_distanced": found["distanced"].sum(),
        }
    ).reset_index()
    table = with_interval(table.astype({"with_marks": "int64"}), "with_marks", "n_quotes")
    columns = ["n_quotes", "with_marks", "share", "low", "high", "words", "n_distanced"]
    return table[[by, "party", *columns]].sort_values(
        [by, "n_quotes", "party"], ascending=[True, False, True], ignore_index=True
    )


def _with_party(sources: pd.DataFrame, articles: pd.DataFrame, by: str, of: str) -> pd.DataFrame:
    if of not in OF:
        raise ValueError(f"a party is one of {', '.join(OF)}, not '{of}'")
    party = sources[of].astype("object").where(sources[of].notna(), NONE)
    return sources.assign(party=party, **{by: groups(sources, articles, by)})
