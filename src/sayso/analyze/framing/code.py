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
from sayso.analyze.units import Unit, read_tables, read_units
from sayso.tables.columns import frame
from sayso.tables.compared import FramingRow
from sayso.tables.parts import Parts, gather

WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


def frame_units(
    quotes: pd.DataFrame,
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
    codebook: Any = "generic",
) -> pd.DataFrame:
    """Return the frames of every headline, sentence and quote, with evidence and voice.

    ``codebook`` is what :func:`sayso.load_codebook` returns, or its name, file or folder. What is
    left out stands in :func:`left_out`.

    Columns: those of :class:`sayso.tables.compared.FramingRow`, by article, unit and frame.
    Sentences and headlines hold all words of an article once; quotes hold the quoted ones
    again, whole.

    Notes
    -----
    A cue is a hint, not a frame: read the evidence. Words between quotation marks are quoted even
    where no speaker was found; other words of a quote that was not found count as the outlet's own.
    """
    if isinstance(codebook, (str, Path)):
        codebook = load_codebook(codebook)
    cut = dict(iter(sentences.groupby("article_id", sort=False)))
    quoted = dict(iter(quotes.groupby("article_id", sort=False)))
    rows: list[FramingRow] = []
    for article in articles.itertuples():
        own = article.article_id
        read = read_units(article, cut.get(own), quoted.get(own))
        units = [unit for unit in read if not unit.tag]
        codings = codebook.code([unit.text for unit in units])
        for unit, coded in zip(units, codings, strict=True):
            rows += _rows(unit, coded)
    return frame(FramingRow, rows)


def left_out(corpus: Parts) -> pd.DataFrame:
    """Return what :func:`frame_units` does not code, so that no denominator holds it.

    Columns: what ('articles without sentences': in another language, or empty; 'articles without
    a headline'; 'lines of furniture'; 'bylines, datelines'; 'attribution tags': the outlet's words
    in a sentence are no more than 'she told reporters'), n, n_articles.
    """
    each = gather(corpus, lambda part: _left_out(*read_tables(part)))
    return each.groupby("what", sort=False).sum().reset_index()


def _left_out(
    quotes: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    parts = sentences.groupby("part")["article_id"].agg(["size", "nunique"])
    headed = articles["headline"].notna() | articles["article_id"].isin(
        sentences.loc[sentences["part"] == "headline", "article_id"]
    )
    cut = dict(iter(sentences.groupby("article_id", sort=False)))
    quoted = dict(iter(quotes.groupby("article_id", sort=False)))
    tags = [
        sum(unit.tag for unit in read_units(article, cut.get(own), quoted.get(own)))
        for article in articles.itertuples()
        for own in [article.article_id]
    ]
    bare = int((~articles["article_id"].isin(sentences["article_id"])).sum())
    rows = [
        ("articles without sentences", bare, bare),
        ("articles without a headline", *[int((~headed).sum())] * 2),
        ("lines of furniture", *parts.reindex(["boilerplate"]).fillna(0).iloc[0]),
        ("bylines, datelines", *parts.reindex(["head"]).fillna(0).iloc[0]),
        ("attribution tags", sum(tags), sum(map(bool, tags))),
    ]
    return pd.DataFrame(rows, columns=["what", "n", "n_articles"]).astype(
        {"n": int, "n_articles": int}
    )


def _rows(unit: Unit, coded: dict[str, Coding]) -> Iterator[FramingRow]:
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
            present=coding.present,
            evidence_spans=tuple((unit.start + a, unit.start + b) for a, b in coding.spans),
            cues=coding.cues,
            voice=unit.voice,
            voice_kind=unit.voice_kind,
            quote_id=unit.quote_id,
            in_lead=unit.in_lead,
            n_words=words,
            where=unit.where,
            start=unit.start,
            end=unit.end,
        )
