"""Ties as the blame branch of the encoder sees them: labels, stances and links, decoded.

The branch reads one sentence by itself, with what the encoder made of it in its article.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sayso.extract.document import Document
from sayso.extract.quoting.attribution import Part, spans_of, viterbi
from sayso.model.encoder import Reading
from sayso.text.spans import Span

ROLES = ("issue", "target", "source", "cue")
STANCES = ("assert", "deny", "report")
RELATIONS = ("source", "target", "issue")
TARGETED = 0.9
"""A cue blames nobody only if that is so likely."""
LEANING = 1.5
"""Log-odds by which any label is preferred to none: the surety of a tie says whether there is one,
not for its words' labels one by one. Like ``SURE``, the best of a few on articles read whole."""
DENIES = 0.7
"""Denials are ties whose cue denies so surely: of .5, .7 and .9 the best on articles read whole."""
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
    blames. ``stance`` is assert, deny or report; ``score`` is how sure the network is of it.
    """

    source: Span | None
    target: Span
    issue: Span | None
    cue: Span
    stance: str = "assert"
    outlet: bool = False
    score: float = 1.0


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
    """Return the ties of a sentence."""
    leaning = seen.labels - LEANING * (np.arange(seen.labels.shape[1]) == 0)
    parts = spans_of(viterbi(leaning), seen.labels, seen.start, seen.end)
    by_role = {role: [p for p in parts if p.role == 1 + n] for n, role in enumerate(ROLES)}
    ties = []
    for cue in by_role["cue"]:
        (source, own), (target, surety), (issue, _) = (
            _choose(seen, cue, by_role[role], role) for role in RELATIONS
        )
        stances = np.exp(seen.stances[cue.first : cue.last]).mean(axis=0)
        stance = STANCES[int(stances.argmax())]
        if target is None:
            # A word has one label: who denies or admits a wrong is labelled as the source.
            target, surety = source, own
        if target is None or (stance == "deny" and stances.max() < DENIES):
            continue
        score = float(min(cue.probability, target.probability, surety))
        spans = (part and part.span for part in (source, target, issue, cue))
        ties.append(Tie(*spans, stance, score=score))
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
