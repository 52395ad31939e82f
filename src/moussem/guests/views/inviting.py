"""Inviting at the desk: send to many, undo within the minute, remind the silent, waves, and each letter tried first."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moussem.accounts.models import User
from moussem.core.doors import Audience, door
from moussem.core.navigation import Verb
from moussem.core.submissions import once
from moussem.events.models import Event
from moussem.guests.domain.queries.inviting import Preview, WantedInvitations, guest_number, inviting, preview
from moussem.guests.domain.sendings import invite_all, remind_silent, undo_sending
from moussem.guests.domain.trials import LETTERS, send_trial
from moussem.guests.domain.waves import put_next, start_waves, stop_waves
from moussem.guests.enums import InvitationState
from moussem.guests.interfaces.letters import LETTER_NAMES
from moussem.guests.interfaces.sentences import REFUSALS, sentence_of
from moussem.guests.models import Sending, Target
from moussem.guests.permissions import can_invite, can_see_desk

STAFF: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_see_desk}
POST: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_invite, "methods": ("POST",)}
LONGEST = 200
MOST_DIGITS = 6


def _asked(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "")[:LONGEST].replace("\x00", "").strip()


def _own(request: HttpRequest, event: uuid.UUID) -> Event:
    rows = Event.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(rows.select_related("place", "promoter"), public_id=event)


def _page(request: HttpRequest, event: Event) -> HttpResponse:
    return redirect("guests_desk:inviting", promoter=request.promoter.slug, event=event.public_id)


def _try(request: HttpRequest, act: Callable[[], str]) -> None:
    """Act, and say what came of it: a success, or the reason why nothing was done."""
    try:
        messages.success(request, act())
    except REFUSALS as refusal:
        messages.warning(request, sentence_of(refusal))


@door(**STAFF)
def event_invitations(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """The invitations of one gathering: what can be sent, undone or stopped, who waits, how each guest stands."""
    row = _own(request, event)
    wanted = WantedInvitations(*(_asked(request, name) for name in ("q", "state", "after")))
    found = inviting(request.actor, row, wanted, at=timezone.now())
    context = {
        "event": row, "inviting": found, "wanted": wanted, "states": InvitationState.choices, "verb": Verb.INVITE,
    }  # fmt: skip
    return render(request, "guests/desk/inviting.html", context)


@door(**POST)
@once
def send(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Invite everybody of the list who is not invited yet; it can be undone for a minute."""
    row = _own(request, event)

    def act() -> str:
        sending = invite_all(by=request.actor, at=timezone.now(), event=row)
        if sending is None:
            return _("Nobody is left to invite: all are invited, or object to invitations.")
        return _leaving(sending)

    _try(request, act)
    return _page(request, row)


def _leaving(sending: Sending) -> str:
    said = ngettext(
        "%(n)s invitation leaves in a minute. Until then you can undo it here.",
        "%(n)s invitations leave in a minute. Until then you can undo it here.",
        sending.count,
    )
    return said % {"n": sending.count}


@door(**POST)
@once
def remind(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Remind every silent guest; it can be undone for a minute."""
    row = _own(request, event)

    def act() -> str:
        sending = remind_silent(by=request.actor, at=timezone.now(), event=row)
        if sending is None:
            return _("Nobody was reminded: all have answered, or were reminded less than 20 hours ago.")
        said = ngettext(
            "%(n)s reminder leaves in a minute. Until then you can undo it here.",
            "%(n)s reminders leave in a minute. Until then you can undo it here.",
            sending.count,
        )
        return said % {"n": sending.count}

    _try(request, act)
    return _page(request, row)


@door(**POST)
@once
def undo(request: HttpRequest, promoter: str, event: uuid.UUID, sending: uuid.UUID) -> HttpResponse:
    """Undo what was sent to many, before it leaves."""
    row = _own(request, event)
    rows = Sending.objects.visible_to(request.actor).filter(event=row)
    found = get_object_or_404(rows.select_related("event__promoter"), public_id=sending)

    def act() -> str:
        n = undo_sending(by=request.actor, at=timezone.now(), sending=found)
        return ngettext(
            "Undone: %(n)s letter does not leave.", "Undone: %(n)s letters do not leave.", n
        ) % {"n": n}  # fmt: skip

    _try(request, act)
    return _page(request, row)


@door(**POST)
@once
def begin_waves(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Invite by waves from now on."""
    row = _own(request, event)

    def act() -> str:
        sending = start_waves(by=request.actor, at=timezone.now(), event=row)
        return _leaving(sending) if sending else _("Waves are on. Nobody is to be invited now.")

    _try(request, act)
    return _page(request, row)


@door(**POST)
@once
def end_waves(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Invite nobody by waves any more."""
    row = _own(request, event)
    stop_waves(by=request.actor, at=timezone.now(), event=row)
    messages.success(request, _("Waves are off. Who is invited stays invited."))
    return _page(request, row)


@door(**POST)
@once
def be_next(request: HttpRequest, promoter: str, event: uuid.UUID, target: uuid.UUID) -> HttpResponse:
    """Let a guest be the next whom waves invite."""
    row = _own(request, event)
    rows = Target.objects.visible_to(request.actor).filter(event=row)
    found = get_object_or_404(rows.select_related("person"), public_id=target)
    put_next(by=request.actor, at=timezone.now(), target=found)
    messages.success(request, _("%(guest)s is the next to be invited by waves.") % {"guest": found.person.name})
    return redirect("guests_desk:guests-guest", promoter=promoter, event=row.public_id, target=found.public_id)


def _number(said: str) -> int:
    """The number of a guest as asked for; 1 for what is none."""
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS else 1


def _preview(request: HttpRequest, event: Event) -> Preview:
    letter = _asked(request, "letter") or LETTERS[0]
    if letter not in LETTERS:
        raise Http404
    found = preview(
        request.actor, event, number=_number(_asked(request, "n")), letter=letter, at=timezone.now()
    )  # fmt: skip
    if found is None:
        raise Http404
    return found


@door(**STAFF)
def try_letter(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """A letter as guest no. 7 will get it."""
    row = _own(request, event)
    context = {
        "event": row, "found": _preview(request, row), "letter": _asked(request, "letter") or LETTERS[0],
        "letters": LETTER_NAMES.items(), "may_write": can_invite(request.actor), "verb": Verb.INVITE,
    }  # fmt: skip
    return render(request, "guests/desk/preview.html", context)


@door(**STAFF)
def try_entry(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """The calendar entry of that letter."""
    found = _preview(request, _own(request, event))
    entry = next(iter(found.letter.attachments), None)
    if entry is None:
        raise Http404
    response = HttpResponse(entry.content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{entry.filename}"'
    return response


@door(**POST)
@once
def try_on_oneself(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Send that letter to oneself."""
    row = _own(request, event)
    found = guest_number(request.actor, row, _number(request.POST.get("n", "")))
    letter = request.POST.get("letter", "")
    user = User.objects.visible_to(request.actor).filter(public_id=request.actor.id).first()
    if found is None or user is None or letter not in LETTERS:
        raise Http404
    send_trial(by=request.actor, at=timezone.now(), target=found[0], letter=letter, user=user)
    messages.success(request, _("The letter leaves now, to %(address)s.") % {"address": user.email})
    return _page(request, row)
