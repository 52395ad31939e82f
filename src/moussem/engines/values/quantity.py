"""A stated quantity: a scaled integer with its unit and bound, read as an interval, and the sum of several.

Adding follows what the sources say, never more:

- nominal values add; all `equal` stays `equal`;
- one term that opens upwards opens the sum: `over` if any term is `over`, else `at_least`;
- otherwise a range makes a `range`, a ceiling makes a ceiling (`under` if any is `under`, else `at_most`),
  and `about` makes `about`;
- ceilings (`at_most`, `under`) inside a sum are named in `Sum.ceilings`: "over 3,000" and "at most 800" give
  "over 3,800" with a ceiling of 800 inside, which the reader must be told;
- a term that is not stated is not zero: the sum of the others is marked `incomplete`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final, Literal

from moussem.engines.values.kinds import Bound
from moussem.engines.values.units import Unit, from_scaled, to_scaled


class NotStated(Enum):
    """The type of `NOT_STATED`: the source gives no value. Never zero, never false."""

    NOT_STATED = "not_stated"

    def __bool__(self) -> Literal[False]:
        """Reads as absent in a condition, like the missing value that it is."""
        return False


NOT_STATED: Final = NotStated.NOT_STATED


@dataclass(frozen=True, slots=True)
class Interval:
    """What the true value may be, in scaled integers; an end that is None is not stated."""

    low: int | None
    high: int | None
    low_included: bool
    high_included: bool
    about: bool = False

    def holds(self, scaled: int) -> bool:
        """Whether a value lies inside; ends that are only `about` are taken as they are written."""
        above = self.low is None or scaled > self.low or (self.low_included and scaled == self.low)
        below = self.high is None or scaled < self.high or (self.high_included and scaled == self.high)
        return above and below


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """A value as stated, times ten to the power of the unit's scale; `scaled_max` only with `range`."""

    scaled: int
    unit: Unit
    bound: Bound = Bound.EQUAL
    scaled_max: int | None = None

    def __post_init__(self) -> None:
        """Refuse a range without a higher upper end, and an upper end anywhere else."""
        is_range = self.scaled_max is not None and self.scaled_max > self.scaled
        if is_range != (self.bound is Bound.RANGE) or (self.scaled_max is not None and not is_range):
            raise ValueError(f"{self.bound} does not fit its ends")

    @classmethod
    def of(
        cls,
        value: Decimal | int | str,
        unit: Unit,
        bound: Bound = Bound.EQUAL,
        value_max: Decimal | int | str | None = None,
    ) -> "Quantity":
        """Build from the value as written ("2.52", 3000); ValueError when the unit cannot hold it."""
        top = None if value_max is None else to_scaled(Decimal(value_max), unit)
        return cls(to_scaled(Decimal(value), unit), unit, bound, top)

    @property
    def value(self) -> Decimal:
        """The stated value, exact; the lower end of a range."""
        return from_scaled(self.scaled, self.unit)

    @property
    def value_max(self) -> Decimal | None:
        """The upper end of a range, exact; None on every other bound."""
        return None if self.scaled_max is None else from_scaled(self.scaled_max, self.unit)

    @property
    def highest_stated(self) -> int:
        """The largest scaled number the source writes: the upper end of a range, else the value."""
        return self.scaled if self.scaled_max is None else self.scaled_max

    def interval(self) -> Interval:
        """What the true value may be; `about` keeps its written value as both ends and says so."""
        scaled = self.scaled
        if self.bound is Bound.RANGE:
            return Interval(scaled, self.scaled_max, True, True)
        if self.bound.opens_upwards:
            return Interval(scaled, None, self.bound is Bound.AT_LEAST, False)
        if self.bound.is_ceiling:
            return Interval(None, scaled, False, self.bound is Bound.AT_MOST)
        return Interval(scaled, scaled, True, True, about=self.bound is Bound.ABOUT)


@dataclass(frozen=True, slots=True)
class Sum:
    """Several quantities added. `quantity` is None when no part is stated (not stated, not zero)."""

    quantity: Quantity | None
    ceilings: tuple[Quantity, ...]
    """Parts of which only an upper end is stated, smallest first."""
    incomplete: bool
    """True when a part is not stated, so that the sum lacks it."""
    approximate: bool
    """True when a part is only `about`, whatever the bound of the sum."""


def add(parts: Iterable[Quantity | NotStated | None]) -> Sum:
    """Add quantities of one unit by the rules of this module; the order of the parts never matters.

    None counts as `NOT_STATED`. Raises ValueError for two units and for a unit that cannot be added.
    """
    given = list(parts)
    stated = [part for part in given if isinstance(part, Quantity)]
    incomplete = len(stated) < len(given)
    if not stated:
        return Sum(None, (), incomplete, False)
    unit = _one_unit(stated)
    ceilings = tuple(sorted(part for part in stated if part.bound.is_ceiling))
    approximate = any(part.bound is Bound.ABOUT for part in stated)
    return Sum(_added(stated, unit), ceilings, incomplete, approximate)


def _one_unit(stated: list[Quantity]) -> Unit:
    units = {part.unit for part in stated}
    if len(units) > 1:
        raise ValueError(f"cannot add {sorted(units)}")
    unit = units.pop()
    if not unit.additive:
        raise ValueError(f"values in {unit} cannot be added")
    return unit


def _added(stated: list[Quantity], unit: Unit) -> Quantity:
    bound = _bound_of_sum({part.bound for part in stated})
    if bound is Bound.RANGE:
        low = sum(part.scaled for part in stated if not part.bound.is_ceiling)
        return Quantity(low, unit, bound, sum(part.highest_stated for part in stated))
    return Quantity(sum(part.scaled for part in stated), unit, bound)


def _bound_of_sum(bounds: set[Bound]) -> Bound:
    for bound in (Bound.OVER, Bound.AT_LEAST, Bound.RANGE, Bound.UNDER, Bound.AT_MOST, Bound.ABOUT):
        if bound in bounds:
            return bound
    return Bound.EQUAL
