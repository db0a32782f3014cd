"""A corpus and an article in short: what to know of them first, and what to call next."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sayso.show.html import Html, count, escape, known, listed, part, published_words, short


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
