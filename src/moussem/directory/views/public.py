"""What everybody may read of the directory: what is published, with its sources and without contact details."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from moussem.core.doors import Audience, anyone, door
from moussem.core.panels import with_panels
from moussem.directory.domain.queries import lists, pages
from moussem.directory.domain.queries.associations import members_page
from moussem.directory.domain.queries.lists import Wanted
from moussem.directory.enums import OrganisationKind
from moussem.directory.interfaces.members_query import members_wanted
from moussem.directory.models import Organisation, Park, Person, Place

LONGEST = 200


def _wanted(request: HttpRequest) -> Wanted:
    asked = {name: request.GET.get(name, "")[:LONGEST].replace("\x00", "") for name in ("q", "kind", "region", "after")}
    return Wanted(asked["q"].strip(), asked["kind"], asked["region"], asked["after"])


def _cursor(request: HttpRequest) -> str:
    return request.GET.get("before", "")[:LONGEST]


@door(audience=Audience.PUBLIC, permission=anyone)
def organisations(request: HttpRequest) -> HttpResponse:
    """Published organisations by name, narrowed by words, kind and region."""
    wanted = _wanted(request)
    context = {"list": lists.organisations(request.actor, wanted), "wanted": wanted, "kinds": OrganisationKind.choices}
    return render(request, "directory/public/organisations.html", context)


@door(audience=Audience.PUBLIC, permission=anyone)
def organisation(request: HttpRequest, organisation: uuid.UUID) -> HttpResponse:
    """One organisation: its thread, its timeline, its figures by kind, what contradicts what."""
    rows = Organisation.objects.visible_to(request.actor).select_related("subject", "place__within__within")
    row = get_object_or_404(rows, public_id=organisation)
    reading = pages.organisation_page.reading(request.actor, row, cursor=_cursor(request))
    page, panels = with_panels(reading, "directory.organisation", request.actor, row)
    context = {"page": page, "panels": panels}
    return render(request, "directory/public/organisation.html", context)


@door(audience=Audience.PUBLIC, permission=anyone)
def members(request: HttpRequest, organisation: uuid.UUID) -> HttpResponse:
    """The published members of an association: by name, by place as a table and a map, on a day; its antennas."""
    rows = Organisation.objects.visible_to(request.actor).select_related("subject")
    row = get_object_or_404(rows, public_id=organisation)
    wanted, typed = members_wanted(request, timezone.localdate())
    context = {"page": members_page(request.actor, row, wanted), "wanted": wanted, "typed": typed}
    return render(request, "directory/public/members.html", context)


@door(audience=Audience.PUBLIC, permission=anyone)
def people(request: HttpRequest) -> HttpResponse:
    """People whom published sources name, by name."""
    wanted = _wanted(request)
    context = {"list": lists.people(request.actor, wanted), "wanted": wanted}
    return render(request, "directory/public/people.html", context)


@door(audience=Audience.PUBLIC, permission=anyone)
def person(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """One person as published sources speak of them; never how to reach them."""
    row = get_object_or_404(Person.objects.visible_to(request.actor).select_related("subject"), public_id=person)
    reading = pages.person_page.reading(request.actor, row, cursor=_cursor(request))
    page, panels = with_panels(reading, "directory.person", request.actor, row)
    context = {"page": page, "panels": panels}
    return render(request, "directory/public/person.html", context)


@door(audience=Audience.PUBLIC, permission=anyone)
def parks(request: HttpRequest) -> HttpResponse:
    """The business parks, by name and region."""
    wanted = _wanted(request)
    context = {"list": lists.parks(request.actor, wanted), "wanted": wanted}
    return render(request, "directory/public/parks.html", context)


@door(audience=Audience.PUBLIC, permission=anyone)
def park(request: HttpRequest, park: uuid.UUID) -> HttpResponse:
    """One park: land, offices, occupancy, companies and jobs, each kind apart."""
    rows = Park.objects.visible_to(request.actor).select_related("subject", "place__within__within")
    row = get_object_or_404(rows, public_id=park)
    reading = pages.park_page.reading(request.actor, row, cursor=_cursor(request))
    page, panels = with_panels(reading, "directory.park", request.actor, row)
    context = {"page": page, "panels": panels}
    return render(request, "directory/public/park.html", context)


@door(audience=Audience.PUBLIC, permission=anyone)
def place(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """One country, region or city: what lies in it, who is there, its figures."""
    rows = Place.objects.visible_to(request.actor).select_related("subject", "within__within__within")
    row = get_object_or_404(rows, public_id=place)
    reading = pages.place_page.reading(request.actor, row, cursor=_cursor(request))
    page, panels = with_panels(reading, "directory.place", request.actor, row)
    context = {"page": page, "panels": panels}
    return render(request, "directory/public/place.html", context)
