"""Nested quotes: what the words of a quote report in their turn (level 2 of Pareti 2015).

The encoder learnt from annotations of the outermost level only. So the contents of quotes that hold
a reporting word are read once more, each as if it were a text of its own, and what is attributed
there is nested in the quote.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter

from sayso.extract.document import Document
from sayso.extract.quoting.attribution import Attribution, read_attributions
from sayso.extract.quoting.confidence import confidence, of_attribution
from sayso.extract.quoting.contents import PASSIVE, claim, cut_content
from sayso.extract.quoting.utterances import LEAST, Found, with_words
from sayso.lexicon.cues import cue_lexicon
from sayso.text.spans import Places, Span

# Shorter contents have no room for somebody else's words.
FEWEST_WORDS = 6
# 'I think' and 'we believe' within a quote are still its speaker's voice.
SAME_VOICE = {"i", "we", "me", "us", "you", "who", "which", "that", "it", "what"}
CERTAIN = 0.5


def find_nested(document: Document, found: list[Found], least: float = LEAST) -> list[Found]:
    """Return the quotes that are reported within others, given those that were found."""
    text = document.article.text
    owners = {
        span: item for item in found for span in item.spans if _may_report(text[slice(*span)])
    }
    spans = sorted(owners)
    inner = (
        _nested(document, attribution, owners, spans)
        for attribution in read_attributions(document.reread(spans))
    )
    return [item for item in inner if item and confidence(item.evidence) >= least]


def _may_report(content: str) -> bool:
    """Whether a content is long enough and has a word that reports."""
    words = re.findall(r"[\w’']+", content.casefold())
    return len(words) >= FEWEST_WORDS and any(cue_lexicon().base(word) for word in words)


def _nested(
    document: Document, attribution: Attribution, owners: dict[Span, Found], spans: list[Span]
) -> Found | None:
    """Return a reported attribution if it is one, nested in the quote of the span it stands in."""
    text, source, cue = document.article.text, attribution.source, attribution.cue
    if source is None or cue is None:
        return None
    start, end = spans[bisect_right(spans, cue.start, key=itemgetter(0)) - 1]
    outer, parts = owners[start, end], (source, cue, *attribution.contents)
    if not all(start <= p.start and p.end <= end for p in parts):
        return None
    if text[source.start : source.end].casefold() in SAME_VOICE:
        return None
    announced = text[cue.start : cue.end]
    if not cue_lexicon().knows(announced) or PASSIVE.match(announced):
        return None
    near = document.marked.near((start, end))
    marks = [q for q in near if start < q.start and q.end < end]
    (own,) = claim([attribution], marks)
    marked = Places(([(q.start, q.end)], q) for q in marks)
    said = cut_content(text, attribution, marked, own, document.paragraphs)
    if not said:
        return None
    spans, quoted = said[0]
    words = sum(len(text[a:b].split()) for a, b in spans)
    if min(p.probability for p in parts) < CERTAIN or words < 2 or _same(outer, attribution):
        return None
    evidence = of_attribution(attribution, quoted)
    item = Found(spans, quoted, cue, source, evidence, nested_in=outer.spans[0][0])
    return with_words(text, item)


def _same(outer: Found, inner: Attribution) -> bool:
    """Whether the inner quote only says again what the outer one says: the same source or cue."""
    return any(
        p and q and p.start < q.end and q.start < p.end
        for p, q in ((outer.cue, inner.cue), (outer.source, inner.source))
    )
