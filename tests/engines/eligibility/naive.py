"""A second evaluation, by trying every value that a fact allows and writing out both truth tables.

Values are tried in halves where a unit is divisible, so that something always lies between two whole numbers.
"""

from fractions import Fraction

from moussem.engines.eligibility.criterion import Combination, Comparison, Criterion
from moussem.engines.values.kinds import Bound
from moussem.engines.values.units import Unit

LOWEST, HIGHEST = -10, 60
YES, NO, OPEN = "yes", "no", "cannot_say"
AND = {
    (YES, YES): YES, (YES, OPEN): OPEN, (YES, NO): NO,
    (OPEN, YES): OPEN, (OPEN, OPEN): OPEN, (OPEN, NO): NO,
    (NO, YES): NO, (NO, OPEN): NO, (NO, NO): NO,
}  # fmt: skip
OR = {
    (YES, YES): YES, (YES, OPEN): YES, (YES, NO): YES,
    (OPEN, YES): YES, (OPEN, OPEN): OPEN, (OPEN, NO): OPEN,
    (NO, YES): YES, (NO, OPEN): OPEN, (NO, NO): NO,
}  # fmt: skip


def possible(stated, unit):
    """Every value that the fact allows, by reading its bound word by word."""
    step = Fraction(1) if unit is Unit.JOBS else Fraction(1, 2)
    every = [LOWEST + n * step for n in range(int((HIGHEST - LOWEST) / step) + 1)]
    if stated is None or stated.bound is Bound.ABOUT:
        return every
    value = stated.scaled
    allowed = {
        Bound.EQUAL: lambda v: v == value,
        Bound.AT_LEAST: lambda v: v >= value,
        Bound.OVER: lambda v: v > value,
        Bound.AT_MOST: lambda v: v <= value,
        Bound.UNDER: lambda v: v < value,
        Bound.RANGE: lambda v: value <= v <= stated.scaled_max,
    }[stated.bound]
    return [v for v in every if allowed(v)]


def holds(criterion, value):
    if criterion.comparison is Comparison.FROM:
        return value >= criterion.bound if criterion.included else value > criterion.bound
    return value <= criterion.bound if criterion.included else value < criterion.bound


def verdict(rule, facts):
    """Yes, no or cannot say, the long way."""
    if isinstance(rule, Criterion):
        found = {holds(rule, value) for value in possible(facts.get(rule.fact), rule.unit)}
        return {frozenset({True}): YES, frozenset({False}): NO}.get(frozenset(found), OPEN)
    table = AND if rule.combination is Combination.ALL else OR
    said = verdict(rule.parts[0], facts)
    for part in rule.parts[1:]:
        said = table[said, verdict(part, facts)]
    return said


def truth(rule, values):
    """Whether the rule holds when every fact has exactly one value."""
    if isinstance(rule, Criterion):
        return holds(rule, values[rule.fact])
    found = [truth(part, values) for part in rule.parts]
    return all(found) if rule.combination is Combination.ALL else any(found)
