"""Comparisons of framing: by outlet, by who speaks, over time, headline and body, one event.

All take the rows of :func:`sayso.analyze.framing.code.frame_units` and count headlines and
sentences; quotes, which repeat words of the sentences, are left out.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sayso.analyze.groups import groups
from sayso.analyze.intervals import bootstrap_ratio

COUNTS = ("n_articles", "n_units", "n_present", "share", "low", "high")


def coded_units(framing: pd.DataFrame) -> pd.DataFrame:
    """Return what was coded: a row for each kind of unit and of voice.

    Columns: unit, voice_kind, n_units (a sentence in two voices is two), n_words, n_unresolved
    (units whose speaker is not known).
    """
    units = framing.drop_duplicates(["unit_id", "voice_kind", "voice"])
    units = units.assign(unresolved=units["voice"].isna())
    return units.groupby(["unit", "voice_kind"], as_index=False).agg(
        n_units=("unit_id", "size"),
        n_words=("n_words", "sum"),
        n_unresolved=("unresolved", "sum"),
    )


def frame_shares(
    framing: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet"
) -> pd.DataFrame:
    """Return how often each group uses each frame, in its own words and in quoted ones apart.

    ``by`` is 'outlet', 'agency', 'month', 'article_id', or 'voice' (who speaks).

    Columns: the group, voice_kind, frame, n_articles, n_units, n_present, share, low, high. The
    interval is that of :func:`sayso.analyze.intervals.bootstrap_ratio`: null where a group has
    fewer than ten articles.
    """
    rows = framing[framing["unit"] != "quote"]
    group = rows["voice"].astype("object") if by == "voice" else groups(rows, articles, by)
    keys = ["group", "voice_kind", "frame", "article_id"]
    each = rows.assign(group=group).groupby(keys)["present"]
    table = []
    for key, counts in each.agg(["size", "sum"]).groupby(level=[0, 1, 2]):
        hits, totals = counts["sum"].to_numpy(), counts["size"].to_numpy()
        n_units, n_present = int(totals.sum()), int(hits.sum())
        share = n_present / n_units
        table.append((*key, len(counts), n_units, n_present, share, *bootstrap_ratio(hits, totals)))
    result = pd.DataFrame(table, columns=[by, "voice_kind", "frame", *COUNTS])
    return _in_frame_order(result, framing, [by, "voice_kind"])


def each_voice(framing: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the quoted units, once for each who says them: joint speakers say all of it."""
    own = framing[framing["voice_kind"] == "quoted"]
    speakers = own["quote_id"].map(quotes.set_index("quote_id")["speakers"])
    return own.assign(voice=speakers).explode("voice", ignore_index=True)


def _in_frame_order(table: pd.DataFrame, framing: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Sort by keys, then as the codebook orders its frames."""
    order = {name: number for number, name in enumerate(framing["frame"].drop_duplicates())}
    table = table.assign(order=table["frame"].map(order)).sort_values([*keys, "order"])
    return table.drop(columns="order").reset_index(drop=True)


def article_frames(
    framing: pd.DataFrame, codebook: Any = None, *, lead_weight: float = 2.0
) -> pd.DataFrame:
    """Return how much of each article takes each frame; what stands first weighs more.

    The frames of ``codebook`` tell from which share on an article has them (``prevalence``); 0.1
    where it has none. A unit of the headline or the first paragraph counts ``lead_weight``, where
    others count 1.

    Columns: article_id, frame, n_units, n_present, share (weighted), present.
    """
    rows = framing[framing["unit"] != "quote"]
    # A sentence in two voices is one sentence: it has a frame if one of its voices has.
    keys = ["article_id", "frame", "unit_id"]
    first = rows["in_lead"] | (rows["unit"] == "headline")
    units = rows.assign(first=first).groupby(keys)[["present", "first"]].any()
    weight = np.where(units["first"], lead_weight, 1.0)
    units = units.assign(n_units=1, n_present=units["present"].astype(int), weight=weight)
    units["hit"] = weight * units["present"]
    columns = ["n_units", "n_present", "hit", "weight"]
    sums = units.groupby(level=["article_id", "frame"])[columns].sum().reset_index()
    sums["share"] = sums["hit"] / sums["weight"]
    prevalence = {frame.name: frame.prevalence for frame in getattr(codebook, "frames", ())}
    sums["present"] = sums["share"] >= sums["frame"].map(prevalence).astype(float).fillna(0.1)
    return _in_frame_order(sums.drop(columns=["hit", "weight"]), framing, ["article_id"])


def headline_against_body(framing: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return, for articles with a headline, which frames stand there, in the lead and below.

    Columns: article_id, outlet, headline, frame, in_headline, share_lead, share_body (of the
    sentences), difference ('headline only', 'body only', 'both', 'neither').
    """
    rows = framing[framing["unit"] != "quote"]
    part = np.where(rows["in_lead"], "share_lead", "share_body")
    part = np.where(rows["unit"] == "headline", "in_headline", part)
    units = rows.assign(part=part).groupby(["article_id", "frame", "part", "unit_id"])["present"]
    shares = units.any().groupby(level=["article_id", "frame", "part"]).mean().unstack("part")
    shares = shares.reindex(columns=["in_headline", "share_lead", "share_body"]).astype(float)
    shares = shares[shares["in_headline"].notna()].reset_index()
    top, below = shares["in_headline"] > 0, shares[["share_lead", "share_body"]].max(axis=1) > 0
    words = np.select([top & below, top, below], ["both", "headline only", "body only"], "neither")
    told = articles[["article_id", "outlet", "headline"]]
    shares = told.merge(shares.assign(in_headline=top, difference=words), on="article_id")
    return _in_frame_order(shares, framing, ["article_id"])


def headline_counts(differences: pd.DataFrame) -> pd.DataFrame:
    """Return in how many articles each frame stands where, of :func:`headline_against_body`.

    Columns: frame, difference, n_articles.
    """
    counted = differences.groupby(["frame", "difference"]).size().rename("n_articles")
    return _in_frame_order(counted.reset_index(), differences, [])


def event_articles(articles: pd.DataFrame, events: pd.Series) -> pd.DataFrame:
    """Return the articles on events that several outlets tell of.

    ``events`` has each article's event by its id.

    Columns: event, outlet, article_id, headline.
    """
    told = articles.assign(event=articles["article_id"].map(events))
    told = told[told.groupby("event")["outlet"].transform("nunique") > 1]
    columns = ["event", "outlet", "article_id", "headline"]
    return told[columns].sort_values(columns[:3], ignore_index=True)


def event_frames(framing: pd.DataFrame, articles: pd.DataFrame, events: pd.Series) -> pd.DataFrame:
    """Return how outlets frame the same event: a row for each event, outlet, voice and frame.

    Columns: event, then those of :func:`frame_shares`; only events of :func:`event_articles`.
    """
    coded = articles[articles["article_id"].isin(framing["article_id"])]
    event = event_articles(coded, events).set_index("article_id")["event"]
    parts = [
        frame_shares(rows, articles).assign(event=name)
        for name, rows in framing.groupby(framing["article_id"].map(event))
    ]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    return table.reindex(columns=["event", "outlet", "voice_kind", "frame", *COUNTS])


def without_cue(framing: pd.DataFrame) -> pd.DataFrame:
    """Return what each frame's share would be without one of its cues: its sensitivity.

    Columns: frame, cue, n_evidence (places), n_lost (units that have the frame by this cue
    alone), share, share_without. Strongest first; units are headlines and sentences.
    """
    rows = framing[framing["unit"] != "quote"]
    shown = rows[rows["present"]]
    alone = shown["cues"].map(lambda cues: cues[0] if len(set(cues)) == 1 else None)
    table = pd.DataFrame(
        {
            "n_evidence": shown.explode("cues").groupby(["frame", "cues"]).size(),
            "n_lost": shown.groupby(["frame", alone.astype("object")]).size(),
        }
    )
    table = table.rename_axis(["frame", "cue"]).fillna(0).astype(int).reset_index()
    n_units, n_present = (
        table["frame"].map(r["frame"].value_counts()).astype(float) for r in (rows, shown)
    )
    table["share"] = n_present / n_units
    table["share_without"] = (n_present - table["n_lost"]) / n_units
    order = ["n_lost", "n_evidence", "frame", "cue"]
    return table.sort_values(order, ascending=[False, False, True, True], ignore_index=True)
