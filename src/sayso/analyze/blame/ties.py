"""Blame ties counted: who blames whom, in whose voice, without an agent, and when.

Denials are no blame: they are left out of every count here but stand among the cells.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from sayso.analyze.blame.rates import rate
from sayso.analyze.blame.readings import own_apart
from sayso.analyze.groups import PERIODS, groups, periods, ranked
from sayso.analyze.intervals import bootstrap_ratio
from sayso.analyze.passages import label_rows

OUTLET, NOBODY = "(the outlet)", "(no blamer found)"
VOICES = {
    "own": "the outlet itself blames",
    "told": "the outlet tells of somebody's blame in its own words",
    "quoted": "the blame stands in somebody's quoted or reported words",
}
TOGETHER = "the outlet's own words: it blames itself, or tells of somebody's blame"
ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)

# The longest span of days that is told in steps of a kind; 'year' has no end.
SPANS = {"day": 31, "week": 183, "month": 1096}
FEW_LOST = 0.1
"""No step is chosen that loses more than this share of the dated articles."""


def counted(blames: pd.DataFrame, least: float, denied: float) -> pd.DataFrame:
    """Return the ties that are counted: those of at least the confidence ``least``.

    Denials need to be as sure as ``denied``: a false one says that a charge was answered.
    """
    level = np.where(blames["stance"] == "deny", denied, least)
    return blames[blames["confidence"] >= level]


def charging(blames: pd.DataFrame) -> pd.DataFrame:
    """Return the ties that blame: no denials."""
    return blames[blames["stance"] != "deny"]


def denying(blames: pd.DataFrame) -> pd.DataFrame:
    """Return the denials."""
    return blames[blames["stance"] == "deny"]


def nameless(blames: pd.DataFrame) -> pd.DataFrame:
    """Return the ties that blame without a blamer ('was accused of')."""
    return charging(blames[blames["agentless"]])


def label(blames: pd.DataFrame) -> pd.Series:
    """Return each tie's blamer in words, also where it has no name.

    The outlet is a blamer only while that is right often enough
    (:func:`sayso.analyze.blame.readings.own_apart`); else such ties, too, have no blamer found.
    """
    outlet = OUTLET if own_apart() else NOBODY
    other = blames["blamer_kind"].map(lambda kind: outlet if kind == "outlet" else NOBODY)
    return blames["blamer"].fillna(other)


def target(blames: pd.DataFrame) -> pd.Series:
    """Return each tie's target in words: as it stands where it could not be resolved."""
    return blames["target"].fillna(blames["target_mention"])


def merged(names: pd.Series) -> pd.Series:
    """Return names that differ in case or in a leading article alone as one: the most used."""
    keys = names.str.replace(ARTICLE, "", regex=True).str.casefold().str.split().str.join(" ")
    used = names.groupby([keys, names]).size().rename("n").rename_axis(["key", "name"])
    order = used.reset_index().sort_values(["n", "name"], ascending=[False, True], kind="stable")
    return keys.map(order.drop_duplicates("key").set_index("key")["name"]).rename(names.name)


def told(blames: pd.DataFrame) -> pd.Series:
    """Return in whose voice each tie stands: a key of ``VOICES``.

    'own' only while that is right often enough, see :func:`label`.
    """
    voice = blames["voice"].map(lambda v: "told" if v == "outlet" else "quoted").astype("object")
    own = (blames["blamer_kind"] == "outlet") & (voice == "told") & own_apart()
    return voice.where(~own, "own")


def voices(blames: pd.DataFrame) -> pd.DataFrame:
    """Return how many ties stand in which voice.

    Columns: voice, meaning, assert, report, deny.
    """
    meanings = VOICES if own_apart() else {"told": TOGETHER, "quoted": VOICES["quoted"]}
    counts = pd.crosstab(told(blames), blames["stance"].astype("object"))
    names = ["assert", "report", "deny"]
    counts = counts.reindex(index=list(meanings), columns=names, fill_value=0)
    counts.insert(0, "meaning", pd.Series(meanings))
    return counts.rename_axis(index="voice", columns=None).reset_index()


def pairs(blames: pd.DataFrame) -> pd.DataFrame:
    """Return who blames whom how often, and in whose voice.

    Ties whose target could not be resolved are left out; names of the same party are one, see
    :func:`merged`.

    Columns: blamer, voice (see :func:`told`), target, n_ties, n_articles. Most ties first, then by
    name.
    """
    own = charging(blames).dropna(subset="target")
    keys = [merged(label(own)).rename("blamer"), told(own).rename("voice"), merged(own["target"])]
    counts = own.groupby(keys)["article_id"].agg(n_ties="size", n_articles="nunique").sort_index()
    return counts.sort_values("n_ties", ascending=False, kind="stable").reset_index()


def cells(blames: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the ties behind the pairs, and where they stand; denials and unresolved ones, too.

    Columns: blamer, target, stance, voice, issue, article, outlet, article_id, sentence (its place,
    for :func:`sayso.analyze.passages.told`). By blamer and target, then by place.
    """
    found = label_rows(blames, articles)
    found["blamer"], found["target"] = label(blames), target(blames)
    found["voice"] = told(blames)
    found["sentence"] = blames["cue_span"].str[0]
    found = found.sort_values(["blamer", "target", "article_id", "start"], kind="stable")
    names = ["blamer", "target", "stance", "voice", "issue", "article", "outlet"]
    return found[[*names, "article_id", "sentence"]].reset_index(drop=True)


def agentless(blames: pd.DataFrame, articles: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Return how much of each outlet's blame comes without a blamer ('was accused of').

    Columns: ``by``, n_articles (those with blame), n_agentless, n_ties (denials left out),
    share, low, high (95% interval by drawing articles anew; null for fewer than ten, and where
    all ties name a blamer, or none). Most ties first.
    """
    own = charging(blames)
    each = own["agentless"].groupby([groups(own, articles, by), own["article_id"]])
    rows = []
    for name, counts in each.agg(["sum", "size"]).groupby(level=0):
        hits, ties = counts["sum"].to_numpy(int), counts["size"].to_numpy(int)
        drawn = bootstrap_ratio(hits, ties)
        rows.append((name, len(hits), hits.sum(), ties.sum(), hits.sum() / ties.sum(), *drawn))
    columns = [by, "n_articles", "n_agentless", "n_ties", "share", "low", "high"]
    table = pd.DataFrame(rows, columns=columns).set_index(by)
    return table.loc[ranked(table["n_ties"])].reset_index()


def choose_period(articles: pd.DataFrame, period: str = "auto") -> str:
    """Return the steps of time that fit the dates: 'day', 'week', 'month' or 'year'.

    Any ``period`` but 'auto' stays. Dates that are exact to the month (or year) call for that step
    where they are more than ``FEW_LOST`` of all.
    """
    if period != "auto":
        return period
    dated = articles[articles["published"].notna()]
    days = (dated["published"].max() - dated["published"].min()).days if len(dated) else 0
    for step, (_, exact) in PERIODS.items():
        lost = 1 - dated["published_precision"].isin(exact).mean() if len(dated) else 0
        if days <= SPANS.get(step, days) and lost <= FEW_LOST:
            return step
    return "year"


def per_period(blames: pd.DataFrame, articles: pd.DataFrame, period: str) -> pd.DataFrame:
    """Return ties of blame per article, by the publication dates of the articles.

    ``period`` is a step of :data:`sayso.analyze.groups.PERIODS`; articles that are known less
    exactly, or not at all, are left out. Articles without blame count.

    Columns: period (text), n_articles, n_ties, per_article, low, high (95% interval, see
    :func:`sayso.analyze.blame.rates.rate`). By period; periods without articles have no row.
    """
    ties = articles["article_id"].map(charging(blames)["article_id"].value_counts()).fillna(0)
    rows = [
        (name, len(own), int(own.sum()), *rate(own))
        for name, own in ties.groupby(periods(articles, period))
    ]
    columns = ["period", "n_articles", "n_ties", "per_article", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def over_time(blames: pd.DataFrame, articles: pd.DataFrame, period: str = "month") -> pd.DataFrame:
    """Return the targets of blame by the publication dates of their articles.

    Dates are taken as in :func:`per_period`; targets that could not be resolved are left out.

    Columns: period (text), target, n_ties, n_articles (that blame it), per_article (ties over all
    articles of the period). By period, then by ties and target.
    """
    own = charging(blames).dropna(subset="target")
    dated = periods(articles, period).set_axis(articles["article_id"])
    keys = [own["article_id"].map(dated).rename("period"), merged(own["target"])]
    table = own.groupby(keys)["article_id"].agg(n_ties="count", n_articles="nunique").reset_index()
    of = table["period"].map(dated.value_counts()).astype("float64")
    table["per_article"] = table["n_ties"] / of
    order = {"by": ["period", "n_ties", "target"], "ascending": [True, False, True]}
    return table.sort_values(**order, ignore_index=True)
