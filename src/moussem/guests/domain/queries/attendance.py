"""Who was there, from what was noted at the door."""

from collections.abc import Sequence
from dataclasses import dataclass

from moussem.core.actor import Actor
from moussem.events.models import Event
from moussem.guests.models import Presence

MOST = 200


@dataclass(frozen=True, slots=True)
class Attendance:
    """Those noted as present, by name, at most `MOST`; `count` is of all of them."""

    rows: Sequence[Presence]
    count: int


def attendance_of(actor: Actor, event: Event) -> Attendance:
    """Who was noted as present at an event."""
    there = Presence.objects.visible_to(actor).filter(event=event)
    rows = list(
        there.select_related("registration__person", "registration__organisation").order_by(
            "registration__person__folded", "pk"
        )[: MOST + 1]
    )
    return Attendance(rows[:MOST], len(rows) if len(rows) <= MOST else there.count())
