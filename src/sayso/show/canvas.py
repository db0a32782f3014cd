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
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sayso.paths import data_path
from sayso.show.html import known, short

# Colours that people with any kind of colour vision can tell apart (Okabe and Ito, 2008).
BLUE, ORANGE, GREEN, PINK = "#0072B2", "#E69F00", "#009E73", "#CC79A7"
SKY, VERMILION, YELLOW, GREY = "#56B4E9", "#D55E00", "#F0E442", "#6B6B6B"
PALETTE = (BLUE, ORANGE, GREEN, PINK, SKY, VERMILION, YELLOW, GREY)
INK = "#010203"
"""Stands for the colour of the text around a picture (``pictures.mplstyle`` has it, too)."""
PALE, LINE = "#80808059", "#80808080"
"""Let the page shine through, be it light or dark."""

WIDTH, ROOM = 5.15, 2.5
"""Inches: of a phone's screen, where a point is about a pixel; and for the words at first."""
ROW, BAR, ABOVE = 0.5, 0.44, 0.24
"""Inches of a row with its name; shares of it: the height of a bar, from its middle to the name."""
CHARACTER = 0.0195
"""The share of a picture's width that a character takes."""


class Picture(Figure):
    """A figure that gets as high as its axes, title and legend need together."""

    inner = 0.0

    def fit(self, ax: Axes) -> None:
        """Give the axes the height in inches that they are meant to have."""
        self.draw_without_rendering()
        words = self.get_figheight() * (1 - ax.get_position().height)
        self.set_figheight(self.inner + words)


def style() -> plt.rc_context:
    """Return the look of all pictures, to be used as ``with style():``."""
    return plt.rc_context(fname=data_path("pictures.mplstyle"))


def new_axes(height: float, ax: Axes | None = None) -> Axes:
    """Return the axes given, or those of a new picture, ``height`` inches without its words."""
    if ax is not None:
        return ax
    look = {"figsize": (WIDTH, height + ROOM), "layout": "constrained", "FigureClass": Picture}
    figure, ax = plt.subplots(**look)
    figure.inner = height
    return ax


def title(ax: Axes, words: str) -> None:
    """Set the title, last of all: the picture then gets as high as it has to be."""
    with style():
        aside = 5 if ax.get_ylabel() else 0
        ax.set_title(textwrap.fill(words, 42 - aside))
        lines = [textwrap.fill(line, 54 - aside) for line in ax.get_xlabel().splitlines()]
        ax.set_xlabel("\n".join(lines))
        if isinstance(ax.figure, Picture):
            ax.figure.fit(ax)


def legend(ax: Axes) -> None:
    """Put the legend under the picture, in as many columns as its words leave room for."""
    handles, labels = ax.get_legend_handles_labels()
    columns = max(1, min(4, 58 // (max(map(len, labels)) + 6)))
    ax.figure.legend(handles, labels, loc="outside lower left", ncols=columns)


def shades(colour: str) -> LinearSegmentedColormap:
    """Return the shades of a colour for fields, on which the page's ink can be read."""
    ends = [(*to_rgb(colour), alpha) for alpha in (0.15, 0.7)]
    return LinearSegmentedColormap.from_list("shades", ends)


def ink_on(colour: str) -> str:
    """Return the colour of words that can be read on a colour."""
    if colour == PALE:
        return INK
    red, green, blue = (part**2.2 for part in to_rgb(colour))
    return "white" if 0.21 * red + 0.72 * green + 0.07 * blue < 0.18 else "black"


def first_rows(table: pd.DataFrame, rows: int, noun: str) -> tuple[pd.DataFrame, str]:
    """Return the rows of a table that are drawn, and how many are not, in words for the axis."""
    left_out = len(table) - rows
    return table.iloc[:rows], f"; {left_out:,} more {noun} not drawn" if left_out > 0 else ""


def name_rows(
    ax: Axes, names: Sequence[str], notes: Sequence[str] = (), *, above: float = ABOVE
) -> None:
    """Write the rows' names above their marks, the first at the top; ``notes`` at the right."""
    look = {"va": "bottom", "linespacing": 1.1}
    ax.set_yticks([y - above for y in range(len(names))], names, ha="left", **look)
    ax.tick_params(axis="y", length=0, pad=0)
    for y, note in enumerate(notes):
        ax.text(1, y - above, note, ha="right", transform=ax.get_yaxis_transform(), **look)
    ax.set_ylim(len(names) - 0.6, -0.65)


def name_columns(ax: Axes, names: Sequence[str]) -> None:
    """Write the names of a matrix' columns above them, and take all lines off the axes."""
    turned = {"rotation": 90} if max(map(len, names)) * len(names) * CHARACTER > 0.8 else {}
    ax.set_xticks(range(len(names)), names, **turned)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.set_xlim(-0.5, len(names) - 0.5)
    ax.spines[:].set_visible(False)


def article_name(article, aside: str = "") -> str:
    """Return outlet and headline of an article on one line."""
    outlet = short(known(article.outlet, "outlet unknown"), 18)
    headline = known(article.headline, article.article_id)
    return f"{outlet}: {short(headline, 50 - len(outlet) - len(aside))}{aside}"


def percent_axis(ax: Axes, most: float = 1.0) -> None:
    """Count the horizontal axis in per cent, from none to ``most`` (a share)."""
    ax.set_xlim(0, most)
    # No steps of 2.5%, which would be written as 2%, 5%, 8%.
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")


def draw_shares(ax: Axes, rows: pd.DataFrame, places: Sequence[float], mark: str, **look) -> None:
    """Draw the shares of rows as marks, and their intervals (low to high), if any, as lines."""
    if rows.empty:
        return
    rows = rows.assign(place=places)
    ax.plot(rows["share"], rows["place"], mark, clip_on=False, **look)
    sampled = rows[rows["low"].notna()]
    line = {"color": look["color"], "alpha": 0.7, "linewidth": 2, "clip_on": False}
    if len(sampled):
        ax.hlines(sampled["place"], sampled["low"], sampled["high"], **line)


def nothing(words: str, ax: Axes | None) -> Axes:
    """Draw an empty picture that says so."""
    with style():
        ax = new_axes(0.6, ax)
        ax.text(0.5, 0.5, "nothing to draw", ha="center", va="center", transform=ax.transAxes)
        ax.set(xticks=[], yticks=[])
        ax.set_axis_off()
        title(ax, words)
    return ax


def alt_text(ax: Axes) -> str:
    """Return a picture's description for people who don't see it: title, axis, rows."""
    names = [label.get_text().replace("\n", ", ") for label in ax.get_yticklabels()]
    rows = f"rows: {'; '.join(names)}" if names else ""
    parts = [ax.get_title(loc="left"), ax.get_xlabel(), rows]
    return ". ".join(" ".join(part.split()) for part in parts if part)
