"""Blame ties: which words hold whom responsible for what (Document and quotes -> ties).

The definition follows Liang, Nicol & Zhang 2019: a source holds a target responsible for a
negative event, situation or act. Spans only; who is meant by them is settled in
:mod:`sayso.extract.blames`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.article import Document
from sayso.marks import Span
from sayso.tables import Quote


@dataclass(frozen=True, slots=True)
class Tie:
    """One blame tie as spans of the text.

    ``source`` is null where nobody is named; ``outlet`` then tells whether the article itself
    blames. ``stance`` is assert, deny or report, ``direction`` other or self.
    """

    source: Span | None
    target: Span
    issue: Span | None
    cue: Span
    stance: str
    direction: str = "other"
    outlet: bool = False
    agentless: bool = False
    score: float = 1.0


def find_ties(document: Document, quotes: Sequence[Quote]) -> list[Tie]:
    """Return the blame ties of an article, by the place of their cues."""
    return []
