"""Facts against rules: for each criterion and for the whole *yes*, *no* or *cannot say*.

A fact is what a source says of a value, an interval rather than a point: "more than 900,000" may lie on either side of
1,000,000, and a fact that nobody stated may lie anywhere. A criterion says *yes* only where every value that the fact
allows meets it, *no* only where none does. "About" a number gives no tolerance, so that it decides nothing.

Groups follow the strong three-valued logic of S. C. Kleene ("On notation for ordinal numbers", Journal of Symbolic
Logic 3, 1938, p. 153; "Introduction to Metamathematics", 1952, section 64): *all* is the least, *any* the greatest of
the parts in the order no < cannot say < yes. A definite answer therefore stays true whatever the missing facts turn
out to be; a missing fact is never taken for zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from moussem.engines.eligibility.criterion import Combination, Comparison, Criterion, Group, Rule
from moussem.engines.values.kinds import Bound
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.units import Unit

Facts: TypeAlias = Mapping[str, Quantity | None]
"""What is known, by the fact's name; absent and None both mean that nobody stated it."""


class Verdict(StrEnum):
    """The three answers."""

    YES = "yes"
    NO = "no"
    CANNOT_SAY = "cannot_say"


class UnitOfFact(ValueError):
    """A fact is stated in another unit than the rule asks for; the two cannot be compared."""


_RANK: Final = {Verdict.NO: 0, Verdict.CANNOT_SAY: 1, Verdict.YES: 2}
_WHOLE: Final = frozenset({Unit.JOBS, Unit.PEOPLE, Unit.POSITIONS})
"""Counted in whole numbers, so that "more than 19" is at least 20."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule says of the facts; `stated` is the fact of a criterion (None: not stated), `parts` a group's."""

    rule: Rule
    verdict: Verdict
    stated: Quantity | None = None
    parts: tuple["Outcome", ...] = ()


def assess(rule: Rule, facts: Facts) -> Outcome:
    """The outcome of a rule and of each of its parts, in their order. Raises `UnitOfFact`."""
    if isinstance(rule, Criterion):
        stated = facts.get(rule.fact)
        return Outcome(rule, judge(rule, stated), stated)
    parts = tuple(assess(part, facts) for part in rule.parts)
    return Outcome(rule, _combined(rule, parts), None, parts)


def judge(criterion: Criterion, stated: Quantity | None) -> Verdict:
    """Whether every value that `stated` allows meets the criterion, or none does; *cannot say* otherwise."""
    if stated is None:
        return Verdict.CANNOT_SAY
    if stated.unit is not criterion.unit:
        raise UnitOfFact(f"{criterion.fact} in {stated.unit}, asked for in {criterion.unit}")
    if stated.bound is Bound.ABOUT:
        return Verdict.CANNOT_SAY
    low, high = _least_met(criterion, stated)
    if criterion.comparison is Comparison.UP_TO:
        low, high = high, low
    return Verdict.YES if low else Verdict.CANNOT_SAY if high else Verdict.NO


def _least_met(criterion: Criterion, stated: Quantity) -> tuple[bool, bool]:
    """Whether the lowest, and whether the highest value that a fact allows meets the criterion.

    An end that is open lies beyond every bound on its side; an end that is excluded is met by the values next to it.
    """
    ends = stated.interval()
    low, low_in = _stepped(ends.low, ends.low_included, criterion.unit, 1)
    high, high_in = _stepped(ends.high, ends.high_included, criterion.unit, -1)
    upwards = criterion.comparison is Comparison.FROM
    low_met = not upwards if low is None else _meets(criterion, low, low_in, low_end=True)
    high_met = upwards if high is None else _meets(criterion, high, high_in, low_end=False)
    return low_met, high_met


def _stepped(end: int | None, included: bool, unit: Unit, step: int) -> tuple[int | None, bool]:
    """The end of what is counted in whole numbers as one that is included: more than 19 is 20 and more."""
    if end is None or included or unit not in _WHOLE:
        return end, included
    return end + step, True


def _meets(criterion: Criterion, end: int, included: bool, *, low_end: bool) -> bool:
    """Whether the values at an end of the fact meet the criterion: the end itself, or those next to it inside."""
    upwards = criterion.comparison is Comparison.FROM
    if end != criterion.bound:
        return (end > criterion.bound) == upwards
    inside = included and criterion.included
    beyond = not included and low_end == upwards
    return inside or beyond


def _combined(group: Group, parts: tuple[Outcome, ...]) -> Verdict:
    verdicts = [part.verdict for part in parts]
    if group.combination is Combination.ALL:
        return min(verdicts, key=_RANK.__getitem__)
    return max(verdicts, key=_RANK.__getitem__)
