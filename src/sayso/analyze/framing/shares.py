"""Comparisons of framing: by outlet, by who speaks, over time, headline and body, one event.

All take the rows of :func:`sayso.analyze.framing.code.frame_units` and count headlines and
sentences; quotes, which repeat words of the sentences, are left out.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from sayso.analyze.groups import groups
from sayso.analyze.intervals import bootstrap_ratio

FEWEST_ARTICLES = 10  # with fewer, counts are told, and no interval
LEAD_WEIGHT = 2.0
SHARE_COLUMNS = [
    "voice_kind",
    "frame",
    "n_articles",
    "n_units",
    "n_present",
    "share",
    "low",
    "high",
]


def frame_shares(
    framing: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    weight: str | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Return how often each group uses each frame, in its own words and in quoted ones apart.

    Parameters
    ----------
    framing, articles
        The rows of ``corpus.framing()`` and the articles table.
    by
        'outlet', 'agency', 'month', 'article_id', or 'voice' (who speaks).
    weight
        'n_words' to count words instead of units.
    seed
        Of the resamples.

    Returns
    -------
    DataFrame
        Columns: the group, voice_kind, frame, n_articles, n_units, n_present, share, low,
        high. The interval draws articles anew (1,000 times); where a group has fewer than
        10 articles it is null, and the counts speak for themselves.
    """
    rows = framing[framing["unit"] != "quote"]
    rows = rows.assign(group=_groups(rows, articles, by), weight=rows[weight] if weight else 1)
    rows["hit"] = rows["weight"] * rows["present"]
    keys = ["group", "voice_kind", "frame"]
    each = rows.groupby([*keys, "article_id"], sort=True)[["weight", "hit"]].sum()
    table = []
    for key, counts in each.groupby(level=keys, sort=True):
        hits, totals = counts["hit"].to_numpy(), counts["weight"].to_numpy()
        low, high = np.nan, np.nan
        if len(counts) >= FEWEST_ARTICLES:
            low, high = bootstrap_ratio(hits, totals, seed=seed)
        total = int(totals.sum())
        share = hits.sum() / total if total else np.nan
        table.append((*key, len(counts), total, int(hits.sum()), share, low, high))
    result = pd.DataFrame(table, columns=["group", *SHARE_COLUMNS])
    return _in_frame_order(result.rename(columns={"group": by}), framing, [by, "voice_kind"])


def _groups(rows: pd.DataFrame, articles: pd.DataFrame, by: str) -> pd.Series:
    return rows["voice"].astype("object") if by == "voice" else groups(rows, articles, by)


def _in_frame_order(table: pd.DataFrame, framing: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Sort by keys, then as the codebook orders its frames."""
    order = {name: number for number, name in enumerate(framing["frame"].drop_duplicates())}
    table = table.assign(order=table["frame"].map(order))
    table = table.sort_values([*keys, "order"], kind="stable", ignore_index=True)
    return table.drop(columns="order")


def article_frames(
    framing: pd.DataFrame, *, lead_weight: float = LEAD_WEIGHT, prevalence: dict | None = None
) -> pd.DataFrame:
    """Return how much of each article takes each frame; what stands first weighs more.

    Parameters
    ----------
    framing
        The rows of ``corpus.framing()``.
    lead_weight
        What a unit of the headline or the first paragraph counts, where others count 1.
    prevalence
        Frame -> share from which an article has it (0.1 where a frame is not in it).

    Returns
    -------
    DataFrame
        Columns: article_id, frame, n_units, n_present, share (weighted), present.
    """
    rows = framing[framing["unit"] != "quote"]
    # A sentence in two voices is one sentence: it has a frame if one of its voices has.
    keys = ["article_id", "frame", "unit_id"]
    first = rows["in_lead"] | (rows["unit"] == "headline")
    units = rows.assign(first=first).groupby(keys, sort=True)[["present", "first"]].any()
    weight = np.where(units["first"], lead_weight, 1.0)
    units = units.assign(weight=weight, hit=weight * units["present"])
    sums = units.groupby(level=["article_id", "frame"]).agg(
        n_units=("present", "size"),
        n_present=("present", "sum"),
        hit=("hit", "sum"),
        weight=("weight", "sum"),
    )
    sums = sums.reset_index()
    sums["share"] = sums["hit"] / sums["weight"]
    least = sums["frame"].map(prevalence or {}).astype(float).fillna(0.1)
    sums["present"] = sums["share"] >= least
    columns = ["article_id", "frame", "n_units", "n_present", "share", "present"]
    return _in_frame_order(sums[columns], framing, ["article_id"])


def headline_against_body(framing: pd.DataFrame) -> pd.DataFrame:
    """Return, for articles with a headline, which frames stand there, in the lead and below.

    Returns
    -------
    DataFrame
        Columns: article_id, frame, in_headline, share_lead, share_body, difference ('headline
        only', 'body only', 'both', 'neither').
    """
    rows = framing[framing["unit"] != "quote"]
    part = np.where(rows["in_lead"], "lead", "body")
    rows = rows.assign(part=np.where(rows["unit"] == "headline", "headline", part))
    units = rows.groupby(["article_id", "frame", "part", "unit_id"])["present"].any()
    shares = units.groupby(level=["article_id", "frame", "part"]).mean().unstack("part")
    shares = shares.reindex(columns=["headline", "lead", "body"])
    shares = shares[shares["headline"].notna()].reset_index()
    top = shares["headline"].astype(float) > 0
    below = shares[["lead", "body"]].astype(float).fillna(0).max(axis=1) > 0
    words = np.select([top & below, top, below], ["both", "headline only", "body only"], "neither")
    result = pd.DataFrame(
        {
            "article_id": shares["article_id"],
            "frame": shares["frame"],
            "in_headline": top,
            "share_lead": shares["lead"].astype(float),
            "share_body": shares["body"].astype(float),
            "difference": words,
        }
    )
    return _in_frame_order(result, framing, ["article_id"])


def same_events(articles: pd.DataFrame, *, days: int = 3, similarity: float = 0.75) -> pd.Series:
    """Return which event each article is about: the id of the first article on it.

    Articles tell of the same event if their headline and beginning are alike and they appeared
    within some days of each other. A date that is exact to the month may be any day of it; an
    article without a date stands alone.

    Parameters
    ----------
    articles
        The articles table.
    days
        Days between two articles at most.
    similarity
        Likeness of their sentence vectors at least, 0 to 1.
    """
    from sayso.model.vectors import sentence_vectors

    vectors = sentence_vectors([_beginning(row) for row in articles.itertuples()])
    alike = vectors @ vectors.T >= similarity
    first, last = _days(articles)
    gap = np.maximum(first[:, None] - last[None, :], first[None, :] - last[:, None])
    linked = alike & (gap <= days) | np.eye(len(articles), dtype=bool)
    event = np.arange(len(articles))
    for number in range(len(articles)):
        together = np.isin(event, event[linked[number]])
        event[together] = event[together].min()
    ids = articles["article_id"].to_numpy()
    return pd.Series(ids[event], index=ids, name="event")


def _days(articles: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the first and last day each article can be of, as numbers; NaN where it is unknown."""
    steps = {"month": pd.offsets.MonthEnd(0), "year": pd.offsets.YearEnd(0)}
    first, last = [], []
    for day, precision in zip(articles["published"], articles["published_precision"], strict=True):
        end = day + steps[precision] if precision in steps else day
        first.append(np.nan if pd.isna(day) else day.toordinal())
        last.append(np.nan if pd.isna(day) else end.toordinal())
    return np.array(first, float), np.array(last, float)


def _beginning(article) -> str:
    headline = article.headline if pd.notna(article.headline) else ""
    return f"{headline}. {article.text[:1500]}"


def event_frames(framing: pd.DataFrame, articles: pd.DataFrame, events: pd.Series) -> pd.DataFrame:
    """Return how outlets frame the same event: a row for each event, outlet, voice and frame.

    Parameters
    ----------
    framing, articles
        The rows of ``corpus.framing()`` and the articles table.
    events
        article_id -> event, of :func:`same_events` or your own.

    Returns
    -------
    DataFrame
        Columns: event, then those of :func:`frame_shares`; events that one outlet only tells of
        are left out.
    """
    event = framing["article_id"].map(events)
    outlet = articles.set_index("article_id")["outlet"]
    parts = []
    for name, rows in framing.groupby(event, sort=True):
        if rows["article_id"].map(outlet).nunique() > 1:
            parts.append(frame_shares(rows, articles).assign(event=name))
    columns = ["event", "outlet", *SHARE_COLUMNS]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def without_cue(framing: pd.DataFrame, frames: Iterable[str] | None = None) -> pd.DataFrame:
    """Return what each frame's share would be without one of its cues: its sensitivity.

    Returns
    -------
    DataFrame
        Columns: frame, cue, n_evidence (places), n_lost (units that have the frame by this cue
        alone), share, share_without. Strongest first; units are headlines and sentences.
    """
    rows = framing[framing["unit"] != "quote"]
    table = []
    for name, own in rows.groupby("frame", sort=False):
        if frames is not None and name not in frames:
            continue
        shown = own[own["present"]]
        places = shown["cues"].explode().dropna()
        alone = shown["cues"].map(lambda cues: cues[0] if len(set(cues)) == 1 else None)
        lost = alone.value_counts()
        share = len(shown) / len(own)
        for cue, count in places.value_counts().items():
            n_lost = int(lost.get(cue, 0))
            table.append((name, cue, int(count), n_lost, share, (len(shown) - n_lost) / len(own)))
    columns = ["frame", "cue", "n_evidence", "n_lost", "share", "share_without"]
    result = pd.DataFrame(table, columns=columns)
    return result.sort_values(
        ["n_lost", "n_evidence", "frame", "cue"],
        ascending=[False, False, True, True],
        ignore_index=True,
    )
