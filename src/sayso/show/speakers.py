"""Pictures of who is heard, and how their words are announced.

Each takes a table of :mod:`sayso.analyze.speakers` or ``sources`` and its column of groups (``by``)
and draws ``rows`` of its rows at most, the first at the top.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from sayso.analyze.groups import ranked
from sayso.analyze.sources import DOCUMENT, HEARD, NONE, UNTOLD
from sayso.analyze.speakers import STANCES
from sayso.show.canvas import (
    BLUE,
    GREEN,
    GREY,
    MARKS,
    ORANGE,
    PALE,
    PALETTE,
    SKY,
    VERMILION,
    YELLOW,
    Canvas,
    Picture,
    first_rows,
    interval,
    nothing,
    share_scale,
    stacks,
    steps,
)
from sayso.show.html import count, listed, part, short

STANCE_COLOURS = dict(zip(STANCES, (SKY, GREEN, ORANGE, VERMILION, PALE), strict=True))
NO_ROLES = {DOCUMENT: YELLOW, UNTOLD: PALE}
FEW = 30
"""Persons or sources of whom a title tells counts, no shares."""


def share_of_voice(shares: pd.DataFrame, by: str = "outlet", *, rows: int = 20) -> Picture:
    """Draw whose words fill each outlet's quotes: a bar an outlet, a piece a source.

    ``shares`` is a table of ``voice_shares``. The legend tells unnamed sources and documents.
    """
    if shares.empty:
        return nothing("No quoted words")
    totals = shares.groupby("source")["n_words"].sum()
    leaders = ranked(totals.drop("others", errors="ignore"))
    kinds = shares.drop_duplicates("source").set_index("source")["kind"]
    looks = {
        name: (
            PALE if name == "others" else PALETTE[number % 8],
            short(name, 34) + (f" ({kinds[name]})" if pd.notna(kinds[name]) else ""),
        )
        for number, name in enumerate([*leaders, *totals.index.difference(leaders)])
    }
    counts = _counts(shares, by, "source", "n_words", list(looks))
    finding = f"{totals.sum():,} quoted words of other sources"
    if len(leaders):
        words = part(totals[leaders[0]], totals.sum(), "quoted word")
        finding = f"{short(leaders[0], 40)} is heard most: {words}"
    told = ("quoted words", "with fewer words", "corpus.sources")
    return _stacked(counts, looks, rows, told, finding)


def cue_stance(counts: pd.DataFrame, by: str = "outlet", *, rows: int = 20) -> Picture:
    """Draw how each outlet announces its quotes, a table of ``stance_counts``."""
    if counts.empty:
        return nothing("No quotes")
    sums = counts.groupby("stance")["n_quotes"].sum()
    looks = {name: (STANCE_COLOURS[name], name) for name in STANCES if name in sums}
    stacked = _counts(counts, by, "stance", "n_quotes", list(looks))
    total, marked = sums.sum(), sums.get("distancing", 0) + sums.get("denying", 0)
    is_are = f"{marked:,} of {total:,} quotes are" if marked else f"None of {total:,} quotes is"
    told = ("quotes, nested ones left out", "with fewer quotes", "corpus.quotes")
    return _stacked(stacked, looks, rows, told, f"{is_are} announced with distance or denial")


def women_heard(shares: pd.DataFrame, by: str | None = None, *, rows: int = 10) -> Picture:
    """Draw women, men and the unknown among those quoted and those only mentioned.

    ``shares`` is a table of ``women``. What is between women and men is the unknown: the share of
    women lies from where it begins to where it ends.
    """
    if shares.empty:
        return nothing("Nobody is named")
    group = "" if by is None else shares[by].map(lambda name: short(name, 18)) + ", "
    columns = {"n_women": "women", "n_unknown": "unknown", "n_men": "men"}
    counts = shares.set_index(group + shares["heard"])[list(columns)].rename(columns=columns)
    looks = {"women": (ORANGE, "women"), "unknown": (PALE, "unknown"), "men": (SKY, "men")}
    finding = _women_finding(shares.groupby("heard")[["n_women", "n_unknown", "n"]].sum())
    told = ("persons, once an article", "rows", "corpus.mentions")
    return _stacked(counts, looks, 2 * rows, told, finding)


def _women_finding(sums: pd.DataFrame) -> str:
    """Return women's share with its bounds, or of fewer than ``FEW`` persons the count."""
    told = []
    for heard, (women, unknown, n) in sums.reindex(HEARD).dropna().astype(int).iterrows():
        share = " to ".join(dict.fromkeys((f"{women / n:.0%}", f"{(women + unknown) / n:.0%}")))
        few = f"{women} of {n} {heard} ({unknown} unknown)"
        told.append(f"{share} of {n:,} {heard}" if n >= FEW else few)
    return f"Women: {', '.join(told)}"


def roles_cited(counts: pd.DataFrame, by: str = "outlet", *, rows: int = 20) -> Picture:
    """Draw what kinds of sources each outlet cites: a bar an outlet, a piece a role.

    ``counts`` is a table of ``roles``. The six with most sources have a colour of their own, and so
    have documents.
    """
    if counts.empty:
        return nothing("No sources")
    sums = counts.groupby("role")["n_sources"].sum()
    leaders = list(ranked(sums.drop(list(NO_ROLES), errors="ignore"))[:6])
    colours = dict(zip(leaders, PALETTE, strict=False)) | {"other roles": GREY} | NO_ROLES
    names = counts["role"].where(counts["role"].isin(colours), "other roles")
    merged = counts.assign(role=names).groupby([by, "role"], sort=False)["n_sources"].sum()
    looks = {name: (colour, name) for name, colour in colours.items() if name in set(names)}
    stacked = _counts(merged.reset_index(), by, "role", "n_sources", list(looks))
    finding = f"{count(int(sums.sum()), 'source')}, none of them with a role"
    if leaders:
        finding = f"Most cited: {leaders[0]}, {part(sums[leaders[0]], sums.sum(), 'source')}"
    told = ("sources, once an article", "with fewer sources", "corpus.sources")
    return _stacked(stacked, looks, rows, told, finding)


def named_unheard(persons: pd.DataFrame, *, rows: int = 12) -> Picture:
    """Draw how many articles name those whom nobody quotes, a table of ``unheard``."""
    if persons.empty:
        return nothing("Everybody who is named is quoted")
    drawn, aside = first_rows(persons, rows, "persons")
    canvas = Canvas(scale=float(drawn["n_articles"].max()))
    for row in drawn.itertuples():
        note = f"{count(row.n_mentions, 'time')} in {count(row.n_articles, 'article')}"
        y = canvas.row(row.person, note, room=18)
        canvas.bar(0, y, row.n_articles, BLUE, f"{row.person}: {note}", height=12)
    canvas.ticks(steps(canvas.scale))
    first = drawn.iloc[0]
    articles = count(first.n_articles, "article")
    return canvas.picture(
        f"{short(first.person, 40)} is named in {articles} and never quoted",
        f"articles naming them; n = {count(len(drawn), 'person')}{aside}; source: corpus.mentions",
    )


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


def _stacked(
    counts: pd.DataFrame,
    looks: dict[str, tuple[str, str]],
    rows: int,
    told: tuple[str, str, str],
    finding: str,
) -> Picture:
    """Draw counts as stacked bars of shares, each column in its look.

    ``told`` says of what they are shares, what rows that are not drawn are, and the table.
    """
    drawn, aside = first_rows(counts, rows, told[1])
    canvas = Canvas()
    stacks(canvas, drawn, looks, shares=True)
    unit = f"share of the {told[0]}; n = {counts.to_numpy().sum():,}{aside}; source: {told[2]}"
    return canvas.picture(finding, unit)


def voices_compared(shares: pd.DataFrame, by: str = "outlet", *, rows: int = 10) -> Picture:
    """Draw each party's share of the quoted words, a mark for each outlet that has any.

    ``shares`` is a table of ``party_shares``: the parties with most words, below them sources of
    none. The eight groups with most words have a line each with their name, the others one
    together. Lines are 95% intervals.
    """
    if shares.empty:
        return nothing("Nobody is quoted")
    words = shares.groupby("party")["n_words"].sum()
    named = [name for name in ranked(words) if name != NONE][:rows]
    parties = [*named, *words.index.intersection([NONE])]
    leading = list(ranked(shares.groupby(by)["n_words"].sum()))[: len(PALETTE)]
    canvas = Canvas(scale=share_scale([*shares["share"], *shares["high"]]))
    for party in parties:
        canvas.row(party, bold=True, room=0)
        own = shares[(shares["party"] == party) & (shares["share"] > 0)].set_index(by)
        for number, group in enumerate(leading):
            if group in own.index:
                _draw_share(canvas, own.loc[group], MARKS[number], PALETTE[number])
        if len(others := own.drop(index=leading, errors="ignore")):
            for group, share in others["share"].items():
                canvas.mark(share, canvas.height + 9, "o", PALE, f"{group}: {share:.0%}")
            canvas.beside(others["share"].max(), canvas.height + 9, f"{len(others):,} others")
            canvas.height += 18
    canvas.ticks(steps(canvas.scale, ".0%"))
    unit = f"share of the quoted words; n = {shares['n_words'].sum():,} words; no mark: none"
    line = "; line: 95% interval" if shares["low"].notna().any() else ""
    finding = _voice_finding(shares, by, named or parties)
    return canvas.picture(finding, f"{unit}{line}; source: corpus.sources")


def _draw_share(canvas: Canvas, row: pd.Series, shape: str, colour: str) -> None:
    """Draw a group's share on a line of its own, with its name beside it."""
    y = canvas.height + 9
    interval(canvas, y, row["low"], row["high"], colour)
    words = f"{short(str(row.name), 24)} {row['share']:.0%}"
    canvas.mark(row["share"], y, shape, colour, words)
    ends = row[["share", "low", "high"]]
    canvas.beside(ends.max() if row["share"] < canvas.scale / 2 else ends.min(), y, words)
    canvas.rows.append(words)
    canvas.height += 18


def _voice_finding(shares: pd.DataFrame, by: str, parties: list[str]) -> str:
    """Return which of the parties drawn differs most between two groups."""
    sizes = shares.groupby(by)["n_words"].sum()
    wide = shares.pivot(index="party", columns=by, values="share").fillna(0).loc[parties]
    if len(wide.columns) < 2:
        return f"{parties[0]} fills {wide.iloc[0, 0]:.0%} of {sizes.iloc[0]:,} quoted words"
    spread = (wide.max(axis=1) - wide.min(axis=1)).round(9)
    party = spread.idxmax()
    most, least = wide.loc[party].idxmax(), wide.loc[party].idxmin()
    high, low = (f"{wide.loc[party, g]:.0%} of the {sizes[g]:,} words" for g in (most, least))
    return f"{party}: {high} that {most} quotes, {low} that {least} quotes"
