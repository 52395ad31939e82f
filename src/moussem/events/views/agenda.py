"""The agenda of a gathering: sessions moved and called off, the agenda published, its versions, lists to print."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import FORM, door
from moussem.core.navigation import Verb
from moussem.core.panels import panels_for
from moussem.core.submissions import once
from moussem.core.texts import say
from moussem.events.domain.agendas import DraftChanged, NothingChanged, publish_agenda
from moussem.events.domain.queries import agenda
from moussem.events.domain.sessions import cancel_session, hold_session, move_session
from moussem.events.interfaces.session_forms import MoveForm
from moussem.events.models import Event, Session, Space
from moussem.events.views.programme import EDITORS, STAFF, corrected, form_page, own_event, own_row

LONGEST = 200


def _at_session(request: HttpRequest, event: Event, session: Session, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    keys = {"promoter": request.promoter.slug, "event": event.public_id}
    return HttpResponseRedirect(f"{reverse('events_desk:events-programme', kwargs=keys)}#session-{session.public_id}")


@door(**EDITORS, methods=FORM)
@once
def move(request: HttpRequest, promoter: str, event: uuid.UUID, session: uuid.UUID) -> HttpResponse:
    """Move a session to another space or hour: by this form, or from the grid, which sends it filled in."""
    row = own_event(request, event)
    found = own_row(request, Session, row, session)
    form = MoveForm(request.POST or None, actor=request.actor, event=row, initial=MoveForm.initial_of(found))

    def save(said: MoveForm, version: int) -> object:
        by, at, space = request.actor, timezone.now(), said.cleaned_data["space"]
        return move_session(by=by, at=at, session=found, read_version=version, space=space, hours=said.hours)

    saved, versions = corrected(request, form, MoveForm.initial_of, save)
    if saved:
        said = {"name": say(found.title), "place": agenda.moved_from(found)}
        return _at_session(request, row, found, _("“%(name)s” was moved: %(place)s.") % said)
    words = {"versions": versions, "submit_label": _("Move"), "session": found, "stands": agenda.moved_from(found)}
    return form_page(request, row, form, _("Move “%(name)s”") % {"name": say(found.title)}, **words)


@door(**EDITORS, methods=("POST",))
@once
def cancel(request: HttpRequest, promoter: str, event: uuid.UUID, session: uuid.UUID) -> HttpResponse:
    """Call a session off."""
    row = own_event(request, event)
    found = cancel_session(by=request.actor, at=timezone.now(), session=own_row(request, Session, row, session))
    return _at_session(request, row, found, _("“%(name)s” is called off.") % {"name": say(found.title)})


@door(**EDITORS, methods=("POST",))
@once
def hold(request: HttpRequest, promoter: str, event: uuid.UUID, session: uuid.UUID) -> HttpResponse:
    """Hold a session after all."""
    row = own_event(request, event)
    found = hold_session(by=request.actor, at=timezone.now(), session=own_row(request, Session, row, session))
    return _at_session(request, row, found, _("“%(name)s” is held after all.") % {"name": say(found.title)})


@door(**EDITORS, methods=("POST",))
@once
def publish(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Publish the draft as the next version of the agenda."""
    row = own_event(request, event)
    read_draft = request.POST.get("draft", "")[:LONGEST]
    try:
        version = publish_agenda(by=request.actor, at=timezone.now(), event=row, read_draft=read_draft)
    except NothingChanged:
        messages.warning(request, _("Nothing has changed since the published version."))
    except DraftChanged:
        messages.warning(request, _("Somebody changed the draft meanwhile. Look at it again, then publish it."))
    else:
        said = _("Version %(number)s of the agenda is published.")
        later = _("Version %(number)s of the agenda is ready. The public sees it once the event itself is public.")
        messages.success(request, (said if row.is_published else later) % {"number": version.number})
    return redirect("events_desk:events-programme", promoter=request.promoter.slug, event=row.public_id)


@door(**STAFF)
def versions(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Every published version of the agenda, with what changed from one to the next."""
    row = own_event(request, event)
    context = {"event": row, "versions": agenda.versions_of(request.actor, row), "verb": Verb.INVITE}
    return render(request, "events/desk/versions.html", context)


@door(**STAFF)
def lists(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Lists to print and hang up: a sheet for each space (or for the one asked for), then those of higher rooms."""
    row = own_event(request, event)
    wanted = request.GET.get("space", "")[:LONGEST]
    space = _space(request, row, wanted) if wanted else None
    context = {
        "event": row,
        "lists": agenda.space_lists(row, space),
        "space": space,
        "panels": [] if space else panels_for("events.lists", request.actor, row),
        "verb": Verb.INVITE,
    }
    return render(request, "events/desk/lists.html", context)


def _space(request: HttpRequest, event: Event, wanted: str) -> Space:
    rows = Space.objects.visible_to(request.actor).filter(event=event)
    try:
        return get_object_or_404(rows, public_id=uuid.UUID(wanted))
    except ValueError:
        return get_object_or_404(rows.none())
