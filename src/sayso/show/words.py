"""Pictures of the words that tell outlets apart."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from sayso.show.canvas import (
    BLUE,
    GREEN,
    GREY,
    PALE,
    PALETTE,
    new_axes,
    nothing,
    short,
    style,
    title,
)

WORDY = 6  # in a matrix of more outlets a letter stands for a word


def words_ranked(
    table: pd.DataFrame, *, groups: int = 6, top: int = 8, ax: Axes | None = None
) -> Axes:
    """Draw the words that each group uses more than its reference, by z.

    Parameters
    ----------
    table
        What :func:`sayso.analyze.words.keyness.telling` returned.
    groups, top
        Groups and words of each at most.
    ax
        Where to draw. Beside each bar stand the raw counts, here against reference.
    """
    if table.empty:
        return nothing("No words to compare", ax)
    names = list(table["group"].drop_duplicates()[:groups])
    drawn = table[table["group"].isin(names)].groupby("group", sort=False).head(top)
    with style():
        places, labels, bold, at = [], [], [], 0.0
        ax = new_axes(1.3 + 0.21 * (len(drawn) + 1.6 * len(names)), ax)
        for number, name in enumerate(names):
            own = drawn[drawn["group"] == name]
            places.append(at)
            labels.append(f"{short(name, 30)} (n = {own['n'].iloc[0]:,} words)")
            bold.append(len(places) - 1)
            for row in own.itertuples():
                at += 1
                places.append(at)
                labels.append(short(row.term, 30))
                strong = row.z >= 1.96
                colour = PALETTE[number % len(PALETTE)]
                ax.barh(at, row.z, height=0.7, color=colour, alpha=1.0 if strong else 0.4)
                words = f" {row.count:,} : {row.reference_count:,}"
                ax.text(row.z, at, words, va="center", fontsize=7.5, color="#333333")
            at += 1.6
        ax.set_yticks(places, labels, fontsize=8.5)
        for index in bold:
            ax.get_yticklabels()[index].set_weight("bold")
        ax.set_ylim(at - 0.6, -0.8)
        ax.set_xlim(0, float(drawn["z"].max()) * 1.12)
        ax.axvline(1.96, color=GREY, linewidth=0.8, linestyle=":")
        aside = "; pale: below 1.96"
        ax.set_xlabel(
            f"z of the weighted log-odds; counts here : {drawn['reference'].iloc[0]}{aside}"
        )
        title(ax, _word_finding(drawn))
    return ax


def _word_finding(drawn: pd.DataFrame) -> str:
    best = drawn.loc[drawn["z"].idxmax()]
    if best["z"] < 1.96:
        return "No word tells one apart: none has a z of 1.96 or more"
    uses = f"{best['count']:,} against {best['reference_count']:,} uses"
    return f"'{best['term']}' tells {best['group']} apart most ({uses})"


def words_scatter(
    table: pd.DataFrame, group: str, *, top: int = 12, ax: Axes | None = None
) -> Axes:
    """Draw one group's words by frequency and z, as Monroe, Colaresi and Quinn (2008) do.

    Parameters
    ----------
    table
        What :func:`sayso.analyze.words.keyness.log_odds` returned.
    group
        One of its groups.
    top
        Words named at either end.
    ax
        Where to draw.
    """
    own = table[table["group"] == group]
    if own.empty:
        return nothing(f"No words of {group}", ax)
    total = own["count"] + own["reference_count"]
    own = own.assign(total=total).sort_values(["z", "term"], ascending=[False, True])
    named = pd.concat([own.iloc[:top], own.iloc[-top:]])
    reference = own["reference"].iloc[0]
    with style():
        ax = new_axes(5.2, ax)
        ax.scatter(own["total"], own["z"], s=6 + 1.5 * np.sqrt(own["total"]), color=PALE)
        named = named.drop_duplicates("term")
        colours = [BLUE if z > 0 else GREEN for z in named["z"]]
        ax.scatter(named["total"], named["z"], s=14, color=colours)
        _name_words(ax, named, colours)
        ax.set_xscale("log")
        ax.set_xlim(right=float(own["total"].max()) * 6)
        for level in (-1.96, 0, 1.96):
            ax.axhline(level, color=GREY, linewidth=0.7, linestyle=":" if level else "-")
        ax.set_ylabel(f"z: above {short(group, 24)}, below {short(reference, 24)}")
        ax.set_xlabel(f"uses in both (log scale; n = {own['n'].iloc[0]:,} words of {group})")
        first, last = own.iloc[0]["term"], own.iloc[-1]["term"]
        title(ax, f"{group} has '{first}' more, '{last}' less than {reference}")
    return ax


def _name_words(ax: Axes, rows: pd.DataFrame, colours: list[str]) -> None:
    """Write words in a column on the right, evenly apart; a line leads to each one's dot."""
    low, high = float(rows["z"].min()), float(rows["z"].max())
    step = max(high - low, 1e-9) / max(len(rows) - 1, 1)
    even = [high - number * step for number in range(len(rows))]
    right = float(ax.dataLim.x1) * 1.6
    for row, height, colour in zip(rows.itertuples(), even, colours, strict=True):
        ax.annotate(
            short(row.term, 24),
            (row.total, row.z),
            (right, height),
            fontsize=8,
            color=colour,
            va="center",
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.4, "alpha": 0.5},
        )
