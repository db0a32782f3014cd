"""How a corpus was read: what was found in each article, what was set aside, what was dropped."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from sayso.analyze.passages import concordance

if TYPE_CHECKING:
    from sayso.corpus import Corpus

PARTS = ("outlet", "agency", "headline", "subhead", "author", "place", "published", "language")


def checks(corpus: Corpus) -> pd.DataFrame:
    """Return what a reader should check first: rows in, rows set aside, rows that lead nowhere.

    Returns
    -------
    DataFrame
        Columns: check (text), count, of (integers).
    """
    articles, quotes, dates = corpus.articles, corpus.quotes, corpus.dates
    unread = corpus.notes.query("level == 'error'")
    foreign = articles["language"].notna() & (articles["language"] != "en")
    n, seen = len(articles), len(articles) + len(unread)
    rows = [
        ("files or rows that could not be read", len(unread), seen),
        ("articles in another language (nothing extracted)", int(foreign.sum()), n),
        (
            "articles with the same text as an earlier one",
            int(articles.sha256.duplicated().sum()),
            n,
        ),
        ("articles without a quote", int((~articles.article_id.isin(quotes.article_id)).sum()), n),
        ("articles without a publication date", int(articles.published.isna().sum()), n),
        ("quotes whose words are not at their place in the text", _astray(corpus), len(quotes)),
        ("time expressions not at their place", _astray_dates(articles, dates), len(dates)),
    ]
    return pd.DataFrame(rows, columns=["check", "count", "of"])


def _astray(corpus: Corpus) -> int:
    texts = corpus.articles.set_index("article_id")["text"]
    joined = (
        " ... ".join(texts[row.article_id][start:end] for start, end in row.content_spans)
        for row in corpus.quotes.itertuples()
    )
    return sum(a != b for a, b in zip(joined, corpus.quotes["content"], strict=True))


def _astray_dates(articles: pd.DataFrame, dates: pd.DataFrame) -> int:
    texts = articles.set_index("article_id")["text"]
    return sum(
        texts[row.article_id][row.start : row.end] != row.surface for row in dates.itertuples()
    )


def coverage(articles: pd.DataFrame) -> pd.DataFrame:
    """Return in how many articles each part was found.

    Returns
    -------
    DataFrame
        Columns: part (text), found_in, of (integers). A part that is missing may be missing in the
        text, or may be there and not have been recognised.
    """
    counts = [(name, int(articles[name].notna().sum()), len(articles)) for name in PARTS]
    return pd.DataFrame(counts, columns=["part", "found_in", "of"])


def boilerplate(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the lines that were set aside, one row each.

    Returns
    -------
    DataFrame
        Columns: article_id, words (the line), share_of_text (of the article's characters), start,
        end.
    """
    rows = [
        (
            row.article_id,
            " ".join(row.text[start:end].split()),
            (end - start) / len(row.text),
            start,
            end,
        )
        for row in articles.itertuples()
        for start, end in row.boilerplate
    ]
    names = ["article_id", "words", "share_of_text", "start", "end"]
    return pd.DataFrame(rows, columns=names)


def dating(articles: pd.DataFrame, *, width: int = 40) -> pd.DataFrame:
    """Return how each article was dated, with the words that settled it in their context.

    Returns
    -------
    DataFrame
        Columns: article_id, published, published_precision, published_how, before, words, after.
    """
    names = ["article_id", "published", "published_precision", "published_how"]
    context = concordance(articles, articles, span="published_evidence", width=width)
    return pd.concat([articles[names], context], axis=1)


def undated(articles: pd.DataFrame, dates: pd.DataFrame) -> pd.DataFrame:
    """Return the articles of unknown date, with what their texts do tell of time.

    Returns
    -------
    DataFrame
        Columns: article_id; without_year (the days, months and weekdays that lack a year or week,
        as they stand); latest_full (the latest day that is told in full: null if none).
    """
    missing = articles.loc[articles["published"].isna(), ["article_id"]]
    own = dates[dates["article_id"].isin(missing["article_id"])]
    open_ones = own[own["value"].str.startswith("XXXX")]
    told = own[own["anchor"].isna()].groupby("article_id")["latest"].max()
    listed = open_ones.groupby("article_id")["surface"].agg(_distinct)
    ids = missing["article_id"]
    return pd.DataFrame(
        {
            "article_id": ids,
            "without_year": listed.reindex(ids).fillna("").to_numpy(),
            "latest_full": told.reindex(ids).to_numpy(),
        }
    ).reset_index(drop=True)


def quoted_shares(articles: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Return how much of each article's characters, boilerplate left out, quotes report.

    Returns
    -------
    DataFrame
        Columns: article_id, n_words, n_quotes (those in no other quote); direct (in direct and
        mixed quotes), indirect, quoted (both): shares, 0 to 1.
    """
    own = quotes[quotes["nested_in"].isna()]
    by_article = dict(list(own.groupby("article_id")))
    rows = []
    for article in articles.itertuples():
        found = by_article.get(article.article_id, own.iloc[:0])
        body = max(1, len(article.text) - _length(article.boilerplate))
        marked = found["kind"] != "indirect"
        parts = (found[marked], found[~marked], found)
        shares = [_length(itertools.chain.from_iterable(p["content_spans"])) / body for p in parts]
        rows.append((article.article_id, article.n_words, len(found), *shares))
    names = ["article_id", "n_words", "n_quotes", "direct", "indirect", "quoted"]
    return pd.DataFrame(rows, columns=names)


def _length(spans: Iterable[Iterable[int]]) -> int:
    """Return how many characters spans cover; those that overlap count once."""
    covered, last = 0, 0
    for start, end in sorted(tuple(span) for span in spans):
        covered += max(0, end - max(start, last))
        last = max(last, end)
    return covered


def _distinct(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))
