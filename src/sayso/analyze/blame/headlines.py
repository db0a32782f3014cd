"""Headlines checked: words that stand between quotation marks there and in no quotation below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

import pandas as pd

from sayso.tables.columns import frame
from sayso.tables.compared import HeadlineQuote
from sayso.text.marks import Quotation, paragraphs, read_marks
from sayso.text.spans import Span

WORD = re.compile(r"\w+(?:['’-]\w+)*")


def check_headlines(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the words that headlines and subheads put between quotation marks.

    A headline that stands only in its column is read, too. Columns: those of
    :class:`sayso.tables.compared.HeadlineQuote`, by article and place.

    Notes
    -----
    Words are compared without regard to case and marks. Titles of works and words used with irony
    stand between quotation marks, too: ``status`` is a reason to look, not a verdict.
    """
    rows = (row for article in articles.itertuples() for row in _check(article))
    return frame(HeadlineQuote, rows)


def readable(checked: pd.DataFrame) -> pd.DataFrame:
    """Return what was found without ids and places: outlet, words, status, share, body."""
    return checked[["outlet", "words", "status", "share", "body"]]


def _check(article: Any) -> Iterator[HeadlineQuote]:
    text = article.text
    heads = [span for part in (article.headline, article.subhead) if (span := _place(text, part))]
    end = max((stop for _, stop in heads), default=0)
    quotations, _ = read_marks(text, paragraphs(text))
    body = [
        (q.start, q.end)
        for q in quotations
        if q.start >= end and not any(a <= q.start < b for a, b in article.boilerplate)
    ]
    if _place(text, article.headline) is None and pd.notna(article.headline):
        above = article.headline
        for quotation in read_marks(above, paragraphs(above))[0]:
            yield from _row(article, quotation, above, body, end)
    for quotation in quotations:
        if any(a <= quotation.start and quotation.end <= b for a, b in heads):
            yield from _row(article, quotation, text, body, end)


def _place(text: str, part: str | None) -> Span | None:
    """Return where a headline stands in the text."""
    if part is None or pd.isna(part):
        return None
    start = text.find(part)
    return (start, start + len(part)) if start >= 0 else None


def _row(
    article: Any, quotation: Quotation, above: str, body: list[Span], end: int
) -> Iterator[HeadlineQuote]:
    """Yield the row of words between marks of ``above``: the text, or a headline beside it."""
    text = article.text
    words = _words(" ".join(above[slice(*span)] for span in quotation.inner))
    if not words:
        return
    shares = [_shared(words, _words(text[slice(*span)])) for span in body]
    share = max(shares, default=0.0)
    nearest = body[shares.index(share)] if share else None
    start, stop = quotation.inner[0][0], quotation.inner[-1][1]
    yield HeadlineQuote(
        article_id=article.article_id,
        outlet=article.outlet,
        words=above[start:stop],
        status=_status(words, share, _words(text[end:])),
        share=round(share, 4),
        body=text[slice(*nearest)] if nearest else None,
        body_span=nearest,
        where="text" if above is text else "headline",
        start=start,
        end=stop,
    )


def _status(words: list[str], share: float, below: list[str]) -> str:
    if share == 1:
        return "quoted"
    if share > 0.5:
        return "quoted in part"
    return "not quoted" if _shared(words, below) == 1 else "absent"


def _words(text: str) -> list[str]:
    return [word.casefold().replace("’", "'").removesuffix("'s") for word in WORD.findall(text)]


def _shared(words: list[str], others: list[str]) -> float:
    """Return the longest run of words that others have as well, as a share."""
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    return matcher.find_longest_match().size / len(words)
