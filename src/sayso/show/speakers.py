"""Pictures of who is heard, and how their words are announced."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from sayso.analyze.speakers import stance_counts, voice_shares
from sayso.show.canvas import (
    GREEN,
    ORANGE,
    PALE,
    PALETTE,
    SKY,
    VERMILION,
    legend,
    new_axes,
    nothing,
    short,
    style,
    title,
)

STANCES = {
    "neutral": SKY,
    "endorsing": GREEN,
    "distancing": ORANGE,
    "denying": VERMILION,
    "no cue": PALE,
}


def share_of_voice(
    sources: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    top: int = 8,
    rows: int = 20,
    ax: Axes | None = None,
) -> Axes:
    """Draw whose words fill each outlet's quotes: a bar an outlet, a piece a source.

    Parameters
    ----------
    sources, articles, by, top
        As in :func:`voice_shares`.
    rows
        Bars at most; the groups with the most quoted words are drawn.
    ax
        Where to draw.
    """
    table = voice_shares(sources, articles, by=by, top=top)
    total = int(table.to_numpy().sum())
    if not total:
        return nothing("No quoted words", ax)
    drawn = table[table.sum(axis=1) > 0].iloc[:rows]
    kinds = sources.drop_duplicates("source").set_index("source")["kind"]
    labels = {name: _with_kind(name, kinds) for name in drawn}
    hatches = ["///" if kinds.get(name) == "unnamed" else "" for name in drawn]
    colours = [PALE if name == "others" else PALETTE[i % 8] for i, name in enumerate(drawn)]
    with style():
        ax = new_axes(1.9 + 0.42 * len(drawn) + 0.1 * len(drawn.columns), ax)
        _stack(ax, drawn, list(labels.values()), colours, hatches, named=True)
        left_out = len(table) - len(drawn)
        aside = f"; {left_out} more with fewer words not drawn" if left_out > 0 else ""
        ax.set_xlabel(f"share of the quoted words (n = {total:,} words{aside})")
        named = table.drop(columns="others", errors="ignore").sum()
        leader = named.idxmax()
        title(
            ax,
            f"{short(leader, 40)} is heard most: {named[leader] / total:.0%} of all quoted words",
        )
    return ax


def cue_stance(
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    rows: int = 20,
    ax: Axes | None = None,
) -> Axes:
    """Draw how each outlet announces its quotes: neutrally, with endorsement, with distance.

    Parameters
    ----------
    quotes, articles, by
        As in :func:`stance_counts`.
    rows
        Bars at most; the groups with the most quotes are drawn.
    ax
        Where to draw.
    """
    table = stance_counts(quotes, articles, by=by)
    total = int(table.to_numpy().sum())
    if not total:
        return nothing("No quotes", ax)
    drawn = table.iloc[:rows].loc[:, table.sum() > 0]
    colours = [STANCES[name] for name in drawn]
    with style():
        ax = new_axes(1.9 + 0.42 * len(drawn), ax)
        _stack(ax, drawn, list(drawn), colours, [""] * len(colours), named=False)
        left_out = len(table) - len(drawn)
        aside = f"; {left_out} more with fewer quotes not drawn" if left_out else ""
        ax.set_xlabel(f"share of the quotes (n = {total:,}, nested ones left out{aside})")
        title(ax, _stance_finding(table, total))
    return ax


def _stance_finding(table: pd.DataFrame, total: int) -> str:
    marked = table["distancing"] + table["denying"]
    if not marked.sum():
        return f"None of {total:,} quotes is announced with distance or denial"
    return f"{marked.sum():,} of {total:,} quotes are announced with distance or denial"


def _stack(
    ax: Axes,
    table: pd.DataFrame,
    labels: list[str],
    colours: list[str],
    hatches: list[str],
    *,
    named: bool,
) -> None:
    """Draw a table of counts as stacked bars of shares, with n on the right and a legend."""
    sums = table.sum(axis=1)
    places = range(len(table))
    left = pd.Series(0.0, index=table.index)
    styled = zip(table, labels, colours, hatches, strict=True)
    for name, label, colour, hatch in styled:
        share = table[name] / sums
        look = {"color": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 1}
        ax.barh(places, share, left=left, height=0.72, label=label, **look)
        for y, (start, width, count) in enumerate(zip(left, share, table[name], strict=True)):
            words = _inside(str(name), width, count, named=named)
            ink = _ink(colour)
            ax.text(start + width / 2, y, words, ha="center", va="center", fontsize=8, color=ink)
        left = left + share
    for y, count in enumerate(sums):
        ax.text(1.01, y, f"n = {count:,}", va="center", fontsize=8.5, color="#333333")
    ax.set_yticks(list(places), [short(str(group), 34) for group in table.index])
    ax.set_ylim(len(table) - 0.45, -0.55)
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    legend(ax)


def _inside(name: str, width: float, count: int, *, named: bool) -> str:
    """Return the words that fit a piece of a bar: name and share, the share, or nothing."""
    share = f"{width:.0%}"
    words = f"{short(name, 22)} {share}"
    if named and width > 0.013 * len(words):
        return words
    return (share if named else str(count)) if width > 0.045 else ""


def _ink(colour: str) -> str:
    red, green, blue = to_rgb(colour)
    return "white" if 0.3 * red + 0.59 * green + 0.11 * blue < 0.5 else "black"


def _with_kind(name: str, kinds: pd.Series) -> str:
    kind = kinds.get(name)
    name = short(name, 28)
    return name if kind is None or pd.isna(kind) else f"{name} ({kind})"


MARKERS = "oDs^vPX*"


def voices_compared(
    shares: pd.DataFrame, by: str = "outlet", *, rows: int = 10, ax: Axes | None = None
) -> Axes:
    """Draw each party's share of the quoted words, a mark for each outlet.

    Parameters
    ----------
    shares
        What :func:`sayso.analyze.sources.party_shares` returned.
    by
        Its column of groups. The eight with most words have a mark of their own, others are grey.
    rows
        Parties at most: those with most words over all.
    ax
        Where to draw. A line is a 95% interval (groups of ten articles or more).
    """
    if shares.empty:
        return nothing("Nobody is quoted", ax)
    parties = _leading(shares, "party", rows)
    groups = _leading(shares, by, len(shares))
    with style():
        ax = new_axes(1.9 + 0.5 * len(parties), ax)
        for number, group in enumerate(groups):
            own = shares[shares[by] == group].set_index("party")
            share = own["share"].reindex(parties).fillna(0)
            offset = (number - (len(groups) - 1) / 2) * min(0.12, 0.7 / len(groups))
            many = number >= len(PALETTE)
            colour = PALE if many else PALETTE[number]
            places = np.arange(len(parties)) + offset
            label = "other groups" if number == len(PALETTE) else "_" if many else short(group, 34)
            mark = "." if many else MARKERS[number]
            ax.plot(share, places, mark, color=colour, markersize=6, label=label, clip_on=False)
            bounds = own[["low", "high"]].reindex(parties)
            for y, low, high in zip(places, bounds["low"], bounds["high"], strict=True):
                if np.isfinite(low):
                    ax.plot([low, high], [y, y], color=colour, alpha=0.5, linewidth=1.2)
        ax.set_yticks(range(len(parties)), [short(str(p), 34) for p in parties])
        ax.set_ylim(len(parties) - 0.5, -0.5)
        ax.set_xlim(0, max(0.1, min(1.0, float(shares["share"].max()) * 1.05)))
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        ax.grid(axis="x", color="#E6E6E6", linewidth=0.7)
        ax.set_xlabel(f"share of the quoted words (n = {shares['n_words'].sum():,} words)")
        legend(ax)
        title(ax, _voice_finding(shares, by, parties))
    return ax


def _leading(shares: pd.DataFrame, column: str, most: int) -> list[str]:
    words = shares.groupby(column)["n_words"].sum().sort_index()
    return list(words.sort_values(ascending=False, kind="stable").index[:most])


def _voice_finding(shares: pd.DataFrame, by: str, parties: list[str]) -> str:
    wide = shares.pivot(index="party", columns=by, values="share").fillna(0).loc[parties]
    if len(wide.columns) < 2:
        return f"{parties[0]} fills {wide.iloc[0, 0]:.0%} of the quoted words"
    spread = (wide.max(axis=1) - wide.min(axis=1)).round(9)
    party = spread.idxmax()
    most, least = wide.loc[party].idxmax(), wide.loc[party].idxmin()
    high, low = wide.loc[party, most], wide.loc[party, least]
    return f"{party}: {high:.0%} of the quoted words in {most}, {low:.0%} in {least}"
