"""One sum of parts: what stands for what, what may come on top, and what a reader must be told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from moussem.engines.values.coverage import Coverage, Ground, Wider
from moussem.engines.values.parts import LeftOut, Part, Reason
from moussem.engines.values.quantity import Quantity, add


class Basis(StrEnum):
    """Whose figures a reading adds."""

    HOLDERS = "holders"
    WHOLE_PLACES = "whole_places"


@dataclass(frozen=True, slots=True)
class OfWhich:
    """A figure inside another that stands for it."""

    key: str
    of: tuple[str, ...]
    """Keys of the figure that stands for it (several when its own sources contradict one another)."""
    later: bool
    """True when it is dated wholly after the figure that stands for it."""
    exceeds: bool
    """True when its stated number is larger than that of the whole: shown as a contradiction, never added."""


@dataclass(frozen=True, slots=True)
class OnTop:
    """A figure that may be inside the total, and the total if it is not."""

    keys: tuple[str, ...]
    quantity: Quantity
    total: Quantity


@dataclass(frozen=True, slots=True)
class Reading:
    """One sum and all that a reader must be told with it."""

    basis: Basis
    quantity: Quantity | None
    """None when no number is stated: not stated, not zero. A range when sources contradict one another."""
    with_all_on_top: Quantity | None
    """The sum if everything in `on_top` is additional; the same as `quantity` when nothing is in doubt."""
    on_top: tuple[OnTop, ...]
    included: tuple[str, ...]
    of_which: tuple[OfWhich, ...]
    contradictions: tuple[tuple[str, ...], ...]
    """Groups of keys that state different numbers for the same thing at the same date."""
    ceilings: tuple[Quantity, ...]
    """Counted numbers that are only an upper end."""
    incomplete: bool
    """True when a holder or place is known of which no number is stated."""
    approximate: bool
    """True when a counted number is only `about`."""

    @property
    def states_something(self) -> bool:
        """Whether any number is stated, be it certain or in doubt."""
        return bool(self.included or self.on_top)


def read(basis: Basis, parts: list[Part], on_top: Collection[str], wider: Wider) -> tuple[Reading, list[LeftOut]]:
    """Add parts of one basis, sorted by weight; name the figures that are not among those added."""
    whole_of = _wholes(parts, wider)
    standing = [part for part in parts if part.quantity and part.coverage not in whole_of]
    doubtful = _doubtful(standing, parts, whole_of, on_top)
    in_doubt = {part.keys for part in doubtful}
    certain = [part for part in standing if part.keys not in in_doubt] if in_doubt else standing
    base, overlapping = _apart(certain, wider)
    inside = [part for part in parts if part.quantity and part.coverage in whole_of]
    missing = any(part.quantity is None and part.coverage not in whole_of for part in parts)
    left_out = [
        *((key, Reason.OF_WHICH) for part in inside for key in part.keys),
        *((key, Reason.MAY_BE_INSIDE) for part in doubtful for key in part.keys),
        *((key, Reason.OVERLAPS) for part in overlapping for key in part.keys),
    ]
    of_which = tuple(row for part in inside for row in _of_which(part, whole_of[part.coverage]))
    return _reading(basis, base, [*doubtful, *overlapping], of_which, missing), left_out


def _reading(
    basis: Basis, base: list[Part], above: list[Part], of_which: tuple[OfWhich, ...], missing: bool
) -> Reading:
    above = sorted(above, key=lambda part: part.weight)
    certain = [part.quantity for part in base]
    summed = add(certain)
    on_top = []
    for part in above:
        with_it = add([*certain, part.quantity]).quantity
        if part.quantity and with_it:
            on_top.append(OnTop(part.keys, part.quantity, with_it))
    return Reading(
        basis=basis,
        quantity=summed.quantity,
        with_all_on_top=add([*certain, *(part.quantity for part in above)]).quantity,
        on_top=tuple(on_top),
        included=tuple(sorted(key for part in base for key in part.keys)),
        of_which=tuple(sorted(of_which, key=lambda row: row.key)),
        contradictions=tuple(part.keys for part in [*base, *above] if part.contradicts_itself),
        ceilings=summed.ceilings,
        incomplete=missing,
        approximate=any(part.approximate for part in base),
    )


def _wholes(parts: list[Part], wider: Wider) -> dict[Coverage, Part]:
    """For each coverage inside another's the part that stands for it: one that itself lies inside none.

    Parts without a number stand for nobody. Only parts that share a holder can lie inside one another, so
    that a hundred thousand firms with a figure each are read in one pass.
    """
    ground: Ground[Part] = Ground(wider)
    for part in parts:
        if part.quantity:
            ground.put(part.coverage, part)
    around: dict[Coverage, list[Part]] = {}
    for part in parts:
        found = [other for other in ground.near(part.coverage) if _stands_for(other, part, wider)]
        if found:
            around[part.coverage] = found
    return {
        inner: min((part for part in found if part.coverage not in around), key=lambda part: part.weight)
        for inner, found in around.items()
    }


def _stands_for(whole: Part, part: Part, wider: Wider) -> bool:
    """Whether one part lies inside the other; of two inside each other the weightier stands."""
    if whole is part or not whole.coverage.covers(part.coverage, wider):
        return False
    if part.quantity is None or not part.coverage.covers(whole.coverage, wider):
        return True
    return whole.weight < part.weight


def _apart(parts: list[Part], wider: Wider) -> tuple[list[Part], list[Part]]:
    """Parts that may be added, the weightiest first, and those that share a holder and place with one."""
    base: list[Part] = []
    overlapping: list[Part] = []
    taken: Ground[Part] = Ground(wider)
    for part in parts:
        if any(part.coverage.touches(other.coverage, wider) for other in taken.near(part.coverage)):
            overlapping.append(part)
        else:
            base.append(part)
            taken.put(part.coverage, part)
    return base, overlapping


def _of_which(part: Part, whole: Part) -> list[OfWhich]:
    stated, of = part.quantity, whole.quantity
    exceeds = stated is not None and of is not None and stated.highest_stated > of.highest_stated
    later = date.min < whole.ends_on < part.starts_on
    return [OfWhich(key, whole.keys, later, exceeds) for key in part.keys]


def _doubtful(
    standing: list[Part], parts: list[Part], whole_of: dict[Coverage, Part], on_top: Collection[str]
) -> list[Part]:
    """The standing parts that may be inside another standing one, or that the caller doubts.

    Where parts are said to be inside each other in a circle the weightiest of the circle stands.
    """
    if not on_top and not any(fact.may_be_inside for part in standing for fact in part.counted):
        return []
    part_of = {key: whole_of.get(part.coverage, part) for part in parts for key in part.known_as}
    targets = {
        part.keys: [
            part_of[fact.may_be_inside]
            for fact in part.counted
            if fact.may_be_inside in part_of and part_of[fact.may_be_inside].quantity
        ]
        for part in standing
    }
    doubtful = []
    for part in standing:
        beyond = _reachable(part, targets)
        circle = [other for other in beyond if part.keys in {found.keys for found in _reachable(other, targets)}]
        leads_out = len(circle) < len(beyond)
        yields = any(other.weight < part.weight for other in circle)
        if leads_out or yields or any(key in on_top for key in part.keys):
            doubtful.append(part)
    return doubtful


def _reachable(part: Part, targets: dict[tuple[str, ...], list[Part]]) -> list[Part]:
    """All parts that a chain of doubts leads to, itself among them only in a circle."""
    found: dict[tuple[str, ...], Part] = {}
    ahead = list(targets[part.keys])
    while ahead:
        next_part = ahead.pop()
        if next_part.keys not in found:
            found[next_part.keys] = next_part
            ahead.extend(targets[next_part.keys])
    return list(found.values())
