"""People and what they are to organisations. Contact details are never in the API."""

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
from moussem.directory.domain.names import fold
from moussem.directory.models import Affiliation, Membership, Person

router = Router(tags=["people"])


class RoleItem(Schema):
    """What the person is (or, if `former`, was) at an organisation."""

    organisation: Related
    role: str
    former: bool
    period: When | None


class PersonItem(Schema):
    """A person, with the names that the sources print."""

    id: UUID
    url: str
    name: str
    printed_names: list[str]
    place: Related | None
    same_as: Related | None
    affiliations: list[RoleItem]
    memberships: list[MembershipItem]


class PersonPage(Schema):
    """One page of people."""

    items: list[PersonItem]
    next: str | None


class PersonFilters(Page):
    """Filters; `name` is the exact name, whatever its capitals and accents."""

    name: Words | None = None
    organisation: UUID | None = None


@router.get("/people", response=PersonPage, summary="People")
@door(audience=Audience.API, permission=anyone)
def list_people(request: HttpRequest, filters: Query[PersonFilters]) -> dict[str, Any]:
    """The people that the caller may see."""
    people = _seen(request)
    if filters.name:
        people = people.filter(folded=fold(filters.name))
    if filters.organisation:
        there = Affiliation.objects.visible_to(request.actor)  # type: ignore[attr-defined]
        people = people.filter(pk__in=there.filter(organisation__public_id=filters.organisation).values("person"))
    return list_rows(request, people, filters, person_item)


@router.get("/people/{uuid:person}", response=PersonItem, summary="A person")
@door(audience=Audience.API, permission=anyone)
def show_person(request: HttpRequest, person: UUID) -> dict[str, Any]:
    """One person."""
    return person_item(get_object_or_404(_seen(request), public_id=person), request.actor)  # type: ignore[attr-defined]


def _seen(request: HttpRequest) -> "QuerySet[Person]":
    actor = request.actor  # type: ignore[attr-defined]
    roles = Affiliation.objects.visible_to(actor).select_related("organisation__subject").order_by("pk")
    memberships = Membership.objects.visible_to(actor).select_related("association__subject", "place__subject")
    people = Person.objects.visible_to(actor).select_related("canonical__subject", "place__subject")
    return people.prefetch_related(Prefetch("affiliations", roles), Prefetch("memberships", memberships))


def person_item(person: Person, actor: Actor) -> dict[str, Any]:
    """A person as the API shows them."""
    return {
        "id": person.public_id,
        "url": public_address(f"people/{person.public_id}/"),
        "name": person.name,
        "printed_names": person.printed_names,
        "place": related_row(person.place, actor),
        "same_as": related_row(person.canonical, actor),
        "affiliations": [
            {
                "organisation": related_row(row.organisation, actor),
                "role": say(row.role),
                "former": row.former,
                "period": when(row.period),
            }
            for row in person.affiliations.all()
        ],
        "memberships": [membership_item(row, actor) for row in person.memberships.all()],
    }
