"""Articles as strips: what is quoted, what is told, what was set aside, from first to last word."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from sayso.analyze.corpus import quoted_shares
from sayso.analyze.groups import outer
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

LOOKS = {
    "direct": (BLUE, ""),
    "mixed": (SKY, ""),
    "indirect": (ORANGE, ""),
    "boilerplate": ("none", "xxxx"),
}


def article_strips(
    quotes: pd.DataFrame, articles: pd.DataFrame, *, rows: int = 30, ax: Axes | None = None
) -> Axes:
    """Draw the first ``rows`` articles as strips, quotes and boilerplate where they stand."""
    if not len(articles):
        return nothing("No articles", ax)
    drawn, aside = first_rows(articles, rows, "articles")
    quotes = outer(quotes)
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
        title(ax, _finding(quotes, drawn))
    return ax


def _draw(ax: Axes, y: int, article, quotes: pd.DataFrame) -> None:
    ax.barh(y, len(article.text), height=BAR, color=PALE)
    pieces = [(span, "boilerplate") for span in article.boilerplate]
    pieces += [(span, quote.kind) for quote in quotes.itertuples() for span in quote.content_spans]
    for (start, end), kind in pieces:
        colour, hatch = LOOKS[kind]
        edge = {"edgecolor": LINE, "linewidth": 0.4} if hatch else {"linewidth": 0}
        ax.barh(y, end - start, left=start, height=BAR, color=colour, hatch=hatch, **edge)


def _finding(quotes: pd.DataFrame, articles: pd.DataFrame) -> str:
    """Return how much of the articles' text the quotes make up."""
    shares = [f"{share:.0%}" for share in sorted(quoted_shares(quotes, articles)["quoted"])]
    of = f" (n = {count(len(articles), 'article')})"
    if shares[0] == shares[-1]:
        return f"Quotes make up {shares[0]} of the text{of}"
    return f"Quotes make up between {shares[0]} and {shares[-1]} of an article{of}"
