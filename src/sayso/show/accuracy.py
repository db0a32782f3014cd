"""Pictures of how accurate sayso is: beside others, and by its own confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from sayso.show.canvas import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PINK,
    ROW,
    SKY,
    VERMILION,
    legend,
    name_rows,
    new_axes,
    nothing,
    percent_axis,
    style,
    title,
)
from sayso.show.html import Html, part, say, short
from sayso.show.table import table

PEER_LOOKS = tuple(zip((SKY, ORANGE, PINK, VERMILION, GREY), "v^s<>", strict=True))
NO_WIDTH = 1e-9  # narrower is what rounding leaves


def figures(
    results: Mapping[str, Any], name: str, caption: str, *, part: str = "figures", rows: int = 40
) -> Html:
    """Return a table of a kept evaluation, or the sentence that it was not measured yet."""
    if name not in results or part not in results[name].tables:
        return say(f"Not measured yet: data/results has no {part} of '{name}'.")
    old = ", measured with an earlier model" if results[name].is_old else ""
    return table(results[name].tables[part], caption + old, rows=rows)


def percents(
    data: pd.DataFrame, caption: str, columns: Sequence[str] = (), *, rows: int = 20
) -> Html:
    """Return a table whose shares have a decimal, such as '70.5%'; all numbers are, if not said."""
    columns = columns or data.select_dtypes("float").columns
    words = {c: [f"{v:.1%}" if pd.notna(v) else "" for v in data[c]] for c in columns}
    return table(data.assign(**words), caption, rows=rows)


def standing(compared: pd.DataFrame, caption: str) -> Html:
    """Return the figures of several systems (see :func:`sayso.evaluation.yardsticks.beside`)."""
    return percents(compared.drop(columns=["kind", "note"]), caption)


def aims(targets: pd.DataFrame) -> Html:
    """Return what is aimed at and what was measured, as a table with its sum in the caption."""
    judged = targets["reached"].dropna()
    words = part(int(judged.sum()), len(judged), "target")
    missing = int(targets["reached"].isna().sum())
    shown = targets.assign(measured=targets["measured"].map("{:.3g}".format, na_action="ignore"))
    return table(shown, f"{words} reached; {missing:,} not measured yet", rows=100)


def beside_others(compared: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the figures of several systems as dots: a row a figure, ours filled and large.

    ``compared`` is what :func:`sayso.evaluation.yardsticks.beside` returned.
    """
    names = [name for name in compared if name not in ("system", "kind", "note")]
    looks = iter(PEER_LOOKS)
    with style():
        ax = new_axes(ROW * len(names), ax)
        for row in compared.to_dict("records"):
            look = {"s": 130, "marker": "o", "color": BLUE, "zorder": 4}
            if row["kind"] == "person":
                look = {"s": 90, "marker": "D", "color": GREEN, "zorder": 3}
            elif row["kind"] == "peer":
                colour, marker = next(looks)
                look = {"s": 60, "marker": marker, "color": colour, "zorder": 2}
            values = [row[name] for name in names]
            ax.scatter(values, range(len(names)), label=row["system"], edgecolor="none", **look)
        name_rows(ax, names)
        ax.grid(axis="x")
        ax.set_xlim(-0.02, 1.02)
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        ax.set_xlabel("F1")
        legend(ax)
        title(ax, _standing(compared.set_index("system"), names))
    return ax


def _standing(compared: pd.DataFrame, names: list[str]) -> str:
    """Say in how many figures we are ahead of every peer, and how many reach the second person."""
    own = compared[compared["kind"] == "own"].iloc[0]
    peers = compared[compared["kind"] == "peer"]
    persons = compared[compared["kind"] == "person"]
    ahead = sum(own[name] > peers[name].max() for name in names)
    words = f"sayso is ahead of all {len(peers)} peers in {ahead} of {len(names)} figures"
    if persons.empty:
        return words
    level = sum(own[name] >= persons[name].max() for name in names)
    return f"{words}, and reaches a second person in {level or 'none'}"


def found_and_coded(counts: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the quotes of each coded article: found across, coded upwards.

    ``counts`` has a row an article, with the columns found and coded.
    """
    if counts.empty:
        return nothing("Nothing is coded", ax)
    most = 1.1 * max(counts[["found", "coded"]].to_numpy().max(), 1)
    with style():
        ax = new_axes(4.2, ax)
        ax.plot([0, most], [0, most], color=GREY, linestyle="--", linewidth=1, label="as many")
        ax.scatter(
            counts["found"], counts["coded"], color=BLUE, s=70, alpha=0.7, label="an article"
        )
        ax.set(xlim=(0, most), ylim=(0, most), ylabel="quotes that coders marked")
        ax.set_xlabel(f"quotes found (n = {len(counts):,} articles)")
        ax.grid()
        legend(ax)
        more = int((counts["coded"] > counts["found"]).sum())
        title(ax, f"Coders mark more quotes than were found in {more} of {len(counts)} articles")
    return ax


def before_and_after(shares: pd.DataFrame, what: str, by: str, *, ax: Axes | None = None) -> Axes:
    """Draw a share of each group as found, and as corrected with its 95% interval.

    ``shares`` has the columns ``by``, found, corrected, low, high; ``what`` names the share.
    """
    if shares.empty:
        return nothing("No groups", ax)
    places = range(len(shares))
    look = {"capsize": 3, "color": BLUE, "fmt": "o", "clip_on": False}
    bars = [shares["corrected"] - shares["low"], shares["high"] - shares["corrected"]]
    with style():
        ax = new_axes(ROW * len(shares), ax)
        ax.scatter(shares["found"], places, color=ORANGE, marker="D", s=55, label="found")
        ax.errorbar(shares["corrected"], places, xerr=bars, label="corrected, 95% interval", **look)
        name_rows(ax, [short(name, 38) for name in shares[by]])
        percent_axis(ax)
        ax.set_xlabel(what)
        ax.grid(axis="x")
        legend(ax)
        title(ax, _outside(shares[shares["corrected"].notna()]))
    return ax


def _outside(corrected: pd.DataFrame) -> str:
    """Say in how many groups the share found is outside its interval, if that has a width."""
    told = corrected[corrected["high"] - corrected["low"] > NO_WIDTH]
    if corrected.empty:
        return "No group could be corrected"
    if told.empty:
        return "No group that could be corrected has an interval of any width"
    out = (told["found"] < told["low"]) | (told["found"] > told["high"])
    return f"What was found is outside the interval in {out.sum()} of {len(told)} groups"


def calibration(reliability: pd.DataFrame, error: float, *, ax: Axes | None = None) -> Axes:
    """Draw how many quotes of about the same confidence are right, with 95% intervals.

    ``reliability`` are the bins that ``benchmarks/attribution/calibration.py`` makes, ``error`` is
    the expected calibration error (0 to 1), for the title.
    """
    sure, right = reliability["confidence"], reliability["right"]
    bars = [right - reliability["right_low"], reliability["right_high"] - right]
    with style():
        ax = new_axes(4.2, ax)
        ax.plot([0, 1], [0, 1], color=GREY, linestyle="--", linewidth=1, label="as it should be")
        look = {"color": BLUE, "fmt": "o", "capsize": 3, "clip_on": False}
        ax.errorbar(sure, right, yerr=bars, label="as measured", **look)
        ax.set_xlim(0, 1)
        ax.set_ylim(0, 1)
        ax.grid()
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_formatter(lambda value, _: f"{value:.0%}")
        n = f"(n = {reliability['n'].sum():,} quotes)"
        ax.set_xlabel(f"mean confidence of the bin {n}")
        ax.set_ylabel("share of them that is right")
        legend(ax)
        title(ax, f"Confidence is off by {100 * error:.1f} points on average {n}")
    return ax
