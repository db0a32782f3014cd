"""Framing: which frames each unit of an article takes, by which words, and in whose voice.

A sentence that is partly a quotation is coded once for each voice in it. The other voices' words
are blanked out by bars of the same length, so that every span still counts characters of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from sayso.analyze.framing.codebook import Coding
from sayso.analyze.framing.load import load_codebook
from sayso.analyze.units import Unit, read_units
from sayso.tables.columns import frame
from sayso.tables.compared import FramingRow

WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


def frame_units(
    quotes: pd.DataFrame,
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
    codebook: Any = "generic",
) -> pd.DataFrame:
    """Return the frames of every headline, sentence and quote, with evidence and voice.

    ``codebook`` is what :func:`sayso.load_codebook` returns, or its name, file or folder. Articles
    in another language are left out.

    Columns: those of :class:`sayso.tables.compared.FramingRow`, by article, unit and frame.
    Sentences and headlines hold all words of an article once; quotes hold the quoted ones
    again, whole.

    Notes
    -----
    A cue is a hint, not a frame: read the evidence. Words of a quote that was not found as one
    count as the outlet's own.
    """
    if isinstance(codebook, (str, Path)):
        codebook = load_codebook(codebook)
    cut = dict(iter(sentences.groupby("article_id", sort=False)))
    quoted = dict(iter(quotes.groupby("article_id", sort=False)))
    rows: list[FramingRow] = []
    for article in articles.itertuples():
        own = article.article_id
        units = list(read_units(article, cut.get(own), quoted.get(own)))
        codings = codebook.code([unit.text for unit in units])
        for unit, coded in zip(units, codings, strict=True):
            rows += _rows(unit, coded, codebook.threshold)
    return frame(FramingRow, rows)


def _rows(unit: Unit, coded: dict[str, Coding], threshold: float) -> Iterator[FramingRow]:
    words = sum(
        len(WORD.findall(unit.text[a - unit.start : b - unit.start])) for a, b in unit.pieces
    )
    for label, coding in coded.items():
        yield FramingRow(
            unit_id=unit.unit_id,
            article_id=unit.article_id,
            unit=unit.unit,
            frame=label,
            score=round(coding.score, 4),
            present=coding.score >= threshold,
            evidence_spans=tuple((unit.start + a, unit.start + b) for a, b in coding.spans),
            cues=coding.cues,
            voice=unit.voice,
            voice_kind=unit.voice_kind,
            quote_id=unit.quote_id,
            in_lead=unit.in_lead,
            n_words=words,
            start=unit.start,
            end=unit.end,
        )
