"""Where the sentences of an article stand, and in which of its parts."""

from __future__ import annotations

import re
from bisect import bisect_right

from sayso.article import Article, Layout
from sayso.tables.extracted import Sentence
from sayso.text.marks import paragraphs
from sayso.text.sentences import split_sentences
from sayso.text.spans import Span, gaps

SPOKEN = re.compile(r"[^\W_]")


def sentence_rows(article: Article) -> list[Sentence]:
    """Return the sentences of an article, in text order; together they hold all of its words."""
    return [
        Sentence(
            sentence_id=f"{article.article_id}-t{start}",
            article_id=article.article_id,
            part=part,
            position=position,
            paragraph=paragraph,
            start=start,
            end=end,
        )
        for position, (start, end, part, paragraph) in enumerate(
            cut_sentences(article.text, article.layout)
        )
    ]


def cut_sentences(text: str, layout: Layout) -> list[tuple[int, int, str, int]]:
    """Return the sentences of a text as start, end, part and number of the paragraph.

    Together they hold all of its words. A headline, a line that is set aside and a line of the head
    are one sentence each.
    """
    paras = paragraphs(text)
    starts = [start for start, _ in paras]
    whole = [(layout.headline, "headline")] if layout.headline else []
    whole += [(span, "boilerplate") for span in layout.boilerplate]
    split = [(layout.subhead, "subhead")] if layout.subhead else []
    split += [(span, "body") for span in layout.body]
    if not whole and not split:
        split = [(span, "body") for span in paras]
    cut = [(span, part) for around, part in split for span in split_sentences(text, [around])]
    rest = _uncovered(text, paras, [span for span, _ in (*whole, *split)])
    found = sorted([*whole, *cut, *((span, "head") for span in rest)])
    return [(a, b, part, bisect_right(starts, a) - 1) for (a, b), part in found]


def _uncovered(text: str, paras: list[Span], covered: list[Span]) -> list[Span]:
    """Return the stretches of paragraphs with words that none of some spans cover."""
    free = gaps(covered, 0, len(text))
    found = []
    for start, end in paras:
        at = bisect_right(free, start, key=lambda gap: gap[1])
        while at < len(free) and free[at][0] < end:
            found.append((max(start, free[at][0]), min(end, free[at][1])))
            at += 1
    return [_trimmed(text, *gap) for gap in found if SPOKEN.search(text, *gap)]


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
