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


class UnitsDontMix(ValueError):
    """Quantities of two units were to be added; holds them in `units`."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = tuple(sorted(set(units)))
        super().__init__(f"cannot add {', '.join(self.units)}")


class NotAdditive(ValueError):
    """A unit whose values cannot be added (percent, rank, year) was to be added; holds it in `unit`."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        super().__init__(f"values in {unit} cannot be added")


class EndsMismatch(ValueError):
    """A range without an upper end above its lower one, or an upper end on another bound."""

    def __init__(self, bound: Bound, scaled: int, scaled_max: int | None) -> None:
        self.bound = bound
        self.scaled = scaled
        self.scaled_max = scaled_max
        super().__init__(f"{bound} does not fit the ends {scaled} and {scaled_max}")


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
        """Refuse a range without a higher upper end, and an upper end anywhere else (`EndsMismatch`)."""
        is_range = self.scaled_max is not None and self.scaled_max > self.scaled
        if is_range != (self.bound is Bound.RANGE) or (self.scaled_max is not None and not is_range):
            raise EndsMismatch(self.bound, self.scaled, self.scaled_max)

    @classmethod
    def of(
        cls,
        value: Decimal | int | str,
        unit: Unit,
        bound: Bound = Bound.EQUAL,
        value_max: Decimal | int | str | None = None,
    ) -> "Quantity":
        """Build from the value as written ("2.52", 3000); `LossOfDigits` when the unit cannot hold it."""
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

    None counts as `NOT_STATED`. Raises `UnitsDontMix` and `NotAdditive`.
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


def either(quantities: Iterable[Quantity]) -> Quantity:
    """The narrowest quantity that is true whichever of the given ones is: what contradicting sources leave.

    200 and 300 give the range 200 to 300; 200 and over 300 give at least 200; 200 and at most 150 give at
    most 200; at most 100 and over 300 leave nothing but at least 0. The same number stated exactly and
    about is about it. Raises ValueError for none at all and `UnitsDontMix` for two units.
    """
    given = set(quantities)
    units = {quantity.unit for quantity in given}
    if len(units) > 1:
        raise UnitsDontMix(units)
    if len(given) == 1:
        return given.pop()
    if any(quantity.bound.opens_upwards for quantity in given):
        return _lowest(given)
    if any(quantity.bound.is_ceiling for quantity in given):
        return _highest(given)
    low = min(quantity.scaled for quantity in given)
    high = max(quantity.highest_stated for quantity in given)
    if low == high:
        return Quantity(low, units.pop(), Bound.ABOUT)
    return Quantity(low, units.pop(), Bound.RANGE, high)


def _lowest(given: set[Quantity]) -> Quantity:
    unit = next(iter(given)).unit
    if any(quantity.bound.is_ceiling for quantity in given):
        return Quantity(0, unit, Bound.AT_LEAST)
    low = min(quantity.scaled for quantity in given)
    all_over = all(quantity.bound is Bound.OVER for quantity in given if quantity.scaled == low)
    return Quantity(low, unit, Bound.OVER if all_over else Bound.AT_LEAST)


def _highest(given: set[Quantity]) -> Quantity:
    high = max(quantity.highest_stated for quantity in given)
    all_under = all(quantity.bound is Bound.UNDER for quantity in given if quantity.highest_stated == high)
    return Quantity(high, next(iter(given)).unit, Bound.UNDER if all_under else Bound.AT_MOST)


def _one_unit(stated: list[Quantity]) -> Unit:
    units = {part.unit for part in stated}
    if len(units) > 1:
        raise UnitsDontMix(units)
    unit = units.pop()
    if not unit.additive:
        raise NotAdditive(unit)
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
