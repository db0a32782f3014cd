"""Headlines checked: words that stand between quotation marks there and in no quotation below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

import pandas as pd

from sayso.tables.columns import frame
from sayso.tables.compared import HeadlineQuote
from sayso.text.marks import MARK, Quotation, paragraphs, read_marks
from sayso.text.spans import Span

WORD = re.compile(r"\w+(?:['’-]\w+)*")
FIRST = 12
"""A headline stands in the text if it is among so many first paragraphs of it."""
PARTS = ("headline", "subhead")
COLUMNS = ("article_id", "outlet", *PARTS, "boilerplate", "text")
"""What is needed of articles."""


def check_headlines(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the words that headlines and subheads put between quotation marks.

    A headline that stands beside the text, in a column of its own, is checked, too.

    Columns: those of :class:`sayso.tables.compared.HeadlineQuote`, by article and place.

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
    heads = {part: getattr(article, part) for part in PARTS}
    heads = {part: words for part, words in heads.items() if pd.notna(words)}
    if not any(MARK.search(words) for words in heads.values()):
        return
    text, paras = article.text, paragraphs(article.text)
    quotations, _ = read_marks(text, paras)
    places = {part: _place(text, words, paras[:FIRST]) for part, words in heads.items()}
    end = max((place[1] for place in places.values() if place), default=0)
    body = [
        (q.start, q.end)
        for q in quotations
        if q.start >= end and not any(a <= q.start < b for a, b in article.boilerplate)
    ]
    for part, words in heads.items():
        place = places[part]
        if place is None:
            alone, _ = read_marks(words, paragraphs(words))
            yield from (row for q in alone if (row := _row(article, (words, q, part), body, end)))
            continue
        inside = [q for q in quotations if place[0] <= q.start and q.end <= place[1]]
        yield from (row for q in inside if (row := _row(article, (text, q, "text"), body, end)))


def _place(text: str, part: str, paras: list[Span]) -> Span | None:
    """Return where a headline stands in the first paragraphs; its marks and spaces may differ."""
    start = text.find(part)
    if any(start == first for first, _ in paras):
        return start, start + len(part)
    words = _words(part)
    return next((span for span in paras if words and _words(text[slice(*span)]) == words), None)


def _row(
    article: Any, found: tuple[str, Quotation, str], body: list[Span], end: int
) -> HeadlineQuote | None:
    """Return what was found of a quotation (in a text, which is a part); None if it is empty."""
    source, quotation, part = found
    words = _words(" ".join(source[slice(*span)] for span in quotation.inner))
    if not words:
        return None
    text = article.text
    shares = [_shared(words, _words(text[slice(*span)])) for span in body]
    share = max(shares, default=0.0)
    nearest = body[shares.index(share)] if share else None
    start, stop = quotation.inner[0][0], quotation.inner[-1][1]
    return HeadlineQuote(
        article_id=article.article_id,
        outlet=article.outlet,
        words=source[start:stop],
        status=_status(words, share, _words(text[end:])),
        share=round(share, 4),
        body=text[slice(*nearest)] if nearest else None,
        body_span=nearest,
        where=part,
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
