"""The seats of an event: counted under a lock of its row, so that they are never oversold.

Whoever takes, frees or offers a seat locks the event first (`lock_event`), in a transaction; on SQLite a transaction
that writes is alone anyway.
"""

from collections.abc import Mapping

from moussem.events.models import Event
from moussem.guests.enums import AttendanceMode
from moussem.guests.models import Registration


class NoSeatLeft(Exception):
    """Every seat of the mode is taken; whoever has a seat in the other mode keeps it."""

    def __init__(self, mode: AttendanceMode) -> None:
        """Keep the mode, for the sentence."""
        super().__init__(str(mode))
        self.mode = mode


def lock_event(event_pk: int) -> Event:
    """The event, locked until the transaction ends."""
    return Event.objects.select_for_update().get(pk=event_pk)


def seats_of(event: Event, mode: str) -> int | None:
    """How many seats a mode has; None where no limit is set."""
    return event.seats_on_site if mode == AttendanceMode.ON_SITE else event.seats_online


def seats_taken(event: Event, mode: str) -> int:
    """How many guests hold a seat in a mode."""
    return Registration.objects.filter(event=event, mode=mode, cancelled_at=None).count()


def seats_left(event: Event, mode: str) -> int | None:
    """How many seats of a mode are free, never below zero; None where no limit is set."""
    limit = seats_of(event, mode)
    return None if limit is None else max(0, limit - seats_taken(event, mode))


def has_seat(event: Event, mode: str) -> bool:
    """Whether a seat of the mode is free."""
    left = seats_left(event, mode)
    return left is None or left > 0


def full_modes(event: Event, taken: Mapping[str, int]) -> list[str]:
    """The modes without a free seat, where so many of each are taken."""
    limits = {mode.value: seats_of(event, mode) for mode in AttendanceMode}
    return [mode for mode, limit in limits.items() if limit is not None and taken.get(mode, 0) >= limit]
