"""Addresses of the observatory, below the language."""

from django.urls import path

from moussem.observatory.views import public

public_patterns = (
    [
        path("", public.front, name="front"),
        path("observatory/", public.observatory, name="index"),
        path("indicators/", public.indicators, name="indicators"),
        path("dossiers/<uuid:subject>/", public.dossier, name="dossier"),
    ],
    "observatory",
)
