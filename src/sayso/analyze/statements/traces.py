"""Whether an article may say what a statement says, in words that alignment does not find.

That an outlet dropped a statement is claimed only where nothing in its article comes near.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pandas as pd

from sayso.analyze.statements.attribution import same_speaker
from sayso.analyze.statements.wording import WORD
from sayso.lexicon.files import load_toml
from sayso.text.words import stem

SENTENCE = re.compile(r"(?<=[.?!…”\"])\s+|\n+")
IN_COMMON, OF_SENTENCE, OF_QUOTE = 3, 0.33, 0.33
"""A sentence comes near that has so many telling words in common, and so great a share of the
words of the shorter side; a quote of the same speaker, that has such a share."""


def comes_near(statement: Any, text: str, quotes: Iterable[Any]) -> bool:
    """Whether a sentence of an article, or one of its quotes, may say what a quote says."""
    own = _telling(statement.content)
    if any(
        pd.notna(statement.speaker)
        and same_speaker(statement, quote)
        and _share(own, _telling(quote.content)) >= OF_QUOTE
        for quote in quotes
    ):
        return True
    sentences = (_telling(sentence) for sentence in SENTENCE.split(text))
    return any(
        len(own & words) >= IN_COMMON and _share(own, words) >= OF_SENTENCE for words in sentences
    )


def _share(own: frozenset[str], words: frozenset[str]) -> float:
    return len(own & words) / max(min(len(own), len(words)), 1)


@lru_cache(maxsize=1 << 16)
def _telling(text: str) -> frozenset[str]:
    """Return the stems of a text's words that carry meaning."""
    plain = _plain_words()
    words = (word.casefold().replace("’", "'") for word in WORD.findall(text))
    return frozenset(stem(word) for word in words if len(word) > 2 and word not in plain)


@lru_cache(maxsize=1)
def _plain_words() -> frozenset[str]:
    return frozenset(load_toml("function_words.toml")["words"])
