"""Findings as plain sentences, each with its n, its interval and a link to its table.

A difference of groups is a finding, and told as one, only where it holds
(:mod:`sayso.analyze.differences`); what is withheld is told in a line of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from sayso.analyze.differences import Counted
from sayso.analyze.intervals import FEWEST
from sayso.show.html import ENOUGH, Html, count, escape, listed, part, short

MOST_SAID = 6
PLURALS = {"outlet": "outlets", "agency": "agencies", "month": "months", "article_id": "articles"}
DIFFERENCES = "Which differences hold?"  # the section of each notebook that has them all


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, and the heading of the section that has its table."""

    words: str
    section: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """How a part of a figure is told: 'the sources are officials', or of a rate 'charges'."""

    words: str
    section: str
    rate: bool = False


Phrases = Callable[[str, str], Phrase]
"""Takes the names of a figure and of its part."""


def percent(share: float, sign: str = "%") -> str:
    """Return a share in per cent; small ones need a decimal to be told from none.

    Examples
    --------
    >>> percent(0.123), percent(0.0123), percent(0.0), percent(-0.05, "")
    ('12%', '1.2%', '0%', '-5.0')
    """
    return f"{100 * share:.{1 if 0 < abs(share) < 0.095 else 0}f}{sign}"


def share(one: Mapping[str, float], row: str, what: str, aside: str = "") -> str:
    """Return what :func:`sayso.analyze.figures.overall` counted: '45 of 90 sources (50%) are ...'.

    ``aside`` goes into the brackets at the end, beside the interval.
    """
    told = part(round(one["hits"]), round(one["total"]), row)
    return _share(told, one, what, aside)


def share_of_text(one: Mapping[str, float], what: str) -> str:
    """Return a share that is no count of words: '66% of the text in 5 articles is quoted'."""
    return _share(f"{percent(one['value'])} of the text", one, what)


def _share(told: str, one: Mapping[str, float], what: str, aside: str = "") -> str:
    between = f"95% interval {percent(one['low'])} to {percent(one['high'])}"
    sure = pd.notna(one["low"]) and one["total"] >= ENOUGH
    brackets = "; ".join(filter(None, [between if sure else "", aside]))
    words = f"{told} in {count(int(one['n_articles']), 'article')} {what}"
    return f"{words} ({brackets})." if brackets else f"{words}."


def findings(compared: pd.DataFrame, phrases: Phrases, most: int) -> list[Said]:
    """Return the differences that hold, the surest first: of each part one pair."""
    held = compared[compared["holds"]]
    alike = held.groupby(["figure", "part"])["p"].transform("size")
    held = held.assign(more=alike - 1).drop_duplicates(["figure", "part"]).head(most)
    return [_finding(row, phrases(row.figure, row.part)) for row in held.itertuples()]


def _finding(row, phrase: Phrase) -> Said:
    form = (lambda value: f"{value:.1f}") if phrase.rate else (lambda value: percent(value, ""))
    behind = f"{row.n_a:,} and {row.n_b:,} articles"
    if row.n_events:
        behind += f" on the same {row.n_events:,} events"
    between = f"95% interval {form(row.low)} to {form(row.high)}"
    more = f"{form(row.difference)} {'' if phrase.rate else 'points '}more ({between}; {behind})"
    if phrase.rate:
        words = f"In {row.a} there are {row.value_a:.1f} {phrase.words}, in {row.b} "
        words += f"{row.value_b:.1f}: {more}"
    else:
        words = f"In {row.a} {percent(row.value_a)} of {phrase.words}, in {row.b} "
        words += f"{percent(row.value_b)}: {more}"
    others = f"; so it is between {count(row.more, 'other pair')}" if row.more else ""
    return Said(f"{words}{others}.", phrase.section)


def opening(
    described: Iterable[Said], compared: pd.DataFrame, phrases: Phrases, counted: Counted, by: str
) -> Html:
    """Return what a corpus shows: findings and descriptions, then what is withheld, and why.

    ``counted`` is any of the figures: its groups are those that were compared.
    """
    described = list(described)
    said = findings(compared, phrases, MOST_SAID - min(len(described), 4))
    said = [*said, *described][:MOST_SAID]
    last = withheld(compared, counted.group, by)
    return listed_said(said, last, every=len(compared) > 0)


def listed_said(said: Iterable[Said], last: str = "", *, every: bool = False) -> Html:
    """Return sentences as a list, each with its link; ``every`` adds one to all differences."""
    said = list(said)
    items = "".join(f"<li>{escape(one.words)} {_link(one.section)}</li>" for one in said)
    end = f"<p><em>{escape(last)}</em> {_link(DIFFERENCES) if every else ''}</p>" if last else ""
    words = "\n".join([*(f"- {one.words}" for one in said), *filter(None, [last])])
    return Html(words, f'<div style="max-width:52em"><ul>{items}</ul>{end}</div>')


def _link(section: str) -> str:
    """Return a link to a heading, by the name that JupyterLab and nbconvert give it."""
    return f'<a href="#{escape(section.replace(" ", "-"))}">table</a>'


def withheld(compared: pd.DataFrame, group: pd.Series, by: str) -> str:
    """Return what is not stated, and why."""
    sizes, plural = group.value_counts().sort_index(), PLURALS[by]
    few = sizes[sizes < FEWEST]
    named = listed(f"{short(str(name), 30)} {size}" for name, size in few.items())
    if compared.empty:
        reason = f"too few: {named}" if len(few) else f"there are {len(sizes)}"
        need = f"two of them need {FEWEST} articles each"
        return f"Withheld: every comparison of {plural}, as {need} ({reason})."
    held = int(compared["holds"].sum())
    told = f"{held:,} beyond chance, all others withheld"
    if not held:
        told = "none is beyond chance, so none is stated; that is no proof that they are alike"
    parts = [f"of {count(len(compared), 'difference')} of {plural} {told}"]
    if len(few):
        parts.append(f"not compared, having fewer than {FEWEST} articles: {named}")
    return f"Withheld: {'; '.join(parts)}."


def in_words(compared: pd.DataFrame, phrases: Phrases) -> pd.DataFrame:
    """Return differences as a table to be shown.

    Columns: what, a, b, n_a, n_b, n_events, in a, in b, more (95% interval), effect, holds.
    """
    rows = []
    for row in compared.itertuples():
        phrase = phrases(row.figure, row.part)
        form = (lambda value: f"{value:.1f}") if phrase.rate else percent
        plain = form if phrase.rate else (lambda value: percent(value, ""))
        more = f"{plain(row.difference)} ({plain(row.low)} to {plain(row.high)})"
        counts = (row.n_a, row.n_b, row.n_events, form(row.value_a), form(row.value_b))
        rows.append((phrase.words, row.a, row.b, *counts, more, row.effect, row.holds))
    columns = ["what", "a", "b", "n_a", "n_b", "n_events", "in a", "in b"]
    return pd.DataFrame(rows, columns=[*columns, "more in a (95% interval)", "effect", "holds"])
