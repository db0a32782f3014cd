"""Utterances: the quotes of an article before it is settled who speaks (Document -> Found)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sayso.extract.document import Document
from sayso.extract.quoting.attribution import CUE, SOURCE, Part, read_attributions
from sayso.extract.quoting.confidence import (
    Evidence,
    confidence,
    first,
    of_attribution,
    of_marks,
    of_words,
)
from sayso.extract.quoting.contents import cut_content
from sayso.extract.quoting.transcripts import Turn, find_turns
from sayso.lexicon.cues import cue_lexicon
from sayso.text.spans import Span

# Quoted stretches of fewer words are fragments or titles unless the encoder attributes them.
CLAUSE_WORDS = 5
# What the encoder is less sure of than this (in log odds) is hardly ever a quote.
CANDIDATE = -0.8
# A quote that is less likely right than this is left out: one false against one and a half missed.
LEAST = 0.4
# How an utterance ends within its marks.
ENDS = re.compile(r"[.,!?…][”\"’']?\s*$")


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution brought into the form of the table, its speaker not yet resolved."""

    spans: tuple[Span, ...]
    quoted: tuple[bool, ...]
    cue: Part | None
    source: Part | None
    evidence: Evidence
    nested_in: int | None = None
    """Where the content of the quote begins that this one is a part of."""

    @property
    def kind(self) -> str:
        if all(self.quoted):
            return "direct"
        return "mixed" if any(self.quoted) else "indirect"


def find_quotes(document: Document, least: float = LEAST) -> list[Found]:
    """Return the quotes that are at least so sure, in no order, their speakers not resolved."""
    text = document.article.text
    turns = find_turns(text, document.paragraphs, document.quotations)
    found = [_from_turn(turn) for turn in turns]
    for attribution in read_attributions(document.reading):
        spans, quoted = cut_content(text, attribution, document.quotations)
        if not spans or any(turn.start <= spans[0][0] < turn.end for turn in turns):
            continue
        evidence = of_attribution(attribution, quoted)
        if first(evidence)["first"] >= CANDIDATE:
            item = Found(spans, quoted, attribution.cue, attribution.source, evidence)
            item = with_words(text, item)
            if confidence(item.evidence) >= least and _says_something(text, item):
                found.append(item)
    return found + [
        item
        for item in _unattributed(document, [span for item in found for span in item.spans])
        if confidence(item.evidence) >= least
    ]


def with_words(text: str, item: Found) -> Found:
    """Return a quote with its words among its evidence."""
    cue, source = (part.span if part else None for part in (item.cue, item.source))
    words = of_words(text, item.spans, cue, source, item.nested_in is not None)
    return replace(item, evidence=item.evidence | words)


def _from_turn(turn: Turn) -> Found:
    source, cue = (
        Part(role, 0, 0, start, end, 1.0)
        for role, (start, end) in ((SOURCE, turn.speaker), (CUE, turn.cue))
    )
    return Found(turn.content, (True,) * len(turn.content), cue, source, of_marks("laid out"))


def _says_something(text: str, item: Found) -> bool:
    """Whether there is something said: no refusal to speak, no bare pronoun or particle."""
    cue = text[item.cue.start : item.cue.end] if item.cue else ""
    if cue and cue_lexicon().is_refusal(cue):
        return False
    if cue and not (item.source or any(item.quoted) or cue_lexicon().reports(cue)):
        return False  # 'the treaty was signed': nobody is seen to say anything
    if "source thing" in item.evidence and not any(item.quoted):
        return False  # 'the clock said that it was noon'
    words = " ".join(text[a:b] for a, b in item.spans).split()
    return any(item.quoted) or len(words) > 1


def _unattributed(document: Document, covered: list[Span]) -> list[Found]:
    """Return the quotations that are utterances of their own and that no quote covers."""
    text, result = document.article.text, []
    for quotation in document.quotations:
        inner = tuple((a, b) for a, b in quotation.inner if re.search(r"\w", text[a:b]))
        words = " ".join(text[a:b] for a, b in inner)
        if not quotation.double or len(words.split()) < CLAUSE_WORDS or not ENDS.search(words):
            continue
        if not any(s < inner[-1][1] and e > inner[0][0] for s, e in covered):
            alone = Found(inner, (True,) * len(inner), None, None, of_marks("alone"))
            result.append(with_words(text, alone))
    return result
