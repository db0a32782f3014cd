"""Blame ties: which words hold whom responsible for what (Document and quotes -> ties).

The definition follows Liang, Nicol & Zhang 2019: a source holds a target responsible for a
negative event, situation or act. Spans only; who is meant by them is settled in
:mod:`sayso.extract.blames`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from sayso.extract.blaming import denials, learned, nouns, verbs, wrongs
from sayso.extract.blaming.clauses import Sentence
from sayso.extract.blaming.scene import Scene, Tie
from sayso.extract.document import Document
from sayso.lexicon.blame import blame_words
from sayso.tables.extracted import Quote
from sayso.text.spans import Span

# The rules by the lists whose words they start from. Words of blame come first, then wrongs, then
# denials: a later rule sees what the ones before it found.
BLAME = (
    (("object.verbs", "object.loose"), verbs.object_verb),
    (("onto.on",), partial(verbs.onto, preposition="on")),
    (("onto.to",), partial(verbs.onto, preposition="to")),
    (("particle.phrases",), partial(verbs.particle, rule="particle")),
    (("noun.charges", "noun.blames"), nouns.blame_noun),
    (("noun.burden",), nouns.burden),
    (("clause.verbs",), verbs.clause),
)
WRONGS = (
    (("wrong.phrases", "wrong.verbs"), wrongs.wrong),
    (("feeling.phrases",), partial(verbs.particle, rule="feeling")),
    (("predicate.phrases", "predicate.adjectives"), wrongs.predicate),
    (("wrong.nouns",), nouns.wrong_noun),
    (("cause.phrases", "cause.verbs"), wrongs.cause),
    (("cause.after",), wrongs.because),
)
DENIALS = (
    (("deny.verbs",), denials.denial),
    (("deny.phrases", "deny.adjectives"), denials.unfounded),
)
PASSES = (BLAME, WRONGS, DENIALS)


def find_ties(document: Document, quotes: Sequence[Quote]) -> list[Tie]:
    """Return the blame ties of an article, by the place of their cues.

    The speakers of its quotes blame in their words, and the quotes' cues may blame ('accused').
    """
    ties: list[Tie] = []
    for scene in scenes(document, quotes):
        rules = ties_of(scene)
        if rules or learned.may_blame(document, scene):
            ties += learned.settle(scene, rules, learned.look(document, scene, rules))
    return sorted(ties, key=lambda tie: (tie.cue, tie.target))


def scenes(document: Document, quotes: Sequence[Quote]) -> Iterator[Scene]:
    """Yield the sentences of an article, each with its quotes and names."""
    return (scene_of(document, quotes, span) for span in document.sentences)


def scene_of(document: Document, quotes: Sequence[Quote], span: Span) -> Scene:
    """Return a sentence with its quotes and names."""
    near = [q for q in quotes if q.start < span[1] and q.end > span[0]]
    inside = (m for m in document.mentions if span[0] <= m.start and m.end <= span[1])
    names = [(m.start, m.end) for m in inside]
    sentence = Sentence(document.article.text, span, names)
    return Scene(sentence, near, blame_words(), document.lexicon.roles)


def ties_of(scene: Scene) -> list[Tie]:
    """Return the ties that the rules find in a sentence."""
    listed = [(at, scene.listed(at)) for at in range(len(scene.s.tokens))]
    listed = [(at, sizes) for at, sizes in listed if sizes]
    for rules in PASSES:
        for at, sizes in listed:
            for lists, rule in rules:
                if size := max(sizes.get(name, 0) for name in lists):
                    rule(scene, at, size)
    return denials.without_echoes(scene.found)
