"""Meetings and requests to meet of the token's promoter. Who meets whom is nobody else's business."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from moussem.api.paging import Page, list_rows
from moussem.api.shapes import Related, related, related_row
from moussem.core.actor import Actor
from moussem.core.doors import Audience, door
from moussem.events.models import Event
from moussem.guests.models import Registration
from moussem.meetings.domain.queries.room import loaded_meetings, loaded_requests
from moussem.meetings.models import Meeting, MeetingRequest
from moussem.meetings.permissions import can_see_meetings

router = Router(tags=["meetings"])
SUBJECTS = tuple(f"{side}__{what}__subject" for side in ("asker", "asked") for what in ("person", "organisation"))


class GuestItem(Schema):
    """One of the two guests: the person, and the organisation they come for (null: none)."""

    person: Related | None
    organisation: Related | None


class RequestItem(Schema):
    """A request to meet. `words` say what it is about, null where nothing is said."""

    id: UUID
    event: Related | None
    asker: GuestItem
    asked: GuestItem
    state: str
    wish: str
    words: str | None
    asked_at: datetime
    expires_at: datetime
    answered_at: datetime | None


class SideItem(Schema):
    """What one side says of a meeting; `took_place` null: no answer. `noted_by`: who of the staff noted it (null: the
    guest's own word).
    """

    person: Related | None
    took_place: bool | None
    noted_by: str | None


class MeetingItem(Schema):
    """A meeting. `table` null: it is held online, at `room_address` (null: not named yet)."""

    id: UUID
    event: Related | None
    request: UUID
    asker: GuestItem
    asked: GuestItem
    starts_at: datetime
    ends_at: datetime
    zone: str
    table: str | None
    room_address: str | None
    state: str
    sides: list[SideItem]


class RequestPage(Schema):
    """One page of requests."""

    items: list[RequestItem]
    next: str | None


class MeetingPage(Schema):
    """One page of meetings."""

    items: list[MeetingItem]
    next: str | None


class RequestFilters(Page):
    """Filters of requests."""

    event: UUID | None = None
    state: Literal["asked", "accepted", "declined", "withdrawn", "expired"] | None = None


class MeetingFilters(Page):
    """Filters of meetings."""

    event: UUID | None = None
    state: Literal["placed", "held", "missed", "disputed", "cancelled"] | None = None


@router.get("/meeting-requests", response=RequestPage, summary="Requests to meet")
@door(audience=Audience.API, permission=can_see_meetings)
def list_meeting_requests(request: HttpRequest, filters: Query[RequestFilters]) -> dict[str, Any]:
    """The requests to meet of the caller's promoter."""
    rows = loaded_requests(request.actor).select_related("event__subject", *SUBJECTS)  # type: ignore[attr-defined]
    return list_rows(request, _narrowed(rows, filters), filters, request_item)


@router.get("/meetings", response=MeetingPage, summary="Meetings")
@door(audience=Audience.API, permission=can_see_meetings)
def list_meetings(request: HttpRequest, filters: Query[MeetingFilters]) -> dict[str, Any]:
    """The meetings of the caller's promoter."""
    return list_rows(request, _narrowed(_seen(request), filters), filters, meeting_item)


@router.get("/meetings/{uuid:meeting}", response=MeetingItem, summary="A meeting")
@door(audience=Audience.API, permission=can_see_meetings)
def show_meeting(request: HttpRequest, meeting: UUID) -> dict[str, Any]:
    """One meeting."""
    return meeting_item(get_object_or_404(_seen(request), public_id=meeting), request.actor)  # type: ignore[attr-defined]


def _seen(request: HttpRequest) -> Any:
    rows = loaded_meetings(request.actor)  # type: ignore[attr-defined]
    return rows.select_related("event__subject", *(f"request__{subject}" for subject in SUBJECTS))


def _narrowed(rows: Any, filters: RequestFilters | MeetingFilters) -> Any:
    if filters.event:
        rows = rows.filter(event__public_id=filters.event)
    return rows.filter(state=filters.state) if filters.state else rows


def request_item(row: MeetingRequest, actor: Actor) -> dict[str, Any]:
    """A request as the API shows it."""
    return {
        "id": row.public_id,
        "event": _event(row.event, actor),
        "asker": _guest(row.asker, actor),
        "asked": _guest(row.asked, actor),
        "state": row.state,
        "wish": row.wish,
        "words": row.words or None,
        "asked_at": row.asked_at,
        "expires_at": row.expires_at,
        "answered_at": row.answered_at,
    }


def meeting_item(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    """A meeting as the API shows it."""
    people = {side.pk: related_row(side.person, actor) for side in meeting.request.sides}
    return {
        "id": meeting.public_id,
        "event": _event(meeting.event, actor),
        "request": meeting.request.public_id,
        "asker": _guest(meeting.request.asker, actor),
        "asked": _guest(meeting.request.asked, actor),
        "starts_at": meeting.slot.starts_at,
        "ends_at": meeting.slot.ends_at,
        "zone": meeting.slot.zone,
        "table": meeting.table.name if meeting.table else None,
        "room_address": meeting.room_address or None,
        "state": meeting.state,
        "sides": [
            {
                "person": people.get(side.registration_id),
                "took_place": side.took_place,
                "noted_by": side.answered_by or None,
            }
            for side in meeting.sides.all()
        ],
    }


def _event(event: Event, actor: Actor) -> dict[str, Any] | None:
    return related(event.subject, actor)


def _guest(registration: Registration, actor: Actor) -> dict[str, Any]:
    return {
        "person": related_row(registration.person, actor),
        "organisation": related_row(registration.organisation, actor),
    }
