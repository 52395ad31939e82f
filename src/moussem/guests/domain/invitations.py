"""Inviting: a personal link, a letter where an address is known, reminders; each invitation once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from moussem.accounts.domain.links import create_link, renew_link, revoke_link
from moussem.accounts.domain.refusals import require, require_own
from moussem.accounts.enums import LinkPurpose
from moussem.accounts.models import Link
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor, task_actor
from moussem.core.asking import question, read
from moussem.directory.enums import ConsentPurpose
from moussem.directory.models import Consent, Person
from moussem.events.domain.hours import answers_until, span_of
from moussem.events.models import Event
from moussem.guests.domain.appointments import remember_told
from moussem.guests.domain.letters import INVITATION, REMINDER
from moussem.guests.domain.seats import lock_event
from moussem.guests.enums import EXPIRE, InvitationState
from moussem.guests.models import Invitation, Target
from moussem.guests.permissions import can_invite
from moussem.mail.domain.outbox import queue

LINK_DAYS_AFTER = 30
"""For how many days after the event a link still opens: what came of the meetings is asked by it."""
BETWEEN_REMINDERS = timedelta(hours=20)


class EventUndated(Exception):
    """An event without days stated to the day invites nobody: a guest must know when it is."""


class EventBegun(Exception):
    """The event has begun: nobody is invited or reminded any more."""


class EventCancelled(Exception):
    """The event is cancelled: nobody is invited, reminded or answers any more."""


class PersonObjects(Exception):
    """The person objected to invitations; `person` is who."""

    def __init__(self, person: Person) -> None:
        """Keep the person, for the sentence."""
        super().__init__(str(person.public_id))
        self.person = person


class NotSilent(Exception):
    """Who has answered, or was not invited yet, is not reminded."""


class RemindedAlready(Exception):
    """The guest was reminded less than twenty hours ago."""


@transaction.atomic
def invite(*, by: Actor, at: datetime, target: Target) -> Invitation:
    """Invite a person of the list, once however often asked: a link, and a letter where an e-mail address is known.

    Raises `EventUndated`, `EventBegun`, `EventCancelled`, `PersonObjects`.
    """
    require(can_invite(by), "invite")
    require_own(target, by=by)
    event = lock_event(target.event_id)
    refuse_begun(event, at=at)
    if objectors([target.person]):
        raise PersonObjects(target.person)
    return _invited(by, at, event, target)


def refuse_begun(event: Event, *, at: datetime) -> None:
    """Raise `EventCancelled`, `EventUndated` or `EventBegun` unless guests may still answer at this time."""
    if event.cancelled_at is not None:
        raise EventCancelled(event.public_id)
    until = answers_until(event)
    if until is None:
        raise EventUndated(event.public_id)
    if at >= until:
        raise EventBegun(event.public_id)


def objectors(people: Iterable[Person]) -> frozenset[int]:
    """The inner keys of those whose latest answer about invitations is an objection; one query."""
    answers = Consent.objects.filter(person__in=list(people), purpose=ConsentPurpose.INVITATIONS)
    latest = dict(answers.order_by("at", "pk").values_list("person", "given"))
    return frozenset(person for person, given in latest.items() if not given)


def _invited(by: Actor, at: datetime, event: Event, target: Target) -> Invitation:
    invitation, _ = Invitation.objects.get_or_create(
        event=event, person=target.person,
        defaults={
            "promoter_id": event.promoter_id, "target": target, "organisation": target.organisation,
            "guest_kind": target.guest_kind,
        },
    )  # fmt: skip
    if invitation.sent_at is not None:
        return invitation
    link = _opened_link(by, at, event, invitation)
    Invitation.objects.filter(pk=invitation.pk).update(
        link=link, state=InvitationState.SENT, sent_at=at, undelivered="", version=F("version") + 1
    )
    invitation.refresh_from_db()
    remember_told(event, at=at)
    key = invitation_key(link.generation)
    has_letter = write_letter(by=by, at=at, invitation=invitation, template=INVITATION, key=key)
    tell("invite", by=by, at=at, invitation=invitation, after={"letter": has_letter})
    return invitation


def _opened_link(by: Actor, at: datetime, event: Event, invitation: Invitation) -> Link:
    """The link of an invitation that leaves now: a new one, or the one of a sending that was undone, made anew."""
    expires_at = link_expires_at(event, at=at)
    if invitation.link is not None:
        renew_link(link=invitation.link, expires_at=expires_at, by=by, at=at)
        return invitation.link
    person = invitation.person
    return create_link(
        promoter=event.promoter, purpose=LinkPurpose.ANSWER, object_kind="invitation", object_key=invitation.public_id,
        person_label=person.name, language=language_of(person), expires_at=expires_at, by=by, at=at,
    )  # fmt: skip


def link_expires_at(event: Event, *, at: datetime) -> datetime:
    """Until when (excluded) the links of an event's guests open."""
    days = span_of(event)
    return (days.ends if days else at) + timedelta(days=LINK_DAYS_AFTER)


def invitation_key(generation: int) -> str:
    """The key of the letter that brings a link: one for each address that the link had."""
    return f"invitation:{generation}"


def language_of(person: Person) -> str:
    """The language in which a guest is written to: theirs, where guests are written to in it, else the house's."""
    known = dict(settings.GUEST_LANGUAGES)
    return person.language if person.language in known else settings.LANGUAGE_CODE


def write_letter(*, by: Actor, at: datetime, invitation: Invitation, template: str, key: str) -> bool:
    """Queue a letter to the guest, the same `key` once; False where no address is known."""
    person = invitation.person
    if not person.email:
        return False
    queue(
        template=template, to=person.email, language=language_of(person), key=f"{key}:{invitation.public_id}",
        promoter=invitation.promoter, by=by, at=at, invitation=invitation.public_id,
    )  # fmt: skip
    return True


def tell(
    verb: str,
    *,
    by: Actor,
    at: datetime,
    invitation: Invitation,
    after: Mapping[str, object],
    before: Mapping[str, object] | None = None,
) -> None:
    """The ledger's row of what happened to an invitation."""
    write_entry(
        by=by, at=at, verb=verb, object_kind="invitation", object_id=invitation.public_id,
        object_label=invitation.person.name, promoter_key=invitation.promoter.key, before=before, after=after,
        may_show=False,
    )  # fmt: skip


@transaction.atomic
def remind(*, by: Actor, at: datetime, invitation: Invitation) -> Invitation:
    """Remind a guest who has not answered, at once.

    Raises `NotSilent`, `RemindedAlready`, `EventBegun`, `EventCancelled`, `PersonObjects`.
    """
    require(can_invite(by), "remind a guest")
    require_own(invitation, by=by)
    refuse_begun(invitation.event, at=at)
    if objectors([invitation.person]):
        raise PersonObjects(invitation.person)
    known = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if known.state != InvitationState.SENT:
        raise NotSilent(invitation.public_id)
    if known.reminded_at is not None and at - known.reminded_at < BETWEEN_REMINDERS:
        raise RemindedAlready(invitation.public_id)
    return _reminded(by, at, known)


def reminder_key(*, at: datetime) -> str:
    """The key of the reminder that was asked for at a time."""
    return f"reminder:{at.isoformat()}"


def _reminded(by: Actor, at: datetime, invitation: Invitation) -> Invitation:
    Invitation.objects.filter(pk=invitation.pk).update(
        reminded_before=F("reminded_at"), reminded_at=at, undelivered="", version=F("version") + 1
    )
    key = reminder_key(at=at)
    has_letter = write_letter(by=by, at=at, invitation=invitation, template=REMINDER, key=key)
    tell("remind", by=by, at=at, invitation=invitation, after={"letter": has_letter})
    invitation.refresh_from_db()
    return invitation


@transaction.atomic
def renew_invitation_link(*, by: Actor, at: datetime, invitation: Invitation) -> Invitation:
    """Give the guest a new link and send it; every earlier address is void.

    Raises `EventUndated`, `EventBegun`, `EventCancelled`.
    """
    require(can_invite(by), "renew a link")
    require_own(invitation, by=by)
    refuse_begun(invitation.event, at=at)
    if invitation.link is None or invitation.sent_at is None:
        raise NotSilent(invitation.public_id)
    renew_link(link=invitation.link, expires_at=link_expires_at(invitation.event, at=at), by=by, at=at)
    Invitation.objects.filter(pk=invitation.pk).update(undelivered="", version=F("version") + 1)
    key = f"renewed:{invitation.link.generation}"
    write_letter(by=by, at=at, invitation=invitation, template=INVITATION, key=key)
    tell("renew_invitation_link", by=by, at=at, invitation=invitation, after={"generation": invitation.link.generation})
    return invitation


@transaction.atomic
def revoke_invitation_link(*, by: Actor, at: datetime, invitation: Invitation) -> Invitation:
    """Take the guest's link back; the answer given stands. A second time changes nothing."""
    require(can_invite(by), "revoke a link")
    require_own(invitation, by=by)
    if invitation.link is not None:
        revoke_link(link=invitation.link, by=by, at=at)
    return invitation


@transaction.atomic
def expire_silent(*, by: Actor, at: datetime, event: Event) -> int:
    """Note that the silent guests of an event that has begun did not answer in time; answers how many."""
    require(can_invite(by), "expire invitations")
    require_own(event, by=by)
    until = answers_until(lock_event(event.pk))
    if until is None or at < until:
        return 0
    silent = list(Invitation.objects.filter(event=event, state=InvitationState.SENT).select_related("person"))
    for invitation in silent:
        Invitation.objects.filter(pk=invitation.pk).update(state=InvitationState.EXPIRED, version=F("version") + 1)
        tell(
            "expire",
            by=by,
            at=at,
            invitation=invitation,
            after={"state": str(InvitationState.EXPIRED)},
            before={"state": str(invitation.state)},
        )
    return len(silent)


def expire_everywhere(*, at: datetime) -> int:
    """Note at every event that has begun which guests did not answer in time; answers how many."""
    last = at.date() + timedelta(days=1)
    begun = Event.objects.filter(invitations__state=InvitationState.SENT, period_start__lte=last).distinct()
    return sum(
        expire_silent(
            by=task_actor(EXPIRE, promoter_pk=event.promoter_id, promoter_key=event.promoter.key), at=at, event=event
        )
        for event in begun.select_related("promoter")
    )


def next_rank(event: Event) -> int:
    """The rank of whoever joins the waiting list of a locked event now."""
    (ranks,) = read([_last_rank([event.pk])])
    return max(ranks, default=0) + 1


@question
def _last_rank(events: Sequence[int]) -> "QuerySet[Any]":
    ranked = Invitation.objects.filter(event__in=events, waiting_rank__isnull=False)
    return ranked.order_by("-waiting_rank").values_list("waiting_rank", flat=True)[:1]
