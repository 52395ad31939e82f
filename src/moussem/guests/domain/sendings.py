"""Sending to many at once: invitations and reminders that leave a minute later, and until then can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from moussem.accounts.domain.links import WantedLink, create_links, renew_links, revoke_links
from moussem.accounts.domain.refusals import require, require_own
from moussem.accounts.enums import LinkPurpose
from moussem.accounts.models import Link
from moussem.audit.domain.entries import Told, write_entries, write_entry
from moussem.core.actor import Actor
from moussem.core.ids import uuid7
from moussem.events.models import Event
from moussem.guests.domain.appointments import remember_told
from moussem.guests.domain.invitations import (
    BETWEEN_REMINDERS,
    invitation_key,
    language_of,
    link_expires_at,
    objectors,
    refuse_begun,
    reminder_key,
)
from moussem.guests.domain.letters import INVITATION, REMINDER
from moussem.guests.domain.seats import lock_event
from moussem.guests.enums import InvitationState, SendingPurpose
from moussem.guests.models import Invitation, Sending, Target, Waves
from moussem.guests.permissions import can_invite
from moussem.mail.domain.outbox import Letter, MailLeft, queue_many, withdraw_batch

UNDO = timedelta(minutes=1)
"""How long what was sent to many can be undone."""
AT_ONCE = 1000
"""Rows of one INSERT where many are written."""


class SendingLeft(Exception):
    """The minute is over, or the first mail has left: nothing of it is undone."""


@transaction.atomic
def invite_all(*, by: Actor, at: datetime, event: Event, those: "QuerySet[Target] | None" = None) -> Sending | None:
    """Invite everybody of the list (with `those`: who is among them) who is not invited yet and does not object; None
    where nobody is left.

    The letters leave after `UNDO`. Raises `EventUndated`, `EventBegun`, `EventCancelled`.
    """
    require(can_invite(by), "invite")
    require_own(event, by=by)
    locked = lock_event(event.pk)
    refuse_begun(locked, at=at)
    waiting = not_invited(locked)
    found = list(waiting if those is None else waiting.filter(pk__in=those.values("pk")))
    refusing = objectors(target.person for target in found)
    targets = [target for target in found if target.person_id not in refusing]
    return sent_to(by=by, at=at, event=locked, targets=targets) if targets else None


def not_invited(event: Event) -> "QuerySet[Target]":
    """Those of an event's list who are not invited yet, in the order in which waves take them."""
    listed = Target.objects.filter(event=event, dropped_at=None).exclude(invitation__sent_at__isnull=False)
    return listed.select_related("person").order_by("-turn", "pk")


def sent_to(*, by: Actor, at: datetime, event: Event, targets: Sequence[Target], starts_waves: bool = False) -> Sending:
    """Invite the targets of a locked event as one sending, which can be undone."""
    sending = _asked(by, at, event, SendingPurpose.INVITATION, len(targets), starts_waves)
    invite_many(by=by, at=at, event=event, targets=targets, sending=sending)
    _tell("send_invitations", by, at, sending, {"count": sending.count, "waves": starts_waves})
    return sending


def _asked(
    by: Actor, at: datetime, event: Event, purpose: SendingPurpose, count: int, starts_waves: bool = False
) -> Sending:
    return Sending.objects.create(
        promoter_id=event.promoter_id, event=event, purpose=purpose, count=count, sent_by=by.label[:200], asked_at=at,
        leaves_at=at + UNDO, starts_waves=starts_waves,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Batch:
    """What many rows of one sending share."""

    by: Actor
    at: datetime
    event: Event
    sending: Sending | None


def invite_many(
    *, by: Actor, at: datetime, event: Event, targets: Sequence[Target], sending: Sending | None = None
) -> int:
    """Invite targets of a locked event who are not invited yet; without a `sending` their letters leave at once."""
    batch = _Batch(by, at, event, sending)
    known = {}
    keys = [target.person_id for target in targets]
    for first in range(0, len(keys), AT_ONCE):
        rows = Invitation.objects.filter(event=event, person__in=keys[first : first + AT_ONCE]).select_related("link")
        known |= {row.person_id: row for row in rows}
    again = [(known[t.person_id], t) for t in targets if t.person_id in known and known[t.person_id].sent_at is None]
    made = _invite_again(batch, again) + _invite_anew(batch, [t for t in targets if t.person_id not in known])
    remember_told(event, at=at)
    letters = [
        Letter(
            to=target.person.email, language=language_of(target.person),
            key=f"{invitation_key(link.generation)}:{invitation.public_id}",
            ids={"invitation": str(invitation.public_id)},
        )
        for invitation, target, link in made if target.person.email
    ]  # fmt: skip
    _queue(batch, INVITATION, letters)
    told = [
        Told(invitation.public_id, target.person.name, {"letter": bool(target.person.email), "link": link.public_id})
        for invitation, target, link in made
    ]
    write_entries(by=by, at=at, verb="invite", object_kind="invitation", promoter_key=event.promoter.key, told=told)
    return len(made)


_Made = list[tuple[Invitation, Target, Link]]


def _invite_anew(batch: _Batch, targets: Sequence[Target]) -> _Made:
    """New invitations with new links; an identifier is chosen first, since each of the two names the other."""
    event = batch.event
    keys = [uuid7() for _ in targets]
    wanted = [
        WantedLink(key, target.person.name, language_of(target.person))
        for key, target in zip(keys, targets, strict=True)
    ]
    links = create_links(
        promoter=event.promoter, purpose=LinkPurpose.ANSWER, object_kind="invitation", wanted=wanted,
        expires_at=link_expires_at(event, at=batch.at), by=batch.by, at=batch.at,
    ) if wanted else []  # fmt: skip
    rows = [
        Invitation(
            public_id=key, promoter_id=event.promoter_id, event=event, target=target, person=target.person,
            organisation_id=target.organisation_id, guest_kind_id=target.guest_kind_id, link=link,
            state=InvitationState.SENT, sent_at=batch.at, sending=batch.sending,
        )
        for key, target, link in zip(keys, targets, links, strict=True)
    ]  # fmt: skip
    Invitation.objects.bulk_create(rows, batch_size=AT_ONCE)
    return list(zip(rows, targets, links, strict=True))


def _invite_again(batch: _Batch, found: Sequence[tuple[Invitation, Target]]) -> _Made:
    """Invitations of a sending that was undone, whose links are made anew."""
    if not found:
        return []
    event, links = batch.event, [row.link for row, _ in found if row.link is not None]
    expires_at = link_expires_at(event, at=batch.at)
    renew_links(links=links, promoter=event.promoter, expires_at=expires_at, by=batch.by, at=batch.at)
    rows = Invitation.objects.filter(pk__in=[row.pk for row, _ in found])
    rows.update(
        state=InvitationState.SENT, sent_at=batch.at, sending=batch.sending, undelivered="", version=F("version") + 1
    )
    fresh = {row.pk: row for row in rows.select_related("link")}
    return [(fresh[row.pk], target, fresh[row.pk].link) for row, target in found]


def _queue(batch: _Batch, template: str, letters: Sequence[Letter]) -> None:
    sending = batch.sending
    queue_many(
        template=template, letters=letters, promoter=batch.event.promoter, by=batch.by, at=batch.at,
        batch=sending.public_id if sending else uuid7(), not_before=sending.leaves_at if sending else None,
    )  # fmt: skip


def _tell(verb: str, by: Actor, at: datetime, sending: Sending, after: dict[str, object]) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="sending", object_id=sending.public_id,
        object_label=str(sending.purpose), promoter_key=sending.event.promoter.key, after=after,
    )  # fmt: skip


def silent_and_due(invitations: "QuerySet[Invitation]", *, at: datetime) -> "QuerySet[Invitation]":
    """Of invitations those that may be reminded: not answered, reached as far as we know, past being undone, and not
    reminded in the last twenty hours.
    """
    due = Q(reminded_at=None) | Q(reminded_at__lte=at - BETWEEN_REMINDERS)
    silent = invitations.filter(due, state=InvitationState.SENT, undelivered="")
    return silent.filter(Q(sending=None) | Q(sending__leaves_at__lte=at))


def to_remind(event: Event, *, at: datetime) -> list[Invitation]:
    """The guests of an event who may be reminded and do not object to invitations."""
    silent = silent_and_due(Invitation.objects.filter(event=event), at=at)
    found = list(silent.select_related("person", "link").order_by("pk"))
    refusing = objectors(invitation.person for invitation in found)
    return [row for row in found if row.person_id not in refusing]


@transaction.atomic
def remind_silent(*, by: Actor, at: datetime, event: Event) -> Sending | None:
    """Remind every guest of `to_remind`; the letters leave after `UNDO`. None where nobody is to be reminded.

    Raises `EventUndated`, `EventBegun`, `EventCancelled`.
    """
    require(can_invite(by), "remind guests")
    require_own(event, by=by)
    locked = lock_event(event.pk)
    refuse_begun(locked, at=at)
    rows = to_remind(locked, at=at)
    if not rows:
        return None
    sending = _asked(by, at, locked, SendingPurpose.REMINDER, len(rows))
    for first in range(0, len(rows), AT_ONCE):
        keys = [row.pk for row in rows[first : first + AT_ONCE]]
        Invitation.objects.filter(pk__in=keys).update(
            reminded_before=F("reminded_at"), reminded_at=at, version=F("version") + 1
        )
    letters = [
        Letter(
            to=row.person.email, language=language_of(row.person), key=f"{reminder_key(at=at)}:{row.public_id}",
            ids={"invitation": str(row.public_id)},
        )
        for row in rows if row.person.email
    ]  # fmt: skip
    _queue(_Batch(by, at, locked, sending), REMINDER, letters)
    told = [Told(row.public_id, row.person.name, {"letter": bool(row.person.email)}) for row in rows]
    write_entries(by=by, at=at, verb="remind", object_kind="invitation", promoter_key=locked.promoter.key, told=told)
    _tell("send_reminders", by, at, sending, {"count": sending.count})
    return sending


@transaction.atomic
def undo_sending(*, by: Actor, at: datetime, sending: Sending) -> int:
    """Undo a sending as a whole before its first letter leaves: nobody is invited, or reminded, by it.

    Who has answered meanwhile by a link that was passed on stays invited. Answers for how many it was undone; a second
    time for nobody. Raises `SendingLeft`.
    """
    require(can_invite(by), "undo a sending")
    require_own(sending, by=by)
    event = lock_event(sending.event_id)
    locked = Sending.objects.select_for_update().get(pk=sending.pk)
    if locked.undone_at is not None:
        return 0
    if at >= locked.leaves_at:
        raise SendingLeft(locked.public_id)
    try:
        withdraw_batch(batch=locked.public_id, promoter=event.promoter, by=by, at=at)
    except MailLeft:
        raise SendingLeft(locked.public_id) from None
    is_invitation = locked.purpose == SendingPurpose.INVITATION
    count = _uninvite(by, at, event, locked) if is_invitation else _unremind(locked)
    Sending.objects.filter(pk=locked.pk).update(undone_at=at, version=F("version") + 1)
    if locked.starts_waves:
        Waves.objects.filter(event=event, stopped_at=None).update(stopped_at=at, version=F("version") + 1)
    _tell("undo_sending", by, at, locked, {"count": count})
    return count


def _uninvite(by: Actor, at: datetime, event: Event, sending: Sending) -> int:
    rows = list(
        Invitation.objects.filter(sending=sending, state=InvitationState.SENT, answered_at=None)
        .select_related("link", "person")
    )  # fmt: skip
    links = [row.link for row in rows if row.link is not None]
    if links:
        revoke_links(links=links, promoter=event.promoter, by=by, at=at)
    for first in range(0, len(rows), AT_ONCE):
        Invitation.objects.filter(pk__in=[row.pk for row in rows[first : first + AT_ONCE]]).update(
            state=InvitationState.PLANNED, sent_at=None, sending=None, version=F("version") + 1
        )
    before = {"state": str(InvitationState.SENT)}
    told = [Told(row.public_id, row.person.name, {"state": str(InvitationState.PLANNED)}, before) for row in rows]
    promoter_key = event.promoter.key
    write_entries(by=by, at=at, verb="undo_sending", object_kind="invitation", promoter_key=promoter_key, told=told)
    return len(rows)


def _unremind(sending: Sending) -> int:
    """Those whom this very act reminded: the time of the reminder is that of the act."""
    reminded = Invitation.objects.filter(event=sending.event_id, reminded_at=sending.asked_at)
    return reminded.update(reminded_at=F("reminded_before"), reminded_before=None, version=F("version") + 1)
