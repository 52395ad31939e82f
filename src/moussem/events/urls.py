"""Addresses of events: public ones below the language."""

from django.urls import path

from moussem.events.views import public

public_patterns = (
    [
        path("events/", public.events, name="events-list"),
        path("events/<uuid:event>/", public.event, name="events-page"),
        path("series/<uuid:series>/", public.series, name="events-series"),
    ],
    "events",
)
