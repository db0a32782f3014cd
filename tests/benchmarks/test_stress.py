"""Time is linear in length, whatever a text repeats: the kinds that were not, at a small size."""

from __future__ import annotations

import pytest
from benchmarks.stress.growth import KINDS, STEPS, clocked, exponent
from benchmarks.stress.texts import PAGES, PLAIN, made

from sayso.timex.grammar import load
from sayso.timex.tokens import tokenise


def test_the_exponent_is_that_of_the_last_growth():
    assert exponent([0.01, 0.1, 0.4, 1.6]) == pytest.approx(1)
    assert exponent([0.01, 0.1, 1.6]) == pytest.approx(2)
    assert exponent([0.001, 0.004]) == 1


def test_there_are_many_kinds_and_each_has_its_length():
    assert len(KINDS) > 150 and len({name for name, *_ in KINDS}) == len(KINDS)
    for _, parts, _ in KINDS:
        assert abs(len(made(parts, 8192)) - 8192) < 700
    assert made(PLAIN["names, all different"], 60) != made(PLAIN["names, all different"], 61)


SLOW = ("guillemets inside a quotation", "opening marks", "possessives in single marks", "the")


@pytest.mark.parametrize("kind", [*SLOW, "number words", "dashes apart", "dates without a stop"])
@pytest.mark.parametrize("step", ["marks", "timex"])
def test_a_kind_that_was_slow_takes_ten_times_as_long_for_ten_times_the_length(kind, step):
    short, long = (
        clocked(step, STEPS[step], made(PLAIN[kind], size), 2) for size in (15_000, 150_000)
    )
    # It was a hundred times; the clock is coarse and the machine may be busy.
    assert long < 35 * max(short, 0.005)


@pytest.mark.parametrize("kind", ["blame", "names, all different", "low marks inside a quotation"])
def test_the_tables_of_a_text_four_times_as_long_take_about_four_times_as_long(kind):
    short, long = (
        clocked("tables", STEPS["tables"], made(PLAIN[kind], size), 1) for size in (8_000, 32_000)
    )
    assert long < 10 * max(short, 0.01)


def test_what_is_cut_for_its_length_is_read_on_both_sides_of_the_cut():
    days = [f"{1 + n % 28} March {1950 + n // 28}" for n in range(600)]
    text = f"so on {', '.join(days)} and {'the ' * 3000} on 4 March 2019"
    grammar = load()
    tokens = tokenise(text, grammar.vocabulary)
    words = [" ".join(tokens.words[m.start : m.end]) for m in grammar.matches(tokens.letters)]
    assert words == [*days, "4 March 2019"]


def test_a_tag_with_many_attributes_is_read():
    text = made(PAGES["a tag with attributes"], 300_000)
    step = next(steps["page"] for name, _, steps in KINDS if name == "html: page")
    step(text)
