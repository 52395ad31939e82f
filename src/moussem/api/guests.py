"""Invitations of the token's promoter: who was asked, what they answered, whether they came. Never published."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from moussem.api.paging import Page, list_rows
from moussem.api.shapes import Related, related_row
from moussem.core.actor import Actor
from moussem.core.doors import Audience, door
from moussem.core.texts import say
from moussem.guests.enums import InvitationState, RegistrationOrigin
from moussem.guests.models import Invitation, Presence
from moussem.guests.permissions import can_see_desk

router = Router(tags=["invitations"])


class InvitationItem(Schema):
    """An invitation, or the registration of who asked to come by the open form (`origin`). `mode` is what was answered
    or is waited for, null for none; addresses, links and what was typed are not told.
    """

    id: UUID
    event: Related | None
    person: Related | None
    organisation: Related | None
    guest_kind: str | None
    origin: str
    state: str
    mode: str | None
    sent_at: datetime | None
    reminded_at: datetime | None
    answered_at: datetime | None
    came: bool


class InvitationPage(Schema):
    """One page of invitations."""

    items: list[InvitationItem]
    next: str | None


class InvitationFilters(Page):
    """Filters; several narrow together."""

    event: UUID | None = None
    person: UUID | None = None
    origin: RegistrationOrigin | None = None
    state: InvitationState | None = None


@router.get("/invitations", response=InvitationPage, summary="Invitations")
@door(audience=Audience.API, permission=can_see_desk)
def list_invitations(request: HttpRequest, filters: Query[InvitationFilters]) -> dict[str, Any]:
    """The invitations of the caller's promoter."""
    rows = _seen(request)
    if filters.event:
        rows = rows.filter(event__public_id=filters.event)
    if filters.person:
        rows = rows.filter(person__public_id=filters.person)
    if filters.origin:
        rows = rows.filter(origin=filters.origin)
    if filters.state:
        rows = rows.filter(state=filters.state)
    return list_rows(request, rows, filters, invitation_item)


@router.get("/invitations/{uuid:invitation}", response=InvitationItem, summary="An invitation")
@door(audience=Audience.API, permission=can_see_desk)
def show_invitation(request: HttpRequest, invitation: UUID) -> dict[str, Any]:
    """One invitation."""
    found = get_object_or_404(_seen(request), public_id=invitation)
    return invitation_item(found, request.actor)  # type: ignore[attr-defined]


def _seen(request: HttpRequest) -> "QuerySet[Invitation]":
    rows = Invitation.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    there = Presence.objects.visible_to(request.actor).filter(  # type: ignore[attr-defined]
        event=OuterRef("event"), registration__person=OuterRef("person")
    )
    related = ("event__subject", "person__subject", "organisation__subject", "guest_kind")
    return rows.select_related(*related).annotate(came=Exists(there))


def invitation_item(invitation: Any, actor: Actor) -> dict[str, Any]:
    """An invitation as the API shows it; `came` is annotated."""
    kind = invitation.guest_kind
    return {
        "id": invitation.public_id,
        "event": related_row(invitation.event, actor),
        "person": related_row(invitation.person, actor),
        "organisation": related_row(invitation.organisation, actor),
        "guest_kind": say(kind.name) if kind else None,
        "origin": invitation.origin,
        "state": invitation.state,
        "mode": invitation.wanted_mode or None,
        "sent_at": invitation.sent_at,
        "reminded_at": invitation.reminded_at,
        "answered_at": invitation.answered_at,
        "came": invitation.came,
    }
