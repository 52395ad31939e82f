"""What staff see of an organisation or a person besides its public page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, prefetch_related_objects

from moussem.accounts.permissions import is_promoter_administrator
from moussem.core.actor import Actor
from moussem.core.asking import Reading, answer, answered, one_step, question, read, side_by_side
from moussem.core.panels import panels_for
from moussem.directory.domain.queries.pages import OrganisationPage, PersonPage, organisation_page, person_page
from moussem.directory.enums import MatchState
from moussem.directory.models import (
    Branch,
    Consent,
    Organisation,
    OrganisationMatch,
    Person,
    PersonMatch,
    Representation,
)
from moussem.directory.permissions import can_see_contacts, can_write


@dataclass(frozen=True, slots=True)
class OrganisationDesk:
    """The public page as this actor sees it, and what staff may do with it; `is_own`: it can be corrected here.

    `branches` are the lines of business that were named, none where nobody named one.
    """

    page: OrganisationPage
    is_own: bool
    may_write: bool
    may_represent: bool
    representations: Sequence[Representation]
    branches: Sequence[Branch]


@answered
def organisation_desk(actor: Actor, organisation: Organisation, *, cursor: str = "") -> Reading[OrganisationDesk]:
    """An organisation for the promoter's staff."""
    own = actor.within(organisation.promoter_id)
    page, (representations, branches) = yield from side_by_side(
        organisation_page.reading(actor, organisation, cursor=cursor),
        one_step(_representing(actor, (organisation.pk,)), _branches_of((organisation.pk,))),
    )
    return OrganisationDesk(
        page=page,
        is_own=own,
        may_write=own and can_write(actor),
        may_represent=own and is_promoter_administrator(actor),
        representations=representations,
        branches=branches,
    )


@question
def _representing(actor: Actor, organisations: Sequence[int]) -> "QuerySet[Representation]":
    standing = Representation.objects.visible_to(actor).filter(organisation__in=organisations, until=None)
    return standing.select_related("user").order_by("pk")


@question
def _branches_of(organisations: Sequence[int]) -> "QuerySet[Branch]":
    return Branch.objects.filter(organisations__in=organisations).order_by("code", "pk")


@dataclass(frozen=True, slots=True)
class PersonDesk:
    """A person for the promoter's staff. `contact` is None for everybody but the account owner and the administrator.

    `consents` holds the latest answer for each purpose.
    """

    page: PersonPage
    is_own: bool
    may_write: bool
    contact: Person | None
    consents: Sequence[Consent]


def person_desk(actor: Actor, person: Person, *, cursor: str = "") -> PersonDesk:
    """A person with what this actor may know of how to reach them."""
    own = actor.within(person.promoter_id)
    owner = str(person.owner.public_id) if person.owner else ""
    answers = Consent.objects.visible_to(actor).filter(person=person).order_by("at", "pk")
    latest = {consent.purpose: consent for consent in answers}
    return PersonDesk(
        page=person_page(actor, person, cursor=cursor),
        is_own=own,
        may_write=own and can_write(actor),
        contact=person if own and can_see_contacts(actor, owner) else None,
        consents=list(latest.values()),
    )


@dataclass(frozen=True, slots=True)
class MatchCard:
    """A doubtful match with what stands on each side, and what higher rooms say of deciding it (panels)."""

    match: OrganisationMatch | PersonMatch
    is_person: bool
    panels: Sequence[tuple[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class MatchPage:
    """The matches to decide, the most alike first, and the newest decisions, which can be undone."""

    waiting: Sequence[MatchCard]
    decided: Sequence[MatchCard]
    more: bool


AT_A_TIME = 20


def matches(actor: Actor) -> MatchPage:
    """What may be one in the directory of the actor's promoter: at most twenty of each sort."""
    tables = (OrganisationMatch, PersonMatch)
    found = read([rows for table in tables for rows in (_waiting(actor, table), _decided(actor, table))])
    waiting, decided = [*found[0], *found[2]], [*found[1], *found[3]]
    sides = [side for row in (*waiting, *decided) for side in (row.left, row.right) if isinstance(side, Organisation)]
    prefetch_related_objects(sides, "aliases")
    panels = answer(side_by_side(*(panels_for.reading("directory.match", actor, row) for row in waiting[:AT_A_TIME])))
    return MatchPage(
        [MatchCard(row, isinstance(row, PersonMatch), told) for row, told in zip(waiting, panels, strict=False)],
        [MatchCard(row, isinstance(row, PersonMatch), ()) for row in decided[:AT_A_TIME]],
        len(waiting) > AT_A_TIME,
    )


def _waiting(actor: Actor, table: type[OrganisationMatch] | type[PersonMatch]) -> Any:
    rows = _loaded(actor, table).filter(state=MatchState.PROPOSED)
    return rows.order_by(F("score").desc(nulls_first=True), "pk")[: AT_A_TIME + 1]


def _decided(actor: Actor, table: type[OrganisationMatch] | type[PersonMatch]) -> Any:
    rows = _loaded(actor, table).exclude(state=MatchState.PROPOSED)
    return rows.order_by("-decided_at", "-pk")[:AT_A_TIME]


def _loaded(actor: Actor, table: type[OrganisationMatch] | type[PersonMatch]) -> Any:
    rows = table.objects.visible_to(actor).select_related("promoter", "left__subject", "right__subject")
    return rows if table is PersonMatch else rows.select_related("left__place", "right__place")


def matching_organisations(actor: Actor) -> "QuerySet[Any]":
    """The organisations of the actor's promoter that may be one, and wait for a person to say so."""
    return OrganisationMatch.objects.visible_to(actor).filter(state=MatchState.PROPOSED)


def matching_people(actor: Actor) -> "QuerySet[Any]":
    """The people of the actor's promoter who may be one, and wait for a person to say so."""
    return PersonMatch.objects.visible_to(actor).filter(state=MatchState.PROPOSED)
