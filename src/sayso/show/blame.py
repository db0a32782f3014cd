"""Pictures and sentences of blame: how much, of whom by whom, answered or not, when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pandas as pd

from sayso.analyze.blame import readings
from sayso.analyze.blame.rates import rate
from sayso.analyze.blame.ties import NOBODY, OUTLET
from sayso.analyze.groups import ranked
from sayso.analyze.intervals import FEWEST_DRAWN
from sayso.lexicon.parties import lexicon
from sayso.show.canvas import (
    BLUE,
    GREEN,
    GREY,
    PALE,
    PALETTE,
    SMALL,
    VERMILION,
    Canvas,
    Picture,
    first_rows,
    interval,
    nothing,
    stacks,
    steps,
)
from sayso.show.html import Html, count, part, say, short
from sayso.show.speakers import joining

ANSWERS = {
    "with_answer": ("with the denial", GREEN),
    "left_out": ("without the denial, which others carry", VERMILION),
    "no_answer_known": ("no denial in any article", GREY),
}
ENOUGH_BEHIND = 30
"""Of fewer ties, charges or denials a title states no finding; it describes the picture."""

SURE = "line: 95% interval, hollow: too few for one"
LEADING = 6
"""So many targets have a colour of their own."""
PLURALS = {"outlet": "outlets", "agency": "agencies", "month": "months", "article_id": "articles"}
TOLD = 5
"""So many differences are told in sentences; the others stand in their table."""


def _leads(counts: pd.Series) -> bool:
    """Whether the highest of some counts is ahead of the next by more than chance may do."""
    first, second = [*counts.sort_values(ascending=False), 0, 0][:2]
    return counts.sum() >= ENOUGH_BEHIND and first - second > 1.96 * (first + second) ** 0.5


def opening(blames: pd.DataFrame, found: pd.DataFrame, least: float) -> Html:
    """Return how many ties are counted, of those ``found``, and how many may be right."""
    mean, left = blames["confidence"].mean(), len(found) - len(blames)
    right = (
        f"Taken at its word, their confidence (mean {mean:.2f}) says that {mean:.0%} of them are"
        " right."
    )
    return say(
        f"Of {len(found):,} ties of blame and denial {len(blames):,} have a confidence of"
        f" {least:g} or more and are counted below (left out: {left:,}).",
        right if len(blames) else "",
    )


def overall(each: pd.DataFrame, by: str) -> Html:
    """Return the charges of the corpus per article, in words, from each article's number."""
    total, n = int(each["n_charges"].sum()), len(each)
    silent, alone = int((each["n_charges"] == 0).sum()), int(each["group"].isna().sum())
    mean, low, high = rate(each["n_charges"])
    between = f"95% interval {low:.2f} to {high:.2f}"
    return say(
        f"{count(total, 'charge')} in {count(n, 'article')} (what an article repeats counts once)"
        + (f": {mean:.2f} an article" if n else "")
        + (f" ({between})." if pd.notna(low) else "."),
        f"{part(silent, n, 'article')} without a charge." if n else "",
        f"{part(alone, n, 'article')} without a known {by}: in no comparison." if alone else "",
    )


def differences(table: pd.DataFrame, by: str) -> Html:
    """Return the differences that hold, in sentences, with the articles or events behind them.

    ``table`` is what :func:`sayso.analyze.blame.rates.differences` returned.
    """
    groups = PLURALS[by]
    if table.empty:
        words = f"Fewer than two {groups} have {FEWEST_DRAWN} articles with differing numbers"
        return say(f"{words} of charges: no difference of {groups} is stated.")
    held = table[table["holds"]]
    compared = f"{count(len(table), 'pair')} of {groups} with {FEWEST_DRAWN} articles each"
    if held.empty:
        return say(
            f"{compared} compared: no difference is beyond what chance may do.",
            "That is no proof that they are alike.",
        )
    more = len(held) - TOLD
    return say(
        *map(_difference, held.head(TOLD).itertuples()),
        f"{more:,} more differences stand in the table." if more > 0 else "",
        f"({compared} compared; for the others no difference is stated.)",
    )


def _difference(row) -> str:
    where = "on the same events " if row.n_events else ""
    behind = count(row.n_events, "event") if row.n_events else f"{row.n_a:,} and {row.n_b:,}"
    behind += "" if row.n_events else " articles"
    return (
        f"{row.a} carries {row.difference:.2f} charges an article more than {row.b} {where}"
        f"(95% interval {row.low:.2f} to {row.high:.2f}; {behind})."
    )


def read(reading: readings.Reading | None, what: str) -> str:
    """Return how often something was right when articles were read, or that nobody looked."""
    if reading is None:
        return f"How often {what} is right was not measured."
    right = part(reading.right, reading.read, "case")
    return f"How often {what} is right: in {right} that were read in real articles."


def own_voice() -> Html:
    """Return whether the outlets' own blame is shown apart, and why."""
    verdict = "it is" if readings.own_apart() else "so it is not"
    return say(
        read(readings.OWN, "blame as the outlet's own"),
        f"It is shown apart from {readings.OWN_NEEDS:.0%} on: {verdict}.",
    )


def charge_rates(table: pd.DataFrame, *, rows: int = 20) -> Picture:
    """Draw the charges per article of each group, with 95% intervals.

    ``table`` is what :func:`sayso.analyze.blame.rates.charge_rates` returned; ``rows`` groups at
    most.
    """
    if table.empty:
        return nothing("No articles that can be compared")
    drawn, aside = first_rows(table, rows, "groups")
    most = max(1.0, drawn[["per_article", "high"]].max().max())
    canvas, by = Canvas(scale=most), str(table.columns[0])
    for row in drawn.itertuples():
        told = (row.per_article, row.low, row.high)
        _point(canvas, row[1], told, f"{row.per_article:.2f}; n = {row.n_articles:,}")
    canvas.ticks(steps(canvas.scale))
    n = count(int(table["n_articles"].sum()), "article")
    unit = f"charges per article; n = {n}{aside}; {SURE}; source: corpus.charges()"
    return canvas.picture(f"Charges per article, by {by.removesuffix('_id')}", unit)


def _point(canvas: Canvas, name: str, told: tuple[float, float, float], note: str) -> None:
    """Draw a figure as a point, hollow where a group is too small for an interval."""
    figure, low, high = told
    y = canvas.row(str(name), note, room=18)
    interval(canvas, y, low, high, BLUE)
    canvas.mark(figure, y, "o", BLUE, note, hollow=pd.isna(low))


def blame_matrix(pairs: pd.DataFrame, *, rows: int = 14) -> Picture:
    """Draw who blames whom: a bar for each who blames, a piece for each target, as many as ties.

    ``pairs`` is what :func:`sayso.analyze.blame.ties.pairs` returned. ``rows`` of those who blame
    at most are drawn, those of most ties; the targets of most ties have a colour of their own.
    """
    if pairs.empty:
        return nothing("No blame with a known target was found")
    counts = pairs.groupby(["blamer", "target"])["n_ties"].sum()
    wide = counts.unstack(fill_value=0)
    drawn, aside = first_rows(wide.loc[ranked(wide.sum(axis=1))], rows, "blamers")
    leading = list(ranked(drawn.sum()))
    leading, rest = leading[: len(PALETTE)], leading[len(PALETTE) :]
    colours = zip(leading, PALETTE, strict=False)
    looks = {name: (colour, short(str(name), 34)) for name, colour in colours}
    shown = drawn[leading]
    if others := int(drawn[rest].any().sum()):
        shown = shown.assign(**{"": drawn[rest].sum(axis=1)})  # a name that no target has
        looks[""] = (PALE, count(others, "other target"))
    canvas = Canvas()
    stacks(canvas, shown, looks, shares=False)
    unit = f"ties of blame, denials left out; n = {int(drawn.to_numpy().sum()):,}"
    every = int(counts.sum())
    unit += f" of {every:,}{aside}" if aside else ""
    return canvas.picture(_matrix_title(counts), f"{unit}; source: corpus.blames")


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


def _matrix_title(counts: pd.Series) -> str:
    named = counts.drop(index=[NOBODY, OUTLET], level="blamer", errors="ignore")
    if not _leads(named):
        return "Who blames whom"
    who, whom = named.sort_index().idxmax()
    told = f"{int(named.max()):,} of {count(int(counts.sum()), 'tie')}"
    return f"Most often {short(str(who), 40)} blames {short(str(whom), 40)}: {told}"


def answered(table: pd.DataFrame, *, rows: int = 20) -> Picture:
    """Draw how many charges each outlet carries with an answer, and without.

    ``table`` is what :func:`sayso.analyze.blame.charges.answers` returned; ``rows`` bars at most.
    """
    if table.empty:
        return nothing("No charge in articles that can be compared")
    drawn, aside = first_rows(table, rows, "groups")
    canvas = Canvas()
    looks = {words.split(",")[0]: (colour, words) for words, colour in ANSWERS.values()}
    counts = drawn.set_index(table.columns[0])[list(ANSWERS)].set_axis(list(looks), axis=1)
    stacks(canvas, counts, looks, shares=False)
    n = f"{int(table['n_charges'].sum()):,} of outlets and charges{aside}"
    ours, theirs = int(table["with_answer"].sum()), int(table["left_out"].sum())
    finding = f"Denied charges: {ours:,} with the denial, {theirs:,} without it"
    plain = "Charges with and without their denial"
    words = finding if ours + theirs >= ENOUGH_BEHIND else plain
    return canvas.picture(words, f"charges; n = {n}; source: corpus.charges()")


def agentless(table: pd.DataFrame, *, rows: int = 20) -> Picture:
    """Draw how much of each outlet's blame names no blamer, with 95% intervals.

    ``table`` is what :func:`sayso.analyze.blame.ties.agentless` returned; ``rows`` groups at most.
    A group of fewer than ten articles has no interval.
    """
    if table.empty:
        return nothing("No blame in articles that can be compared")
    drawn, aside = first_rows(table, rows, "groups")
    canvas = Canvas()
    for row in drawn.itertuples():
        told = (row.share, row.low, row.high)
        _point(canvas, row[1], told, f"{row.n_agentless:,} of {row.n_ties:,}")
    canvas.ticks(steps(1, ".0%"))
    ties, without = int(table["n_ties"].sum()), int(table["n_agentless"].sum())
    unit = f"share of blame without a blamer; n = {count(ties, 'tie')}{aside}; {SURE}"
    finding = f"{without:,} of {ties:,} ties of blame ({without / ties:.0%}) name nobody who blames"
    words = finding if ties >= ENOUGH_BEHIND else "Blame that names nobody who blames"
    return canvas.picture(words, f"{unit}; source: corpus.blames")


TALL = 220  # pixels of the picture over time
GUTTER = 0.09  # of its width, where its scale stands


def over_time(totals: pd.DataFrame, targets: pd.DataFrame) -> Picture:
    """Draw blame per article by publication date; the leading targets have their own colours.

    ``totals`` is what :func:`sayso.analyze.blame.ties.per_period` returned, ``targets`` what
    :func:`sayso.analyze.blame.ties.over_time` did. A line is the 95% interval of the whole bar.
    """
    if not totals["n_ties"].sum():
        return nothing("No blame in articles whose date is known")
    places = [_place(name) for name in totals["period"]]
    step = (1 - GUTTER) / max(places[-1] - places[0] + 1, 4)
    at = [GUTTER + (place - places[0] + 0.5) * step for place in places]
    most = float(totals[["per_article", "high"]].max().max())
    canvas = Canvas(height=TALL + 14)
    for words, number in steps(most).items():
        y = canvas.height - TALL * number / most
        canvas.line((GUTTER, 1), (y, y), opacity=0.18, behind=True)
        canvas.text(0, y + 4, words, size=SMALL)
    _columns(canvas, list(_layers(totals, targets)), at, (max(0.8 * step, 0.004), TALL / most))
    for x, row in zip(at, totals.itertuples(), strict=True):
        ends = [canvas.height - TALL * end / most for end in (row.low, row.high)]
        canvas.line((x, x), ends, width=1.6)
    for number in (shown := _spaced(places)):
        told = f"n = {totals['n_articles'].iloc[number]:,}"
        canvas.text(at[number], canvas.height + 34, told, anchor="middle", size=SMALL)
    canvas.ticks({str(totals["period"].iloc[n]): at[n] for n in shown}, lines=False)
    canvas.height += 16
    n, ties = int(totals["n_articles"].sum()), int(totals["n_ties"].sum())
    line = "; line: 95% interval" if totals["low"].notna().any() else ""
    unit = f"ties of blame per article, by day of publication; n = {count(n, 'article')}"
    unit += f", {count(ties, 'tie')}{line}; source: corpus.blames"
    return canvas.picture("Ties of blame per article over time, by target", unit)


def _columns(
    canvas: Canvas,
    layers: Sequence[tuple[str, str, list[float]]],
    at: Sequence[float],
    size: tuple[float, float],
) -> None:
    """Draw columns of pieces, each layer on those before; ``size``: width, and pixels for one."""
    tops = [canvas.height] * len(at)
    for name, colour, heights in layers:
        canvas.key("s", colour, short(name, 34))
        for n, height in enumerate(heights):
            tall = size[1] * height
            told = f"{name}: {height:.2f} an article"
            place = (at[n] - size[0] / 2, tops[n] - tall / 2, size[0] if tall > 0 else 0)
            canvas.bar(*place, colour, told, height=tall, edge=True)
            tops[n] -= tall


def _layers(totals: pd.DataFrame, targets: pd.DataFrame) -> Iterator[tuple[str, str, list[float]]]:
    """Return what is stacked: name, colour and heights of the leading targets, then the rest."""
    leading = ranked(targets.groupby("target")["n_ties"].sum())[:LEADING]
    wide = targets.pivot(index="period", columns="target", values="per_article")
    wide = wide.reindex(index=totals["period"], columns=leading).fillna(0.0)
    for name, colour in zip(leading, PALETTE, strict=False):
        yield str(name), colour, list(wide[name])
    rest = (totals["per_article"].to_numpy() - wide.sum(axis=1).to_numpy()).round(9)
    if rest.any():
        yield "others and unresolved", PALE, list(rest)


def _place(period: str) -> int:
    """Return the place of a year, month, week or day among those of its kind."""
    if len(period) <= 7:
        year, _, month = period.partition("-")
        return int(year) * 12 + int(month) if month else int(year)
    day = date.fromisoformat(period).toordinal()
    return day // 7 if "W" in period else day


def _spaced(places: Sequence[int], most: int = 4) -> list[int]:
    """Return the numbers of places that leave room for their names."""
    apart = max(1, (places[-1] - places[0]) / (most - 1))
    shown = [0]
    for number, place in enumerate(places):
        if place - places[shown[-1]] >= apart:
            shown.append(number)
    return shown
