"""Ties as the blame branch of the encoder sees them: labels, stances and links, decoded.

The branch reads one sentence by itself, with what the encoder made of it in its article. What it
may mean is more than one tie; a logistic regression tells how likely each is right.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from sayso.extract.document import Document
from sayso.extract.quoting.attribution import Part, spans_of, viterbi
from sayso.model.encoder import Reading, blame_facts
from sayso.text.spans import Span

ROLES = ("issue", "target", "source", "cue")
STANCES = ("assert", "deny", "report")
RELATIONS = ("source", "target", "issue")
TARGETED = 0.9
"""So likely a cue without a target is one by which its source speaks of himself."""
LEANING = 1.5
"""Log-odds by which any label is preferred to none: which ties are right is weighed afterwards.
Like ``SURE``, the best of a few on articles read whole."""
LINKED, TARGETS = 0.08, 3
"""A cue is tied to what it is linked to so likely at least, and to no more targets than these."""
BESIDE = 2
"""Pieces between those who are named together: ', and'."""
DENIES = 0.8
"""Denials are ties whose cue denies so surely: of .7, .8 and .9 the best on articles read whole."""
LEAST_ODDS = 1e-3
"""Of a probability and of what it lacks to 1: no odds are endless."""
LEAST = -2.5
"""Sentences where the probe is surer that no piece is a cue are not read: four in ten of those of
whole articles, with 33 of 450 ties in articles that nothing was learnt from."""


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


@dataclass(frozen=True, slots=True)
class Tie:
    """One blame tie as spans of the text.

    ``source`` is null where nobody is named; ``outlet`` then tells whether the article itself
    blames. ``stance`` is assert, deny or report; ``confidence`` is how likely it is right, by the
    ``facts`` that the branch tells of it.
    """

    source: Span | None
    target: Span
    issue: Span | None
    cue: Span
    stance: str = "assert"
    outlet: bool = False
    confidence: float = 1.0
    facts: Mapping[str, float] = field(default_factory=dict, compare=False, repr=False)


def rows_of(reading: Reading, span: Span) -> slice:
    """Return which pieces stand in a span."""
    first, after = np.searchsorted(reading.pieces.start, span)
    return slice(int(first), int(after))


def may_blame(reading: Reading, span: Span) -> bool:
    """Whether a sentence is worth a look by the branch."""
    return reading.blame[rows_of(reading, span)].max(initial=-9) > LEAST


def gather(reading: Reading, span: Span) -> np.ndarray:
    """Return what the encoder made of the pieces of a sentence in its article: float32.

    Columns: probabilities of 7 labels for attribution and of 9 for entities.
    """
    seen = (np.exp(part[rows_of(reading, span)]) for part in (reading.attribution, reading.entity))
    return np.concatenate(list(seen), axis=1).astype(np.float32)


def look(document: Document, span: Span) -> Seen:
    """Return what the branch makes of a sentence."""
    reading = document.reading
    rows = rows_of(reading, span)
    labels, stances, queries, keys = document.model.read_blame(
        reading.pieces, rows, gather(reading, span)
    )
    n = len(labels)
    start, end = (part[rows][:n] for part in (reading.pieces.start, reading.pieces.end))
    shaped = queries.reshape(n, len(RELATIONS), -1)
    return Seen(labels, stances, shaped, keys[1:], keys[0], start, end)


def decode(seen: Seen) -> list[Tie]:
    """Return the ties that a sentence may hold, with how likely each is right."""
    leaning = seen.labels - LEANING * (np.arange(seen.labels.shape[1]) == 0)
    parts = spans_of(viterbi(leaning), seen.labels, seen.start, seen.end)
    by_role = {role: [p for p in parts if p.role == 1 + n] for n, role in enumerate(ROLES)}
    found = [tie for cue in by_role["cue"] for tie in _tied(seen, cue, by_role)]
    total, shared = sum(tie.confidence for tie in found), _of_sentence(np.exp(seen.labels))
    return [_weighed(tie, shared, total - tie.confidence) for tie in found]


def _tied(seen: Seen, cue: Part, by_role: dict[str, list[Part]]) -> Iterator[Tie]:
    """Yield the ties of a cue, each as sure as the least sure of what it is made of."""
    stances = np.exp(seen.stances[cue.first : cue.last]).mean(axis=0)
    stance = STANCES[int(stances.argmax())]
    if stance == "deny" and stances.max() < DENIES:
        return
    linked = {role: _links(seen, cue, by_role[role], role) for role in RELATIONS}
    targets = [(part, link) for part, link in linked["target"] if part and link > LINKED]
    issue, nobody = linked["issue"][0][0], dict(linked["target"])[None]
    for source, own in _together(linked["source"]):
        # A word has one label: who denies or admits a wrong is labelled as the source.
        himself = [(source, own)] if source and (not targets or nobody > TARGETED) else []
        for target, link in targets[:TARGETS] + himself:
            facts = {
                "cue": log_odds(cue.probability),
                "target": log_odds(target.probability),
                "target link": log_odds(link),
                "source link": log_odds(own),
                "himself": float(target is source),
            }
            spans = (part and part.span for part in (source, target, issue, cue))
            weakest = min(cue.probability, target.probability, link)
            yield Tie(*spans, stance, confidence=weakest, facts=facts)


def _together(links: list[tuple[Part | None, float]]) -> Iterator[tuple[Part | None, float]]:
    """Yield the likeliest source and those that are named together with it: 'Lee and Ray'."""
    yield links[0]
    group = [links[0][0]]
    for part, likely in links[1:] if group[0] else ():
        near = part and likely > LINKED and (_gap(part, other) for other in group)
        if near and min(near) <= BESIDE:
            group.append(part)
            yield part, likely


def _gap(one: Part, other: Part) -> int:
    """Return how many pieces stand between two parts."""
    return max(one.first - other.last, other.first - one.last)


def _links(
    seen: Seen, cue: Part, options: list[Part], role: str
) -> list[tuple[Part | None, float]]:
    """Return how likely a cue is linked to each mention, and to None, the likeliest first."""
    heads = np.stack([seen.nobody, *(seen.keys[part.first] for part in options)])
    scores = seen.queries[cue.first : cue.last, RELATIONS.index(role)] @ heads.T
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    likely = (scores / scores.sum(axis=1, keepdims=True)).mean(axis=0)
    return sorted(zip([None, *options], likely.tolist(), strict=True), key=lambda link: -link[1])


def _of_sentence(labels: np.ndarray) -> dict[str, float]:
    """Return what the probabilities of a sentence's labels tell of all of its ties."""
    first = {role: 1 + 2 * number for number, role in enumerate(ROLES)}
    return {
        "blame": float((1 - labels[:, 0]).max() ** 2),
        "targets": math.log1p(labels[:, first["target"]].sum()),
        "sources": math.log1p(labels[:, first["source"]].sum()),
        "issues": math.log1p(labels[:, first["issue"] : first["issue"] + 2].sum()),
    }


def _weighed(tie: Tie, shared: dict[str, float], others: float) -> Tie:
    """Return a tie with how likely it is right: ``others`` is how sure the others are together."""
    facts = {**tie.facts, **shared, "others": others}
    sources = facts.pop("sources")
    if facts["himself"]:
        facts["targets"] = sources
    return replace(tie, confidence=surety(facts), facts=facts)


def surety(facts: Mapping[str, float]) -> float:
    """Return how often ties of such facts were right in articles that were read whole."""
    weights = blame_facts()["confidence"]
    odds = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in facts.items())
    return 1 / (1 + math.exp(-odds))


def log_odds(share: float) -> float:
    """Return the log-odds of a probability, never endless."""
    share = min(max(share, LEAST_ODDS), 1 - LEAST_ODDS)
    return math.log(share / (1 - share))
