"""The minutes of a club meeting at the desk."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.actions.domain.actions import NotAColleague
from moussem.core.doors import FORM, Audience, door
from moussem.core.navigation import Verb
from moussem.core.panels import panels_for
from moussem.core.submissions import once
from moussem.core.versions import ChangedMeanwhile
from moussem.events.domain.minutes import (
    ApprovedAlready,
    MinutesWritten,
    approve_minutes,
    correct_minutes,
    write_minutes,
)
from moussem.events.domain.queries.minutes import decisions_of, minutes_page
from moussem.events.enums import WITH_MINUTES
from moussem.events.interfaces.minutes_forms import MinutesForm
from moussem.events.models import Event, Minutes
from moussem.events.permissions import can_see_minutes, can_write_minutes

READERS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_see_minutes}
WRITERS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_write_minutes}


def _own(request: HttpRequest, event: uuid.UUID) -> Event:
    rows = Event.objects.visible_to(request.actor).filter(promoter=request.promoter, kind__in=WITH_MINUTES)
    return get_object_or_404(rows.select_related("place", "series", "subject"), public_id=event)


def _back(request: HttpRequest, event: Event) -> HttpResponse:
    return redirect("events_desk:events-minutes", promoter=request.promoter.slug, event=event.public_id)


@door(**READERS)
def minutes(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """The minutes of a meeting: who was there, what was said, what was decided and what became of it."""
    row = _own(request, event)
    context = {
        "event": row,
        "page": minutes_page(request.actor, row, today=timezone.localdate()),
        "attendance": panels_for("events.attendance", request.actor, row),
        "may_write": can_write_minutes(request.actor),
        "verb": Verb.INVITE,
    }
    return render(request, "events/desk/minutes.html", context)


@door(**WRITERS, methods=FORM)
@once
def write(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Write the minutes, or correct them; each new decision with an owner or a date becomes a next step."""
    row = _own(request, event)
    standing = Minutes.objects.visible_to(request.actor).filter(event=row).select_related("event__subject").first()
    decisions = list(decisions_of(standing)) if standing else []
    form = MinutesForm(
        request.POST or None, actor=request.actor, standing=decisions,
        initial=MinutesForm.initial_of(standing) if standing else {},
    )  # fmt: skip
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, row, standing, form)
        except NotAColleague:
            form.add_error(None, _("Whoever was to do it works here no more. Choose somebody else."))
        except (ChangedMeanwhile, MinutesWritten):
            meanwhile = Minutes.objects.visible_to(request.actor).get(event=row)
            form.add_error(None, _("Somebody else saved the minutes meanwhile. Theirs are shown; yours are not lost."))
            form.reading(meanwhile.version)
        else:
            messages.success(request, _("The minutes are saved."))
            return _back(request, row)
    context = {"event": row, "form": form, "meanwhile": meanwhile, "standing": standing, "verb": Verb.INVITE}
    return render(request, "events/desk/minutes_form.html", context, status=422 if form.is_bound else 200)


def _save(request: HttpRequest, event: Event, standing: Minutes | None, form: MinutesForm) -> None:
    who: Mapping[str, Any] = {"by": request.actor, "at": timezone.now()}
    text, read = form.cleaned_data["text"], form.cleaned_data["version"]
    if standing is None or read is None:
        write_minutes(**who, event=event, text=text, decided=form.decided)
        return
    correct_minutes(**who, minutes=standing, read_version=read, text=text, reworded=form.reworded, decided=form.decided)


@door(**WRITERS, methods=("POST",))
@once
def approve(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Approve the minutes as they were read."""
    row = _own(request, event)
    standing = Minutes.objects.visible_to(request.actor).filter(event=row).select_related("event").first()
    read = request.POST.get("version", "")
    if standing is None:
        raise Http404
    version = int(read) if read.isdecimal() and len(read) < 9 else 0
    try:
        approve_minutes(by=request.actor, at=timezone.now(), minutes=standing, read_version=version)
    except ApprovedAlready:
        messages.warning(request, _("The minutes are approved already. Nothing was changed."))
    except ChangedMeanwhile:
        messages.warning(request, _("Somebody corrected the minutes meanwhile. Read them, then approve them."))
    else:
        messages.success(request, _("The minutes are approved."))
    return _back(request, row)
