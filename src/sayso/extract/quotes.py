"""Quotes: who says what, in which words, announced by which cue (Document -> quote rows)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sayso.article import Document
from sayso.cues import cue_lexicon, is_negated
from sayso.extract.attribution import SOURCE, Attribution, Part, read_attributions
from sayso.extract.cast import Cast, read_cast
from sayso.extract.focus import Speaker
from sayso.extract.speakers import NOBODY, Resolver, head_of
from sayso.lexicon import Lexicon, normal
from sayso.marks import MARK, Quotation, Span
from sayso.tables import Quote

# Quoted stretches of fewer words are fragments or titles unless the encoder attributes them.
CLAUSE_WORDS = 5
COVERED = 0.5
# Confidence of a quotation that the encoder gives to nobody.
UNATTRIBUTED = 0.3
PASSIVE = re.compile(
    r"(?:(?:has|have|had|will|would|could|may) )?(?:be|been|being|is|are|was|were)\b"
)
RELATIVE = {"which", "who", "whose"}
TOLD = re.compile(r"\b(?:told|tells|telling|tell)\b", re.IGNORECASE)
INTERVIEW = re.compile(r"\b(?:interview with|speaking to|statement to|quoted by|talking to)\b")
EDGE = " \t\r\n\u00a0.,;:–—-“”\"‘’'«»„()[]"


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution brought into the form of the table, its speaker not yet resolved."""

    spans: tuple[Span, ...]
    quoted: tuple[bool, ...]
    cue: Part | None
    source: Part | None
    confidence: float
    nested_in: int | None = None
    """Where the content of the quote begins that this one is a part of."""

    @property
    def kind(self) -> str:
        if all(self.quoted):
            return "direct"
        return "mixed" if any(self.quoted) else "indirect"


def extract(document: Document, rows: dict[str, list]) -> list[Quote]:
    """Return the quotes of an article, in text order.

    Parameters
    ----------
    document
        The article and what the encoder saw in it.
    rows
        The tables made before; none is used.

    Returns
    -------
    list of Quote
        One for each attribution; also for a quotation of at least five words that nobody is seen to
        say: it is given to the last speaker where it follows on, and else has no speaker.
    """
    words, text = document.lexicon, document.article.text
    found = find_quotes(document)
    cast = read_cast(text, document.reading, words)
    resolver = Resolver(text, cast, document.sentences, document.quotations, words)
    quotes: list[Quote] = []
    speaker: Speaker = NOBODY
    for item in found:
        via = None
        item = replace(item, source=_source(text, item) or _subject(text, item, cast))
        if item.source:
            start, end = cast.whole(text, (item.source.start, item.source.end), words)
            item = replace(item, source=replace(item.source, start=start, end=end))
            speaker = resolver.resolve((item.source.start, item.source.end))
            item, speaker, via = _passed_on(text, item, speaker, resolver)
        elif item.cue:
            speaker = resolver.goes_on((item.cue.start, item.cue.end))
        elif not (quotes and _goes_on(text, quotes[-1], item)):
            speaker = NOBODY
        quotes.append(_row(document, item, speaker, via or find_via(text, item, words)))
    return quotes


def _source(text: str, item: Found) -> Part | None:
    """Return the source that the encoder saw, unless it cannot be one.

    That is so where it stands in what is said ('said Paris would pay') or is what is spoken of
    ('calling her plan "weak"').
    """
    source, cue = item.source, item.cue
    if source is None or cue is None:
        return source
    said = any(
        not q and a <= source.start < b for (a, b), q in zip(item.spans, item.quoted, strict=True)
    )
    spoken_of = text[cue.start : cue.end].endswith("ing") and cue.end + 1 == source.start
    return None if (said and source.start > cue.start) or spoken_of else source


def _subject(text: str, item: Found, cast: Cast) -> Part | None:
    """Return the name or pronoun right before a cue for which the encoder saw no source."""
    if item.cue is None or PASSIVE.match(text[item.cue.start : item.cue.end]):
        return None
    at = item.cue.start
    named = next((s for s, (e, _) in cast.at.items() if e < at and text[e:at] == " "), None)
    pronoun = re.search(r"\b(?:He|She|It|They|he|she|it|they) $", text[max(0, at - 6) : at])
    if named is None and pronoun is None:
        return None
    start = named if named is not None else at - len(pronoun.group())
    return Part(SOURCE, item.cue.first, item.cue.first, start, at - 1, item.cue.probability)


def find_quotes(document: Document) -> list[Found]:
    """Return the quotes of an article before their speakers are resolved."""
    text = document.article.text
    found, alone = [], []
    covered: list[Span] = []
    for attribution in read_attributions(document.reading):
        spans, quoted = cut_content(text, attribution, document.quotations)
        if spans:
            certainty = _confidence(attribution)
            item = Found(spans, quoted, attribution.cue, attribution.source, certainty)
            if _says_something(text, item):
                (found if item.cue else alone).append(item)
            covered += spans
    for quotation in document.quotations:
        if _unattributed(text, quotation, covered):
            inner = _tight(text, quotation.inner)
            alone.append(Found(inner, (True,) * len(inner), None, None, UNATTRIBUTED))
    for item in alone:
        _attach(text, found, item)
    found = sorted(found, key=lambda f: (f.spans[0][0], f.spans[-1][1]))
    return _nest_relatives(text, found)


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


def _confidence(attribution: Attribution) -> float:
    parts = [p for p in (attribution.cue, *attribution.contents) if p]
    product = attribution.link if attribution.cue else 0.5
    for part in parts:
        product *= part.probability
    return round(product, 4)


def cut_content(
    text: str, attribution: Attribution, quotations: list[Quotation]
) -> tuple[tuple[Span, ...], tuple[bool, ...]]:
    """Cut an attribution's content at quotation marks and leave these out.

    A quotation most of which lies in the content belongs to it whole: marks know better than the
    encoder where quoted words begin and end.
    """
    raw = [(p.start, p.end) for p in attribution.contents]
    inner = [span for quotation in quotations for span in quotation.inner]
    pieces: list[tuple[int, int, bool]] = []
    taken: set[int] = set()
    for start, end in raw:
        for number, (a, b) in enumerate(inner):
            overlap = min(b, end) - max(a, start)
            if overlap > 0 and number not in taken and (overlap >= COVERED * (b - a)):
                taken.add(number)
                pieces.append((a, b, True))
            elif overlap > 0 and number not in taken:
                pieces.append((max(a, start), min(b, end), True))
        pieces += [(a, b, False) for a, b in _outside(start, end, quotations)]
    pieces = sorted(set(pieces))
    kept = []
    for start, end, quoted in pieces:
        span = _strip(text, start, end, quoted)
        if span is not None:
            kept.append((*span, quoted))
    kept = _whole(text, kept)
    return tuple((a, b) for a, b, _ in kept), tuple(q for _, _, q in kept)


def _outside(start: int, end: int, quotations: list[Quotation]) -> list[Span]:
    """Return the stretches of a span that stand outside all quotations."""
    result, at = [], start
    for quotation in quotations:
        if quotation.end <= at or quotation.start >= end:
            continue
        if quotation.start > at:
            result.append((at, quotation.start))
        at = max(at, quotation.end)
    if at < end:
        result.append((at, end))
    return result


def _strip(text: str, start: int, end: int, quoted: bool) -> Span | None:
    """Cut blanks off quoted words, and marks and punctuation too off unquoted ones."""
    edge = " \t\r\n\u00a0" if quoted else EDGE
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge and not _abbreviation(text, start, end):
        end -= 1
    if not quoted and (that := re.match(r"that\s+(?=\w)", text[start:end])):
        start += that.end()
    if not re.search(r"\w", text[start:end]):
        return None
    return start, end


def _abbreviation(text: str, start: int, end: int) -> bool:
    """Whether a span ends with an abbreviation whose full stop belongs to it ('the U.S.')."""
    return text[end - 1] == "." and re.search(r"\b\w\.\w\.$", text[start:end]) is not None


def _whole(text: str, pieces: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Drop pieces that lie in others, and a bare 'that' before quoted words."""
    result: list[tuple[int, int, bool]] = []
    for start, end, quoted in pieces:
        bare = not quoted and text[start:end].casefold() == "that"
        if not bare and not (result and start < result[-1][1]):
            result.append((start, end, quoted))
    return result


def _tight(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(s for a, b in spans if (s := _strip(text, a, b, True)) is not None)


def _unattributed(text: str, quotation: Quotation, covered: list[Span]) -> bool:
    """Whether a quotation is an utterance of its own that no attribution covers."""
    if not quotation.double or not quotation.inner:
        return False
    inner = " ".join(text[a:b] for a, b in quotation.inner)
    if len(inner.split()) < CLAUSE_WORDS or not re.search(r"[.,!?…][”\"’']?\s*$", inner):
        return False
    a, b = quotation.inner[0][0], quotation.inner[-1][1]
    return not any(s < b and e > a for s, e in covered)


def _passed_on(
    text: str, item: Found, speaker: Speaker, resolver: Resolver
) -> tuple[Found, Speaker, str | None]:
    """Give the words to their speaker where an outlet only passes them on.

    'According to the agency, the ministry “provided every evidence”': the short unquoted beginning
    is the subject of the quoted predicate, so it speaks, via the agency.
    """
    if True not in item.quoted[1:] or item.quoted[0]:
        return item, speaker, None
    first = item.quoted.index(True)
    subject, predicate = item.spans[first - 1 : first + 1]
    tokens = text[slice(*subject)].casefold().split()
    if len(tokens) > 6 or not text[predicate[0]].islower():
        return item, speaker, None
    noun = head_of(text[slice(*subject)]).casefold().split()[-1]
    if speaker.kind != "outlet" and noun not in resolver.words.voices:
        return item, speaker, None
    teller = resolver.resolve(subject)
    if teller.name is None:
        return item, speaker, None
    source = replace(item.source, start=subject[0], end=subject[1])
    said = replace(item, spans=item.spans[first:], quoted=item.quoted[first:], source=source)
    return said, teller, speaker.name


def find_via(text: str, item: Found, words: Lexicon) -> str | None:
    """Return the agency or outlet that the speaker spoke to ('told the newspaper ...')."""
    if item.cue is None:
        return None
    after = re.match(r"[^.;:“”\"\n]{0,70}", text[item.cue.end :]).group()
    if not (TOLD.search(text[item.cue.start : item.cue.end]) or INTERVIEW.search(after)):
        return None
    named = words.outlets.search(after)
    if named:
        return words.names[normal(named.group())].name
    media = re.search(r"\b((?:[A-Z][\w’'-]*\s)+)(\w+(?:\s\w+)?)", after)
    if media and any(m in media.group(2).casefold() for m in words.media):
        return media.group(1).strip()
    return None


def _goes_on(text: str, last: Quote, item: Found) -> bool:
    """Whether a quotation without a source follows on the last quote: nothing told in between."""
    between = text[
        max(last.content_spans[-1][1], last.cue_span[1] if last.cue_span else 0) : item.spans[0][0]
    ]
    if item.cue is not None:
        return False
    return len(MARK.sub("", between).split()) <= 12


def _row(document: Document, item: Found, speaker: Speaker, via: str | None) -> Quote:
    article, text = document.article, document.article.text
    cue = _cue_span(text, item.cue)
    source = (item.source.start, item.source.end) if item.source else None
    if source:
        source = _strip(text, *source, False) or source
    edges = [s for s in (*item.spans, cue, source) if s]
    start, end = min(s for s, _ in edges), max(e for _, e in edges)
    layout = article.layout
    return Quote(
        quote_id=f"{article.article_id}-q{item.spans[0][0]}",
        article_id=article.article_id,
        kind=item.kind,
        content=" ... ".join(text[a:b] for a, b in item.spans),
        content_spans=item.spans,
        cue=text[slice(*cue)] if cue else None,
        cue_span=cue,
        cue_stance=cue_lexicon().stance(text[slice(*cue)]) if cue else None,
        speaker_mention=text[slice(*source)] if source else None,
        speaker_span=source,
        speaker=speaker.name,
        speaker_kind=speaker.kind,
        affiliation=speaker.affiliation,
        via=via,
        nested_in=(None if item.nested_in is None else f"{article.article_id}-q{item.nested_in}"),
        negated=bool(cue and is_negated(text, *cue)),
        in_headline=any(
            p and p[0] <= item.spans[0][0] < p[1] for p in (layout.headline, layout.subhead)
        ),
        confidence=item.confidence,
        start=start,
        end=end,
    )


def _cue_span(text: str, cue: Part | None) -> Span | None:
    return _strip(text, cue.start, cue.end, False) or (cue.start, cue.end) if cue else None
