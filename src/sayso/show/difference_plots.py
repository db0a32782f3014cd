"""Pictures of what outlets do differently: statements covered, voices heard, words chosen."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sayso.show.plots import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PALE,
    PALETTE,
    legend,
    new_axes,
    nothing,
    short,
    style,
    title,
)

STATUS = {
    "carried": (BLUE, "white", "carried"),
    "shortened": ("#8FC1E3", "black", "shortened"),
    "own_voice": (ORANGE, "black", "own voice"),
    "dropped": ("#EFEFEF", "#555555", "dropped"),
}
MARKERS = "oDs^vPX*"
WORDY = 6  # in a matrix of more outlets a letter stands for a word


def coverage_matrix(
    coverage: pd.DataFrame, *, rows: int = 15, columns: int = 20, ax: Axes | None = None
) -> Axes:
    """Draw which outlet carried, shortened, took over or dropped each statement.

    Parameters
    ----------
    coverage
        What ``corpus.coverage()`` returned.
    rows, columns
        Statements and outlets at most: those that most outlets carry, and those with most rows.
    ax
        Where to draw. An outlet without an article on the story has an empty cell.
    """
    if coverage.empty:
        return nothing("No statement is carried by two articles", ax)
    statements = coverage.drop_duplicates("statement_id")
    drawn = statements.iloc[:rows]
    sizes = coverage["outlet"].value_counts().sort_index()
    outlets = list(sizes.sort_values(ascending=False, kind="stable").index[:columns])
    cells = coverage.set_index(["statement_id", "outlet"])["status"].to_dict()
    with style():
        ax = new_axes(1.8 + 0.46 * len(drawn), ax)
        for y, statement in enumerate(drawn.itertuples()):
            for x, outlet in enumerate(outlets):
                _cell(ax, x, y, cells.get((statement.statement_id, outlet)), len(outlets))
        names = [_statement_name(row) for row in drawn.itertuples()]
        ax.set_yticks(range(len(drawn)), names, fontsize=8.5)
        turned = {"rotation": 35, "ha": "left"} if len(outlets) > 4 else {}
        ax.set_xticks(range(len(outlets)), [short(o, 24) for o in outlets], fontsize=8.5, **turned)
        ax.xaxis.tick_top()
        ax.tick_params(length=0)
        ax.set_xlim(-0.5, len(outlets) - 0.5)
        ax.set_ylim(len(drawn) - 0.5, -0.5)
        ax.spines[:].set_visible(False)
        left = len(statements) - len(drawn)
        lines = [f"n = {len(statements):,} statements in two articles or more"]
        lines += [f"{left:,} not drawn"] if left else []
        if len(outlets) > WORDY:
            lines.append(", ".join(f"{words[0].upper()} {words}" for *_, words in STATUS.values()))
        ax.set_xlabel("\n".join(lines))
        title(ax, coverage_finding(coverage))
    return ax


def coverage_finding(coverage: pd.DataFrame) -> str:
    """Return the finding of the matrix in words."""
    counts = coverage["status"].value_counts()
    shortened, dropped = counts.get("shortened", 0), counts.get("dropped", 0)
    own = counts.get("own_voice", 0)
    others = f"{own:,} in own voice, {dropped:,} dropped"
    return f"{shortened:,} of {len(coverage):,} shortened, {others}"


def _cell(ax: Axes, x: int, y: int, status: str | None, n_outlets: int) -> None:
    if status is None:
        return
    colour, ink, words = STATUS[status]
    ax.add_patch(Rectangle((x - 0.48, y - 0.44), 0.96, 0.88, color=colour, linewidth=0))
    shown = words if n_outlets <= WORDY else words[0].upper()
    ax.text(x, y, shown, ha="center", va="center", fontsize=8, color=ink)


def _statement_name(row) -> str:
    speaker = short(row.speaker, 40) if pd.notna(row.speaker) else "speaker unknown"
    return f"{speaker}:\n{short(row.statement, 46)}"


def voices_compared(
    shares: pd.DataFrame, by: str = "outlet", *, rows: int = 10, ax: Axes | None = None
) -> Axes:
    """Draw each party's share of the quoted words, a mark for each outlet.

    Parameters
    ----------
    shares
        What :func:`sayso.analyze.sources.party_shares` returned.
    by
        Its column of groups. The eight with most words have a mark of their own, others are grey.
    rows
        Parties at most: those with most words over all.
    ax
        Where to draw. A line is a 95% interval (groups of ten articles or more).
    """
    if shares.empty:
        return nothing("Nobody is quoted", ax)
    parties = _leading(shares, "party", rows)
    groups = _leading(shares, by, len(shares))
    with style():
        ax = new_axes(1.9 + 0.5 * len(parties), ax)
        for number, group in enumerate(groups):
            own = shares[shares[by] == group].set_index("party")
            share = own["share"].reindex(parties).fillna(0)
            offset = (number - (len(groups) - 1) / 2) * min(0.12, 0.7 / len(groups))
            many = number >= len(PALETTE)
            colour = PALE if many else PALETTE[number]
            places = np.arange(len(parties)) + offset
            label = "other groups" if number == len(PALETTE) else "_" if many else short(group, 34)
            mark = "." if many else MARKERS[number]
            ax.plot(share, places, mark, color=colour, markersize=6, label=label, clip_on=False)
            bounds = own[["low", "high"]].reindex(parties)
            for y, low, high in zip(places, bounds["low"], bounds["high"], strict=True):
                if np.isfinite(low):
                    ax.plot([low, high], [y, y], color=colour, alpha=0.5, linewidth=1.2)
        ax.set_yticks(range(len(parties)), [short(str(p), 34) for p in parties])
        ax.set_ylim(len(parties) - 0.5, -0.5)
        ax.set_xlim(0, max(0.1, min(1.0, float(shares["share"].max()) * 1.05)))
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        ax.grid(axis="x", color="#E6E6E6", linewidth=0.7)
        ax.set_xlabel(f"share of the quoted words (n = {shares['n_words'].sum():,} words)")
        legend(ax)
        title(ax, _voice_finding(shares, by, parties))
    return ax


def _leading(shares: pd.DataFrame, column: str, most: int) -> list[str]:
    words = shares.groupby(column)["n_words"].sum().sort_index()
    return list(words.sort_values(ascending=False, kind="stable").index[:most])


def _voice_finding(shares: pd.DataFrame, by: str, parties: list[str]) -> str:
    wide = shares.pivot(index="party", columns=by, values="share").fillna(0).loc[parties]
    if len(wide.columns) < 2:
        return f"{parties[0]} fills {wide.iloc[0, 0]:.0%} of the quoted words"
    spread = (wide.max(axis=1) - wide.min(axis=1)).round(9)
    party = spread.idxmax()
    most, least = wide.loc[party].idxmax(), wide.loc[party].idxmin()
    high, low = wide.loc[party, most], wide.loc[party, least]
    return f"{party}: {high:.0%} of the quoted words in {most}, {low:.0%} in {least}"


def words_ranked(
    table: pd.DataFrame, *, groups: int = 6, top: int = 8, ax: Axes | None = None
) -> Axes:
    """Draw the words that each group uses more than its reference, by z.

    Parameters
    ----------
    table
        What :func:`sayso.analyze.words.keyness.telling` returned.
    groups, top
        Groups and words of each at most.
    ax
        Where to draw. Beside each bar stand the raw counts, here against reference.
    """
    if table.empty:
        return nothing("No words to compare", ax)
    names = list(table["group"].drop_duplicates()[:groups])
    drawn = table[table["group"].isin(names)].groupby("group", sort=False).head(top)
    with style():
        places, labels, bold, at = [], [], [], 0.0
        ax = new_axes(1.3 + 0.21 * (len(drawn) + 1.6 * len(names)), ax)
        for number, name in enumerate(names):
            own = drawn[drawn["group"] == name]
            places.append(at)
            labels.append(f"{short(name, 30)} (n = {own['n'].iloc[0]:,} words)")
            bold.append(len(places) - 1)
            for row in own.itertuples():
                at += 1
                places.append(at)
                labels.append(short(row.term, 30))
                strong = row.z >= 1.96
                colour = PALETTE[number % len(PALETTE)]
                ax.barh(at, row.z, height=0.7, color=colour, alpha=1.0 if strong else 0.4)
                words = f" {row.count:,} : {row.reference_count:,}"
                ax.text(row.z, at, words, va="center", fontsize=7.5, color="#333333")
            at += 1.6
        ax.set_yticks(places, labels, fontsize=8.5)
        for index in bold:
            ax.get_yticklabels()[index].set_weight("bold")
        ax.set_ylim(at - 0.6, -0.8)
        ax.set_xlim(0, float(drawn["z"].max()) * 1.12)
        ax.axvline(1.96, color=GREY, linewidth=0.8, linestyle=":")
        aside = "; pale: below 1.96"
        ax.set_xlabel(
            f"z of the weighted log-odds; counts here : {drawn['reference'].iloc[0]}{aside}"
        )
        title(ax, _word_finding(drawn))
    return ax


def _word_finding(drawn: pd.DataFrame) -> str:
    best = drawn.loc[drawn["z"].idxmax()]
    if best["z"] < 1.96:
        return "No word tells one apart: none has a z of 1.96 or more"
    uses = f"{best['count']:,} against {best['reference_count']:,} uses"
    return f"'{best['term']}' tells {best['group']} apart most ({uses})"


def words_scatter(
    table: pd.DataFrame, group: str, *, top: int = 12, ax: Axes | None = None
) -> Axes:
    """Draw one group's words by frequency and z, as Monroe, Colaresi and Quinn (2008) do.

    Parameters
    ----------
    table
        What :func:`sayso.analyze.words.keyness.log_odds` returned.
    group
        One of its groups.
    top
        Words named at either end.
    ax
        Where to draw.
    """
    own = table[table["group"] == group]
    if own.empty:
        return nothing(f"No words of {group}", ax)
    total = own["count"] + own["reference_count"]
    own = own.assign(total=total).sort_values(["z", "term"], ascending=[False, True])
    named = pd.concat([own.iloc[:top], own.iloc[-top:]])
    reference = own["reference"].iloc[0]
    with style():
        ax = new_axes(5.2, ax)
        ax.scatter(own["total"], own["z"], s=6 + 1.5 * np.sqrt(own["total"]), color=PALE)
        named = named.drop_duplicates("term")
        colours = [BLUE if z > 0 else GREEN for z in named["z"]]
        ax.scatter(named["total"], named["z"], s=14, color=colours)
        _name_words(ax, named, colours)
        ax.set_xscale("log")
        ax.set_xlim(right=float(own["total"].max()) * 6)
        for level in (-1.96, 0, 1.96):
            ax.axhline(level, color=GREY, linewidth=0.7, linestyle=":" if level else "-")
        ax.set_ylabel(f"z: above {short(group, 24)}, below {short(reference, 24)}")
        ax.set_xlabel(f"uses in both (log scale; n = {own['n'].iloc[0]:,} words of {group})")
        first, last = own.iloc[0]["term"], own.iloc[-1]["term"]
        title(ax, f"{group} has '{first}' more, '{last}' less than {reference}")
    return ax


def _name_words(ax: Axes, rows: pd.DataFrame, colours: list[str]) -> None:
    """Write words in a column on the right, evenly apart; a line leads to each one's dot."""
    low, high = float(rows["z"].min()), float(rows["z"].max())
    step = max(high - low, 1e-9) / max(len(rows) - 1, 1)
    even = [high - number * step for number in range(len(rows))]
    right = float(ax.dataLim.x1) * 1.6
    for row, height, colour in zip(rows.itertuples(), even, colours, strict=True):
        ax.annotate(
            short(row.term, 24),
            (row.total, row.z),
            (right, height),
            fontsize=8,
            color=colour,
            va="center",
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.4, "alpha": 0.5},
        )
