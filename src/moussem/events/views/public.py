"""What everybody may read of events: those published, each part with its source."""

import hashlib
import uuid
from collections.abc import Callable
from datetime import datetime

from django.contrib.messages import get_messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from moussem.core.doors import Audience, anyone, door
from moussem.core.panels import panels_for, with_panels
from moussem.events.domain.drawn_pages import draw_page, drawn_page
from moussem.events.domain.fragments import HandedOut, handed_out
from moussem.events.domain.queries import pages
from moussem.events.enums import FragmentForm, KeptPage
from moussem.events.models import Event, Series

LONGEST = 200
LIVE = "<!--register-->"
"""Where what changes with each registration stands in the page that was drawn."""


def _cursor(request: HttpRequest) -> str:
    return request.GET.get("before", "")[:LONGEST]


@door(audience=Audience.PUBLIC, permission=anyone)
def events(request: HttpRequest) -> HttpResponse:
    """Published events, newest first; those without a stated date apart."""
    return render(request, "events/public/events.html", {"list": pages.events(request.actor, cursor=_cursor(request))})


@door(audience=Audience.PUBLIC, permission=anyone)
def event(request: HttpRequest, event: uuid.UUID) -> HttpResponse:
    """One event: dates, theme, spaces, sessions, who took part, what was said there."""
    return _kept(request, event, KeptPage.EVENT, _drawn_event)


Drawn = tuple[str, datetime | None]
"""A whole page, but for what changes with each registration, and until when it holds (None: no hour changes it)."""


def _kept(
    request: HttpRequest, key: uuid.UUID, page: KeptPage, draw: Callable[[HttpRequest, Event], Drawn]
) -> HttpResponse:
    """A page of an event as it is kept for the public; drawn for whoever is signed in, has a message to read or asks
    for an older page.
    """
    if not request.actor.is_anonymous or request.GET or get_messages(request):
        row = _seen(request, key)
        own = HttpResponse(_live(request, row, draw(request, row)[0])[0])
        own["Cache-Control"] = "private, no-cache"
        return own
    at, language = timezone.now(), get_language().split("-")[0]
    drawn = drawn_page(at=at, event_key=key, page=page, language=language)
    if drawn is None:
        row = _seen(request, key)
        drawn = draw_page(at=at, event=row, page=page, language=language, draw=lambda: draw(request, row))
    body, tag = _live(request, drawn.event, drawn.body)
    etag = f'"{drawn.key.hex}{tag}"'
    answer = get_conditional_response(request, etag=etag, response=HttpResponse(body))
    answer["ETag"], answer["Cache-Control"] = etag, "public, no-cache"
    return answer


def _seen(request: HttpRequest, event: uuid.UUID) -> Event:
    rows = Event.objects.visible_to(request.actor).select_related("subject", "series", "place__within")
    return get_object_or_404(rows, public_id=event)


def _drawn_event(request: HttpRequest, event: Event) -> Drawn:
    reading = pages.event_page.reading(request.actor, event, cursor=_cursor(request))
    page, panels = with_panels(reading, "events.event", request.actor, event)
    asides = panels_for("events.register", request.actor, event)
    lasting = [aside for aside in asides if not aside[1]["is_live"]]
    live = mark_safe(LIVE if len(lasting) < len(asides) else "")
    context = {"page": page, "panels": panels, "asides": lasting, "live": live}
    changes = [panel["changes_at"] for _name, panel in asides if panel["changes_at"]]
    return render_to_string("events/public/event.html", context, request), min(changes, default=None)


def _live(request: HttpRequest, event: Event, body: str) -> tuple[str, str]:
    """The page with what changes with each registration (how many seats are left), and what tells it from before."""
    before, found, after = body.partition(LIVE)
    if not found:
        return body, ""
    asides = [aside for aside in panels_for("events.register", request.actor, event) if aside[1]["is_live"]]
    live = "".join(render_to_string(name, {"panel": panel}, request) for name, panel in asides)
    return f"{before}{live}{after}", hashlib.sha256(live.encode()).hexdigest()[:16]


def _handed_out(request: HttpRequest, event: uuid.UUID, form: FragmentForm) -> HandedOut:
    language = get_language().split("-")[0]
    row = handed_out(by=request.actor, at=timezone.now(), event_key=event, form=form, language=language)
    if row is None:
        raise Http404
    return row


@door(audience=Audience.PUBLIC, permission=anyone)
def agenda(request: HttpRequest, event: uuid.UUID) -> HttpResponse:
    """The published agenda of an event: a grid, on a phone a list."""
    return _kept(request, event, KeptPage.AGENDA, _drawn_agenda)


def _drawn_agenda(request: HttpRequest, event: Event) -> Drawn:
    row = _handed_out(request, event.public_id, FragmentForm.PAGE)
    # It was drawn by our own template, which escapes.
    context = {"event": row.event, "body": mark_safe(row.body)}
    return render_to_string("events/public/agenda.html", context, request), None


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
