"""Utterances: the quotes of an article before it is settled who speaks (Document -> Found)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from sayso.extract.document import Document
from sayso.extract.quoting.attribution import CUE, SOURCE, Part, read_attributions
from sayso.extract.quoting.clauses import clauses
from sayso.extract.quoting.confidence import (
    confidence,
    first,
    of_attribution,
    of_marks,
    of_words,
)
from sayso.extract.quoting.contents import CLAUSE_WORDS, Found, claim, cut_content
from sayso.extract.quoting.transcripts import ANSWERS, Turn, find_turns, name_key
from sayso.lexicon.cues import cue_lexicon, is_negated
from sayso.text.spans import Places, Span, in_words, overlap

# What the encoder is less sure of than this (in log odds) is hardly ever a quote.
CANDIDATE = -0.8
# A quote is kept if it is likelier right than wrong.
LEAST = 0.5
# How an utterance ends within its marks.
GOING_ON = re.compile(r"[.!?…][”\"’']?(?!\s[a-z])")
TOLD = re.compile(r"[,?!][”\"’'](\s[^.“”‘’\"\n]{2,60}\.\s)")
ENDS = re.compile(r"[.,!?…][”\"’']?\s*$")
# Sources that say nothing, and those who might say it; who asks, and whom an outlet cites.
NOBODY = re.compile(r"(?:nobody|no one|none|neither)(?: of \w+)?", re.IGNORECASE)
GENERAL = re.compile(r"you|one|anyone|anybody|people", re.IGNORECASE)
MIGHT = re.compile(r"(?:may|might|could|would|can)\b")
ASKED = re.compile(r"(?:when )?(?:asked|pressed|quizzed|questioned)(?: about| on)?", re.IGNORECASE)
PASSIVELY_ASKED = re.compile(rf"\b(?:is|are|was|were|been|being|got)\s(?:\w+\s)?{ASKED.pattern}\Z")
WHETHER = re.compile(r"(?:whether|if|how|why|what|when|where|who)\b")
CITES = re.compile(r"(?:quot|cit)(?:ing|es|ed)", re.IGNORECASE)


def find_quotes(document: Document, least: float = LEAST) -> list[Found]:
    """Return the quotes that are at least so sure, in no order, their speakers not resolved."""
    text = document.article.text
    attributed = list(_attributed(document))
    sources = {item.source.span for item in attributed if item.source}
    cited = {name_key(text[slice(*span)]) for span in sources}
    headline = document.article.layout.headline
    turns = find_turns(text, document.paragraphs, document.quotations, headline, frozenset(cited))
    found = [_from_turn(document, turn, turns[0].within[0]) for turn in turns]
    laid_out = Places(([turn.within], turn.within) for turn in turns)
    found += [
        item
        for item in attributed
        if not any(a <= item.spans[0][0] < b for a, b in laid_out.near(item.spans[0]))
        and not sources.issuperset(item.spans)  # 'Reuters reported, citing the mayor, ...'
        and confidence(item.evidence) >= least
        and _says_something(text, item)
    ]
    found = _gone_on(document, found)
    return found + [
        item
        for item in _unattributed(document, [span for item in found for span in item.spans])
        if confidence(item.evidence) >= least
    ]


def _attributed(document: Document) -> Iterator[Found]:
    """Yield what the encoder attributes, if it is not quite unsure of it."""
    text, quotations, marked = document.article.text, document.quotations, document.marked
    attributions = read_attributions(document.reading)
    for attribution, own in zip(attributions, claim(attributions, quotations), strict=True):
        cue, source = (
            part and part.at(in_words(text, part.span))
            for part in (attribution.cue, attribution.source)
        )
        for said in cut_content(text, attribution, marked, own, document.paragraphs):
            evidence = of_attribution(attribution, said[1])
            if first(evidence)["first"] >= CANDIDATE:
                item = Found(*said, cue, source, evidence)
                yield from (with_words(text, one) for one in clauses(document, item))
            cue = None  # it announces the first statement


def with_words(text: str, item: Found) -> Found:
    """Return a quote with its words among its evidence."""
    cue, source = (part.span if part else None for part in (item.cue, item.source))
    words = of_words(text, item.spans, cue, source, item.nested_in is not None)
    return replace(item, evidence=item.evidence | words)


def _from_turn(document: Document, turn: Turn, introduced: int) -> Found:
    """Return a turn as a quote; whom its label means is named before the first turn."""
    source, cue = (
        Part.of(role, span) if span else None
        for role, span in ((SOURCE, turn.speaker), (CUE, turn.cue))
    )
    label = document.article.text[slice(*turn.speaker)]
    quoted = (turn.quoted,) * len(turn.content)
    people = [
        (span, actor)
        for span, actor in document.cast.within((0, introduced))
        if actor.kind == "person"
    ]
    if label.casefold() in ANSWERS:
        # Who is interviewed is named most.
        counts = Counter(actor for _, actor in people)
        meant = [span for span, actor in people if counts[actor] == max(counts.values())]
    else:
        meant = [span for span, a in people if name_key(a.name) == name_key(label)]
    by = meant[0] if meant else turn.speaker
    return Found(turn.content, quoted, cue, source, of_marks("laid out"), spoken_by=by)


def _says_something(text: str, item: Found) -> bool:
    """Whether there is something said: no refusal to speak, no bare pronoun or particle."""
    cue = text[item.cue.start : item.cue.end] if item.cue else ""
    denies = cue_lexicon().stance(cue) == "denying"
    if cue and cue_lexicon().has(cue, "refusals") and not denies:
        return False
    if item.cue and _is_unsaid(text, item, cue):
        return False
    if item.cue and WHETHER.match(text, item.spans[0][0]) and _is_withheld(text, item.cue.span):
        return False  # 'did not say whether ...'
    if "deed" in item.evidence and "verb" not in item.evidence and not any(item.quoted):
        return False  # 'sentenced Bob Hill to two years in prison'
    if cue and not (item.source or any(item.quoted) or cue_lexicon().reports(cue)):
        return False  # 'the treaty was signed': nobody is seen to say anything
    if "title explained" in item.evidence or ("title" in item.evidence and not item.source):
        return False  # 'wrote “The Long Quay”, a novel', 'is called “Swan”'
    if "source thing" in item.evidence and not any(item.quoted):
        return False  # 'the clock said that it was noon'
    words = " ".join(text[a:b] for a, b in item.spans).split()
    return any(item.quoted) or len(words) > 1


def _is_unsaid(text: str, item: Found, cue: str) -> bool:
    """Whether nobody says it: the author asks, 'nobody' or a general 'you' is the source."""
    source = text[slice(*item.source.span)] if item.source else ""
    before = "" if source else text[max(0, item.cue.start - 8) : item.cue.start].strip()
    if NOBODY.fullmatch(source or before.split(" ")[-1]) or (
        GENERAL.fullmatch(source) and MIGHT.match(cue)
    ):
        return True
    asked = PASSIVELY_ASKED.search(cue) or (cue[0].isupper() and ASKED.fullmatch(cue))
    if asked and not any(item.quoted):
        # 'Asked by a lawyer if ...' has one who asks, 'asked by this newspaper' has not.
        return not re.search(r"\bby\s(?!this\s|our\s)", text[item.cue.start : item.spans[0][0]])
    cites = None if any(item.quoted) else CITES.fullmatch(cue)
    first = text[slice(*item.spans[0])].split()[:4]
    named = "verb" not in item.evidence  # 'quoting the mayor, Ana Voss'
    return cites is not None and (named or any(cue_lexicon().has(w, "bodies") for w in first))


def _is_withheld(text: str, cue: Span) -> bool:
    return is_negated(text, *cue) or "yet to " in text[max(0, cue[0] - 8) : cue[1]]


def _gone_on(document: Document, found: list[Found]) -> list[Found]:
    """Return quotes, each with the quotation that goes on with it: '‘Yes,’ he said. ‘I am sorry.’'

    That may be one of its own by the same source; what the encoder gives to nobody is joined, too.
    """
    text, ends = document.article.text, {item.spans[-1][1]: n for n, item in enumerate(found)}
    kept, places = dict(enumerate(found)), Places((item.spans, n) for n, item in enumerate(found))
    for quotation in document.quotations:
        told = TOLD.search(text, max(0, quotation.start - 90), quotation.start)
        number = ends.get(told.start() + 1) if told and told.end() == quotation.start else None
        first, inner = None if number is None else found[number], quotation.inner
        if not first or not first.cue or not told.start() < first.cue.start < quotation.start:
            continue
        if not inner or GOING_ON.match(text, inner[-1][1] - 1) is None:
            continue
        near = (n for n in places.near(inner[0]) if n in kept)
        over = [n for n in near if any(overlap(span, inner[0]) for span in kept[n].spans)]
        if all(kept[n].source == first.source and len(kept[n].spans) == 1 for n in over):
            for n in {number, *over}:
                kept.pop(n, None)
            quoted = first.quoted + (True,) * len(inner)
            found.append(replace(first, spans=first.spans + inner, quoted=quoted))
            kept[len(found) - 1] = found[-1]
            places.add(inner, len(found) - 1)
    return list(kept.values())


def _unattributed(document: Document, covered: list[Span]) -> list[Found]:
    """Return the quotations that are utterances of their own and that no quote covers."""
    text, result, places = document.article.text, [], Places(([span], span) for span in covered)
    for quotation in document.quotations:
        inner = tuple((a, b) for a, b in quotation.inner if re.search(r"\w", text[a:b]))
        words = " ".join(text[a:b] for a, b in inner)
        if not quotation.double or len(words.split()) < CLAUSE_WORDS or not ENDS.search(words):
            continue
        whole = (inner[0][0], inner[-1][1])
        if not any(s < whole[1] and e > whole[0] for s, e in places.near(whole)):
            alone = Found(inner, (True,) * len(inner), None, None, of_marks("alone"))
            result.append(with_words(text, alone))
    return result
