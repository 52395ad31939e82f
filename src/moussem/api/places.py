"""Places and parks."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from moussem.api.paging import Page, list_rows
from moussem.api.shapes import Related, Words, related_row
from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.doors import Audience, anyone, door
from moussem.core.texts import say
from moussem.directory.enums import PlaceKind
from moussem.directory.models import Park, Place

router = Router(tags=["places"])


class PlaceItem(Schema):
    """A country (ISO 3166-1), a region (ISO 3166-2) or a city; `within` is the place it lies in."""

    id: UUID
    url: str
    kind: str
    code: str | None
    name: str
    within: Related | None
    note: str | None


class PlacePage(Schema):
    """One page of places."""

    items: list[PlaceItem]
    next: str | None


class PlaceFilters(Page):
    """Filters; several narrow together."""

    kind: PlaceKind | None = None
    code: Words | None = None
    within: UUID | None = None


class ParkItem(Schema):
    """A business park and the place it stands in."""

    id: UUID
    url: str
    name: str
    aliases: list[str]
    place: Related | None


class ParkPage(Schema):
    """One page of parks."""

    items: list[ParkItem]
    next: str | None


class ParkFilters(Page):
    """Filters; `name` is the exact name, whatever its capitals."""

    name: Words | None = None
    place: UUID | None = None


@router.get("/places", response=PlacePage, summary="Places")
@door(audience=Audience.API, permission=anyone)
def list_places(request: HttpRequest, filters: Query[PlaceFilters]) -> dict[str, Any]:
    """The places that the caller may see."""
    places = _places(request)
    given = filters.model_dump(include={"kind", "code"}, exclude_none=True)
    if filters.within:
        given["within__public_id"] = filters.within
    return list_rows(request, places.filter(**given), filters, place_item)


@router.get("/places/{uuid:place}", response=PlaceItem, summary="A place")
@door(audience=Audience.API, permission=anyone)
def show_place(request: HttpRequest, place: UUID) -> dict[str, Any]:
    """One place."""
    return place_item(get_object_or_404(_places(request), public_id=place), request.actor)  # type: ignore[attr-defined]


@router.get("/parks", response=ParkPage, summary="Parks", tags=["parks"])
@door(audience=Audience.API, permission=anyone)
def list_parks(request: HttpRequest, filters: Query[ParkFilters]) -> dict[str, Any]:
    """The parks that the caller may see."""
    parks = _parks(request)
    if filters.name:
        parks = parks.filter(name__iexact=filters.name)
    if filters.place:
        parks = parks.filter(place__public_id=filters.place)
    return list_rows(request, parks, filters, park_item)


@router.get("/parks/{uuid:park}", response=ParkItem, summary="A park", tags=["parks"])
@door(audience=Audience.API, permission=anyone)
def show_park(request: HttpRequest, park: UUID) -> dict[str, Any]:
    """One park."""
    return park_item(get_object_or_404(_parks(request), public_id=park), request.actor)  # type: ignore[attr-defined]


def _places(request: HttpRequest) -> "QuerySet[Place]":
    return Place.objects.visible_to(request.actor).select_related("within__subject")  # type: ignore[attr-defined]


def _parks(request: HttpRequest) -> "QuerySet[Park]":
    return Park.objects.visible_to(request.actor).select_related("place__subject")  # type: ignore[attr-defined]


def place_item(place: Place, actor: Actor) -> dict[str, Any]:
    """A place as the API shows it."""
    return {
        "id": place.public_id,
        "url": public_address(f"places/{place.public_id}/"),
        "kind": place.kind,
        "code": place.code or None,
        "name": say(place.name),
        "within": related_row(place.within, actor),
        "note": say(place.note) or None,
    }


def park_item(park: Park, actor: Actor) -> dict[str, Any]:
    """A park as the API shows it."""
    return {
        "id": park.public_id,
        "url": public_address(f"parks/{park.public_id}/"),
        "name": park.name,
        "aliases": park.aliases,
        "place": related_row(park.place, actor),
    }
