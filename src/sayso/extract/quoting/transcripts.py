"""Quotes that are told by the layout, not by a reporting verb.

In a transcript each turn begins with who speaks ('MAYOR: We will rebuild.', 'Ann Lee (Leeds): I
will.'); a testimonial, a pull-quote or an embedded post ends with a dash and a name ('“We will
rebuild.” — Ann Lee'); a headline names its source before a colon or behind a dash.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sayso.lexicon.cues import cue_lexicon
from sayso.text.marks import MARK, Quotation
from sayso.text.spans import Span

_UPPER = "A-ZÀ-ÖØ-ÞŁŚŠŽČ"
_NAME = rf"(?:(?:[{_UPPER}][\w.’'-]*|of|the|de|van|von|bin|al)\s){{0,4}}[{_UPPER}][\w.’'-]*"
_CAPITALS = re.compile(rf"[{_UPPER}][{_UPPER}.’' -]+$")
# A name, perhaps with its place or party: 'Ann Lee (North School, Leeds):', 'SEN. LEE, D-OHIO:'.
_TURN = re.compile(
    rf"(?:{MARK.pattern}|>)*+\s*(?P<who>{_NAME})(?P<about>\s\([^()\n]{{1,80}}\)|,\s[^:.;“”\"\n]{{1,60}})?"
    r"\s?(?P<cue>:)\s*+(?=\S)"
)
_LETTER = re.compile(r"(?P<who>[QA]|Question|Answer)(?P<cue>[:.])\s+(?=\S)(?P<about>)?")
ASKS, ANSWERS = ("q", "question"), ("a", "answer")
_SIGNED = re.compile(
    rf"\s*(?P<cue>[-–—―]{{1,2}})\s*(?P<who>{_NAME})(?:\s\([^()\n]*\))?(?:,[^.“”\"]{{0,80}})?\s*$"
)
_POSTED = re.compile(
    r"\s*(?P<cue>[-–—―]{1,2})\s*(?P<who>[^\n@—―]{2,50}?)\s\(@\w+\)(?:,?\s\w+\.?\s\d+,?\s\d{4})?\s*$"
)
_LINKS = re.compile(r"(?:\s*(?:https?://\S+|pic\.twitter\.com/\S+|t\.co/\S+))+\s*\Z")
_HEAD_SOURCE = re.compile(rf"(?P<who>{_NAME})(?P<cue>:)\s+(?=\S)")
_TAIL_SOURCE = re.compile(rf"\s(?P<cue>[-–—―])\s(?P<who>{_NAME})\Z")
# 'Quay chaos: Norway sends guards and warns surrender is the only way out'
_SECOND_VERB = re.compile(
    rf"(?:[^:“”\"\n]{{1,60}}:\s)?(?P<who>{_NAME})\s[a-z][^:;,“”\"\n]*\sand\s(?P<cue>[a-z]+s)"
    r"\s(?:that\s)?(?P<said>[^“”\"‘’'\n]+)\Z"
)
_AFTER_QUOTED = re.compile(rf"\s?(?P<cue>[:,]|\s[-–—―])\s+(?P<who>{_NAME}?)(?=\s[a-z]|\s*\Z)")
# Whoever talks says 'I', 'we' or 'you', or asks.
_VOICE = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|me|us)\b|\?")
# Who is asked in a street poll, above what they say: 'Ann Lee (71), baker', 'Ann Lee, 43, Leeds'.
_ASKED = re.compile(
    rf"(?P<who>{_NAME}(?:,? and {_NAME})*)(?=[ (,])(?:\s\([^()\n]{{1,40}}\)|,\s\d\d)?"
    r"(?:,\s[^.!?:“”\"\n]{2,60})?\Z"
)
_FIRST = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us)\b")
_TOLD = re.compile(r"[,?!][”\"’]\s((?:\w+\s?){1,4})")
_FINITE = re.compile(r"\b(?:is|are|was|were|will|would|can|could|must|should|has|have|do|does)\b")
# Fewer paragraphs that begin with a name are no transcript.
FEWEST_TURNS = 3
# A headline's words are a statement if there are so many.
FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's turn: the spans of the name, of the mark that is its cue, and of the words.

    ``within`` is what it takes up of the text: nobody else speaks there. ``quoted`` says whether
    the words are the speaker's own.
    """

    speaker: Span
    cue: Span | None
    content: tuple[Span, ...]
    within: Span
    quoted: bool = True


def find_turns(
    text: str,
    paras: list[Span],
    quotations: list[Quotation],
    headline: Span | None = None,
    sources: frozenset[str] = frozenset(),
) -> list[Turn]:
    """Return the turns of transcripts and what is signed or stands in a headline, in text order.

    ``sources`` are the last words, in small letters, of those whom the article cites elsewhere: a
    headline is told to quote these only.
    """
    spoken = _spoken(text, [para for para in paras if para != headline])
    signed = _signed(text, paras, quotations)
    titled = _headlined(text, headline, quotations, sources) if headline else []
    asked = _asked(text, paras, quotations) if not spoken else []
    return sorted([*spoken, *signed, *titled, *asked], key=lambda t: t.content)


def name_key(name: str) -> str:
    """Return the last word of a name in small letters: labels call a person now so, now so."""
    return name.split()[-1].strip(".’'").casefold()


def _spoken(text: str, paras: list[Span]) -> list[Turn]:
    """Return the turns of a transcript, each with the paragraphs in which it goes on."""
    heads = [(number, _LETTER.match(text, *para)) for number, para in enumerate(paras)]
    heads = [(number, head) for number, head in heads if head]
    keys = {head["who"][0] for _, head in heads}
    if not (len(heads) >= FEWEST_TURNS and keys == {"Q", "A"}):
        heads = [(number, _TURN.match(text, *para)) for number, para in enumerate(paras)]
        heads = _talk(text, [(number, head) for number, head in heads if head], paras)
    turns = []
    for (number, head), (following, _) in pairwise([*heads, (len(paras), None)]):
        last = following == len(paras)
        own = [(head.end(), paras[number][1])]
        own += _going_on(text, paras[number + 1 : following], last)
        content = tuple(span for span in (_inside(text, *para) for para in own) if span)
        if content and head["who"].casefold() not in ASKS:
            within = (paras[number][0], own[-1][1])
            turns.append(Turn(head.span("who"), head.span("cue"), content, within))
    return turns


def _talk(
    text: str, heads: list[tuple[int, re.Match]], paras: list[Span]
) -> list[tuple[int, re.Match]]:
    """Return the beginnings of turns if they are: some in capitals, else those of a conversation.

    Names in ordinary letters also begin the items of lists, so they must come again and again, or
    be told apart by their places, and talk like people.
    """
    capitals = [(n, head) for n, head in heads if _CAPITALS.match(head["who"])]
    names = [name_key(head["who"]) for _, head in capitals]
    voices = [bool(_VOICE.search(text, head.end(), paras[n][1])) for n, head in capitals]
    if any(voices) and len(set(names)) > 1:
        before = text[: capitals[0][1].start()].casefold()
        known = all(name in before for name in names)
        if known or (len(names) >= FEWEST_TURNS and len(set(names)) < len(names)):
            return capitals
    names = Counter(name_key(head["who"]) for _, head in heads)
    if len(heads) < FEWEST_TURNS or len(names) < 2:
        return []
    talking = sum(bool(_VOICE.search(text, head.end(), paras[n][1])) for n, head in heads)
    placed = sum(bool(head["about"]) for _, head in heads) >= 2
    again = len(names) <= len(heads) / 2
    speaks = talking >= len(heads) / 2 and (placed or max(names.values()) > 1)
    return heads if again or speaks else []


def _asked(text: str, paras: list[Span], quotations: list[Quotation]) -> list[Turn]:
    """Return what stands under the names of those who are asked, if they are several.

    That is a paragraph in the first person, or quotations that fill sentences of one.
    """
    heads = [(at, _ASKED.match(text, *para)) for at, para in enumerate(paras[:-1])]
    heads = [(at, head) for at, head in heads if head and head.end() > head.end("who")]
    turns = []
    for at, head in heads:
        start, end = paras[at + 1]
        own = [q for q in quotations if start <= q.start < end and q.closed and q.inner]
        whole = ((start, end),) if not own and _FIRST.search(text, start, end) else ()
        alone = (q.inner for q in own if _fills_sentences(text, q, (start, end)))
        for content in [c for c in (whole, *alone) if c]:
            within = (content[0][0], content[-1][1])
            turns.append(Turn(head.span("who"), None, content, within))
    return turns if len({turn.speaker for turn in turns}) > 1 else []


def _fills_sentences(text: str, quotation: Quotation, para: Span) -> bool:
    """Whether a quotation begins with a sentence of its paragraph and ends with one."""
    before, after = text[para[0] : quotation.start].rstrip(), text[quotation.end : para[1]].strip()
    ends = text[quotation.inner[-1][1] - 1] in ".!?…"
    return ends and (not before or before[-1] in ".!?…") and (not after or after[0].isupper())


def _going_on(text: str, paras: list[Span], last: bool) -> list[Span]:
    """Return the paragraphs in which a turn goes on: sentences, no question, no narration."""
    found = []
    for start, end in paras:
        words = text[start:end]
        ends = re.search(r"[.!…][”\"’')]*\Z", words)
        if not ends or _tells(words) or (last and not _VOICE.search(words)):
            break
        found.append((start, end))
    return found


def _tells(words: str) -> bool:
    """Whether words of a narrator announce somebody's: '"It is over," he told me.'"""
    return any(
        cue_lexicon().reports(word)
        for told in _TOLD.finditer(words)
        for word in told.group(1).split()
    )


def _inside(text: str, start: int, end: int) -> Span | None:
    """Return a span without blanks and without quotation marks that enclose nothing of it."""
    if text[start] in "“" and "”" not in text[start:end]:
        start += 1
    end = start + len(text[start:end].rstrip())
    if text[start:end].endswith(("”", '"')) and len(re.findall(r"[“”\"]", text[start:end])) % 2:
        end -= 1
    return (start, end) if end > start else None


def _signed(text: str, paras: list[Span], quotations: list[Quotation]) -> list[Turn]:
    """Return what a dash and a name sign, in the same paragraph or the next.

    That is a quotation that fills its paragraph, or a post, which has its account behind the name.
    """
    turns = []
    for (start, end), following in pairwise([*paras, (len(text), len(text))]):
        if text[end : following[0]].strip():
            following = (end, end)  # what stands next in the text is no part of the article
        own = [q for q in quotations if q.double and start <= q.start < end and q.inner]
        alone = own and not text[start : own[0].start].strip()
        alone = alone and all(not text[a.end : b.start].strip() for a, b in pairwise(own))
        behind = min(own[-1].end, end) if alone else start
        signature = alone and (
            _SIGNED.match(text, behind, end)
            or (not text[behind:end].strip() and _SIGNED.match(text, *following))
        )
        post = _post(text, (start, end), following) if not signature else None
        if signature or post:
            content = tuple(span for q in own for span in q.inner) if alone else (post[1],)
            signature = signature or post[0]
            within = (start, signature.end())
            turns.append(Turn(signature.span("who"), signature.span("cue"), content, within))
    return turns


def _post(text: str, para: Span, following: Span) -> tuple[re.Match, Span] | None:
    """Return the signature of a post that fills a paragraph, and its words without links."""
    start, end = para
    signature = _POSTED.search(text, start, end) or _POSTED.match(text, *following)
    last = min(end, signature.start()) if signature else start
    links = _LINKS.search(text[start:last])
    words = _inside(text, start, start + links.start() if links else last) if last > start else None
    return (signature, words) if signature and words else None


def _headlined(
    text: str, headline: Span, quotations: list[Quotation], sources: frozenset[str]
) -> Iterator[Turn]:
    """Yield what a headline quotes, if its source is cited in the article, too.

    '‘We will not pay’: Holm slams bank', 'Holm: We will not pay', 'Norway delays pay — Ministry'.
    """
    start, end = headline
    first = next((q for q in quotations if q.start == start and q.closed and q.end <= end), None)
    source = _AFTER_QUOTED.match(text, first.end, end) if first else None
    if source and name_key(source["who"]) in sources:
        yield Turn(source.span("who"), source.span("cue"), first.inner, headline)
        return
    told = _SECOND_VERB.match(text, start, end)
    if told and cue_lexicon().reports(told["cue"]) and _FINITE.search(told["said"]):
        said = told.span("said")
        yield Turn(told.span("who"), told.span("cue"), (said,), said, False)
        return
    source, words = _HEAD_SOURCE.match(text, start, end), None
    if source:
        words = (source.end(), end)
    elif source := _TAIL_SOURCE.search(text, start, end):
        words = (start, source.start())
    known = sources | cue_lexicon().bodies if source and source.start() > start else sources
    if not words or name_key(source["who"]) not in known:
        return
    whole = [q for q in quotations if words[0] <= q.start and q.end <= words[1]]
    filled = len(whole) == 1 and len(text[slice(*words)].strip()) == whole[0].end - whole[0].start
    said = text[slice(*words)]
    states = _VOICE.search(said) or _FINITE.search(said) or source.start() > start
    if filled:
        yield Turn(source.span("who"), source.span("cue"), whole[0].inner, headline)
    elif not whole and states and len(said.split()) >= FEWEST_WORDS:
        own = bool(re.search(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b", said))
        yield Turn(source.span("who"), source.span("cue"), (words,), headline, own)
