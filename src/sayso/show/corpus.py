"""Articles as strips: what is quoted, what is told, what was set aside, from first to last word."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from sayso.analyze.corpus import quoted_shares
from sayso.show.canvas import (
    BLUE,
    ORANGE,
    PALE,
    SKY,
    legend,
    new_axes,
    nothing,
    short,
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
    articles: pd.DataFrame, quotes: pd.DataFrame, *, rows: int = 30, ax: Axes | None = None
) -> Axes:
    """Draw each article as a strip, its quotes and its boilerplate where they stand.

    Parameters
    ----------
    articles, quotes
        Those tables.
    rows
        Articles at most; the first ones are drawn.
    ax
        Where to draw.
    """
    if not len(articles):
        return nothing("No articles", ax)
    drawn = articles.iloc[:rows]
    with style():
        ax = new_axes(1.7 + 0.46 * len(drawn), ax)
        longest = max(drawn["text"].str.len())
        for y, article in enumerate(drawn.itertuples()):
            own = quotes[(quotes["article_id"] == article.article_id) & quotes["nested_in"].isna()]
            _draw(ax, y, article, own)
            note = f"  {article.n_words:,} words"
            ax.text(len(article.text), y, note, va="center", fontsize=8.5, color="#333333")
        ax.set_yticks(range(len(drawn)), [_name(row) for row in drawn.itertuples()], fontsize=8.5)
        ax.set_ylim(len(drawn) - 0.45, -0.55)
        ax.set_xlim(0, max(1, longest) * 1.14)
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        more = len(articles) - len(drawn)
        aside = f"; {more:,} more articles not drawn" if more else ""
        ax.set_xlabel(f"characters of the text (n = {len(drawn):,} articles{aside})")
        for label, (colour, hatch) in LOOKS.items():
            words = label if label == "boilerplate" else f"{label} quotes"
            ax.barh([-9], [0], color=colour, hatch=hatch, edgecolor="#999999", label=words)
        ax.barh([-9], [0], color=PALE, label="the outlet's own words")
        legend(ax)
        title(ax, _finding(drawn, quotes))
    return ax


def _draw(ax: Axes, y: int, article, quotes: pd.DataFrame) -> None:
    ax.barh(y, len(article.text), height=0.6, color=PALE)
    pieces = [(span, "boilerplate") for span in article.boilerplate]
    pieces += [(span, quote.kind) for quote in quotes.itertuples() for span in quote.content_spans]
    for (start, end), kind in pieces:
        colour, hatch = LOOKS[kind]
        edge = {"edgecolor": "#999999", "linewidth": 0.4} if hatch else {"linewidth": 0}
        ax.barh(y, end - start, left=start, height=0.6, color=colour, hatch=hatch, **edge)


def _name(article) -> str:
    headline = article.headline if pd.notna(article.headline) else article.article_id
    outlet = article.outlet if pd.notna(article.outlet) else "outlet unknown"
    return f"{short(headline, 38)}\n{short(outlet, 38)}"


def _finding(articles: pd.DataFrame, quotes: pd.DataFrame) -> str:
    """Return how much of the articles' text the quotes make up."""
    shares = [f"{share:.0%}" for share in sorted(quoted_shares(articles, quotes)["quoted"])]
    if shares[0] == shares[-1]:
        return f"Quotes make up {shares[0]} of the text"
    return f"Quotes make up between {shares[0]} and {shares[-1]} of an article"
