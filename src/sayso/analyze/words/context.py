"""Words in context: where a user's terms stand, by outlet and voice."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from sayso.analyze.passages import concordance, label_rows
from sayso.analyze.words.keyness import fold, read_terms, stem

PLACE = ["article_id", "where", "start", "end"]


def find_terms(
    quotes: pd.DataFrame,
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
    terms: str | Iterable[str],
    *,
    voice: str = "all",
    width: int = 60,
) -> pd.DataFrame:
    """Return each use of terms in its context (a concordance).

    Forms of a word are found, too: 'withdraw' finds 'withdrawing'. ``voice`` is that of
    :func:`~sayso.analyze.words.keyness.read_terms`, ``width`` the characters to either side.

    Columns: term, article, outlet, voice ('outlet' or who speaks, null if unresolved), before,
    words, after, article_id, where ('text', or 'headline' for one that stands in its column only),
    start, end. By term, then in text order.
    """
    from nltk.text import ConcordanceIndex

    parts = list(read_terms(quotes, sentences, articles, voice=voice, unit="stems"))
    # A blank between stretches, so that no phrase runs from one into the next.
    flat = [(part, term) for part in parts for term in (*part.terms, None)]
    keys = [term.key if term else "" for _, term in flat]
    index = ConcordanceIndex(keys)
    rows = []
    for wanted in [terms] if isinstance(terms, str) else terms:
        phrase = [stem(fold(word)) for word in wanted.split()]
        for at in index.offsets(phrase[0]) if phrase else ():
            if keys[at : at + len(phrase)] == phrase:
                part, first, last = *flat[at], flat[at + len(phrase) - 1][1]
                rows.append(
                    (wanted, part.voice, part.article_id, part.where, first.start, last.end)
                )
    found = pd.DataFrame(rows, columns=["term", "voice", *PLACE])
    found = found.astype({"start": "int64", "end": "int64"})
    labelled = label_rows(found, articles).join(concordance(found, articles, width=width))
    front = ["term", "article", "outlet", "voice", "before", "words", "after"]
    return labelled[[*front, *PLACE]]
