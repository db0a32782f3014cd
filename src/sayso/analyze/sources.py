"""Whom outlets let speak: parties, diversity, names, roles, women, and how each is quoted.

A source counts once for each article that cites it, a quote inside another not at all. Intervals
draw whole articles anew. ``by`` is always one of :data:`sayso.analyze.groups.BY`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sayso.analyze.groups import groups, n_words, outer, ranked
from sayso.analyze.intervals import bootstrap_ratio, drawn_shares
from sayso.analyze.passages import label_rows

READ = ("source_id", "article_id", "source", "kind", "role", "affiliation", "named", "aliases")
READ += ("n_quotes", "n_direct", "n_words", "share_of_voice", "start", "end")  # of sources
NONE = "no party known"
OF = ("affiliation", "source", "kind")
UNTOLD, DOCUMENT = "untold", "document"
HEARD = ("quoted", "only mentioned")


def party_shares(
    sources: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", of: str = "affiliation"
) -> pd.DataFrame:
    """Return each party's share of the words that each group quotes.

    A party is an 'affiliation' (whom a source speaks for), a 'source' or a 'kind' of sources, as
    ``of`` says.

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
    """Return how many of the sources that articles cite, documents left out, have a name in them.

    Columns: ``by``, n_articles (that cite a source), n_named, n_sources, share_of_words (that
    named ones have in the quoted words); share, low, high (of n_named in n_sources, 95%
    interval). Most sources first.
    """
    sources = sources[sources["kind"] != DOCUMENT]
    named = sources["named"].astype("bool")
    group = groups(sources, articles, by)
    own = sources.assign(named=named, words=sources["n_words"].where(named, 0)).groupby(group)
    n_sources, words = own.size(), own["n_words"].sum()
    table = pd.DataFrame(
        {
            "n_articles": own["article_id"].nunique(),
            "n_named": own["named"].sum().astype("int64"),
            "n_sources": n_sources,
            "share_of_words": own["words"].sum() / words.where(words > 0),
        }
    )
    table = table.join(drawn_shares(named, [group], sources["article_id"]))
    return table.loc[ranked(n_sources)].reset_index()


def unnamed(sources: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the sources without a name, and where they are first cited.

    Columns: article, outlet, n_quotes, article_id, words (a span, for
    :func:`sayso.analyze.passages.told`); text order.
    """
    own = label_rows(sources[~sources["named"].astype("bool")], articles).reset_index(drop=True)
    own["words"] = pd.Series(zip(own["start"], own["end"], strict=True), dtype="object")
    return own[["article", "outlet", "n_quotes", "article_id", "words"]]


def roles(sources: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Return what kinds of people and bodies each group cites, by the lists of ``data/roles.toml``.

    A named source whose role one article leaves open has that which all others agree on.

    Columns: ``by``, role ('document' of what is written, 'untold' where nothing tells),
    n_articles (of the group, that cite a source), n_sources, n_words; share, low, high (of
    n_sources in the group's sources, 95% interval). The group of most sources first, then most
    sources, 'untold' last.
    """
    rows = sources.assign(role=role_of(sources), **{by: groups(sources, articles, by)})
    table = rows.groupby([by, "role"]).agg(
        n_sources=("source_id", "count"), n_words=("n_words", "sum")
    )
    whole = rows.groupby(by).agg(n_articles=("article_id", "nunique"), n=("source_id", "count"))
    table = table.reset_index().join(whole, on=by)
    names = [*rows["role"].unique(), UNTOLD]
    shares = [drawn_shares(rows["role"] == n, [rows[by]], rows["article_id"]) for n in names]
    shares = pd.concat(dict(zip(names, shares, strict=False)), names=["role"])
    table = table.join(shares, on=["role", by]).assign(last=table["role"] == UNTOLD)
    order = ["n", by, "last", "n_sources", "role"]
    table = table.sort_values(order, ascending=[False, True, True, False, True], ignore_index=True)
    return table[[by, "role", "n_articles", "n_sources", "n_words", "share", "low", "high"]]


def role_of(sources: pd.DataFrame) -> pd.Series:
    """Return the role of each source as :func:`roles` counts it."""
    role = _agreed(sources, "source", "role").where(sources["named"], sources["role"])
    return role.astype("object").fillna(UNTOLD).mask(sources["kind"] == DOCUMENT, DOCUMENT)


def known_gender(mentions: pd.DataFrame) -> pd.Series:
    """Return the gender of each person as :func:`women` counts it."""
    known = mentions["gender"].astype("object").where(mentions["gender"] != "unknown")
    return _agreed(mentions.assign(gender=known), "person", "gender").fillna("unknown")


def _agreed(rows: pd.DataFrame, name: str, column: str) -> pd.Series:
    """Return a column with its gaps filled where all other rows of a name agree on one value."""
    told = rows.dropna(subset=[column]).groupby(name)[column].agg(["nunique", "first"])
    one = told.loc[told["nunique"] == 1, "first"].to_dict()
    return rows[column].astype("object").fillna(rows[name].map(one).astype("object"))


def women(mentions: pd.DataFrame, articles: pd.DataFrame, *, by: str | None = None) -> pd.DataFrame:
    """Return how many women and men are quoted, and how many are only mentioned.

    A person counts once for each article. One whose gender an article leaves open has that which
    all others agree on. ``by`` compares groups; without it all articles are one.

    Columns: ``by`` (if given), heard ('quoted' or 'only mentioned'), n_articles, n_women,
    n_men, n_unknown, n; share (of women in those known), low, high (95%, whole articles drawn
    anew; null for fewer than ten), least and most (share in all if none or each of the unknown
    is a woman). Groups of most people first, 'quoted' before 'only mentioned'.
    """
    gender = known_gender(mentions)
    every = pd.Series("all articles", mentions.index)
    heard = mentions["quoted"].map({True: HEARD[0], False: HEARD[1]})
    keys = [groups(mentions, articles, by) if by else every, heard, mentions["article_id"]]
    counts = pd.crosstab(keys, gender).reindex(columns=["female", "male", "unknown"], fill_value=0)
    rows = [(*key, *_women(own)) for key, own in counts.groupby(level=[0, 1], sort=True)]
    columns = ["n_articles", "n_women", "n_men", "n_unknown", "n", "share", "low", "high"]
    table = pd.DataFrame(rows, columns=["group", "heard", *columns, "least", "most"])
    places = {"group": ranked(table.groupby("group")["n"].sum()), "heard": pd.Index(HEARD)}
    table = table.sort_values(
        ["group", "heard"], key=lambda c: places[c.name].get_indexer(c), ignore_index=True
    )
    return table.rename(columns={"group": by}) if by else table.drop(columns="group")


def _women(counts: pd.DataFrame) -> tuple[float, ...]:
    """Return the figures of :func:`women` for articles (rows: female, male, unknown)."""
    female, male, unknown = (int(n) for n in counts.sum())
    n, told = female + male + unknown, counts["female"] + counts["male"]
    share = female / (female + male) if female + male else np.nan
    bounds = bootstrap_ratio(counts["female"], told)
    shares = (share, *bounds, female / n, (female + unknown) / n)
    return (len(counts), female, male, unknown, n, *shares)


def unheard(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the persons whom articles name and no article quotes.

    Left out is also who shares the last word of a name with somebody quoted: a bare last name may
    be that person.

    Columns: person, gender, role (the first told), n_articles, n_mentions. Most articles first,
    then most mentions, then by name.
    """
    last = mentions["person"].str.split().str[-1].str.casefold()
    own = mentions[~last.isin(set(last[mentions["quoted"]]))]
    own = own.assign(gender=own["gender"].where(own["gender"] != "unknown"))
    table = own.groupby("person").agg(
        gender=("gender", "first"),
        role=("role", "first"),
        n_articles=("article_id", "nunique"),
        n_mentions=("n", "sum"),
    )
    order = ["n_articles", "n_mentions", "person"]
    return table.reset_index().sort_values(order, ascending=[False, False, True], ignore_index=True)


def treatment(
    quotes: pd.DataFrame, sources: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet"
) -> pd.DataFrame:
    """Return how each group quotes each party: word for word, at length, with distance.

    What several say together counts once for each of their parties, which ``sources`` tell.

    Columns: ``by``, party, n_articles (that quote it), n_quotes, with_marks (direct or in
    part), share, low, high (of with_marks in n_quotes), words (median), n_distanced
    (cues that keep a distance or deny). By group, then most quotes first.
    """
    own = outer(quotes)
    parties = sources.set_index(["article_id", "source"])["affiliation"].to_dict()
    own = (
        own[["quote_id", "article_id"]]
        .assign(
            party=[
                tuple(dict.fromkeys(parties.get((article, name)) for name in names)) or (None,)
                for article, names in zip(own["article_id"], own["speakers"], strict=True)
            ],
            marks=own["kind"].isin(["direct", "mixed"]),
            distanced=own["cue_stance"].isin(["distancing", "denying"]),
            words=n_words(own),
            **{by: groups(own, articles, by)},
        )
        .explode("party")
    )
    own["party"] = own["party"].astype("object").fillna(NONE)
    table = own.groupby([by, "party"], sort=True).agg(
        n_articles=("article_id", "nunique"),
        n_quotes=("quote_id", "count"),
        with_marks=("marks", "sum"),
        words=("words", lambda words: round(words.median())),
        n_distanced=("distanced", "sum"),
    )
    table = table.join(drawn_shares(own["marks"], [own[by], own["party"]], own["article_id"]))
    table = table.reset_index()
    columns = ["n_articles", "n_quotes", "with_marks", "share", "low", "high", "words"]
    order = {"by": [by, "n_quotes", "party"], "ascending": [True, False, True]}
    return table[[by, "party", *columns, "n_distanced"]].sort_values(**order, ignore_index=True)
