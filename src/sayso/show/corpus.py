"""Articles as strips: what is quoted, what is told, what was set aside, from first to last word."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from sayso.analyze.groups import outer, speech
from sayso.show.canvas import (
    BAR,
    BLUE,
    LINE,
    ORANGE,
    PALE,
    ROW,
    SKY,
    article_name,
    first_rows,
    legend,
    name_rows,
    new_axes,
    nothing,
    style,
    title,
)
from sayso.show.html import count
from sayso.tables.parts import Parts

LOOKS = {
    "direct": (BLUE, ""),
    "mixed": (SKY, ""),
    "indirect": (ORANGE, ""),
    "boilerplate": ("none", "xxxx"),
}


def article_strips(
    shares: pd.DataFrame, corpus: Parts, *, rows: int = 30, ax: Axes | None = None
) -> Axes:
    """Draw the first ``rows`` articles as strips, quotes and boilerplate where they stand.

    ``shares`` is what :func:`sayso.analyze.corpus.quoted_shares` returned of the corpus.
    """
    if not len(shares):
        return nothing("No articles", ax)
    shares, aside = first_rows(shares, rows, "articles")
    own = corpus.only(shares["article_id"])
    drawn, quotes = own.table("articles"), outer(speech(own.table("quotes")))
    with style():
        ax = new_axes(ROW * len(drawn), ax)
        longest = max(drawn["text"].str.len())
        for y, article in enumerate(drawn.itertuples()):
            _draw(ax, y, article, quotes[quotes["article_id"] == article.article_id])
        notes = [f"{words:,} words" for words in drawn["n_words"]]
        room = " " * len(max(notes, key=len))
        names = [article_name(row, room).rstrip() for row in drawn.itertuples()]
        name_rows(ax, names, notes)
        ax.set_xlim(0, max(1, longest))
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        ax.set_xlabel(f"characters of the text (n = {len(drawn):,} articles{aside})")
        for label, (colour, hatch) in LOOKS.items():
            words = label if label == "boilerplate" else f"{label} quotes"
            ax.barh([-9], [0], color=colour, hatch=hatch, edgecolor=LINE, label=words)
        ax.barh([-9], [0], color=PALE, label="the outlet's own words")
        legend(ax)
        title(ax, _finding(shares))
    return ax


def _draw(ax: Axes, y: int, article, quotes: pd.DataFrame) -> None:
    ax.barh(y, len(article.text), height=BAR, color=PALE)
    pieces = [(span, "boilerplate") for span in article.boilerplate]
    pieces += [(span, quote.kind) for quote in quotes.itertuples() for span in quote.content_spans]
    for (start, end), kind in pieces:
        colour, hatch = LOOKS[kind]
        edge = {"edgecolor": LINE, "linewidth": 0.4} if hatch else {"linewidth": 0}
        ax.barh(y, end - start, left=start, height=BAR, color=colour, hatch=hatch, **edge)


def _finding(drawn: pd.DataFrame) -> str:
    """Return how much of the articles' text the quotes make up."""
    shares = [f"{share:.0%}" for share in sorted(drawn["quoted"])]
    of = f" (n = {count(len(drawn), 'article')})"
    if shares[0] == shares[-1]:
        return f"Quotes make up {shares[0]} of the text{of}"
    return f"Quotes make up between {shares[0]} and {shares[-1]} of an article{of}"
