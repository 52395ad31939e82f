"""Members of associations and clubs, and their antennas."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from moussem.api.paging import Page, list_rows
from moussem.api.shapes import Related, When, related_row, when
from moussem.core.actor import Actor
from moussem.core.doors import Audience, anyone, door
from moussem.core.texts import say
from moussem.directory.domain.queries.associations import holding_on
from moussem.directory.enums import MembershipOffice
from moussem.directory.models import Antenna, Membership

router = Router(tags=["memberships"])
MEMBERS = ("association__subject", "person__subject", "organisation__subject", "place__subject")
ANTENNAS = ("association__subject", "organisation__subject", "place__subject")


class MembershipRow(Schema):
    """Who is a member of what, where, as what, since and until when. `role` as a source words the tie."""

    id: UUID
    association: Related | None
    person: Related | None
    organisation: Related | None
    place: Related | None
    office: str
    role: str | None
    period: When | None
    until: When | None


class MembershipPage(Schema):
    """One page of memberships."""

    items: list[MembershipRow]
    next: str | None


class MembershipFilters(Page):
    """Filters; several narrow together. `on` keeps what holds on that day: what has no end goes on. `place` is the
    very place, not what lies in it.
    """

    association: UUID | None = None
    person: UUID | None = None
    organisation: UUID | None = None
    place: UUID | None = None
    office: MembershipOffice | None = None
    on: date | None = None


class AntennaRow(Schema):
    """An antenna of an association: its own organisation, where it stands, since and until when."""

    id: UUID
    association: Related | None
    organisation: Related | None
    place: Related | None
    period: When | None
    until: When | None


class AntennaPage(Schema):
    """One page of antennas."""

    items: list[AntennaRow]
    next: str | None


class AntennaFilters(Page):
    """Filters; several narrow together."""

    association: UUID | None = None
    place: UUID | None = None
    on: date | None = None


@router.get("/memberships", response=MembershipPage, summary="Memberships")
@door(audience=Audience.API, permission=anyone)
def list_memberships(request: HttpRequest, filters: Query[MembershipFilters]) -> dict[str, Any]:
    """The memberships that the caller may see."""
    rows = Membership.objects.visible_to(request.actor).select_related(*MEMBERS)  # type: ignore[attr-defined]
    for name in ("association", "person", "organisation", "place"):
        key = getattr(filters, name)
        rows = rows.filter(**{f"{name}__public_id": key}) if key else rows
    if filters.office:
        rows = rows.filter(office=filters.office)
    if filters.on:
        rows = rows.filter(holding_on(filters.on))
    return list_rows(request, rows, filters, membership_row)


@router.get("/memberships/{uuid:membership}", response=MembershipRow, summary="A membership")
@door(audience=Audience.API, permission=anyone)
def show_membership(request: HttpRequest, membership: UUID) -> dict[str, Any]:
    """One membership."""
    rows = Membership.objects.visible_to(request.actor).select_related(*MEMBERS)  # type: ignore[attr-defined]
    return membership_row(get_object_or_404(rows, public_id=membership), request.actor)  # type: ignore[attr-defined]


@router.get("/antennas", response=AntennaPage, summary="Antennas")
@door(audience=Audience.API, permission=anyone)
def list_antennas(request: HttpRequest, filters: Query[AntennaFilters]) -> dict[str, Any]:
    """The antennas that the caller may see."""
    rows = Antenna.objects.visible_to(request.actor).select_related(*ANTENNAS)  # type: ignore[attr-defined]
    for name in ("association", "place"):
        key = getattr(filters, name)
        rows = rows.filter(**{f"{name}__public_id": key}) if key else rows
    if filters.on:
        rows = rows.filter(holding_on(filters.on))
    return list_rows(request, rows, filters, antenna_row)


def membership_row(row: Membership, actor: Actor) -> dict[str, Any]:
    """A membership as the API shows it."""
    return {
        "id": row.public_id,
        "association": related_row(row.association, actor),
        "person": related_row(row.person, actor),
        "organisation": related_row(row.organisation, actor),
        "place": related_row(row.place, actor),
        "office": row.office,
        "role": say(row.role) or None,
        "period": when(row.period),
        "until": when(row.until),
    }


def antenna_row(row: Antenna, actor: Actor) -> dict[str, Any]:
    """An antenna as the API shows it."""
    return {
        "id": row.public_id,
        "association": related_row(row.association, actor),
        "organisation": related_row(row.organisation, actor),
        "place": related_row(row.place, actor),
        "period": when(row.period),
        "until": when(row.until),
    }
