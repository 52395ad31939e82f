"""The door of a gathering: find a guest by name, mark that they are here, take in who comes without a seat."""

import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import FORM, Audience, door
from moussem.core.navigation import Verb
from moussem.core.submissions import once
from moussem.events.domain.queries.desk import names_offered
from moussem.events.models import Event
from moussem.guests.domain.presence import mark_present, take_in
from moussem.guests.domain.queries.lists import door_list
from moussem.guests.enums import AttendanceMode
from moussem.guests.interfaces.forms import TakeInForm
from moussem.guests.interfaces.sentences import REFUSALS, sentence_of
from moussem.guests.models import Registration
from moussem.guests.permissions import can_invite, can_see_desk

STAFF: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_see_desk}
EDITORS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_invite}
LONGEST = 200


def _own(request: HttpRequest, event: uuid.UUID) -> Event:
    rows = Event.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(rows.select_related("place"), public_id=event)


@door(**STAFF)
def entrance(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Who is expected, by name, and who is here."""
    row = _own(request, event)
    words, after = (request.GET.get(name, "")[:LONGEST].replace("\x00", "").strip() for name in ("q", "after"))
    context = {
        "event": row, "door": door_list(request.actor, row, words=words, after=after), "words": words,
        "may_write": can_invite(request.actor), "verb": Verb.INVITE,
    }  # fmt: skip
    return render(request, "guests/desk/door.html", context)


@door(**EDITORS, methods=("POST",))
@once
def here(request: HttpRequest, promoter: str, event: uuid.UUID, registration: uuid.UUID) -> HttpResponse:
    """Mark that a guest is here; whoever is second is told of the first mark."""
    row = _own(request, event)
    rows = Registration.objects.visible_to(request.actor).filter(event=row)
    found = get_object_or_404(rows.select_related("person"), public_id=registration)
    said = request.POST.get("mode", "")
    mode = AttendanceMode(said) if said in AttendanceMode.values else AttendanceMode(found.mode)
    try:
        mark_present(by=request.actor, at=timezone.now(), registration=found, mode=mode)
    except REFUSALS as refusal:
        messages.warning(request, sentence_of(refusal))
    else:
        values = {"guest": found.person.name, "mode": mode.label}
        messages.success(request, _("%(guest)s is here (%(mode)s).") % values)
    address = reverse("guests_desk:door", kwargs={"promoter": promoter, "event": row.public_id})
    words = request.POST.get("q", "")[:LONGEST]
    return HttpResponseRedirect(f"{address}?{urlencode({'q': words})}" if words else address)


@door(**EDITORS, methods=FORM)
@once
def take(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Take in somebody who comes without a seat."""
    row = _own(request, event)
    form = TakeInForm(request.POST or None, actor=request.actor, event=row)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            take_in(
                by=request.actor, at=timezone.now(), event=row, person=said["name"], organisation=said["organisation"],
                mode=AttendanceMode(said["mode"]), guest_kind=said["guest_kind"],
            )  # fmt: skip
        except REFUSALS as refusal:
            form.add_error("name", sentence_of(refusal))
        else:
            messages.success(request, _("%(guest)s is here.") % {"guest": said["name"]})
            return redirect("guests_desk:door", promoter=promoter, event=row.public_id)
    context = {
        "form": form, "event": row, "title": _("Take in a guest"), "verb": Verb.INVITE, "submit_label": _("Is here"),
        "names": names_offered(request.actor),
    }  # fmt: skip
    return render(request, "guests/desk/form.html", context, status=422 if form.is_bound else 200)
