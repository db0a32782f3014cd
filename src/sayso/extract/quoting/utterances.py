"""Utterances: the quotes of an article before it is settled who speaks (Document -> Found)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sayso.extract.document import Document
from sayso.extract.quoting.attribution import CUE, SOURCE, Part, read_attributions
from sayso.extract.quoting.confidence import confidence, of_attribution, of_marks
from sayso.extract.quoting.contents import cut_content, strip_edges
from sayso.extract.quoting.transcripts import Turn, find_turns
from sayso.lexicon.cues import cue_lexicon
from sayso.text.marks import MARK
from sayso.text.spans import Span

# Quoted stretches of fewer words are fragments or titles unless the encoder attributes them.
CLAUSE_WORDS = 5
# Quotes less sure than this are more often wrong than worth having. F1 is flat from .2 to .4: a
# low value keeps recall.
LEAST = 0.22
# How an utterance ends within its marks.
ENDS = re.compile(r"[.,!?…][”\"’']?\s*$")
RELATIVE = {"which", "who", "whose"}


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution brought into the form of the table, its speaker not yet resolved."""

    spans: tuple[Span, ...]
    quoted: tuple[bool, ...]
    cue: Part | None
    source: Part | None
    evidence: tuple[float, ...]
    nested_in: int | None = None
    """Where the content of the quote begins that this one is a part of."""

    @property
    def kind(self) -> str:
        if all(self.quoted):
            return "direct"
        return "mixed" if any(self.quoted) else "indirect"


def find_quotes(document: Document, least: float = LEAST) -> list[Found]:
    """Return the quotes of an article that are at least so sure, their speakers not resolved."""
    text = document.article.text
    turns = find_turns(text, document.paragraphs, document.quotations)
    found, alone = [_from_turn(turn) for turn in turns], []
    for attribution in read_attributions(document.reading):
        spans, quoted = cut_content(text, attribution, document.quotations)
        if not spans:
            continue
        evidence = of_attribution(attribution, quoted)
        item = Found(spans, quoted, attribution.cue, attribution.source, evidence)
        if turn := _turn_of(turns, item):
            if _reported_inside(turn, item):
                found.append(replace(item, nested_in=turn.content[0][0]))
        elif _says_something(text, item):
            (found if item.cue else alone).append(item)
    for item in alone:
        _attach(text, found, item)
    found = [item for item in found if confidence(item.evidence) >= least]
    found += _unattributed(document, [span for item in found for span in item.spans])
    found.sort(key=lambda f: (f.spans[0][0], f.spans[-1][1]))
    return _nest_relatives(text, found)


def _from_turn(turn: Turn) -> Found:
    source, cue = (
        Part(role, 0, 0, start, end, 1.0)
        for role, (start, end) in ((SOURCE, turn.speaker), (CUE, turn.cue))
    )
    return Found(turn.content, (True,) * len(turn.content), cue, source, of_marks("laid out"))


def _turn_of(turns: list[Turn], item: Found) -> Turn | None:
    """Return the turn in which a quote's content begins, the name of its speaker included."""
    at = item.spans[0][0]
    return next((t for t in turns if t.start <= at < t.end), None)


def _reported_inside(turn: Turn, item: Found) -> bool:
    """Whether the speaker of a turn reports a quote: its source and cue are the speaker's words."""
    start = turn.content[0][0]
    return all(p and start <= p.start and p.end <= turn.end for p in (item.source, item.cue))


def _nest_relatives(text: str, found: list[Found]) -> list[Found]:
    """Put a relative clause that has a source of its own into the quote whose end it goes on.

    'The mayor said the dam would stay, which, according to the fishers, breaks the law': the clause
    is part of what the mayor said, and the fishers are reported inside it.
    """
    result: list[Found] = []
    for item in found:
        start, end = item.spans[0]
        outer = result[-1] if result else None
        relative = not item.quoted[0] and text[start:end].casefold() in RELATIVE
        if not relative or len(item.spans) < 2 or not _continues(text, outer, start):
            result.append(item)
        else:
            last = (outer.spans[-1][0], item.spans[-1][1])
            result[-1] = replace(outer, spans=(*outer.spans[:-1], last))
            inner = replace(item, spans=item.spans[1:], quoted=item.quoted[1:])
            result.append(replace(inner, nested_in=outer.spans[0][0]))
    return result


def _continues(text: str, outer: Found | None, start: int) -> bool:
    """Whether a clause at ``start`` goes on the unquoted end of a quote, a comma between."""
    if outer is None or outer.quoted[-1]:
        return False
    return text[outer.spans[-1][1] : start].strip() == ","


def _says_something(text: str, item: Found) -> bool:
    """Whether there is something said: no refusal to speak, no bare pronoun or particle."""
    cue = text[item.cue.start : item.cue.end] if item.cue else ""
    if cue and cue_lexicon().is_refusal(cue):
        return False
    if cue and not (item.source or any(item.quoted) or cue_lexicon().reports(cue)):
        return False  # 'the treaty was signed': nobody is seen to say anything
    words = " ".join(text[a:b] for a, b in item.spans).split()
    return any(item.quoted) or len(words) > 1


def _attach(text: str, found: list[Found], late: Found) -> None:
    """Add a quotation that nobody says to the quote it goes on with, or by itself."""
    start = late.spans[0][0]
    for number, item in enumerate(found):
        end = item.spans[-1][1]
        if end <= start and not MARK.sub("", text[end:start]).strip() and text[start].islower():
            spans, quoted = (*item.spans, *late.spans), (*item.quoted, *late.quoted)
            found[number] = replace(item, spans=spans, quoted=quoted)
            return
    found.append(late)


def _unattributed(document: Document, covered: list[Span]) -> list[Found]:
    """Return the quotations that are utterances of their own and that no quote covers."""
    text, result = document.article.text, []
    for quotation in document.quotations:
        stripped = (strip_edges(text, a, b, True) for a, b in quotation.inner)
        inner = tuple(span for span in stripped if span)
        words = " ".join(text[a:b] for a, b in inner)
        if not quotation.double or len(words.split()) < CLAUSE_WORDS or not ENDS.search(words):
            continue
        if not any(s < inner[-1][1] and e > inner[0][0] for s, e in covered):
            result.append(Found(inner, (True,) * len(inner), None, None, of_marks("alone")))
    return result
