"""The guest's own answer, below the address of the personal link. Opening changes nothing; only a sent form does."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moussem.accounts.models import Link
from moussem.core.doors import Audience, anyone, door
from moussem.core.submissions import once
from moussem.guests.domain.answers import answer as take_answer
from moussem.guests.domain.letters import appointment_of
from moussem.guests.domain.queries.guest import guest_page, invitation_of, invitation_to_answer
from moussem.guests.domain.space_seats import SpaceFull, spaces_to_choose
from moussem.guests.domain.zone_choice import ZoneUnknown, choose_zone
from moussem.guests.enums import InvitationState
from moussem.guests.interfaces.entering import enter_as_guest
from moussem.guests.interfaces.forms import AnswerForm
from moussem.guests.interfaces.sentences import REFUSALS, sentence_of
from moussem.guests.models import Invitation

LONGEST_ZONE = 40


@door(audience=Audience.GUEST, permission=anyone, methods=("POST",))
@never_cache
def answer(request: HttpRequest, address: str) -> HttpResponse:
    """Take the guest's answer, or the change of it."""
    return _answered(request, enter_as_guest(request, address), address)


@once
def _answered(request: HttpRequest, link: Link, address: str) -> HttpResponse:
    invitation = invitation_to_answer(request.actor, link)
    if invitation is None:
        raise Http404
    form = AnswerForm(request.POST, invitation=invitation, choices=spaces_to_choose(invitation.event))
    if not form.is_valid():
        return _again(request, link, address, form)
    try:
        taken = take_answer(by=request.actor, at=timezone.now(), invitation=invitation, said=form.said)
    except REFUSALS as refusal:
        form.add_error("spaces" if isinstance(refusal, SpaceFull) else "answer", sentence_of(refusal))
        return _again(request, link, address, form)
    messages.success(request, _thanks(taken))
    return redirect("link", address=address)


def _thanks(invitation: Invitation) -> str:
    said = {
        InvitationState.ON_SITE: _("Thank you. A seat is kept for you on site."),
        InvitationState.ONLINE: _("Thank you. A seat is kept for you online."),
        InvitationState.WAITING: _("Thank you. All seats are taken: you are on the waiting list, and we will write."),
        InvitationState.DELEGATED: _("Thank you. Your colleague receives an invitation of their own."),
    }
    return said.get(InvitationState(invitation.state), _("Thank you for letting us know."))


def _again(request: HttpRequest, link: Link, address: str, form: AnswerForm) -> HttpResponse:
    invitation = invitation_of(request.actor, link)
    if invitation is None:
        raise Http404
    panel = {"page": guest_page(invitation, at=timezone.now()), "form": form}
    context = {
        "link": link, "address": address,
        "banners": [("guests/guest/banner.html", panel)], "panels": [("guests/guest/invitation.html", panel)],
    }  # fmt: skip
    return render(request, "accounts/guest/link.html", context, status=422)


@door(audience=Audience.GUEST, permission=anyone, methods=("POST",))
@never_cache
def zone(request: HttpRequest, address: str) -> HttpResponse:
    """Show the guest's times in the zone they choose."""
    return _rezoned(request, enter_as_guest(request, address), address)


@once
def _rezoned(request: HttpRequest, link: Link, address: str) -> HttpResponse:
    invitation = invitation_of(request.actor, link)
    if invitation is None:
        raise Http404
    said = request.POST.get("zone", "")[:LONGEST_ZONE]
    try:
        choose_zone(by=request.actor, at=timezone.now(), invitation=invitation, zone=said)
    except ZoneUnknown:
        messages.warning(request, _("This time zone is not known here. Choose one of the list."))
    else:
        messages.success(request, _("Hours are shown by the clock that you chose."))
    return redirect("link", address=address)


@door(audience=Audience.GUEST, permission=anyone)
@never_cache
def appointment(request: HttpRequest, address: str) -> HttpResponse:
    """The gathering as a calendar entry."""
    link = enter_as_guest(request, address)
    invitation = invitation_of(request.actor, link)
    entry = appointment_of(invitation, language=link.language, attendee=invitation.person.email) if invitation else None
    if entry is None:
        raise Http404
    response = HttpResponse(entry.content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{entry.filename}"'
    return response
