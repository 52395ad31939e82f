"""A guest's personal link: what it is for, or why it opens nothing any more. Looking at it changes nothing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache

from moussem.accounts.domain.knocks import has_knocked_enough, note_knock
from moussem.accounts.domain.links import LinkClosed, LinkExpired, LinkReplaced, LinkUnknown, open_link
from moussem.accounts.domain.queries.actors import actor_of_link
from moussem.accounts.models import Link
from moussem.core.clients import client_address
from moussem.core.doors import Audience, anyone, door
from moussem.core.panels import panels_for

REFUSALS = {LinkExpired: "expired", LinkReplaced: "replaced"}


@door(audience=Audience.GUEST, permission=anyone)
@never_cache
def link(request: HttpRequest, address: str) -> HttpResponse:
    """Open a link; 410 with a sentence in the guest's language when it is closed, 404 when it is unknown, 429 when
    this network address tried too many.
    """
    at = timezone.now()
    knocker = client_address(request)
    if has_knocked_enough(address=knocker, at=at):
        return render(request, "accounts/guest/too_many.html", status=429)
    try:
        found = open_link(address, at=at)
    except LinkUnknown:
        note_knock(address=knocker, at=at)
        raise Http404 from None
    except LinkClosed as closed:
        _speak(request, closed.link)
        context = {"link": closed.link, "why": REFUSALS.get(type(closed), "revoked")}
        return render(request, "accounts/guest/closed.html", context, status=410)
    _speak(request, found)
    request.actor = actor_of_link(found)
    panels = panels_for("accounts.link", request.actor, found)
    return render(request, "accounts/guest/link.html", {"link": found, "panels": panels})


def _speak(request: HttpRequest, link: Link) -> None:
    translation.activate(link.language)
    request.LANGUAGE_CODE = link.language
