"""A picture of keyness: the words that outlets use more than others do."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from sayso.analyze.words.keyness import STRONG
from sayso.show.canvas import GREY, PALETTE, new_axes, nothing, short, style, title


def words_ranked(table: pd.DataFrame, *, groups: int = 6, ax: Axes | None = None) -> Axes:
    """Draw the words that each group uses more than its reference, by z.

    ``table`` is what :func:`sayso.analyze.words.keyness.keywords` returned; at most ``groups`` are
    drawn. Beside each bar stand the raw counts, here against reference.
    """
    if table.empty:
        return nothing("No words to compare", ax)
    names = list(table["group"].drop_duplicates()[:groups])
    drawn = table[table["group"].isin(names)]
    with style():
        ax = new_axes(0.26 * (len(drawn) + 1.8 * len(names)), ax)
        labels, at = {}, 0.0
        for name, colour in zip(names, itertools.cycle(PALETTE)):
            own = drawn[drawn["group"] == name]
            labels[at] = f"{short(name, 30)} (n = {own['n'].iloc[0]:,} words)"
            places = at + 1 + np.arange(len(own))
            _bars(ax, places, own, colour)
            at = places[-1] + 1.8
        ax.set_yticks(list(labels), list(labels.values()), ha="left", weight="bold")
        ax.tick_params(axis="y", pad=0)
        ax.set_ylim(at - 0.6, -0.8)
        ax.set_xlim(0, float(drawn["z"].max()) * 2.2)
        ax.axvline(STRONG, color=GREY, linewidth=0.8, linestyle=":")
        counts = f"counts here : {drawn['reference'].iloc[0]}"
        ax.set_xlabel(f"z of the weighted log-odds; {counts}; pale: below {STRONG}")
        title(ax, _finding(drawn))
    return ax


def _bars(ax: Axes, places: np.ndarray, words: pd.DataFrame, colour: str) -> None:
    colours = [(colour, 1.0 if z >= STRONG else 0.4) for z in words["z"]]
    bars = ax.barh(places, words["z"], height=0.7, color=colours)
    counts = zip(words["term"], words["count"], words["reference_count"], strict=True)
    labels = [f"{short(term, 20)} {here:,} : {there:,}" for term, here, there in counts]
    ax.bar_label(bars, labels, padding=3)


def _finding(drawn: pd.DataFrame) -> str:
    best = drawn.loc[drawn["z"].idxmax()]
    if best["z"] < STRONG:
        return f"No word tells one apart: none has a z of {STRONG} or more"
    uses = f"{best['count']:,} against {best['reference_count']:,} uses"
    return f"'{best['term']}' tells {best['group']} apart most ({uses})"
