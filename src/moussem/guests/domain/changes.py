"""An event that moves or is cancelled: its guests are told once, by the same entry of their calendar."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor, task_actor
from moussem.core.ids import uuid7
from moussem.core.texts import say
from moussem.events.domain.hours import answers_until, calendar_sequence
from moussem.events.models import Event
from moussem.guests.domain.appointments import appointment_digest
from moussem.guests.domain.invitations import language_of
from moussem.guests.domain.letters import CANCELLED, CHANGED
from moussem.guests.domain.seats import lock_event
from moussem.guests.enums import COMING, TELL_CHANGES, InvitationState
from moussem.guests.models import Invitation, ToldAppointment
from moussem.guests.permissions import can_invite
from moussem.mail.domain.outbox import Letter, queue_many

QUIET = timedelta(minutes=1)
"""How long a change must have stood before it is told, so that who corrects a day and then an hour tells it once."""


def tell_changes_everywhere(*, at: datetime) -> int:
    """Look at every event whose guests were told of it, and tell those that changed and stand still; answers how many
    letters were written. One query, and one for each event that is not over.
    """
    ahead = Q(event__period_end__gte=(at - timedelta(days=1)).date()) | Q(event__period_end=None)
    rows = ToldAppointment.objects.filter(ahead).select_related("event__promoter").order_by("pk")
    return sum(_look_at(told, at) for told in rows)


def _look_at(told: ToldAppointment, at: datetime) -> int:
    digest = appointment_digest(told.event)
    if digest == told.digest:
        if told.seen:
            _note_seen(told, "", None)
        return 0
    if digest != told.seen or told.seen_at is None:
        _note_seen(told, digest, at)
        return 0
    if at - told.seen_at < QUIET:
        return 0
    event = told.event
    by = task_actor(TELL_CHANGES, promoter_pk=event.promoter_id, promoter_key=event.promoter.key)
    return tell_change(by=by, at=at, event=event)


def _note_seen(told: ToldAppointment, seen: str, seen_at: datetime | None) -> None:
    """Only while nobody else has told it: two workers may look at once."""
    ToldAppointment.objects.filter(pk=told.pk, digest=told.digest, seen=told.seen).update(seen=seen, seen_at=seen_at)


@transaction.atomic
def tell_change(*, by: Actor, at: datetime, event: Event) -> int:
    """Tell the guests of an event, once, that it is at another time or place or is cancelled; answers how many.

    Of another time: those who come or wait for a seat; who is silent reads it in the reminder. Of a cancelled one:
    everybody who may still have it in their calendar. An event that has begun tells nobody.
    """
    require(can_invite(by), "tell guests of a change")
    require_own(event, by=by)
    locked = lock_event(event.pk)
    told = ToldAppointment.objects.filter(event=locked).first()
    digest = appointment_digest(locked)
    if told is None or told.digest == digest:
        return 0
    ToldAppointment.objects.filter(pk=told.pk).update(digest=digest, told_at=at, seen="", seen_at=None)
    until = answers_until(locked)
    if until is not None and at >= until:
        return 0
    return _write(by, at, locked)


def _write(by: Actor, at: datetime, event: Event) -> int:
    is_off = event.cancelled_at is not None
    states = (*COMING, InvitationState.WAITING, *((InvitationState.SENT,) if is_off else ()))
    rows = Invitation.objects.filter(event=event, state__in=states, sent_at__isnull=False).select_related("person")
    change = calendar_sequence(event)
    letters = [
        Letter(
            to=row.person.email, language=language_of(row.person), key=f"change:{change}:{row.public_id}",
            ids={"invitation": str(row.public_id)},
        )
        for row in rows.order_by("pk") if row.person.email
    ]  # fmt: skip
    template = CANCELLED if is_off else CHANGED
    n = queue_many(template=template, letters=letters, promoter=event.promoter, by=by, at=at, batch=uuid7())
    write_entry(
        by=by, at=at, verb="tell_change", object_kind="event", object_id=event.public_id,
        object_label=say(event.name, "en"), promoter_key=event.promoter.key, after={"letters": n, "cancelled": is_off},
    )  # fmt: skip
    return n
