"""Nouns of blame: 'accusations against X', 'the blame for Y', 'X's alleged violations'."""

from __future__ import annotations

from sayso.extract.blaming.clauses import Range
from sayso.extract.blaming.scene import NOBODY, Scene, Voice
from sayso.extract.blaming.tokens import AUXILIARY, MODAL, NOT, PRONOUNS

# These forms are as often verbs: 'the mayor claims'.
ENDS_ISSUE = AUXILIARY | {"against", "by"}
VERBAL = {"claims", "charges", "attacks"}
# 'over allegations of fraud', 'amid criticism': whom the sentence is about is blamed.
AMID = {"over", "amid", "by", "in", "with", "for"}


def blame_noun(scene: Scene, at: int, _size: int) -> None:
    """'X's criticism of Y', 'accusations against Y', 'allegations that Y did Z'."""
    s = scene.s
    low, after = s.lows[at], s.low(at + 1)
    named = at in s.names_to
    if low.endswith(("ed", "ing")) or (low in VERBAL and (named or s.low(at - 1) in PRONOUNS)):
        return
    if s.low(at - 1) == "no":
        return  # 'there are no allegations of ...'
    voice = _who(scene, at)
    if "noun.charges" in scene.kinds(at):
        target, issue = _charged(scene, at)
        rule = "charge"
    else:
        issue, rule = None, "criticism"
        if after in ("from", "by") and (agent := s.phrase_from(at + 2)):
            voice, target = Voice(s.span_of(*agent)), _sufferer(scene, at)
        else:
            target = s.phrase_from(at + 2) if after in ("against", "of", "on", "at") else None
        if voice == NOBODY and scene.words.base(low) in ("attack", "critic"):
            return  # as likely one with weapons
    stance = "assert" if voice.source else "report"
    scene.add(rule, voice, scene.party(target), issue, (at, at + 1), stance=stance)


def _who(scene: Scene, at: int) -> Voice:
    """Return who makes an accusation: a possessor, the speaker, a name right before it."""
    s = scene.s
    if at and s.tokens[at - 1].is_possessor:
        holder = scene.owner(at - 1)
        return Voice(s.span_of(*holder)) if holder else NOBODY
    quote = scene.quote_by(at)
    if quote and quote.speaker_span:
        return Voice(scene.speaker(quote))
    return Voice(s.span_of(s.names_to[at], at)) if at in s.names_to else NOBODY


def _charged(scene: Scene, at: int) -> tuple[Range | None, tuple[int, int] | None]:
    """Return whom an accusation is against, and what of."""
    s = scene.s
    after = s.low(at + 1)
    if after == "against":
        return s.phrase_from(at + 2), None
    if after == "that" and s.is_verb(at + 2):
        return None, None  # 'claims that proved wrong'
    if after == "that" or at + 1 in s.names_from or after in PRONOUNS:
        target = s.phrase_from(at + 1 + (after == "that"))
        return target, scene.rest(target[1]) if target else None
    if after != "of":
        return None, None
    places = range(at + 2, min(at + 10, len(s.lows)))
    end = next((i for i in places if s.lows[i] in ENDS_ISSUE), None)
    issue = s.span_of(at + 2, end) if end else scene.rest(at + 2)
    if end and s.lows[end] in ("against", "by"):
        return s.phrase_from(end + 1), issue
    return _sufferer(scene, at), issue


def _sufferer(scene: Scene, at: int) -> Range | None:
    """Return who faces an accusation."""
    verb = scene.near(range(at - 1, max(-1, at - 6), -1), "noun.suffer")
    if verb is not None:
        return scene.s.subject_of(verb)
    return scene.s.main_subject(at) if scene.s.low(at - 1) in AMID else None


def burden(scene: Scene, at: int, _size: int) -> None:
    """'put the blame for Y on X', 'X bears the responsibility for Y'."""
    s = scene.s
    issue_follows = s.low(at + 1) == "for"
    bearing = scene.near(range(at - 1, max(-1, at - 4), -1), "noun.bear")
    verb = scene.near(range(at - 1, max(-1, at - 5), -1), "noun.put", "noun.shift")
    if verb is None:
        plain = scene.words.base(s.lows[at]) == "blame"
        negated = bearing and set(s.auxiliaries(bearing)) & (NOT | MODAL)
        if bearing is not None and not negated and (issue_follows or plain):
            issue = scene.rest(at + 2) if issue_follows else None
            target = scene.party(s.subject_of(bearing))
            scene.add("bearer", scene.spoken(bearing), target, issue, (bearing, at + 1))
        return
    places = range(at + 1, scene.clause_end(at))
    onto = [i for i in places if s.lows[i] in ("on", "onto", "upon", "to")]
    if onto and (target := s.phrase_from(onto[-1] + 1)):
        issue = s.span_of(at + 2, onto[-1]) if issue_follows else None
        _put(scene, verb, at, target, issue)


def _put(scene: Scene, verb: int, at: int, target: Range, issue) -> None:
    """Add a burden put on somebody; who says that it is shifted to him denies it."""
    scene.drop((at, at + 1))
    if "noun.shift" not in scene.kinds(verb):
        scene.add("burden", scene.blamer(verb), target, issue, (at, at + 1))
        return
    scene.add("burden", NOBODY, target, issue, (at, at + 1), stance="report")
    voice = scene.spoken(at)
    if voice.source:
        scene.add("shift", voice, target, issue, (verb, at + 1), stance="deny")


def wrong_noun(scene: Scene, at: int, _size: int) -> None:
    """'X's collusion with Y', 'alleged violations by X'."""
    s = scene.s
    before = at - 1
    while scene.kinds(before) & {"hearsay.words", "hearsay.degrees"}:
        before -= 1
    hearsay = scene.near(range(before + 1, at), "hearsay.words") is not None
    voice = scene.spoken(at)
    by = next((i for i in range(at, min(at + 10, len(s.lows))) if s.lows[i] == "by"), None)
    if before >= 0 and s.tokens[before].is_possessor:
        target = scene.owner(before)
        voice = NOBODY if hearsay else voice
    elif hearsay and by:
        target, voice = s.phrase_from(by + 1), NOBODY
    else:
        return
    if not voice.outlet:
        issue = s.span_of(*(s.phrase_from(at) or (at, at + 1)))
        stance = "report" if hearsay else "assert"
        scene.add("wrong_noun", voice, target, issue, (at, at + 1), stance=stance)
