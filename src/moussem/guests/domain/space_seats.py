"""Places in the spaces of an event: a guest who comes chooses them, each space counts its own in each mode.

Like the event's seats they are counted under the lock of the event's row, so that no space is ever oversold.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from moussem.core.asking import question, read
from moussem.events.models import Event, Space
from moussem.guests.domain.seats import seats_of
from moussem.guests.enums import AttendanceMode
from moussem.guests.models import Registration, SpaceSeat


class SpaceFull(Exception):
    """Every place of a space is taken in this mode; `space` is which."""

    def __init__(self, space: Space, mode: str) -> None:
        """Keep space and mode, for the sentence."""
        super().__init__(f"{space.public_id} {mode}")
        self.space, self.mode = space, mode


@dataclass(frozen=True, slots=True)
class SpaceChoice:
    """A space that guests choose, with the places left in each mode (None: no number is stated). `is_chosen`: the guest
    for whom it is read has one of them.
    """

    space: Space
    left: Mapping[str, int | None]
    is_chosen: bool = False


def capacity_of(space: Space, mode: str) -> int | None:
    """How many places a space has in a mode; None where no number is stated."""
    return space.capacity_on_site if mode == AttendanceMode.ON_SITE else space.capacity_online


def spaces_to_choose(
    event: Event, known: Iterable[Space] | None = None, *, person: int | None = None
) -> list[SpaceChoice]:
    """The spaces of an event that cannot hold all guests of a mode, in order; the others need no choice.

    At most two queries; `known` are the event's spaces in order, where they are at hand, `person` the inner key of the
    guest who chooses.
    """
    found = read([_spaces([event.pk])])[0] if known is None else known
    spaces = [space for space in found if any(_is_scarce(event, space, mode) for mode in AttendanceMode)]
    taken, own = _taken(event, person) if spaces else ({}, set())
    return [
        SpaceChoice(
            space,
            {mode: _left(space, mode, taken.get((space.pk, mode), 0)) for mode in AttendanceMode.values},
            space.pk in own,
        )
        for space in spaces
    ]


@question
def _spaces(events: Sequence[int]) -> "QuerySet[Space]":
    return Space.objects.filter(event__in=events).order_by("position", "pk")


def _is_scarce(event: Event, space: Space, mode: str) -> bool:
    places, seats = capacity_of(space, mode), seats_of(event, mode)
    return places is not None and (seats is None or places < seats)


def _left(space: Space, mode: str, taken: int) -> int | None:
    capacity = capacity_of(space, mode)
    return None if capacity is None else max(0, capacity - taken)


def _held(event: Event) -> "QuerySet[SpaceSeat]":
    return SpaceSeat.objects.filter(event=event, freed_at=None, registration__cancelled_at=None)


def _taken(event: Event, person: int | None) -> tuple[dict[tuple[int, str], int], set[int]]:
    """How many places are taken by space and mode, and the spaces in which a person has one."""
    rows = _held(event).order_by().values_list("space", "registration__mode")
    counted = list(rows.annotate(n=Count("pk"), own=Count("pk", filter=Q(registration__person=person or 0))))
    taken = {(space, mode): count for space, mode, count, _own in counted}
    return taken, {space for space, _mode, _count, own in counted if own}


def chosen_spaces(registration: Registration | None) -> list[Space]:
    """The spaces in which a guest has a place, in order."""
    if registration is None or registration.cancelled_at is not None:
        return []
    rows = SpaceSeat.objects.filter(registration=registration, freed_at=None)
    return [row.space for row in rows.select_related("space").order_by("space__position", "space")]


def choose_spaces(*, at: datetime, event: Event, registration: Registration, wanted: Collection[UUID]) -> bool:
    """Give a registered guest of a locked event a place in exactly the spaces wanted; answers whether anything changed.

    A space of another event, or one that needs no choice, is left out. Raises `SpaceFull`, where nothing may be kept.
    """
    choices = {choice.space.public_id: choice for choice in spaces_to_choose(event)}
    spaces = [choices[key].space for key in choices if key in set(wanted)]
    held = {row.space_id: row for row in SpaceSeat.objects.filter(registration=registration)}
    has = {key for key, row in held.items() if row.freed_at is None}
    if {space.pk for space in spaces} == has:
        return False
    SpaceSeat.objects.filter(registration=registration, freed_at=None).exclude(
        space__in=[space.pk for space in spaces]
    ).update(freed_at=at, version=F("version") + 1)
    for space in spaces:
        if space.pk not in has:
            if choices[space.public_id].left[registration.mode] == 0:
                raise SpaceFull(space, registration.mode)
            _take(at, event, registration, space, held.get(space.pk))
    return True


def _take(at: datetime, event: Event, registration: Registration, space: Space, row: SpaceSeat | None) -> None:
    if row is None:
        SpaceSeat.objects.create(
            promoter_id=event.promoter_id, event=event, space=space, registration=registration, taken_at=at
        )
    else:
        SpaceSeat.objects.filter(pk=row.pk).update(taken_at=at, freed_at=None, version=F("version") + 1)


def move_spaces(*, at: datetime, event: Event, registration: Registration) -> None:
    """After a guest changed mode: give back the places in spaces that have none left in the new one."""
    kept = chosen_spaces(registration)
    taken, _own = _taken(event, None) if kept else ({}, set())
    lost = [
        space.pk for space in kept
        if (capacity := capacity_of(space, registration.mode)) is not None
        and taken.get((space.pk, registration.mode), 0) > capacity
    ]  # fmt: skip
    SpaceSeat.objects.filter(registration=registration, space__in=lost, freed_at=None).update(
        freed_at=at, version=F("version") + 1
    )
