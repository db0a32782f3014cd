"""Contents: what the encoder marks as said, cut at the quotation marks and made whole.

Marks know better than the encoder where quoted words begin and end, and a quotation is said by one
speaker. Where nothing is quoted the encoder may stop in the middle of a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import itemgetter

from sayso.extract.quoting.attribution import Attribution, Part
from sayso.extract.quoting.confidence import Evidence
from sayso.lexicon.cues import cue_lexicon
from sayso.text.marks import Quotation
from sayso.text.spans import Places, Span, gaps, in_words, overlap

# 'with a picture and the words “Party of four.”'
IN_WORDS = re.compile(r"\b(?:words?|reading|saying|captioned?|slogan|message)\Z")
# Quoted stretches of fewer words are fragments or titles unless the encoder attributes them.
CLAUSE_WORDS = 5
PASSIVE = re.compile(
    r"(?:(?:has|have|had|will|would|could|may) )?(?:be|been|being|is|are|was|were)\b"
)
LETTER = re.compile(r"\w")
EDGE = " \t\r\n\u00a0.,;:–—-“”\"‘’'«»„()[]"
# A full stop that does not end a sentence: 'the U.S.', 'Lowmere Inc., which', 'Roe v. Wade'.
ABBREVIATED = re.compile(r"\b\w\.\w\.\Z")
ABBREVIATES = re.compile(r"\.(?=,|\)|\s+[a-z])")
# What one statement may be interrupted by without being two.
SEAM = re.compile(r"[ \t,\u00a0]*(?:that )?")
# The narrator's own: 'But', 'However,' before what is said.
LINK = re.compile(r"(?:And|But|Yet)\b,?|(?:However|Still|Meanwhile|In addition),")

Content = tuple[tuple[Span, ...], tuple[bool, ...]]
"""What one statement consists of: stretches of the text, and which of them are quoted."""


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution brought into the form of the table, its speaker not yet resolved."""

    spans: tuple[Span, ...]
    quoted: tuple[bool, ...]
    cue: Part | None
    source: Part | None
    evidence: Evidence
    spoken_by: Span | None = None
    """Where the one is named who is only labelled at the source ('HOLM:', 'A:')."""
    nested_in: int | None = None
    """Where the content of the quote begins that this one is a part of."""

    @property
    def kind(self) -> str:
        if all(self.quoted):
            return "direct"
        return "mixed" if any(self.quoted) else "indirect"


def claim(attributions: list[Attribution], quotations: list[Quotation]) -> list[set[Span]]:
    """Return for each attribution the quoted paragraphs that are its own.

    Each goes to the attribution that holds most of it. What none holds goes on with what the same
    quotation says before it, or else after it.
    """
    claims: list[set[Span]] = [set() for _ in attributions]
    said = Places(([part.span for part in a.contents], n) for n, a in enumerate(attributions))
    for quotation in quotations:
        held = [_holder(span, attributions, said.near(span)) for span in quotation.inner]
        last = next((holder for holder in held if holder is not None), None)
        for span, holder in zip(quotation.inner, held, strict=True):
            last = last if quotation.closed and holder is None else holder
            if last is not None:
                claims[last].add(span)
    return claims


def _holder(span: Span, attributions: list[Attribution], near: list[int]) -> int | None:
    """Return the number of the attribution that holds most of a span, of those ``near`` it."""
    shares = {n: sum(overlap(span, p.span) for p in attributions[n].contents) for n in near}
    return max(shares, key=lambda n: shares[n]) if any(shares.values()) else None


def cut_content(
    text: str,
    attribution: Attribution,
    marked: Places[Quotation],
    own: set[Span],
    paras: list[Span],
) -> list[Content]:
    """Return what an attribution says, without quotation marks: one statement, or several.

    The first is the one that the cue belongs to. Quotations of other paragraphs, which are closed
    before or opened after it, are statements of their own by the same source.
    """
    first = min([part.start for part in attribution.contents] + [a for a, _ in own])
    last = max([part.end for part in attribution.contents] + [b for _, b in own])
    near = marked.near((first, last))
    quotations = [q for q in near if q.start < last and first < q.end]
    pieces = {(a, b, True) for a, b in own}
    quoted_spans = [(quotation.start, quotation.end) for quotation in quotations]
    for part in attribution.contents:
        pieces |= {(a, b, False) for a, b in gaps(quoted_spans, part.start, part.end)}
    kept: list[tuple[Span, bool]] = []
    for start, end, quoted in sorted(piece for piece in pieces if piece[0] < piece[1]):
        span = strip_edges(text, start, end, quoted)
        that = not quoted and text[slice(*span or (0, 0))].casefold() == "that"
        if span and not that and not (kept and span[0] < kept[-1][0][1]):
            kept.append((span, quoted))
    kept = _without_narration(text, kept, attribution.cue)
    statements = _by_statement(text, kept, attribution.cue, quotations, paras)
    whole = (_whole(text, pieces) for pieces in statements)
    return [content for content in whole if content[0]]


def _without_narration(
    text: str, kept: list[tuple[Span, bool]], cue: Part | None
) -> list[tuple[Span, bool]]:
    """Leave out what is the narrator's: what announces a quotation, and what follows it.

    '..., asking: “When?”', '“At noon,” she said, and left.'
    """
    result = []
    for number, (span, quoted) in enumerate(kept):
        before, after = kept[:number], kept[number + 1 : number + 2]
        touching = any(q and len(text[s[1] : span[0]].strip(EDGE)) == 0 for s, q in before[-1:])
        leads = any(q for _, q in after) and len(text[span[1] : after[0][0][0]]) < 5
        if not quoted and leads and IN_WORDS.search(text, *span):
            continue
        announced = leads and re.search(r"[,:]", text[span[1] : after[0][0][0]])
        verb = re.search(r"(?<!be )(?<!been )(?<!was )(?<!were )\b\w+\Z", text[slice(*span)])
        if (
            not quoted
            and (announced or (touching and leads))
            and verb
            and cue_lexicon().reports(verb.group())
        ):
            continue
        told = cue and before and before[0][1] and before[0][0][1] <= cue.start < span[0]
        clause = re.search(r"\bthat\s\Z", text[max(0, span[0] - 6) : span[0]])
        told = told and not clause and "\n" not in text[before[0][0][1] : span[0]]
        if not quoted and told and not (touching or leads):
            continue
        result.append((span, quoted))
    return result


def _parts(quotation: Quotation, spans: list[Span]) -> list[Span]:
    """Return which of some spans, in order, are a quotation's own."""
    first, after = (bisect_left(spans, (at,)) for at in (quotation.start, quotation.end))
    own = quotation.inner
    return [s for s in spans[first:after] if bisect_left(own, s) < bisect_right(own, s)]


def _by_statement(
    text: str,
    kept: list[tuple[Span, bool]],
    cue: Part | None,
    quotations: list[Quotation],
    paras: list[Span],
) -> list[list[tuple[Span, bool]]]:
    """Divide stretches into statements: what stands in one paragraph or one quotation.

    A quotation that begins the next paragraph goes on with what was quoted before it.
    """

    def paragraph(at: int) -> int:
        return bisect_right(paras, at, key=itemgetter(0))

    own = [span for span, quoted in kept if quoted]
    inside = [_parts(quotation, own) for quotation in quotations]
    heads = {span: spans[0][0] for spans in inside for span in spans}
    groups: dict[int, list[tuple[Span, bool]]] = {}
    last, reached = 0, 0
    for span, quoted in kept:
        place = paragraph(heads.get(span, span[0]) if quoted else span[0])
        begins = quoted and not LETTER.search(text, paras[place - 1][0], span[0])
        if not (begins and last and place == reached + 1 and groups[last][-1][1]):
            last = place
        reached = paragraph(span[0])
        groups.setdefault(last, []).append((span, quoted))
    if len(groups) < 2:
        return list(groups.values())
    home = paragraph(cue.start) if cue else min(groups)
    first = min(groups, key=lambda place: (abs(place - home), place))
    main, others = groups.pop(first), []
    for group in groups.values():
        marked = [(span, quoted) for span, quoted in group if quoted]
        said = " ".join(text[slice(*span)] for span, _ in marked).split()
        if len(said) >= CLAUSE_WORDS:
            others.append(marked)
        else:
            main += marked
    return [sorted(main), *others]


def _whole(text: str, pieces: list[tuple[Span, bool]]) -> Content:
    """Join what only blanks divide, and cut no word in two."""
    whole: list[tuple[Span, bool]] = []
    for (start, end), quoted in pieces:
        if not quoted:
            start, end = _to_words(text, start, end)
            if start == end:
                continue
        seam = whole and text[whole[-1][0][1] : start]
        if whole and not quoted and not whole[-1][1] and SEAM.fullmatch(seam):
            whole[-1] = ((whole[-1][0][0], end), False)
        elif not (whole and start < whole[-1][0][1]):
            whole.append(((start, end), quoted))
    return tuple(span for span, _ in whole), tuple(quoted for _, quoted in whole)


def _to_words(text: str, start: int, end: int) -> Span:
    """Return a span that cuts no word and no number in two, without the narrator's 'But'."""
    start, _ = in_words(text, (start, end))
    link = LINK.match(text, start, end)
    if link and re.search(r"(?:\A|[.!?”\"\n])\s*\Z", text[max(0, start - 3) : start]):
        start, _ = strip_edges(text, link.end(), end, False) or (end, end)
    return start, re.compile(r"\w*(?:(?<=\d)[.,:]\d+)*").match(text, end).end()


def strip_edges(text: str, start: int, end: int, quoted: bool) -> Span | None:
    """Cut blanks off quoted words, and marks and punctuation too off unquoted ones.

    A bracket that is opened within stays, and so does the full stop of an abbreviation.
    """
    edge = " \t\r\n\u00a0" if quoted else EDGE
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge and not _belongs(text, start, end):
        end -= 1
    if not quoted and (that := re.match(r"that\s+(?=\w)", text[start:end])):
        start += that.end()
    return (start, end) if LETTER.search(text, start, end) else None


def _belongs(text: str, start: int, end: int) -> bool:
    """Whether the last character is a word's own full stop, or closes a bracket of the span."""
    if text[end - 1] in ")]":
        opening = "(" if text[end - 1] == ")" else "["
        return text.count(opening, start, end) >= text.count(text[end - 1], start, end)
    return bool(ABBREVIATED.search(text, start, end) or ABBREVIATES.match(text, end - 1))
