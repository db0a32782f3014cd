"""Pictures of blame: who blames whom, which charges get an answer, how much has no agent, when."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from sayso.analyze.groups import ranked
from sayso.show.canvas import (
    BLUE,
    GREEN,
    GREY,
    PALE,
    PALETTE,
    VERMILION,
    draw_shares,
    legend,
    name_rows,
    new_axes,
    nothing,
    percent_axis,
    short,
    style,
    title,
)

VOICES = {"own": "the outlet's own", "told": "told by the outlet", "quoted": "in a quote"}
ANSWERS = {
    "with_answer": ("with the denial", GREEN),
    "left_out": ("without the denial, which others carry", VERMILION),
    "no_answer_known": ("no denial in any article", GREY),
}

LEADING = 6
"""So many targets have a colour of their own over time."""


def blame_matrix(table: pd.DataFrame, *, rows: int = 14, ax: Axes | None = None) -> Axes:
    """Draw who blames whom: a field a pair, its number the ties; voices have rows of their own.

    ``table`` is what :func:`sayso.analyze.blame.ties.matrix` returned. At most ``rows`` rows and
    columns are drawn, those with the most ties.
    """
    if table.empty:
        return nothing("No blame was found", ax)
    drawn = table.iloc[:rows, :rows]
    drawn = drawn.loc[drawn.sum(axis=1) > 0, drawn.sum() > 0]
    values = drawn.to_numpy()
    with style():
        ax = new_axes(2.3 + 0.36 * len(drawn), ax)
        ax.imshow(np.sqrt(values), cmap="Oranges", aspect="auto", vmin=0, vmax=values.max() ** 0.5)
        for y, x in zip(*np.nonzero(values), strict=True):
            dark = values[y, x] > 0.5 * values.max()
            ink = "white" if dark else "black"
            ax.text(x, y, f"{values[y, x]:,}", ha="center", va="center", color=ink, fontsize=8.5)
        names = [f"{short(str(who), 30)} · {VOICES[voice]}" for who, voice in drawn.index]
        ax.set_yticks(range(len(names)), names, fontsize=8.5)
        labels = [textwrap.fill(short(str(name), 30), 16) for name in drawn.columns]
        ax.set_xticks(range(len(labels)), labels, fontsize=8, rotation=30, ha="left")
        ax.xaxis.tick_top()
        ax.tick_params(length=0)
        ax.spines[:].set_visible(False)
        left = int(table.to_numpy().sum() - values.sum())
        aside = f"; {left:,} in rows and columns not drawn" if left else ""
        ax.set_xlabel(f"ties of blame, denials left out (n = {int(values.sum()):,}{aside})")
        who, whom = table.groupby(level="blamer").sum().stack().sort_index().idxmax()
        title(ax, f"Most often {short(str(who), 40)} blames {short(str(whom), 40)}")
    return ax


def answered(table: pd.DataFrame, *, rows: int = 20, ax: Axes | None = None) -> Axes:
    """Draw how many charges each outlet carries with an answer, and without.

    ``table`` is what :func:`sayso.analyze.blame.charges.answers` returned; ``rows`` bars at most.
    """
    if table.empty:
        return nothing("No charge was found", ax)
    drawn = table.iloc[:rows]
    with style():
        ax = new_axes(1.9 + 0.42 * len(drawn), ax)
        left = np.zeros(len(drawn))
        for name, (words, colour) in ANSWERS.items():
            counts = drawn[name].to_numpy()
            look = {"color": colour, "height": 0.7, "label": words}
            bars = ax.barh(range(len(drawn)), counts, left=left, **look)
            numbers = [f"{count:,}" if count else "" for count in counts]
            ax.bar_label(bars, numbers, label_type="center", color="white", fontsize=8.5)
            left = left + counts
        name_rows(ax, [short(str(name), 34) for name in drawn.iloc[:, 0]])
        ax.xaxis.get_major_locator().set_params(integer=True)
        ax.set_xlabel(f"charges (n = {int(table['n_charges'].sum()):,} of outlets and charges)")
        legend(ax)
        ours, theirs = int(table["with_answer"].sum()), int(table["left_out"].sum())
        title(ax, f"Denied charges: {ours:,} with the denial, {theirs:,} without it")
    return ax


def agentless(table: pd.DataFrame, *, rows: int = 20, ax: Axes | None = None) -> Axes:
    """Draw how much of each outlet's blame names no blamer, with 95% intervals.

    ``table`` is what :func:`sayso.analyze.blame.ties.agentless` returned; ``rows`` groups at most.
    A group of one article has no interval.
    """
    if table.empty:
        return nothing("No blame was found", ax)
    drawn = table.iloc[:rows]
    places = range(len(drawn))
    with style():
        ax = new_axes(1.7 + 0.36 * len(drawn), ax)
        draw_shares(ax, drawn, places, "o", color=BLUE, markersize=7)
        for y, row in zip(places, drawn.itertuples(), strict=True):
            words = f"{row.n_agentless:,} of {row.n_ties:,}"
            ax.text(1.02, y, words, va="center", fontsize=8.5, color="#333333")
        name_rows(ax, [short(str(name), 34) for name in drawn.iloc[:, 0]])
        percent_axis(ax)
        ax.grid(axis="x")
        ties, without = int(table["n_ties"].sum()), int(table["n_agentless"].sum())
        ax.set_xlabel(f"share of blame without a blamer, 95% interval (n = {ties:,} ties)")
        title(ax, f"{without:,} of {ties:,} ties of blame name nobody who blames")
    return ax


def over_time(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw blame ties by publication date; the targets with the most have a colour of their own.

    ``table`` is what :func:`sayso.analyze.blame.ties.over_time` returned.
    """
    if table.empty:
        return nothing("No blame in articles whose date is known", ax)
    leading = ranked(table.groupby("target")["n_ties"].sum())[:LEADING]
    names = table["target"].where(table["target"].isin(leading), "others")
    wide = table["n_ties"].groupby([table["period"], names]).sum().unstack(fill_value=0)
    wide = wide[[*leading, *wide.columns.difference(leading)]]
    sums = wide.sum(axis=1)
    with style():
        ax = new_axes(3.4, ax)
        shown = wide.rename(columns=lambda name: short(str(name), 30))
        colours = [*PALETTE[: len(leading)], PALE]
        shown.plot.bar(stacked=True, width=0.72, color=colours, legend=False, ax=ax)
        step = max(1, len(wide) // 12)
        ax.set_xticks(range(0, len(wide), step), wide.index[::step], rotation=0)
        ax.yaxis.get_major_locator().set_params(integer=True)
        ax.set_xlabel(f"published; only periods with blame (n = {sums.sum():,} ties)")
        ax.set_ylabel("ties of blame")
        legend(ax)
        title(ax, f"Most blame in articles of {sums.idxmax()}: {sums.max():,} ties")
    return ax
