"""Ten thousand random sets of facts and rules against a second, naive evaluation."""

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


MANY = settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
@MANY
@given(RULES, facts())
def test_ten_thousand_sets_are_answered_as_by_trying_every_value(rule, known):
    assert assess(rule, known).verdict == naive.verdict(rule, known)


@pytest.mark.slow
@settings(MANY, max_examples=2_000)
@given(RULES, facts(), st.data())
def test_a_definite_answer_stays_true_whatever_the_facts_turn_out_to_be(rule, known, data):
    answer = assess(rule, known).verdict
    assume(answer is not Verdict.CANNOT_SAY)
    values = {name: data.draw(st.sampled_from(naive.possible(known.get(name), UNITS[name]))) for name in UNITS}
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
