"""What is measured: for each measure its units, its nature, and the kinds and bounds it forbids.

`check_figure` is the one gate: a figure whose kind, bound, unit or value contradicts its measure is refused
with the facts that a sentence needs. Dates (an opening, the days of an edition), names (a developer) and
words (a status) are no figures: they are statements.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from moussem.engines.values.kinds import Bound, Kind
from moussem.engines.values.units import LARGEST, LossOfDigits, Unit, from_scaled, to_scaled

__all__ = [
    "LARGEST",
    "BoundMismatch",
    "FigureRefused",
    "KindMismatch",
    "LossOfDigits",
    "Measure",
    "Nature",
    "Rules",
    "Unit",
    "UnitMismatch",
    "ValueMismatch",
    "check_figure",
    "from_scaled",
    "rules",
    "to_scaled",
]


class Nature(StrEnum):
    """How a measure stands in time."""

    STOCK = "stock"
    """What is there on a day: employees, offices, members."""
    FLOW = "flow"
    """What comes about in a period: jobs created, turnover, files treated."""
    AS_STATED = "as_stated"
    """The source does not say which: "1,000 jobs à terme" may be new or in total."""
    RULE = "rule"
    """A threshold, rate or premium of a programme: what is asked or offered, not what is."""


class Measure(StrEnum):
    """What a figure measures. The members' meaning, units and refusals are in `rules(measure)`."""

    JOBS = "jobs"
    JOBS_CREATED = "jobs_created"
    JOBS_ADDITIONAL = "jobs_additional"
    EMPLOYEES = "employees"
    POSITIONS = "positions"
    RECRUITS = "recruits"
    SHARE_OF_JOBS = "share_of_jobs"
    INVESTMENT = "investment"
    TURNOVER = "turnover"
    EXPORT_TURNOVER = "export_turnover"
    EXPORT_TURNOVER_ADDITIONAL = "export_turnover_additional"
    EXPORT_RECEIPTS = "export_receipts"
    GROWTH = "growth"
    ENVELOPE = "envelope"
    CAPITAL = "capital"
    SUBSIDY = "subsidy"
    PREMIUM_PER_JOB = "premium_per_job"
    BENEFIT_RATE = "benefit_rate"
    BENEFIT_AMOUNT = "benefit_amount"
    BENEFIT_DURATION = "benefit_duration"
    ELIGIBLE_INVESTMENT = "eligible_investment"
    ELIGIBLE_JOBS = "eligible_jobs"
    LAND_AREA = "land_area"
    LAND_DEVELOPED = "land_developed"
    OFFICE_AREA = "office_area"
    OFFICE_AREA_EXTENSION = "office_area_extension"
    SERVICES_AREA = "services_area"
    BUILDING_AREA = "building_area"
    OCCUPANCY = "occupancy"
    COMPANIES = "companies"
    CALL_CENTRES = "call_centres"
    STUDENTS = "students"
    MEMBERS = "members"
    STATES = "states"
    PROVINCES = "provinces"
    PARTICIPANTS = "participants"
    INVESTORS = "investors"
    RANK = "rank"
    RANK_CHANGE = "rank_change"
    FILES_TREATED = "files_treated"
    FILES_FAVOURABLE = "files_favourable"
    PROJECTS_TREATED = "projects_treated"
    PROJECTS_APPROVED = "projects_approved"
    PROJECTS = "projects"
    CONVENTIONS = "conventions"
    DELAY = "delay"
    AWARDS = "awards"
    SPACES = "spaces"
    YEARS_COVERED = "years_covered"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a measure admits. `low` and `high` are read in the unit itself, included; None is no limit."""

    units: tuple[Unit, ...]
    nature: Nature
    forbidden_kinds: frozenset[Kind] = frozenset()
    forbidden_bounds: frozenset[Bound] = frozenset()
    low: int | None = 0
    high: int | None = None
    thresholds: bool = False
    """True for what is asked or offered case by case (a minimum, a rate): two of them are never added."""
    counts_people: bool = False
    """True for the measures of work (jobs, employees, positions...), followed against one another."""

    @property
    def additive(self) -> bool:
        """Whether figures of two holders may be added at all."""
        return not self.thresholds and all(unit.additive for unit in self.units)


# What an operator can neither sign for nor return: it belongs to a territory, an association or a ranking.
_NOBODY_OWES: Final = frozenset({Kind.CONTRACTED, Kind.DECLARED})
# A rule is set, said or written in an act; it cannot be counted.
_NOT_COUNTED: Final = frozenset({Kind.DECLARED, Kind.OBSERVED})
_NEVER_CEILING: Final = frozenset({Bound.AT_MOST, Bound.UNDER})
_RANK_BOUNDS: Final = frozenset({Bound.OVER, Bound.AT_LEAST, Bound.UNDER})
_MONEY: Final = (Unit.MAD, Unit.EUR)


def _work(unit: Unit, nature: Nature) -> Rules:
    return Rules((unit,), nature, counts_people=True)


def _count(unit: Unit, nature: Nature = Nature.STOCK, forbidden: Iterable[Kind] = _NOBODY_OWES) -> Rules:
    return Rules((unit,), nature, frozenset(forbidden))


_RULES: Final[dict[Measure, Rules]] = {
    Measure.JOBS: _work(Unit.JOBS, Nature.AS_STATED),
    Measure.JOBS_CREATED: _work(Unit.JOBS, Nature.FLOW),
    Measure.JOBS_ADDITIONAL: _work(Unit.JOBS, Nature.FLOW),
    Measure.EMPLOYEES: _work(Unit.PEOPLE, Nature.STOCK),
    Measure.POSITIONS: _work(Unit.POSITIONS, Nature.STOCK),
    Measure.RECRUITS: _work(Unit.PEOPLE, Nature.FLOW),
    Measure.SHARE_OF_JOBS: Rules((Unit.PERCENT,), Nature.STOCK, _NOBODY_OWES, high=100),
    Measure.INVESTMENT: Rules(_MONEY, Nature.FLOW),
    Measure.TURNOVER: Rules(_MONEY, Nature.FLOW),
    Measure.EXPORT_TURNOVER: Rules(_MONEY, Nature.FLOW),
    Measure.EXPORT_TURNOVER_ADDITIONAL: Rules(_MONEY, Nature.FLOW),
    Measure.EXPORT_RECEIPTS: Rules(_MONEY, Nature.FLOW),
    Measure.GROWTH: Rules((Unit.PERCENT,), Nature.FLOW, _NOBODY_OWES, low=-100),
    Measure.ENVELOPE: Rules(_MONEY, Nature.RULE, _NOT_COUNTED),
    Measure.CAPITAL: Rules(_MONEY, Nature.STOCK),
    Measure.SUBSIDY: Rules(_MONEY, Nature.FLOW),
    Measure.PREMIUM_PER_JOB: Rules((Unit.MAD_PER_JOB,), Nature.RULE, _NOT_COUNTED, thresholds=True),
    Measure.BENEFIT_RATE: Rules((Unit.PERCENT,), Nature.RULE, _NOT_COUNTED, high=100, thresholds=True),
    Measure.BENEFIT_AMOUNT: Rules((*_MONEY, Unit.MAD_PER_MONTH), Nature.RULE, _NOT_COUNTED, thresholds=True),
    Measure.BENEFIT_DURATION: Rules((Unit.MONTHS, Unit.YEARS), Nature.RULE, _NOT_COUNTED, thresholds=True),
    Measure.ELIGIBLE_INVESTMENT: Rules(_MONEY, Nature.RULE, _NOT_COUNTED, frozenset({Bound.ABOUT}), thresholds=True),
    Measure.ELIGIBLE_JOBS: Rules((Unit.JOBS,), Nature.RULE, _NOT_COUNTED, frozenset({Bound.ABOUT}), thresholds=True),
    Measure.LAND_AREA: Rules((Unit.HA, Unit.M2), Nature.STOCK),
    Measure.LAND_DEVELOPED: Rules((Unit.HA, Unit.M2), Nature.STOCK),
    Measure.OFFICE_AREA: Rules((Unit.M2,), Nature.STOCK),
    Measure.OFFICE_AREA_EXTENSION: Rules((Unit.M2,), Nature.FLOW),
    Measure.SERVICES_AREA: Rules((Unit.M2,), Nature.STOCK),
    Measure.BUILDING_AREA: Rules((Unit.M2,), Nature.STOCK),
    Measure.OCCUPANCY: Rules((Unit.PERCENT,), Nature.STOCK, high=100),
    Measure.COMPANIES: _count(Unit.COMPANIES),
    Measure.CALL_CENTRES: _count(Unit.CENTRES),
    Measure.STUDENTS: _count(Unit.STUDENTS),
    Measure.MEMBERS: _count(Unit.MEMBERS, forbidden=()),
    Measure.STATES: _count(Unit.STATES, forbidden=()),
    Measure.PROVINCES: _count(Unit.PROVINCES),
    Measure.PARTICIPANTS: _count(Unit.PARTICIPANTS, Nature.FLOW, ()),
    Measure.INVESTORS: _count(Unit.INVESTORS, Nature.FLOW),
    Measure.RANK: Rules((Unit.RANK,), Nature.STOCK, _NOBODY_OWES, _RANK_BOUNDS, low=1),
    Measure.RANK_CHANGE: Rules((Unit.PLACES,), Nature.FLOW, _NOBODY_OWES, low=None),
    Measure.FILES_TREATED: _count(Unit.FILES, Nature.FLOW),
    Measure.FILES_FAVOURABLE: _count(Unit.FILES, Nature.FLOW),
    Measure.PROJECTS_TREATED: _count(Unit.PROJECTS, Nature.FLOW),
    Measure.PROJECTS_APPROVED: _count(Unit.PROJECTS, Nature.FLOW),
    Measure.PROJECTS: _count(Unit.PROJECTS),
    Measure.CONVENTIONS: _count(Unit.CONVENTIONS, Nature.FLOW),
    Measure.DELAY: Rules((Unit.DAYS, Unit.MONTHS), Nature.FLOW, _NOBODY_OWES),
    Measure.AWARDS: _count(Unit.AWARDS, Nature.FLOW, {Kind.DECLARED}),
    Measure.SPACES: _count(Unit.SPACES, forbidden={Kind.DECLARED}),
    Measure.YEARS_COVERED: Rules((Unit.YEARS,), Nature.STOCK, _NOBODY_OWES, _NEVER_CEILING),
}


def rules(measure: Measure) -> Rules:
    """The units, nature, limits and refusals of a measure."""
    return _RULES[measure]


class FigureRefused(ValueError):
    """A figure contradicts its measure; `measure` and `rules` say what the measure admits."""

    def __init__(self, measure: Measure, got: object) -> None:
        self.measure = measure
        self.rules = _RULES[measure]
        self.got = got
        super().__init__(f"{type(self).__name__}: {measure} with {got}")


class UnitMismatch(FigureRefused):
    """The unit is none of the measure's; `got` is the unit, `rules.units` those admitted."""


class KindMismatch(FigureRefused):
    """The kind cannot be of this measure; `got` is the kind, `rules.forbidden_kinds` the others refused."""


class BoundMismatch(FigureRefused):
    """The bound contradicts the measure or the ends: a rank `over` 40, a range without an upper end."""


class ValueMismatch(FigureRefused):
    """The value lies outside what the measure can be; `got` is in the unit, e.g. 120 for an occupancy."""


def check_figure(
    measure: Measure | str,
    value: int | None,
    value_max: int | None,
    bound: Bound | str,
    unit: Unit | str,
    kind: Kind | str,
) -> None:
    """Refuse a figure that contradicts its measure; `value` and `value_max` are scaled integers of the unit.

    A value of None is a figure whose number is not stated: it takes no upper end and the bound `equal` only.
    Raises `UnitMismatch`, `KindMismatch`, `BoundMismatch` or `ValueMismatch`, in this order, and ValueError
    for a word that is in none of the lists.
    """
    measure, bound, unit, kind = Measure(measure), Bound(bound), Unit(unit), Kind(kind)
    admitted = _RULES[measure]
    if unit not in admitted.units:
        raise UnitMismatch(measure, unit)
    if kind in admitted.forbidden_kinds:
        raise KindMismatch(measure, kind)
    if bound in admitted.forbidden_bounds or not _ends_fit(value, value_max, bound):
        raise BoundMismatch(measure, bound)
    for end in (value, value_max):
        if end is not None and not _is_possible(end, bound, unit, admitted):
            raise ValueMismatch(measure, end if abs(end) > LARGEST else from_scaled(end, unit))


def _ends_fit(value: int | None, value_max: int | None, bound: Bound) -> bool:
    if value is None:
        return value_max is None and bound is Bound.EQUAL
    if bound is Bound.RANGE:
        return value_max is not None and value_max > value
    return value_max is None


def _is_possible(scaled: int, bound: Bound, unit: Unit, admitted: Rules) -> bool:
    """Whether some value within the bound lies between the measure's limits: over 100 % or under 0 do not."""
    if abs(scaled) > LARGEST:
        return False
    one: int = 10**unit.scale
    low = None if admitted.low is None else admitted.low * one
    high = None if admitted.high is None else admitted.high * one
    above = low is None or scaled > low or (scaled == low and bound is not Bound.UNDER)
    below = high is None or scaled < high or (scaled == high and bound is not Bound.OVER)
    return above and below
