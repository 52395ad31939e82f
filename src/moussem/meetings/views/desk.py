"""Meetings at the desk: of all events, one of them, and the answers of staff for guests."""

import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import FORM, Audience, door
from moussem.core.navigation import Verb
from moussem.core.panels import panels_for
from moussem.core.submissions import once
from moussem.guests.models import Registration
from moussem.meetings.domain import outcomes, placing, requests
from moussem.meetings.domain.queries.lists import events_to_plan, meetings_page
from moussem.meetings.domain.queries.room import loaded_meetings, loaded_requests, sides_of
from moussem.meetings.enums import MeetingState
from moussem.meetings.interfaces.forms import NextStepForm, OutcomeForm, PlaceForm, RoomForm
from moussem.meetings.interfaces.refusals import REFUSALS, sentence_of
from moussem.meetings.models import Meeting, MeetingRequest, Side
from moussem.meetings.permissions import can_arrange, can_see_meetings

READERS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_see_meetings}
WRITERS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_arrange}
POSTS: Mapping[str, Any] = {**WRITERS, "methods": ("POST",)}


def _form(request: HttpRequest, form: Any, title: str, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    words = {"form": form, "title": title, "verb": Verb.MEET, **context}
    return render(request, "core/form.html", words, status=status)


def _meeting(request: HttpRequest, meeting: uuid.UUID) -> Meeting:
    return get_object_or_404(loaded_meetings(request.actor), public_id=meeting)


def _request(request: HttpRequest, meeting_request: uuid.UUID) -> MeetingRequest:
    return get_object_or_404(loaded_requests(request.actor), public_id=meeting_request)


def _to_room(request: HttpRequest, row: MeetingRequest | Meeting) -> HttpResponse:
    return redirect("meetings:meetings-room", promoter=request.promoter.slug, event=row.event.public_id)


def _to_meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return redirect("meetings:meetings-page", promoter=request.promoter.slug, meeting=meeting.public_id)


def _try(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """One verb by one button: the sentence of its success, or of its refusal."""
    try:
        act()
    except REFUSALS as refusal:
        messages.warning(request, sentence_of(refusal))
    else:
        messages.success(request, done)


@door(**READERS)
def meetings(request: HttpRequest, promoter: str) -> HttpResponse:
    """The promoter's meetings, newest first, with the events whose meetings can be planned."""
    state, cursor = (request.GET.get(name, "")[:60] for name in ("state", "before"))
    context = {
        "page": meetings_page(request.actor, state=state, cursor=cursor),
        "events": list(events_to_plan(request.actor)) if not state and not cursor else [],
        "state": state,
        "states": [("confirm", _("Took place? Not settled")), *MeetingState.choices],
        "verb": Verb.MEET,
    }
    return render(request, "meetings/desk/meetings.html", context)


@door(**POSTS)
@once
def accept(request: HttpRequest, promoter: str, meeting_request: uuid.UUID) -> HttpResponse:
    """Note that the guest asked wants to meet."""
    row, at = _request(request, meeting_request), timezone.now()
    _try(
        request, lambda: requests.accept_request(by=request.actor, at=at, meeting_request=row),
        _("The request is accepted. It can be placed."),
    )  # fmt: skip
    return _to_room(request, row)


@door(**POSTS)
@once
def decline(request: HttpRequest, promoter: str, meeting_request: uuid.UUID) -> HttpResponse:
    """Note that the guest asked does not want to meet."""
    row, at = _request(request, meeting_request), timezone.now()
    _try(
        request,
        lambda: requests.decline_request(by=request.actor, at=at, meeting_request=row),
        _("The request is declined."),
    )
    return _to_room(request, row)


@door(**POSTS)
@once
def withdraw(request: HttpRequest, promoter: str, meeting_request: uuid.UUID) -> HttpResponse:
    """Take a request back for who asked."""
    row, at = _request(request, meeting_request), timezone.now()
    _try(
        request, lambda: requests.withdraw_request(by=request.actor, at=at, meeting_request=row),
        _("The request is withdrawn."),
    )  # fmt: skip
    return _to_room(request, row)


@door(**WRITERS, methods=FORM)
@once
def place(request: HttpRequest, promoter: str, meeting_request: uuid.UUID) -> HttpResponse:
    """Place one accepted request by hand; the first free pair is proposed."""
    row, at = _request(request, meeting_request), timezone.now()
    initial = _proposed(row, at) if request.method == "GET" else {}
    form = PlaceForm(request.POST or None, request=row, online=placing.meets_online(row), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = placing.place_request(by=request.actor, at=at, meeting_request=row, **form.place)
        except REFUSALS as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, _("The meeting is placed."))
            return _to_meeting(request, meeting)
    back = reverse("meetings:meetings-room", args=[promoter, row.event.public_id])
    lead = f"{row.asker.person} – {row.asked.person}"
    return _form(request, form, _("Place the meeting"), lead=lead, submit_label=_("Place it"), cancel_url=back)


def _proposed(row: MeetingRequest, at: datetime) -> dict[str, Any]:
    """The first free pair still to come; once all have begun, the first of the day: two who meet unplanned."""
    for earliest in (at, datetime.min.replace(tzinfo=UTC)):
        try:
            slot, table = placing.board_of(row.event_id, at=earliest).first_free_pair(row)
        except placing.NoFreePair:
            continue
        break
    else:
        return {}
    return {"slot": slot.public_id, "table": table and table.public_id}


@door(**READERS)
def meeting(request: HttpRequest, promoter: str, meeting: uuid.UUID) -> HttpResponse:
    """One meeting: where, what each side says, what came of it, what can be done."""
    row = _meeting(request, meeting)
    context = {
        "meeting": row,
        "event": row.event,
        "sides": sides_of(request.actor, row),
        "may_arrange": can_arrange(request.actor),
        "has_begun": row.slot.starts_at <= timezone.now(),
        "steps": outcomes.next_steps_of(row),
        "room": RoomForm(initial={"room_address": row.room_address}),
        "panels": panels_for("meetings.meeting", request.actor, row),
        "verb": Verb.MEET,
    }
    return render(request, "meetings/desk/meeting.html", context)


@door(**WRITERS, methods=FORM)
@once
def move(request: HttpRequest, promoter: str, meeting: uuid.UUID) -> HttpResponse:
    """Put a meeting elsewhere."""
    row = _meeting(request, meeting)
    initial = {"slot": row.slot.public_id, "table": row.table and row.table.public_id}
    online = placing.meets_online(row.request)
    form = PlaceForm(request.POST or None, request=row.request, online=online, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            placing.move_meeting(by=request.actor, at=timezone.now(), meeting=row, **form.place)
        except REFUSALS as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, _("The meeting is moved."))
            return _to_meeting(request, row)
    back = reverse("meetings:meetings-page", args=[promoter, meeting])
    return _form(request, form, _("Move the meeting"), submit_label=_("Move it"), cancel_url=back)


@door(**POSTS)
@once
def cancel(request: HttpRequest, promoter: str, meeting: uuid.UUID) -> HttpResponse:
    """Take a meeting out of both diaries."""
    row = _meeting(request, meeting)
    words = request.POST.get("words", "")[:300]
    _try(
        request,
        lambda: placing.cancel_meeting(by=request.actor, at=timezone.now(), meeting=row, words=words),
        _("The meeting is cancelled. Its request may be placed again."),
    )
    return _to_meeting(request, row)


@door(**POSTS)
@once
def room_address(request: HttpRequest, promoter: str, meeting: uuid.UUID) -> HttpResponse:
    """Say where both meet online."""
    row, form = _meeting(request, meeting), RoomForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("This is no address of a room. Write one that begins with https://."))
        return _to_meeting(request, row)
    address = form.cleaned_data["room_address"]
    _try(
        request,
        lambda: placing.set_room(by=request.actor, at=timezone.now(), meeting=row, room_address=address),
        _("The room online is noted. Both guests read it by their links."),
    )
    return _to_meeting(request, row)


@door(**POSTS)
@once
def outcome(request: HttpRequest, promoter: str, meeting: uuid.UUID, side: uuid.UUID) -> HttpResponse:
    """Note for a guest whether the meeting took place."""
    row, form = _meeting(request, meeting), OutcomeForm(request.POST)
    own = get_object_or_404(
        Side.objects.visible_to(request.actor).select_related("registration__person"), meeting=row, public_id=side
    )
    if not form.is_valid():
        messages.warning(request, _("Say yes or no."))
        return _to_meeting(request, row)
    said = {"took_place": form.cleaned_data["took_place"] == "yes", "words": form.cleaned_data["words"]}
    _try(
        request, lambda: outcomes.note_outcome(by=request.actor, at=timezone.now(), side=own, **said),
        _("Noted for %(name)s.") % {"name": own.registration.person},
    )  # fmt: skip
    return _to_meeting(request, row)


@door(**WRITERS, methods=FORM)
@once
def next_step(request: HttpRequest, promoter: str, meeting: uuid.UUID) -> HttpResponse:
    """Note what comes of a meeting, with its owner and date."""
    row = _meeting(request, meeting)
    guests = Registration.objects.visible_to(request.actor).filter(
        pk__in=(row.request.asker_id, row.request.asked_id)
    ).select_related("person__subject", "organisation__subject")  # fmt: skip
    form = NextStepForm(
        request.POST or None, actor=request.actor, today=timezone.localdate(), guests=guests, asked=row.request.asked
    )
    if request.method == "POST" and form.is_valid():
        outcomes.note_next_step(by=request.actor, at=timezone.now(), meeting=row, **form.cleaned_data)
        messages.success(request, _("The next step is noted. It is on Today."))
        return _to_meeting(request, row)
    back = reverse("meetings:meetings-page", args=[promoter, meeting])
    lead = f"{row.request.asker.person} – {row.request.asked.person}"
    return _form(request, form, _("What comes next?"), lead=lead, submit_label=_("Note it"), cancel_url=back)
