"""How a corpus was read: what was found in each article, what was set aside, what was dropped.

Tables about single articles begin with ``article``, its short name, and ``outlet`` ('unknown' where
it is not known).
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from sayso.analyze.groups import outer, ranked, speech
from sayso.analyze.passages import label_rows
from sayso.tables.parts import Parts, gather
from sayso.text.spans import covered

HEAD = ("outlet", "agency", "headline", "subhead", "author", "place")
PARTS = (*HEAD, "published", "language")
SET_ASIDE = ["article_id", "words", "n_words", "share_of_text"]


def checks(corpus: Parts) -> pd.DataFrame:
    """Return what a reader should check first: rows in, rows set aside, rows that lead nowhere.

    Columns: check (text), count, of (integers).
    """
    notes, quoted = corpus.table("notes"), corpus.table("quotes", ["article_id"])
    articles = corpus.table("articles", ["article_id", "language", "sha256", "published"])
    # An error about an article tells of one that was read, but not to the end.
    unread = int((notes["level"].eq("error") & notes["article_id"].isna()).sum())
    flags = {
        "in another language (nothing extracted)": articles["language"].fillna("en") != "en",
        "with the same text as an earlier one": articles["sha256"].duplicated(),
        "without a quote": ~articles["article_id"].isin(quoted["article_id"]),
        "without a publication date": articles["published"].isna(),
    }
    lost = gather(corpus, _astray).sum()
    rows = [
        ("files or rows that could not be read", unread, len(articles) + unread),
        *((f"articles {words}", int(flag.sum()), len(articles)) for words, flag in flags.items()),
        ("quotes whose words are not at their place in the text", lost["quotes"], len(quoted)),
        ("time expressions not at their place", lost["dates"], lost["of"]),
    ]
    return pd.DataFrame(rows, columns=["check", "count", "of"])


def _astray(corpus: Parts) -> pd.DataFrame:
    """Return how many quotes and dates are not at their place, and how many dates there are."""
    articles = corpus.table("articles", ["article_id", "text"])
    quotes = corpus.table("quotes", ["article_id", "content", "content_spans"])
    dates = corpus.table("dates", ["article_id", "surface", "start", "end"])
    spans = [[pair] for pair in zip(dates["start"], dates["end"], strict=True)]
    counts = {
        "quotes": _n_astray(quotes, quotes["content_spans"], quotes["content"], articles),
        "dates": _n_astray(dates, spans, dates["surface"], articles),
        "of": len(dates),
    }
    return pd.DataFrame(counts, index=[0])


def _n_astray(
    rows: pd.DataFrame, spans: Iterable[Iterable], words: pd.Series, articles: pd.DataFrame
) -> int:
    """Return of how many rows the words are not what the text holds at their spans."""
    texts = articles.set_index("article_id")["text"]
    found = (
        " ... ".join(texts[article_id][start:end] for start, end in own)
        for article_id, own in zip(rows["article_id"], spans, strict=True)
    )
    return sum(a != b for a, b in zip(found, words, strict=True))


def noted(notes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return what was noted while reading, and where, if a note is about a passage.

    Columns: article, level, kind, message, article_id, words (a span, for
    :func:`sayso.analyze.passages.told`).
    """
    found = label_rows(notes, articles)[["article", "level", "kind", "message", "article_id"]]
    places = zip(notes["start"], notes["end"], strict=True)
    return found.assign(words=pd.Series(places, notes.index, dtype="object"))


def parts_found(articles: pd.DataFrame) -> pd.DataFrame:
    """Return in how many articles each part was found.

    Columns: part (text), found_in, of (integers). A part that is missing may be missing in the
    text, or may be there and not have been recognised.
    """
    counts = [(name, int(articles[name].notna().sum()), len(articles)) for name in PARTS]
    return pd.DataFrame(counts, columns=["part", "found_in", "of"])


def heads(articles: pd.DataFrame) -> pd.DataFrame:
    """Return what was taken for the head of each article.

    Columns: article, outlet, agency, headline, subhead, author, place.
    """
    return label_rows(articles, articles)[["article", *HEAD]]


def tally(articles: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return how many articles have each value of a column, 'unknown' where they have none.

    Columns: ``column``, n_articles. Most articles first, then by value.
    """
    counts = articles[column].astype("object").fillna("unknown").value_counts()
    return counts[ranked(counts)].rename_axis(column).rename("n_articles").reset_index()


def boilerplate(corpus: Parts) -> pd.DataFrame:
    """Return the lines that were set aside, one row each.

    Columns: article, outlet, words (the line), n_words, share_of_text (of the article's
    characters).
    """
    articles = corpus.table("articles", ["article_id", "outlet"])
    return label_rows(gather(corpus, _set_aside), articles).drop(columns="article_id")


def _set_aside(corpus: Parts) -> pd.DataFrame:
    rows = []
    for row in corpus.table("articles", ["article_id", "boilerplate", "text"]).itertuples():
        for start, end in row.boilerplate:
            words = row.text[start:end].split()
            share = (end - start) / len(row.text)
            rows.append((row.article_id, " ".join(words), len(words), share))
    return pd.DataFrame(rows, columns=SET_ASIDE).astype({"n_words": "int64"})


def dating(articles: pd.DataFrame) -> pd.DataFrame:
    """Return how each article was dated, and where the words stand that settled it.

    Columns: article, outlet, published, published_precision, how, article_id, words (a span, for
    :func:`sayso.analyze.passages.told`).
    """
    names = {"published_how": "how", "published_evidence": "words"}
    found = label_rows(articles, articles).rename(columns=names)
    front = ["article", "outlet", "published", "published_precision"]
    return found[[*front, "how", "article_id", "words"]]


def undated(dates: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the articles of unknown date, with what their texts do tell of time.

    Columns: article, outlet; without_year (the days, months and weekdays that lack a year or
    week, as they stand); latest_full (the latest day that is told in full: null if none).
    """
    missing = label_rows(articles[articles["published"].isna()], articles)
    open_ones = dates[dates["value"].str.startswith("XXXX")].groupby("article_id")["surface"]
    listed = open_ones.agg(lambda words: ", ".join(dict.fromkeys(words)))
    told = dates[dates["anchor"].isna()].groupby("article_id")["latest"].max()
    ids = missing["article_id"]
    found = missing[["article", "outlet"]].assign(
        without_year=listed.reindex(ids).fillna("").to_numpy(),
        latest_full=told.reindex(ids).to_numpy(),
    )
    return found.reset_index(drop=True)


def quoted_shares(corpus: Parts) -> pd.DataFrame:
    """Return how much of each article's characters, boilerplate left out, speech in quotes reports.

    Columns: article, outlet, article_id, n_words, n_quotes (those in no other quote); with_marks
    (in direct and mixed quotes), indirect, quoted (both): shares, 0 to 1.
    """
    articles = corpus.table("articles", ["article_id", "outlet"])
    return label_rows(gather(corpus, _shares), articles)


def _shares(corpus: Parts) -> pd.DataFrame:
    names = ["article_id", "act", "kind", "nested_in", "content_spans"]
    own = outer(speech(corpus.table("quotes", names)))
    by_article, none = dict(list(own.groupby("article_id"))), own.iloc[:0]
    rows = []
    names = ["article_id", "n_words", "boilerplate", "text"]
    for article in corpus.table("articles", names).itertuples():
        found = by_article.get(article.article_id, none)
        body = max(1, len(article.text) - covered(article.boilerplate))
        marked = found["kind"] != "indirect"
        parts = (found[marked], found[~marked], found)
        shares = [covered(part["content_spans"].explode()) / body for part in parts]
        rows.append((article.article_id, article.n_words, len(found), *shares))
    names = ["article_id", "n_words", "n_quotes", "with_marks", "indirect", "quoted"]
    return pd.DataFrame(rows, columns=names)
