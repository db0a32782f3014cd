"""Facts side by side as HTML: two sentences, the figure or date in each marked."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sayso.show.framing_plots import Html
from sayso.show.statement_pages import published_words
from sayso.show.viewer import escape

MARK = "background-color:rgba(204,121,167,0.26);border-bottom:2px solid rgba(204,121,167,1)"
WHO = "font-weight:600;border-bottom:2px dotted rgba(230,159,0,1)"
CELL = "text-align:left;vertical-align:top;padding:4px 10px 8px;width:50%"
TITLES = {
    "differ": "values that differ",
    "who": "the same value, another party named with it",
    "agree": "the same value",
}


def fact_pairs(
    pairs: pd.DataFrame, facts: pd.DataFrame, articles: pd.DataFrame, *, rows: int = 10
) -> Html:
    """Return pairs of facts with their sentences, the fact and who is named first marked.

    Parameters
    ----------
    pairs
        What :func:`sayso.analyze.facts_compared.compare_facts` returned, or some of its rows.
    facts, articles
        What ``corpus.facts()`` returned, and the articles table.
    rows
        Pairs at most.
    """
    shown = pairs.iloc[:rows]
    known = articles.set_index("article_id")
    by_id = facts.set_index("fact_id")
    words = f"{len(shown):,} of {len(pairs):,} pairs of facts"
    if shown.empty:
        return Html(words, "<p><em>no pairs of facts</em></p>")
    body = "".join(_pair(row, by_id, known) for row in shown.itertuples())
    told = "; ".join(f"{r.surface_a} / {r.surface_b}" for r in shown.itertuples())
    table = f'<table style="border-collapse:collapse;max-width:64em;width:100%">{body}</table>'
    return Html(f"{words}: {told}", f"<p>{words}</p>{table}")


def _pair(row: Any, facts: pd.DataFrame, articles: pd.DataFrame) -> str:
    shared = ", ".join(row.shared[:6])
    head = f"{TITLES[row.relation]} ({row.kind}, similarity {row.similarity:.2f}; both: {shared})"
    sides = "".join(
        f'<td style="{CELL}">{_side(facts.loc[fact_id], articles)}</td>'
        for fact_id in (row.fact_id_a, row.fact_id_b)
    )
    rule = "border-top:1px solid rgba(128,128,128,0.5);padding:8px 10px 0px;text-align:left"
    return f'<tr><td colspan="2" style="{rule}">{escape(head)}</td></tr>\n<tr>{sides}</tr>\n'


def _side(fact: pd.Series, articles: pd.DataFrame) -> str:
    article = articles.loc[fact["article_id"]]
    outlet = article["outlet"] if pd.notna(article["outlet"]) else "outlet unknown"
    day = published_words(article)
    voice = "the outlet" if fact["voice_kind"] == "outlet" else fact["voice"]
    voice = voice if pd.notna(voice) else "an unresolved speaker"
    sentence = _sentence(fact, article["text"])
    return (
        f"<strong>{escape(str(outlet))}</strong>{escape(day)}<br>{sentence}<br>"
        f"<small><em>in the voice of {escape(str(voice))}</em> ({escape(fact.name)})</small>"
    )


def _sentence(fact: pd.Series, text: str) -> str:
    start, end = fact["sentence_span"]
    marks = [(fact["start"], fact["end"], MARK)]
    who = fact["who_span"]
    if isinstance(who, list) and not (who[0] < fact["end"] and fact["start"] < who[1]):
        marks.append((*who, WHO))
    pieces, at = [], start
    for first, last, style in sorted(marks):
        pieces.append(escape(text[at:first]))
        pieces.append(f'<span style="{style}">{escape(text[first:last])}</span>')
        at = last
    return "".join([*pieces, escape(text[at:end])])
