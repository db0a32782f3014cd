"""Articles as strips: what is quoted, what is told, what was set aside, from first to last word."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from sayso.analyze.corpus import quoted_shares
from sayso.analyze.groups import outer
from sayso.show.canvas import (
    BLUE,
    ORANGE,
    PALE,
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

LOOKS = {
    "direct": (BLUE, ""),
    "mixed": (SKY, ""),
    "indirect": (ORANGE, ""),
    "boilerplate": ("white", "xxxx"),
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
        ax = new_axes(1.7 + 0.46 * len(drawn), ax)
        longest = max(drawn["text"].str.len())
        for y, article in enumerate(drawn.itertuples()):
            _draw(ax, y, article, quotes[quotes["article_id"] == article.article_id])
            note = f"  {article.n_words:,} words"
            ax.text(len(article.text), y, note, va="center", fontsize=8.5, color="#333333")
        name_rows(ax, [article_name(row) for row in drawn.itertuples()], fontsize=8.5)
        ax.set_xlim(0, max(1, longest) * 1.14)
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        ax.set_xlabel(f"characters of the text (n = {len(drawn):,} articles{aside})")
        for label, (colour, hatch) in LOOKS.items():
            words = label if label == "boilerplate" else f"{label} quotes"
            ax.barh([-9], [0], color=colour, hatch=hatch, edgecolor="#999999", label=words)
        ax.barh([-9], [0], color=PALE, label="the outlet's own words")
        legend(ax)
        title(ax, _finding(quotes, drawn))
    return ax


def _draw(ax: Axes, y: int, article, quotes: pd.DataFrame) -> None:
    ax.barh(y, len(article.text), height=0.6, color=PALE)
    pieces = [(span, "boilerplate") for span in article.boilerplate]
    pieces += [(span, quote.kind) for quote in quotes.itertuples() for span in quote.content_spans]
    for (start, end), kind in pieces:
        colour, hatch = LOOKS[kind]
        edge = {"edgecolor": "#999999", "linewidth": 0.4} if hatch else {"linewidth": 0}
        ax.barh(y, end - start, left=start, height=0.6, color=colour, hatch=hatch, **edge)


def _finding(quotes: pd.DataFrame, articles: pd.DataFrame) -> str:
    """Return how much of the articles' text the quotes make up."""
    shares = [f"{share:.0%}" for share in sorted(quoted_shares(quotes, articles)["quoted"])]
    if shares[0] == shares[-1]:
        return f"Quotes make up {shares[0]} of the text"
    return f"Quotes make up between {shares[0]} and {shares[-1]} of an article"
