"""Wrongs and causes: 'X violated the law', 'X is to blame', 'Y happened because of X'."""

from __future__ import annotations

from sayso.extract.blaming.scene import Scene
from sayso.extract.blaming.tokens import BE, DETERMINERS, MODAL, NOT, PREPOSITIONS, QUOTES

# Modal verbs by which one guesses what was rather than says what would be.
GUESSES = {"may", "might", "must"}
NOBODY_HARMED = {"no", "nobody", "nothing"}


def wrong(scene: Scene, at: int, size: int) -> None:
    """'X violated the law': in somebody's words, or plainly in the article's."""
    s = scene.s
    low, helpers = s.lows[at], s.auxiliaries(at)
    voice = scene.spoken(at)
    negated = bool(set(helpers) & NOT)
    if set(helpers) & MODAL or s.low(at + size) in NOBODY_HARMED or (negated and voice.outlet):
        return
    if not _is_predicate(scene, at, size):
        return
    if voice.outlet and "wrong.plain" not in scene.kinds(at):
        return
    if helpers and helpers[0] in BE and low.endswith("ed"):
        if s.low(at + 1) == "by" and not voice.outlet:
            cue = (at, at + 2)
            scene.add("wrong", voice, s.phrase_from(at + 2), s.span_of(at, at + 1), cue)
        return
    target, issue = scene.party(s.subject_of(at)), scene.rest(at)
    rule, stance = ("wrong_denied", "deny") if negated else ("wrong", "assert")
    scene.add(rule, voice, target, issue, (at, at + size), stance=stance)


def _is_predicate(scene: Scene, at: int, size: int) -> bool:
    """Whether a word is a finite verb, and no noun, infinitive or participle."""
    s = scene.s
    low, helpers, before = s.lows[at], s.auxiliaries(at), s.low(at - 1)
    if before in PREPOSITIONS | DETERMINERS:
        return False
    if low.endswith("ing"):
        return bool(set(helpers) & BE)
    bare = size == 1 and low == scene.words.base(low)
    return not bare or bool(helpers) or before.endswith("s")


def predicate(scene: Scene, at: int, size: int) -> None:
    """'X is to blame for Y', 'X was wrong'."""
    s = scene.s
    verb = next((i for i in range(at - 1, max(-1, at - 6), -1) if s.lows[i] in BE), None)
    if verb is None:
        return
    between = [i for i in range(verb + 1, at) if s.lows[i] not in DETERMINERS | NOT]
    voice = scene.spoken(at)
    if not all(s.is_adverb(i) or s.lows[i] in QUOTES for i in between):
        return
    if set(s.auxiliaries(verb)) & (MODAL - GUESSES):
        return  # 'it would be wrong to ...': nobody has done it
    if voice.outlet and not scene.is_bad(at + size, len(s.lows)):
        return
    negated = any(s.lows[i] in NOT for i in range(verb, at))
    end = at + size
    issue = scene.rest(end + (s.low(end) == "for"))
    stance = "deny" if negated else "assert"
    target = scene.party(s.subject_of(verb))
    scene.add("predicate", voice, target, issue, (at, end), stance=stance)


def cause(scene: Scene, at: int, size: int) -> None:
    """'X caused the crash', as somebody says."""
    voice = scene.spoken(at)
    bad = scene.is_bad(at + size, scene.clause_end(at + size))
    bad = bad and not set(scene.s.auxiliaries(at)) & MODAL
    if bad and not voice.outlet and scene.s.low(at + size) != "by":
        target = scene.party(scene.s.subject_of(at))
        scene.add("cause", voice, target, scene.rest(at + size), (at, at + size))


def because(scene: Scene, at: int, size: int) -> None:
    """'The talks collapsed because of X's demands'."""
    s = scene.s
    first = at
    while first > 0 and s.lows[first - 1] not in (";", ":", "—", "that"):
        first -= 1
    target, voice = s.phrase_from(at + size), scene.spoken(at)
    if target is None or not scene.is_bad(first, at):
        return
    owned = any(s.tokens[i].is_possessor for i in range(*target))
    if owned or (scene.is_party(target) and not voice.outlet):
        scene.add("because", voice, scene.party(target), s.span_of(first, at), (at, at + size))
