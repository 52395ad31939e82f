"""The seats of an event: counted under a lock of its row, so that they are never oversold.

Whoever takes, frees or offers a seat locks the event first (`lock_event`), in a transaction; on SQLite a transaction
that writes is alone anyway.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet

from moussem.core.asking import question, read
from moussem.events.models import Event
from moussem.guests.enums import AttendanceMode
from moussem.guests.models import Registration


class NoSeatLeft(Exception):
    """Every seat of the mode is taken; whoever has a seat in the other mode keeps it."""

    def __init__(self, mode: AttendanceMode) -> None:
        """Keep the mode, for the sentence."""
        super().__init__(str(mode))
        self.mode = mode


@question
def _locked(keys: Sequence[int]) -> "QuerySet[Event]":
    return Event.objects.select_for_update().filter(pk__in=keys)


def lock_event(event_pk: int) -> Event:
    """The event, locked until the transaction ends. Raises `TransactionManagementError` where none is open."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an event is locked in a transaction")
    ((event,),) = read([_locked([event_pk])])
    return event  # type: ignore[no-any-return]


def seats_of(event: Event, mode: str) -> int | None:
    """How many seats a mode has; None where no limit is set."""
    return event.seats_on_site if mode == AttendanceMode.ON_SITE else event.seats_online


def seats_taken(event: Event, mode: str) -> int:
    """How many guests hold a seat in a mode."""
    (counts,) = read([_seated([event.pk], str(mode))])
    return sum(counts)


@question
def _seated(events: Sequence[int], mode: str) -> "QuerySet[Any]":
    """How many hold a seat: one row, none where nobody does."""
    rows = Registration.objects.filter(event__in=events, mode=mode, cancelled_at=None)
    return rows.order_by().values("event").annotate(n=Count("*")).values_list("n", flat=True)


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
