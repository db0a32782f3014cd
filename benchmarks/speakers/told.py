"""Names that articles don't tell: first names that a corpus gives to speakers of its articles.

All articles are read as one corpus. A person's first name is told if a word of the article's text
is alike; of names like 'Sergei' and 'Sergey' each tells the other.
"""

from __future__ import annotations

import re

import pandas as pd
from rapidfuzz import fuzz

from sayso.corpus import Corpus
from sayso.text.names import LIKE, plain


def untold(corpus: Corpus) -> pd.DataFrame:
    """Return the quotes of persons with a first name that their article never tells.

    Returns
    -------
    DataFrame
        Columns article_id, speaker, speaker_mention; in the order of the quotes.
    """
    quotes = corpus.quotes
    people = quotes[quotes["speaker_kind"] == "person"]
    texts = corpus.articles.set_index("article_id")["text"]
    told = {name: set(re.findall(r"\w+", plain(text))) for name, text in texts.items()}
    rows = [
        not _is_told(plain(name).split()[0], told[article])
        for name, article in zip(people["speaker"], people["article_id"], strict=True)
    ]
    return people.loc[rows, ["article_id", "speaker", "speaker_mention"]]


def _is_told(first: str, words: set[str]) -> bool:
    return first in words or any(w[0] == first[0] and fuzz.ratio(first, w) >= LIKE for w in words)
