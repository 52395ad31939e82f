"""Minutes of club meetings, with what was decided. They are the promoter's own, and never published."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from moussem.api.paging import Page, list_rows
from moussem.api.shapes import Related, related
from moussem.core.actor import Actor
from moussem.core.doors import Audience, door
from moussem.events.models import Decision, Minutes
from moussem.events.permissions import can_see_minutes

router = Router(tags=["minutes"])


class DecisionItem(Schema):
    """Something that was decided; `action` is the next step it became, null where none was asked for."""

    id: UUID
    words: str
    action: UUID | None


class MinutesItem(Schema):
    """The minutes of a meeting as they stand; `approved_at` is null while they are a draft."""

    id: UUID
    event: Related | None
    text: str
    written_by: str | None
    written_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    decisions: list[DecisionItem]


class MinutesPage(Schema):
    """One page of minutes."""

    items: list[MinutesItem]
    next: str | None


class MinutesFilters(Page):
    """Filters; several narrow together."""

    event: UUID | None = None
    approved: bool | None = None


@router.get("/minutes", response=MinutesPage, summary="Minutes")
@door(audience=Audience.API, permission=can_see_minutes)
def list_minutes(request: HttpRequest, filters: Query[MinutesFilters]) -> dict[str, Any]:
    """The minutes of the caller's promoter."""
    rows = _seen(request)
    if filters.event:
        rows = rows.filter(event__public_id=filters.event)
    if filters.approved is not None:
        rows = rows.filter(approved_at__isnull=not filters.approved)
    return list_rows(request, rows, filters, minutes_item)


@router.get("/minutes/{uuid:minutes}", response=MinutesItem, summary="The minutes of a meeting")
@door(audience=Audience.API, permission=can_see_minutes)
def show_minutes(request: HttpRequest, minutes: UUID) -> dict[str, Any]:
    """The minutes of one meeting."""
    return minutes_item(get_object_or_404(_seen(request), public_id=minutes), request.actor)  # type: ignore[attr-defined]


def _seen(request: HttpRequest) -> "QuerySet[Minutes]":
    actor = request.actor  # type: ignore[attr-defined]
    decisions = Decision.objects.visible_to(actor).select_related("action").order_by("position", "pk")
    rows = Minutes.objects.visible_to(actor).select_related("event__subject")
    return rows.prefetch_related(Prefetch("decisions", decisions))


def minutes_item(minutes: Minutes, actor: Actor) -> dict[str, Any]:
    """Minutes as the API shows them."""
    return {
        "id": minutes.public_id,
        "event": related(minutes.event.subject, actor),
        "text": minutes.text,
        "written_by": minutes.written_by or None,
        "written_at": minutes.written_at,
        "approved_by": minutes.approved_by or None,
        "approved_at": minutes.approved_at,
        "decisions": [
            {"id": one.public_id, "words": one.words, "action": one.action.public_id if one.action else None}
            for one in minutes.decisions.all()
        ],
    }
