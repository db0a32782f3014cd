"""Denials: 'X denied the charges', 'accusations against X are groundless'."""

from __future__ import annotations

from dataclasses import replace

from sayso.extract.blaming.scene import Scene, Tie
from sayso.extract.blaming.tokens import BE, DETERMINERS, NOT, PRONOUNS

FAULTS = ("deny.of", "wrong.verbs", "wrong.nouns", "object.verbs")
ACCUSATIONS = {"charge", "criticism", "wrong_noun"}


def denial(scene: Scene, at: int, _size: int) -> None:
    """'X denied the accusations', 'X rejects that Y did Z'."""
    s = scene.s
    end = _object_end(scene, at)
    voice = scene.blamer(at)
    if set(s.auxiliaries(at)) & (NOT | BE) or s.low(at - 1) in DETERMINERS or not voice.source:
        return
    if scene.near(range(at + 1, end), *FAULTS) is None:
        return
    span = s.span_of(at, end)
    inner = next((t for t in scene.found if span[0] <= t.cue[0] < span[1]), None)
    that = next((i for i in range(at + 1, end) if s.lows[i] == "that"), None)
    clause = s.phrase_from(that + 1) if that else None
    target = voice.source
    if inner:
        target = inner.target
    elif clause and s.low(clause[0]) not in PRONOUNS:
        target = s.span_of(*scene.party(clause))
    issue, cue = s.span_of(at + 1, end), s.span_of(at, at + 1)
    scene.found.append(Tie(voice.source, target, issue, cue, "deny", rule="deny"))


def _object_end(scene: Scene, at: int) -> int:
    """Return where ends what is denied: at a mark, or at 'and' with another verb."""
    s = scene.s
    end = scene.clause_end(at + 1)
    links = (i for i in range(at + 1, end - 1) if s.lows[i] in ("and", "but") and s.is_verb(i + 1))
    return next(links, end)


def unfounded(scene: Scene, at: int, size: int) -> None:
    """'accusations against X are groundless', 'no evidence of X's violations'."""
    cue = scene.s.span_of(at, at + size)
    near = [t for t in scene.found if t.rule in ACCUSATIONS and t.stance != "deny"]
    if near and cue:
        about = min(near, key=lambda tie: abs(tie.cue[0] - cue[0]))
        voice = scene.spoken(at)
        denied = replace(about, source=voice.source, outlet=voice.outlet, cue=cue)
        scene.found.append(replace(denied, stance="deny", rule="deny"))


def without_echoes(ties: list[Tie]) -> list[Tie]:
    """Leave out 'X did not ...' of a source that denies the charge in the same sentence anyway."""
    firm = {tie.source for tie in ties if tie.rule in ("deny", "shift")}
    return [tie for tie in ties if tie.rule != "wrong_denied" or tie.source not in firm]
