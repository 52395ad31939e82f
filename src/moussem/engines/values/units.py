"""Units and their scales: how many decimals of a unit are kept, as whole numbers.

A value is stored as `scaled = value * 10 ** scale`. Percent are kept as they are written, with four decimals
(11 % is 110000), so that a page, an export and the interface show the source's own number. Hectares are
a unit of their own (22 ha is 220000), never turned into square metres.
"""

from decimal import Decimal, localcontext
from enum import StrEnum
from typing import Final


class Unit(StrEnum):
    """What a value is counted in; `scale` is the number of decimals kept."""

    JOBS = "jobs"
    PEOPLE = "people"
    POSITIONS = "positions"
    MAD = "MAD"
    EUR = "EUR"
    MAD_PER_JOB = "MAD_per_job"
    MAD_PER_MONTH = "MAD_per_month"
    PERCENT = "percent"
    M2 = "m2"
    HA = "ha"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    RANK = "rank"
    PLACES = "places"
    """Places gained or lost in a ranking."""
    COMPANIES = "companies"
    CENTRES = "centres"
    STUDENTS = "students"
    MEMBERS = "members"
    STATES = "states"
    PROVINCES = "provinces"
    PARTICIPANTS = "participants"
    INVESTORS = "investors"
    FILES = "files"
    PROJECTS = "projects"
    CONVENTIONS = "conventions"
    AWARDS = "awards"
    SPACES = "spaces"
    EDITIONS = "editions"

    @property
    def scale(self) -> int:
        """Decimals kept: 2 for money and square metres, 4 for percent and hectares, 0 for what is counted."""
        return _SCALES.get(self, 0)

    @property
    def additive(self) -> bool:
        """Whether two values may be added: not percents, ranks, premiums per job or month, nor durations."""
        return self not in _NOT_ADDITIVE

    @property
    def is_money(self) -> bool:
        """Whether the unit is an amount in a currency."""
        return self in (Unit.MAD, Unit.EUR)


_SCALES: Final[dict[Unit, int]] = {
    Unit.MAD: 2,
    Unit.EUR: 2,
    Unit.MAD_PER_JOB: 2,
    Unit.MAD_PER_MONTH: 2,
    Unit.PERCENT: 4,
    Unit.M2: 2,
    Unit.HA: 4,
}
_NOT_ADDITIVE: Final = frozenset(
    {
        Unit.MAD_PER_JOB,
        Unit.MAD_PER_MONTH,
        Unit.PERCENT,
        Unit.DAYS,
        Unit.MONTHS,
        Unit.YEARS,
        Unit.RANK,
        Unit.PLACES,
    }
)
LARGEST: Final = 2**63 - 1
"""The largest scaled value, either sign: both databases hold it exactly in one signed 64-bit column."""


# Outside these powers of ten no value but zero fits, so that "1E+999999" is refused before it is computed.
_SMALLEST_EXPONENT: Final = -60
_LARGEST_EXPONENT: Final = 20


class LossOfDigits(ValueError):
    """A value has more decimals than its unit keeps, is too large, or is no finite number."""

    def __init__(self, value: Decimal, unit: Unit) -> None:
        self.value = value
        self.unit = unit
        super().__init__(f"{value} cannot be kept exactly in {unit}")


def to_scaled(value: Decimal, unit: Unit) -> int:
    """Turn a value as written into the unit's scaled integer, exactly; raises `LossOfDigits`."""
    if not value.is_finite() or not _SMALLEST_EXPONENT < value.adjusted() < _LARGEST_EXPONENT:
        raise LossOfDigits(value, unit)
    numerator, denominator = value.as_integer_ratio()
    one: int = 10**unit.scale
    scaled, rest = divmod(numerator * one, denominator)
    if rest or abs(scaled) > LARGEST:
        raise LossOfDigits(value, unit)
    return scaled


def from_scaled(scaled: int, unit: Unit) -> Decimal:
    """Turn a scaled integer back into its value, exactly, without needless zeros (25200 MAD is 252)."""
    with localcontext() as context:
        context.prec = 40
        value = Decimal(scaled).scaleb(-unit.scale)
        whole = value.to_integral_value()
        return whole if value == whole else value.normalize()
