"""Punkt, for news: what ends no sentence."""

from __future__ import annotations

import json
import re
from functools import lru_cache

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer, PunktToken

from sayso.paths import read_model

INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
MARKS = "\"'“”‘’«»([{"


class Splitter(PunktSentenceTokenizer):
    """Punkt (Kiss & Strunk 2006) for news: no sentence ends with a title, initials abbreviate.

    Punkt judges by the word that follows an abbreviation. After a title that is a name, and a name
    may be any word; initials ('J.R.') are too rare, each by itself, to be learnt.
    """

    def __init__(self, parameters: PunktParameters, titles: frozenset[str]) -> None:
        super().__init__(parameters)
        self._titles = titles

    def _second_pass_annotation(self, token: PunktToken, following: PunktToken | None):
        word = token.type_no_period.lstrip(MARKS)
        if following and token.period_final and word in self._titles:
            token.sentbreak = False
            return None
        if INITIALS.fullmatch(word):
            token.abbr, token.sentbreak = True, False
        return super()._second_pass_annotation(token, following)


@lru_cache(maxsize=1)
def splitter() -> Splitter:
    """Load what was trained on news (``training/punkt.py``)."""
    stored = json.loads(read_model("punkt.json"))
    parameters = PunktParameters()
    parameters.abbrev_types = set(stored["abbreviations"])
    parameters.collocations = {tuple(pair) for pair in stored["collocations"]}
    parameters.sent_starters = set(stored["sentence_starters"])
    parameters.ortho_context.update(stored["orthography"])
    return Splitter(parameters, frozenset(stored["titles"]))
