"""Adding and correcting organisations, their aliases and establishments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.accounts.enums import PromoterKind
from moussem.accounts.models import User
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.ids import uuid7
from moussem.core.models import period_values
from moussem.core.versions import save_version
from moussem.directory.domain.names import fold
from moussem.directory.domain.reach import require_in_reach
from moussem.directory.enums import OrganisationKind
from moussem.directory.models import Alias, Branch, Establishment, Organisation, Park, Place
from moussem.directory.permissions import can_write
from moussem.engines.values.period import Period
from moussem.evidence.domain.subjects import open_subject
from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import Subject


class NowhereStated(Exception):
    """An establishment needs a park or a place."""


class NotShared(Exception):
    """The row is no published row of the commons, or the organisation belongs to the commons itself."""


class OwnParent(Exception):
    """An organisation would belong to itself, at once or through those it belongs to."""


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """What is known of an organisation. `named` False: the sources describe it and do not name it."""

    name: str
    kind: OrganisationKind
    acronym: str = ""
    named: bool = True
    description: Mapping[str, str] | None = None
    parent: Organisation | None = None
    place: Place | None = None


@transaction.atomic
def add_organisation(
    *, by: Actor, at: datetime, facts: OrganisationFacts, aliases: tuple[str, ...] = (), publish: bool = False
) -> Organisation:
    """An organisation with its subject and the names it goes by."""
    require(can_write(by), "add an organisation")
    require_in_reach(facts.parent, facts.place, by=by)
    public_id = uuid7()
    opened_at = at if publish else None
    subject = open_subject(
        by=by, kind=SubjectKind.ORGANISATION, public_id=public_id, label=_label(facts),
        address=f"organisations/{public_id}/", published_at=opened_at,
    )  # fmt: skip
    organisation = Organisation.objects.create(
        public_id=public_id, promoter_id=by.promoter_pk, subject=subject, published_at=opened_at, **_columns(facts)
    )
    Alias.objects.bulk_create(
        Alias(promoter_id=by.promoter_pk, organisation=organisation, name=name, folded=fold(name)) for name in aliases
    )
    _tell(by, at, "add_organisation", organisation, after=_told(facts))
    return organisation


def _label(facts: OrganisationFacts) -> dict[str, str]:
    described = dict(facts.description or {})
    return {"fr": facts.name, "en": facts.name} if facts.named or not described else described


def _columns(facts: OrganisationFacts) -> dict[str, object]:
    return {
        "name": facts.name,
        "folded": fold(facts.name),
        "kind": facts.kind,
        "acronym": facts.acronym,
        "named": facts.named,
        "description": dict(facts.description or {}),
        "parent": facts.parent,
        "place": facts.place,
    }


def _told(facts: OrganisationFacts) -> dict[str, object]:
    return {"name": facts.name, "kind": str(facts.kind), "acronym": facts.acronym, "named": facts.named}


def _tell(by: Actor, at: datetime, verb: str, organisation: Organisation, **changes: Mapping[str, object]) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="organisation", object_id=organisation.public_id,
        object_label=organisation.name, promoter_key=by.promoter_key, **changes,
    )  # fmt: skip


@transaction.atomic
def correct_organisation(
    *, by: Actor, at: datetime, organisation: Organisation, read_version: int, facts: OrganisationFacts
) -> Organisation:
    """Correct what is known of an organisation; raises `ChangedMeanwhile` where somebody else saved since it was
    read, `OwnParent` where it would belong to itself.
    """
    require(can_write(by), "correct an organisation")
    require_own(organisation, by=by)
    require_in_reach(facts.parent, facts.place, by=by)
    _refuse_circle(organisation, facts.parent)
    before = {"name": organisation.name, "kind": organisation.kind, "acronym": organisation.acronym}
    save_version(organisation, read_version=read_version, **_columns(facts))
    Subject.objects.filter(pk=organisation.subject_id).update(label=_label(facts))
    _tell(by, at, "correct_organisation", organisation, before=before, after=_told(facts))
    return organisation


def _refuse_circle(organisation: Organisation, parent: Organisation | None) -> None:
    while parent is not None:
        if parent.pk == organisation.pk:
            raise OwnParent(organisation.public_id)
        parent = parent.parent


@transaction.atomic
def own_organisation(*, by: Actor, at: datetime, organisation: Organisation) -> Organisation:
    """Become the account owner of an organisation nobody owns; one that has an owner keeps it."""
    require(can_write(by) and by.kind == "user", "own an organisation")
    require_own(organisation, by=by)
    owner = User.objects.get(public_id=by.id)
    if Organisation.objects.filter(pk=organisation.pk, owner=None).update(owner=owner):
        _tell(by, at, "own_organisation", organisation, after={"owner": by.label})
    organisation.refresh_from_db(fields=["owner"])
    return organisation


@transaction.atomic
def tie_to_commons(
    *, by: Actor, at: datetime, organisation: Organisation, commons: Organisation | None
) -> Organisation:
    """Say which shared row a promoter's own row is the same as; None takes the tie away. Nothing is merged or copied.

    Raises `NotShared` where `commons` is not a published row of the commons, or the organisation is one.
    """
    require(can_write(by), "tie an organisation to the shared row")
    require_own(organisation, by=by)
    if commons is not None and not (_is_shared(commons) and commons.promoter_id != organisation.promoter_id):
        raise NotShared(commons.public_id)
    before = {"commons": organisation.commons and str(organisation.commons.public_id)}
    if organisation.commons_id == (commons and commons.pk):
        return organisation
    Organisation.objects.filter(pk=organisation.pk).update(commons=commons)
    organisation.commons = commons
    after = {"commons": commons and str(commons.public_id)}
    _tell(by, at, "tie_to_commons", organisation, before=before, after=after)
    return organisation


def _is_shared(row: Organisation) -> bool:
    return row.is_published and row.promoter.kind == PromoterKind.COMMONS


@transaction.atomic
def add_alias(*, by: Actor, at: datetime, organisation: Organisation, name: str, ours: bool = False) -> Alias:
    """Another name for an organisation; `ours` where no source prints it. The same name again changes nothing."""
    require(can_write(by), "add an alias")
    require_own(organisation, by=by)
    alias, added = Alias.objects.get_or_create(
        organisation=organisation,
        name=name,
        defaults={"promoter_id": by.promoter_pk, "folded": fold(name), "ours": ours},
    )
    if added:
        _tell(by, at, "add_alias", organisation, after={"alias": name})
    return alias


@transaction.atomic
def name_branches(*, by: Actor, at: datetime, organisation: Organisation, branches: Iterable[Branch]) -> Organisation:
    """Say in which lines of business an organisation works, all of them at once; the same ones again change nothing."""
    require(can_write(by), "name an organisation's branches")
    require_own(organisation, by=by)
    wanted = list(branches)
    require_in_reach(*wanted, by=by)
    before = sorted(organisation.branches.values_list("code", flat=True))
    after = sorted(branch.code for branch in wanted)
    if {branch.pk for branch in wanted} != set(organisation.branches.values_list("pk", flat=True)):
        organisation.branches.set(wanted)
        _tell(by, at, "name_branches", organisation, before={"branches": before}, after={"branches": after})
    return organisation


@transaction.atomic
def establish(
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation,
    park: Park | None = None,
    place: Place | None = None,
    period: Period | None = None,
    publish: bool = False,
) -> Establishment:
    """An organisation at a park or place, from-to as stated; raises `NowhereStated` without either."""
    require(can_write(by), "add an establishment")
    require_in_reach(organisation, park, place, by=by)
    if park is None and place is None:
        raise NowhereStated(organisation.public_id)
    establishment = Establishment.objects.create(
        promoter_id=by.promoter_pk, organisation=organisation, park=park, place=place or (park and park.place),
        published_at=at if publish else None, **period_values("period", period),
    )  # fmt: skip
    _tell(by, at, "establish", organisation, after={"park": park and park.name, "place": place and place.name})
    return establishment
