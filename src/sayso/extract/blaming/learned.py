"""Ties as the blame branch of the encoder sees them: labels, stances and links, decoded.

The branch reads one sentence by itself, with the evidence of
:mod:`sayso.extract.blaming.evidence`: what the rules found is for it to confirm, mend or drop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sayso.extract.blaming.evidence import ROLES, STANCES, gather, rows_of
from sayso.extract.blaming.scene import Scene, Tie
from sayso.extract.blaming.tokens import DETERMINERS, LINKS, PREPOSITIONS, STOPS
from sayso.extract.document import Document
from sayso.extract.quoting.attribution import Part, spans_of, viterbi
from sayso.model.encoder import blame_facts
from sayso.text.spans import Span, in_words

RELATIONS = ("source", "target", "issue")
LEARNED = "learned"
SHIFT = "shift"  # 'shifts the blame to': a denial of which the branch has seen few
TARGETED = 0.9
"""A cue blames nobody only if that is so likely."""
POSSIBLE = 0.65
"""A tie that only the rules find is kept if the branch holds its cue to be one so surely."""
LEANING = 0.5
"""Log-odds by which any label is preferred to none: the surety of a tie says whether there is one,
not for its words' labels one by one. Like ``SURE``, the best of a few on articles read whole."""
DENIES = 0.9
"""Denials that the branch alone finds are ties whose cue denies so surely: of 44 in random articles
12 were right, all of them surer than this, and 10 of the 32 wrong ones."""
SURE = 0.3
"""Ties that the branch is less sure of are left out."""
LEAST = -1.4
"""Sentences where the probe is surer that no piece is a cue are not read: three in four of whole
articles, and with them 146 of 450 ties in articles that nothing was learnt from."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the branch made of the n pieces of a sentence.

    ``labels`` (n, 9) and ``stances`` (n, 3) are log-probabilities; ``queries`` (n, 3, d): the score
    of a link from a cue's piece to the first piece of a mention is the product with its ``keys``
    (n, d); ``nobody`` (d) is the key of none. ``start`` and ``end`` are the pieces' offsets.
    """

    labels: np.ndarray
    stances: np.ndarray
    queries: np.ndarray
    keys: np.ndarray
    nobody: np.ndarray
    start: np.ndarray
    end: np.ndarray


def may_blame(document: Document, scene: Scene) -> bool:
    """Whether a sentence is worth a look by the branch."""
    return document.reading.blame[rows_of(document.reading, scene.s.span)].max(initial=-9) > LEAST


def look(document: Document, scene: Scene, ties: Sequence[Tie]) -> Seen:
    """Return what the branch makes of a sentence, given what the rules found in it."""
    reading = document.reading
    rows = rows_of(reading, scene.s.span)
    evidence = gather(scene, ties, reading, blame_facts()["lists"])
    labels, stances, queries, keys = document.model.read_blame(reading.pieces, rows, evidence)
    n = len(labels)
    start, end = (part[rows][:n] for part in (reading.pieces.start, reading.pieces.end))
    shaped = queries.reshape(n, len(RELATIONS), -1)
    return Seen(labels, stances, shaped, keys[1:], keys[0], start, end)


def decode(seen: Seen) -> list[Tie]:
    """Return the ties of a sentence."""
    leaning = seen.labels - LEANING * (np.arange(seen.labels.shape[1]) == 0)
    parts = spans_of(viterbi(leaning), seen.labels, seen.start, seen.end)
    by_role = {role: [p for p in parts if p.role == 1 + n] for n, role in enumerate(ROLES)}
    ties = []
    for cue in by_role["cue"]:
        (source, _), (target, surety), (issue, _) = (
            _choose(seen, cue, by_role[role], role) for role in RELATIONS
        )
        if target is None:
            continue
        stance = STANCES[int(np.exp(seen.stances[cue.first : cue.last]).mean(axis=0).argmax())]
        score = float(min(cue.probability, target.probability, surety))
        spans = (part and part.span for part in (source, target, issue, cue))
        ties.append(Tie(*spans, stance, score=score, rule=LEARNED))
    return ties


def _choose(seen: Seen, cue: Part, options: list[Part], role: str) -> tuple[Part | None, float]:
    """Return the mention that a cue is linked to, or None, and how likely that is."""
    if not options:
        return None, 1.0
    heads = np.stack([seen.nobody, *(seen.keys[part.first] for part in options)])
    scores = seen.queries[cue.first : cue.last, RELATIONS.index(role)] @ heads.T
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    likely = (scores / scores.sum(axis=1, keepdims=True)).mean(axis=0)
    if role == "target" and likely[0] < TARGETED:
        likely[0] = 0
    best = int(likely.argmax())
    return (options[best - 1] if best else None), float(likely[best])


def settle(scene: Scene, rules: Sequence[Tie], seen: Seen) -> list[Tie]:
    """Return the ties of a sentence: those of the branch, and those of the rules that it supports.

    A denial that the rules find stands where the branch holds it likelier to deny than not. Where
    both have a cue, the rules tell who blames and in which stance: quotes, subjects and words do
    that better than links.
    """
    rules = [
        rule
        for rule in rules
        if rule.stance != "deny" or rule.rule == SHIFT or _denies(seen, rule.cue) >= POSSIBLE
    ]
    denials = [rule for rule in rules if rule.stance == "deny"]
    found = (
        tie for tie in decode(seen) if tie.stance != "deny" or _denies(seen, tie.cue) >= DENIES
    )
    sure = (_trimmed(scene, tie) for tie in found if tie.score >= SURE)
    ties = [_with_voice(scene, rules, tie) for tie in sure if tie]
    ties = [tie for tie in ties if not any(_meet(tie.cue, d.cue) for d in denials)]
    for rule in rules:
        new = not any(_meet(rule.cue, t.cue) or _meet(rule.target, t.target) for t in ties)
        surety = _surety(seen, rule)
        if rule in denials or (new and surety >= POSSIBLE):
            ties.append(replace(rule, score=surety))
    return _once(ties)


def _once(ties: list[Tie]) -> list[Tie]:
    """Return ties, of those with one blamer and target only the surest and what the rules found."""
    kept: list[Tie] = []
    for tie in sorted(ties, key=lambda tie: (tie.rule != LEARNED, -tie.score)):
        again = any((tie.source, tie.target) == (other.source, other.target) for other in kept)
        if tie.rule != LEARNED or not again:
            kept.append(tie)
    return kept


def _surety(seen: Seen, tie: Tie) -> float:
    """Return how sure the branch is at most that a piece of a tie's cue is one."""
    labels = np.exp(seen.labels[_within(seen, tie.cue)])
    return float(labels[:, 1 + 2 * ROLES.index("cue") :].sum(axis=1).max(initial=0))


def _denies(seen: Seen, cue: Span) -> float:
    """Return how sure the branch is that a cue denies."""
    stances = np.exp(seen.stances[_within(seen, cue)])[:, STANCES.index("deny")]
    return float(stances.mean()) if len(stances) else 0.0


def _within(seen: Seen, span: Span) -> np.ndarray:
    return (seen.start < span[1]) & (seen.end > span[0])


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _trimmed(scene: Scene, tie: Tie) -> Tie | None:
    """Return a tie whose mentions are whole words and complete phrases; None without a target.

    A phrase does not end with a word that needs another ('the ministry of', 'the'), nor begin with
    one that leads to it ('but Lee').
    """
    target = _phrase(scene, tie.target)
    if target is None:
        return None
    source = tie.source and _phrase(scene, tie.source)
    words = [scene.s.tokens[i] for i in scene.s.places_in(tie.cue)]
    return replace(tie, source=source, target=target, cue=(words[0].start, words[-1].end))


def _phrase(scene: Scene, span: Span) -> Span | None:
    inside = [scene.s.tokens[i] for i in scene.s.places_in(span)]
    while inside and (inside[-1].low in STOPS | DETERMINERS or not inside[-1].is_word):
        inside.pop()
    while len(inside) > 1 and (inside[0].low in PREPOSITIONS | LINKS or not inside[0].is_word):
        inside.pop(0)
    if not inside:
        return None
    cut = max(span[0], inside[0].start), min(span[1], inside[-1].end)
    return in_words(scene.s.text, cut)


def _with_voice(scene: Scene, rules: Sequence[Tie], tie: Tie) -> Tie:
    """Return a tie with blamer and stance of the rule that has its cue, if any, else with a voice.

    Where the branch names nobody, that is the speaker of the quote around it, unless he stands in
    the same sentence and only reports blame; without a quote it is the article itself, unless that
    only reports.
    """
    rule = next((rule for rule in rules if _meet(rule.cue, tie.cue)), None)
    if rule:
        return replace(tie, source=rule.source, stance=rule.stance, outlet=rule.outlet)
    if tie.source:
        return tie
    voice = scene.spoken(scene.s.places_in(tie.cue)[0])
    start, end = scene.s.span
    if voice.source and not (start <= voice.source[0] < end and tie.stance == "report"):
        return replace(tie, source=voice.source)
    return replace(tie, outlet=voice.outlet and tie.stance != "report")
