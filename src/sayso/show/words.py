"""A picture of keyness: the words that outlets use more than others do."""

from __future__ import annotations

import itertools

import pandas as pd

from sayso.analyze.words.keyness import STRONG
from sayso.show.canvas import PALETTE, SMALL, Canvas, Picture, nothing
from sayso.show.html import short

LONGEST = 0.55  # of the width; the rest is left to the words


def words_ranked(table: pd.DataFrame, *, groups: int = 6) -> Picture:
    """Draw the words that each group uses more than its reference, by z.

    ``table`` is what :func:`sayso.analyze.words.keyness.keywords` returned; at most ``groups`` are
    drawn. Beside each bar stand the word and the raw counts, here against reference.
    """
    if table.empty:
        return nothing("No words to compare")
    names = list(table["group"].drop_duplicates()[:groups])
    drawn = table[table["group"].isin(names)]
    canvas = Canvas(scale=float(drawn["z"].max()) / LONGEST)
    for name, colour in zip(names, itertools.cycle(PALETTE)):
        own = drawn[drawn["group"] == name]
        canvas.row(str(name), f"n = {own['n'].iloc[0]:,} words", bold=True, room=2)
        for row in own.itertuples():
            _word(canvas, row, colour)
    left = table["group"].nunique() - len(names)
    aside = f"; {left:,} more not drawn" if left > 0 else ""
    unit = f"z of the weighted log-odds, pale below {STRONG}; beside it uses here : "
    unit += f"{drawn['reference'].iloc[0]}; n = {len(names):,} groups{aside}; source: "
    return canvas.picture(_finding(drawn), f"{unit}corpus.articles")


def _word(canvas: Canvas, row, colour: str) -> None:
    y = canvas.height + 9
    counts = f"{row.count:,} : {row.reference_count:,}"
    opacity = 1 if row.z >= STRONG else 0.4
    canvas.bar(0, y, row.z, colour, f"z = {row.z:.1f}", height=12, opacity=opacity)
    canvas.text(row.z, y + 4, f"{short(row.term, 16)}  {counts}", size=SMALL, dx=8)
    canvas.rows.append(f"{row.term} {counts}")
    canvas.height += 18


def _finding(drawn: pd.DataFrame) -> str:
    best = drawn.loc[drawn["z"].idxmax()]
    if best["z"] < STRONG:
        return f"No word tells one apart: none has a z of {STRONG} or more"
    uses = f"{best['count']:,} against {best['reference_count']:,} uses"
    return f"'{best['term']}' tells {best['group']} apart most ({uses})"
