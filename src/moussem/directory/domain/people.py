"""Adding and correcting people, what they are to organisations, and what they agreed to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.accounts.models import User
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.ids import uuid7
from moussem.core.inserting import inserted
from moussem.core.models import period_values
from moussem.core.versions import save_version
from moussem.directory.domain.names import fold
from moussem.directory.domain.reach import require_in_reach
from moussem.directory.enums import ConsentPurpose
from moussem.directory.models import Affiliation, Consent, Organisation, Person, Place
from moussem.directory.permissions import can_see_contacts, can_write
from moussem.engines.values.period import Period
from moussem.evidence.domain.subjects import open_subject
from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import Subject


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a person, in which language, and where that was learned; "" where not known."""

    email: str = ""
    phone: str = ""
    language: str = ""
    source: str = ""


class ContactUnsourced(Exception):
    """Contact details without a word on where they came from (law 09-08)."""


def add_person(
    *,
    by: Actor,
    at: datetime,
    name: str,
    printed_names: tuple[str, ...] = (),
    place: Place | None = None,
    publish: bool = False,
    contact: Contact | None = None,
) -> Person:
    """A person with the names a source prints and the place it says they are of; `contact` is how to reach them where
    that is known at once (None: it is added apart). Raises `ContactUnsourced`.
    """
    require(can_write(by), "add a person")
    require_in_reach(place, by=by)
    known = contact or Contact()
    require(contact is None or can_see_contacts(by, ""), "record a contact")
    if (known.email or known.phone) and not known.source:
        raise ContactUnsourced(name)
    public_id = uuid7()
    opened_at = at if publish else None
    person = Person(
        public_id=public_id, promoter_id=by.promoter_pk, name=name, folded=fold(name),
        printed_names=list(printed_names), place=place, published_at=opened_at, email=known.email, phone=known.phone,
        language=known.language, contact_source=known.source,
    )  # fmt: skip
    source = {"contact_source": known.source} if known.source else {}
    with transaction.atomic(savepoint=False):
        person.subject = open_subject(
            by=by, kind=SubjectKind.PERSON, public_id=public_id, label={"fr": name, "en": name},
            address=f"people/{public_id}/", published_at=opened_at,
        )  # fmt: skip
        _tell(by, at, "add_person", inserted(person), {"name": name, **source})
    return person


def _tell(
    by: Actor,
    at: datetime,
    verb: str,
    person: Person,
    after: Mapping[str, object],
    before: Mapping[str, object] | None = None,
) -> None:
    # Somebody who is not public stands on no public page; publishing them is an act of its own.
    write_entry(
        by=by, at=at, verb=verb, object_kind="person", object_id=person.public_id, object_label=person.name,
        promoter_key=by.promoter_key, before=before, after=after, may_show=person.is_published,
    )  # fmt: skip


@transaction.atomic
def correct_person(
    *,
    by: Actor,
    at: datetime,
    person: Person,
    read_version: int,
    name: str,
    printed_names: tuple[str, ...] = (),
    place: Place | None = None,
) -> Person:
    """Correct a person's name, the names sources print and the place they are of; raises `ChangedMeanwhile` where
    somebody else saved since it was read.
    """
    require(can_write(by), "correct a person")
    require_own(person, by=by)
    require_in_reach(place, by=by)
    before = {"name": person.name, "printed_names": person.printed_names}
    save_version(
        person, read_version=read_version, name=name, folded=fold(name), printed_names=list(printed_names), place=place
    )
    Subject.objects.filter(pk=person.subject_id).update(label={"fr": name, "en": name})
    _tell(by, at, "correct_person", person, {"name": name, "printed_names": list(printed_names)}, before)
    return person


@transaction.atomic
def own_person(*, by: Actor, at: datetime, person: Person) -> Person:
    """Become the account owner of a person nobody owns; a person who has one keeps it."""
    require(can_write(by) and by.kind == "user", "own a person")
    require_own(person, by=by)
    owner = User.objects.get(public_id=by.id)
    if Person.objects.filter(pk=person.pk, owner=None).update(owner=owner):
        _tell(by, at, "own_person", person, {"owner": by.label})
    person.refresh_from_db(fields=["owner"])
    return person


@transaction.atomic
def record_contact(*, by: Actor, at: datetime, person: Person, read_version: int, contact: Contact) -> Person:
    """Record how to reach a person; for the account owner and the administrator only.

    The ledger tells that it changed, not what it was. Raises `ContactUnsourced`, `ChangedMeanwhile`.
    """
    owner_key = str(person.owner.public_id) if person.owner else ""
    require(can_write(by) and can_see_contacts(by, owner_key), "record a contact")
    require_own(person, by=by)
    if (contact.email or contact.phone) and not contact.source:
        raise ContactUnsourced(person.public_id)
    save_version(
        person, read_version=read_version, email=contact.email, phone=contact.phone, language=contact.language,
        contact_source=contact.source,
    )  # fmt: skip
    _tell(by, at, "record_contact", person, {"contact_source": contact.source})
    return person


@transaction.atomic
def record_consent(
    *, by: Actor, at: datetime, person: Person, purpose: ConsentPurpose, given: bool, said_at: datetime, proof: str
) -> Consent:
    """Record that a person agreed (`given`) or objected to one purpose, when, and the proof; earlier answers stay."""
    require(can_write(by), "record a consent")
    require_own(person, by=by)
    consent = Consent.objects.create(
        promoter_id=by.promoter_pk, person=person, purpose=purpose, given=given, at=said_at, proof=proof
    )
    _tell(by, at, "record_consent", person, {"purpose": str(purpose), "given": given})
    return consent


@transaction.atomic
def affiliate(
    *,
    by: Actor,
    at: datetime,
    person: Person,
    organisation: Organisation,
    role: Mapping[str, str],
    former: bool = False,
    period: Period | None = None,
    publish: bool = False,
) -> Affiliation:
    """What a person is (or, if `former`, was) at an organisation, in the words of the source."""
    require(can_write(by), "affiliate a person")
    require_in_reach(person, organisation, by=by)
    affiliation = Affiliation.objects.create(
        promoter_id=by.promoter_pk, person=person, organisation=organisation, role=dict(role), former=former,
        published_at=at if publish else None, **period_values("period", period),
    )  # fmt: skip
    _tell(by, at, "affiliate", person, {"organisation": organisation.name, "role": dict(role)})
    return affiliation
