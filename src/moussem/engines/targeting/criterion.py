"""Criteria as data: what is looked for, and how much it weighs. Nothing here knows whose facts they are.

A criterion looks for one of several values (`Choice`), for a number between two ends (`Band`), or asks something that
only a person answers (`Question`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeAlias

LEAST_WEIGHT: Final = 1
MOST_WEIGHT: Final = 100
"""The bounds of a weight, both included."""


class WeightOutOfBounds(ValueError):
    """A weight below 1 or above 100."""


class NothingWanted(ValueError):
    """A criterion that looks for nothing: no value, no end, no question."""


class EndsCrossed(ValueError):
    """A band whose lower end lies above its upper one."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Any one of `values`. Who only has one of `near` (the same country, another town) meets it partly."""

    values: frozenset[str]
    near: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a choice of nothing (`NothingWanted`)."""
        if not self.values:
            raise NothingWanted


@dataclass(frozen=True, slots=True)
class Band:
    """A whole number from `low` up to `high`, both included (None: no end on that side).

    Who misses the nearer end by at most a fifth of it meets the band partly.
    """

    low: int | None = None
    high: int | None = None

    def __post_init__(self) -> None:
        """Refuse a band without an end (`NothingWanted`), and crossed ends (`EndsCrossed`)."""
        if self.low is None and self.high is None:
            raise NothingWanted
        if self.low is not None and self.high is not None and self.low > self.high:
            raise EndsCrossed(self.low, self.high)

    @property
    def widened(self) -> "Band":
        """The band with a fifth of each end added outside, rounded so that the exact fifth is still inside."""
        low = None if self.low is None else -(-self.low * 4 // 5)
        return Band(low, None if self.high is None else self.high * 6 // 5)


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person answers; `words` is the question as asked."""

    words: str

    def __post_init__(self) -> None:
        """Refuse a question without words (`NothingWanted`)."""
        if not self.words.strip():
            raise NothingWanted


Rule: TypeAlias = Choice | Band | Question


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: its name among the list's, the field it is about, its weight (1 to 100, both included).

    `single` says that a field has one value only, so that two criteria without a common value cannot both be met.
    """

    key: str
    field: str
    weight: int
    rule: Rule
    single: bool = False

    def __post_init__(self) -> None:
        """Refuse a weight out of bounds (`WeightOutOfBounds`)."""
        if not LEAST_WEIGHT <= self.weight <= MOST_WEIGHT:
            raise WeightOutOfBounds(self.weight)


@dataclass(frozen=True, slots=True)
class Clash:
    """Two criteria that do not go together: the same one twice (`is_same`), or two that nobody can meet both."""

    first: str
    second: str
    is_same: bool


def clashes(criteria: Iterable[Criterion]) -> Iterator[Clash]:
    """Every pair that does not go together, by the criteria's keys; the order of the criteria changes nothing but
    which of a pair is named first.
    """
    for one, other in combinations(criteria, 2):
        if one.field == other.field and one.rule == other.rule:
            yield Clash(one.key, other.key, is_same=True)
        elif one.field == other.field and one.single and other.single and _apart(one.rule, other.rule):
            yield Clash(one.key, other.key, is_same=False)


def _apart(one: Rule, other: Rule) -> bool:
    if isinstance(one, Choice) and isinstance(other, Choice):
        return one.values.isdisjoint(other.values)
    return isinstance(one, Band) and isinstance(other, Band) and (_below(one, other) or _below(other, one))


def _below(one: Band, other: Band) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low
