"""Memory: whoever was told of is found by place, and what was told aside is forgotten."""

from __future__ import annotations

from sayso.extract.people.cast import Speaker
from sayso.extract.people.memory import LATEST, Memory

ANA, BO, CY = (Speaker(name, "person") for name in ("Ana", "Bo", "Cy"))


def test_of_a_stretch_the_one_told_last_comes_first_wherever_he_stands():
    memory = Memory()
    for at, speaker in ((30, BO), (10, ANA), (50, CY)):
        memory.add("spoke", at, speaker)
    assert list(memory.within("spoke", 0, 40)) == [ANA, BO]
    assert list(memory.before("spoke", 50)) == [(30, BO), (10, ANA)]
    assert list(memory.after("spoke", 30)) == [BO, CY]
    assert not list(memory.within("sent", 0, 40))


def test_what_is_told_aside_is_forgotten_under_every_key():
    memory = Memory()
    memory.add("spoke", 10, ANA)
    size = len(memory)
    memory.add("spoke", 10, BO)
    memory.add("sent", 5, BO)
    memory.forget(size)
    assert list(memory.within("spoke", 0, 20)) == [ANA] and not list(memory.before("sent", 9))


def test_only_the_nearest_are_looked_at():
    memory = Memory()
    for at in range(3 * LATEST):
        memory.add("spoke", at, ANA)
    assert len(list(memory.within("spoke", 0, 3 * LATEST))) == LATEST
