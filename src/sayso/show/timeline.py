"""The timeline: when articles were published, and when things happen that they speak of.

A date is drawn as wide as it is unsure: a dot for a day, a bar for a month or a year. Up to 30
articles have a lane each; more are counted, by outlet and month.
"""

from __future__ import annotations

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import PowerNorm

from sayso.analyze.timeline import (
    DAY,
    Window,
    find_window,
    last_day,
    relation_to_publication,
    timeline_counts,
)
from sayso.show.canvas import (
    BLUE,
    GREY,
    VERMILION,
    calendar_axis,
    legend,
    new_axes,
    nothing,
    short,
    style,
    title,
)
from sayso.show.html import day_words, published_words

__all__ = ["timeline", "timeline_counts"]

INK = "#222222"
# A lane's share of the height at which labels stand: above the marks, below them.
LABEL_ROWS = (-0.27, 0.29)


def timeline(
    articles: pd.DataFrame, dates: pd.DataFrame, *, lanes: int = 30, ax: Axes | None = None
) -> Axes:
    """Draw publication dates and reported dates on one axis.

    Parameters
    ----------
    articles, dates
        Those tables. Date expressions without a place on the calendar (durations, 'now') are not
        drawn, but counted.
    lanes
        Up to so many articles have a lane each; more are counted by outlet and month.
    ax
        Where to draw.

    Notes
    -----
    The picture spans the publication dates and 400 days around them; what lies outside is named at
    the edge of its lane (or counted under the axis).
    """
    placed = dates[dates["earliest"].notna() & dates["latest"].notna()]
    window = find_window(articles, placed)
    if window is None:
        return nothing("No dates to draw", ax)
    with style():
        if len(articles) <= lanes:
            return _draw_lanes(articles, placed, len(dates) - len(placed), window, ax)
        return draw_counts(articles, placed, len(dates) - len(placed), window, ax)


def _draw_lanes(
    articles: pd.DataFrame, placed: pd.DataFrame, unplaced: int, window: Window, ax: Axes | None
) -> Axes:
    ordered = articles.sort_values(["published", "article_id"], na_position="last", kind="stable")
    ax = new_axes(2.0 + 0.72 * len(ordered), ax)
    ax.set_xlim(window.first, window.last)
    ax.set_ylim(len(ordered) - 0.5, -0.5)
    for y, article in enumerate(ordered.itertuples()):
        own = placed[placed["article_id"] == article.article_id]
        ax.axhline(y, color="#E6E6E6", linewidth=1, zorder=0)
        _draw_dates(ax, y, own, last_day(article.published, article.published_precision), window)
        _draw_published(ax, y, article)
    _name_lanes(ax, ordered)
    calendar_axis(ax)
    _lane_legend(ax, articles, placed)
    words = f"date expressions on the calendar (n = {len(placed):,}"
    ax.set_xlabel(
        words + (f"; {unplaced:,} durations and vague ones not drawn)" if unplaced else ")")
    )
    title(ax, finding(articles, placed))
    return ax


def _draw_dates(
    ax: Axes, y: int, own: pd.DataFrame, published: pd.Timestamp, window: Window
) -> None:
    """Draw one article's reported dates, with labels where there is room.

    ``published`` is the last day on which the article can have been published.
    """
    spans = own.groupby(["earliest", "latest"]).size().rename("n").reset_index()
    inside = (spans["latest"] >= window.first) & (spans["earliest"] <= window.last)
    taken: list[list[tuple[float, float]]] = [[] for _ in LABEL_ROWS]
    _name_outside(ax, y, _outside(spans[~inside], window), taken)
    for span in spans[inside].itertuples():
        later = pd.notna(published) and span.earliest > published
        colour = GREY if pd.isna(published) else VERMILION if later else BLUE
        if span.earliest == span.latest:
            look = {"marker": ">" if later else "o", "markersize": 6.5, "markeredgecolor": "white"}
            ax.plot([span.earliest], [y], color=colour, zorder=4, **look)
        else:
            bar = {"height": 0.2, "color": colour, "alpha": 0.4, "zorder": 2, "linewidth": 0}
            width = span.latest - span.earliest + DAY
            ax.barh(y, width, left=span.earliest, hatch="////" if later else "", **bar)
        _place_label(ax, y, span, window, taken)


def _name_outside(ax: Axes, y: int, edges: list[tuple[str, str]], taken: list) -> None:
    """Name the dates that the window leaves out, at the edges of the lane."""
    for words, side in edges:
        length = _width(words)
        before = side == "before"
        taken[-1].append((0, length) if before else (1 - length, 1))
        at, align = (0.004, "left") if before else (0.996, "right")
        ax.text(at, y + LABEL_ROWS[-1], words, ha=align, **_label_look(ax))


def _place_label(ax: Axes, y: int, span, window: Window, taken: list) -> None:
    """Write a date's label above or below its mark, where nothing is written yet."""
    words = day_words(span.earliest, span.latest) + (f" ({span.n} times)" if span.n > 1 else "")
    first, last = max(span.earliest, window.first), min(span.latest, window.last)
    half = _width(words) / 2
    middle = min(max(window.share(first + (last - first) / 2), half + 0.005), 0.995 - half)
    for row, boxes in enumerate(taken):
        if all(middle + half < left or middle - half > right for left, right in boxes):
            boxes.append((middle - half, middle + half))
            ax.text(middle, y + LABEL_ROWS[row], words, ha="center", **_label_look(ax))
            return


def _label_look(ax: Axes) -> dict:
    """Return the look of labels: placed by share of the width and by lane."""
    return {
        "va": "center",
        "fontsize": 7.5,
        "color": "#333333",
        "transform": ax.get_yaxis_transform(),
        "zorder": 5,
    }


def _width(words: str) -> float:
    """Return how much of the axes' width a label takes, gap included (axes of about 6 inches)."""
    return 0.0108 * len(words) + 0.012


def _outside(spans: pd.DataFrame, window: Window) -> list[tuple[str, str]]:
    """Return what is said at the edges of a lane: the dates that lie outside the window."""
    found = []
    for side in ("before", "after"):
        before = spans["latest"] < window.first
        rows = spans[before if side == "before" else ~before]
        names = [day_words(row.earliest, row.latest, year=True) for row in rows.itertuples()]
        if len(names) > 3:
            names = [*names[:3], f"{len(names) - 3} more"]
        if names:
            listed = ", ".join(names)
            found.append((f"◂ {listed}" if side == "before" else f"{listed} ▸", side))
    return found


def _draw_published(ax: Axes, y: int, article) -> None:
    if pd.isna(article.published):
        return
    last = last_day(article.published, article.published_precision)
    if last > article.published:
        frame = {"facecolor": "none", "edgecolor": INK, "linewidth": 1.4, "zorder": 3}
        ax.barh(y, last - article.published + DAY, left=article.published, height=0.3, **frame)
    else:
        ax.plot([article.published], [y], "D", color=INK, markersize=8.5, mec="white", zorder=6)


def _name_lanes(ax: Axes, ordered: pd.DataFrame) -> None:
    """Write headline and outlet beside each lane, and which articles have no known date."""
    names = []
    for article in ordered.itertuples():
        headline = article.headline if pd.notna(article.headline) else article.article_id
        outlet = article.outlet if pd.notna(article.outlet) else "outlet unknown"
        aside = ", date unknown" if pd.isna(article.published) else ""
        names.append(f"{short(headline, 38)}\n{short(outlet, 38 - len(aside))}{aside}")
    ax.set_yticks(range(len(names)), names, fontsize=8, linespacing=1.35)
    dated = int(ordered["published"].notna().sum())
    if 0 < dated < len(ordered):
        ax.axhline(dated - 0.5, color="#999999", linewidth=0.8, linestyle=(0, (4, 3)))


def _lane_legend(ax: Axes, articles: pd.DataFrame, placed: pd.DataFrame) -> None:
    """Name the marks that this picture uses."""
    relation = relation_to_publication(articles, placed)
    wide = placed["earliest"] < placed["latest"]
    entries = [
        (articles["published"].notna().any(), "D", INK, "published"),
        ((relation == "before").any(), "o", BLUE, "reported, up to publication"),
        ((relation == "after").any(), ">", VERMILION, "reported, later"),
        ((relation == "unknown").any(), "o", GREY, "reported, publication date unknown"),
    ]
    for used, marker, colour, label in entries:
        if used:
            ax.plot([], [], marker, color=colour, label=label)
    if wide.any():
        ax.plot([], [], color=BLUE, alpha=0.4, linewidth=7, label="month, year or other span")
    legend(ax)


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


def finding(articles: pd.DataFrame, placed: pd.DataFrame) -> str:
    """Return what the picture shows, in one sentence."""
    known = articles[articles["published"].notna()].sort_values("published")
    if not len(known):
        return f"{len(placed):,} dates are reported; no article tells when it was published"
    first, last = (published_words(row) for row in known.iloc[[0, -1]].itertuples())
    when = first if first == last else f"between {first} and {last}"
    relation = relation_to_publication(articles, placed)
    compared = relation[relation != "unknown"]
    if not len(compared):
        return f"Published {when}; no other dates are reported"
    later = int((compared == "after").sum())
    return f"Published {when}; {later:,} of {len(compared):,} dates reported lie after publication"
