"""Addresses of the observatory: public ones below the language, the desk's below the promoter."""

from django.urls import path

from moussem.observatory.views import desk, public

public_patterns = (
    [
        path("", public.front, name="front"),
        path("observatory/", public.observatory, name="index"),
        path("indicators/", public.indicators, name="indicators"),
        path("dossiers/<uuid:subject>/", public.dossier, name="dossier"),
    ],
    "observatory",
)
desk_patterns = (
    [
        path("counts/", desk.counts, name="counts-list"),
        path("events/<uuid:event>/return/", desk.event_return, name="events-return"),
    ],
    "observatory_desk",
)
