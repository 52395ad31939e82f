"""Organisations, with the names they go by, where they are and who belongs to them."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from moussem.api.paging import Page, list_rows
from moussem.api.shapes import MembershipItem, Related, When, Words, membership_item, related_row, when
from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.doors import Audience, anyone, door
from moussem.core.texts import say
from moussem.directory.domain.queries.lists import called_by_keys
from moussem.directory.enums import OrganisationKind
from moussem.directory.models import Affiliation, Alias, Establishment, Membership, Organisation

router = Router(tags=["organisations"])


class EstablishmentItem(Schema):
    """Where the organisation is, from-to as stated."""

    park: Related | None
    place: Related | None
    period: When | None


class AffiliationItem(Schema):
    """Who is (or, if `former`, was) what at the organisation."""

    person: Related
    role: str
    former: bool
    period: When | None


class MemberItem(Schema):
    """A member of an association or club, and the place where it is one; `role` as a source words the tie."""

    person: Related | None
    organisation: Related | None
    place: Related | None
    role: str | None
    period: When | None


class OrganisationItem(Schema):
    """An organisation. `named` is false where the sources describe it and do not name it; `same_as` stands for it
    where a person decided that both are one.
    """

    id: UUID
    url: str
    name: str
    named: bool
    description: str | None
    acronym: str | None
    aliases: list[str]
    kind: str
    parent: Related | None
    place: Related | None
    same_as: Related | None
    commons: Related | None
    establishments: list[EstablishmentItem]
    affiliations: list[AffiliationItem]
    members: list[MemberItem]
    memberships: list[MembershipItem]


class OrganisationPage(Schema):
    """One page of organisations."""

    items: list[OrganisationItem]
    next: str | None


class OrganisationFilters(Page):
    """Filters; several narrow together. `name` is the exact name or acronym or alias, whatever its
    capitals and accents.
    """

    kind: OrganisationKind | None = None
    name: Words | None = None
    named: bool | None = None
    place: UUID | None = None
    park: UUID | None = None
    parent: UUID | None = None


@router.get("/organisations", response=OrganisationPage, summary="Organisations")
@door(audience=Audience.API, permission=anyone)
def list_organisations(request: HttpRequest, filters: Query[OrganisationFilters]) -> dict[str, Any]:
    """The organisations that the caller may see."""
    narrowed = _narrowed(_seen(request), filters, request.actor)  # type: ignore[attr-defined]
    return list_rows(request, narrowed, filters, organisation_item)


@router.get("/organisations/{uuid:organisation}", response=OrganisationItem, summary="An organisation")
@door(audience=Audience.API, permission=anyone)
def show_organisation(request: HttpRequest, organisation: UUID) -> dict[str, Any]:
    """One organisation."""
    return organisation_item(get_object_or_404(_seen(request), public_id=organisation), request.actor)  # type: ignore[attr-defined]


def _seen(request: HttpRequest) -> "QuerySet[Organisation]":
    actor = request.actor  # type: ignore[attr-defined]
    places = Establishment.objects.visible_to(actor).select_related("park__subject", "place__subject").order_by("pk")
    people = Affiliation.objects.visible_to(actor).select_related("person__subject").order_by("pk")
    seen = Membership.objects.visible_to(actor).order_by("pk")
    members = seen.select_related("person__subject", "organisation__subject", "place__subject")
    memberships = seen.select_related("association__subject", "place__subject")
    return (
        Organisation.objects.visible_to(actor)
        .select_related("parent__subject", "place__subject", "canonical__subject", "commons__subject")
        .prefetch_related(
            Prefetch("aliases", Alias.objects.visible_to(actor).order_by("folded", "pk")),
            Prefetch("establishments", places),
            Prefetch("affiliations", people),
            Prefetch("members", members),
            Prefetch("memberships", memberships),
        )
    )


def _narrowed(
    organisations: "QuerySet[Organisation]", said: OrganisationFilters, actor: Actor
) -> "QuerySet[Organisation]":
    if said.kind:
        organisations = organisations.filter(kind=said.kind)
    if said.named is not None:
        organisations = organisations.filter(named=said.named)
    if said.name:
        organisations = organisations.filter(called_by_keys(actor, said.name))
    if said.place:
        organisations = organisations.filter(place__public_id=said.place)
    if said.parent:
        organisations = organisations.filter(parent__public_id=said.parent)
    if said.park:
        here = Establishment.objects.visible_to(actor).filter(park__public_id=said.park)
        organisations = organisations.filter(pk__in=here.values("organisation"))
    return organisations


def organisation_item(organisation: Organisation, actor: Actor) -> dict[str, Any]:
    """An organisation as the API shows it."""
    return {
        "id": organisation.public_id,
        "url": public_address(f"organisations/{organisation.public_id}/"),
        "name": organisation.name,
        "named": organisation.named,
        "description": say(organisation.description) or None,
        "acronym": organisation.acronym or None,
        "aliases": [alias.name for alias in organisation.aliases.all()],
        "kind": organisation.kind,
        "parent": related_row(organisation.parent, actor),
        "place": related_row(organisation.place, actor),
        "same_as": related_row(organisation.canonical, actor),
        "commons": related_row(organisation.commons, actor),
        "establishments": [
            {"park": related_row(row.park, actor), "place": related_row(row.place, actor), "period": when(row.period)}
            for row in organisation.establishments.all()
        ],
        "affiliations": [
            {
                "person": related_row(row.person, actor),
                "role": say(row.role),
                "former": row.former,
                "period": when(row.period),
            }
            for row in organisation.affiliations.all()
        ],
        "members": [
            {
                "person": related_row(row.person, actor),
                "organisation": related_row(row.organisation, actor),
                "place": related_row(row.place, actor),
                "role": say(row.role) or None,
                "period": when(row.period),
            }
            for row in organisation.members.all()
        ],
        "memberships": [membership_item(row, actor) for row in organisation.memberships.all()],
    }
