"""The promoter's gatherings: the list, setting one up, its home, correcting and publishing it."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import FORM, Audience, door
from moussem.core.files import FileTooLarge
from moussem.core.navigation import Verb
from moussem.core.panels import panels_for
from moussem.core.submissions import once
from moussem.core.texts import say
from moussem.core.versions import ChangedMeanwhile
from moussem.events.domain.planning import (
    correct_event,
    plan_event,
    plan_event_with_guests,
    publish_event,
    unpublish_event,
)
from moussem.events.domain.queries import desk
from moussem.events.domain.queries.templates import offered
from moussem.events.enums import EventKind
from moussem.events.interfaces.forms import EventForm, NewEventForm
from moussem.events.interfaces.meanwhile import both_versions
from moussem.events.models import Event
from moussem.events.permissions import can_organise, can_see_desk

STAFF: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_see_desk}
EDITORS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_organise}
LONGEST = 200


def _own(request: HttpRequest, event: uuid.UUID) -> Event:
    rows = Event.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(rows.select_related("place", "series", "subject"), public_id=event)


def _form(request: HttpRequest, form: Form, title: str, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    words = {"form": form, "title": title, "verb": Verb.INVITE, **context}
    return render(request, "events/desk/form.html", words, status=status)


def _home(request: HttpRequest, event: Event, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("events_desk:events-home", promoter=request.promoter.slug, event=event.public_id)


@door(**STAFF)
def events(request: HttpRequest, promoter: str) -> HttpResponse:
    """The promoter's gatherings: to come, past, without a date."""
    kind, before = (request.GET.get(name, "")[:LONGEST].replace("\x00", "") for name in ("kind", "before"))
    context = {
        "list": desk.desk_list(request.actor, today=timezone.localdate(), kind=kind, cursor=before),
        "kind": kind,
        "kinds": EventKind.choices,
        "may_write": can_organise(request.actor),
    }
    return render(request, "events/desk/events.html", context)


@door(**EDITORS, methods=FORM)
@once
def new_event(request: HttpRequest, promoter: str) -> HttpResponse:
    """Set up a gathering by five questions and a template; not public until somebody publishes it."""
    chosen = request.GET.get("template", "")[:LONGEST]
    form = NewEventForm(
        request.POST or None, request.FILES or None, actor=request.actor, offers=offered(request.actor), chosen=chosen
    )
    if request.method == "POST" and form.is_valid():
        known: Mapping[str, Any] = {
            "by": request.actor, "at": timezone.now(), "facts": form.facts, "wishes": form.cleaned_data["wishes"],
            "outline": form.outline,
        }  # fmt: skip
        if form.dropped is None:
            row = plan_event(**known)
            return _home(request, row, _("“%(name)s” is set up. It is not public yet.") % {"name": say(row.name)})
        try:
            guests = plan_event_with_guests(**known, guests=form.dropped)
        except FileTooLarge as large:
            form.add_error("guests", str(large))
        else:
            page = "directory_desk:imports-page"
            return redirect(page, promoter=promoter, imported_list=guests.public_id)
    return _form(request, form, _("Plan a gathering"), submit_label=_("Plan it"))


@door(**STAFF)
def event(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """An event's home: what is ready, the next step, seats, and what higher rooms add."""
    own = Event.objects.visible_to(request.actor).filter(promoter=request.promoter)
    row = get_object_or_404(desk.for_home(request.actor, own), public_id=event)
    context = {
        "event": row,
        "home": desk.event_home(request.actor, row, today=timezone.localdate()),
        "panels": panels_for("events.home", request.actor, row),
        "sides": panels_for("events.home-side", request.actor, row),
        "verb": Verb.INVITE,
    }
    return render(request, "events/desk/home.html", context)


@door(**EDITORS, methods=FORM)
@once
def edit(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Correct a gathering; who saves second sees both versions."""
    row = _own(request, event)
    form = EventForm(request.POST or None, actor=request.actor, event=row)
    versions: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            correct_event(
                by=request.actor, at=timezone.now(), event=row, read_version=form.cleaned_data["version"],
                facts=form.facts,
            )  # fmt: skip
        except ChangedMeanwhile as changed:
            versions = both_versions(form, EventForm.initial_of(changed.current))
            form.reading(changed.current.version)
        else:
            return _home(request, row, _("“%(name)s” was corrected.") % {"name": say(row.name)})
    return _form(request, form, _("Correct the gathering"), event=row, versions=versions)


@door(**EDITORS, methods=("POST",))
@once
def publish(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Open the event's page to the public; its guests stay private."""
    row = publish_event(by=request.actor, at=timezone.now(), event=_own(request, event))
    return _home(request, row, _("“%(name)s” is public now. Its guests are not.") % {"name": say(row.name)})


@door(**EDITORS, methods=("POST",))
@once
def unpublish(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Take the event's page back from the public."""
    row = unpublish_event(by=request.actor, at=timezone.now(), event=_own(request, event))
    return _home(request, row, _("“%(name)s” is not public any more.") % {"name": say(row.name)})
