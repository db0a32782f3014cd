"""Clauses: what stands beside what is said in a stretch that the encoder takes for one content.

The narrator goes on after it, a second verb of the sentence announces words of its own, and whom
an order is given belongs to the order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sayso.extract.document import Document
from sayso.extract.quoting.attribution import CUE, SOURCE, Part
from sayso.extract.quoting.contents import PASSIVE, Found, strip_edges
from sayso.lexicon.cues import cue_lexicon
from sayso.text.spans import Span

# The narrator's own: in a headline, after an order or a wish, after anything.
AS_IN_HEADLINE = re.compile(
    r"(?<!\bwell)(?<!\bsuch)(?<!\bsoon)(?<!\blong)(?<!\bmuch)(?<!\bknown)(?<!\bseen)\s"
    r"(?:as|while|amid)\s(?!an?\s)(?=\w+\s\w)"
)
NARRATED = re.compile(
    r",\s(?:and|but|as|while)\s(?!to\b)(?=[^,]*\b(?:is|are|was|were|ha[sd]|would|will|\w+ed)\b)"
)
CONTRARY = re.compile(r",\s(?:contrary|unlike)\b")
WISH = re.compile(r"(?:not )?to\s\w|(?:[\w’'-]+\s){1,4}of\s\w+ing\b")
WHOM = re.compile(r"\s(?:(?!(?:to|and|but)\b)[\w’'-]+,?\s){1,14}\Z")
THAT = re.compile(r"(?:any|every|some)?(?:one|body)\s(?:[\w’'-]+\s){0,5}?that\s(?=\w)")
TO_DO = re.compile(r"(?:not\s)?to\s\w")
# 'an agreement that he said the islands had been violating'
RELATIVE = re.compile(r"\s(?:that|which|whom?)\s(?P<source>he|she|they|it)\s(?P<cue>\w+)\s(?=\w)")
# ', and its head offered ...', ' and has asked reporters ...'
SECOND = re.compile(
    r",?\s(?:and|but)\s(?P<source>(?:the|an?|its|his|her|their)\s(?:[\w’'-]+\s){1,4})?"
    r"(?P<cue>(?:(?:ha[sd]|have|also|then|later|\w+ly|was|were)\s)*\w+)\s(?P<whom>(?:\w+\s){0,3})\Z"
)
APPOSED = re.compile(
    r",\s(?:an?|the|his|her|its|their)\s(?!more\b)(?:(?!be\b|will\b|would\b)[\w’'-]+\s?){1,6}\Z"
)
SAID_AT_END = re.compile(
    r"(?:\s(?:also|then|later|ha[sd]|have|\w+ly))*\s(\w+)(?:\s(?:later|earlier|today|\w+day))?\Z"
)
# 'If elected, Lee said in Leeds, he would resign.'
FRAGMENT = re.compile(r"(?:If|Once|When|Unless|Until|After|Before|Under|By|In|At)\b(?!.*[,“”\"]).*")
REST = re.compile(r"[^.,“”\"\n]{0,60},\s([^“”\"\n]*?)(?=[.!?](?:\s|\Z))")
GOES_ON = re.compile(
    r"(?:as (?:the|he|she|they|it|his|her)|while|when|after|before|and|but|in|at|on|from|during)\s"
)


def clauses(document: Document, item: Found) -> Iterator[Found]:
    """Yield a quote cut to what is said, and what else its sentence announces."""
    text = document.article.text
    item = _with_rest(text, _without_sayer(text, _with_whom(text, _without_tail(document, item))))
    for number, (start, end) in enumerate(item.spans):
        if item.quoted[number] or item.cue is None:
            continue
        relative = RELATIVE.search(text, start, end)
        if relative and len(text[start : relative.start()].split()) > 2 and _says(relative["cue"]):
            yield stretches(item, 0, number + 1, item.source, item.cue, end=relative.start())
            source, cue = (Part.of(r, relative.span(n)) for r, n in ROLES)
            yield stretches(item, number, len(item.spans), source, cue, start=relative.end())
            return
        second = SECOND.fullmatch(text, item.spans[number - 1][1], start) if number else None
        says = cue_lexicon().knows if second and second["source"] else cue_lexicon().reports
        if second and item.cue.start < second.start() and says(second["cue"]):
            yield stretches(item, 0, number, item.source, item.cue)
            if not PASSIVE.match(second["cue"]):
                source, cue = (
                    Part.of(r, strip_edges(text, *second.span(n), False))
                    if second[n]
                    else item.source
                    for r, n in ROLES
                )
                yield stretches(
                    item, number, len(item.spans), source, cue, start=second.start("whom")
                )
            return
    if item.spans:
        yield item


ROLES = ((SOURCE, "source"), (CUE, "cue"))


def _says(word: str) -> bool:
    return cue_lexicon().reports(word)


def stretches(
    item: Found, first: int, last: int, source: Part | None, cue: Part | None, **edge: int
) -> Found:
    """Return some stretches of a quote as a quote, the first or the last one cut at an edge."""
    spans = list(item.spans[first:last])
    spans[0] = (edge.get("start", spans[0][0]), spans[0][1])
    spans[-1] = (spans[-1][0], edge.get("end", spans[-1][1]))
    quoted = item.quoted[first:last]
    return replace(item, spans=tuple(spans), quoted=quoted, source=source, cue=cue)


def _without_tail(document: Document, item: Found) -> Found:
    """Leave out what the narrator adds: 'as the race turns ugly', ', contrary to claims'."""
    text, layout = document.article.text, document.article.layout
    start, cue = item.spans[0][0], item.cue
    if cue is None or cue.start > start:
        return item
    titled = any(p and p[0] <= start < p[1] for p in (layout.headline, layout.subhead))
    tails = [CONTRARY, *([AS_IN_HEADLINE] if titled else [])]
    tails += [NARRATED] if WISH.match(text, start) else []
    shouted = item.quoted[0] and not re.search(r"\w", text[cue.end : start])
    whole = shouted and text[start].isupper()
    kept: list[tuple[Span, bool]] = []
    for number, ((a, b), quoted) in enumerate(zip(item.spans, item.quoted, strict=True)):
        last = whole and number and not any(item.quoted[number:])
        if last and GOES_ON.match(text, a):
            break
        # A blank before the stretch shows where a clause begins.
        found = [m for m in (t.search(text, a - 1, b) for t in tails) if m and not quoted]
        cut = min((m.start() for m in found), default=b)
        if cut > a:
            kept.append(((a, cut), quoted))
        if found:
            break
    spans, quoted = (tuple(part) for part in zip(*kept, strict=True)) if kept else ((), ())
    return replace(item, spans=spans, quoted=quoted)


def _with_whom(text: str, item: Found) -> Found:
    """Take in whom something is told to do: 'ordered the owner to suspend all trips'."""
    cue = item.cue
    if cue is None or not item.spans or any(item.quoted[:2]) or item.spans[0][0] < cue.end:
        return item
    announced = text[slice(*cue.span)]
    bids = cue_lexicon().act(announced) in ("orders", "asks") or announced.endswith("told")
    first, last = item.spans[0]
    told = bids and first <= cue.end + 1 and THAT.match(text, first, last)
    if told:
        return replace(item, spans=((told.end(), last), *item.spans[1:]))
    for number, (start, end) in enumerate(item.spans[:2]):
        if bids and TO_DO.match(text, start) and WHOM.fullmatch(text, cue.end, start):
            spans = ((cue.end + 1, end), *item.spans[number + 1 :])
            return replace(item, spans=spans, quoted=item.quoted[number:])
    return item


def _with_rest(text: str, item: Found) -> Found:
    """Take in what follows the cue, where only a clause before it was found."""
    if not (item.cue and item.source) or len(item.spans) != 1 or item.quoted[0]:
        return item
    (start, end), after = item.spans[0], max(item.cue.end, item.source.end)
    rest = REST.match(text, after)
    before = item.cue.start > end and text[end] == "," and FRAGMENT.fullmatch(text, start, end)
    if not (before and rest and len(text[end:after].split()) < 12):
        return item
    return replace(item, spans=(*item.spans, rest.span(1)), quoted=(False, False))


def _without_sayer(text: str, item: Found) -> Found:
    """Leave out who says it: '..., his minister, Ana Holm, said', 'No, the head, Lee, said'."""
    if not item.spans or item.quoted[-1] or item.cue is None:
        return item
    (start, end), source = item.spans[-1], item.source
    said = SAID_AT_END.search(text, start, end)
    after = len(item.spans) > 1 and item.quoted[-2] and item.cue.start >= end
    if after and said and _says(said.group(1)) and not _says(text[slice(*item.cue.span)]):
        told = Part.of(SOURCE, (start, said.start())), Part.of(CUE, said.span(1))
        return stretches(item, 0, len(item.spans) - 1, *told)
    apposed = APPOSED.search(text, start, end) if source and text[source.start].isupper() else None
    if apposed and text[end : source.start] == ", ":
        whole = replace(source, start=apposed.start() + 2)
        return stretches(item, 0, len(item.spans), whole, item.cue, end=apposed.start())
    return item
