"""Answering an invitation, by the guest's own link or noted by staff. A seat is held by a registration, never else.

Every answer locks the event, so that two guests never take one seat, and the next who waits gets a seat that is freed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from moussem.accounts.domain.refusals import require, require_own
from moussem.core.actor import Actor, task_actor
from moussem.core.asking import question, read
from moussem.core.inserting import inserted
from moussem.core.texts import say
from moussem.directory.domain.people import Contact, add_person, affiliate, record_consent, record_contact
from moussem.directory.enums import ConsentPurpose
from moussem.directory.models import Consent, Person
from moussem.events.models import Event
from moussem.guests.domain.invitations import (
    EventBegun,
    EventUndated,
    PersonObjects,
    invite,
    next_rank,
    refuse_begun,
    tell,
    write_letter,
)
from moussem.guests.domain.letters import SEAT_FREED
from moussem.guests.domain.seats import NoSeatLeft, has_seat, lock_event
from moussem.guests.domain.space_seats import choose_spaces, move_spaces, spaces_to_choose
from moussem.guests.domain.targets import Aim, AlreadyTargeted, Objected, add_target
from moussem.guests.domain.waves import top_up
from moussem.guests.enums import AttendanceMode, Decision, InvitationState
from moussem.guests.models import Invitation, Registration, RegistrationRequest, SpaceSeat, Target
from moussem.guests.permissions import can_answer, can_invite


class AnswersClosed(Exception):
    """The event has begun: answers are not changed any more."""


class NotThisTime(Exception):
    """The organiser said "not this time" to who registered: they may withdraw, and not take a seat."""


class NotApprovedYet(Exception):
    """Who registered and is not approved yet cannot send a colleague: the colleague registers, too."""


class ColleagueNamed(Exception):
    """The guest has named a colleague already, who has an invitation of their own."""


class OwnAddress(Exception):
    """The guest names their own address for the colleague."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Whom a guest sends in their place: name and e-mail address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a guest answers. With `mode` they come; with `colleague` somebody else does; with neither nobody.

    `words` are the reason or a word for the organiser, `answered_by` who answers for the guest ("": the guest),
    `shares` whether other guests may be told of them for meetings, `needs` what they need of access and diet (None:
    not asked), `spaces` the public identifiers of the spaces they wish a place in (None: not asked).
    """

    mode: AttendanceMode | None = None
    colleague: Colleague | None = None
    words: str = ""
    answered_by: str = ""
    shares: bool | None = None
    needs: str | None = None
    spaces: tuple[UUID, ...] | None = None


@transaction.atomic
def answer(*, by: Actor, at: datetime, invitation: Invitation, said: Answer) -> Invitation:
    """Take an answer, or a change of it until the event begins; the same answer again changes nothing.

    Where no seat is left the guest waits, with a rank; by waves, the next of the list is invited in the place of who
    does not come. Raises `AnswersClosed`, `EventCancelled`; `NoSeatLeft` where the guest has a seat in the other mode,
    and keeps it; `SpaceFull`, and nothing is changed; `ColleagueNamed`, `OwnAddress`. Of who registered by the open
    form and is not approved the wish is kept until that is decided; `NotThisTime`, `NotApprovedYet`.
    """
    link_key = str(invitation.link.public_id) if invitation.link else ""
    require(can_answer(by, link_key), "answer an invitation")
    require_own(invitation, by=by)
    event = lock_event(invitation.event_id)
    try:
        refuse_begun(event, at=at)
    except (EventBegun, EventUndated):
        raise AnswersClosed(event.public_id) from None
    fresh = _fresh(invitation)
    before = str(fresh.state)
    if fresh.is_asked_for and not _is_admitted(fresh, said):
        changed = _asks(fresh, said.mode)
    elif said.mode is not None:
        changed = _comes(by, at, event, fresh, said)
    elif said.colleague is not None:
        changed = _sends(by, at, event, fresh, said.colleague)
    else:
        changed = _stays_away(by, at, event, fresh)
    _note(by, at, fresh, said, before if changed else "")
    if said.shares is not None:
        _share(at, event, fresh, said.shares)
    if changed and not fresh.comes:
        top_up(at=at, event=event)
    return fresh


def _is_admitted(invitation: Invitation, said: Answer) -> bool:
    """Whether who registered may take a seat; whoever withdraws needs nobody's yes."""
    request = RegistrationRequest.objects.get(invitation=invitation)
    if request.is_admitted or (said.mode is None and said.colleague is None):
        return True
    if request.decision == Decision.REFUSED:
        raise NotThisTime(invitation.public_id)
    if said.colleague is not None:
        raise NotApprovedYet(invitation.public_id)
    return False


def _asks(invitation: Invitation, mode: AttendanceMode | None) -> bool:
    """The wish of who is not approved yet: they ask to come in this mode."""
    return settle(invitation, InvitationState.ASKED, mode or "")


@question
def _invitations(keys: Sequence[int]) -> "QuerySet[Invitation]":
    return Invitation.objects.filter(pk__in=keys)


def _fresh(invitation: Invitation) -> Invitation:
    """The invitation as it stands under the lock; what never changes of it is taken over from the loaded row."""
    ((row,),) = read([_invitations([invitation.pk])])
    row.person, row.promoter, row.link = invitation.person, invitation.promoter, invitation.link
    return row


def _note(by: Actor, at: datetime, invitation: Invitation, said: Answer, before: str) -> None:
    """Keep the words of an answer; one row of the ledger where something changed (`before` is the state until then)."""
    words = said.words[:300]
    needs = invitation.needs if said.needs is None else said.needs[:300]
    if not before and (words, needs) == (invitation.answered_words, invitation.needs):
        return
    _save(invitation, answered_at=at, answered_by=said.answered_by[:200], answered_words=words, needs=needs)
    after = {"state": str(invitation.state), "mode": invitation.wanted_mode, "answered_by": invitation.answered_by}
    tell("answer", by=by, at=at, invitation=invitation, after=after, before={"state": before or str(invitation.state)})


def _save(invitation: Invitation, **changes: Any) -> None:
    """Write the changes, and keep them on the loaded row: it was read under the lock of its event."""
    Invitation.objects.filter(pk=invitation.pk).update(version=F("version") + 1, **changes)
    for name, value in {"version": invitation.version + 1, **changes}.items():
        setattr(invitation, name, value)


def _comes(by: Actor, at: datetime, event: Event, invitation: Invitation, said: Answer) -> bool:
    mode = AttendanceMode(said.mode or "")
    known = registration_of(event, invitation)
    held = known if known is not None and known.cancelled_at is None else None
    if held is not None and held.mode == mode:
        changed = settle(invitation, InvitationState(mode), mode)
        return _choose(at, event, held, said) or changed
    if not has_seat(event, mode):
        if held is not None:
            raise NoSeatLeft(mode)
        return _waits(event, invitation, mode)
    left = AttendanceMode(held.mode) if held is not None else None
    seat = register(event=event, invitation=invitation, mode=mode, at=at, known=known)
    settle(invitation, InvitationState(mode), mode)
    if left is not None:
        move_spaces(at=at, event=event, registration=seat)
    _choose(at, event, seat, said)
    if left is not None:
        offer_freed_seats(by=by, at=at, event=event, mode=left)
    return True


def _choose(at: datetime, event: Event, seat: Registration, said: Answer) -> bool:
    """The places in spaces that the guest asked for; whoever was not asked keeps theirs."""
    return said.spaces is not None and choose_spaces(at=at, event=event, registration=seat, wanted=said.spaces)


def settle(invitation: Invitation, state: InvitationState, mode: str = "") -> bool:
    """Keep a state without a rank, at a locked event; answers whether anything changed."""
    if (invitation.state, invitation.wanted_mode, invitation.waiting_rank) == (state, mode, None):
        return False
    _save(invitation, state=state, wanted_mode=mode, waiting_rank=None)
    return True


def _waits(event: Event, invitation: Invitation, mode: AttendanceMode) -> bool:
    if invitation.state == InvitationState.WAITING and invitation.wanted_mode == mode:
        return False
    _save(invitation, state=InvitationState.WAITING, wanted_mode=mode, waiting_rank=next_rank(event))
    return True


def registration_of(event: Event, invitation: Invitation) -> Registration | None:
    """The seat that the guest has or had; None where they never had one."""
    (found,) = read([_registrations([event.pk], [invitation.person_id])])
    return found[0] if found else None


@question
def _registrations(events: Sequence[int], people: Sequence[int]) -> "QuerySet[Registration]":
    return Registration.objects.filter(event__in=events, person__in=people)


def register(
    *, event: Event, invitation: Invitation, mode: AttendanceMode, at: datetime, known: Registration | None
) -> Registration:
    """The seat of a guest at a locked event; who was registered before (`known`; None: they were not) is again."""
    kept = {"organisation_id": invitation.organisation_id, "guest_kind_id": invitation.guest_kind_id, "mode": mode}
    if known is None:
        return inserted(
            Registration(
                event=event, person_id=invitation.person_id, promoter_id=event.promoter_id, origin=invitation.origin,
                registered_at=at, **kept,
            )
        )  # fmt: skip
    Registration.objects.filter(pk=known.pk).update(cancelled_at=None, version=F("version") + 1, **kept)
    known.refresh_from_db()
    return known


def admit(
    *, at: datetime, event: Event, invitation: Invitation, mode: AttendanceMode, asked: RegistrationRequest
) -> None:
    """Give who was approved a seat of a locked event, with those of the places they wished that are left; where no seat
    is left, a rank on the waiting list.
    """
    if not has_seat(event, mode):
        _waits(event, invitation, mode)
        return
    seat = register(event=event, invitation=invitation, mode=mode, at=at, known=registration_of(event, invitation))
    settle(invitation, InvitationState(mode), mode)
    wished = set(asked.wished)
    choices = spaces_to_choose(event) if wished else ()
    left = [choice.space.public_id for choice in choices if choice.left[mode] != 0]
    wanted = [key for key in left if str(key) in wished]
    if wanted:
        choose_spaces(at=at, event=event, registration=seat, wanted=wanted)


def free_seat(*, by: Actor, at: datetime, event: Event, invitation: Invitation) -> None:
    """Give the guest's seat at a locked event back, where they hold one; the first who waits gets it."""
    held = Registration.objects.filter(event=event, person=invitation.person_id, cancelled_at=None).first()
    if held is not None:
        Registration.objects.filter(pk=held.pk).update(cancelled_at=at, version=F("version") + 1)
        SpaceSeat.objects.filter(registration=held, freed_at=None).update(freed_at=at, version=F("version") + 1)
        offer_freed_seats(by=by, at=at, event=event, mode=AttendanceMode(held.mode))


def _stays_away(by: Actor, at: datetime, event: Event, invitation: Invitation) -> bool:
    changed = settle(invitation, InvitationState.DECLINED)
    free_seat(by=by, at=at, event=event, invitation=invitation)
    return changed


def offer_freed_seats(*, by: Actor, at: datetime, event: Event, mode: AttendanceMode) -> int:
    """Give the free seats of a mode of a locked event to those who wait for them, in order; answers how many.

    Each is told by a letter, and may still decline.
    """
    promoted = 0
    waiting = Invitation.objects.filter(event=event, state=InvitationState.WAITING, wanted_mode=mode)
    while has_seat(event, mode):
        first = waiting.select_related("person", "promoter").order_by("waiting_rank").first()
        if first is None:
            break
        rank = first.waiting_rank
        register(event=event, invitation=first, mode=mode, at=at, known=registration_of(event, first))
        settle(first, InvitationState(mode), mode)
        author = _own_work("offer_freed_seats", event)
        write_letter(by=author, at=at, invitation=first, template=SEAT_FREED, key=f"seat:{at.isoformat()}")
        tell(
            "give_freed_seat",
            by=author,
            at=at,
            invitation=first,
            after={"state": str(first.state), "waiting_rank": rank},
        )
        promoted += 1
    return promoted


def _own_work(name: str, event: Event) -> Actor:
    return task_actor(name, promoter_pk=event.promoter_id, promoter_key=event.promoter.key)


@transaction.atomic
def fill_seats(*, by: Actor, at: datetime, event: Event) -> int:
    """Offer every free seat to those who wait, after seats were added; answers how many got one."""
    require(can_invite(by), "offer seats")
    require_own(event, by=by)
    locked = lock_event(event.pk)
    if locked.cancelled_at is not None:
        return 0
    return sum(offer_freed_seats(by=by, at=at, event=locked, mode=mode) for mode in AttendanceMode)


def _sends(by: Actor, at: datetime, event: Event, invitation: Invitation, colleague: Colleague) -> bool:
    """A colleague comes in the guest's place, by a link of their own. Whether the colleague was invited before is never
    told to the guest.
    """
    if invitation.delegate is not None:
        if invitation.delegate.person.email.lower() != colleague.email.lower():
            raise ColleagueNamed(invitation.public_id)
        changed = settle(invitation, InvitationState.DELEGATED)
        free_seat(by=by, at=at, event=event, invitation=invitation)
        return changed
    author = _own_work("delegate", event)
    target = _target_of_colleague(author, at, event, invitation, colleague)
    if target.person_id == invitation.person_id:
        raise OwnAddress(invitation.public_id)
    _invite_colleague(author, at, invitation, target)
    changed = settle(invitation, InvitationState.DELEGATED)
    free_seat(by=by, at=at, event=event, invitation=invitation)
    return changed


def _invite_colleague(author: Actor, at: datetime, invitation: Invitation, target: Target) -> None:
    """Invite the colleague, unless they object to invitations: that, too, is not told to the guest."""
    try:
        theirs = invite(by=author, at=at, target=target)
    except PersonObjects:
        return
    if not Invitation.objects.filter(delegate=theirs).exists():
        _save(invitation, delegate=theirs)


def _target_of_colleague(
    author: Actor, at: datetime, event: Event, invitation: Invitation, colleague: Colleague
) -> Target:
    person = Person.objects.filter(
        promoter=event.promoter_id, canonical=None, email__iexact=colleague.email
    ).first() or _new_colleague(author, at, event, invitation, colleague)
    aim = Aim(invitation.guest_kind, owner=invitation.target.owner if invitation.target else None)
    try:
        organisation = invitation.organisation
        return add_target(by=author, at=at, event=event, person=person, organisation=organisation, aim=aim)
    except (AlreadyTargeted, Objected) as kept:
        return kept.target


def _new_colleague(author: Actor, at: datetime, event: Event, invitation: Invitation, colleague: Colleague) -> Person:
    person = add_person(by=author, at=at, name=colleague.name)
    source = f"{invitation.person.name}, {say(event.name)}"[:200]
    contact = Contact(email=colleague.email, language=invitation.person.language, source=source)
    record_contact(by=author, at=at, person=person, read_version=person.version, contact=contact)
    if invitation.organisation is not None:
        affiliate(by=author, at=at, person=person, organisation=invitation.organisation, role={})
    return person


def _share(at: datetime, event: Event, invitation: Invitation, shares: bool) -> None:
    purpose = ConsentPurpose.SHARE_WITH_EXHIBITORS
    latest = Consent.objects.filter(person=invitation.person, purpose=purpose).order_by("-at", "-pk").first()
    if shares == (latest.given if latest else False):
        return
    record_consent(
        by=_own_work("answer", event), at=at, person=invitation.person, purpose=purpose, given=shares, said_at=at,
        proof=f"{say(event.name)}, {at:%Y-%m-%d}, invitation {invitation.public_id}",
    )  # fmt: skip
