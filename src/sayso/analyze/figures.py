"""What the notebooks compare, counted article by article: the figures of their findings.

Each function returns figures by name, for :func:`sayso.analyze.differences.differences`; ``by`` is
one of :data:`sayso.analyze.groups.BY`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sayso.analyze.blame.rates import charges_by_article
from sayso.analyze.blame.ties import charging
from sayso.analyze.differences import Counted, count_rows, per_article
from sayso.analyze.groups import outer
from sayso.analyze.intervals import FEWEST, bootstrap_ratio
from sayso.analyze.sources import DOCUMENT, UNTOLD, known_gender, role_of
from sayso.analyze.words.keyness import article_terms
from sayso.lexicon.parties import ROLES

VAGUE = ("other", UNTOLD)  # what was not recognised is no finding about an outlet


def of_articles(shares: pd.DataFrame, articles: pd.DataFrame, *, by: str) -> dict[str, Counted]:
    """Return the quoted part of the text and the part in quotes with marks ('quoted').

    ``shares`` is what :func:`sayso.analyze.corpus.quoted_shares` returned.
    """
    shares = shares.set_index("article_id")
    parts = shares[["quoted", "with_marks"]]
    words = pd.DataFrame({name: shares["n_words"] for name in parts}).astype(float)
    return {"quoted": per_article(parts * words, words, articles, by)}


def of_speakers(
    quotes: pd.DataFrame,
    sources: pd.DataFrame,
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str,
) -> dict[str, Counted]:
    """Return sources by 'role' and with a name ('named'), 'women' among those quoted whose gender
    is known, quotes with quotation 'marks', and by the 'stance' of their cue.
    """
    own, role = outer(quotes), role_of(sources)
    told = [name for name in (*ROLES, DOCUMENT) if name not in VAGUE]
    people = sources[sources["kind"] != DOCUMENT]
    gender = known_gender(mentions)[mentions["quoted"]]
    women = gender.eq("female").where(gender != "unknown")
    stances = {
        "distanced": own["cue_stance"].isin(["distancing", "denying"]),
        "endorsing": own["cue_stance"] == "endorsing",
    }
    marks = own["kind"] != "indirect"
    return {
        "role": count_rows(sources, articles, by, {name: role == name for name in told}),
        "named": count_rows(people, articles, by, {"named": people["named"]}),
        "women": count_rows(mentions[mentions["quoted"]], articles, by, {"women": women}),
        "marks": count_rows(own, articles, by, {"marks": marks}),
        "stance": count_rows(own, articles, by, stances),
    }


def of_dates(found: pd.DataFrame, articles: pd.DataFrame, *, by: str) -> dict[str, Counted]:
    """Return the days of a chronology 'ahead' of publication or before it, and those in quotes."""
    relation = found["relation"].where(found["relation"] != "unknown")
    known = {"after": relation.eq("after").where(relation.notna())}
    return {
        "ahead": count_rows(found, articles, by, known),
        "quoted": count_rows(found, articles, by, {"quoted": found["role"] == "quoted"}),
    }


def of_framing(framing: pd.DataFrame, articles: pd.DataFrame, *, by: str) -> dict[str, Counted]:
    """Return each frame's headlines and sentences, in own words and in 'quoted' ones apart."""
    rows = framing[framing["unit"] != "quote"]
    figures = {}
    for kind in ("outlet", "quoted"):
        own = rows[rows["voice_kind"] == kind]
        frames = own["frame"].drop_duplicates()
        parts = {name: own["present"].astype(float).where(own["frame"] == name) for name in frames}
        figures[kind] = count_rows(own, articles, by, parts)
    return figures


def of_blame(
    blames: pd.DataFrame, charges: pd.DataFrame, articles: pd.DataFrame, *, by: str
) -> dict[str, Counted]:
    """Return 'charges' an article (a rate), and ties of blame 'without' a blamer."""
    each = charges_by_article(charges, blames, articles, by).set_index("article_id")
    ties = charging(blames)
    counts = each[["n_charges"]].rename(columns={"n_charges": "charges"})
    return {
        "charges": per_article(counts, 1.0, articles, by, rate=True),
        "without": count_rows(ties, articles, by, {"without": ties["agentless"]}),
    }


def of_words(
    tables: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame], *, by: str, **reading: str
) -> dict[str, Counted]:
    """Return which of an outlet's articles have each 'word'.

    ``tables`` are quotes, sentences and articles, ``reading`` is voice and unit of
    :func:`sayso.analyze.words.keyness.read_terms`. Left out are words in fewer than ``FEWEST``
    articles, those that no keyword can be, and names (capitals): they tell what an article is
    about.
    """
    carried = article_terms(*tables, **reading)
    plain = np.array([str(name).islower() for name in carried], bool)
    carried = carried.loc[:, plain & (carried.sum() >= FEWEST).to_numpy()]
    totals = pd.DataFrame(1.0, carried.index, carried.columns)
    return {"word": per_article(carried.astype(float), totals, tables[2], by)}


def overall(counted: Counted, part: str) -> dict[str, float]:
    """Return a part's value in all articles: hits, total, n_articles, value, low, high (95%)."""
    hits, totals = (frame[part].to_numpy() for frame in (counted.hits, counted.totals))
    asked = totals > 0
    whole = totals.sum()
    low, high = bootstrap_ratio(hits, totals)
    value = hits.sum() / whole if whole else np.nan
    counts = {"hits": hits.sum(), "total": whole, "n_articles": int(asked.sum())}
    return counts | {"value": value, "low": low, "high": high}
