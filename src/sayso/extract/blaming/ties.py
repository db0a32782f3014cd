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
from sayso.extract.document import Document
from sayso.lexicon.files import load_toml
from sayso.tables.extracted import Quote
from sayso.text.spans import Places, Span, in_words

LISTS = load_toml("blame.toml")
EDGES = {edge: frozenset(words) for edge, words in LISTS["edges"].items()}
NEGATED = re.compile(
    rf"(?:\b(?:{'|'.join(LISTS['negated']['by'])})|n['’]t)"
    rf"\s(?:(?!{'|'.join(LISTS['negated']['but'])})\w+\s)?$",
    re.IGNORECASE,
)
ADMITS = re.compile(rf"\b(?:{'|'.join(LISTS['admits'])})", re.IGNORECASE)
# A cue that only negates, and the rest of a question.
NOT = re.compile(r"(?:\bnot|n['’]t|\bnever)\b(?!\sguilty)", re.IGNORECASE)
ASKED = re.compile(r"[^.!?;:“”\"\n]*\?")
# Unlike words elsewhere these hold marks inside: 'U.S.', 'AT&T', '@mayor'.
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|@?[^\W_]+(?:['’&.\-–][^\W_]+)*")
SURE = 0.3
"""Ties that the network is less sure of are left out: the best of a few levels on articles that
were read whole."""


def find_ties(document: Document, said: Said) -> list[Tie]:
    """Return the blame ties of an article, by the place of their cues.

    The speakers of its quotes blame in their words.
    """
    ties: list[Tie] = []
    for sentence in document.sentences:
        if may_blame(document.reading, sentence):
            ties += _ties_of(document, said, sentence)
    return sorted(ties, key=lambda tie: (tie.cue, tie.target))


class Said:
    """The words of quotes by their place."""

    def __init__(self, quotes: Iterable[Quote]) -> None:
        self._places = Places((quote.content_spans, quote) for quote in quotes)

    def holding(self, span: Span) -> Quote | None:
        """Return the innermost quote whose words hold a span, or None."""
        near = self._places.near((span[0], span[0]))
        held = [q for q in near if any(a <= span[0] and span[1] <= b for a, b in q.content_spans)]
        return min(held, key=lambda q: q.content_spans[-1][1] - q.content_spans[0][0], default=None)


def _ties_of(document: Document, said: Said, sentence: Span) -> list[Tie]:
    found = decode(look(document, sentence))
    text = document.article.text
    ties = _whole(text, (t for t in found if t.score >= SURE and _is_blame(text, sentence, t)))
    return _once(_with_voice(said, sentence, _turned(text, tie)) for tie in ties)


def _is_blame(text: str, sentence: Span, tie: Tie) -> bool:
    """Whether somebody blames: not in "avoided criticising"; himself only where he admits.

    What denies is negated by its meaning.
    """
    if tie.stance == "deny":
        return True
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


def phrase(text: str, span: Span) -> Span | None:
    """Return a mention as a whole phrase, None if no word is left.

    It does not end with a word that needs another ('the ministry of', 'the'), nor begin with one
    that leads to it ('but Lee').
    """
    words = list(WORD.finditer(text, *in_words(text, span)))
    while words and words[-1].group().casefold() in EDGES["never_last"]:
        words.pop()
    while len(words) > 1 and words[0].group().casefold() in EDGES["never_first"]:
        words.pop(0)
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


def _once(ties: Iterable[Tie]) -> list[Tie]:
    """Return ties, of those with one blamer and target only the surest."""
    best: dict[tuple[Span | None, Span], Tie] = {}
    for tie in ties:
        known = best.setdefault((tie.source, tie.target), tie)
        if tie.score > known.score:
            best[tie.source, tie.target] = tie
    return list(best.values())
