"""Verbs that blame: 'accuse X of Y', 'was criticised for Y', 'lash out at X'."""

from __future__ import annotations

from sayso.extract.blaming.clauses import Range
from sayso.extract.blaming.scene import NOBODY, Scene, Voice
from sayso.extract.blaming.tokens import BE, DETERMINERS, MODAL, NOT, PREPOSITIONS

# What may follow a participle that has no object after it: 'accused of', 'criticised by'.
AFTER_PASSIVE = {"of", "for", "by", "over", "as", "with", "in", "on"}
REASONS = {"for", "over", "with", "as"}
# Modal verbs that say what will be rather than what might.
FIRM = {"will", "can"}


def object_verb(scene: Scene, at: int, _size: int) -> None:
    """'X accuses Y of Z', and its passive."""
    s = scene.s
    low = s.lows[at]
    before = next((i for i in range(at - 1, -1, -1) if not s.is_adverb(i)), -1)
    noun = low == scene.words.base(low) and s.low(before - 1) in ("a", "an")  # 'a strong rebuke'
    if s.low(before) in DETERMINERS or noun or _is_unspoken(scene, at):
        return
    if before >= 0 and s.tokens[before].is_possessor:
        if low.endswith("ed"):  # 'X's widely criticised speech'
            scene.add("passive", NOBODY, scene.owner(before), None, (at, at + 1), stance="report")
        return
    moved = _moved_object(scene, at)
    if _is_passive(scene, at) and not moved:
        _passive(scene, at)
        return
    target = moved or _object(scene, at)
    if target is None:
        return
    follows = at + 1 if moved else target[1]
    loose = "object.verbs" not in scene.kinds(at)
    attributed = scene.quote_by(at) and scene.is_party(target)
    if loose and not attributed and s.low(follows) not in REASONS:
        return
    voice, hedged = _infinitive(scene, at)
    hedged |= bool(set(s.auxiliaries(at)) & (MODAL - FIRM))
    stance = "report" if hedged else "assert"
    issue = scene.reason(follows)
    scene.add("object", voice, scene.party(target), issue, (at, at + 1), stance=stance)


def _is_unspoken(scene: Scene, at: int) -> bool:
    """Whether the blame is not uttered: 'did not blame', 'avoided criticising'."""
    s = scene.s
    if set(s.auxiliaries(at)) & NOT:
        return True
    infinitive = s.low(at - 1) == "to"
    if not infinitive and not s.lows[at].endswith("ing"):
        return False
    refrains = scene.near(range(max(0, at - 3), at), "refrain.verbs") is not None
    return refrains or (infinitive and "not" in s.lows[max(0, at - 3) : at])


def _is_passive(scene: Scene, at: int) -> bool:
    s = scene.s
    if not s.lows[at].endswith("ed") and s.lows[at] != "hit":
        return False
    helpers = s.auxiliaries(at)
    return helpers[0] in BE if helpers else s.low(at + 1) in AFTER_PASSIVE


def _passive(scene: Scene, at: int) -> None:
    """'X was accused (by Y) of Z'."""
    s = scene.s
    if "object.verbs" not in scene.kinds(at) and s.low(at + 1) not in REASONS | {"by", "of"}:
        return
    helpers = s.auxiliaries(at)
    if helpers or s.low(at - 1) in ("and", "or"):
        target = s.subject_of(at)
    else:
        target = s.phrase_to(at - (s.low(at - 1) == ","))
    voice, end = NOBODY, at + 1
    by = next((i for i in (at + 1, at + 2) if s.low(i) == "by"), None)
    if by and not s.low(by + 1).endswith("ing") and (agent := s.phrase_from(by + 1)):
        voice, end = Voice(s.span_of(*agent)), agent[1]
    hedged = voice == NOBODY or bool(set(helpers) & MODAL)
    stance = "report" if hedged else "assert"
    scene.add("passive", voice, target, scene.reason(end), (at, at + 1), stance=stance)


def _object(scene: Scene, at: int) -> Range | None:
    """Return the object after a verb; 'of' begins what 'accuse' accuses of."""
    target = scene.s.phrase_from(at + 1)
    if target and (scene.words.base(scene.s.lows[at]) or "").endswith("accuse"):
        inside = [i for i in range(*target) if scene.s.lows[i] == "of"]
        if inside and "of" not in scene.s.lows[target[1] : scene.clause_end(at)]:
            return target[0], inside[-1]
    return target


def _moved_object(scene: Scene, at: int) -> Range | None:
    """Return the object that stands before the subject: 'a plan the mayor has criticised'."""
    s = scene.s
    after = s.low(at + 1)
    ends = after in PREPOSITIONS | {".", ",", "”", '"'} or after.endswith("day")
    verb = s.before_verb(at)
    if not ends or set(s.lows[verb:at]) & BE:
        return None
    subject = s.phrase_to(verb, nearest=True)
    if subject is None or subject[0] < 2:
        return None
    if s.low(subject[0] - 1) in ("whom", "that", "which", "who"):
        return s.antecedent(subject[0] - 1)
    return s.phrase_to(subject[0])


def _infinitive(scene: Scene, at: int) -> tuple[Voice, bool]:
    """Return who blames, and whether it is only thought of: 'it is easy (for X) to criticise'."""
    s = scene.s
    voice = scene.blamer(at)
    if s.low(at - 1) != "to" or scene.quote_by(at):
        return voice, False
    agent = s.phrase_to(at - 1, nearest=True)
    if agent and s.low(agent[0] - 1) == "for":
        return Voice(s.span_of(*agent)), True
    if voice.source and s.text[slice(*voice.source)].casefold().startswith("it"):
        return NOBODY, True
    return voice, False


def onto(scene: Scene, at: int, _size: int, *, preposition: str) -> None:
    """'X blames Y on Z', 'X attributes Y to Z'."""
    s = scene.s
    places = range(at + 2, min(scene.clause_end(at), at + 14))
    to = next((i for i in places if s.lows[i] == preposition), None)
    if to is None or s.low(at - 1) in DETERMINERS:
        return
    if "for" in s.lows[at:to] or scene.is_party(s.phrase_from(at + 1)):
        return
    if target := s.phrase_from(to + 1):
        scene.drop((at, at + 1))
        voice, issue = scene.blamer(at), s.span_of(at + 1, to)
        scene.add("onto", voice, scene.party(target), issue, (at, at + 1))


def particle(scene: Scene, at: int, size: int, *, rule: str) -> None:
    """'X lashes out at Y for Z', 'X is critical of Y'."""
    s = scene.s
    negated = set(s.auxiliaries(at)) & NOT or "not" in s.lows[max(0, at - 3) : at]
    target = s.phrase_from(at + size)
    if target and not negated:
        # 'took a swipe at Y': the subject is that of the verb before.
        verb = at - 2 if s.low(at - 1) in ("a", "an", "another") else at
        voice, issue = scene.blamer(max(0, verb)), scene.reason(target[1])
        scene.add(rule, voice, scene.party(target), issue, (at, at + size))


def clause(scene: Scene, at: int, _size: int) -> None:
    """'X alleges that Y did Z': the subject of the clause is blamed."""
    s = scene.s
    start = at + 1 + (s.low(at + 1) == "that")
    if start == at + 1 and scene.words.base(s.lows[at]) != "allege":
        return  # 'charged the battery'
    if target := s.phrase_from(start):
        issue = scene.rest(target[1])
        scene.add("clause", scene.blamer(at), scene.party(target), issue, (at, at + 1))
