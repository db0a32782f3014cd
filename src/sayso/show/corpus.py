"""Articles as strips: what is quoted, what is told, what was set aside, from first to last word."""

from __future__ import annotations

import pandas as pd

from sayso.analyze.corpus import quoted_shares
from sayso.analyze.groups import outer
from sayso.show.canvas import (
    BLUE,
    GREY,
    ORANGE,
    PALE,
    SKY,
    Canvas,
    Picture,
    article_name,
    first_rows,
    nothing,
    steps,
)
from sayso.show.html import count

COLOURS = {"direct": BLUE, "mixed": SKY, "indirect": ORANGE}


def article_strips(quotes: pd.DataFrame, articles: pd.DataFrame, *, rows: int = 30) -> Picture:
    """Draw the first ``rows`` articles as strips, quotes and boilerplate where they stand."""
    if not len(articles):
        return nothing("No articles")
    drawn, aside = first_rows(articles, rows, "articles")
    quotes = outer(quotes)
    canvas = Canvas(scale=max(1, *drawn["text"].str.len()))
    for kind, colour in COLOURS.items():
        canvas.key("s", colour, f"{kind} quotes")
    canvas.key("s", PALE, "the outlet’s own words")
    canvas.key("s", GREY, "boilerplate", hollow=True)
    for article in drawn.itertuples():
        _draw(canvas, article, quotes[quotes["article_id"] == article.article_id])
    canvas.ticks(steps(canvas.scale))
    size = count(len(drawn), "article")
    unit = f"characters of the text; n = {size}{aside}; source: corpus.quotes, corpus.articles"
    return canvas.picture(_finding(quotes, drawn), unit)


def _draw(canvas: Canvas, article, quotes: pd.DataFrame) -> None:
    y, at = canvas.row(article_name(article), f"{article.n_words:,} words"), 0
    for start, end in [*sorted(article.boilerplate), (len(article.text),) * 2]:
        canvas.bar(at, y, start - at, PALE)
        canvas.bar(start, y, end - start, GREY, "boilerplate", hollow=True)
        at = end
    for quote in quotes.itertuples():
        for start, end in quote.content_spans:
            canvas.bar(start, y, end - start, COLOURS[quote.kind], f"{quote.kind} quote")


def _finding(quotes: pd.DataFrame, articles: pd.DataFrame) -> str:
    """Return how much of the articles' text the quotes make up."""
    shares = [f"{share:.0%}" for share in sorted(quoted_shares(quotes, articles)["quoted"])]
    if shares[0] == shares[-1]:
        return f"Quotes make up {shares[0]} of the text of {count(len(shares), 'article')}"
    return f"Quotes make up between {shares[0]} and {shares[-1]} of {len(shares):,} articles"
