"""What everybody may read of agreements: those published, with their documents."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from moussem.agreements.domain.queries.pages import agreement_page, agreements_listed, agreements_seen
from moussem.core.doors import Audience, anyone, door
from moussem.core.panels import with_panels

LONGEST = 200


@door(audience=Audience.PUBLIC, permission=anyone)
def agreements(request: HttpRequest) -> HttpResponse:
    """Published agreements, newest first."""
    found = agreements_listed(request.actor, cursor=request.GET.get("before", "")[:LONGEST])
    return render(request, "agreements/public/agreements.html", {"list": found})


@door(audience=Audience.PUBLIC, permission=anyone)
def agreement(request: HttpRequest, agreement: uuid.UUID) -> HttpResponse:
    """One agreement: who signed, when and where, who owes what."""
    row = get_object_or_404(agreements_seen(request.actor), public_id=agreement)
    page, panels = with_panels(agreement_page.reading(request.actor, row), "agreements.agreement", request.actor, row)
    return render(request, "agreements/public/agreement.html", {"page": page, "panels": panels})
