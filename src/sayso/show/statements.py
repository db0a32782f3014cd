"""Statements across outlets: pairs side by side, one statement by outlet, who carried what.

As in the viewer, marks are known by more than their colour, and every piece of text is escaped.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sayso.analyze.groups import ranked
from sayso.analyze.statements.coverage import STATUSES
from sayso.show.canvas import (
    BLUE,
    INK,
    ORANGE,
    PALE,
    first_rows,
    name_columns,
    name_rows,
    new_axes,
    nothing,
    short,
    style,
    title,
)
from sayso.show.html import Html, cite, count, escape, known, published_words
from sayso.tables.parts import Parts

STEPS = {
    "replace": (
        "background-color:rgba(230,159,0,0.28);border-bottom:2px dashed rgba(176,122,0,1)",
        "other words",
    ),
    "delete": (
        "background-color:rgba(213,94,0,0.22);border-bottom:2px solid rgba(213,94,0,1)",
        "only here",
    ),
    "insert": (
        "background-color:rgba(0,158,115,0.22);border-bottom:2px solid rgba(0,158,115,1)",
        "only here",
    ),
}
CELL = "text-align:left;vertical-align:top;padding:6px 10px;width:50%"
RULE = "border-top:1px solid rgba(128,128,128,0.5)"
LOOKS = {
    "carried": (BLUE, "white"),
    "shortened": ("#8FC1E3", "black"),
    "partly": ("#C5DFEF", "black"),
    "own_voice": (ORANGE, "black"),
    "unclear": ("none", INK),
    "dropped": (PALE, INK),
}
WORDY = 5
"""In a matrix of more outlets a letter stands for a word."""


def pairs_finding(pairs: pd.DataFrame) -> str:
    """Return in words how many pairs there are, and of which kinds."""
    kinds = {
        "verbatim": pairs["relation"] == "verbatim",
        "against an outlet's own words": pairs["voice_b"] == "narration",
        "a line used again at another event": pairs["event"] == "again",
        "to check, as two speakers are named": pairs["attribution"] == "check",
    }
    counts = [f"{int(own.sum()):,} {words}" for words, own in kinds.items() if own.any()]
    return f"{count(len(pairs), 'pair')} of statements{': ' if counts else ''}{', '.join(counts)}."


def alignment(pairs: pd.DataFrame, corpus: Parts, *, rows: int = 10) -> Html:
    """Return pairs of statements side by side, the most similar first, differing words marked.

    ``pairs`` is what ``corpus.statements()`` returned, or some of its rows; at most ``rows`` are
    shown. Under each side stands to whom it is given; whether that is somebody else is the
    reader's to judge.
    """
    shown = pairs.sort_values("similarity", ascending=False, kind="stable").iloc[:rows]
    ids = {*shown["article_id_a"], *shown["article_id_b"]}
    by_id = corpus.only(ids).table("articles").set_index("article_id")
    head = f"{len(shown):,} of {len(pairs):,} pairs"
    body = "".join(_pair(row, by_id) for row in shown.itertuples())
    body = body or "<tr><td><em>no pairs</em></td></tr>"
    table = f'<table style="border-collapse:collapse;max-width:64em;width:100%">{body}</table>'
    return Html(f"Statements side by side: {head}", f"{_legend()}\n{table}")


def _first(spans: Any) -> int | None:
    """Return where the first of some spans begins that is not empty."""
    return next((start for start, end in spans if end > start), None)


def _published(article: pd.Series) -> str:
    """Return ', ' and when an article was published, if that is known."""
    return f", {published_words(article)}" if pd.notna(article["published"]) else ""


def _legend() -> str:
    places = {"replace": "other words on the two sides"}
    places |= {"delete": "only on the left", "insert": "only on the right"}
    samples = [f'<span style="{STEPS[step][0]}">{words}</span>' for step, words in places.items()]
    return f'<p style="font-size:0.85em">{" &nbsp; ".join(samples)}</p>'


def _pair(row: Any, articles: pd.DataFrame) -> str:
    told = [f"{row.relation}", f"similarity {row.similarity:.2f}", _when(row)]
    told.append(
        f"word for word: {row.verbatim_a:.0%} of the left, {row.verbatim_b:.0%} of the right"
    )
    told += ["two speakers are named: read both sentences"] if row.attribution == "check" else []
    head = f'<tr><td colspan="2" style="padding:8px 10px 0px;{RULE}">{escape(", ".join(told))}</td>'
    sides = [_side(row, side, articles) for side in "ab"]
    cells = "".join(f'<td style="{CELL}">{side}</td>' for side in sides)
    return f"{head}</tr>\n<tr>{cells}</tr>\n"


def _side(row: Any, side: str, articles: pd.DataFrame) -> str:
    article_id = getattr(row, f"article_id_{side}")
    outlet = known(getattr(row, f"outlet_{side}"), "outlet unknown")
    article = articles.loc[article_id]
    words = diff_words(row, side, article["text"])
    if row.attribution == "check":
        words += f"<br><em>{escape(_sentence(row, side, article['text']))}</em>"
    return (
        f"<strong>{escape(outlet)}</strong><br><small>"
        f"{cite(article, article_id, _first(getattr(row, f'wording_spans_{side}')))}</small><br>"
        f"{words}<br><small>{_attribution(row, side)}</small>"
    )


def _sentence(row: Any, side: str, text: str) -> str:
    """Return the paragraph that a side stands in, with whoever is named there."""
    start, end = (getattr(row, f"{name}_{side}") for name in ("start", "end"))
    first, after = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return text[first : after if after >= 0 else len(text)].strip()


def diff_words(row: Any, side: str, text: str) -> str:
    """Return one side's words as HTML, those that the other side has not marked."""
    pieces, at = [], None
    places = getattr(row, f"wording_spans_{side}")
    for step, (start, end) in zip(row.wording, places, strict=True):
        if end <= start:
            continue
        gap = text[at:start] if at is not None and at <= start else ""
        # What lies between is punctuation, or words that are not part of the statement.
        pieces.append(" … " if any(map(str.isalnum, gap)) else escape(gap or " "))
        words = escape(" ".join(text[start:end].split()))
        if step in STEPS:
            style, title = STEPS[step]
            words = f'<span style="{style}" title="{title}">{words}</span>'
        pieces.append(words)
        at = end
    return "".join(pieces).strip()


def _attribution(row: Any, side: str) -> str:
    if side == "b" and row.voice_b == "narration":
        return "in the outlet’s own voice"
    names = ("speaker", "cue", "stance", "via")
    told = {name: getattr(row, f"{name}_{side}") for name in names}
    told["speaker"] = known(told["speaker"], "none")
    return escape("; ".join(f"{name}: {v}" for name, v in told.items() if pd.notna(v)))


def _when(row: Any) -> str:
    if pd.isna(row.days_apart):
        return "days apart unknown"
    again = ", the line used again" if row.event == "again" else ""
    return f"{count(abs(int(row.days_apart)), 'day')} apart{again}"


def statement_page(statement_id: str, coverage: pd.DataFrame, corpus: Parts) -> Html:
    """Return one statement across outlets: who has it in which words, and who dropped it.

    ``coverage`` is what ``corpus.coverage()`` returned, ``statement_id`` one of its statements; ''
    is the first, which most outlets carry. Raises a ValueError if there is no such statement.
    """
    if coverage.empty and not statement_id:
        return Html("No shared statement", "<p><em>no shared statement</em></p>")
    own = coverage[coverage["statement_id"] == (statement_id or coverage["statement_id"].iloc[0])]
    if own.empty:
        some = ", ".join(coverage["statement_id"].drop_duplicates().head(5)) or "none"
        raise ValueError(f"no statement '{statement_id}'; there are: {some}, ...")
    first = own.iloc[0]
    in_order = own.sort_values("status", key=lambda s: s.map(STATUSES.index), kind="stable")
    told = corpus.only({*own["article_ids"].explode()})
    by_quote, by_article = (
        told.table(name).set_index(key)
        for name, key in (("quotes", "quote_id"), ("articles", "article_id"))
    )
    items = "".join(_outlet(row, by_quote, by_article) for row in in_order.itertuples())
    speaker = known(first["speaker"], "speaker unknown")
    counts = own["status"].value_counts()
    words = ", ".join(f"{counts[s]} {s.replace('_', ' ')}" for s in STATUSES if s in counts)
    return Html(
        f"{speaker}: {first['statement']} ({words})",
        f'<div style="max-width:54em"><blockquote>{escape(first["statement"])}</blockquote>'
        f"<p>{escape(speaker)}; {escape(words)}</p><ul>{items}</ul></div>",
    )


def _outlet(row: Any, quotes: pd.DataFrame, articles: pd.DataFrame) -> str:
    """Return what one outlet has of a statement: its quotes, or else the headlines."""
    status = row.status.replace("_", " ")
    share = f", {row.share:.0%} of its words" if row.status not in ("dropped", "unclear") else ""
    share += f", {count(int(row.days_after), 'day')} after the first" if row.days_after > 0 else ""
    published = _published(articles.loc[row.article_ids[0]]) if row.article_ids else ""
    told = "".join(
        f"<br>“{escape(quotes.loc[quote_id, 'content'])}” <em>{escape(_said(quotes.loc[quote_id]))}"
        f"</em> <small>({_cite(quotes.loc[quote_id], articles)})</small>"
        for quote_id in row.quote_ids
        if quote_id in quotes.index
    )
    if not told:
        named = (cite(articles.loc[i], i) for i in row.article_ids if i in articles.index)
        told = "".join(f"<br><small>article: {name}</small>" for name in named)
    return (
        f'<li style="margin-bottom:8px"><strong>{escape(str(row.outlet))}</strong>: {status}'
        f"{share}{escape(published)}{told}</li>"
    )


def _cite(quote: pd.Series, articles: pd.DataFrame) -> str:
    article_id = quote["article_id"]
    return cite(articles.loc[article_id], article_id, quote["content_spans"][0][0])


def _said(quote: pd.Series) -> str:
    parts = [known(quote["speaker"], "speaker unknown"), known(quote["cue"], "no cue")]
    if pd.notna(quote["via"]):
        parts.append(f"via {quote['via']}")
    return ", ".join(parts)


def coverage_matrix(
    coverage: pd.DataFrame, *, rows: int = 15, columns: int = 20, ax: Axes | None = None
) -> Axes:
    """Draw which outlet carried, shortened, took over or dropped each statement.

    ``coverage`` is what ``corpus.coverage()`` returned. At most ``rows`` statements are drawn
    (those that most outlets carry) and ``columns`` outlets (those with most rows). An outlet
    without an article on the story has an empty cell.
    """
    if coverage.empty:
        return nothing("No statement of one speaker is in two articles on one event", ax)
    statements = coverage.drop_duplicates("statement_id")
    drawn, aside = first_rows(statements, rows, "of them")
    outlets = list(ranked(coverage["outlet"].value_counts())[:columns])
    cells = coverage.set_index(["statement_id", "outlet"])["status"].to_dict()
    with style():
        ax = new_axes(0.7 * len(drawn), ax)
        for y, statement in enumerate(drawn["statement_id"]):
            for x, outlet in enumerate(outlets):
                if status := cells.get((statement, outlet)):
                    _cell(ax, x, y, status, len(outlets))
        _label(ax, drawn, outlets)
        lines = [f"statements in two articles or more (n = {len(statements):,}{aside})"]
        if len(outlets) > WORDY:
            lines.append(", ".join(f"{s[0].upper()} {s.replace('_', ' ')}" for s in STATUSES))
        ax.set_xlabel("\n".join(lines))
        title(ax, coverage_finding(coverage))
    return ax


def coverage_finding(coverage: pd.DataFrame) -> str:
    """Return what became of statements, in words."""
    counts = coverage["status"].value_counts()
    told = [f"{counts[s]:,} {s.replace('_', ' ')}" for s in STATUSES if counts.get(s)]
    return f"{count(len(coverage), 'case')}: {', '.join(told)}"


def _cell(ax: Axes, x: int, y: int, status: str, n_outlets: int) -> None:
    colour, ink = LOOKS[status]
    ax.add_patch(Rectangle((x - 0.48, y - 0.18), 0.96, 0.36, color=colour, linewidth=0))
    shown = status.replace("_", " ") if n_outlets <= WORDY else status[0].upper()
    ax.text(x, y, shown, ha="center", va="center", color=ink)


def _label(ax: Axes, statements: pd.DataFrame, outlets: list[str]) -> None:
    """Name the rows and columns of the matrix, and take everything else off the axes."""
    name_rows(ax, [_statement_name(row) for row in statements.itertuples()], above=0.2)
    name_columns(ax, [short(outlet, 24) for outlet in outlets])


def _statement_name(row: Any) -> str:
    speaker = known(row.speaker, "speaker unknown")
    return f"{short(speaker, 40)}:\n{short(row.statement, 46)}"
