"""The first page of a folder of reports: what was read, what went wrong, what was found."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from sayso.analyze.account import LIST
from sayso.analyze.groups import ranked
from sayso.report.pages.page import folded, page, region
from sayso.show.html import count, listed, published_words, short
from sayso.show.table import table

if TYPE_CHECKING:
    from sayso.corpus import Corpus
    from sayso.report.pages.layout import Finding

MOST_NOTES = 200
MOST_ERRORS = 5
LONGEST = 1000  # characters in a cell
BRIEF = 320  # characters of a finding


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


def index_page(
    name: str, corpus: Corpus, results: Sequence[Result], findings: Mapping[str, Finding]
) -> str:
    """Return the page that tells of a corpus and links the reports, each with its first finding."""
    parts = [f"<h1>Reports on {html.escape(name)}</h1>"]
    parts.append(f'<p class="lead">{html.escape(in_one_line(corpus))}</p>')
    wrong = [*went_wrong(corpus), *_failures(results)]
    if wrong:
        items = "".join(f"<li>{words}</li>" for words in wrong)
        parts.append(f"<h2>What went wrong, and how to mend it</h2>\n<ul>{items}</ul>")
    cards = [_card(result, findings.get(result.name)) for result in results]
    parts.append(f'<h2>Findings</h2>\n<ul class="cards">{"".join(filter(None, cards))}</ul>')
    links = f'<a href="articles/index.html">{count(len(corpus), "article")}</a>, each with what was'
    parts.append(f"<h2>Articles</h2>\n<p>{links} found in it and the tables that count it.</p>")
    facts = table(describe(corpus), "The corpus", most=LONGEST).markup()
    parts.append(folded("The corpus", region("The corpus", facts)))
    if len(corpus.notes):
        notes = table(_notes(corpus.notes), "Notes", rows=MOST_NOTES, most=LONGEST).markup()
        title = f"All {count(len(corpus.notes), 'note')} on the reading"
        parts.append(folded(title, region(html.escape(title), notes)))
    return page(f"Reports on {name}", "\n".join(parts))


def in_one_line(corpus: Corpus) -> str:
    """Return what a corpus is in a sentence: articles, outlets, span of dates, quotes."""
    articles = corpus.facts
    outlets = _outlets(articles)
    quotes, dates = _sizes(corpus)
    names = [f"{name} {number:,}" for name, number in outlets.items()]
    told = f"from {count(len(outlets), 'outlet')} ({listed(names)})" if names else "of no outlet"
    span = _span(articles)
    return (
        f"{count(len(articles), 'article')} of {articles['n_words'].sum():,} words {told}, "
        f"published {span or 'at unknown dates'}; {count(quotes, 'quote')}, "
        f"{count(dates, 'time expression')}."
    )


def _sizes(corpus: Corpus) -> list[int]:
    """Return how many quotes and time expressions there are."""
    return [len(corpus.table(name, ["article_id"])) for name in ("quotes", "dates")]


def _outlets(articles: pd.DataFrame) -> pd.Series:
    """Return how many articles each outlet has, the most first, of equal ones by name."""
    outlets = articles["outlet"].value_counts()
    return outlets[ranked(outlets)]


def _span(articles: pd.DataFrame) -> str:
    dated = articles[articles["published"].notna()].sort_values("published", kind="stable")
    return " to ".join(dict.fromkeys(published_words(dated.iloc[i]) for i in (0, -1) if len(dated)))


def went_wrong(corpus: Corpus) -> list[str]:
    """Return as HTML what a reader should mend: files not read, dates and outlets unknown."""
    articles, notes = corpus.facts, corpus.notes
    told = []
    errors = notes[notes["level"] == "error"]
    for note in errors.head(MOST_ERRORS).itertuples():
        where = next((str(x) for x in (note.path, note.article_id) if pd.notna(x)), "")
        told.append(f"<strong>{html.escape(where)}</strong>: {html.escape(note.message)}")
    if len(errors) > MOST_ERRORS:
        told.append(f"{len(errors) - MOST_ERRORS:,} more errors: they are among the notes below.")
    lacks = (("published", "date of publication"), ("outlet", "outlet"))
    for column, what in lacks:
        if missing := int(articles[column].isna().sum()):
            size = f"{missing:,} of {count(len(articles), 'article')} without {what}"
            told.append(html.escape(f"{size}: give it in {LIST}."))
    if warnings := int((notes["level"] == "warning").sum()):
        told.append(f"{count(warnings, 'warning')}, in the notes below.")
    return told


def _failures(results: Sequence[Result]) -> list[str]:
    return [
        f'<div class="failed"><strong>Failed: {html.escape(result.title)}</strong><br>'
        f"{html.escape(result.message)} The notebook as far as it ran: <a href="
        f'"{html.escape(result.file)}">{html.escape(result.file)}</a></div>'
        for result in results
        if result.status == "failed"
    ]


def _card(result: Result, finding: Finding | None) -> str:
    if finding is None:
        return ""
    link = f'<a href="{html.escape(result.file)}">{html.escape(result.title)}</a>'
    asked = f"<small>({html.escape(result.parameters)})</small>" if result.parameters else ""
    words = html.escape(short(finding.words, BRIEF))
    return f"<li><h3>{link}</h3>{asked}<p>{words}</p>{finding.image}</li>"


def describe(corpus: Corpus) -> pd.DataFrame:
    """Return a corpus in a few facts: item, value."""
    articles = corpus.facts
    undated = int(articles["published"].isna().sum())
    outlets = ", ".join(f"{name} ({number:,})" for name, number in _outlets(articles).items())
    span = _span(articles) or "unknown"
    quotes, dates = _sizes(corpus)
    facts = [
        ("articles", f"{len(articles):,}"),
        ("words", f"{articles['n_words'].sum():,}"),
        ("outlets", outlets or "unknown"),
        ("published", span + (f" ({undated:,} of unknown date)" if undated else "")),
        ("quotes", f"{quotes:,}"),
        ("time expressions", f"{dates:,}"),
        ("SHA-256 of ids and texts", corpus.digest),
    ]
    return pd.DataFrame(facts, columns=["item", "value"])


def _notes(notes: pd.DataFrame) -> pd.DataFrame:
    """Return what a reader should know of the reading, the gravest first: level, where, what."""
    gravity = notes["level"].map({"error": 0, "warning": 1, "note": 2})
    notes = notes.iloc[gravity.argsort(kind="stable")]
    where = notes["article_id"].fillna(notes["path"])
    return pd.DataFrame({"level": notes["level"], "where": where, "what": notes["message"]})
