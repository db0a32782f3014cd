"""The passages behind rows: from a span back to the sentence or the words around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

import pandas as pd

from sayso.tables.parts import Parts
from sayso.text.spans import Span

WIDTH = 30  # characters of context to either side
FEW = 500
"""The texts of so many articles are read at once, those of more part by part."""


def short_ids(articles: pd.DataFrame) -> pd.Series:
    """Return for each article_id the shortest name that fits no other article: its first part.

    Where the first part (up to '_', '-' or a space) begins other ids too, it is the whole id.
    ``corpus.view`` and ``corpus.article`` take these names.
    """
    ids = articles["article_id"]
    first = ids.str.extract(r"^([^_\-\s]+)", expand=False).fillna(ids)
    alone = ~first.duplicated(keep=False) & ~_begin_others(ids, first)
    return pd.Series(first.where(alone, ids).to_numpy(), index=ids.to_numpy(), dtype="str")


def _begin_others(ids: pd.Series, first: pd.Series) -> pd.Series:
    """Return whether each name begins more than one id."""
    ordered = sorted(ids)
    fitting = [bisect_right(ordered, n + "\uffff") - bisect_left(ordered, n) for n in first]
    return pd.Series(fitting, index=ids.index) > 1


def label_rows(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return rows with two columns in front: ``article`` (its short name) and ``outlet``."""
    outlet = rows["article_id"].map(articles.set_index("article_id")["outlet"]).astype("object")
    front = {
        "article": rows["article_id"].map(short_ids(articles)),
        "outlet": outlet.where(outlet.notna(), "unknown"),
    }
    rest = rows.drop(columns=[name for name in front if name in rows])
    return pd.concat([pd.DataFrame(front, index=rows.index), rest], axis=1)


def place_texts(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.Series:
    """Return the text that the places of each row count characters of.

    That is the article's, or its headline's where the row's column ``where`` says so.
    """
    by_id = articles.set_index("article_id")
    texts = rows["article_id"].map(by_id["text"])
    if "where" in rows:
        beside = rows["where"] == "headline"
        texts = texts.mask(beside, rows["article_id"].map(by_id["headline"]))
    return texts.astype("object")


def concordance(
    rows: pd.DataFrame, articles: pd.DataFrame, *, span: str | None = None, width: int = 40
) -> pd.DataFrame:
    """Return the words of each row's span in their context (see :func:`place_texts`).

    ``span`` is the span column (``start`` and ``end`` if not given), ``width`` the characters to
    either side, cut at spaces.

    Columns: before, words, after (text; empty where the row has no such span). Index: that of
    ``rows``.
    """
    texts = place_texts(rows, articles)
    found = [
        _around(text, place, width) if place else ("", "", "")
        for text, (_, place) in zip(texts, _places(rows, span), strict=True)
    ]
    return pd.DataFrame(found, columns=["before", "words", "after"], index=rows.index, dtype="str")


def sentence_texts(
    rows: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame, *, span: str | None = None
) -> pd.Series:
    """Return the sentence in which each row's span begins, on one line.

    ``sentences`` is that table; the others are those of :func:`concordance`. A row without the span
    has an empty text.
    """
    texts = articles.set_index("article_id")["text"]
    cut = sentence_spans(sentences)
    found = []
    for article_id, place in _places(rows, span):
        start, end = sentence_at(cut.get(article_id, []), place[0]) if place else (0, 0)
        found.append(" ".join(texts[article_id][start:end].split()))
    return pd.Series(found, index=rows.index, dtype="str", name="sentence")


def told(rows: pd.DataFrame, corpus: Parts) -> pd.DataFrame:
    """Return rows with what stands at their places, for those that are shown; their index stays.

    What tells the places goes: the column ``article_id``, and of these what the rows have.
    ``sentence`` is a character, and becomes the sentence that holds it; ``words`` is a span, and
    becomes ``before``, ``words`` and ``after``; ``content`` is a quote_id, and becomes the content.
    Texts of other articles are not read.
    """
    found = [_told(*own) for own in _by_part(rows, corpus)]
    return pd.concat(found).reindex(rows.index)


def passages(rows: pd.DataFrame, corpus: Parts) -> pd.Series:
    """Return the texts from ``start`` to ``end`` of rows, which have their ``article_id``."""
    found = []
    for own, texts, _ in _by_part(rows, corpus):
        text = own["article_id"].map(texts.set_index("article_id")["text"])
        places = zip(text, own["start"], own["end"], strict=True)
        found.append(pd.Series([t[a:b] for t, a, b in places], own.index, dtype="str"))
    return pd.concat(found).reindex(rows.index)


def _by_part(
    rows: pd.DataFrame, corpus: Parts
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame, Parts]]:
    """Yield rows, the articles that they stand in, and a corpus that has these, part by part."""
    ids, left = rows["article_id"].dropna().unique(), rows
    for part in [corpus.only(ids)] if len(ids) <= FEW else corpus.parts():
        texts = part.table("articles", ["article_id", "headline", "text"])
        here = left["article_id"].isin(texts["article_id"])
        if here.any():
            yield left[here], texts, part
            left = left[~here]
    if len(left) or not len(rows):  # what is no article's
        yield left, texts.iloc[:0], corpus.only([])


def _told(rows: pd.DataFrame, texts: pd.DataFrame, corpus: Parts) -> pd.DataFrame:
    """Return rows of the articles that a corpus has, with what stands at their places."""
    shown = rows.drop(columns="article_id")
    if "sentence" in shown:
        cut = corpus.table("sentences", ["article_id", "start", "end"])
        at = rows.assign(start=rows["sentence"], end=rows["sentence"])
        shown["sentence"] = sentence_texts(at, cut, texts)
    if "content" in shown:
        quotes = corpus.table("quotes", ["quote_id", "content"]).set_index("quote_id")
        shown["content"] = rows["content"].map(quotes["content"])
    if "words" in shown:
        at = shown.columns.get_loc("words")
        around = concordance(rows, texts, span="words", width=WIDTH)
        shown = pd.concat([shown.iloc[:, :at], around, shown.iloc[:, at + 1 :]], axis=1)
    return shown


def sentence_spans(sentences: pd.DataFrame) -> dict[str, list[Span]]:
    """Return where the sentences of each article stand, in text order."""
    spans: dict[str, list[Span]] = {}
    places = zip(sentences["article_id"], sentences["start"], sentences["end"], strict=True)
    for article_id, start, end in places:
        spans.setdefault(article_id, []).append((start, end))
    return spans


def sentence_at(cut: list[Span], place: int) -> Span:
    """Return the sentence that holds a character, or the last one before it."""
    index = bisect_right(cut, (place, float("inf"))) - 1
    return cut[index] if index >= 0 else (0, 0)


def _places(rows: pd.DataFrame, span: str | None) -> Iterator[tuple[str, Span | None]]:
    """Return each row's article and span, None where it has no such span."""
    places = rows[span] if span else zip(rows["start"], rows["end"], strict=True)
    for article_id, place in zip(rows["article_id"], places, strict=True):
        given = isinstance(place, (list, tuple)) and len(place) == 2 and pd.notna(place[0])
        yield article_id, (int(place[0]), int(place[1])) if given else None


def _around(text: str, place: Span, width: int) -> tuple[str, str, str]:
    start, end = place
    before = text[max(0, start - width) : start]
    after = text[end : end + width]
    if start > width:
        before = "… " + before.partition(" ")[2]
    if end + width < len(text):
        after = after.rpartition(" ")[0] + " …"
    return tuple(" ".join(part.split()) for part in (before, text[start:end], after))
