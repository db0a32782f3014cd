"""Sentences, cut by the Punkt model that is shipped."""

from __future__ import annotations

from sayso.text.spans import Span


def split_sentences(text: str, paras: list[Span]) -> list[Span]:
    """Return the sentences of the given paragraphs as spans."""
    # NLTK takes 100 MB, which who opens a store has no need of.
    from sayso.text.punkt import splitter

    return [
        (base + start, base + end)
        for base, stop in paras
        for start, end in splitter().span_tokenize(text[base:stop])
    ]
