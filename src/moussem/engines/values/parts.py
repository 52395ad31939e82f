"""From figures to parts: one part for all that is said of the same holders at the same places.

Within a part the latest figure counts. Dates are compared as they are stated: a figure is superseded only
when another's date lies wholly after its own, so that "2020" and "July 2020" stay side by side, and a
figure without a date supersedes nothing and is superseded by nothing. Of figures of the same date the
furthest horizon stands (200 by the end of 2020, 400 in 2021, 800 in 2022 are steps of one promise, not
three); what then still differs is a contradiction and leaves a range.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from moussem.engines.values.coverage import Coverage
from moussem.engines.values.figure import FigureFact
from moussem.engines.values.kinds import Bound
from moussem.engines.values.quantity import Quantity, either


class Reason(StrEnum):
    """Why a figure is not among those added."""

    REPLACED = "replaced"
    """A corrected figure has taken its place."""
    SUPERSEDED = "superseded"
    """A later figure of the same holders and places counts."""
    EARLIER_STEP = "earlier_step"
    """The same promise names a further horizon."""
    SAID_TWICE = "said_twice"
    """Another source of the same date says the same."""
    NOT_STATED = "not_stated"
    """It has no number."""
    UNDECIDED = "undecided"
    """Its holder is not named, and a person must decide who it is."""
    OF_WHICH = "of_which"
    """It lies inside a joint or wider figure that stands for it."""
    MAY_BE_INSIDE = "may_be_inside"
    """It may be inside a counted figure; shown as coming on top, or not."""
    OVERLAPS = "overlaps"
    """It shares a holder at a common place with a counted figure and neither includes the other."""
    OTHER_READING = "other_reading"
    """It counts in the other reading (whole places beside named holders), never in the same sum."""


LeftOut = tuple[str, Reason]


@dataclass(frozen=True, slots=True)
class Part:
    """What is said of one coverage: the figures that count, and the quantity they leave together."""

    coverage: Coverage
    counted: tuple[FigureFact, ...]
    """The current figures, sorted by key; more than one is a contradiction."""
    quantity: Quantity | None
    """None when no number is stated of this coverage."""
    known_as: tuple[str, ...]
    """Keys of all figures given for this coverage: a doubt about an old one finds the current."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the figures that count, in order."""
        return tuple(fact.key for fact in self.counted)

    @property
    def ends_on(self) -> date:
        """The last day of the figures that count; the first of all days when none is dated."""
        return max((fact.dated.end for fact in self.counted if fact.dated and fact.dated.end), default=date.min)

    @property
    def starts_on(self) -> date:
        """The first day of the figures that count; the first of all days when none is dated."""
        return min((f.dated.start for f in self.counted if f.dated and f.dated.start), default=date.min)

    @property
    def contradicts_itself(self) -> bool:
        """Whether sources of the same date state different numbers."""
        return len(self.counted) > 1

    @property
    def approximate(self) -> bool:
        """Whether a counted figure is only `about`."""
        return any(fact.quantity is not None and fact.quantity.bound is Bound.ABOUT for fact in self.counted)

    @property
    def weight(self) -> tuple[int, tuple[str, ...]]:
        """Sorts parts, the largest number first, then by key, so that the order of input never matters."""
        return (-self.quantity.highest_stated if self.quantity else 0, self.keys)


def parts_of(figures: Iterable[FigureFact]) -> tuple[list[Part], list[LeftOut]]:
    """Group figures of one measure, kind, scope and perimeter by coverage; name those that do not count."""
    groups: dict[Coverage, list[FigureFact]] = defaultdict(list)
    left_out: list[LeftOut] = []
    replaced: dict[Coverage, list[str]] = defaultdict(list)
    for fact in figures:
        coverage = Coverage(frozenset(fact.holders), frozenset(fact.places))
        if fact.replaced:
            left_out.append((fact.key, Reason.REPLACED))
            replaced[coverage].append(fact.key)
        elif fact.may_be_of:
            left_out.append((fact.key, Reason.UNDECIDED))
        else:
            groups[coverage].append(fact)
    parts = []
    for coverage, group in groups.items():
        counted, others = _current(group)
        known_as = tuple(fact.key for fact in group) + tuple(replaced[coverage])
        quantity = either(fact.quantity for fact in counted if fact.quantity) if counted else None
        parts.append(Part(coverage, counted, quantity, known_as))
        left_out.extend(others)
    return sorted(parts, key=lambda part: part.weight), left_out


def _current(group: list[FigureFact]) -> tuple[tuple[FigureFact, ...], list[LeftOut]]:
    """The figures that count, one for each different number, by key; and the others with their reason."""
    if len(group) == 1 and group[0].quantity is not None:
        return (group[0],), []
    left_out = [(fact.key, Reason.NOT_STATED) for fact in group if fact.quantity is None]
    stated = [fact for fact in group if fact.quantity is not None]
    newest = max((fact.dated.start for fact in stated if fact.dated and fact.dated.start), default=date.min)
    latest, superseded = _split(stated, lambda fact: not _ends_before(fact, newest))
    furthest = max((_reach(fact) for fact in latest), default=date.max)
    last, nearer = _split(latest, lambda fact: _reach(fact) == furthest)
    counted: dict[Quantity | None, FigureFact] = {}
    for fact in sorted(last, key=lambda fact: fact.key):
        counted.setdefault(fact.quantity, fact)
    _, repeated = _split(last, lambda fact: counted[fact.quantity] is fact)
    for reason, facts in (
        (Reason.SUPERSEDED, superseded),
        (Reason.EARLIER_STEP, nearer),
        (Reason.SAID_TWICE, repeated),
    ):
        left_out.extend((fact.key, reason) for fact in facts)
    return tuple(counted.values()), left_out


def _split(facts: list[FigureFact], holds: Callable[[FigureFact], bool]) -> tuple[list[FigureFact], list[FigureFact]]:
    kept: list[FigureFact] = []
    rest: list[FigureFact] = []
    for fact in facts:
        (kept if holds(fact) else rest).append(fact)
    return kept, rest


def _ends_before(fact: FigureFact, newest: date) -> bool:
    return fact.dated is not None and fact.dated.end is not None and fact.dated.end < newest


def _reach(fact: FigureFact) -> date:
    """The last day of the horizon; an open one and one that is not stated reach furthest."""
    if fact.horizon is None or fact.horizon.end is None:
        return date.max
    return fact.horizon.end
