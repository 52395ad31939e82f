"""Target lists of the token's promoter: who is wished for, why, and what the score rests on. For its team only."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from moussem.api.paging import Page, list_rows
from moussem.api.shapes import Related, related_row
from moussem.core.actor import Actor
from moussem.core.doors import Audience, door
from moussem.core.texts import say
from moussem.guests.models import Target
from moussem.guests.permissions import can_see_scores

router = Router(tags=["targets"])


class CriterionLine(Schema):
    """One criterion about a target. `found` is what the directory knows, in French; `said_by` who of the team answered
    instead, null where nobody did.
    """

    field: str
    question: str | None
    weight: int
    answer: str
    found: list[str]
    said_by: str | None
    words: str | None


class TargetItem(Schema):
    """Somebody on a target list. `points` is null where nothing could be judged, and both numbers where the list has no
    criteria; contact details are not told.
    """

    id: UUID
    event: Related | None
    person: Related | None
    organisation: Related | None
    guest_kind: str | None
    reasons: str | None
    legal_basis: str | None
    origin: str | None
    origin_words: str | None
    owner: str | None
    points: int | None
    share_judged: int | None
    judged_at: datetime | None
    criteria: list[CriterionLine]


class TargetPage(Schema):
    """One page of targets."""

    items: list[TargetItem]
    next: str | None


class TargetFilters(Page):
    """Filters; several narrow together."""

    event: UUID | None = None
    person: UUID | None = None


@router.get("/targets", response=TargetPage, summary="Target lists")
@door(audience=Audience.API, permission=can_see_scores)
def list_targets(request: HttpRequest, filters: Query[TargetFilters]) -> dict[str, Any]:
    """Who stands on the target lists of the caller's promoter, with the score and its reasons: for its team only."""
    rows = _listed(request)
    if filters.event:
        rows = rows.filter(event__public_id=filters.event)
    if filters.person:
        rows = rows.filter(person__public_id=filters.person)
    return list_rows(request, rows, filters, target_item)


@router.get("/targets/{uuid:target}", response=TargetItem, summary="A target")
@door(audience=Audience.API, permission=can_see_scores)
def show_target(request: HttpRequest, target: UUID) -> dict[str, Any]:
    """One target."""
    found = get_object_or_404(_listed(request), public_id=target)
    return target_item(found, request.actor)  # type: ignore[attr-defined]


def _listed(request: HttpRequest) -> "QuerySet[Target]":
    rows = Target.objects.visible_to(request.actor).filter(dropped_at=None)  # type: ignore[attr-defined]
    related = ("event__subject", "person__subject", "organisation__subject", "guest_kind", "owner", "standing")
    return rows.select_related(*related)


def target_item(target: Any, actor: Actor) -> dict[str, Any]:
    """A target as the API shows it; nothing but the list's own team asks for it."""
    kind, standing = target.guest_kind, getattr(target, "standing", None)
    return {
        "id": target.public_id,
        "event": related_row(target.event, actor),
        "person": related_row(target.person, actor),
        "organisation": related_row(target.organisation, actor),
        "guest_kind": say(kind.name) if kind else None,
        "reasons": target.reasons or None,
        "legal_basis": target.legal_basis or None,
        "origin": target.origin or None,
        "origin_words": target.origin_words or None,
        "owner": str(target.owner) if target.owner else None,
        "points": standing.points if standing else None,
        "share_judged": standing.share if standing else None,
        "judged_at": standing.judged_at if standing else None,
        "criteria": [_criterion_line(line) for line in standing.assessment] if standing else [],
    }


def _criterion_line(line: Any) -> dict[str, Any]:
    found = [label if isinstance(label, str) else say(label) for label in line["found"]]
    return {
        "field": line["field"], "question": line["question"] or None, "weight": line["weight"],
        "answer": line["answer"], "found": found, "said_by": line.get("by"), "words": line.get("words") or None,
    }  # fmt: skip
