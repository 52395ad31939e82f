"""What figures come to, and what they do not: the total of one measure in one kind.

Kinds, measures, units, scopes and perimeters are never mixed: `total` refuses, `totals` keeps them apart.
Planned work has no total (a target is nobody's promise): `targets` shows it apart. Of the figures that
remain:

- the latest of the same holders and places counts (module `parts`);
- a joint figure stands for its holders, a wider place for those inside it; theirs are shown as `of_which`,
  also when they are later or larger, which is flagged and never added;
- a figure that may be inside another is not added; `on_top` says what the total is if it comes on top
  (a doubt about a figure that was replaced or superseded is one about the current figure of the same holders
  and places);
- figures of holders and figures of whole places are never added to each other: a park's 1,200 may be its
  tenants' own. Holders are read first where any states a number, the places are the other reading;
- a figure whose unnamed holder awaits a decision is left out, and named (`effect_of_match` shows both ends);
- a part without a number makes the reading incomplete; nothing stated at all is None, never zero.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from moussem.engines.values.coverage import Wider, close
from moussem.engines.values.figure import FigureFact
from moussem.engines.values.kinds import Kind, Scope
from moussem.engines.values.measures import Measure, rules
from moussem.engines.values.parts import LeftOut, Reason, parts_of
from moussem.engines.values.period import Period, TimelineKey, timeline_key
from moussem.engines.values.quantity import Quantity, UnitsDontMix
from moussem.engines.values.readings import Basis, Reading, read
from moussem.engines.values.units import Unit


class FiguresDontMix(ValueError):
    """Figures that must stay apart were to be totalled together; `found` lists what was found."""

    def __init__(self, found: Iterable[str]) -> None:
        self.found = tuple(sorted(set(found)))
        super().__init__(f"{type(self).__name__}: {', '.join(self.found)}")


class KindsDontMix(FiguresDontMix):
    """A figure of another kind than the total's, e.g. announced among verified."""


class MeasuresDontMix(FiguresDontMix):
    """A figure of another measure than the total's, e.g. employees among jobs."""


class ScopesDontMix(FiguresDontMix):
    """Figures of several scopes, e.g. direct and not stated."""


class PerimetersDontMix(FiguresDontMix):
    """Figures of several perimeters, e.g. the old and the renewed series."""


class PlannedIsNoPromise(ValueError):
    """Planned work was to be totalled; it is shown apart, by `targets`. Holds the `measure`."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        super().__init__(f"planned {measure} have no total")


class MeasureIsNotAdded(ValueError):
    """Figures of this measure are never added: a rank, a percentage, a threshold; holds it in `measure`."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        super().__init__(f"figures of {measure} are not added")


class KeysRepeat(ValueError):
    """Two figures carry the same key; holds it in `key`."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"two figures with the key {key}")


@dataclass(frozen=True, slots=True)
class Total:
    """The answer for one kind and measure, and each figure that was left out, with its reason.

    Each given figure is in `reading.included` or, once, in `left_out`.
    """

    kind: Kind
    measure: Measure
    scope: Scope | None
    """None when there are no figures at all."""
    perimeter: str
    unit: Unit | None
    reading: Reading
    alternative: Reading | None
    """The other reading, of whole places or of holders, where it says anything; never added to the first."""
    left_out: tuple[LeftOut, ...]

    @property
    def quantity(self) -> Quantity | None:
        """The total without what may be inside it; None is not stated."""
        return self.reading.quantity

    @property
    def undecided(self) -> tuple[str, ...]:
        """Figures that wait for a person to say whose they are."""
        return tuple(key for key, reason in self.left_out if reason is Reason.UNDECIDED)


@dataclass(frozen=True, slots=True)
class MatchEffect:
    """A total before a doubtful match is decided and after either decision."""

    now: Total
    if_same: Total
    if_other: Total


def total(
    figures: Iterable[FigureFact],
    *,
    kind: Kind,
    measure: Measure,
    on_top: Collection[str] = (),
    wider: Wider | None = None,
) -> Total:
    """Total figures of one kind and measure; their order never matters.

    `on_top` names figures whose inclusion is in doubt besides those that say so (`may_be_inside`); `wider`
    says which places contain which. Raises `KindsDontMix`, `MeasuresDontMix`, `ScopesDontMix`,
    `PerimetersDontMix`, `UnitsDontMix`, `PlannedIsNoPromise`, `MeasureIsNotAdded` and `KeysRepeat`.
    """
    given = sorted(figures, key=lambda fact: fact.key)
    _refuse_mixture(given, kind, measure)
    parts, left_out = parts_of(given)
    around = close(wider or {})
    held, left_held = read(Basis.HOLDERS, [part for part in parts if part.coverage.holders], on_top, around)
    whole, left_whole = read(Basis.WHOLE_PLACES, [part for part in parts if not part.coverage.holders], on_top, around)
    reading, other = (held, whole) if held.states_something or not whole.states_something else (whole, held)
    left_out += left_held + left_whole + [(key, Reason.OTHER_READING) for key in other.included]
    return Total(
        kind=kind,
        measure=measure,
        scope=given[0].scope if given else None,
        perimeter=given[0].perimeter if given else "",
        unit=next((fact.quantity.unit for fact in given if fact.quantity), None),
        reading=reading,
        alternative=other if other.states_something or other.incomplete else None,
        left_out=tuple(sorted(left_out)),
    )


def _refuse_mixture(given: list[FigureFact], kind: Kind, measure: Measure) -> None:
    for fact, following in pairwise(given):
        if fact.key == following.key:
            raise KeysRepeat(fact.key)
    if any(fact.kind is not kind for fact in given):
        raise KindsDontMix([kind, *(fact.kind for fact in given)])
    if any(fact.measure is not measure for fact in given):
        raise MeasuresDontMix([measure, *(fact.measure for fact in given)])
    if not rules(measure).additive:
        raise MeasureIsNotAdded(measure)
    if kind is Kind.PLANNED and rules(measure).counts_people:
        raise PlannedIsNoPromise(measure)
    if len({fact.scope for fact in given}) > 1:
        raise ScopesDontMix(fact.scope for fact in given)
    if len({fact.perimeter for fact in given}) > 1:
        raise PerimetersDontMix(fact.perimeter for fact in given)
    units = {fact.quantity.unit for fact in given if fact.quantity}
    if len(units) > 1:
        raise UnitsDontMix(units)


@dataclass(frozen=True, slots=True)
class Target:
    """Planned work of one coverage for one horizon, shown apart and never added."""

    keys: tuple[str, ...]
    measure: Measure
    scope: Scope
    perimeter: str
    holders: tuple[str, ...]
    places: tuple[str, ...]
    horizon: Period | None
    quantity: Quantity
    """A range when plans of the same date contradict one another."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What a mixed set of figures comes to, apart by measure, kind, scope, perimeter and unit."""

    totals: tuple[Total, ...]
    targets: tuple[Target, ...]
    """Planned work, which has no total."""
    not_added: tuple[str, ...]
    """Keys of figures whose measure is never added (ranks, percentages, thresholds)."""

    def of(self, kind: Kind, measure: Measure) -> tuple[Total, ...]:
        """The totals of one kind and measure: none when no such figure was given."""
        return tuple(row for row in self.totals if row.kind is kind and row.measure is measure)


def totals(figures: Iterable[FigureFact], *, on_top: Collection[str] = (), wider: Wider | None = None) -> Totals:
    """Total each measure and kind of a mixed set apart; the same answers as `total` on each of its parts."""
    apart: dict[tuple[Measure, Kind, Scope, str, Unit | None], list[FigureFact]] = defaultdict(list)
    planned: list[FigureFact] = []
    not_added: list[str] = []
    for fact in figures:
        if not rules(fact.measure).additive:
            not_added.append(fact.key)
        elif fact.kind is Kind.PLANNED and rules(fact.measure).counts_people:
            planned.append(fact)
        else:
            apart[fact.measure, fact.kind, fact.scope, fact.perimeter, _unit(fact)].append(fact)
    rows = [
        total(group, kind=of[1], measure=of[0], on_top=on_top, wider=wider)
        for of, group in sorted(apart.items(), key=lambda item: _place_in_order(*item[0]))
    ]
    return Totals(tuple(rows), targets(planned), tuple(sorted(not_added)))


def _unit(fact: FigureFact) -> Unit | None:
    """The unit, also of a figure without a number where its measure has but one."""
    if fact.quantity:
        return fact.quantity.unit
    units = rules(fact.measure).units
    return units[0] if len(units) == 1 else None


def _place_in_order(
    measure: Measure, kind: Kind, scope: Scope, perimeter: str, unit: Unit | None
) -> tuple[int, int, int, str, str]:
    return (
        list(Measure).index(measure),
        list(Kind).index(kind),
        list(Scope).index(scope),
        perimeter,
        unit or "",
    )


def targets(figures: Iterable[FigureFact]) -> tuple[Target, ...]:
    """Planned figures, the latest of each coverage and horizon, in the order of their horizons.

    "2,000 by 2020 and 4,000 by 2022" are two targets. Raises `KindsDontMix` for a figure that is not planned.
    """
    apart: dict[tuple[Measure, Scope, str, TimelineKey], list[FigureFact]] = defaultdict(list)
    for fact in figures:
        if fact.kind is not Kind.PLANNED:
            raise KindsDontMix([Kind.PLANNED, fact.kind])
        apart[fact.measure, fact.scope, fact.perimeter, timeline_key(fact.horizon)].append(fact)
    rows = []
    for (measure, scope, perimeter, _), group in apart.items():
        for part in parts_of(group)[0]:
            if part.quantity:
                holders, places = sorted(part.coverage.holders), sorted(part.coverage.places)
                horizon = part.counted[0].horizon
                rows.append(
                    Target(
                        part.keys,
                        measure,
                        scope,
                        perimeter,
                        tuple(holders),
                        tuple(places),
                        horizon,
                        part.quantity,
                    )
                )
    return tuple(sorted(rows, key=lambda row: (timeline_key(row.horizon), row.keys)))


def effect_of_match(
    figures: Iterable[FigureFact],
    *,
    unnamed: str,
    candidate: str,
    kind: Kind,
    measure: Measure,
    on_top: Collection[str] = (),
    wider: Wider | None = None,
) -> MatchEffect:
    """What a total becomes when a person decides that an unnamed holder is, or is not, a named one.

    `if_other` drops this candidate only: a figure with further candidates stays undecided.
    """
    given = list(figures)

    def decided(change: Callable[[FigureFact], FigureFact]) -> Total:
        changed = [change(fact) if unnamed in fact.holders else fact for fact in given]
        return total(changed, kind=kind, measure=measure, on_top=on_top, wider=wider)

    def same(fact: FigureFact) -> FigureFact:
        holders = tuple(candidate if holder == unnamed else holder for holder in fact.holders)
        return replace(fact, holders=holders, may_be_of=())

    def other(fact: FigureFact) -> FigureFact:
        return replace(fact, may_be_of=tuple(name for name in fact.may_be_of if name != candidate))

    return MatchEffect(now=decided(lambda fact: fact), if_same=decided(same), if_other=decided(other))
