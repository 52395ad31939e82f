"""The door: who is here, on site or online. The first mark counts; whoever marks second is told of the first."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.events.domain.naming import organisation_called, person_called
from moussem.events.models import Event, GuestKind
from moussem.guests.domain.seats import NoSeatLeft, has_seat, lock_event
from moussem.guests.enums import AttendanceMode, RegistrationOrigin
from moussem.guests.models import Presence, Registration
from moussem.guests.permissions import can_invite


class AlreadyHere(Exception):
    """Somebody marked the guest before; `presence` tells who and when."""

    def __init__(self, presence: Presence) -> None:
        """Keep the first mark, for the sentence."""
        super().__init__(str(presence.public_id))
        self.presence = presence


class RegistrationCancelled(Exception):
    """The guest gave the seat back; who comes all the same is taken in at the door."""


@transaction.atomic
def mark_present(
    *, by: Actor, at: datetime, registration: Registration, mode: AttendanceMode, happened_at: datetime | None = None
) -> Presence:
    """Note that a registered guest is here; `happened_at` by the clock of whoever noted it (None: now).

    Raises `AlreadyHere`, `RegistrationCancelled`.
    """
    require(can_invite(by), "mark a guest present")
    require_own(registration, by=by)
    if registration.cancelled_at is not None:
        raise RegistrationCancelled(registration.public_id)
    try:
        with transaction.atomic():
            presence = Presence.objects.create(
                promoter_id=registration.promoter_id, event_id=registration.event_id, registration=registration,
                mode=mode, happened_at=happened_at or at, received_at=at, noted_by=by.label[:200],
            )  # fmt: skip
    except IntegrityError:
        raise AlreadyHere(Presence.objects.get(registration=registration)) from None
    write_entry(
        by=by, at=happened_at or at, verb="mark_present", object_kind="registration",
        object_id=registration.public_id, object_label=registration.person.name, promoter_key=by.promoter_key,
        after={"mode": str(mode)},
    )  # fmt: skip
    return presence


@transaction.atomic
def take_in(
    *,
    by: Actor,
    at: datetime,
    event: Event,
    person: str,
    organisation: str = "",
    mode: AttendanceMode = AttendanceMode.ON_SITE,
    guest_kind: GuestKind | None = None,
) -> Presence:
    """Take in somebody who stands at the door, named by typing: registered now where a seat is left, and marked.

    Raises `NoSeatLeft`, `AlreadyHere`, `SeveralBearTheName`.
    """
    require(can_invite(by), "take in a guest")
    require_own(event, guest_kind, by=by)
    locked = lock_event(event.pk)
    firm = organisation_called(by=by, at=at, name=organisation) if organisation else None
    who = person_called(by=by, at=at, name=person, organisation=firm)
    held = Registration.objects.filter(event=event, person=who).first()
    if held is None or held.cancelled_at is not None:
        if not has_seat(locked, mode):
            raise NoSeatLeft(mode)
        held = _registered_at_the_door(locked, held, who.pk, firm.pk if firm else None, mode, guest_kind, at)
    return mark_present(by=by, at=at, registration=held, mode=mode)


def _registered_at_the_door(
    event: Event,
    held: Registration | None,
    person_pk: int,
    organisation_pk: int | None,
    mode: AttendanceMode,
    guest_kind: GuestKind | None,
    at: datetime,
) -> Registration:
    if held is None:
        return Registration.objects.create(
            promoter_id=event.promoter_id, event=event, person_id=person_pk, organisation_id=organisation_pk,
            guest_kind=guest_kind, mode=mode, origin=RegistrationOrigin.WALK_IN, registered_at=at,
        )  # fmt: skip
    Registration.objects.filter(pk=held.pk).update(
        cancelled_at=None, mode=mode, origin=RegistrationOrigin.WALK_IN, version=F("version") + 1
    )
    held.refresh_from_db()
    return held
