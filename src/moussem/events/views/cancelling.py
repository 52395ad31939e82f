"""Calling a gathering off at the desk, after a page that says what follows, and taking that back."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import FORM, Audience, door
from moussem.core.navigation import Verb
from moussem.core.submissions import once
from moussem.core.texts import say
from moussem.events.domain.cancelling import cancel_event, restore_event
from moussem.events.models import Event
from moussem.events.permissions import can_organise

EDITORS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_organise}


def _own(request: HttpRequest, event: uuid.UUID) -> Event:
    rows = Event.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(rows.select_related("place"), public_id=event)


def _home(request: HttpRequest, event: Event, sentence: str) -> HttpResponse:
    messages.success(request, sentence % {"name": say(event.name)})
    return redirect("events_desk:events-home", promoter=request.promoter.slug, event=event.public_id)


@door(**EDITORS, methods=FORM)
@once
def cancel(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Say what follows, and on POST call the gathering off."""
    row = _own(request, event)
    if request.method != "POST":
        return render(request, "events/desk/cancel.html", {"event": row, "verb": Verb.INVITE})
    cancel_event(by=request.actor, at=timezone.now(), event=row)
    return _home(request, row, _("“%(name)s” is cancelled. Its guests are told within two minutes."))


@door(**EDITORS, methods=("POST",))
@once
def restore(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Let the gathering take place after all."""
    row = restore_event(by=request.actor, at=timezone.now(), event=_own(request, event))
    return _home(request, row, _("“%(name)s” takes place after all."))
