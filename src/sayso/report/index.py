"""The first page of a folder of reports: what was read, what was made of it, what went wrong."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from sayso.report.page import page
from sayso.show.html import published_words
from sayso.show.table import table

if TYPE_CHECKING:
    from sayso.corpus import Corpus

MOST_NOTES = 200
LONGEST = 1000  # characters in a cell


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a notebook: ``status`` is 'rendered', 'unchanged' or 'failed'.

    ``file`` is the page, or the failed notebook, in the folder of the reports; ``inputs`` and
    ``stamp`` tell from what it was made.
    """

    name: str
    title: str
    status: str
    file: str
    message: str = ""
    parameters: str = ""
    inputs: str = ""
    stamp: str = ""


def index_page(name: str, corpus: Corpus, results: Iterable[Result]) -> str:
    """Return the page that links the reports, in their order, and tells of their corpus."""
    parts = [
        f"<h1>Reports on {html.escape(name)}</h1>",
        _reports(results),
        "<h2>The corpus</h2>",
        table(describe(corpus), most=LONGEST)._repr_html_(),
    ]
    if len(corpus.notes):
        notes = table(_notes(corpus.notes), rows=MOST_NOTES, most=LONGEST)
        parts += ["<h2>Notes</h2>", notes._repr_html_()]
    return page(f"Reports on {name}", "\n".join(parts))


def describe(corpus: Corpus) -> pd.DataFrame:
    """Return a corpus in a few facts: item, value."""
    articles = corpus.articles
    dated = articles[articles["published"].notna()].sort_values("published", kind="stable")
    span = " to ".join(dict.fromkeys(published_words(dated.iloc[i]) for i in (0, -1) if len(dated)))
    undated = len(articles) - len(dated)
    outlets = articles["outlet"].value_counts().sort_index()
    outlets = outlets.sort_values(ascending=False, kind="stable")
    listed = [f"{outlet} ({count:,})" for outlet, count in outlets.head(12).items()]
    if len(outlets) > 12:
        listed.append(f"{len(outlets) - 12:,} more")
    facts = [
        ("articles", f"{len(articles):,}"),
        ("words", f"{articles['n_words'].sum():,}"),
        ("outlets", ", ".join(listed) or "unknown"),
        ("published", (span or "unknown") + (f" ({undated:,} of unknown date)" if undated else "")),
        ("quotes", f"{len(corpus.quotes):,}"),
        ("time expressions", f"{len(corpus.dates):,}"),
        ("SHA-256 of ids and texts", corpus.digest),
    ]
    return pd.DataFrame(facts, columns=["item", "value"])


def _reports(results: Iterable[Result]) -> str:
    items = []
    for result in results:
        link = f'<a href="{html.escape(result.file)}">{html.escape(result.title)}</a>'
        if result.status == "failed":
            link = f'<div class="failed">Failed: {link}<br>{html.escape(result.message)}</div>'
        elif result.parameters:
            link += f" <small>({html.escape(result.parameters)})</small>"
        items.append(f"<li>{link}</li>")
    return f"<ol>{''.join(items)}</ol>"


def _notes(notes: pd.DataFrame) -> pd.DataFrame:
    """Return what a reader should know of the reading, the gravest first: level, where, what."""
    gravity = notes["level"].map({"error": 0, "warning": 1, "note": 2})
    notes = notes.iloc[gravity.argsort(kind="stable")]
    where = notes["article_id"].fillna(notes["path"])
    return pd.DataFrame({"level": notes["level"], "where": where, "what": notes["message"]})
