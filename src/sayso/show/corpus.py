"""A corpus and its articles in short, and articles as strips: what is quoted, told, set aside."""

from __future__ import annotations

from collections.abc import Mapping

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
from sayso.show.html import Html, count, escape, known, listed, part, published_words, short

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


def in_short(name: str, facts: Mapping[str, str]) -> Html:
    """Return a few facts about something under its name, as lines and as a table of two columns."""
    facts = {what: told for what, told in facts.items() if told}
    wide = max(map(len, facts), default=0) + 2
    lines = [name, *(f"{what:{wide}}{told}" for what, told in facts.items())]
    left = "text-align:left;vertical-align:top;padding:2px 14px 2px 0px"
    rows = "".join(
        f'<tr><th style="{left};font-weight:600">{escape(what)}</th>'
        f'<td style="{left};max-width:46em">{escape(told)}</td></tr>'
        for what, told in facts.items()
    )
    head = f'<p style="margin:0px 0px 4px 0px"><strong>{escape(name)}</strong></p>'
    return Html("\n".join(lines), f'{head}<table style="border-collapse:collapse">{rows}</table>')


def corpus_facts(articles: pd.DataFrame, notes: pd.DataFrame) -> dict[str, str]:
    """Return what to know of a corpus first: outlets, span of dates, warnings, what to call."""
    dated = articles[articles["published"].notna()].sort_values("published", kind="stable")
    ends = [published_words(row) for row in dated.iloc[[0, -1]].itertuples()] if len(dated) else []
    undated = len(articles) - len(dated)
    outlets = articles["outlet"].value_counts().sort_index().sort_values(ascending=False)
    levels = notes["level"].value_counts()
    wrong = [
        count(levels[level], level) for level in ("error", "warning", "note") if level in levels
    ]
    missing = part(undated, len(articles), "article") + " undated" if undated else ""
    shown = articles["article_id"].iloc[0] if len(articles) else ""
    return {
        "outlets": listed([f"{short(name, 40)} ({n:,})" for name, n in outlets.items()], most=8),
        "published": "; ".join(filter(None, [" to ".join(dict.fromkeys(ends)), missing])),
        "told": f"{listed(wrong)}: see .account, and .notes for each" if wrong else "",
        "next": f".quotes, .sources, .blames, .view({shown!r}), .statements(), .save('store')",
    }


class ArticleSeries(pd.Series):
    """A row of the table ``articles`` that shows itself in short; else a Series as any other."""

    @property
    def _constructor(self) -> type[pd.Series]:
        return pd.Series

    def _short(self) -> Html:
        how = f"{published_words(self)} ({self['published_how']})".strip()
        facts = {
            "headline": known(self["headline"], "(none)"),
            "outlet": known(self["outlet"], "unknown"),
            "published": how,
            "author": known(self["author"], ""),
            "words": f"{self['n_words']:,}, language {known(self['language'], 'unknown')}",
            "text": short(self["text"], 240),
            "next": f"corpus.view({self['article_id']!r}), ['text'], .to_frame() for every column",
        }
        return in_short(f"Article {self['article_id']}", facts)

    def __repr__(self) -> str:
        return self._short().words

    def _repr_html_(self) -> str:
        return self._short().markup
