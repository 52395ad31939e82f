"""Guests from a file: dropped for one gathering, put on its list by a yes, invited at once if so said, undone."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import FORM, Audience, door
from moussem.core.files import FileTooLarge
from moussem.core.navigation import Verb
from moussem.core.submissions import once
from moussem.directory.models import ImportedList
from moussem.events.domain.queries.desk import kinds_of
from moussem.events.enums import FOR_EVENT
from moussem.events.models import Event
from moussem.guests.domain.from_files import ask_to_undo_guests, confirm_guests, open_guest_list
from moussem.guests.interfaces.forms import GuestFileForm, TakeListForm
from moussem.guests.interfaces.sentences import REFUSALS, sentence_of
from moussem.guests.permissions import can_invite

EDITORS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_invite}
POST: Mapping[str, Any] = {**EDITORS, "methods": ("POST",)}


def _own(request: HttpRequest, event: uuid.UUID) -> Event:
    rows = Event.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(rows.select_related("place", "promoter"), public_id=event)


def _list(request: HttpRequest, event: Event, imported_list: uuid.UUID) -> ImportedList:
    rows = ImportedList.objects.visible_to(request.actor).filter(promoter=request.promoter)
    found = rows.filter(object_kind=FOR_EVENT, object_key=event.public_id).select_related("promoter", "owner")
    return get_object_or_404(found, public_id=imported_list)


def _page(request: HttpRequest, imported: ImportedList) -> HttpResponse:
    slug = request.promoter.slug
    return redirect("directory_desk:imports-page", promoter=slug, imported_list=imported.public_id)


def _try(request: HttpRequest, imported: ImportedList, act: Callable[[], Any]) -> HttpResponse:
    try:
        act()
    except REFUSALS as refusal:
        messages.warning(request, sentence_of(refusal))
    return _page(request, imported)


@door(**EDITORS, methods=FORM)
@once
def new_file(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Drop a file with guests for a gathering."""
    row = _own(request, event)
    form = GuestFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = open_guest_list(by=request.actor, at=timezone.now(), event=row, file=file, filename=file.name)
        except FileTooLarge as large:
            form.add_error("file", str(large))
        else:
            return _page(request, kept)
    context = {
        "form": form, "event": row, "verb": Verb.INVITE, "title": _("Add guests from a file"),
        "submit_label": _("Read the file"),
    }  # fmt: skip
    return render(request, "guests/desk/file.html", context, status=422 if form.is_bound else 200)


@door(**POST)
@once
def take(request: HttpRequest, promoter: str, event: uuid.UUID, imported_list: uuid.UUID) -> HttpResponse:
    """The yes: the list's people stand on the target list, and are invited where that was said."""
    row = _own(request, event)
    imported = _list(request, row, imported_list)
    form = TakeListForm(request.POST, kinds=kinds_of(request.actor, row))
    if not form.is_valid():
        messages.warning(request, _("Nothing was imported: choose one of the kinds of guests."))
        return _page(request, imported)
    at = timezone.now()
    return _try(
        request, imported,
        lambda: confirm_guests(by=request.actor, at=at, event=row, imported=imported, **form.said),
    )  # fmt: skip


@door(**POST)
@once
def undo(request: HttpRequest, promoter: str, event: uuid.UUID, imported_list: uuid.UUID) -> HttpResponse:
    """Take a list and its guests back; who is invited stays."""
    row = _own(request, event)
    imported, at = _list(request, row, imported_list), timezone.now()
    return _try(request, imported, lambda: ask_to_undo_guests(by=request.actor, at=at, event=row, imported=imported))
