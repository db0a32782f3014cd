"""Alpha for unitizing: the textbook's example, the definition written out, and what it must be."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.agreement import definition
from benchmarks.agreement.score import nominal_case, own, unitizing_case

from sayso.analyze.framing.agreement import alpha as nominal
from sayso.analyze.unitizing import Section, alpha, apart, prepared

ONE = np.array([0])
# Krippendorff (2004), Content analysis, p. 254: a continuum from 150 to 450, two observers.
EXAMPLE = {
    "c": ([(75, 145), (220, 250)], [(70, 150), (205, 225), (250, 270)]),
    "k": ([(30, 90), (150, 200)], [(30, 90), (150, 200)]),
}


def example(name):
    return prepared([Section(300, tuple(map(tuple, EXAMPLE[name])))])


def test_the_example_of_the_textbook():
    c, k = example("c"), example("k")
    assert c.disagreement(ONE) == pytest.approx((0.0144, 0.0532), abs=5e-5)
    assert k.disagreement(ONE) == pytest.approx((0.0, 0.0490), abs=5e-5)
    assert alpha([c], ONE) == pytest.approx(0.7286, abs=5e-5)
    assert alpha([c, k], ONE) == pytest.approx(0.8591, abs=5e-4)


@pytest.mark.parametrize("seed", range(30))
def test_both_alphas_are_what_their_definitions_say(seed):
    rng = np.random.default_rng(seed)
    texts, codes = unitizing_case(rng), nominal_case(rng)
    assert own(texts) == pytest.approx(definition.unitizing(texts), abs=1e-9, nan_ok=True)
    plain = [[None if v < 0 else v for v in unit] for unit in codes.tolist()]
    assert nominal(codes, 4) == pytest.approx(definition.nominal(plain), abs=1e-9, nan_ok=True)


def test_a_text_drawn_twice_counts_twice():
    texts = unitizing_case(np.random.default_rng(3))
    sections = [Section(length, tuple(marked)) for length, marked in texts]
    drawn = np.array([0, *range(len(sections))])
    twice = alpha([prepared([sections[n] for n in drawn])], np.arange(len(drawn)))
    assert alpha([prepared(sections)], drawn) == pytest.approx(twice, abs=1e-12)


def test_no_units_no_figure_and_units_that_overlap_are_one():
    assert np.isnan(alpha([prepared([Section(50, ((), ()))])], ONE))
    assert apart([(5, 9), (0, 6), (9, 12)]) == ((0, 9), (9, 12))
