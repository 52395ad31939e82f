"""Registering for an event by its public form. What is answered never tells whether an address is known."""

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moussem.accounts.domain.knocks import has_knocked_enough, note_knock
from moussem.core.clients import client_address, speak
from moussem.core.doors import FORM, Audience, anyone, door
from moussem.core.submissions import once
from moussem.events.models import Event
from moussem.guests.domain.queries.registrations import AtTheForm, at_the_form
from moussem.guests.domain.registering import AnswersMissing, KindNotOffered, RegistrationClosed, register_openly
from moussem.guests.domain.space_seats import SpaceFull, spaces_to_choose
from moussem.guests.enums import AskedField
from moussem.guests.interfaces.registering_forms import RegisterForm
from moussem.guests.interfaces.sentences import sentence_of
from moussem.guests.models import OpenKind

PURPOSE = "registration"
LONGEST = 40


def _at_the_form(request: HttpRequest, event: uuid.UUID) -> AtTheForm:
    """The form of a published event, answered in the language that was asked for: Arabic, too, which only guests
    read.
    """
    asked = request.GET.get("language", "")[:LONGEST]
    speak(request, asked or request.LANGUAGE_CODE, to_guest=True)  # type: ignore[attr-defined]
    found = at_the_form(request.actor, event, at=timezone.now())  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


@door(audience=Audience.PUBLIC, permission=anyone, methods=FORM)
@never_cache
def register(request: HttpRequest, event: uuid.UUID) -> HttpResponse:
    """The form of one kind of guest; where several may register, first which."""
    found = _at_the_form(request, event)
    if found.opening is None:
        raise Http404
    if request.method == "POST" and has_knocked_enough(
        address=client_address(request), at=timezone.now(), purpose=PURPOSE, most=settings.REGISTRATIONS_AN_HOUR
    ):
        return _page(request, found, status=429, too_many=True)
    return _registered(request, found)


@once
def _registered(request: HttpRequest, found: AtTheForm) -> HttpResponse:
    event, kind = found.event, _chosen(request, found.kinds)
    if kind is None or not found.opening.is_open:
        return _page(request, found, kinds=found.kinds, status=422 if request.method == "POST" else 200)
    form = RegisterForm(
        request.POST or None, event=event, kind=kind, choices=spaces_to_choose(event, found.spaces),
        language=request.LANGUAGE_CODE, at=timezone.now(),
    )  # fmt: skip
    if request.method == "POST":
        note_knock(address=client_address(request), at=timezone.now(), purpose=PURPOSE)
        if form.is_robots:
            return _sent(event, request)
        if form.is_valid() and _taken(request, event, form):
            return _sent(event, request)
    status = 422 if form.is_bound else 200
    return _page(request, found, kinds=found.kinds, form=form, kind=kind, status=status)


def _taken(request: HttpRequest, event: Event, form: RegisterForm) -> bool:
    """Whether it was taken; otherwise the form says what is to be done."""
    try:
        register_openly(by=request.actor, at=timezone.now(), event=event, applicant=form.applicant)
    except SpaceFull as refusal:
        form.add_error("spaces", sentence_of(refusal))
    except AnswersMissing as refusal:
        for field in refusal.fields:
            form.add_error(field if field in form.fields else None, _("This is needed: %(field)s.") % {
                "field": AskedField(field).label if field in AskedField.values else field})  # fmt: skip
    except (RegistrationClosed, KindNotOffered) as refusal:
        form.add_error(None, sentence_of(refusal))
    return not form.errors


def _chosen(request: HttpRequest, kinds: Sequence[OpenKind]) -> OpenKind | None:
    """The kind that was asked for, or the only one."""
    asked = request.GET.get("kind", "")[:LONGEST]
    return kinds[0] if len(kinds) == 1 else next((kind for kind in kinds if str(kind.public_id) == asked), None)


def _sent(event: Event, request: HttpRequest) -> HttpResponse:
    response = redirect("registering:sent", event=event.public_id)
    response["Location"] += f"?language={request.LANGUAGE_CODE}"  # type: ignore[attr-defined]
    return response


def _page(
    request: HttpRequest, found: AtTheForm, *, status: int, kinds: Sequence[OpenKind] = (),
    form: RegisterForm | None = None, kind: OpenKind | None = None, too_many: bool = False,
) -> HttpResponse:  # fmt: skip
    context = {
        "event": found.event, "opening": found.opening, "kinds": kinds, "form": form, "kind": kind,
        "too_many": too_many, "full": [line.mode for line in found.opening.seats if line.is_full],
    }  # fmt: skip
    return render(request, "guests/public/register.html", context, status=status)


@door(audience=Audience.PUBLIC, permission=anyone)
@never_cache
def sent(request: HttpRequest, event: uuid.UUID) -> HttpResponse:
    """What everybody reads who sent the form, whatever became of it: look into your mail."""
    return render(request, "guests/public/sent.html", {"event": _at_the_form(request, event).event})
