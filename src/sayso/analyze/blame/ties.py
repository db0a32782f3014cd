"""Blame ties counted: who blames whom, in whose voice, without an agent, and when.

Denials are no blame: they are left out of every count here but stand among the cells.
"""

from __future__ import annotations

import pandas as pd

from sayso.analyze.groups import groups, periods, ranked
from sayso.analyze.intervals import with_interval
from sayso.analyze.passages import label_rows, sentence_texts

OUTLET, NOBODY = "(the outlet)", "(nobody named)"
VOICES = {
    "own": "the outlet itself blames",
    "told": "the outlet tells of somebody's blame in its own words",
    "quoted": "the blame stands in somebody's quoted or reported words",
}


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
    """Return each tie's blamer in words, also where it has no name."""
    other = blames["blamer_kind"].map(lambda kind: OUTLET if kind == "outlet" else NOBODY)
    return blames["blamer"].fillna(other)


def target(blames: pd.DataFrame) -> pd.Series:
    """Return each tie's target in words: as it stands where it could not be resolved."""
    return blames["target"].fillna(blames["target_mention"])


def told(blames: pd.DataFrame) -> pd.Series:
    """Return in whose voice each tie stands: a key of ``VOICES``."""
    voice = blames["voice"].map(lambda v: "told" if v == "outlet" else "quoted").astype("object")
    own = (blames["blamer_kind"] == "outlet") & (voice == "told")
    return voice.where(~own, "own")


def voices(blames: pd.DataFrame) -> pd.DataFrame:
    """Return how many ties stand in which voice.

    Columns: voice, meaning, assert, report, deny.
    """
    counts = pd.crosstab(told(blames), blames["stance"].astype("object"))
    names = ["assert", "report", "deny"]
    counts = counts.reindex(index=list(VOICES), columns=names, fill_value=0)
    counts.insert(0, "meaning", pd.Series(VOICES))
    return counts.rename_axis(index="voice", columns=None).reset_index()


def pairs(blames: pd.DataFrame) -> pd.DataFrame:
    """Return who blames whom how often, and in whose voice.

    Columns: blamer, voice (see :func:`told`), target, n_ties. Most ties first, then by name.
    """
    own = charging(blames)
    keys = [label(own).rename("blamer"), told(own).rename("voice"), target(own).rename("target")]
    counts = own.groupby(keys).size().rename("n_ties").sort_index()
    return counts.sort_values(ascending=False, kind="stable").reset_index()


def matrix(blames: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of :func:`pairs` with a row a blamer and voice, and a column a target.

    Those of most ties come first, then by name.
    """
    counts = pairs(blames).set_index(["blamer", "voice", "target"])["n_ties"]
    table = counts.unstack(fill_value=0)
    return table.loc[ranked(table.sum(axis=1)), ranked(table.sum())]


def cells(blames: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the ties behind each cell of the matrix, with their sentences; denials, too.

    Columns: blamer, target, stance, voice, issue, article, outlet, sentence. By blamer and
    target, then by place.
    """
    found = label_rows(blames, articles)
    found["blamer"], found["target"] = label(blames), target(blames)
    found["voice"] = told(blames)
    found["sentence"] = sentence_texts(blames, sentences, articles, span="cue_span")
    found = found.sort_values(["blamer", "target", "article_id", "start"], kind="stable")
    names = ["blamer", "target", "stance", "voice", "issue", "article", "outlet", "sentence"]
    return found[names].reset_index(drop=True)


def agentless(blames: pd.DataFrame, articles: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Return how much of each outlet's blame comes without a blamer ('was accused of').

    Columns: ``by``, n_articles (those with blame), n_agentless, n_ties (denials left out),
    share, low, high (95% interval, see :func:`sayso.analyze.intervals.with_interval`). Most
    ties first.
    """
    own = charging(blames)
    counts = own.groupby(groups(own, articles, by)).agg(
        n_articles=("article_id", "nunique"),
        n_agentless=("agentless", "sum"),
        n_ties=("agentless", "size"),
    )
    counts = counts.loc[ranked(counts["n_ties"])].astype("int64").reset_index(names=by)
    return with_interval(counts, "n_agentless", "n_ties")


def over_time(blames: pd.DataFrame, articles: pd.DataFrame, period: str = "month") -> pd.DataFrame:
    """Return blame ties by the publication dates of their articles.

    ``period`` is 'day', 'month' or 'year'; articles that are known less exactly, or not at all, are
    left out.

    Columns: period (text), target, n_ties, n_articles. By period, then by ties and target.
    """
    own = charging(blames)
    when = periods(articles, period).set_axis(articles["article_id"])
    keys = [own["article_id"].map(when).rename("period"), target(own).rename("target")]
    table = own.groupby(keys)["article_id"].agg(n_ties="count", n_articles="nunique")
    order = {"by": ["period", "n_ties", "target"], "ascending": [True, False, True]}
    return table.reset_index().sort_values(**order, ignore_index=True)
