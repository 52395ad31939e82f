"""Next steps of the token's promoter. They are nobody else's business, and never published."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from moussem.actions.models import Action
from moussem.actions.permissions import can_see_actions
from moussem.api.paging import Page, list_rows
from moussem.api.shapes import Related, related
from moussem.core.actor import Actor
from moussem.core.doors import Audience, door

router = Router(tags=["actions"])


class ActionItem(Schema):
    """One next step. `owner` and `due_on` are null where nobody and no date is set."""

    id: UUID
    words: str
    state: str
    owner: str | None
    due_on: date | None
    about: Related | None
    opened_at: datetime
    settled_at: datetime | None
    settled_words: str | None


class ActionPage(Schema):
    """One page of next steps."""

    items: list[ActionItem]
    next: str | None


class ActionFilters(Page):
    """Filters; `about` is the identifier of what a next step is about, `due_to` includes its day."""

    state: Literal["open", "done", "dropped"] | None = None
    about: UUID | None = None
    due_to: date | None = None


@router.get("/actions", response=ActionPage, summary="Next steps")
@door(audience=Audience.API, permission=can_see_actions)
def list_actions(request: HttpRequest, filters: Query[ActionFilters]) -> dict[str, Any]:
    """The next steps of the caller's promoter."""
    rows = _seen(request)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.about:
        rows = rows.filter(about__public_id=filters.about)
    if filters.due_to:
        rows = rows.filter(due_on__lte=filters.due_to)
    return list_rows(request, rows, filters, action_item)


@router.get("/actions/{uuid:action}", response=ActionItem, summary="A next step")
@door(audience=Audience.API, permission=can_see_actions)
def show_action(request: HttpRequest, action: UUID) -> dict[str, Any]:
    """One next step."""
    return action_item(get_object_or_404(_seen(request), public_id=action), request.actor)  # type: ignore[attr-defined]


def _seen(request: HttpRequest) -> "QuerySet[Action]":
    rows = Action.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    return rows.select_related("owner", "about")


def action_item(action: Action, actor: Actor) -> dict[str, Any]:
    """A next step as the API shows it."""
    return {
        "id": action.public_id,
        "words": action.words,
        "state": action.state,
        "owner": str(action.owner) if action.owner else None,
        "due_on": action.due_on,
        "about": related(action.about, actor),
        "opened_at": action.opened_at,
        "settled_at": action.settled_at,
        "settled_words": action.settled_words or None,
    }
