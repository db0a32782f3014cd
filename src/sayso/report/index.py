"""The first page of a folder of reports: what was read, what was made of it, what went wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.corpus import Corpus

import html
from typing import TYPE_CHECKING

import pandas as pd

from sayso.report.page import page
from sayso.show.html import published_words

if TYPE_CHECKING:
    from sayso.corpus import Corpus
    from sayso.report.index import Result

MOST_NOTES = 200


def index_page(name: str, corpus: Corpus, results: Iterable[Result]) -> str:
    """Return the page that links the reports.

    Parameters
    ----------
    name
        What the user calls the corpus.
    corpus
        The articles that the reports are about.
    results
        One a notebook, in reading order.
    """
    parts = [
        f"<h1>Reports on {html.escape(name)}</h1>",
        _reports(list(results)),
        "<h2>The corpus</h2>",
        _table(["", ""], describe(corpus)),
        _notes(corpus.notes),
    ]
    return page(f"Reports on {name}", "\n".join(filter(None, parts)))


def describe(corpus: Corpus) -> list[tuple[str, str]]:
    """Return a corpus in a few facts."""
    articles = corpus.articles
    dated = articles[articles["published"].notna()].sort_values("published", kind="stable")
    span = " to ".join(dict.fromkeys(published_words(dated.iloc[i]) for i in (0, -1) if len(dated)))
    undated = len(articles) - len(dated)
    outlets = articles["outlet"].dropna().value_counts().sort_index()
    outlets = outlets.sort_values(ascending=False, kind="stable")
    listed = [f"{outlet} ({count:,})" for outlet, count in outlets.head(12).items()]
    if len(outlets) > 12:
        listed.append(f"{len(outlets) - 12:,} more")
    return [
        ("articles", f"{len(articles):,}"),
        ("words", f"{articles['n_words'].sum():,}"),
        ("outlets", ", ".join(listed) or "unknown"),
        ("published", (span or "unknown") + (f" ({undated:,} of unknown date)" if undated else "")),
        ("quotes", f"{len(corpus.quotes):,}"),
        ("time expressions", f"{len(corpus.dates):,}"),
        ("SHA-256 of ids and texts", corpus.digest),
    ]


def _reports(results: list[Result]) -> str:
    items = []
    for result in results:
        link = f'<a href="{html.escape(result.file)}">{html.escape(result.title)}</a>'
        if result.status == "failed":
            link = f'<div class="failed">Failed: {link}<br>{html.escape(result.message)}</div>'
        elif result.parameters:
            link += f" <small>({html.escape(result.parameters)})</small>"
        items.append(f"<li>{link}</li>")
    return f"<ol>{''.join(items)}</ol>"


def _notes(notes: pd.DataFrame) -> str:
    """Return what a reader should know of the reading: the gravest first."""
    if not len(notes):
        return ""
    gravity = notes["level"].map({"error": 0, "warning": 1, "note": 2})
    shown = notes.assign(gravity=gravity).sort_values("gravity", kind="stable").head(MOST_NOTES)
    rows = [
        (note.level, note.article_id if pd.notna(note.article_id) else note.path, note.message)
        for note in shown.itertuples()
    ]
    more = len(notes) - len(shown)
    rest = f"<p>{more:,} more are in the notes table.</p>" if more else ""
    return f"<h2>Notes</h2>\n{_table(['level', 'where', 'what'], rows)}{rest}"


def _table(names: list[str], rows: Iterable[tuple]) -> str:
    def cells(values: Iterable, tag: str) -> str:
        texts = ("" if pd.isna(value) else str(value) for value in values)
        return "".join(f"<{tag}>{html.escape(text)}</{tag}>" for text in texts)

    head = f"<thead><tr>{cells(names, 'th')}</tr></thead>" if any(names) else ""
    body = "\n".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows)
    return f"<table>{head}<tbody>{body}</tbody></table>"


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
