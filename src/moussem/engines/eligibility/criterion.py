"""Rules as data: one criterion bounds one fact; groups say whether all of their parts must hold, or any one suffices.

Facts have names ("investment", "jobs"); what is known of one is a `Quantity` with its own bound. Nothing here knows
whose facts they are, nor which programme's rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from moussem.engines.values.units import LARGEST, Unit


class Comparison(StrEnum):
    """On which side of its bound a value must lie."""

    FROM = "from"
    """The bound and what is above it; without the bound itself where that is not included."""
    UP_TO = "up_to"
    """The bound and what is below it; without the bound itself where that is not included."""


class Combination(StrEnum):
    """How many parts of a group must hold."""

    ALL = "all"
    ANY = "any"


class NoCriterion(ValueError):
    """A group without parts: rules that ask nothing are no rules, and nobody is eligible by them."""


class BoundOutOfRange(ValueError):
    """A bound below zero, or larger than a figure can be."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One rule: the fact, the side of its bound, whether the bound is included, and where it is written.

    `bound` is an integer in the unit's scale (1,000,000 dirhams are 100000000). `article` names the place in the
    rules as they are printed ("article 3"), "" where the source gives none.
    """

    fact: str
    unit: Unit
    comparison: Comparison
    bound: int
    included: bool = True
    article: str = ""

    def __post_init__(self) -> None:
        """Refuse a bound that no figure can reach (`BoundOutOfRange`)."""
        if not 0 <= self.bound <= LARGEST:
            raise BoundOutOfRange(self.bound)


@dataclass(frozen=True, slots=True)
class Group:
    """Several rules, of which all must hold or any one suffices."""

    combination: Combination
    parts: tuple["Rule", ...]

    def __post_init__(self) -> None:
        """Refuse a group without parts (`NoCriterion`)."""
        if not self.parts:
            raise NoCriterion(self.combination)


Rule: TypeAlias = Criterion | Group


def criteria_of(rule: Rule) -> Iterator[Criterion]:
    """Every criterion of a rule, in the order in which it is written."""
    if isinstance(rule, Criterion):
        yield rule
        return
    for part in rule.parts:
        yield from criteria_of(part)
