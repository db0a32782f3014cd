"""Pictures of who is heard, and how their words are announced.

Each takes a table of :mod:`sayso.analyze.speakers` or ``sources`` and its column of groups (``by``)
and draws ``rows`` of its rows at most, the first at the top.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from sayso.analyze.groups import REST, ranked
from sayso.analyze.sources import DOCUMENT, HEARD, NONE, UNTOLD
from sayso.analyze.speakers import STANCES
from sayso.show.canvas import (
    BAR,
    BLUE,
    CHARACTER,
    GREEN,
    GREY,
    ORANGE,
    PALE,
    PALETTE,
    ROW,
    SKY,
    VERMILION,
    YELLOW,
    draw_shares,
    first_rows,
    ink_on,
    legend,
    name_rows,
    new_axes,
    nothing,
    percent_axis,
    short,
    style,
    title,
)
from sayso.show.html import count, listed

STANCE_COLOURS = dict(zip(STANCES, (SKY, GREEN, ORANGE, VERMILION, PALE), strict=True))
NO_ROLES = {DOCUMENT: YELLOW, UNTOLD: PALE}
HATCHES = {"unnamed": "///", DOCUMENT: "..."}
MARKERS = "oDs^vPX*"
FEW = 30
"""Persons or sources of whom a title tells counts, no shares."""


def share_of_voice(
    shares: pd.DataFrame, by: str = "outlet", *, rows: int = 20, ax: Axes | None = None
) -> Axes:
    """Draw whose words fill each outlet's quotes: a bar an outlet, a piece a source.

    ``shares`` is a table of ``voice_shares``. Unnamed sources and documents are hatched.
    """
    if shares.empty:
        return nothing("No quoted words", ax)
    totals = shares.groupby("source")["n_words"].sum()
    leaders = ranked(totals.drop(REST, errors="ignore"))
    kinds = shares.drop_duplicates("source").set_index("source")["kind"]
    looks = {
        name: {
            "label": short(name, 28) + (f" ({kinds[name]})" if pd.notna(kinds[name]) else ""),
            "color": PALE if name == REST else PALETTE[number % 8],
            "hatch": HATCHES.get(kinds[name], ""),
        }
        for number, name in enumerate([*leaders, *totals.index.difference(leaders)])
    }
    counts = _counts(shares, by, "source", "n_words", list(looks))
    ax = _stack(counts, looks, ax, rows, ("quoted words", "with fewer words"), named=True)
    if len(leaders):
        first, n = leaders[0], int(totals.sum())
        words = f"{totals[first] / n:.0%} of {n:,} quoted words"
        title(ax, f"{short(first, 40)} is heard most: {words}")
    return ax


def cue_stance(
    counts: pd.DataFrame, by: str = "outlet", *, rows: int = 20, ax: Axes | None = None
) -> Axes:
    """Draw how each outlet announces its quotes, a table of ``stance_counts``."""
    if counts.empty:
        return nothing("No quotes", ax)
    sums = counts.groupby("stance")["n_quotes"].sum()
    looks = _looks({name: STANCE_COLOURS[name] for name in STANCES if name in sums})
    stacks = _counts(counts, by, "stance", "n_quotes", list(looks))
    ax = _stack(stacks, looks, ax, rows, ("quotes, nested ones left out", "with fewer quotes"))
    total, marked = sums.sum(), sums.get("distancing", 0) + sums.get("denying", 0)
    is_are = f"{marked:,} of {total:,} quotes are" if marked else f"None of {total:,} quotes is"
    title(ax, f"{is_are} announced with distance or denial")
    return ax


def women_heard(
    shares: pd.DataFrame, by: str | None = None, *, rows: int = 10, ax: Axes | None = None
) -> Axes:
    """Draw women, men and the unknown among those quoted and those only mentioned.

    ``shares`` is a table of ``women``. What is between women and men is the unknown: the share of
    women lies from where it begins to where it ends.
    """
    if shares.empty:
        return nothing("Nobody is named", ax)
    group = "" if by is None else shares[by].map(lambda name: short(name, 18)) + ", "
    columns = {"n_women": "women", "n_unknown": "unknown", "n_men": "men"}
    counts = shares.set_index(group + shares["heard"])[list(columns)].rename(columns=columns)
    looks = _looks({"women": ORANGE, "unknown": PALE, "men": SKY})
    ax = _stack(counts, looks, ax, 2 * rows, ("persons, once an article", "rows"))
    title(ax, _women_finding(shares.groupby("heard")[["n_women", "n_unknown", "n"]].sum()))
    return ax


def _women_finding(sums: pd.DataFrame) -> str:
    """Return women's share with its bounds, or of fewer than ``FEW`` persons the count."""
    told = []
    for heard, (women, unknown, n) in sums.reindex(HEARD).dropna().astype(int).iterrows():
        share = " to ".join(dict.fromkeys((f"{women / n:.0%}", f"{(women + unknown) / n:.0%}")))
        few = f"{women} of {n} {heard} ({unknown} unknown)"
        told.append(f"{share} of {n:,} {heard}" if n >= FEW else few)
    return f"Women: {', '.join(told)}"


def roles_cited(
    counts: pd.DataFrame, by: str = "outlet", *, rows: int = 20, ax: Axes | None = None
) -> Axes:
    """Draw what roles the sources of each outlet have: a bar an outlet, a piece a role.

    ``counts`` is a table of ``roles``. The six with most sources have a colour of their own, and so
    have documents.
    """
    if counts.empty:
        return nothing("No sources", ax)
    sums = counts.groupby("role")["n_sources"].sum()
    leaders = list(ranked(sums.drop(list(NO_ROLES), errors="ignore"))[:6])
    colours = dict(zip(leaders, PALETTE, strict=False)) | {"other roles": GREY} | NO_ROLES
    names = counts["role"].where(counts["role"].isin(colours), "other roles")
    merged = counts.assign(role=names).groupby([by, "role"], sort=False)["n_sources"].sum()
    looks = _looks({name: colour for name, colour in colours.items() if name in set(names)})
    stacks = _counts(merged.reset_index(), by, "role", "n_sources", list(looks))
    ax = _stack(stacks, looks, ax, rows, ("sources, once an article", "with fewer sources"))
    if leaders:
        count, n = sums[leaders[0]], sums.sum()
        share = f"{count / n:.0%} of {n:,} sources" if n >= FEW else f"{count} of {n} sources"
        title(ax, f"Most cited: {leaders[0]}, {share}")
    return ax


def named_unheard(persons: pd.DataFrame, *, rows: int = 12, ax: Axes | None = None) -> Axes:
    """Draw how often those are named whom nobody quotes, a table of ``unheard``."""
    if persons.empty:
        return nothing("Everybody who is named is quoted", ax)
    drawn, aside = first_rows(persons, rows, "persons")
    with style():
        ax = new_axes(ROW * len(drawn), ax)
        ax.barh(range(len(drawn)), drawn["n_mentions"], height=BAR, color=BLUE)
        notes = [f"{n:,} in {a:,}" for n, a in drawn.iloc[:, -1:-3:-1].values]
        name_rows(ax, [short(name, 34) for name in drawn["person"]], notes)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_xlabel(f"times named, and in how many articles{aside}")
        first = drawn.iloc[0]
        articles = count(first.n_articles, "article")
        title(ax, f"{short(first.person, 40)} is named in {articles} and never quoted")
    return ax


def one_person(names: Iterable[str], notes: pd.DataFrame) -> str:
    """Return which of the names that are shown may be one person's, and how to join them; else ''.

    ``notes`` is that table: its kind 'short name' tells of a last name alone whom it may mean.
    """
    shown, pairs = dict.fromkeys(names), []
    for note in notes.loc[notes["kind"] == "short name", "message"]:
        alone = next((name for name in shown if note.startswith(f"'{name}' ")), None)
        full = next((name for name in shown if f'name = "{name}"' in note), None)
        pairs += [(alone, full)] if alone and full else []
    return joining(pairs)


def joining(pairs: Sequence[tuple[str, str]]) -> str:
    """Return how to count a last name alone and a full name as one person; '' for no pairs."""
    if not pairs:
        return ""
    alone, full = pairs[0]
    every = listed(f"'{a}' and '{b}'" for a, b in pairs)
    return (
        f"Each may be one person: {every}. To count them as one, write "
        f'person = [{{name = "{full}", aliases = ["{alone}"]}}] into a file of your own, '
        'mine.toml, and read the articles with parties="mine.toml".'
    )


def _counts(
    table: pd.DataFrame, by: str, column: str, count: str, names: Sequence[str]
) -> pd.DataFrame:
    """Return counts as they are stacked: a row a group, a column a name, in their order."""
    wide = table.pivot(index=by, columns=column, values=count).fillna(0).astype("int64")
    return wide.loc[table[by].unique(), names]


def _looks(colours: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {
        name: {"label": name, "color": colour, "hatch": HATCHES.get(name, "")}
        for name, colour in colours.items()
    }


def _stack(
    counts: pd.DataFrame,
    looks: Mapping[str, dict[str, str]],
    ax: Axes | None,
    rows: int,
    told: tuple[str, str],
    *,
    named: bool = False,
) -> Axes:
    """Draw counts as stacked bars of shares, each column in its look, with n on the right.

    ``told`` says of what they are shares, and what rows that are not drawn are.
    """
    drawn, aside = first_rows(counts, rows, told[1])
    sums, left = drawn.sum(axis=1), pd.Series(0.0, index=drawn.index)
    with style():
        ax = new_axes(ROW * len(drawn), ax)
        for name, look in looks.items():
            share, some = drawn[name] / sums, np.flatnonzero(drawn[name])
            if not len(some):
                continue
            shape = {"left": left.iloc[some], "height": BAR, "linewidth": 0}
            bars = ax.barh(some, share.iloc[some], **shape, **look)
            pairs = zip(share.iloc[some], drawn[name].iloc[some], strict=True)
            words = [_inside(str(name), *pair, named=named) for pair in pairs]
            ax.bar_label(bars, words, label_type="center", color=ink_on(look["color"]))
            left = left + share
        names = [short(str(group), 34) for group in drawn.index]
        name_rows(ax, names, [f"n = {count:,}" for count in sums])
        percent_axis(ax)
        ax.set_xlabel(f"share of the {told[0]} (n = {counts.to_numpy().sum():,}{aside})")
        legend(ax)
    return ax


def _inside(name: str, width: float, count: int, *, named: bool) -> str:
    """Return the words that fit a piece of a bar: name and share, the share, or nothing."""
    share = f"{width:.0%}"
    words = f"{short(name, 22)} {share}"
    shorter = share if named else f"{count:,}"
    fitting = (w for w in (words * named, shorter) if w and width > CHARACTER * (len(w) + 0.5))
    return next(fitting, "")


def voices_compared(
    shares: pd.DataFrame, by: str = "outlet", *, rows: int = 10, ax: Axes | None = None
) -> Axes:
    """Draw each party's share of the quoted words, a mark for each outlet.

    ``shares`` is a table of ``party_shares``: the parties with most words, below them sources of
    none. The eight groups with most words have a mark of their own. Lines are 95% intervals.
    """
    if shares.empty:
        return nothing("Nobody is quoted", ax)
    words = shares.groupby("party")["n_words"].sum()
    known = [name for name in ranked(words) if name != NONE][:rows]
    parties = [*known, *words.index.intersection([NONE])]
    groups = ranked(shares.groupby(by)["n_words"].sum())
    with style():
        ax = new_axes((ROW + 0.04 * min(len(groups), 8)) * len(parties), ax)
        for number, group in enumerate(groups):
            own = shares[shares[by] == group].set_index("party").reindex(parties)
            offset = (number - (len(groups) - 1) / 2) * min(0.1, 0.6 / len(groups))
            places = np.arange(len(parties)) + offset
            look = _look(number, short(str(group), 34))
            draw_shares(ax, own.fillna({"share": 0}), places, markersize=6, **look)
        name_rows(ax, [short(str(party), 34) for party in parties], above=0.38)
        most = float(shares[["share", "high"]].max().max())
        percent_axis(ax, max(0.1, min(1.0, most * 1.05)))
        ax.grid(axis="x")
        ax.set_xlabel(f"share of the quoted words (n = {shares['n_words'].sum():,} words)")
        legend(ax)
        title(ax, _voice_finding(shares, by, known or parties))
    return ax


def _look(number: int, name: str) -> dict[str, str]:
    """Return the look of a group; only the first few have one of their own."""
    if number < len(PALETTE):
        return {"color": PALETTE[number], "mark": MARKERS[number], "label": name}
    return {"color": PALE, "mark": ".", "label": "other groups" if number == len(PALETTE) else "_"}


def _voice_finding(shares: pd.DataFrame, by: str, parties: list[str]) -> str:
    """Return which of the parties drawn differs most between two groups."""
    wide = shares.pivot(index="party", columns=by, values="share").fillna(0).loc[parties]
    n = shares.groupby(by)["n_words"].sum()
    if len(wide.columns) < 2:
        return f"{parties[0]} fills {wide.iloc[0, 0]:.0%} of {n.iloc[0]:,} quoted words"
    spread = (wide.max(axis=1) - wide.min(axis=1)).round(9)
    party = spread.idxmax()
    most, least = wide.loc[party].idxmax(), wide.loc[party].idxmin()
    high, low = wide.loc[party, most], wide.loc[party, least]
    in_most, in_least = f"{n[most]:,} quoted words in {most}", f"{n[least]:,} in {least}"
    return f"{party}: {high:.0%} of {in_most}, {low:.0%} of {in_least}"
