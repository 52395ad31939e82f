"""Registering for an event by its open form: an invitation that the guest asked for, with the same seats and links.

What can be written without knowing whether a seat is left (the person, the link, the letter) is written before the
event is locked, so that the lock is held for a few statements only.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Lower

from moussem.accounts.domain.links import create_link, renew_link
from moussem.accounts.domain.refusals import require
from moussem.accounts.enums import LinkPurpose
from moussem.accounts.models import Link
from moussem.audit.domain.entries import told_together
from moussem.core.actor import Actor, task_actor
from moussem.core.ids import uuid7
from moussem.core.inserting import inserted
from moussem.core.texts import say
from moussem.core.together import Written, written_out
from moussem.directory.domain.people import Contact, add_person
from moussem.directory.models import Person
from moussem.events.models import Event
from moussem.guests.domain.answers import register, registration_of
from moussem.guests.domain.appointments import remember_told
from moussem.guests.domain.invitations import link_expires_at, next_rank, tell
from moussem.guests.domain.letters import KNOWN, REGISTERED
from moussem.guests.domain.open_forms import is_open, until_of
from moussem.guests.domain.seats import has_seat, lock_event
from moussem.guests.domain.space_seats import SpaceFull, choose_spaces, spaces_to_choose
from moussem.guests.enums import AskedField, Asking, AttendanceMode, Decision, InvitationState, RegistrationOrigin
from moussem.guests.models import Invitation, OpenKind, RegistrationRequest, Target
from moussem.guests.permissions import can_register
from moussem.mail.domain.outbox import queue


class RegistrationClosed(Exception):
    """The form is off, not open yet or not any more, or the event is cancelled or has begun."""


class KindNotOffered(Exception):
    """This kind of guest cannot register, or cannot any more."""


class AnswersMissing(Exception):
    """Something that must be answered is not; `fields` says what."""

    def __init__(self, fields: list[str]) -> None:
        """Keep the fields, for the sentence."""
        super().__init__(", ".join(fields))
        self.fields = fields


class _SameAddress(Exception):
    """Somebody registered with the same address at the same moment, and was first."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who registers: name, e-mail address, the language in which they are written to, as which kind, in which mode.

    `said` are the answers to what the kind is asked, by field; `wished` the public identifiers of the spaces in which
    they wish a place.
    """

    name: str
    email: str
    language: str
    kind: OpenKind
    mode: AttendanceMode
    said: Mapping[str, str]
    wished: tuple[UUID, ...] = ()


def register_openly(*, by: Actor, at: datetime, event: Event, applicant: Applicant) -> Invitation:
    """Register somebody who asks to come: a seat, a place on the waiting list, or the wait for a decision, told by a
    letter with the personal link.

    Whoever is a guest of the event already stays as they are and gets a letter with their link, at most one an hour:
    what the caller shows must be the same. Raises `RegistrationClosed`, `KindNotOffered`, `AnswersMissing`,
    `SpaceFull`.
    """
    require(can_register(by, is_public=event.is_published), "register for an event")
    form = applicant.kind.form
    if form.event_id != event.pk or applicant.kind.withdrawn_at is not None:
        raise KindNotOffered(applicant.kind.public_id)
    if not is_open(form, event, at=at, until=until_of(event)):
        raise RegistrationClosed(event.public_id)
    missing = [field for field, asking in applicant.kind.asked.items()
               if asking == Asking.MUST and not applicant.said.get(field, "").strip()]  # fmt: skip
    if missing:
        raise AnswersMissing(missing)
    _refuse_full(event, applicant)
    try:
        with told_together():
            return _registered(by, at, event, applicant)
    except _SameAddress:
        # Whoever was first has committed: their row is there now.
        with transaction.atomic():
            return _known(at, event, applicant)


def _known(at: datetime, event: Event, applicant: Applicant) -> Invitation:
    """The guest who has this address already, told by a letter to it."""
    known = _guest_with(event, _people_with(event, applicant.email))
    if known is None:
        raise RegistrationClosed(event.public_id)
    _tell_known(at, known, applicant)
    return known


def _refuse_full(event: Event, applicant: Applicant) -> None:
    """Before anybody is looked up, so that a full space is the same refusal for known and unknown addresses."""
    for choice in spaces_to_choose(event) if applicant.wished else ():
        if choice.space.public_id in applicant.wished and choice.left[applicant.mode] == 0:
            raise SpaceFull(choice.space, applicant.mode)


def _guest_with(event: Event, people: Collection[int]) -> Invitation | None:
    """The one of these people who is a guest of the event, invited or registered; None where none is."""
    if not people:
        return None
    rows = Invitation.objects.filter(event=event, sent_at__isnull=False, person__in=people)
    found = rows.select_related("person", "link", "promoter").order_by("pk").first()
    if found is not None:
        found.event = event
    return found


def _tell_known(at: datetime, known: Invitation, applicant: Applicant) -> None:
    """Nobody but the owner of the address learns that it is known: the letter goes there."""
    link = known.link
    if link is None or link.revoked_at is not None or at >= link.expires_at:
        return
    queue(
        template=KNOWN, to=known.person.email, language=applicant.language,
        key=f"known:{at:%Y%m%d%H}:{known.public_id}", promoter=known.promoter,
        by=own_work("register_openly", known.event), at=at, invitation=known.public_id,
    )  # fmt: skip


def own_work(name: str, event: Event) -> Actor:
    """The house's own work for the promoter of an event."""
    return task_actor(name, promoter_pk=event.promoter_id, promoter_key=event.promoter.key)


def _registered(by: Actor, at: datetime, event: Event, applicant: Applicant) -> Invitation:
    author = own_work("register_openly", event)
    people = _people_with(event, applicant.email)
    if _guest_with(event, people) is not None:
        return _known(at, event, applicant)
    # Of merged people the one that stands for them.
    person = Person.objects.filter(pk__in=people, canonical=None).order_by("pk").first() if people else None
    planned = _planned(event, person) if person else None
    is_new_person = person is None
    person = person or _new_person(author, at, event, applicant)
    key = planned.public_id if planned else uuid7()
    link = _link(author, at, event, key, person, applicant, planned)
    queue(
        template=REGISTERED, to=applicant.email, language=applicant.language, key=f"registered:{link.generation}:{key}",
        promoter=event.promoter, by=author, at=at, is_unused=True, invitation=key,
    )  # fmt: skip
    remember_told(event, at=at)
    locked = lock_event(event.pk)
    if locked.cancelled_at is not None:
        raise RegistrationClosed(event.public_id)
    others = [one for one in _people_with(event, applicant.email) if not is_new_person or one != person.pk]
    if _guest_with(event, others) is not None:
        raise _SameAddress
    locked.promoter = event.promoter
    row = planned or Invitation(public_id=key, target=None if is_new_person else _target(event, person))
    invitation = _invitation(at, locked, applicant, person, link, row)
    _seat(at, locked, applicant, invitation, is_new_person=is_new_person)
    after = {"state": str(invitation.state), "mode": applicant.mode.value, "kind": _kind_name(applicant)}
    tell("register_openly", by=by, at=at, invitation=invitation, after=after)
    return invitation


def _kind_name(applicant: Applicant) -> Mapping[str, str] | None:
    return applicant.kind.guest_kind.name if applicant.kind.guest_kind else None


def _people_with(event: Event, email: str) -> list[int]:
    """The inner keys of the people of the promoter's directory with this address; merged ones among them.

    Not limited to one by the database, which would then look through its keys in order instead of the index.
    """
    standing = {_A_PROMOTER: event.promoter_id, _AN_ADDRESS: email.lower()}
    return [key for (key,) in _written(connection.vendor).read(standing)]


_A_PROMOTER, _AN_ADDRESS = -1, "<address>"


@lru_cache(maxsize=4)
def _written(vendor: str) -> Written:
    people = Person.objects.filter(promoter=_A_PROMOTER).exclude(email="")
    return written_out(people.annotate(lower=Lower("email")).filter(lower=_AN_ADDRESS).values_list("pk"))


def _new_person(author: Actor, at: datetime, event: Event, applicant: Applicant) -> Person:
    source = f"{say(event.name)}, {at:%Y-%m-%d}"[:200]
    contact = Contact(
        email=applicant.email, phone=applicant.said.get(AskedField.PHONE, "")[:40], language=applicant.language,
        source=source,
    )  # fmt: skip
    return add_person(by=author, at=at, name=applicant.name, contact=contact)


def _planned(event: Event, person: Person) -> Invitation | None:
    """An invitation whose sending was undone: it becomes the registration."""
    return Invitation.objects.filter(event=event, person=person).select_related("link__promoter").first()


def _target(event: Event, person: Person) -> Target | None:
    """The person's row on the list of the event, where they stand on it."""
    return Target.objects.filter(event=event, person=person).first()


def _link(
    author: Actor, at: datetime, event: Event, key: UUID, person: Person, applicant: Applicant,
    planned: Invitation | None,
) -> Link:  # fmt: skip
    expires_at = link_expires_at(event, at=at)
    if planned is not None and planned.link is not None:
        renew_link(link=planned.link, expires_at=expires_at, by=author, at=at)
        return planned.link
    return create_link(
        promoter=event.promoter, purpose=LinkPurpose.ANSWER, object_kind="invitation", object_key=key,
        person_label=person.name, language=applicant.language, expires_at=expires_at, by=author, at=at,
    )  # fmt: skip


def _invitation(
    at: datetime, event: Event, applicant: Applicant, person: Person, link: Link, row: Invitation
) -> Invitation:
    """The invitation that was asked for, with its state under the lock."""
    state = _state(event, applicant)
    waits = state == InvitationState.WAITING
    row.promoter, row.event, row.person, row.link = event.promoter, event, person, link
    row.guest_kind, row.origin, row.state = applicant.kind.guest_kind, RegistrationOrigin.OPEN_FORM, state
    row.sent_at = row.answered_at = at
    row.wanted_mode, row.waiting_rank = applicant.mode, next_rank(event) if waits else None
    row.needs = applicant.said.get(AskedField.NEEDS, "")[:300]
    if row.pk is None:
        inserted(row)
    else:
        row.save()
    inserted(_request(at, row, applicant))
    return row


def _request(at: datetime, invitation: Invitation, applicant: Applicant) -> RegistrationRequest:
    """What was typed, word by word."""
    needs = applicant.kind.needs_approval
    return RegistrationRequest(
        promoter=invitation.promoter, event=invitation.event, invitation=invitation, asked_at=at,
        said={"name": applicant.name, "email": applicant.email, **applicant.said},
        wished=[str(space) for space in applicant.wished], decision=Decision.OPEN if needs else Decision.NONE_NEEDED,
    )  # fmt: skip


def _state(event: Event, applicant: Applicant) -> InvitationState:
    if applicant.kind.needs_approval:
        return InvitationState.ASKED
    return InvitationState(applicant.mode) if has_seat(event, applicant.mode) else InvitationState.WAITING


def _seat(at: datetime, event: Event, applicant: Applicant, invitation: Invitation, *, is_new_person: bool) -> None:
    if not invitation.comes:
        return
    known = None if is_new_person else registration_of(event, invitation)
    seat = register(event=event, invitation=invitation, mode=applicant.mode, at=at, known=known)
    if applicant.wished:
        choose_spaces(at=at, event=event, registration=seat, wanted=applicant.wished)
