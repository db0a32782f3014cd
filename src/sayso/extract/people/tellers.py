"""Tellers: the source and cue that a sentence tells, where the encoder links another.

A cue has the subject beside it, a listener who only nods says nothing, the second verb of a
sentence has the subject of the first; an outlet that passes words on is not whose they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sayso.extract.document import Document
from sayso.extract.people.carriers import outlets_in
from sayso.extract.people.focus import LED, PRONOUNS
from sayso.extract.quoting.attribution import CUE, SOURCE, Part
from sayso.extract.quoting.clauses import stretches
from sayso.extract.quoting.contents import PASSIVE, strip_edges
from sayso.extract.quoting.utterances import Found
from sayso.lexicon.cues import cue_lexicon
from sayso.lexicon.parties import singular
from sayso.text.spans import Span, gaps

ASKED = re.compile(
    r"(?:\b(?:is|are|was|were|been|being|got)\s(?:(?:\w+ly|also|then|again|first|later)\s)?"
    r"(?:accused|asked|charged|criticized|criticised|pressed|questioned|quizzed|told|warned)"
    r"|^accused of)\b"
)
# What goes before a verb that has another subject, or before a noun.
NO_VERB = re.compile(
    r"\b(?:that|which|who|whom|when|be|is|was|were|are|an?|the|his|her|its|their|of|amid|after|from"
    r"|with|for|by|on|in|to)\s(?:\w+\s)?$"
)
LINKED = re.compile(r"\b(?:of|with|by|to|from|against|for|at|on|about|like)\s$")
PASSES_ON = re.compile(r"according to|report|quot|cit|said|says|told", re.IGNORECASE)
# Characters after a quotation within which its speaker is told.
NEAR = 100
# The line below a quotation with a name and more: "Ana Voss, Lowmere Herald".
SIGNED = re.compile(r"[”\"]\s*\n\s*[-–—]*\s*([^\n“”\".:]{3,80})(?=\n|\Z)")
# A pronoun right before a cue is its subject.
SUBJECT = re.compile(
    r"(?<!\bof )\b(he|she|they|it|I|we|He|She|They|It|We)"
    r"\s(?:(?:also|has|had|have|then|later|\w+ly)\s)?\Z"
)
OWN = ("his", "her", "their")
# A sentence that begins with those who say it: 'Forecasters say', 'Some farmers also warn'.
BARE = r"[A-Z][\w’'-]*\s(?:[\w’'-]+\s){0,2}"
# The line above it with a name and an age: "Ana Voss (71), retired nurse".
ABOVE = re.compile(
    r"^([^\n“”\".:!?,(]{3,40}\s\((?:\w+\s)?\d+\)[^\n“”\".:!?]{0,60})\s*\n\s*[“\"]\Z", re.M
)
SAYING = ("add", "believe", "explain", "say", "tell", "warn", "write")
# A name may begin its sentence with a title, after a clause, or after what a headline begins with.
BEGINS = re.compile(r"(?:[^.:;“”\"\n]{0,60}:\s)?(?:(?:[Tt]he\s)?(?:[\w.’'-]+\s){0,5})")
SAID = re.compile(r"([^.,;:“”\"\n]{2,80}?)\s(\w+)(?:\sthat)?[,:]?\s?[“\"]?\Z")
WORDS = re.compile(r"[\w’'.-]*\w")
STOPS = re.compile(r"[.,;:“”\"\n]")
AUXILIARY = re.compile(r"(?:\s(?:also|has|had|have|then|later|now|further|\w+ly))+$")


def mended(document: Document, item: Found) -> tuple[Found, str | None]:
    """Return a quote with the source and cue that its sentence tells, and an outlet it came by."""
    unsaid = not (item.cue or (item.source and item.source.start >= item.spans[0][0]))
    if unsaid and (signed := _signed(document, item)):
        return signed
    item = _beside(document, item)
    if _is_deed(document.article.text, item):
        return replace(item, source=None, cue=None), None
    if item.source is None:
        return _with_subject(document, item), None
    return _behind_outlet(document, item)


def _is_deed(text: str, item: Found) -> bool:
    """Whether words in marks end before a deed is told: '“The boat is gone.” Holt nodded.'"""
    if not (item.source and item.cue and all(item.quoted)):
        return False
    last, cue = item.spans[-1][1], text[slice(*item.cue.span)]
    told = re.search(r"\w", cue) and not cue_lexicon().reports(cue)
    return bool(told) and text[last - 1] == "." and item.source.start > last


def one_by_one(document: Document, item: Found) -> list[Found]:
    """Cut quotations that two say in turn: '“I did not,” he replied. “You did,” she said.'"""
    if not (item.source and item.cue and all(item.quoted) and len(item.spans) > 1):
        return [item]
    text, turns, first = document.article.text, [], 0
    for number, (_, end) in enumerate(item.spans):
        after = item.spans[number + 1][0] if number + 1 < len(item.spans) else end + NEAR
        if said := _said(document, (end, after)):
            turns.append((first, number + 1, *said))
            first = number + 1
    by = {text[slice(*subject)].casefold() for *_, subject, _ in turns}
    # One and the same may be told by a name, another name and a pronoun, but not by he and she.
    if first < len(item.spans) or len(by & PRONOUNS.keys()) < 2:
        return [item]
    return [
        stretches(item, *part, Part.of(SOURCE, subject), Part.of(CUE, verb))
        for *part, subject, verb in turns
    ]


def _from(item: Found, source: Span) -> Found:
    return replace(item, source=Part.of(SOURCE, source))


def _signed(document: Document, item: Found) -> tuple[Found, str | None] | None:
    """Return a quotation with who signs it in the line below, and the outlet named there."""
    text, start = document.article.text, item.spans[0][0]
    line = ABOVE.search(text, max(0, start - NEAR), start) or SIGNED.match(text, item.spans[-1][1])
    named = document.cast.within(line.span(1)) if line else []
    if not named or named[0][0][0] != line.start(1) or len(line.group(1).split()) > 8:
        return None
    return _from(item, named[0][0]), _outlet(document, (named[0][0][1], line.end(1)))


def _beside(document: Document, item: Found) -> Found:
    """Give a cue the subject beside it, where the encoder's source is another sentence's."""
    source, cue = item.source, item.cue
    if source is None or cue is None:
        return item
    text = document.article.text
    told = SUBJECT.search(text, max(0, cue.start - 40), cue.start)
    if told and _verb_in(text[slice(*cue.span)]) and not source.start <= told.start(1) < source.end:
        return _from(item, told.span(1))  # 'In a video he said'
    kin = re.match(r"\s(?:\w+\s)?(\w+)\s\Z", text[source.end : cue.start])
    if kin and text[slice(*source.span)].casefold() in OWN and kin.group(1) in document.lexicon.kin:
        return replace(item, source=replace(source, end=cue.start - 1))  # 'His brother said'
    start = _sentence_start(document, cue.start)
    if source.end <= start and re.fullmatch(BARE, text[start : cue.start]):
        return _from(item, (start, cue.start - 1))
    last = item.spans[-1][1]
    said = _said(document, (last, last + NEAR)) if item.quoted[-1] and cue.start > last else None
    if said and said[1][1] > cue.start and said[1][0] < cue.end:
        if said[0][0] < source.end and source.start < said[0][1]:
            return item
        return _from(item, said[0])
    # '... and accused him of theft. He said ...': what follows the content tells of another.
    later = cue.start < item.spans[0][0] and source.start >= last
    led = re.search(r"ing\b", document.article.text[slice(*cue.span)])  # 'Calling for ..., Kern'
    return replace(item, source=None) if later and not (item.quoted[-1] or led) else item


def _with_subject(document: Document, item: Found) -> Found:
    """Give a verb without a source the subject of its sentence: 'Norway sends guards and warns'."""
    text, cue = document.article.text, item.cue
    told = text[slice(*cue.span)] if cue else ""
    quotes = all(item.quoted) and re.search(r"\wed\b", told)  # 'loosely translated, “...”'
    if not (_verb_in(told) or quotes) or PASSIVE.match(told):
        return item
    start = _sentence_start(document, cue.start)
    before = text[start : cue.start]
    if NO_VERB.search(before) or ASKED.search(before + told):
        return item
    named = document.cast.within((start, cue.start))
    if named and named[-1][1].kind == "person" and named[-1][0][1] == cue.start - 1:
        at = named[-1][0]  # 'Norway's envoy to Denmark Ana Voss said'
        return item if LINKED.search(text[start : at[0]]) else _from(item, at)
    led = LED.match(before)
    start += led.end() if led else 0
    first = re.match(r"(\w+)\s", text[start : cue.start])
    span = (start, start + first.end(1)) if first else (start, start)
    if PRONOUNS.get(text[slice(*span)].casefold()) not in ("male", "female", "thing", "many"):
        span, actor = next(iter(document.cast.within((start, cue.start))), (None, None))
        owns = span and re.match(r"['’]", text[span[1] :])
        if span is None or owns or actor.place or not BEGINS.fullmatch(text, start, span[0]):
            return item
        for other, _ in document.cast.within((span[1], cue.start)):
            if re.fullmatch(r",?\s(?:and\s)?(?:the\s)?", text[span[1] : other[0]]):
                span = (span[0], other[1])
    return _from(item, span)


def _behind_outlet(document: Document, item: Found) -> tuple[Found, str | None]:
    """Return a quote that an outlet passes on with the one who said it, and the outlet."""
    text, source, cue = document.article.text, item.source, item.cue
    outlet = cue and PASSES_ON.search(text[slice(*cue.span)]) and _outlet(document, source.span)
    if not outlet:
        return item, None
    start, end = min(cue.start, source.start), max(cue.end, source.end)
    gap = (item.spans[-1][1], start) if start > item.spans[-1][1] else (end, item.spans[0][0])
    spans = list(zip(item.spans, item.quoted, strict=True))
    passive = PASSIVE.match(text[slice(*cue.span)])
    if cited := _cited(document, max(end, item.spans[-1][1])):
        spans = list(_without(text, cited, spans))
        said = (cited, cue.span)
    elif passive and len(spans) > 1 and not item.quoted[0] and item.spans[0][1] <= cue.start:
        said, spans = (item.spans[0], cue.span), spans[1:]  # 'Kern was quoted by Reuters as saying'
        if as_saying := re.compile(r"as saying (?:that )?").match(text, spans[0][0][0]):
            spans[:1] = _stripped(text, as_saying.end(), spans[0][0][1])
    elif passive and _is_subject(document, gap):
        said = (strip_edges(text, *gap, False) or gap, cue.span)
    elif not (said := _said(document, gap) or _said_before(document, item)):
        (first, _), (last, marked) = spans[0], spans[-1]
        whole = len(spans) > 1 and _said(document, last, *SAYING)
        comma = text.rfind(", ", *last) + 2
        if not marked and (said := whole or _said(document, (comma, last[1]), *SAYING)):
            end = min(said[0][0], said[1][0])
            spans[-1:] = _stripped(text, last[0], end)
        elif not item.quoted[0] and (said := _said(document, first, *SAYING)):
            start = max(said[0][1], said[1][1])
            spans[:1] = _stripped(text, start, first[1])
    lines = {said and text.count("\n", 0, said[0][0])}
    here = [(s, q) for s, q in spans if {text.count("\n", 0, at) for at in s} == lines]
    if not here:
        return item, None
    source, cue = (Part.of(role, s) for role, s in zip((SOURCE, CUE), said, strict=True))
    words, quoted = (tuple(part) for part in zip(*here, strict=True))
    return replace(item, spans=words, quoted=quoted, source=source, cue=cue), outlet


def _stripped(text: str, start: int, end: int) -> list[tuple[Span, bool]]:
    return [(span, False) for span in [strip_edges(text, start, end, False)] if span]


def _without(text: str, part: Span, spans: list[tuple[Span, bool]]) -> Iterator[tuple[Span, bool]]:
    """Yield spans without a part of them."""
    for span, quoted in spans:
        for start, end in gaps([part], *span):
            if left := strip_edges(text, start, end, quoted):
                yield left, quoted


def _outlet(document: Document, source: Span) -> str | None:
    """Return the outlet that a source is, or whose report it is."""
    text, words = document.article.text[slice(*source)].strip(", "), document.lexicon
    if not text:
        return None
    for _, end, name in outlets_in(text, words):
        if end == len(text) or words.outlets.search(text):
            return name
    noun = singular(text.split()[-1].casefold())
    if noun in words.messages | words.carriers:
        return noun
    return re.sub(r"^[Tt]he\s", "", text) if noun in words.media else None


def _said(document: Document, stretch: Span, *verbs: str) -> tuple[Span, Span] | None:
    """Return subject and verb if a stretch begins with them: 'mayor Ana Voss said', 'said Voss'.

    Where ``verbs`` are given, by base form, it must be one of them.
    """
    text = document.article.text
    start = stretch[0] + re.match(r"[\s,”\"’']*", text[slice(*stretch)]).end()
    apposed = _apposed(document, start)
    for word in WORDS.finditer(text, max(start, apposed), stretch[1]):
        if STOPS.search(text, max(start, apposed), word.start()):
            return None
        if _is_verb(word.group()):
            if verbs and cue_lexicon().base(word.group()) not in verbs:
                return None
            subject = (start, start + len(AUXILIARY.sub("", text[start : word.start()].rstrip())))
            if word.start() == start:
                end = STOPS.search(text, word.end(), stretch[1])
                subject = (word.end() + 1, end.start() if end else stretch[1])
            return (subject, word.span()) if _is_subject(document, subject) else None
    return None


def _apposed(document: Document, start: int) -> int:
    """Return where the name ends that is in apposition: 'his minister, Ana Voss, said'."""
    text = document.article.text
    comma = re.compile(r"(?:the|his|her|its|their|an?)\s[^,.;:“”\"\n]{3,60},\s").match(text, start)
    named = document.cast.within((comma.end(), comma.end() + NEAR)) if comma else []
    at_once = named and named[0][0][0] == comma.end() and text[named[0][0][1]] == ","
    return named[0][0][1] + 1 if at_once else 0


def _said_before(document: Document, item: Found) -> tuple[Span, Span] | None:
    """Return another subject and verb right before what is said: 'Kern said, “...”'."""
    text, at = document.article.text, item.spans[0][0]
    verb = SAID.search(text, max(_sentence_start(document, at - 3), at - NEAR), at)
    if verb is None or not _is_verb(verb.group(2)) or verb.end(2) > item.cue.start >= verb.start():
        return None
    subject = (verb.start(1), verb.start(1) + len(AUXILIARY.sub("", verb.group(1))))
    return (subject, verb.span(2)) if _is_subject(document, subject) else None


def _cited(document: Document, at: int) -> Span | None:
    """Return whom an outlet cites in the sentence of a place: 'Reuters said, citing Kern, ...'."""
    text, start = document.article.text, _sentence_start(document, at)
    at += len(re.match(r"[^.;:“”\"\n]*\.?", text[at : at + NEAR]).group())
    cited = re.search(
        r"\b(?:citing|quoting)\s(?:an?\sinterview\swith\s)?"
        r"([^,.;“”\"\n]{3,80}(?:,\s[A-Z][^,.;:“”\"\n]{2,40}(?=[,.]))?)",
        text[start:at],
    )
    return (start + cited.start(1), start + cited.end(1)) if cited else None


def _is_verb(word: str) -> bool:
    lexicon = cue_lexicon()
    inflected = word.endswith(("ed", "s", "ing")) or word in lexicon.forms
    return word.islower() and inflected and lexicon.reports(word)


def _verb_in(cue: str) -> bool:
    return any(_is_verb(word) for word in WORDS.findall(cue))


def _is_subject(document: Document, span: Span) -> bool:
    text = document.article.text[slice(*span)]
    if text.casefold() in PRONOUNS or re.match(r"(?:the|an?|his|her)\s", text, re.IGNORECASE):
        return True
    return any(not actor.place for _, actor in document.cast.within(span))


def _sentence_start(document: Document, at: int) -> int:
    return document.sentences[document.sentence_at(at)][0]
