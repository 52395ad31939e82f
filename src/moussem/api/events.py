"""Events with their spaces, sessions, parts and stops."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from moussem.api.paging import Page, list_rows
from moussem.api.shapes import Related, When, related_row, when
from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.doors import Audience, anyone, door
from moussem.core.texts import say
from moussem.events.domain.queries.agenda import agenda_shown
from moussem.events.enums import EventKind
from moussem.events.models import AgendaVersion, Event, Part, Session, Space, Stop

router = Router(tags=["events"])


class SpaceItem(Schema):
    """A part of the event's room; capacities null where not stated."""

    id: UUID
    kind: str
    name: str
    capacity_on_site: int | None
    capacity_online: int | None


class SessionItem(Schema):
    """Something that happens at the event: as published; to the promoter's own callers as in the draft."""

    id: UUID
    title: str
    topics: str | None
    language: str | None
    interpretation: list[str]
    starts_at: datetime | None
    ends_at: datetime | None
    cancelled: bool
    space: UUID | None


class PartItem(Schema):
    """The part somebody takes; `words` describe whom the source does not name."""

    kind: str
    session: UUID | None
    person: Related | None
    organisation: Related | None
    words: str | None


class StopItem(Schema):
    """A stop of an itinerant exhibition."""

    place: Related | None
    words: str | None
    period: When | None


class EventItem(Schema):
    """A gathering; `period` null where no date is stated."""

    id: UUID
    url: str
    kind: str
    name: str
    theme: str | None
    series: Related | None
    edition: int | None
    period: When | None
    place: Related | None
    mode: str
    margins_of: Related | None
    description: str | None
    cancelled: bool
    agenda_version: int | None
    spaces: list[SpaceItem]
    sessions: list[SessionItem]
    parts: list[PartItem]
    stops: list[StopItem]


class EventPage(Schema):
    """One page of events."""

    items: list[EventItem]
    next: str | None


class EventFilters(Page):
    """Filters; several narrow together."""

    kind: EventKind | None = None
    series: UUID | None = None
    edition: int | None = None
    place: UUID | None = None


@router.get("/events", response=EventPage, summary="Events")
@door(audience=Audience.API, permission=anyone)
def list_events(request: HttpRequest, filters: Query[EventFilters]) -> dict[str, Any]:
    """The events that the caller may see."""
    given: dict[str, Any] = filters.model_dump(include={"kind", "edition"}, exclude_none=True)
    if filters.series:
        given["series__public_id"] = filters.series
    if filters.place:
        given["place__public_id"] = filters.place
    return list_rows(request, _seen(request).filter(**given), filters, event_item)


@router.get("/events/{uuid:event}", response=EventItem, summary="An event")
@door(audience=Audience.API, permission=anyone)
def show_event(request: HttpRequest, event: UUID) -> dict[str, Any]:
    """One event."""
    return event_item(get_object_or_404(_seen(request), public_id=event), request.actor)  # type: ignore[attr-defined]


def _seen(request: HttpRequest) -> "QuerySet[Event]":
    actor = request.actor  # type: ignore[attr-defined]
    events = Event.objects.visible_to(actor)
    if actor.event_key:
        events = events.filter(public_id=actor.event_key)
    parts = Part.objects.visible_to(actor).select_related("person__subject", "organisation__subject", "session")
    drafts = Session.objects.visible_to(actor).select_related("space").order_by("position")
    return events.select_related("series__subject", "place__subject", "margins_of__subject").prefetch_related(
        Prefetch("spaces", Space.objects.visible_to(actor).order_by("position")),
        *([Prefetch("sessions", drafts)] if actor.roles else []),
        Prefetch("agenda_versions", AgendaVersion.objects.visible_to(actor).filter(replaced_at=None)),
        Prefetch("parts", parts.order_by("position")),
        Prefetch("stops", Stop.objects.visible_to(actor).select_related("place__subject").order_by("position")),
    )


def event_item(event: Event, actor: Actor) -> dict[str, Any]:
    """An event as the API shows it: its agenda as published; to whom the promoter's drafts are open, the draft."""
    version = next(iter(event.agenda_versions.all()), None)
    staff = bool(actor.roles) and actor.within(event.promoter_id)
    agenda = agenda_shown(event, version, drafts=staff)
    return {
        "id": event.public_id,
        "url": public_address(f"events/{event.public_id}/"),
        "kind": event.kind,
        "name": say(event.name),
        "theme": say(event.theme) or None,
        "series": related_row(event.series, actor),
        "edition": event.edition,
        "period": when(event.period),
        "place": related_row(event.place, actor),
        "mode": event.mode,
        "margins_of": related_row(event.margins_of, actor),
        "description": say(event.description) or None,
        "cancelled": event.cancelled_at is not None,
        "agenda_version": version.number if version else None,
        "spaces": [_space(space) for space in agenda.spaces],
        "sessions": [_session(event, session) for session in agenda.sessions],
        "parts": [_part(part, actor) for part in event.parts.all()],
        "stops": [
            {"place": related_row(stop.place, actor), "words": say(stop.words) or None, "period": when(stop.period)}
            for stop in event.stops.all()
        ],
    }


def _space(space: Any) -> dict[str, Any]:
    return {
        "id": space.key,
        "kind": space.kind,
        "name": say(space.name),
        "capacity_on_site": space.on_site,
        "capacity_online": space.online,
    }


def _session(event: Event, session: Any) -> dict[str, Any]:
    return {
        "id": session.key,
        "title": say(session.title),
        "topics": say(session.topics) or None,
        "language": session.language or None,
        "interpretation": list(session.interpretation),
        "starts_at": session.begins or session.starts,
        "ends_at": session.closes or session.ends,
        "cancelled": session.is_cancelled or event.cancelled_at is not None,
        "space": session.space or None,
    }


def _part(part: Part, actor: Actor) -> dict[str, Any]:
    return {
        "kind": part.kind,
        "session": part.session.public_id if part.session else None,
        "person": related_row(part.person, actor),
        "organisation": related_row(part.organisation, actor),
        "words": say(part.words) or None,
    }
