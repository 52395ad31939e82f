"""Ten thousand random sets of facts and rules against a second, naive evaluation."""

from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from moussem.engines.eligibility.assess import Verdict, assess
from moussem.engines.eligibility.criterion import Combination, Comparison, Criterion, Group
from moussem.engines.values.kinds import Bound
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.units import Unit
from tests.engines.eligibility import naive

UNITS = {"jobs": Unit.JOBS, "stable": Unit.JOBS, "investment": Unit.MAD}
NAMES = st.sampled_from(sorted(UNITS))
CRITERIA = st.builds(
    lambda fact, side, bound, included: Criterion(fact, UNITS[fact], side, bound, included),
    NAMES, st.sampled_from(Comparison), st.integers(1, 30), st.booleans(),
)  # fmt: skip
RULES = st.recursive(
    CRITERIA,
    lambda parts: st.builds(Group, st.sampled_from(Combination), st.lists(parts, min_size=1, max_size=3).map(tuple)),
    max_leaves=6,
)


@st.composite
def facts(draw):
    known = {}
    for name, unit in UNITS.items():
        bound = draw(st.sampled_from([None, *Bound]))
        low, width = draw(st.integers(1, 30)), draw(st.integers(1, 10))
        if bound is not None:
            known[name] = Quantity(low, unit, bound, low + width if bound is Bound.RANGE else None)
        elif draw(st.booleans()):
            known[name] = None
    return known


def drawn(seed):
    """A rule and facts drawn by Python's own generator: thousands cost what hypothesis takes for hundreds."""
    draw = Random(seed)
    known = {}
    for name, unit in UNITS.items():
        bound, low, width = draw.choice([None, *Bound]), draw.randint(1, 30), draw.randint(1, 10)
        if bound is not None:
            known[name] = Quantity(low, unit, bound, low + width if bound is Bound.RANGE else None)
        elif draw.random() < 0.5:
            known[name] = None
    return _rule(draw, 2), known


def _rule(draw, deepest):
    if deepest == 0 or draw.random() < 0.4:
        fact = draw.choice(sorted(UNITS))
        return Criterion(fact, UNITS[fact], draw.choice(list(Comparison)), draw.randint(1, 30), draw.random() < 0.5)
    parts = tuple(_rule(draw, deepest - 1) for _ in range(draw.randint(1, 3)))
    return Group(draw.choice(list(Combination)), parts)


SEEDS = st.integers(0, 2**64 - 1)
MANY = settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
@MANY
@given(SEEDS)
def test_ten_thousand_sets_are_answered_as_by_trying_every_value(seed):
    rule, known = drawn(seed)
    assert assess(rule, known).verdict == naive.verdict(rule, known)


@pytest.mark.slow
@settings(MANY, max_examples=2_000)
@given(SEEDS)
def test_a_definite_answer_stays_true_whatever_the_facts_turn_out_to_be(seed):
    rule, known = drawn(seed)
    answer = assess(rule, known).verdict
    assume(answer is not Verdict.CANNOT_SAY)
    draw = Random(seed)
    values = {name: draw.choice(list(naive.possible(known.get(name), UNITS[name]))) for name in UNITS}
    assert naive.truth(rule, values) == (answer is Verdict.YES)


@settings(MANY, max_examples=300)
@given(RULES, facts())
def test_a_sample_of_sets_is_answered_as_by_trying_every_value(rule, known):
    assert assess(rule, known).verdict == naive.verdict(rule, known)


def test_an_evaluation_that_takes_what_is_missing_for_zero_is_caught():
    """The negative control: with zeros in the place of missing facts, the second evaluation disagrees."""
    rule = Criterion("jobs", Unit.JOBS, Comparison.UP_TO, 20)
    zeroed = {"jobs": Quantity(0, Unit.JOBS)}
    assert assess(rule, zeroed).verdict != naive.verdict(rule, {})
