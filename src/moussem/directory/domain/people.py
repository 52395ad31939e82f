"""Adding people, what they are to organisations, and memberships."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.ids import uuid7
from moussem.core.models import period_values
from moussem.directory.models import Affiliation, Membership, Organisation, Person, Place
from moussem.directory.permissions import can_write
from moussem.engines.values.period import Period
from moussem.evidence.domain.subjects import open_subject
from moussem.evidence.enums import SubjectKind


class MemberNotStated(Exception):
    """A membership is of exactly one person or organisation."""


@transaction.atomic
def add_person(
    *, by: Actor, at: datetime, name: str, printed_names: tuple[str, ...] = (), publish: bool = False
) -> Person:
    """A person with the names a source prints; contact details are added apart, with where they came from."""
    require(can_write(by), "add a person")
    public_id = uuid7()
    opened_at = at if publish else None
    subject = open_subject(
        by=by, kind=SubjectKind.PERSON, public_id=public_id, label={"fr": name, "en": name},
        address=f"people/{public_id}/", published_at=opened_at,
    )  # fmt: skip
    person = Person.objects.create(
        public_id=public_id, promoter_id=by.promoter_pk, name=name, printed_names=list(printed_names),
        subject=subject, published_at=opened_at,
    )  # fmt: skip
    _tell(by, at, "add_person", person, {"name": name})
    return person


def _tell(by: Actor, at: datetime, verb: str, person: Person, after: Mapping[str, object]) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="person", object_id=person.public_id, object_label=person.name,
        promoter_key=by.promoter_key, after=after,
    )  # fmt: skip


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
    require_own(person, organisation, by=by)
    affiliation = Affiliation.objects.create(
        promoter_id=by.promoter_pk, person=person, organisation=organisation, role=dict(role), former=former,
        published_at=at if publish else None, **period_values("period", period),
    )  # fmt: skip
    _tell(by, at, "affiliate", person, {"organisation": organisation.name, "role": dict(role)})
    return affiliation


@transaction.atomic
def add_membership(
    *,
    by: Actor,
    at: datetime,
    association: Organisation,
    person: Person | None = None,
    organisation: Organisation | None = None,
    place: Place | None = None,
    period: Period | None = None,
    publish: bool = False,
) -> Membership:
    """A person or an organisation as a member of an association; raises `MemberNotStated` unless exactly one is
    given.
    """
    require(can_write(by), "add a membership")
    require_own(association, person, organisation, place, by=by)
    if (person is None) == (organisation is None):
        raise MemberNotStated(association.public_id)
    membership = Membership.objects.create(
        promoter_id=by.promoter_pk, association=association, person=person, organisation=organisation, place=place,
        published_at=at if publish else None, **period_values("period", period),
    )  # fmt: skip
    member = person or organisation
    write_entry(
        by=by, at=at, verb="add_membership", object_kind="organisation", object_id=association.public_id,
        object_label=association.name, promoter_key=by.promoter_key, after={"member": str(member)},
    )  # fmt: skip
    return membership
