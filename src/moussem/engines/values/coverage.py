"""Which figures speak of the same thing, which lie inside another, and which may be added.

A figure covers its holders at its places. Two figures may be added only when they share no holder at a common
place. No holder means every holder; no place means everywhere, since a place that is not stated is not a
place apart. Places lie inside one another (a park in a city, a city in a region) as the caller says.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")

Wider = Mapping[str, Collection[str]]
"""For each place the places that contain it, near and far: {"oujda-shore": {"oujda", "oriental"}}."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The holders and places that a figure speaks of."""

    holders: frozenset[str]
    places: frozenset[str]

    def covers(self, other: "Coverage", wider: Wider) -> bool:
        """Whether the other speaks of nothing but a part of this one (or of the same)."""
        holders = not self.holders or (bool(other.holders) and other.holders <= self.holders)
        return holders and _lie_in(other.places, self.places, wider)

    def touches(self, other: "Coverage", wider: Wider) -> bool:
        """Whether the two may share a holder at a common place, so that adding them may count twice."""
        holders = not self.holders or not other.holders or not self.holders.isdisjoint(other.holders)
        return holders and _share_ground(self.places, other.places, wider)


class Ground(Generic[Item]):
    """Finds what may share a holder at a common place without comparing everything with everything.

    What it finds is a superset: `touches` and `covers` decide. Expects `wider` closed.
    """

    def __init__(self, wider: Wider) -> None:
        """Start empty."""
        self._wider = wider
        self._of_holder: dict[str, list[Item]] = defaultdict(list)
        self._everywhere: dict[str, list[Item]] = defaultdict(list)
        self._at: dict[tuple[str, str], list[Item]] = defaultdict(list)
        self._within: dict[tuple[str, str], list[Item]] = defaultdict(list)

    def put(self, coverage: Coverage, item: Item) -> None:
        """Keep an item under each of its holders, its places and the places around them."""
        for holder in coverage.holders or _EVERY_HOLDER:
            self._of_holder[holder].append(item)
            if not coverage.places:
                self._everywhere[holder].append(item)
            for place in coverage.places:
                self._at[holder, place].append(item)
                for around in self._wider.get(place, ()):
                    self._within[holder, around].append(item)

    def near(self, coverage: Coverage) -> Iterator[Item]:
        """All items that may touch a coverage, some of them more than once."""
        for holder in coverage.holders or _EVERY_HOLDER:
            if not coverage.places:
                yield from self._of_holder.get(holder, ())
                continue
            yield from self._everywhere.get(holder, ())
            for place in coverage.places:
                yield from self._within.get((holder, place), ())
                for around in (place, *self._wider.get(place, ())):
                    yield from self._at.get((holder, around), ())


_EVERY_HOLDER = ("",)


def close(wider: Wider) -> dict[str, frozenset[str]]:
    """Follow "lies in" to its end: a park in a city in a region lies in that region too."""
    closed: dict[str, frozenset[str]] = {}
    for place in wider:
        found: set[str] = set()
        ahead = list(wider[place])
        while ahead:
            around = ahead.pop()
            if around not in found:
                found.add(around)
                ahead.extend(wider.get(around, ()))
        closed[place] = frozenset(found)
    return closed


def _is_in(inner: str, outer: str, wider: Wider) -> bool:
    return inner == outer or outer in wider.get(inner, ())


def _lie_in(inner: frozenset[str], outer: frozenset[str], wider: Wider) -> bool:
    if not outer:
        return True
    return bool(inner) and all(any(_is_in(place, around, wider) for around in outer) for place in inner)


def _share_ground(one: frozenset[str], other: frozenset[str], wider: Wider) -> bool:
    if not one or not other:
        return True
    return any(_is_in(here, there, wider) or _is_in(there, here, wider) for here in one for there in other)
