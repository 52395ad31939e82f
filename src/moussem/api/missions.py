"""Missions with their delegation, their programme and what came of it. They are the promoter's own."""

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
from moussem.core.doors import Audience, door
from moussem.core.texts import say
from moussem.events.enums import WITH_DELEGATION
from moussem.events.models import Event, Outcome, Part
from moussem.events.permissions import can_see_minutes

router = Router(tags=["missions"])


class MissionPart(Schema):
    """Somebody of the delegation (`head`, `delegate`), whom they met (`met`), or another part; `role` in words."""

    kind: str
    person: Related | None
    organisation: Related | None
    role: str | None


class OutcomeItem(Schema):
    """What came of one visit (`session`; null: of the whole mission), and the next steps it asked for."""

    id: UUID
    session: UUID | None
    title: str | None
    words: str
    written_by: str | None
    written_at: datetime
    actions: list[UUID]


class MissionItem(Schema):
    """A mission; `outcomes` is empty where nothing was noted."""

    id: UUID
    name: str
    place: Related | None
    period: When | None
    parts: list[MissionPart]
    outcomes: list[OutcomeItem]


class MissionPage(Schema):
    """One page of missions."""

    items: list[MissionItem]
    next: str | None


@router.get("/missions", response=MissionPage, summary="Missions")
@door(audience=Audience.API, permission=can_see_minutes)
def list_missions(request: HttpRequest, filters: Query[Page]) -> dict[str, Any]:
    """The missions of the caller's promoter."""
    return list_rows(request, _seen(request), filters, mission_item)


@router.get("/missions/{uuid:event}", response=MissionItem, summary="A mission")
@door(audience=Audience.API, permission=can_see_minutes)
def show_mission(request: HttpRequest, event: UUID) -> dict[str, Any]:
    """One mission, by the identifier of its event."""
    return mission_item(get_object_or_404(_seen(request), public_id=event), request.actor)  # type: ignore[attr-defined]


def _seen(request: HttpRequest) -> "QuerySet[Event]":
    actor = request.actor  # type: ignore[attr-defined]
    parts = Part.objects.visible_to(actor).filter(session=None).order_by("position")
    outcomes = Outcome.objects.visible_to(actor).select_related("session").prefetch_related("steps").order_by("pk")
    rows = Event.objects.visible_to(actor).filter(kind__in=WITH_DELEGATION, promoter=actor.promoter_pk)
    return rows.select_related("place__subject").prefetch_related(
        Prefetch("parts", parts.select_related("person__subject", "organisation__subject")),
        Prefetch("outcomes", outcomes),
    )


def mission_item(event: Event, actor: Actor) -> dict[str, Any]:
    """A mission as the API shows it."""
    return {
        "id": event.public_id,
        "name": say(event.name),
        "place": related_row(event.place, actor),
        "period": when(event.period),
        "parts": [
            {
                "kind": part.kind,
                "person": related_row(part.person, actor),
                "organisation": related_row(part.organisation, actor),
                "role": say(part.words) or None,
            }
            for part in event.parts.all()
        ],
        "outcomes": [
            {
                "id": one.public_id,
                "session": one.session.public_id if one.session else None,
                "title": say(one.session.title) if one.session else None,
                "words": one.words,
                "written_by": one.written_by or None,
                "written_at": one.written_at,
                "actions": [step.public_id for step in one.steps.all()],
            }
            for one in event.outcomes.all()
        ],
    }
