"""The target list of an event: whom it would like to see, why, and who of the staff knows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.accounts.models import User
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.core.versions import save_version
from moussem.directory.domain.people import Contact, own_person, record_contact
from moussem.directory.models import Organisation, Person
from moussem.directory.permissions import can_see_contacts
from moussem.events.domain.naming import organisation_called, person_called
from moussem.events.models import Event, GuestKind
from moussem.guests.domain.invitations import objectors
from moussem.guests.domain.judging import judge_one
from moussem.guests.enums import ContactOrigin, LegalBasis
from moussem.guests.models import Invitation, Target
from moussem.guests.permissions import can_invite


class AlreadyTargeted(Exception):
    """The person stands on the event's list already; `target` is their row."""

    def __init__(self, target: Target) -> None:
        """Keep the row, for the sentence and its link."""
        super().__init__(str(target.public_id))
        self.target = target


class AlreadyInvited(Exception):
    """Who is invited stays on the list; the invitation may be declined for them."""


class ContactHeld(Exception):
    """Somebody else of the staff looks after the person and alone corrects how to reach them; `person` is who."""

    def __init__(self, person: Person) -> None:
        """Keep the person, for the sentence."""
        super().__init__(str(person.public_id))
        self.person = person


class Objected(Exception):
    """The person objected to standing on a list of this promoter, and has not agreed since; `target` is the row that
    keeps it.
    """

    def __init__(self, target: Target) -> None:
        """Keep the row, for the sentence."""
        super().__init__(str(target.public_id))
        self.target = target


@dataclass(frozen=True, slots=True)
class Aim:
    """Why a person is wished for: kind of guest, the reasons in words that they may read, who of the staff knows them,
    on which ground they stand on the list, where the contact comes from, and which one that is.

    Absent: no kind, no reasons, nobody yet, not stated.
    """

    guest_kind: GuestKind | None = None
    reasons: str = ""
    owner: User | None = None
    legal_basis: LegalBasis | None = None
    origin: ContactOrigin | None = None
    origin_words: str = ""

    @property
    def columns(self) -> dict[str, object]:
        """The columns of the row."""
        return {
            "guest_kind": self.guest_kind, "reasons": self.reasons, "owner": self.owner,
            "legal_basis": self.legal_basis or "", "origin": self.origin or "", "origin_words": self.origin_words[:200],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class NamedGuest:
    """A person as typed: name, organisation ("": none), e-mail ("": not known, or as the directory has it)."""

    name: str
    organisation: str = ""
    email: str = ""


@transaction.atomic
def target_named(*, by: Actor, at: datetime, event: Event, guest: NamedGuest, aim: Aim | None = None) -> Target:
    """Put somebody named by typing on the list: the one of the directory who is meant, or somebody new.

    Raises `SeveralBearTheName`, `AlreadyTargeted`, `ContactHeld`, `Objected`.
    """
    require(can_invite(by), "target a guest")
    firm = organisation_called(by=by, at=at, name=guest.organisation) if guest.organisation else None
    person = person_called(by=by, at=at, name=guest.name, organisation=firm)
    if guest.email:
        _reach_by(by, at, event, person, guest.email)
    return add_target(by=by, at=at, event=event, person=person, organisation=firm, aim=aim)


def _reach_by(by: Actor, at: datetime, event: Event, person: Person, email: str) -> None:
    """Keep the address with where it was learned: who typed it, for which event."""
    if person.email.lower() == email.lower():
        return
    if person.owner_id is None and by.kind == "user":
        own_person(by=by, at=at, person=person)
    if not can_see_contacts(by, str(person.owner.public_id) if person.owner else ""):
        raise ContactHeld(person)
    source = f"{by.label}, {say(event.name)}"[:200]
    contact = Contact(email=email, phone=person.phone, language=person.language, source=source)
    record_contact(by=by, at=at, person=person, read_version=person.version, contact=contact)


@transaction.atomic
def add_target(
    *,
    by: Actor,
    at: datetime,
    event: Event,
    person: Person,
    organisation: Organisation | None = None,
    aim: Aim | None = None,
) -> Target:
    """Put a person of the directory on the list; who was taken off it comes back. Raises `AlreadyTargeted`, `Objected`.

    Without an owner in `aim`, whoever adds the person looks after them here; without an origin, it is the word of
    whoever adds them.
    """
    require(can_invite(by), "target a guest")
    known = aim or Aim()
    require_own(event, person, organisation, known.guest_kind, by=by)
    refuse_objectors(by=by, person=person)
    if known.origin is None:
        known = replace(known, origin=ContactOrigin.WORD, origin_words=known.origin_words or by.shown_label)
    wanted = {**known.columns, "organisation": organisation, "owner": known.owner or _user_behind(by)}
    target, is_new = Target.objects.get_or_create(
        event=event, person=person, defaults={"promoter_id": by.promoter_pk, **wanted}
    )
    if not is_new and target.dropped_at is None:
        raise AlreadyTargeted(target)
    if not is_new:
        save_version(target, read_version=target.version, dropped_at=None, objected_at=None, objection="", **wanted)
    # Who registered by the open form is a guest already: they are not invited once more.
    Invitation.objects.filter(event=event, person=person, target=None).update(target=target)
    _tell(by, at, "add_target", target, _told(target))
    judge_one(by=by, at=at, target=target)
    return target


def listed_objectors(promoter_pk: int | None, people: Iterable[Person | int]) -> dict[int, Target]:
    """Those of the people who objected to standing on a list of this promoter and have not agreed since: by the inner
    key of the person, the row that keeps it. One query where nobody objected.
    """
    rows = Target.objects.filter(promoter=promoter_pk, person__in=list(people), objected_at__isnull=False)
    found = {row.person_id: row for row in rows.select_related("person").order_by("pk")}
    still = objectors([row.person for row in found.values()]) if found else frozenset()
    return {person: row for person, row in found.items() if person in still}


def refuse_objectors(*, by: Actor, person: Person) -> None:
    """Raise `Objected` where the person objected to standing on a list, and has not agreed since."""
    for row in listed_objectors(by.promoter_pk, [person]).values():
        raise Objected(row)


@transaction.atomic
def target_proposed(
    *, by: Actor, at: datetime, event: Event, wished: Iterable[tuple[Person, Organisation | None]], aim: Aim
) -> list[Target]:
    """Put people whom the directory proposed on the list, each for the organisation they are at; who stands there
    meanwhile, or objects, is passed over. The origin is the directory, with where it has each contact from.
    """
    require(can_invite(by), "target guests")
    found = []
    for person, firm in wished:
        words = person.contact_source
        theirs = replace(aim, origin=ContactOrigin.DIRECTORY, origin_words=words)
        try:
            found.append(add_target(by=by, at=at, event=event, person=person, organisation=firm, aim=theirs))
        except (AlreadyTargeted, Objected):
            continue
    return found


def _user_behind(by: Actor) -> User | None:
    """The user who acts; None for background work and whoever has no account."""
    try:
        return User.objects.filter(public_id=UUID(by.id)).first() if by.kind == "user" else None
    except ValueError:
        return None


def _told(target: Target) -> dict[str, object]:
    kind, owner = target.guest_kind, target.owner
    return {
        "kind": kind.name if kind else None, "reasons": target.reasons, "owner": str(owner) if owner else None,
        "legal_basis": str(target.legal_basis), "origin": str(target.origin),
    }  # fmt: skip


def _tell(
    by: Actor,
    at: datetime,
    verb: str,
    target: Target,
    after: Mapping[str, object],
    before: Mapping[str, object] | None = None,
) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="target", object_id=target.public_id, object_label=target.person.name,
        promoter_key=by.promoter_key, before=before, after=after,
    )  # fmt: skip


@transaction.atomic
def correct_target(*, by: Actor, at: datetime, target: Target, read_version: int, aim: Aim) -> Target:
    """Correct why a person is wished for; raises `ChangedMeanwhile`. Who is invited gets the kind there, too."""
    require(can_invite(by), "correct a target")
    require_own(target, aim.guest_kind, by=by)
    before = _told(target)
    save_version(target, read_version=read_version, **aim.columns)
    Invitation.objects.filter(target=target).update(guest_kind=aim.guest_kind)
    target.event.registrations.filter(person=target.person_id).update(guest_kind=aim.guest_kind)
    _tell(by, at, "correct_target", target, _told(target), before)
    return target


@transaction.atomic
def drop_target(*, by: Actor, at: datetime, target: Target) -> None:
    """Take somebody off the list who is not invited yet; a second time changes nothing. Raises `AlreadyInvited`."""
    require(can_invite(by), "drop a target")
    require_own(target, by=by)
    if Invitation.objects.filter(target=target, sent_at__isnull=False).exists():
        raise AlreadyInvited(target.public_id)
    if Target.objects.filter(pk=target.pk, dropped_at=None).update(dropped_at=at):
        _tell(by, at, "drop_target", target, {"dropped_at": at})
        judge_one(by=by, at=at, target=target)
