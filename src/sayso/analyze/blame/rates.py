"""Charges per article, by outlet: an article counts a charge once, however often it repeats it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sayso.analyze.groups import groups, ranked
from sayso.analyze.intervals import bootstrap_ratio


def charges_by_article(
    charges: pd.DataFrame, blames: pd.DataFrame, articles: pd.DataFrame, by: str = "outlet"
) -> pd.DataFrame:
    """Return how many charges each article makes or passes on; denials are none.

    Columns: article_id, group (of ``by``), n_words, n_charges. A row an article, also without
    blame.
    """
    ties = charges[["charge_id", "blame_ids"]].explode("blame_ids").dropna(subset="blame_ids")
    home = blames.set_index("blame_id")["article_id"]
    told = ties.assign(article_id=ties["blame_ids"].map(home))
    counts = told.groupby("article_id")["charge_id"].nunique()
    each = articles[["article_id", "n_words"]].assign(group=groups(articles, articles, by))
    each["n_charges"] = each["article_id"].map(counts).fillna(0).astype("int64")
    names = ["article_id", "group", "n_words", "n_charges"]
    return each[names].reset_index(drop=True)


def rate(counts: pd.Series) -> tuple[float, float, float]:
    """Return the mean of a number that each article has, and its 95% interval.

    The interval is that of :func:`sayso.analyze.intervals.bootstrap_ratio`.
    """
    values = counts.to_numpy(float)
    mean = float(values.mean()) if len(values) else np.nan
    return mean, *bootstrap_ratio(values, np.ones(len(values)))


def charge_rates(each: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Return the charges per article of each group of :func:`charges_by_article`.

    Columns: ``by``, n_articles, n_charges (counted once an article), per_article, low, high (95%
    interval, see :func:`rate`), per_1000_words. Most articles first.
    """
    rows = []
    for name, own in each.groupby("group"):
        total, words = int(own["n_charges"].sum()), int(own["n_words"].sum())
        by_words = 1000 * total / words if words else np.nan
        rows.append((name, len(own), total, *rate(own["n_charges"]), by_words))
    columns = [by, "n_articles", "n_charges", "per_article", "low", "high", "per_1000_words"]
    table = pd.DataFrame(rows, columns=columns).set_index(by)
    return table.loc[ranked(table["n_articles"])].reset_index()
