"""What everybody may read of events: those published, each part with its source."""

import hashlib
import uuid

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
from moussem.core.panels import panels_for
from moussem.events.domain.drawn_pages import draw_page, drawn_page
from moussem.events.domain.fragments import HandedOut, handed_out
from moussem.events.domain.queries import pages
from moussem.events.enums import FragmentForm
from moussem.events.models import Event, Series

LONGEST = 200
LIVE = "<!--register-->"
"""Where what changes by the hour stands in the page that was drawn."""


def _cursor(request: HttpRequest) -> str:
    return request.GET.get("before", "")[:LONGEST]


@door(audience=Audience.PUBLIC, permission=anyone)
def events(request: HttpRequest) -> HttpResponse:
    """Published events, newest first; those without a stated date apart."""
    return render(request, "events/public/events.html", {"list": pages.events(request.actor, cursor=_cursor(request))})


@door(audience=Audience.PUBLIC, permission=anyone)
def event(request: HttpRequest, event: uuid.UUID) -> HttpResponse:
    """One event: dates, theme, spaces, sessions, who took part, what was said there."""
    if not request.actor.is_anonymous or request.GET:
        row = _seen(request, event)
        title, body = _drawn(request, row)
        return _event_page(request, title, body, _live(request, row))
    language = _language()
    page = drawn_page(event_key=event, language=language)
    if page is None:
        row = _seen(request, event)
        page = draw_page(at=timezone.now(), event=row, language=language, draw=lambda: _drawn(request, row))
    live = _live(request, page.event)
    etag = f'"{hashlib.sha256(f"{page.key}{live}".encode()).hexdigest()[:32]}"'
    # What was said to this reader alone stands in the page, too: it is not kept.
    told = bool(get_messages(request))
    answer = None if told else get_conditional_response(request, etag=etag)
    if answer is None:
        answer = _event_page(request, page.title, page.body, live)
    if not told:
        answer["ETag"], answer["Cache-Control"] = etag, "public, no-cache"
    return answer


def _seen(request: HttpRequest, event: uuid.UUID) -> Event:
    rows = Event.objects.visible_to(request.actor).select_related("subject", "series", "place__within")
    return get_object_or_404(rows, public_id=event)


def _language() -> str:
    return (get_language() or "").split("-")[0]


def _drawn(request: HttpRequest, event: Event) -> tuple[str, str]:
    """The title and the body of the page, all but what changes by the hour."""
    page = pages.event_page(request.actor, event, cursor=_cursor(request))
    context = {"page": page, "panels": panels_for("events.event", request.actor, event)}
    return page.name, render_to_string("events/public/event_body.html", context, request)


def _live(request: HttpRequest, event: Event) -> str:
    """What changes by the hour: whether one may register, and how many seats are left where that is told."""
    found = panels_for("events.register", request.actor, event)
    return "".join(render_to_string(name, {"panel": panel}, request) for name, panel in found)


def _event_page(request: HttpRequest, title: str, body: str, live: str) -> HttpResponse:
    before, _, after = body.partition(LIVE)
    # Each was drawn by our own templates, which escape.
    context = {"title": title, "before": mark_safe(before), "live": mark_safe(live), "after": mark_safe(after)}
    return render(request, "events/public/event.html", context)


def _handed_out(request: HttpRequest, event: uuid.UUID, form: FragmentForm) -> HandedOut:
    row = handed_out(by=request.actor, at=timezone.now(), event_key=event, form=form, language=_language())
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
