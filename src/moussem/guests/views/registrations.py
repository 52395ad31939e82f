"""The registrations of a gathering at the desk: whom to approve, who comes, waits or was refused; the form's rules."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moussem.core.doors import FORM, Audience, door
from moussem.core.meanwhile import both_versions
from moussem.core.navigation import Verb
from moussem.core.sheets.writing import CONTENT_TYPE
from moussem.core.submissions import once
from moussem.core.texts import say
from moussem.core.versions import ChangedMeanwhile
from moussem.events.domain.hours import zone_of
from moussem.events.models import Event
from moussem.guests.domain.approving import Decided, approve, note_absent, refuse
from moussem.guests.domain.open_forms import ClosesBeforeItOpens, NobodyOffered, set_open_form
from moussem.guests.domain.queries import registrations as queries
from moussem.guests.domain.taking_out import take_out_registrations
from moussem.guests.interfaces.registering_forms import OpenFormForm
from moussem.guests.interfaces.registration_sheet import TakingOutForm, registrations_sheet
from moussem.guests.interfaces.sentences import REFUSALS, sentence_of
from moussem.guests.permissions import can_invite, can_see_desk

STAFF: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_see_desk}
EDITORS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_invite}
LONGEST = 200
_ACTS: Mapping[str, Callable[..., Decided]] = {"approve": approve, "refuse": refuse, "absent": note_absent}
_STATES = (
    (queries.TO_APPROVE, gettext_lazy("To approve")),
    (queries.COMES, gettext_lazy("Come")),
    (queries.WAITS, gettext_lazy("On the waiting list")),
    (queries.NOT_THIS_TIME, gettext_lazy("Not this time")),
    (queries.WITHDRAWN, gettext_lazy("Do not come")),
)


def _asked(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "")[:LONGEST].replace("\x00", "").strip()


def _own(request: HttpRequest, event: uuid.UUID) -> Event:
    found = queries.own_event(request.actor, event)
    if found is None:
        raise Http404
    return found


@door(**STAFF)
def registrations(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Who registered, by what became of it."""
    row = _own(request, event)
    states = dict(_STATES)
    state = _asked(request, "state")
    wanted = queries.WantedRegistrations(
        state if state in states else queries.TO_APPROVE, _asked(request, "q"), _asked(request, "after")
    )
    found = queries.registrations(request.actor, row, wanted, at=timezone.now())
    shown = [(name, label, found.counts.get(name)) for name, label in _STATES]
    context = {
        "event": row, "desk": found, "wanted": wanted, "states": shown, "verb": Verb.INVITE,
        "can_choose": found.may_write and not found.is_decided and wanted.state != queries.WITHDRAWN,
    }  # fmt: skip
    return render(request, "guests/desk/registrations.html", context)


@door(**EDITORS, methods=("POST",))
@once
def decide(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Approve those who were ticked, say "not this time" to them, or note that they do not come."""
    row = _own(request, event)
    act = _ACTS.get(request.POST.get("act", ""))
    chosen = [key for key in map(_key, request.POST.getlist("chosen")) if key is not None]
    if act is None or not chosen:
        messages.warning(request, _("Nobody was ticked, and nothing was done. Tick somebody first."))
    else:
        try:
            messages.success(request, _told(act(by=request.actor, at=timezone.now(), event=row, chosen=set(chosen))))
        except REFUSALS as refusal:
            messages.warning(request, sentence_of(refusal))
    response = redirect("guests_desk:registrations", promoter=promoter, event=row.public_id)
    response["Location"] += f"?state={_state(request)}"
    return response


def _state(request: HttpRequest) -> str:
    said = request.POST.get("state", "")
    return said if said in dict(_STATES) else queries.TO_APPROVE


def _key(said: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(said)
    except ValueError:
        return None


def _told(done: Decided) -> str:
    """What came of it, in words; each guest who was told is told by mail."""
    said = [
        ngettext("%(n)s has a seat.", "%(n)s have a seat.", done.seated) % {"n": done.seated} if done.seated else "",
        ngettext("%(n)s is on the waiting list.", "%(n)s are on the waiting list.", done.waiting)
        % {"n": done.waiting} if done.waiting else "",
        ngettext("%(n)s gets a polite mail: not this time.", "%(n)s get a polite mail: not this time.", done.refused)
        % {"n": done.refused} if done.refused else "",
        ngettext("%(n)s does not come.", "%(n)s do not come.", done.absent) % {"n": done.absent} if done.absent else "",
        ngettext("%(n)s stayed as it was.", "%(n)s stayed as they were.", done.untouched)
        % {"n": done.untouched} if done.untouched else "",
    ]  # fmt: skip
    return " ".join(filter(None, said))


@door(**EDITORS, methods=FORM)
def take_out(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponseBase:
    """Take the registrations out as a file, saying what for; each file that leaves is in the ledger."""
    row = _own(request, event)
    form = TakingOutForm(request.POST or None, states=_STATES, initial={"state": _asked(request, "state")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        taken = take_out_registrations(
            by=request.actor, at=timezone.now(), event=row, state=said["state"], reason=said["reason"]
        )
        file = StreamingHttpResponse(registrations_sheet(row, taken), content_type=CONTENT_TYPE)
        name = slugify(say(row.name)) or "registrations"
        file["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
        file["Cache-Control"] = "no-store"
        return file
    context = {
        "event": row, "form": form, "title": _("Download the registrations"), "submit_label": _("Download"),
        "verb": Verb.INVITE,
    }  # fmt: skip
    return render(request, "guests/desk/form.html", context, status=422 if form.is_bound else 200)


@door(**EDITORS, methods=FORM)
@once
def rules(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """How people register: from when to when, which kinds, what each is asked, who is approved."""
    row = _own(request, event)
    # Hours are typed and shown by the event's own clock.
    with timezone.override(zone_of(row)):
        return _rules(request, row)


def _rules(request: HttpRequest, event: Event) -> HttpResponse:
    proposed = queries.kinds_proposed(request.actor, event)
    version, facts = queries.form_as_it_stands(event, proposed)
    form = OpenFormForm(request.POST or None, version=version, facts=facts, proposed=proposed)
    versions: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        read = form.cleaned_data["version"]
        try:
            set_open_form(by=request.actor, at=timezone.now(), event=event, read_version=read, facts=form.facts)
        except ChangedMeanwhile:
            versions = both_versions(form, form.as_typed(OpenFormForm.initial_of(version, facts, proposed)))
            form.reading(version)
        except (NobodyOffered, ClosesBeforeItOpens) as refusal:
            form.add_error("closes_at" if isinstance(refusal, ClosesBeforeItOpens) else "is_on", sentence_of(refusal))
        else:
            messages.success(request, _("How people register is saved."))
            return redirect("guests_desk:registrations", promoter=request.promoter.slug, event=event.public_id)
    context = {"event": event, "form": form, "versions": versions, "verb": Verb.INVITE, "is_new": version == 0}
    return render(request, "guests/desk/registration_rules.html", context, status=422 if form.is_bound else 200)
