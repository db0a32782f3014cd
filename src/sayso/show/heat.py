"""The timeline of a large corpus: articles and reported dates counted by outlet and month."""

from __future__ import annotations

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import PowerNorm

from sayso.analyze.timeline import Window, timeline_counts
from sayso.show.days import calendar_axis, finding
from sayso.show.plots import new_axes, short, title


def draw_counts(
    articles: pd.DataFrame, placed: pd.DataFrame, unplaced: int, window: Window, ax: Axes | None
) -> Axes:
    table = timeline_counts(articles, placed, window=window)
    others = float(table.loc["others"].sum()) if "others" in table.index else 0
    table = table.drop(index="others", errors="ignore")
    ax = new_axes(2.1 + 0.38 * len(table), ax)
    edges = [*table.columns, table.columns[-1] + (table.columns[-1] - table.columns[-2])]
    edges = mdates.date2num(edges)
    published, reported = table.iloc[:1], table.iloc[1:]
    for rows, first, colours, words in (
        (published, 0, "Greys", "articles published"),
        (reported, 1.25, "Blues", "date expressions"),
    ):
        if not len(rows):
            continue
        top = max(rows.to_numpy().max(), 1)
        counts = np.ma.masked_less(rows.to_numpy(), 1e-9)
        heights = first - 0.5 + np.arange(len(rows) + 1)
        look = {"cmap": colours, "norm": PowerNorm(0.5, 0, top), "edgecolors": "white"}
        mesh = ax.pcolormesh(edges, heights, counts, linewidth=0.3, **look)
        bar = ax.figure.colorbar(mesh, ax=ax, shrink=0.8, pad=0.015, aspect=25)
        bar.set_label(f"{words} a month" if _monthly(table) else f"{words} a year", fontsize=8.5)
        bar.outline.set_visible(False)
    places = [0, *(1.25 + np.arange(len(reported)))]
    ax.set_yticks(places, [short(name, 30) for name in table.index], fontsize=8.5)
    ax.set_ylim(places[-1] + 0.5, -0.5)
    ax.xaxis_date()
    calendar_axis(ax)
    ax.set_xlabel("\n".join(_count_notes(articles, placed, unplaced, window, others)))
    title(ax, finding(articles, placed))
    return ax


def _monthly(table: pd.DataFrame) -> bool:
    return len(table.columns) < 2 or (table.columns[1] - table.columns[0]).days < 40


def _count_notes(
    articles: pd.DataFrame,
    placed: pd.DataFrame,
    unplaced: int,
    window: Window,
    others: float,
) -> list[str]:
    before = int((placed["latest"] < window.first).sum())
    after = int((placed["earliest"] > window.last).sum())
    unknown = int(articles["published"].isna().sum())
    return [
        f"n = {len(placed):,} date expressions in {len(articles):,} articles",
        f"not drawn: {before:,} before and {after:,} after these months, {unplaced:,} durations "
        "and vague ones,",
        f"{others:,.0f} in other outlets, {unknown:,} articles without a publication date",
    ]
