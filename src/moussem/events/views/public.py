"""What everybody may read of events: those published, each part with its source."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from moussem.core.doors import Audience, anyone, door
from moussem.core.panels import with_panels
from moussem.events.domain.fragments import HandedOut, handed_out
from moussem.events.domain.queries import pages
from moussem.events.enums import FragmentForm
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
    reading = pages.event_page.reading(request.actor, row, cursor=_cursor(request))
    page, panels = with_panels(reading, "events.event", request.actor, row)
    context = {"page": page, "panels": panels}
    return render(request, "events/public/event.html", context)


def _handed_out(request: HttpRequest, event: uuid.UUID, form: FragmentForm) -> HandedOut:
    language = (get_language() or "").split("-")[0]
    row = handed_out(by=request.actor, at=timezone.now(), event_key=event, form=form, language=language)
    if row is None:
        raise Http404
    return row


@door(audience=Audience.PUBLIC, permission=anyone)
def agenda(request: HttpRequest, event: uuid.UUID) -> HttpResponse:
    """The published agenda of an event: a grid, on a phone a list."""
    row = _handed_out(request, event, FragmentForm.PAGE)
    # It was drawn by our own template, which escapes.
    context = {"event": row.event, "body": mark_safe(row.body)}
    return render(request, "events/public/agenda.html", context)


@door(audience=Audience.PUBLIC, permission=anyone)
def agenda_feed(request: HttpRequest, event: uuid.UUID) -> HttpResponse:
    """The published agenda as JSON."""
    return _feed(request, event, FragmentForm.JSON, "application/json")


@door(audience=Audience.PUBLIC, permission=anyone)
def agenda_calendar(request: HttpRequest, event: uuid.UUID) -> HttpResponse:
    """The published agenda as a calendar to subscribe to."""
    return _feed(request, event, FragmentForm.CALENDAR, "text/calendar; charset=utf-8")


def _feed(request: HttpRequest, event: uuid.UUID, form: FragmentForm, media_type: str) -> HttpResponse:
    """A feed, or 304 to whoever has it already. It may be kept, and is asked for anew each time."""
    row = _handed_out(request, event, form)
    etag, modified = f'"{row.key.hex}"', int(row.drawn_at.timestamp())
    whole = HttpResponse(row.body, content_type=media_type)
    answer = get_conditional_response(request, etag=etag, last_modified=modified, response=whole)
    answer["ETag"], answer["Last-Modified"], answer["Cache-Control"] = etag, http_date(modified), "no-cache"
    return answer


@door(audience=Audience.PUBLIC, permission=anyone)
def series(request: HttpRequest, series: uuid.UUID) -> HttpResponse:
    """One series with its editions."""
    rows = Series.objects.visible_to(request.actor).select_related("subject")
    row = get_object_or_404(rows, public_id=series)
    page = pages.series_page(request.actor, row, cursor=_cursor(request))
    return render(request, "events/public/series.html", {"page": page})
