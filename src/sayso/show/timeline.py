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

from sayso.analyze.groups import REST
from sayso.analyze.timeline import (
    DAY,
    Window,
    find_window,
    last_days,
    relation_to_publication,
    timeline_counts,
)
from sayso.show.canvas import (
    BAR,
    BLUE,
    CHARACTER,
    GREY,
    INK,
    LINE,
    ROW,
    VERMILION,
    article_name,
    legend,
    name_rows,
    new_axes,
    nothing,
    shades,
    short,
    style,
    title,
)
from sayso.show.html import count, day_words, published_words

LABEL_LOOK = {"va": "center", "zorder": 5}
# A lane's share of the height at which labels stand: above the marks, below them.
LABEL_ROWS = (-0.22, 0.22)


def timeline(
    dates: pd.DataFrame, articles: pd.DataFrame, *, lanes: int = 30, ax: Axes | None = None
) -> Axes:
    """Draw publication dates and reported dates on one axis.

    Up to ``lanes`` articles have a lane each; more are counted by outlet and month. The picture
    spans the publication dates and 400 days around them; what lies outside is named at the edge of
    its lane (or counted under the axis). Date expressions without a place on the calendar
    (durations, 'now') are counted, too.
    """
    placed = dates[dates["earliest"].notna() & dates["latest"].notna()]
    window = find_window(placed, articles)
    if window is None:
        return nothing("No dates to draw", ax)
    draw = _draw_lanes if len(articles) <= lanes else _draw_counts
    with style():
        ax = draw(placed, articles, len(dates) - len(placed), window, ax)
        locator = mdates.AutoDateLocator(minticks=4, maxticks=9)
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator))
        ax.grid(axis="x")
        title(ax, _finding(placed, articles))
    return ax


def _draw_lanes(
    placed: pd.DataFrame, articles: pd.DataFrame, unplaced: int, window: Window, ax: Axes | None
) -> Axes:
    """Draw each article's publication and reported dates on a lane of its own."""
    ordered = articles.sort_values(["published", "article_id"], na_position="last", kind="stable")
    ordered = ordered.assign(last=last_days(ordered))
    undated = ordered["published"].isna()
    ax = new_axes(0.86 * len(ordered), ax)
    ax.set_xlim(window.first, window.last)
    for y, article in enumerate(ordered.itertuples()):
        ax.axhline(y, color=LINE, linewidth=0.7, zorder=0)
        own = placed[placed["article_id"] == article.article_id]
        _draw_dates(ax, y, own, article.last, window)
        _draw_published(ax, y, article)
    asides = undated.map({True: ", date unknown", False: ""})
    names = [article_name(*pair) for pair in zip(ordered.itertuples(), asides, strict=True)]
    name_rows(ax, names, above=0.34)
    if undated.any() and not undated.all():
        border = len(ordered) - undated.sum() - 0.64
        ax.axhline(border, color=LINE, linewidth=0.8, linestyle=(0, (4, 3)))
    _lane_legend(ax, placed, articles)
    aside = f"; {unplaced:,} durations and vague ones not drawn" if unplaced else ""
    ax.set_xlabel(f"date expressions on the calendar (n = {len(placed):,}{aside})")
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
    _name_outside(ax, y, spans[~inside], window, taken)
    for span in spans[inside].itertuples():
        later = pd.notna(published) and span.earliest > published
        colour = GREY if pd.isna(published) else VERMILION if later else BLUE
        if span.earliest == span.latest:
            look = {"marker": ">" if later else "o", "markersize": 6.5, "markeredgecolor": "none"}
            ax.plot([span.earliest], [y], color=colour, zorder=4, **look)
        else:
            bar = {"height": 0.2, "color": colour, "alpha": 0.4, "zorder": 2, "linewidth": 0}
            width = span.latest - span.earliest + DAY
            ax.barh(y, width, left=span.earliest, hatch="////" if later else "", **bar)
        _place_label(ax, y, span, window, taken)


def _name_outside(ax: Axes, y: int, spans: pd.DataFrame, window: Window, taken: list) -> None:
    """Name the dates that the window leaves out, at the edges of the lane."""
    before = spans["latest"] < window.first
    for rows, align in ((spans[before], "left"), (spans[~before], "right")):
        if rows.empty:
            continue
        names = [day_words(row.earliest, row.latest, year=True) for row in rows.itertuples()]
        names = [*names[:3], f"{len(names) - 3} more"] if len(names) > 3 else names
        words = "◂ " * (align == "left") + ", ".join(names) + " ▸" * (align == "right")
        length = _width(words)
        taken[-1].append((0, length) if align == "left" else (1 - length, 1))
        _label(ax, 0.004 if align == "left" else 0.996, y + LABEL_ROWS[-1], words, align)


def _place_label(ax: Axes, y: int, span, window: Window, taken: list) -> None:
    """Write a date's label above or below its mark, where nothing is written yet."""
    words = day_words(span.earliest, span.latest) + (f" ({span.n} times)" if span.n > 1 else "")
    first, last = max(span.earliest, window.first), min(span.latest, window.last)
    half = _width(words) / 2
    middle = min(max(window.share(first + (last - first) / 2), half + 0.005), 0.995 - half)
    for row, boxes in enumerate(taken):
        if all(middle + half < left or middle - half > right for left, right in boxes):
            boxes.append((middle - half, middle + half))
            _label(ax, middle, y + LABEL_ROWS[row], words, "center")
            return


def _label(ax: Axes, x: float, y: float, words: str, align: str) -> None:
    """Write a label, placed by share of the width and by lane."""
    ax.text(x, y, words, ha=align, transform=ax.get_yaxis_transform(), **LABEL_LOOK)


def _width(words: str) -> float:
    """Return how much of the axes' width a label takes, gap included."""
    return CHARACTER * (len(words) + 1)


def _draw_published(ax: Axes, y: int, article) -> None:
    """Draw when an article was published: a day as a diamond, a longer stretch as a frame."""
    if article.last > article.published:
        frame = {"facecolor": "none", "edgecolor": INK, "linewidth": 1.4, "zorder": 3}
        width = article.last - article.published + DAY
        ax.barh(y, width, left=article.published, height=0.3, **frame)
    elif pd.notna(article.published):
        ax.plot([article.published], [y], "D", color=INK, markersize=8.5, mec="none", zorder=6)


def _lane_legend(ax: Axes, placed: pd.DataFrame, articles: pd.DataFrame) -> None:
    """Name the marks that this picture uses."""
    relations = set(relation_to_publication(placed, articles))
    entries = [
        (articles["published"].notna().any(), "D", INK, "published"),
        (relations & {"before", "at"}, "o", BLUE, "reported, up to publication"),
        ("after" in relations, ">", VERMILION, "reported, later"),
        ("unknown" in relations, "o", GREY, "reported, publication date unknown"),
    ]
    for used, marker, colour, label in entries:
        if used:
            ax.plot([], [], marker, color=colour, label=label)
    if (placed["earliest"] < placed["latest"]).any():
        ax.plot([], [], color=BLUE, alpha=0.4, linewidth=7, label="month, year or other span")
    legend(ax)


def _draw_counts(
    placed: pd.DataFrame, articles: pd.DataFrame, unplaced: int, window: Window, ax: Axes | None
) -> Axes:
    """Draw how many articles appeared, and how many dates each outlet reports, by month."""
    table = timeline_counts(placed, articles, window=window)
    others = float(table.loc[REST].sum()) if REST in table.index else 0
    table = table.drop(index=REST, errors="ignore")
    ax = new_axes(ROW * len(table), ax)
    published = _draw_fields(ax, table.iloc[:1], 0, GREY)
    reported = _draw_fields(ax, table.iloc[1:], 1, BLUE)
    name_rows(ax, [short(name, 34) for name in table.index])
    ax.xaxis_date()
    before = int((placed["latest"] < window.first).sum())
    after = int((placed["earliest"] > window.last).sum())
    ax.set_xlabel(
        f"n = {len(placed):,} date expressions in {len(articles):,} articles; "
        f"darkest: {published} published, {reported} reported\n"
        f"not drawn: {before:,} before and {after:,} after these months, {unplaced:,} durations "
        f"and vague ones, {others:,.0f} in other or unknown outlets, "
        f"{count(articles['published'].isna().sum(), 'article')} without a publication date"
    )
    return ax


def _draw_fields(ax: Axes, rows: pd.DataFrame, first: int, colour: str) -> str:
    """Draw rows of counts as fields, the darker the more, and return how many the darkest has."""
    step = rows.columns[-1] - rows.columns[-2] if len(rows.columns) > 1 else 31 * DAY
    edges = mdates.date2num([*rows.columns, rows.columns[-1] + step])
    counts, most = np.ma.masked_less(rows.to_numpy(), 1e-9), max(rows.to_numpy().max(initial=0), 1)
    look = {"cmap": shades(colour), "norm": PowerNorm(0.5, 0, most), "linewidth": 0}
    for y, row in enumerate(counts, first):
        ax.pcolormesh(edges, [y - BAR / 2, y + BAR / 2], row[None], **look)
    return f"{most:,.0f} a {'month' if step.days < 40 else 'year'}"


def _finding(placed: pd.DataFrame, articles: pd.DataFrame) -> str:
    """Return what the picture shows, in one sentence."""
    known = articles[articles["published"].notna()].sort_values("published")
    if not len(known):
        return f"{len(placed):,} dates are reported; no article tells when it was published"
    first, last = (published_words(row) for row in known.iloc[[0, -1]].itertuples())
    when = first if first == last else f"between {first} and {last}"
    relation = relation_to_publication(placed, articles)
    compared = relation[relation != "unknown"]
    if not len(compared):
        return f"Published {when}; no other dates are reported"
    later = int((compared == "after").sum())
    return f"Published {when}; {later:,} of {len(compared):,} dates reported lie after publication"
