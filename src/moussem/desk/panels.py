"""What the desk adds to an event's pages: it knows both the agenda and the guests."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count

from moussem.core import panels
from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.events.models import Event
from moussem.guests.enums import AttendanceMode
from moussem.guests.models import Registration, SpaceSeat
from moussem.guests.permissions import can_see_desk


def registered_seats(actor: Actor, event: Event) -> dict[str, Any] | None:
    """How many guests are registered in each mode; None to whoever may not see guests."""
    if not can_see_desk(actor):
        return None
    rows = Registration.objects.visible_to(actor).filter(event=event, cancelled_at=None).order_by()
    counted = dict(rows.values_list("mode").annotate(n=Count("pk")))
    return {mode.value: counted.get(mode, 0) for mode in AttendanceMode}


def guest_lists(actor: Actor, event: Event) -> dict[str, Any] | None:
    """The guests registered in each mode, then those with a place in a space, by name. None where there is none."""
    if not can_see_desk(actor):
        return None
    rows = Registration.objects.visible_to(actor).filter(event=event, cancelled_at=None)
    found = list(rows.select_related("person", "organisation", "guest_kind").order_by("person__folded", "pk"))
    if not found:
        return None
    lists = [(str(mode.label), [row for row in found if row.mode == mode]) for mode in AttendanceMode]
    return {
        "event": event,
        "lists": [(label, guests) for label, guests in lists if guests] + _by_space(actor, event, found),
    }


def _by_space(actor: Actor, event: Event, found: Sequence[Registration]) -> list[tuple[str, list[Registration]]]:
    """The spaces in which guests hold places, in order, each with them in theirs."""
    seats = SpaceSeat.objects.visible_to(actor).filter(event=event, freed_at=None).select_related("space")
    held: dict[str, set[int]] = {}
    for seat in seats.order_by("space__position", "space__pk"):
        held.setdefault(say(seat.space.name), set()).add(seat.registration_id)
    lists = [(name, [row for row in found if row.pk in keys]) for name, keys in held.items()]
    return [(name, guests) for name, guests in lists if guests]


panels.register(panels.Panel("events.registered", "", registered_seats, order=10))
panels.register(panels.Panel("events.lists", "desk/pieces/guest_lists.html", guest_lists, order=10))
