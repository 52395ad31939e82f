"""Members of associations and clubs: admitted, corrected, ended; and their antennas, opened and closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.models import period_values
from moussem.core.versions import save_version
from moussem.directory.domain.organisations import OrganisationFacts, add_organisation
from moussem.directory.domain.reach import require_in_reach
from moussem.directory.enums import MembershipOffice
from moussem.directory.models import Antenna, Membership, Organisation, Person, Place
from moussem.directory.permissions import can_write
from moussem.engines.values.kinds import Precision
from moussem.engines.values.period import Period


class MemberNotStated(Exception):
    """A membership is of exactly one person or organisation."""


class OwnMember(Exception):
    """An association is no member of itself."""


class EndBeforeStart(Exception):
    """A membership or an antenna would end before it began."""


class EndedAlready(Exception):
    """It has an end already; correcting it moves the end."""


@dataclass(frozen=True, slots=True)
class MembershipFacts:
    """What is known of a membership; None and "" where nothing is stated. `role` is what a source calls it."""

    place: Place | None = None
    office: MembershipOffice = MembershipOffice.MEMBER
    role: Mapping[str, str] | None = None
    period: Period | None = None
    until: Period | None = None
    source: str = ""


NOTHING_STATED = MembershipFacts()


@transaction.atomic
def admit_member(
    *,
    by: Actor,
    at: datetime,
    association: Organisation,
    person: Person | None = None,
    organisation: Organisation | None = None,
    facts: MembershipFacts = NOTHING_STATED,
    publish: bool = False,
) -> Membership:
    """A person or an organisation as a member of an association. Raises `MemberNotStated` unless exactly one is given,
    `OwnMember` where an association would be its own, `EndBeforeStart`.
    """
    require(can_write(by), "admit a member")
    require_in_reach(association, person, organisation, facts.place, by=by)
    if (person is None) == (organisation is None):
        raise MemberNotStated(association.public_id)
    if organisation is not None and organisation.pk == association.pk:
        raise OwnMember(association.public_id)
    membership = Membership.objects.create(
        promoter_id=by.promoter_pk, association=association, person=person, organisation=organisation,
        published_at=at if publish else None, **_columns(facts),
    )  # fmt: skip
    _tell(by, at, "admit_member", membership, after=_told(membership))
    return membership


@transaction.atomic
def correct_membership(
    *, by: Actor, at: datetime, membership: Membership, read_version: int, facts: MembershipFacts, publish: bool
) -> Membership:
    """Correct where, since and until when, as what, and by which source; who the member is never changes.

    Raises `ChangedMeanwhile` where somebody else saved since it was read, `EndBeforeStart`.
    """
    require(can_write(by), "correct a membership")
    require_own(membership, by=by)
    require_in_reach(facts.place, by=by)
    before = _told(membership)
    opened_at = (membership.published_at or at) if publish else None
    save_version(membership, read_version=read_version, published_at=opened_at, **_columns(facts))
    _tell(by, at, "correct_membership", membership, before=before, after=_told(membership))
    return membership


@transaction.atomic
def end_membership(*, by: Actor, at: datetime, membership: Membership, read_version: int, until: Period) -> Membership:
    """Say until when it held. Raises `EndedAlready`, `EndBeforeStart`, `ChangedMeanwhile`."""
    require(can_write(by), "end a membership")
    require_own(membership, by=by)
    if _has_end(membership):
        raise EndedAlready(membership.public_id)
    _refuse_backwards(membership.period, until)
    save_version(membership, read_version=read_version, **period_values("until", until))
    _tell(by, at, "end_membership", membership, after={"member": _name(membership), "until": _iso(until)})
    return membership


@transaction.atomic
def open_antenna(
    *,
    by: Actor,
    at: datetime,
    association: Organisation,
    name: str,
    place: Place,
    period: Period | None = None,
    source: str = "",
    publish: bool = False,
) -> Antenna:
    """An antenna of an association at a place: an organisation of its own, which belongs to the association."""
    require(can_write(by), "open an antenna")
    require_in_reach(association, place, by=by)
    facts = OrganisationFacts(name=name, kind=association.kind, parent=association, place=place)
    organisation = add_organisation(by=by, at=at, facts=facts, publish=publish)
    antenna = Antenna.objects.create(
        promoter_id=by.promoter_pk, association=association, organisation=organisation, place=place, source=source,
        published_at=at if publish else None, **period_values("period", period),
    )  # fmt: skip
    after = {"antenna": name, "place": str(place), "since": _iso(period), "source": source}
    _write(by, at, "open_antenna", association, after=after)
    return antenna


@transaction.atomic
def close_antenna(*, by: Actor, at: datetime, antenna: Antenna, read_version: int, until: Period) -> Antenna:
    """Say until when it stood; its page stays. Raises `EndedAlready`, `EndBeforeStart`, `ChangedMeanwhile`."""
    require(can_write(by), "close an antenna")
    require_own(antenna, by=by)
    if _has_end(antenna):
        raise EndedAlready(antenna.public_id)
    _refuse_backwards(antenna.period, until)
    save_version(antenna, read_version=read_version, **period_values("until", until))
    after = {"antenna": antenna.organisation.name, "until": _iso(until)}
    _write(by, at, "close_antenna", antenna.association, after=after)
    return antenna


def _columns(facts: MembershipFacts) -> dict[str, object]:
    _refuse_backwards(facts.period, facts.until)
    return {
        "place": facts.place,
        "office": facts.office,
        "role": dict(facts.role or {}),
        "source": facts.source,
        **period_values("period", facts.period),
        **period_values("until", facts.until),
    }


def _refuse_backwards(since: Period | None, until: Period | None) -> None:
    if since is not None and until is not None and until.is_before(since):
        raise EndBeforeStart(f"{until.end} is before {since.start}")


def _has_end(row: Membership | Antenna) -> bool:
    """Whether its end is stated, apart or in one breath with its start ("from 2018 to 2020")."""
    return row.until is not None or row.period_precision == Precision.SPAN


def _iso(period: Period | None) -> str:
    return "" if period is None else f"{period.start or ''}/{period.end or ''}"


def _name(membership: Membership) -> str:
    return membership.person.name if membership.person else membership.organisation.name


def _told(membership: Membership) -> dict[str, object]:
    return {
        "member": _name(membership),
        "place": membership.place and str(membership.place),
        "office": str(membership.office),
        "role": dict(membership.role),
        "since": _iso(membership.period),
        "until": _iso(membership.until),
        "source": membership.source,
        "shown": membership.published_at is not None,
    }


def _tell(by: Actor, at: datetime, verb: str, membership: Membership, **changes: Mapping[str, object]) -> None:
    _write(by, at, verb, membership.association, **changes)


def _write(by: Actor, at: datetime, verb: str, association: Organisation, **changes: Mapping[str, object]) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="organisation", object_id=association.public_id,
        object_label=association.name, promoter_key=by.promoter_key, **changes,
    )  # fmt: skip
