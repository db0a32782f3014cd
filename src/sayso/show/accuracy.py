"""Pictures of how accurate sayso is: beside others, and by its own confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sayso.show.canvas import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PINK,
    SKY,
    VERMILION,
    Canvas,
    Picture,
    interval,
    nothing,
    steps,
)
from sayso.show.html import Html, count, part, say
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


def beside_others(compared: pd.DataFrame) -> Picture:
    """Draw the figures of several systems as marks: a row a figure, ours a filled circle.

    ``compared`` is what :func:`sayso.evaluation.yardsticks.beside` returned.
    """
    names = [name for name in compared if name not in ("system", "kind", "note")]
    peers, looks = iter(PEER_LOOKS), []
    for row in compared.to_dict("records"):
        own = {"own": (BLUE, "o"), "person": (GREEN, "D")}.get(row["kind"]) or next(peers)
        looks.append((row, *own))
    canvas = Canvas()
    for row, colour, mark in looks:
        canvas.key(mark, colour, row["system"])
    for name in names:
        y = canvas.row(name, room=18)
        canvas.line((0, 1), (y, y), opacity=0.18, behind=True)
        for row, colour, mark in reversed(looks):
            if pd.notna(row[name]):
                canvas.mark(row[name], y, mark, colour, f"{row['system']}: {row[name]:.1%}")
    canvas.ticks(steps(1, ".0%"))
    unit = f"F1; n = {count(len(compared), 'system')}; source: data/results"
    return canvas.picture(_standing(compared.set_index("system"), names), unit)


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


TALL = 300  # pixels of a picture of points


def _plane(most: float, form: str, across: str, upwards: str) -> Canvas:
    """Return a canvas whose two scales go up to the same number, with the line where both agree."""
    canvas = Canvas(scale=most, height=TALL + 30)
    canvas.text(0, 12, f"↑ {upwards}")
    canvas.text(most, TALL + 66, f"{across} →", anchor="end")
    for words, number in steps(most, form).items():
        y = _up(canvas, number)
        canvas.line((0, most), (y, y), opacity=0.18, behind=True)
        canvas.text(0, y - 3, words, size=12)
    canvas.ticks(steps(most, form), top=30)
    canvas.height += 20
    canvas.line((0, most), (TALL + 30, 30), dashed=True, opacity=0.6)
    return canvas


def _up(canvas: Canvas, number: float) -> float:
    """Return where a number stands on the scale that goes up."""
    return TALL + 30 - TALL * number / canvas.scale


def found_and_coded(counts: pd.DataFrame) -> Picture:
    """Draw the quotes of each coded article: found across, coded upwards.

    ``counts`` has a row an article, with the columns found and coded.
    """
    if counts.empty:
        return nothing("Nothing is coded")
    most = 1.1 * max(counts[["found", "coded"]].to_numpy().max(), 1)
    canvas = _plane(most, ",.10g", "quotes found", "quotes that coders marked")
    for row in counts.itertuples():
        told = f"{row.found:,} found, {row.coded:,} coded"
        canvas.mark(row.found, _up(canvas, row.coded), "o", BLUE, told)
    more, n = int((counts["coded"] > counts["found"]).sum()), count(len(counts), "article")
    return canvas.picture(
        f"Coders mark more quotes than were found in {more} of {n}",
        f"quotes; dashed: as many; n = {n}; source: corpus.codings",
    )


def before_and_after(shares: pd.DataFrame, what: str, by: str) -> Picture:
    """Draw a share of each group as found, and as corrected with its 95% interval.

    ``shares`` has the columns ``by``, found, corrected, low, high; ``what`` names the share.
    """
    if shares.empty:
        return nothing("No groups")
    told = shares[shares["corrected"].notna()]
    canvas = Canvas()
    canvas.key("D", ORANGE, "found")
    canvas.key("o", BLUE, "corrected, 95% interval")
    for row in shares.to_dict("records"):
        y = canvas.row(str(row[by]), room=18)
        interval(canvas, y, row["low"], row["high"], BLUE)
        canvas.mark(row["found"], y, "D", ORANGE, f"found: {row['found']:.0%}")
        canvas.mark(row["corrected"], y, "o", BLUE, f"corrected: {row['corrected']:.0%}")
    canvas.ticks(steps(1, ".0%"))
    out = (told["found"] < told["low"]) | (told["found"] > told["high"])
    words = f"What was found is outside the interval in {out.sum()} of {len(told)} groups"
    unit = f"{what}; n = {count(len(shares), 'group')}; source: corpus.codings"
    return canvas.picture(words if len(told) else "No group could be corrected", unit)


def calibration(reliability: pd.DataFrame, error: float) -> Picture:
    """Draw how many quotes of about the same confidence are right, with 95% intervals.

    ``reliability`` are the bins that ``benchmarks/attribution/calibration.py`` makes, ``error`` is
    the expected calibration error (0 to 1), for the title.
    """
    canvas = _plane(1, ".0%", "mean confidence of a bin", "share of its quotes that is right")
    for row in reliability.itertuples():
        ends = [_up(canvas, end) for end in (row.right_low, row.right_high)]
        canvas.line((row.confidence, row.confidence), ends, BLUE, width=2.5, opacity=0.55)
        told = f"confidence {row.confidence:.0%}: {row.right:.0%} of {row.n:,} right"
        canvas.mark(row.confidence, _up(canvas, row.right), "o", BLUE, told)
    n = count(int(reliability["n"].sum()), "quote")
    return canvas.picture(
        f"Confidence is off by {100 * error:.1f} points on average, over {n}",
        f"line: 95% interval; dashed: as it should be; n = {n}; source: data/results",
    )
