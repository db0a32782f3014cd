"""A picture of keyness: the words that outlets use more than others do."""

from __future__ import annotations

import itertools
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from sayso.analyze.words.keyness import STRONG
from sayso.show.canvas import GREY, PALETTE, new_axes, nothing, short, style, title


def words_ranked(
    table: pd.DataFrame, *, groups: int = 6, top: int = 8, ax: Axes | None = None
) -> Axes:
    """Draw the words that each group uses more than its reference, by z.

    ``table`` is what :func:`sayso.analyze.words.keyness.keywords` returned; at most ``groups`` are
    drawn, and ``top`` words of each. Beside each bar stand the raw counts, here against reference.
    """
    if table.empty:
        return nothing("No words to compare", ax)
    names = list(table["group"].drop_duplicates()[:groups])
    drawn = table[table["group"].isin(names)].groupby("group", sort=False).head(top)
    with style():
        ax = new_axes(1.3 + 0.21 * (len(drawn) + 1.6 * len(names)), ax)
        heads, labels, at = [], {}, 0.0
        for name, colour in zip(names, itertools.cycle(PALETTE)):
            own = drawn[drawn["group"] == name]
            heads.append(len(labels))
            labels[at] = f"{short(name, 30)} (n = {own['n'].iloc[0]:,} words)"
            for row in own.itertuples():
                at += 1
                labels[at] = short(row.term, 30)
                _bar(ax, at, row, colour)
            at += 1.6
        ax.set_yticks(list(labels), list(labels.values()), fontsize=8.5)
        for head in heads:
            ax.get_yticklabels()[head].set_weight("bold")
        ax.set_ylim(at - 0.6, -0.8)
        ax.set_xlim(0, float(drawn["z"].max()) * 1.12)
        ax.axvline(STRONG, color=GREY, linewidth=0.8, linestyle=":")
        counts = f"counts here : {drawn['reference'].iloc[0]}"
        ax.set_xlabel(f"z of the weighted log-odds; {counts}; pale: below {STRONG}")
        title(ax, _finding(drawn))
    return ax


def _bar(ax: Axes, at: float, row: Any, colour: str) -> None:
    ax.barh(at, row.z, height=0.7, color=colour, alpha=1.0 if row.z >= STRONG else 0.4)
    words = f" {row.count:,} : {row.reference_count:,}"
    ax.text(row.z, at, words, va="center", fontsize=7.5, color="#333333")


def _finding(drawn: pd.DataFrame) -> str:
    best = drawn.loc[drawn["z"].idxmax()]
    if best["z"] < STRONG:
        return f"No word tells one apart: none has a z of {STRONG} or more"
    uses = f"{best['count']:,} against {best['reference_count']:,} uses"
    return f"'{best['term']}' tells {best['group']} apart most ({uses})"
