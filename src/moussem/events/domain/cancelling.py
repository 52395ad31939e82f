"""Calling a gathering off, and taking that back. Higher rooms look for themselves and tell its guests;
the feeds of its agenda say so at once.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.events.domain.fragments import forget_drawn
from moussem.events.models import Event
from moussem.events.permissions import can_organise


@transaction.atomic
def cancel_event(*, by: Actor, at: datetime, event: Event) -> Event:
    """Call a gathering off; a second time changes nothing."""
    require(can_organise(by), "cancel an event")
    require_own(event, by=by)
    if Event.objects.filter(pk=event.pk, cancelled_at=None).update(cancelled_at=at, version=F("version") + 1):
        _tell(by, at, "cancel_event", event, {"cancelled_at": at})
        forget_drawn(event)
    event.refresh_from_db(fields=["cancelled_at", "version"])
    return event


@transaction.atomic
def restore_event(*, by: Actor, at: datetime, event: Event) -> Event:
    """Let a gathering that was called off take place after all; a second time changes nothing."""
    require(can_organise(by), "restore an event")
    require_own(event, by=by)
    if Event.objects.filter(pk=event.pk, cancelled_at__isnull=False).update(
        cancelled_at=None, version=F("version") + 1
    ):
        _tell(by, at, "restore_event", event, {"cancelled_at": None})
        forget_drawn(event)
    event.refresh_from_db(fields=["cancelled_at", "version"])
    return event


def _tell(by: Actor, at: datetime, verb: str, event: Event, after: dict[str, object]) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="event", object_id=event.public_id, object_label=say(event.name, "en"),
        promoter_key=by.promoter_key, after=after,
    )  # fmt: skip
