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
    SKY,
    VERMILION,
    legend,
    name_rows,
    new_axes,
    style,
    title,
)
from sayso.show.html import Html, part, say
from sayso.show.table import table

PEER_LOOKS = tuple(zip((SKY, ORANGE, PINK, VERMILION, GREY), "v^s<>", strict=True))


def figures(
    results: Mapping[str, Any], name: str, caption: str, *, part: str = "figures", rows: int = 40
) -> Html:
    """Return a table of a kept evaluation, or the sentence that it was not measured yet."""
    if name not in results or part not in results[name].tables:
        return say(f"Not measured yet: data/results has no {part} of '{name}'.")
    return table(results[name].tables[part], caption, rows=rows)


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
        ax = new_axes(1.7 + 0.5 * len(names), ax)
        for row in compared.to_dict("records"):
            look = {"s": 130, "marker": "o", "color": BLUE, "zorder": 4}
            if row["kind"] == "person":
                look = {"s": 90, "marker": "D", "color": GREEN, "zorder": 3}
            elif row["kind"] == "peer":
                colour, marker = next(looks)
                look = {"s": 60, "marker": marker, "color": colour, "zorder": 2}
            values = [row[name] for name in names]
            ax.scatter(values, range(len(names)), label=row["system"], edgecolor="white", **look)
        name_rows(ax, names)
        ax.grid(axis="y")
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


def calibration(reliability: pd.DataFrame, error: float, *, ax: Axes | None = None) -> Axes:
    """Draw how many quotes of about the same confidence are right, with 95% intervals.

    ``reliability`` are the bins that ``benchmarks/attribution/calibration.py`` makes, ``error`` is
    the expected calibration error (0 to 1), for the title.
    """
    sure, right = reliability["confidence"], reliability["right"]
    bars = [right - reliability["right_low"], reliability["right_high"] - right]
    with style():
        ax = new_axes(4.6, ax)
        ax.plot([0, 1], [0, 1], color=GREY, linestyle="--", linewidth=1, label="as it should be")
        ax.errorbar(sure, right, yerr=bars, color=BLUE, fmt="o", capsize=3, label="as measured")
        ax.set_xlim(0, 1)
        ax.set_ylim(0, 1)
        ax.grid()
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_formatter(lambda value, _: f"{value:.0%}")
        ax.set_xlabel(f"mean confidence of the bin (n = {reliability['n'].sum():,} quotes)")
        ax.set_ylabel("share of them that is right")
        legend(ax)
        title(ax, f"Confidence is off by {100 * error:.1f} points on average")
    return ax
