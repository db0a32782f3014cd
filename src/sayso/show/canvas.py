"""What all pictures share: colours, one style, axes, and the words around them.

Every picture takes ``ax=None`` and returns the axes. Its title states what the data show, its axis
says of how many rows; the table that it draws is a function of its own in ``sayso.analyze``.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from sayso.paths import data_path
from sayso.show.html import known, short

# Colours that people with any kind of colour vision can tell apart (Okabe and Ito, 2008).
BLUE, ORANGE, GREEN, PINK = "#0072B2", "#E69F00", "#009E73", "#CC79A7"
SKY, VERMILION, YELLOW, GREY = "#56B4E9", "#D55E00", "#F0E442", "#6B6B6B"
PALETTE = (BLUE, ORANGE, GREEN, PINK, SKY, VERMILION, YELLOW, GREY)
PALE = "#D9D9D9"

WIDTH, DPI = 9.0, 110


def style() -> plt.rc_context:
    """Return the look of all pictures, to be used as ``with style():``."""
    return plt.rc_context(fname=data_path("pictures.mplstyle"))


def new_axes(height: float, ax: Axes | None = None) -> Axes:
    """Return the axes given, or those of a new figure of the standard width."""
    if ax is not None:
        return ax
    return plt.subplots(figsize=(WIDTH, height), dpi=DPI, layout="constrained")[1]


def title(ax: Axes, words: str) -> None:
    """Set the title, in lines that no narrow axes cut off."""
    with style():
        ax.set_title(textwrap.fill(words, 58))


def legend(ax: Axes) -> None:
    """Put the legend under the picture, in as many columns as its words leave room for."""
    handles, labels = ax.get_legend_handles_labels()
    columns = max(1, min(5, 108 // (max(map(len, labels)) + 7)))
    ax.figure.legend(handles, labels, loc="outside lower left", ncols=columns)


def first_rows(table: pd.DataFrame, rows: int, noun: str) -> tuple[pd.DataFrame, str]:
    """Return the rows of a table that are drawn, and how many are not, in words for the axis."""
    left_out = len(table) - rows
    return table.iloc[:rows], f"; {left_out:,} more {noun} not drawn" if left_out > 0 else ""


def name_rows(ax: Axes, names: Sequence[str], **look) -> None:
    """Name the rows of a picture, the first at its top."""
    ax.set_yticks(range(len(names)), names, **look)
    ax.set_ylim(len(names) - 0.45, -0.55)


def article_name(article, aside: str = "") -> str:
    """Return headline and outlet of an article on two short lines."""
    headline = known(article.headline, article.article_id)
    outlet = known(article.outlet, "outlet unknown")
    return f"{short(headline, 38)}\n{short(outlet, 38 - len(aside))}{aside}"


def percent_axis(ax: Axes, most: float = 1.0) -> None:
    """Count the horizontal axis in per cent, from none to ``most`` (a share)."""
    ax.set_xlim(0, most)
    # No steps of 2.5%, which would be written as 2%, 5%, 8%.
    ax.xaxis.set_major_locator(MaxNLocator(steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")


def draw_shares(ax: Axes, rows: pd.DataFrame, places: Sequence[float], mark: str, **look) -> None:
    """Draw the shares of rows as marks, and their intervals (low to high), if any, as lines."""
    rows = rows.assign(place=places)
    ax.plot(rows["share"], rows["place"], mark, clip_on=False, **look)
    ax.tick_params(axis="y", pad=8)  # a mark at none stands over the axis
    sampled = rows[rows["low"].notna()]
    line = {"color": look["color"], "alpha": 0.45, "linewidth": 2}
    ax.hlines(sampled["place"], sampled["low"], sampled["high"], **line)


def nothing(words: str, ax: Axes | None) -> Axes:
    """Draw an empty picture that says so."""
    with style():
        ax = new_axes(1.6, ax)
        ax.set_title(words)
        ax.text(0.5, 0.5, "nothing to draw", ha="center", va="center", transform=ax.transAxes)
        ax.set(xticks=[], yticks=[])
        ax.set_axis_off()
    return ax


def alt_text(ax: Axes) -> str:
    """Return a picture's description for people who don't see it: title, axis, rows."""
    rows = [label.get_text().replace("\n", ", ") for label in ax.get_yticklabels()]
    parts = [ax.get_title(loc="left"), ax.get_xlabel(), "rows: " + "; ".join(rows)]
    return ". ".join(part for part in parts if part)
