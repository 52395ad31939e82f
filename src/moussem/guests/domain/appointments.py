"""What guests were told of when and where an event is, so that a change is told once, and only a change."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from moussem.core.asking import question, read
from moussem.events.domain.hours import timed_span_of, zone_of
from moussem.events.models import Event
from moussem.guests.models import ToldAppointment


def appointment_digest(event: Event) -> str:
    """The SHA-256 of what a guest's calendar holds of an event: its hours or days, zone, place, whether it is off."""
    span = timed_span_of(event)
    parts = [
        span.starts.isoformat() if span else "",
        span.ends.isoformat() if span else "",
        str(span.whole_days) if span else "",
        zone_of(event).key,
        str(event.place_id),
        str(event.cancelled_at is not None),
    ]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


@question
def _told(events: Sequence[int]) -> "QuerySet[Any]":
    return ToldAppointment.objects.filter(event__in=events).values_list("pk", flat=True)


def remember_told(event: Event, *, at: datetime) -> None:
    """Keep what the first guests of an event are told; what was kept before stays."""
    (told,) = read([_told([event.pk])])
    if not told:
        ToldAppointment.objects.get_or_create(
            event=event,
            defaults={"promoter_id": event.promoter_id, "digest": appointment_digest(event), "told_at": at},
        )
