"""Sentences, cut by the Punkt model that is shipped."""

from __future__ import annotations

import json
from functools import lru_cache

from sayso.paths import MODEL_FOLDER
from sayso.text.spans import Span


def split_sentences(text: str, paras: list[Span]) -> list[Span]:
    """Return the sentences of the given paragraphs as spans, by the shipped Punkt model."""
    splitter = _punkt()
    return [
        (base + start, base + end)
        for base, stop in paras
        for start, end in splitter.span_tokenize(text[base:stop])
    ]


@lru_cache(maxsize=1)
def _punkt():
    """Load the Punkt parameters (Kiss & Strunk 2006) that were trained for news, from JSON."""

    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    stored = json.loads((MODEL_FOLDER / "punkt.json").read_text(encoding="utf-8"))
    parameters = PunktParameters()
    parameters.abbrev_types = set(stored["abbreviations"])
    parameters.collocations = {tuple(pair) for pair in stored["collocations"]}
    parameters.sent_starters = set(stored["sentence_starters"])
    parameters.ortho_context.update(stored["orthography"])
    return PunktSentenceTokenizer(parameters)
