"""The meetings of one event: hours and tables, requests, placing, the printed plan."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moussem.core.doors import FORM, Audience, door
from moussem.core.navigation import Verb
from moussem.core.submissions import once
from moussem.core.texts import say
from moussem.events.models import Event
from moussem.guests.models import Registration
from moussem.meetings.domain.layout import prepare_meetings
from moussem.meetings.domain.placing import place_all
from moussem.meetings.domain.queries.lists import counted
from moussem.meetings.domain.queries.room import event_room, sheets_by_person, sheets_by_table
from moussem.meetings.domain.requests import ask_to_meet
from moussem.meetings.interfaces.forms import AskForm, PrepareForm
from moussem.meetings.interfaces.refusals import REFUSALS, sentence_of
from moussem.meetings.models import Table
from moussem.meetings.permissions import can_arrange, can_see_meetings

READERS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_see_meetings}
WRITERS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_arrange}


def _own(request: HttpRequest, event: uuid.UUID) -> Event:
    rows = Event.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(counted(rows.select_related("place")), public_id=event)


def _back(request: HttpRequest, event: Event) -> HttpResponse:
    return redirect("meetings:meetings-room", promoter=request.promoter.slug, event=event.public_id)


def _form(request: HttpRequest, form: Any, title: str, event: Event, submit_label: str) -> HttpResponse:
    back = reverse("meetings:meetings-room", args=[request.promoter.slug, event.public_id])
    context = {"form": form, "title": title, "lead": say(event.name), "cancel_url": back, "submit_label": submit_label}
    return render(request, "core/form.html", {**context, "verb": Verb.MEET}, status=422 if form.is_bound else 200)


@door(**READERS)
def room(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """What waits for an answer, what has no place and why, and the grid of slots and tables."""
    row = _own(request, event)
    context = {
        "event": row,
        "room": event_room(request.actor, row, at=timezone.now()),
        "may_arrange": can_arrange(request.actor),
        "verb": Verb.MEET,
    }
    return render(request, "meetings/desk/room.html", context)


@door(**WRITERS, methods=FORM)
@once
def prepare(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Lay out the hours and tables."""
    row = _own(request, event)
    tables = Table.objects.visible_to(request.actor).filter(event=row).count() if request.method == "GET" else 0
    form = PrepareForm(request.POST or None, event=row, today=timezone.localdate(), tables=tables)
    if request.method == "POST" and form.is_valid():
        try:
            added = prepare_meetings(
                by=request.actor, at=timezone.now(), event=row, stretch=form.stretch,
                tables=form.cleaned_data["tables"],
            )  # fmt: skip
        except REFUSALS as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            said = ngettext("%(n)d slot is laid out.", "%(n)d slots are laid out.", added) % {"n": added}
            messages.success(request, said)
            return _back(request, row)
    return _form(request, form, _("Lay out hours and tables"), row, _("Lay out"))


@door(**WRITERS, methods=FORM)
@once
def ask(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Ask for one guest to meet another."""
    row = _own(request, event)
    guests = Registration.objects.visible_to(request.actor).filter(event=row, cancelled_at=None)
    guests = guests.select_related("person", "organisation").order_by("person__name", "pk")
    form = AskForm(request.POST or None, guests=guests)
    if request.method == "POST" and form.is_valid():
        try:
            ask_to_meet(by=request.actor, at=timezone.now(), **form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, _("The request is made. It waits for an answer."))
            return _back(request, row)
    return _form(request, form, _("Ask for a meeting"), row, _("Ask"))


@door(**WRITERS, methods=("POST",))
@once
def place_them_all(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Place every accepted request for which a pair is free."""
    row = _own(request, event)
    done = place_all(by=request.actor, at=timezone.now(), event=row)
    placed = ngettext("%(n)d meeting is placed.", "%(n)d meetings are placed.", done.placed) % {"n": done.placed}
    messages.success(request, placed)
    if done.left:
        left = len(done.left)
        said = ngettext("%(n)d has no place; the reason is beside it.", "%(n)d have no place; see why.", left)
        messages.warning(request, said % {"n": left})
    return _back(request, row)


@door(**READERS)
def plan(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """The plan to print: a sheet per guest, or per table."""
    row, by_table = _own(request, event), request.GET.get("by") == "table"
    sheets = (sheets_by_table if by_table else sheets_by_person)(request.actor, row)
    context = {"event": row, "sheets": sheets, "by_table": by_table, "verb": Verb.MEET}
    return render(request, "meetings/desk/plan.html", context)
