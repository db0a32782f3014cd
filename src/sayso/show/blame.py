"""Pictures and sentences of blame: how much, of whom by whom, answered or not, when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from sayso.analyze.blame import readings
from sayso.analyze.blame.ties import NOBODY, OUTLET
from sayso.analyze.groups import ranked
from sayso.lexicon.parties import lexicon
from sayso.show.canvas import (
    BAR,
    BLUE,
    GREEN,
    GREY,
    INK,
    PALE,
    PALETTE,
    ROW,
    VERMILION,
    draw_shares,
    first_rows,
    ink_on,
    legend,
    name_columns,
    name_rows,
    new_axes,
    nothing,
    percent_axis,
    shades,
    short,
    style,
    title,
)
from sayso.show.html import Html, count, say
from sayso.show.opening.limits import read
from sayso.show.speakers import joining

ANSWERS = {
    "with_answer": ("with the denial", GREEN),
    "left_out": ("without the denial, which others carry", VERMILION),
    "no_answer_known": ("no denial in any article", GREY),
}
ENOUGH_BEHIND = 30
"""Of fewer ties, charges or denials a title states no finding; it describes the picture."""

SURE = "line: 95% interval, hollow: too few for one"
DARKEST = 5
"""The darkest field of a matrix holds at least so many ties."""
LEADING = 6
"""So many targets have a colour of their own over time."""


def _leads(counts: pd.Series) -> bool:
    """Whether the highest of some counts is ahead of the next by more than chance may do."""
    first, second = [*counts.sort_values(ascending=False), 0, 0][:2]
    return counts.sum() >= ENOUGH_BEHIND and first - second > 1.96 * (first + second) ** 0.5


def opening(blames: pd.DataFrame, found: pd.DataFrame, least: float, denied: float) -> Html:
    """Return how many ties are counted, of those ``found``, and how many may be right."""
    mean, left = blames["confidence"].mean(), len(found) - len(blames)
    right = (
        f"Their confidence was fitted to articles read whole: it expects {mean:.0%} of them to be"
        " right."
    )
    return say(
        f"Of {len(found):,} ties of blame and denial {len(blames):,} have a confidence of"
        f" {least:g} or more (denials: {denied:g}) and are counted above (left out: {left:,}).",
        right if len(blames) else "",
    )


def own_voice() -> Html:
    """Return whether the outlets' own blame is shown apart, and why."""
    verdict = "it is" if readings.own_apart() else "so it is not"
    return say(
        read(readings.OWN),
        f"It is shown apart from {readings.OWN_NEEDS:.0%} on: {verdict}.",
    )


def charge_rates(table: pd.DataFrame, *, rows: int = 20, ax: Axes | None = None) -> Axes:
    """Draw the charges per article of each group, with 95% intervals.

    ``table`` is what :func:`sayso.analyze.blame.rates.charge_rates` returned; ``rows`` groups at
    most.
    """
    if table.empty:
        return nothing("No articles that can be compared", ax)
    drawn, aside = first_rows(table, rows, "groups")
    with style():
        ax = new_axes(ROW * len(drawn), ax)
        _points(ax, drawn.rename(columns={"per_article": "share"}))
        most = max(1.0, drawn[["per_article", "high"]].max().max() * 1.05)
        ax.set_xlim(0, most)
        notes = [f"n = {row.n_articles:,}" for row in drawn.itertuples()]
        name_rows(ax, [short(str(name), 34) for name in drawn.iloc[:, 0]], notes)
        ax.grid(axis="x")
        n = int(table["n_articles"].sum())
        ax.set_xlabel(f"charges per article (n = {count(n, 'article')}{aside})\n{SURE}")
        title(ax, f"Charges per article, by {str(table.columns[0]).removesuffix('_id')}")
    return ax


def _points(ax: Axes, drawn: pd.DataFrame) -> None:
    """Draw shares as points, hollow where a group is too small for an interval."""
    places = np.arange(len(drawn))
    sure = drawn["low"].notna().to_numpy()
    draw_shares(ax, drawn[sure], places[sure], "o", color=BLUE, markersize=7)
    hollow = {"color": BLUE, "markerfacecolor": "white", "markersize": 6}
    draw_shares(ax, drawn[~sure], places[~sure], "o", **hollow)


def blame_matrix(pairs: pd.DataFrame, *, rows: int = 10, ax: Axes | None = None) -> Axes:
    """Draw who blames whom: a field a pair, its number the ties; no field where there is none.

    ``pairs`` is what :func:`sayso.analyze.blame.ties.pairs` returned. ``rows`` targets at most are
    drawn, those of most ties, and of those who blame these as many.
    """
    if pairs.empty:
        return nothing("No blame with a known target was found", ax)
    counts = pairs.groupby(["blamer", "target"])["n_ties"].sum()
    drawn = _most(_most(counts, "target", rows), "blamer", rows).astype("float64").unstack()
    drawn = drawn.loc[ranked(drawn.sum(axis=1)), ranked(drawn.sum())]
    values = drawn.to_numpy()
    most = max(np.nanmax(values), DARKEST)
    with style():
        ax = new_axes(ROW * len(drawn), ax)
        fields = {"cmap": shades(VERMILION), "vmin": 0, "vmax": most**0.5}
        edges = np.arange(len(drawn.columns) + 1) - 0.5
        for y, row in enumerate(np.ma.masked_invalid(np.sqrt(values))):
            ax.pcolormesh(edges, [y - 0.22, y + 0.24], row[None], **fields)
        for y, x in zip(*np.nonzero(~np.isnan(values)), strict=True):
            ax.text(x, y, f"{values[y, x]:,.0f}", ha="center", va="center")
        name_rows(ax, [short(str(who), 34) for who in drawn.index])
        name_columns(ax, [short(str(name), 26) for name in drawn.columns])
        ax.set_xlabel(_drawn_words(counts, drawn))
        title(ax, _matrix_title(counts))
    return ax


def _most(counts: pd.Series, level: str, rows: int) -> pd.Series:
    """Return the counts of those names of a level that have the most."""
    names = ranked(counts.groupby(level=level).sum())[:rows]
    return counts[counts.index.get_level_values(level).isin(names)]


def perhaps_one(pairs: pd.DataFrame) -> Html:
    """Return which last names alone may be a person that stands in the pairs by full name, too."""
    first_names = lexicon().genders
    names = dict.fromkeys(pairs[["blamer", "target"]].to_numpy().ravel())
    bearers: dict[str, list[str]] = {}
    for name in names:
        first, last = name.split()[0], name.split()[-1]
        if first != last and last[0].isupper() and first.casefold() in first_names:
            bearers.setdefault(last, []).append(name)
    alone = [(last, bearers[last]) for last in names if last in bearers]
    return say(joining([(last, full[0]) for last, full in alone if len(full) == 1]))


def _drawn_words(counts: pd.Series, drawn: pd.DataFrame) -> str:
    """Return how many ties a matrix draws, and what it leaves out."""
    ties, every = int(drawn.sum().sum()), int(counts.sum())
    words = f"ties of blame, denials left out (n = {ties:,})"
    if ties == every:
        return words
    fewer = [
        f"{len(names) - n:,} more {level}s"
        for level, names, n in zip(
            counts.index.names, counts.index.levels, drawn.shape, strict=True
        )
        if len(names) > n
    ]
    aside = f" ({', '.join(fewer)})" if fewer else ""
    return f"{words}\n{every - ties:,} of {count(every, 'tie')} not drawn{aside}"


def _matrix_title(counts: pd.Series) -> str:
    named = counts.drop(index=[NOBODY, OUTLET], level="blamer", errors="ignore")
    if not _leads(named):
        return "Who blames whom"
    (who, whom), n = named.sort_index().idxmax(), f"{named.max():,} of {named.sum():,} ties"
    return f"Most often {short(str(who), 40)} blames {short(str(whom), 40)} ({n})"


def answered(table: pd.DataFrame, *, rows: int = 20, ax: Axes | None = None) -> Axes:
    """Draw how many charges each outlet carries with an answer, and without.

    ``table`` is what :func:`sayso.analyze.blame.charges.answers` returned; ``rows`` bars at most.
    """
    if table.empty:
        return nothing("No charge in articles that can be compared", ax)
    drawn, aside = first_rows(table, rows, "groups")
    with style():
        ax = new_axes(ROW * len(drawn), ax)
        left = np.zeros(len(drawn))
        wide = 0.06 * drawn[list(ANSWERS)].sum(axis=1).max()
        for name, (words, colour) in ANSWERS.items():
            counts = drawn[name].to_numpy()
            some = np.flatnonzero(counts)
            if not len(some):
                continue
            look = {"color": colour, "height": BAR, "label": words}
            bars = ax.barh(some, counts[some], left=left[some], **look)
            numbers = [f"{count:,}" if count > wide else "" for count in counts[some]]
            ax.bar_label(bars, numbers, label_type="center", color=ink_on(colour))
            left = left + counts
        name_rows(ax, [short(str(name), 34) for name in drawn.iloc[:, 0]])
        ax.xaxis.get_major_locator().set_params(integer=True)
        ax.set_xlabel(
            f"charges (n = {int(table['n_charges'].sum()):,} of outlets and charges{aside})"
        )
        legend(ax)
        ours, theirs = int(table["with_answer"].sum()), int(table["left_out"].sum())
        finding = f"Denied charges: {ours:,} with the denial, {theirs:,} without it"
        plain = "Charges with and without their denial"
        title(ax, finding if ours + theirs >= ENOUGH_BEHIND else plain)
    return ax


def agentless(table: pd.DataFrame, *, rows: int = 20, ax: Axes | None = None) -> Axes:
    """Draw how much of each outlet's blame names no blamer, with 95% intervals.

    ``table`` is what :func:`sayso.analyze.blame.ties.agentless` returned; ``rows`` groups at most.
    A group of fewer than ten articles has no interval.
    """
    if table.empty:
        return nothing("No blame in articles that can be compared", ax)
    drawn, aside = first_rows(table, rows, "groups")
    with style():
        ax = new_axes(ROW * len(drawn), ax)
        _points(ax, drawn)
        notes = [f"{row.n_agentless:,} of {row.n_ties:,}" for row in drawn.itertuples()]
        name_rows(ax, [short(str(name), 34) for name in drawn.iloc[:, 0]], notes)
        percent_axis(ax)
        ax.grid(axis="x")
        ties, without = int(table["n_ties"].sum()), int(table["n_agentless"].sum())
        ax.set_xlabel(f"share of blame without a blamer (n = {ties:,} ties{aside})\n{SURE}")
        finding = f"{without / ties:.0%} of {ties:,} ties of blame tell no blamer"
        title(ax, finding if ties >= ENOUGH_BEHIND else "Passives and nouns that tell no blamer")
    return ax


def over_time(totals: pd.DataFrame, targets: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw blame per article by publication date; the leading targets have their own colours.

    ``totals`` is what :func:`sayso.analyze.blame.ties.per_period` returned, ``targets`` what
    :func:`sayso.analyze.blame.ties.over_time` did. A line is the 95% interval of the whole bar.
    """
    if not totals["n_ties"].sum():
        return nothing("No blame in articles whose date is known", ax)
    places = np.array([_place(name) for name in totals["period"]])
    with style():
        ax = new_axes(2.6, ax)
        below, width = np.zeros(len(totals)), max(0.8, (places[-1] - places[0]) / 200)
        for name, colour, heights in _layers(totals, targets):
            some = np.flatnonzero(heights)
            look = {"bottom": below[some], "width": width, "color": colour}
            ax.bar(places[some], heights[some], label=short(name, 30), **look)
            below = below + heights
        drawn = totals["low"].notna().to_numpy()
        sure = totals[drawn]
        ax.vlines(places[drawn], sure["low"], sure["high"], color=INK, linewidth=1.4)
        shown = _spaced(places)
        names = [f"{row.period}\nn = {row.n_articles:,}" for row in totals.iloc[shown].itertuples()]
        ax.set_xticks(places[shown], names)
        ax.set_xlim(places[0] - width, max(places[-1], places[0] + 3) + width)
        n, ties = int(totals["n_articles"].sum()), int(totals["n_ties"].sum())
        ax.set_xlabel(f"published (n = {count(n, 'article')}, {count(ties, 'tie')})")
        ax.set_ylabel("ties of blame per article")
        legend(ax)
        title(ax, "Ties of blame per article over time, by target")
    return ax


def _layers(totals: pd.DataFrame, targets: pd.DataFrame) -> Iterator[tuple[str, str, np.ndarray]]:
    """Return what is stacked: name, colour and heights of the leading targets, then the rest."""
    leading = ranked(targets.groupby("target")["n_ties"].sum())[:LEADING]
    wide = targets.pivot(index="period", columns="target", values="per_article")
    wide = wide.reindex(index=totals["period"], columns=leading).fillna(0.0)
    for name, colour in zip(leading, PALETTE, strict=False):
        yield str(name), colour, wide[name].to_numpy()
    rest = (totals["per_article"].to_numpy() - wide.sum(axis=1).to_numpy()).round(9)
    if rest.any():
        yield "others and unresolved", PALE, rest


def _place(period: str) -> int:
    """Return the place of a year, month, week or day among those of its kind."""
    if len(period) <= 7:
        year, _, month = period.partition("-")
        return int(year) * 12 + int(month) if month else int(year)
    day = date.fromisoformat(period).toordinal()
    return day // 7 if "W" in period else day


def _spaced(places: np.ndarray, most: int = 5) -> list[int]:
    """Return the numbers of places that leave room for their names."""
    apart = max(1, (places[-1] - places[0]) / (most - 1))
    shown = [0]
    for number, place in enumerate(places):
        if place - places[shown[-1]] >= apart:
            shown.append(number)
    return shown
