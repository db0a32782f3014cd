"""Blame ties: which words hold whom responsible for what (Document and quotes -> ties).

The definition follows Liang, Nicol & Zhang 2019: a source holds a target responsible for a
negative event, situation or act. Spans only; who is meant by them is settled in
:mod:`sayso.extract.blames`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sayso.extract.blaming.learned import Tie, decode, look, may_blame
from sayso.extract.blaming.parties import PRONOUNS
from sayso.extract.document import Document
from sayso.extract.people.joint import joint_parts
from sayso.lexicon.files import load_toml
from sayso.tables.extracted import Quote
from sayso.text.spans import Places, Span, in_words

LISTS = load_toml("blame.toml")
NEVER_LAST = frozenset(load_toml("function_words.toml")["words"])
NEGATED = re.compile(
    rf"(?:\b(?:{'|'.join(LISTS['negated']['by'] + LISTS['negated']['silent'])})|n['’]t)"
    rf"\s(?:(?!{'|'.join(LISTS['negated']['but'])})\w+\s)?$",
    re.IGNORECASE,
)
SILENT = re.compile(rf"(?:{'|'.join(LISTS['negated']['silent'])})\b", re.IGNORECASE)
ADMITS = re.compile(rf"\b(?:{'|'.join(LISTS['admits'])})", re.IGNORECASE)
# A cue that only negates, and the rest of a question.
NOT = re.compile(r"(?:\bnot|n['’]t|\bnever)\b(?!\sguilty)", re.IGNORECASE)
ASKED = re.compile(r"[^.!?;:“”\"\n]*\?")
# Unlike words elsewhere these hold marks inside: 'U.S.', 'AT&T', '@mayor'.
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|@?[^\W_]+(?:['’&.\-–][^\W_]+)*")
SURE = 0.2
"""Ties that are less likely right are left out. Of .2, .25 and .3 it finds most, and its F1 on
articles read whole is within .02 of the best."""


def find_ties(document: Document, said: Said) -> list[Tie]:
    """Return the blame ties of an article, by the place of their cues.

    The speakers of its quotes blame in their words.
    """
    ties: list[Tie] = []
    for sentence in document.sentences:
        possible = possible_ties(document, said, sentence)
        for tie in once(tie for tie in possible if tie.confidence >= SURE):
            ties += _apart(document, tie)
    return sorted(ties, key=lambda tie: (tie.cue, tie.target, tie.source or ()))


def possible_ties(document: Document, said: Said, sentence: Span) -> list[Tie]:
    """Return all ties that a sentence may hold, sure of them or not."""
    if not may_blame(document.reading, sentence):
        return []
    text = document.article.text
    ties = (tie for tie in decode(look(document, sentence)) if _is_blame(text, sentence, tie))
    return [_with_voice(said, sentence, _turned(text, tie)) for tie in _whole(text, ties)]


class Said:
    """The words of quotes by their place."""

    def __init__(self, quotes: Iterable[Quote]) -> None:
        self._places = Places((quote.content_spans, quote) for quote in quotes)

    def holding(self, span: Span) -> Quote | None:
        """Return the innermost quote whose words hold a span, or None."""
        near = self._places.near((span[0], span[0]))
        held = [q for q in near if any(a <= span[0] and span[1] <= b for a, b in q.content_spans)]
        return min(held, key=lambda q: q.content_spans[-1][1] - q.content_spans[0][0], default=None)


def _is_blame(text: str, sentence: Span, tie: Tie) -> bool:
    """Whether somebody blames: not in "avoided criticising"; himself only where he admits.

    What denies is negated by its meaning.
    """
    if tie.stance == "deny":
        return SILENT.match(text, *tie.cue) is None
    admits = tie.source != tie.target or ADMITS.search(text, *tie.cue)
    return bool(admits) and NEGATED.search(text, sentence[0], tie.cue[0]) is None


def _turned(text: str, tie: Tie) -> Tie:
    """Return a tie with a question turned round: "Is she not to blame?" denies nothing."""
    asked = tie.stance == "deny" and NOT.search(text, *tie.cue) and ASKED.match(text, tie.cue[1])
    return replace(tie, stance="assert") if asked else tie


def _whole(text: str, ties: Iterable[Tie]) -> Iterator[Tie]:
    """Yield ties whose mentions are whole words and phrases; those that keep a target."""
    for tie in ties:
        target, source = phrase(text, tie.target), tie.source and phrase(text, tie.source)
        if target:
            yield replace(tie, source=source, target=target, cue=in_words(text, tie.cue))


def _apart(document: Document, tie: Tie) -> Iterator[Tie]:
    """Yield a tie for each of those who are named together as source or target."""

    def parts(span: Span) -> list[Span]:
        return joint_parts(document.article.text, span, document.cast, document.lexicon)

    for source in parts(tie.source) if tie.source else [None]:
        own = [source] if source and tie.source == tie.target else parts(tie.target)
        yield from (replace(tie, source=source, target=target) for target in own)


def phrase(text: str, span: Span) -> Span | None:
    """Return a mention as a whole phrase, None if no word is left.

    A pronoun stands alone; else it does not end with a word that needs another ('the ministry of').
    """
    words = list(WORD.finditer(text, *in_words(text, span)))
    while words and (last := words[-1].group().casefold()) in NEVER_LAST:
        if len(words) == 1 and last in PRONOUNS:
            break
        words.pop()
    return (words[0].start(), words[-1].end()) if words else None


def _with_voice(said: Said, sentence: Span, tie: Tie) -> Tie:
    """Return a tie with a voice: where the network names nobody, whose words these are.

    That is the speaker of the quote around it, unless he stands in the same sentence and only
    reports blame; without a quote it is the article itself, unless that only reports.
    """
    if tie.source:
        return tie
    quote, reports = said.holding(tie.cue), tie.stance == "report"
    if quote is None:
        return replace(tie, outlet=not reports)
    speaker = quote.speaker_span
    here = speaker is not None and sentence[0] <= speaker[0] < sentence[1]
    return tie if here and reports else replace(tie, source=speaker)


def once(ties: Iterable[Tie]) -> list[Tie]:
    """Return ties, of those with one blamer and target only the surest."""
    best: dict[tuple[Span | None, Span], Tie] = {}
    for tie in ties:
        known = best.setdefault((tie.source, tie.target), tie)
        if tie.confidence > known.confidence:
            best[tie.source, tie.target] = tie
    return list(best.values())
