"""Utterances: the quotes of an article before it is settled who speaks (Document -> Found)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sayso.article import Document
from sayso.cues import cue_lexicon
from sayso.extract.attribution import CUE, SOURCE, Part, read_attributions
from sayso.extract.confidence import of_attribution, of_layout, of_quotation
from sayso.extract.contents import cut_content, tighten
from sayso.extract.transcripts import Turn, find_turns
from sayso.marks import MARK, Quotation, Span

# Quoted stretches of fewer words are fragments or titles unless the encoder attributes them.
CLAUSE_WORDS = 5
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


def find_quotes(document: Document) -> list[Found]:
    """Return the quotes of an article before their speakers are resolved."""
    text = document.article.text
    turns = find_turns(text, document.paragraphs, document.quotations)
    found, alone = [_from_turn(turn) for turn in turns], []
    covered: list[Span] = [span for turn in turns for span in turn.content]
    for attribution in read_attributions(document.reading):
        spans, quoted = cut_content(text, attribution, document.quotations)
        if spans:
            evidence = of_attribution(attribution, quoted)
            item = Found(spans, quoted, attribution.cue, attribution.source, evidence)
            if turn := _turn_of(turns, item):
                if _reported_inside(turn, item):
                    found.append(replace(item, nested_in=turn.content[0][0]))
            elif _says_something(text, item):
                (found if item.cue else alone).append(item)
            covered += spans
    for quotation in document.quotations:
        if _unattributed(text, quotation, covered):
            inner = tighten(text, quotation.inner)
            alone.append(Found(inner, (True,) * len(inner), None, None, of_quotation()))
    for item in alone:
        _attach(text, found, item)
    found = sorted(found, key=lambda f: (f.spans[0][0], f.spans[-1][1]))
    return _nest_relatives(text, found)


def _from_turn(turn: Turn) -> Found:
    source, cue = (
        Part(role, 0, 0, start, end, 1.0)
        for role, (start, end) in ((SOURCE, turn.speaker), (CUE, turn.cue))
    )
    return Found(turn.content, (True,) * len(turn.content), cue, source, of_layout())


def _turn_of(turns: list[Turn], item: Found) -> Turn | None:
    """Return the turn in whose words a quote's content begins."""
    at = item.spans[0][0]
    return next((t for t in turns if any(a <= at < b for a, b in t.content)), None)


def _reported_inside(turn: Turn, item: Found) -> bool:
    """Whether the speaker of a turn reports a quote: its source and cue are the speaker's words."""
    start, end = turn.content[0][0], turn.content[-1][1]
    return all(p and start <= p.start and p.end <= end for p in (item.source, item.cue))


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
    if cue and not (item.source or any(item.quoted) or cue_lexicon().knows(cue)):
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


def _unattributed(text: str, quotation: Quotation, covered: list[Span]) -> bool:
    """Whether a quotation is an utterance of its own that no attribution covers."""
    if not quotation.double or not quotation.inner:
        return False
    inner = " ".join(text[a:b] for a, b in quotation.inner)
    if len(inner.split()) < CLAUSE_WORDS or not re.search(r"[.,!?…][”\"’']?\s*$", inner):
        return False
    a, b = quotation.inner[0][0], quotation.inner[-1][1]
    return not any(s < b and e > a for s, e in covered)
