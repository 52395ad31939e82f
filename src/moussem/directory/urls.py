"""Addresses of the directory: public ones below the language, desk ones below the promoter."""

from django.urls import path

from moussem.directory.views import public

public_patterns = (
    [
        path("organisations/", public.organisations, name="organisations-list"),
        path("organisations/<uuid:organisation>/", public.organisation, name="organisations-page"),
        path("people/", public.people, name="people-list"),
        path("people/<uuid:person>/", public.person, name="people-page"),
        path("parks/", public.parks, name="parks-list"),
        path("parks/<uuid:park>/", public.park, name="parks-page"),
        path("places/<uuid:place>/", public.place, name="places-page"),
    ],
    "directory",
)
