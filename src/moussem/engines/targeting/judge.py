"""What is known against one criterion: *yes*, *partly*, *no* or *cannot say*.

What nobody stated is never taken for a no, nor is a list that may be incomplete: where the directory knows some of the
places at which a firm is, and not the one looked for, the firm may be there all the same. A number is an interval, as
for eligibility: it decides only where every value that it allows gives the same answer.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from moussem.engines.targeting.criterion import Band, Choice, Criterion
from moussem.engines.values.kinds import Bound
from moussem.engines.values.quantity import Quantity


class Answer(StrEnum):
    """The four answers."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True, slots=True)
class Known:
    """Values that are known of somebody (none: nothing is stated), and `near` ones, which meet a criterion partly.

    `is_open` says that there may be more than those known, so that a missing one proves nothing.
    """

    values: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    is_open: bool = False


Fact: TypeAlias = Known | Quantity | None
"""What is known for one criterion; None means that nobody stated it."""


class FactOfOtherSort(TypeError):
    """A number was given for a choice, or values for a band."""


def judge(criterion: Criterion, fact: Fact) -> Answer:
    """The answer of one fact to one criterion; a question is answered by people only. Raises `FactOfOtherSort`."""
    rule = criterion.rule
    if fact is None:
        return Answer.CANNOT_SAY
    if isinstance(rule, Choice) and isinstance(fact, Known):
        return _chosen(rule, fact)
    if isinstance(rule, Band) and isinstance(fact, Quantity):
        return _within(rule, fact)
    raise FactOfOtherSort(criterion.key)


def _chosen(rule: Choice, fact: Known) -> Answer:
    if fact.values & rule.values:
        return Answer.YES
    if fact.near & (rule.values | rule.near) or fact.values & rule.near:
        return Answer.PARTLY
    return Answer.NO if fact.values and not fact.is_open else Answer.CANNOT_SAY


def _within(band: Band, fact: Quantity) -> Answer:
    """The answer that all whole numbers of the fact's interval give; "about" a number gives no tolerance."""
    if fact.bound is Bound.ABOUT:
        return Answer.CANNOT_SAY
    ends = fact.interval()
    low = ends.low if ends.low is None or ends.low_included else ends.low + 1
    high = ends.high if ends.high is None or ends.high_included else ends.high - 1
    stated = (low, high)
    if _inside(stated, band):
        return Answer.YES
    if not _meets(stated, band.widened):
        return Answer.NO
    return Answer.PARTLY if _inside(stated, band.widened) and not _meets(stated, band) else Answer.CANNOT_SAY


Ends: TypeAlias = tuple[int | None, int | None]


def _inside(stated: Ends, band: Band) -> bool:
    low, high = stated
    from_low = band.low is None or (low is not None and low >= band.low)
    to_high = band.high is None or (high is not None and high <= band.high)
    return from_low and to_high


def _meets(stated: Ends, band: Band) -> bool:
    low, high = stated
    above = low is not None and band.high is not None and low > band.high
    below = high is not None and band.low is not None and high < band.low
    return not above and not below
