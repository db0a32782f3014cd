"""Words in context: where a user's terms stand, by outlet and voice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from sayso.analyze.passages import concordance, label_rows
from sayso.analyze.words.keyness import fold, read_terms, stem

if TYPE_CHECKING:
    from sayso.corpus import Corpus

CONTEXT_COLUMNS = [
    "term",
    "article",
    "outlet",
    "voice",
    "before",
    "words",
    "after",
    "article_id",
    "start",
    "end",
]


def find_terms(
    corpus: Corpus, terms: str | Iterable[str], *, voice: str = "all", width: int = 60
) -> pd.DataFrame:
    """Return each use of terms in its context (a concordance).

    Parameters
    ----------
    corpus
        The corpus.
    terms
        Words or phrases. Forms of a word are found, too: 'withdraw' finds 'withdrawing'.
    voice
        'outlet' (its own words), 'quoted', or 'all'.
    width
        Characters to either side.

    Returns
    -------
    DataFrame
        Columns: term, article, outlet, voice ('outlet' or who speaks, null if unresolved), before,
        words, after, article_id, start, end. By term, then in text order.
    """
    from nltk.text import ConcordanceIndex

    articles = corpus.articles
    parts = list(read_terms(articles, corpus.quotes, voice=voice, unit="stems"))
    # A blank between stretches, so that no phrase runs from one into the next.
    flat = [(part, term) for part in parts for term in (*part.terms, None)]
    keys = [term.key if term else "" for _, term in flat]
    index = ConcordanceIndex(keys)
    rows = []
    for wanted in [terms] if isinstance(terms, str) else terms:
        phrase = [stem(fold(word)) for word in wanted.split()]
        for at in index.offsets(phrase[0]) if phrase else ():
            if keys[at : at + len(phrase)] == phrase:
                part, last = flat[at][0], flat[at + len(phrase) - 1][1]
                span = (flat[at][1].start, last.end)
                rows.append((wanted, part.article_id, part.voice, *span))
    found = pd.DataFrame(rows, columns=["term", "article_id", "voice", "start", "end"])
    found = found.astype({"start": "int64", "end": "int64"})
    around = concordance(found, articles, width=width)
    return label_rows(found, articles).join(around)[CONTEXT_COLUMNS]
