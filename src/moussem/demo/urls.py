"""Addresses of the season's tables, below the language; and of the playground."""

from django.urls import path

from moussem.demo.views import playground, public

public_patterns = (
    [
        path("tables/", public.tables, name="tables-list"),
        path("tables/<slug:table>/", public.table, name="tables-page"),
    ],
    "demo",
)
playground_patterns = (
    [
        path("playground/", playground.enter, name="playground"),
        path("p/<slug:promoter>/playground/become/", playground.become, name="playground-become"),
        path("p/<slug:promoter>/playground/anew/", playground.anew, name="playground-anew"),
    ],
    "demo_desk",
)
