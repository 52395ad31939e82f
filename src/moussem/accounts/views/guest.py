"""A guest’s personal link: what it is for. Looking at it changes nothing; the middleware answers for a closed one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from moussem.accounts.domain.queries.actors import actor_of_link
from moussem.accounts.domain.visits import enter_by_link
from moussem.accounts.enums import LinkPurpose
from moussem.core.clients import client_address, speak
from moussem.core.doors import Audience, anyone, door
from moussem.core.panels import panels_for


@door(audience=Audience.GUEST, permission=anyone)
@never_cache
def link(request: HttpRequest, address: str) -> HttpResponse:
    """Open a link; 410 with a sentence in the guest's language when it is closed, 404 when it is unknown, 429 when
    this network address tried too many.

    Higher rooms add panels to the pages "accounts.link-banner" (the head) and "accounts.link" (what is done here).
    """
    found = enter_by_link(address=address, knocker=client_address(request), at=timezone.now())
    speak(request, found.language, to_guest=found.purpose == LinkPurpose.ANSWER)
    request.actor = actor_of_link(found)
    context = {
        "link": found,
        "address": address,
        "banners": panels_for("accounts.link-banner", request.actor, found),
        "panels": panels_for("accounts.link", request.actor, found),
    }
    return render(request, "accounts/guest/link.html", context)
