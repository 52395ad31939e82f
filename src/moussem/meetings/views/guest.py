"""A guest's meetings, through their own link: whom to meet, requests, and whether it took place."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moussem.accounts.domain.queries.actors import actor_of_link
from moussem.accounts.domain.visits import enter_by_link
from moussem.accounts.enums import LinkPurpose
from moussem.core.clients import client_address, speak
from moussem.core.doors import READS, Audience, anyone, door
from moussem.core.submissions import once
from moussem.guests.models import Registration
from moussem.meetings.domain import outcomes, requests
from moussem.meetings.domain.queries.mine import guests_to_meet, known_guests, requests_of
from moussem.meetings.domain.speaking import own_registration
from moussem.meetings.interfaces.forms import OutcomeForm
from moussem.meetings.interfaces.refusals import REFUSALS, sentence_of
from moussem.meetings.models import MeetingRequest

READING: Mapping[str, Any] = {"audience": Audience.GUEST, "permission": anyone, "methods": READS}
POSTS: Mapping[str, Any] = {"audience": Audience.GUEST, "permission": anyone, "methods": ("POST",)}
LONGEST = 300


def _enter(request: HttpRequest, address: str) -> Registration:
    """The guest of the link, in their language; 404 for who does not come, as for a link that does not exist."""
    at = timezone.now()
    link = enter_by_link(address=address, knocker=client_address(request), at=at, purpose=LinkPurpose.ANSWER)
    speak(request, link.language, to_guest=True)
    request.actor = actor_of_link(link)
    registration = own_registration(request.actor)
    if registration is None:
        raise Http404
    return registration


def _try(request: HttpRequest, address: str, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except REFUSALS as refusal:
        messages.warning(request, sentence_of(refusal))
    else:
        messages.success(request, done)
    return redirect("link", address=address)


def _mine(registration: Registration, meeting_request: uuid.UUID, **role: Registration) -> MeetingRequest:
    """A request in which the guest has this role; another's does not exist."""
    return get_object_or_404(requests_of(registration).filter(**role), public_id=meeting_request)


@door(**READING)
@never_cache
def whom(request: HttpRequest, address: str) -> HttpResponse:
    """Who else comes and agreed to be known: name and organisation, never a contact."""
    registration = _enter(request, address)
    words = request.GET.get("q", "")[:60].replace("\x00", "").strip()
    context = {"found": guests_to_meet(registration, words=words), "words": words, "address": address}
    return render(request, "meetings/guest/whom.html", {**context, "event": registration.event})


@door(**POSTS)
@never_cache
@once
def ask(request: HttpRequest, address: str) -> HttpResponse:
    """Ask one of those who come to meet."""
    registration = _enter(request, address)
    try:
        key = uuid.UUID(request.POST.get("asked", ""))
    except ValueError:
        raise Http404 from None
    asked = get_object_or_404(known_guests(registration).select_related("person"), public_id=key)
    words = request.POST.get("words", "")[:LONGEST].replace("\x00", "")
    return _try(
        request, address,
        lambda: requests.ask_to_meet(by=request.actor, at=timezone.now(), asker=registration, asked=asked, words=words),
        _("%(name)s is asked. The answer will stand here.") % {"name": asked.person},
    )  # fmt: skip


@door(**POSTS)
@never_cache
@once
def accept(request: HttpRequest, address: str, meeting_request: uuid.UUID) -> HttpResponse:
    """Say yes to who asked."""
    registration = _enter(request, address)
    row = _mine(registration, meeting_request, asked=registration)
    return _try(
        request, address, lambda: requests.accept_request(by=request.actor, at=timezone.now(), meeting_request=row),
        _("Accepted. The time and the table will stand here."),
    )  # fmt: skip


@door(**POSTS)
@never_cache
@once
def decline(request: HttpRequest, address: str, meeting_request: uuid.UUID) -> HttpResponse:
    """Say no to who asked."""
    registration = _enter(request, address)
    row = _mine(registration, meeting_request, asked=registration)
    return _try(
        request, address, lambda: requests.decline_request(by=request.actor, at=timezone.now(), meeting_request=row),
        _("Declined."),
    )  # fmt: skip


@door(**POSTS)
@never_cache
@once
def withdraw(request: HttpRequest, address: str, meeting_request: uuid.UUID) -> HttpResponse:
    """Take one's own request back."""
    registration = _enter(request, address)
    row = _mine(registration, meeting_request, asker=registration)
    return _try(
        request, address, lambda: requests.withdraw_request(by=request.actor, at=timezone.now(), meeting_request=row),
        _("Your request is withdrawn."),
    )  # fmt: skip


@door(**POSTS)
@never_cache
@once
def outcome(request: HttpRequest, address: str, meeting: uuid.UUID) -> HttpResponse:
    """Say whether one's own meeting took place."""
    registration, form = _enter(request, address), OutcomeForm(request.POST)
    sides = registration.sides.select_related("registration__person", "meeting")
    side = get_object_or_404(sides, meeting__public_id=meeting)
    if not form.is_valid():
        messages.warning(request, _("Say yes or no."))
        return redirect("link", address=address)
    said = {"took_place": form.cleaned_data["took_place"] == "yes", "words": form.cleaned_data["words"]}
    return _try(
        request, address,
        lambda: outcomes.note_outcome(by=request.actor, at=timezone.now(), side=side, **said),
        _("Thank you, it is noted."),
    )  # fmt: skip
