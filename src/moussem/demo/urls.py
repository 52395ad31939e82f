"""Addresses of the season's tables, below the language."""

from django.urls import path

from moussem.demo.views import public

public_patterns = (
    [
        path("tables/", public.tables, name="tables-list"),
        path("tables/<slug:table>/", public.table, name="tables-page"),
    ],
    "demo",
)
