"""What everybody may read of events: those published, each part with its source."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from moussem.core.doors import Audience, anyone, door
from moussem.core.panels import panels_for
from moussem.events.domain.queries import pages
from moussem.events.models import Event, Series

LONGEST = 200


def _cursor(request: HttpRequest) -> str:
    return request.GET.get("before", "")[:LONGEST]


@door(audience=Audience.PUBLIC, permission=anyone)
def events(request: HttpRequest) -> HttpResponse:
    """Published events, newest first; those without a stated date apart."""
    return render(request, "events/public/events.html", {"list": pages.events(request.actor, cursor=_cursor(request))})


@door(audience=Audience.PUBLIC, permission=anyone)
def event(request: HttpRequest, event: uuid.UUID) -> HttpResponse:
    """One event: dates, theme, spaces, sessions, who took part, what was said there."""
    rows = Event.objects.visible_to(request.actor).select_related("subject", "series", "place__within")
    row = get_object_or_404(rows, public_id=event)
    page = pages.event_page(request.actor, row, cursor=_cursor(request))
    context = {"page": page, "panels": panels_for("events.event", request.actor, row)}
    return render(request, "events/public/event.html", context)


@door(audience=Audience.PUBLIC, permission=anyone)
def series(request: HttpRequest, series: uuid.UUID) -> HttpResponse:
    """One series with its editions."""
    rows = Series.objects.visible_to(request.actor).select_related("subject")
    row = get_object_or_404(rows, public_id=series)
    page = pages.series_page(request.actor, row, cursor=_cursor(request))
    return render(request, "events/public/series.html", {"page": page})
