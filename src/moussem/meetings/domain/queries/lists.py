"""Meetings over all events of a promoter, and what of them waits for a person."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Now

from moussem.core.actor import Actor
from moussem.events.models import Event
from moussem.guests.models import Registration
from moussem.meetings.domain.queries.room import loaded_meetings
from moussem.meetings.enums import MeetingState, RequestState
from moussem.meetings.models import Meeting, MeetingRequest

PAGE = 50
NEWEST_EVENTS = 8


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """Some meetings, newest first; `older` is the cursor of the next page, "" on the last one."""

    rows: Sequence[Meeting]
    older: str = ""
    is_first: bool = True


def meetings_page(actor: Actor, *, state: str = "", cursor: str = "") -> MeetingPage:
    """The meetings of the actor's promoter, in one state ("": in any; *confirm*: over, and not settled)."""
    rows = loaded_meetings(actor)
    if state == "confirm":
        rows = rows.filter(pk__in=to_confirm(actor).values("pk"))
    elif state in MeetingState.values:
        rows = rows.filter(state=state)
    last = _key(cursor)
    if last is not None:
        rows = rows.filter(public_id__lt=last)
    found = list(rows.order_by("-public_id")[: PAGE + 1])
    older = str(found[PAGE - 1].public_id) if len(found) > PAGE else ""
    return MeetingPage(found[:PAGE], older, last is None)


def events_to_plan(actor: Actor) -> "QuerySet[Event]":
    """The promoter's newest events, with how many come, ask and are placed."""
    own = Event.objects.filter(Event.objects.own(actor)).order_by("-period_start", "-public_id")
    return counted(own)[:NEWEST_EVENTS]


def counted(events: "QuerySet[Event]") -> "QuerySet[Event]":
    """Events with `coming`, `asked_count` and `placed_count`: guests who come, requests without an answer, meetings."""
    coming = Registration.objects.filter(event=OuterRef("pk"), cancelled_at=None)
    asked = MeetingRequest.objects.filter(event=OuterRef("pk"), state=RequestState.ASKED, expires_at__gt=Now())
    placed = Meeting.objects.filter(event=OuterRef("pk")).exclude(state=MeetingState.CANCELLED)
    return events.annotate(coming=_count(coming), asked_count=_count(asked), placed_count=_count(placed))


def _count(rows: "QuerySet[Any]") -> Coalesce:
    one = rows.order_by().values("event").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(one), 0)


def pair_of(path: str = "") -> Concat:
    """Both guests' names of a request, as an expression; `path` leads from a row to its request."""
    return Concat(f"{path}asker__person__name", Value(" – "), f"{path}asked__person__name")


def unanswered(actor: Actor) -> "QuerySet[MeetingRequest]":
    """The requests that wait for an answer."""
    return MeetingRequest.objects.visible_to(actor).filter(state=RequestState.ASKED, expires_at__gt=Now())


def to_place(actor: Actor) -> "QuerySet[MeetingRequest]":
    """The accepted requests that have no slot yet."""
    held = Meeting.objects.filter(request=OuterRef("pk")).exclude(state=MeetingState.CANCELLED)
    return MeetingRequest.objects.visible_to(actor).filter(~Exists(held), state=RequestState.ACCEPTED)


def to_confirm(actor: Actor) -> "QuerySet[Meeting]":
    """The meetings that are over, of which nobody knows for sure whether they took place."""
    return Meeting.objects.visible_to(actor).filter(state=MeetingState.PLACED, slot__ends_at__lt=Now())


def disputed(actor: Actor) -> "QuerySet[Meeting]":
    """The meetings of which one side says that they took place, and the other that they did not."""
    return Meeting.objects.visible_to(actor).filter(state=MeetingState.DISPUTED)


def _key(cursor: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(cursor) if cursor else None
    except ValueError:
        return None
