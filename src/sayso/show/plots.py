"""Pictures of the tables: who is heard, and how their words are announced.

Every helper takes ``ax=None`` and returns the axes. Its title states what the data show, its axis
says of how many rows, and the table behind it is a function of its own.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from sayso.analyze.speakers import stance_counts, voice_shares

# Colours that people with any kind of colour vision can tell apart (Okabe and Ito, 2008).
BLUE, ORANGE, GREEN, PINK = "#0072B2", "#E69F00", "#009E73", "#CC79A7"
SKY, VERMILION, YELLOW, GREY = "#56B4E9", "#D55E00", "#F0E442", "#6B6B6B"
PALETTE = (BLUE, ORANGE, GREEN, PINK, SKY, VERMILION, YELLOW, GREY)
PALE = "#D9D9D9"

STANCES = {
    "neutral": SKY,
    "endorsing": GREEN,
    "distancing": ORANGE,
    "denying": VERMILION,
    "no cue": PALE,
}
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "axes.titlesize": 11.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.axisbelow": True,
    "axes.labelcolor": "#333333",
    "axes.edgecolor": "#999999",
    "xtick.color": "#333333",
    "ytick.color": "#333333",
    "ytick.major.size": 0,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "hatch.linewidth": 0.6,
    # A dollar sign in a headline is a dollar sign.
    "text.parse_math": False,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
}
WIDTH, DPI = 9.0, 110


def style() -> plt.rc_context:
    """Return the look of all pictures, to be used as ``with style():``."""
    return plt.rc_context(STYLE)


def new_axes(height: float, ax: Axes | None = None) -> Axes:
    """Return the axes given, or those of a new figure of the standard width."""
    if ax is not None:
        return ax
    return plt.subplots(figsize=(WIDTH, height), dpi=DPI, layout="constrained")[1]


def title(ax: Axes, words: str) -> None:
    """Set the title, in lines that no narrow axes cut off."""
    ax.set_title(textwrap.fill(words, 58))


def legend(ax: Axes) -> None:
    """Put the legend under the picture, in as many columns as its words leave room for."""
    handles, labels = ax.get_legend_handles_labels()
    columns = max(1, min(5, 108 // (max(map(len, labels)) + 7)))
    ax.figure.legend(handles, labels, loc="outside lower left", ncols=columns)


def short(name: str, most: int) -> str:
    """Return a name on one line, cut to at most so many characters."""
    name = " ".join(name.split())
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


# --- the pictures -----------------------------------------------------------------------------


def share_of_voice(
    sources: pd.DataFrame,
    articles: pd.DataFrame | None = None,
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
    articles: pd.DataFrame | None = None,
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


def nothing(words: str, ax: Axes | None) -> Axes:
    """Draw an empty picture that says so."""
    with style():
        ax = new_axes(1.6, ax)
        ax.set_title(words)
        ax.text(0.5, 0.5, "nothing to draw", ha="center", va="center", transform=ax.transAxes)
        ax.set_xticks([])
        ax.set_yticks([])
        ax.set_axis_off()
    return ax


def alt_text(ax: Axes, notes: Iterable[str] = ()) -> str:
    """Return a picture's description for people who don't see it: title, axis, rows."""
    rows = [label.get_text().replace("\n", ", ") for label in ax.get_yticklabels()]
    parts = [ax.get_title(loc="left"), ax.get_xlabel(), "rows: " + "; ".join(rows), *notes]
    return ". ".join(part for part in parts if part)
