"""What cannot be in an agenda: somebody in two sessions at once, two sessions in one space, more guests than seats.

Like pretalx and Indico, a clash is told and never refused: an agenda under work has some all the time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

SHORTEST = timedelta(minutes=1)
"""How long a session counts whose end is not stated."""


class ClashKind(StrEnum):
    """What is asked for twice."""

    PERSON = "person"
    SPACE = "space"
    EXPECTED = "expected"
    ON_SITE = "on_site"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Occasion:
    """A session that is held. `starts` None: its hours are not stated; `ends` is excluded. `people` are those who take
    part (any key that two rows of one person share); `expected` how many are expected on site (None: not stated).
    """

    key: str
    space: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    people: frozenset[str] = frozenset()
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats of a space, or guests registered, in each mode (None: not stated)."""

    on_site: int | None = None
    online: int | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """One clash: what about, whose (a person's or a space's key; "": of the hour), the sessions' keys in order, and for
    seats how many people and how many seats.
    """

    kind: ClashKind
    of: str
    sessions: tuple[str, ...]
    count: int = 0
    seats: int = 0


def clashes_in(occasions: Iterable[Occasion], spaces: Mapping[str, Seats], registered: Seats) -> list[Clash]:
    """Every clash: people, spaces, then seats, each by hour."""
    held = list(occasions)
    timed = sorted((one for one in held if one.starts), key=lambda one: (one.starts, one.key))
    return [
        *_twice(timed, ClashKind.PERSON, lambda one: one.people),
        *_twice(timed, ClashKind.SPACE, lambda one: filter(None, (one.space,))),
        *_too_many_expected(held, spaces),
        *_too_many_registered(timed, spaces, registered),
    ]


def overlap(one: Occasion, other: Occasion) -> bool:
    """Whether both are held at some moment: one that ends when the other begins does not overlap it."""
    if one.starts is None or other.starts is None:
        return False
    return one.starts < _end(other) and other.starts < _end(one)


def _end(one: Occasion) -> datetime:
    assert one.starts is not None  # noqa: S101 - only sessions with hours are compared
    return max(one.ends or one.starts, one.starts + SHORTEST)


def _twice(timed: Sequence[Occasion], kind: ClashKind, keys: Callable[[Occasion], Iterable[str]]) -> Iterable[Clash]:
    by_key: dict[str, list[Occasion]] = {}
    for one in timed:
        for key in keys(one):
            by_key.setdefault(key, []).append(one)
    for key, found in sorted(by_key.items()):
        for n, one in enumerate(found):
            for other in found[n + 1 :]:
                if overlap(one, other):
                    yield Clash(kind, key, (one.key, other.key))


def _too_many_expected(held: Iterable[Occasion], spaces: Mapping[str, Seats]) -> Iterable[Clash]:
    for one in held:
        seats = spaces.get(one.space, Seats()).on_site
        if one.expected is not None and seats is not None and one.expected > seats:
            yield Clash(ClashKind.EXPECTED, one.space, (one.key,), one.expected, seats)


def _too_many_registered(timed: Sequence[Occasion], spaces: Mapping[str, Seats], registered: Seats) -> Iterable[Clash]:
    """Hours at which all the spaces in use together have fewer seats than guests are registered; not where a space's
    seats are not stated, nor where each session says itself how many are expected. Each group of sessions once.
    """
    told = set()
    for group in _at_once(timed):
        if not group or (keys := tuple(one.key for one in group)) in told:
            continue
        told.add(keys)
        used = [spaces.get(key, Seats()) for key in sorted({one.space for one in group})]
        if registered.on_site is not None and any(one.expected is None for one in group):
            yield from _short(ClashKind.ON_SITE, keys, registered.on_site, [seats.on_site for seats in used])
        if registered.online is not None:
            yield from _short(ClashKind.ONLINE, keys, registered.online, [seats.online for seats in used])


def _short(kind: ClashKind, keys: tuple[str, ...], count: int, seats: Sequence[int | None]) -> Iterable[Clash]:
    known = [n for n in seats if n is not None]
    if len(known) == len(seats) and count > sum(known):
        yield Clash(kind, "", keys, count, sum(known))


def _at_once(timed: Sequence[Occasion]) -> Iterable[list[Occasion]]:
    """The sessions held together in each stretch of time in which none begins or ends."""
    moments = sorted({moment for one in timed if one.starts for moment in (one.starts, _end(one))})
    for begins, _ in pairwise(moments):
        yield [one for one in timed if one.starts and one.starts <= begins < _end(one)]
