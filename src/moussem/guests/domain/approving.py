"""Deciding of those who registered: approved, or not this time; many at once, each told by a letter."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from moussem.accounts.domain.refusals import require, require_own
from moussem.core.actor import Actor
from moussem.events.models import Event
from moussem.guests.domain.answers import Answer, admit, answer, free_seat, settle
from moussem.guests.domain.invitations import refuse_begun, tell, write_letter
from moussem.guests.domain.letters import REFUSED, REGISTERED
from moussem.guests.domain.seats import lock_event
from moussem.guests.enums import COMING, AttendanceMode, Decision, InvitationState
from moussem.guests.models import RegistrationRequest
from moussem.guests.permissions import can_invite

MOST = 500
"""So many are decided of by one act."""
_UNDECIDED = (InvitationState.ASKED, InvitationState.REFUSED)
_CAN_BE_REFUSED = (InvitationState.ASKED, InvitationState.WAITING, *COMING)


class TooManyChosen(Exception):
    """More than `MOST` registrations were chosen for one act."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of an act for many: how many got a seat, wait for one, got a no or do not come, and how many stayed as
    they were.
    """

    seated: int = 0
    waiting: int = 0
    refused: int = 0
    absent: int = 0
    untouched: int = 0


@transaction.atomic
def approve(*, by: Actor, at: datetime, event: Event, chosen: Collection[UUID]) -> Decided:
    """Approve those of `chosen` (public identifiers of registrations) that wait for it or were refused: in the order in
    which they asked each gets a seat, or a rank on the waiting list, and a letter. Whoever withdrew stays so.

    Raises `EventUndated`, `EventBegun`, `EventCancelled`, `TooManyChosen`.
    """
    locked = _locked(by, at, event, chosen)
    seated = waiting = 0
    rows = _rows(locked, chosen, _UNDECIDED)
    for row in rows:
        invitation = row.invitation
        before = str(invitation.state)
        _decide(by, at, row, Decision.APPROVED)
        admit(at=at, event=locked, invitation=invitation, mode=AttendanceMode(invitation.wanted_mode), asked=row)
        seated, waiting = seated + invitation.comes, waiting + (not invitation.comes)
        _tell(by, at, "approve_registration", row, before, REGISTERED)
    return Decided(seated=seated, waiting=waiting, untouched=len(set(chosen)) - len(rows))


@transaction.atomic
def refuse(*, by: Actor, at: datetime, event: Event, chosen: Collection[UUID]) -> Decided:
    """Say "not this time" to those of `chosen` who ask, wait or come: each gets a polite letter, and a seat that is
    freed goes to the first who waits. Whoever withdrew or was refused before stays so.

    Raises what `approve` does.
    """
    locked = _locked(by, at, event, chosen)
    rows = _rows(locked, chosen, _CAN_BE_REFUSED)
    for row in rows:
        before = str(row.invitation.state)
        _decide(by, at, row, Decision.REFUSED)
        settle(row.invitation, InvitationState.REFUSED, row.invitation.wanted_mode)
        _tell(by, at, "refuse_registration", row, before, REFUSED)
    # Only then: a seat that one of them gave back is not offered to another of them.
    for row in rows:
        free_seat(by=by, at=at, event=locked, invitation=row.invitation)
    return Decided(refused=len(rows), untouched=len(set(chosen)) - len(rows))


@transaction.atomic
def note_absent(*, by: Actor, at: datetime, event: Event, chosen: Collection[UUID]) -> Decided:
    """Note that those of `chosen` do not come, as they said to staff; a seat that is freed goes to the first who waits.

    Raises what `approve` does, and `AnswersClosed`.
    """
    locked = _locked(by, at, event, chosen)
    rows = _rows(locked, chosen, _CAN_BE_REFUSED)
    for row in rows:
        answer(by=by, at=at, invitation=row.invitation, said=Answer(answered_by=by.label))
    return Decided(absent=len(rows), untouched=len(set(chosen)) - len(rows))


def _locked(by: Actor, at: datetime, event: Event, chosen: Collection[UUID]) -> Event:
    require(can_invite(by), "decide of a registration")
    require_own(event, by=by)
    if len(chosen) > MOST:
        raise TooManyChosen(len(chosen))
    locked = lock_event(event.pk)
    refuse_begun(locked, at=at)
    return locked


def _rows(event: Event, chosen: Iterable[UUID], states: Iterable[InvitationState]) -> list[RegistrationRequest]:
    found = RegistrationRequest.objects.filter(
        event=event, public_id__in=list(chosen), invitation__state__in=list(states)
    )
    related = ("invitation__person", "invitation__promoter", "invitation__link__promoter")
    return list(found.select_related(*related).order_by("asked_at", "pk"))


def _decide(by: Actor, at: datetime, row: RegistrationRequest, decision: Decision) -> None:
    RegistrationRequest.objects.filter(pk=row.pk).update(
        decision=decision, decided_at=at, decided_by=by.label[:200], version=F("version") + 1
    )
    row.decision = decision


def _tell(by: Actor, at: datetime, verb: str, row: RegistrationRequest, before: str, letter: str) -> None:
    invitation = row.invitation
    key = f"{row.decision}:{at.isoformat()}"
    has_letter = write_letter(by=by, at=at, invitation=invitation, template=letter, key=key)
    after = {"state": str(invitation.state), "letter": has_letter}
    tell(verb, by=by, at=at, invitation=invitation, before={"state": before}, after=after)
