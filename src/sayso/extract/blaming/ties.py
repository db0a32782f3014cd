"""Blame ties: which words hold whom responsible for what (Document and quotes -> ties).

The definition follows Liang, Nicol & Zhang 2019: a source holds a target responsible for a
negative event, situation or act. Spans only; who is meant by them is settled in
:mod:`sayso.extract.blames`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.extract.blaming import denials, learned, nouns, verbs, wrongs
from sayso.extract.blaming.clauses import Sentence
from sayso.extract.blaming.scene import Scene, Tie
from sayso.extract.document import Document
from sayso.lexicon.blame import blame_words
from sayso.tables.extracted import Quote
from sayso.text.spans import Span

TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|St|Prof|Rev|Hon|Jr|Sr)\.$")


def find_ties(document: Document, quotes: Sequence[Quote]) -> list[Tie]:
    """Return the blame ties of an article, by the place of their cues.

    Parameters
    ----------
    document
        The article and what the encoder saw in it.
    quotes
        Its quotes: their speakers blame in their words, and their cues may blame ('accused').
    """
    ties: list[Tie] = []
    for scene in scenes(document, quotes):
        rules = _ties(scene)
        if rules or learned.may_blame(document, scene):
            ties += learned.settle(scene, rules, learned.look(document, scene, rules))
    return sorted(ties, key=lambda tie: (tie.cue, tie.target))


def rule_ties(document: Document, quotes: Sequence[Quote]) -> list[Tie]:
    """Return the ties that the rules alone find."""
    return [tie for scene in scenes(document, quotes) for tie in _ties(scene)]


def scenes(document: Document, quotes: Sequence[Quote]) -> Iterator[Scene]:
    """Yield the sentences of an article, each with its quotes and names."""
    text, words = document.article.text, blame_words()
    names = [(m.start, m.end) for m in document.mentions]
    for span in whole_sentences(text, document.sentences):
        near = [q for q in quotes if q.start < span[1] and q.end > span[0]]
        yield Scene(Sentence(text, span, names), near, words, document.lexicon.roles)


def whole_sentences(text: str, sentences: list[Span]) -> list[Span]:
    """Return sentences; what a title at the end cuts ('Mrs.') is joined with the next."""
    joined: list[Span] = []
    for start, end in sentences:
        if joined and start - joined[-1][1] < 3 and TITLE.search(text[slice(*joined[-1])]):
            start = joined.pop()[0]
        joined.append((start, end))
    return joined


def _ties(scene: Scene) -> list[Tie]:
    """Return the ties of a sentence: words of blame come first, then wrongs, then denials."""
    for at in range(len(scene.s.tokens)):
        _blame(scene, at)
    for at in range(len(scene.s.tokens)):
        _wrong(scene, at)
    for at in range(len(scene.s.tokens)):
        _denial(scene, at)
    return denials.without_echoes(scene.found)


def _blame(scene: Scene, at: int) -> None:
    kinds, phrases = scene.kinds(at), scene.words.phrases(scene.s.lows, at)
    if kinds & {"object.verbs", "object.loose"}:
        verbs.object_verb(scene, at)
    for preposition in ("on", "to"):
        if f"onto.{preposition}" in kinds:
            verbs.onto(scene, at, preposition)
    if "particle.phrases" in phrases:
        verbs.particle(scene, at, phrases["particle.phrases"], "particle")
    if kinds & {"noun.charges", "noun.blames"}:
        nouns.blame_noun(scene, at)
    if "noun.burden" in kinds:
        nouns.burden(scene, at)
    if "clause.verbs" in kinds:
        verbs.clause(scene, at)


def _wrong(scene: Scene, at: int) -> None:
    kinds, phrases = scene.kinds(at), scene.words.phrases(scene.s.lows, at)
    if size := phrases.get("wrong.phrases", int("wrong.verbs" in kinds)):
        wrongs.wrong(scene, at, size)
    if "feeling.phrases" in phrases:
        verbs.particle(scene, at, phrases["feeling.phrases"], "feeling")
    if size := phrases.get("predicate.phrases", int("predicate.adjectives" in kinds)):
        wrongs.predicate(scene, at, size)
    if "wrong.nouns" in kinds:
        nouns.wrong_noun(scene, at)
    if "comply.nouns" in kinds:
        wrongs.comply(scene, at)
    if size := phrases.get("cause.phrases", int("cause.verbs" in kinds)):
        wrongs.cause(scene, at, size)
    if "cause.after" in phrases:
        wrongs.because(scene, at, phrases["cause.after"])


def _denial(scene: Scene, at: int) -> None:
    kinds, phrases = scene.kinds(at), scene.words.phrases(scene.s.lows, at)
    if "deny.verbs" in kinds:
        denials.denial(scene, at)
    if size := phrases.get("deny.phrases", int("deny.adjectives" in kinds)):
        denials.unfounded(scene, at, size)
