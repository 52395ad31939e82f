"""Public addresses, below the language."""

from django.urls import path

from moussem.directory.views import public

urlpatterns = [
    path("organisations/", public.organisations, name="organisations-list"),
    path("organisations/<uuid:key>/", public.organisation, name="organisations-page"),
    path("people/", public.people, name="people-list"),
    path("people/<uuid:key>/", public.person, name="people-page"),
    path("parks/", public.parks, name="parks-list"),
    path("parks/<uuid:key>/", public.park, name="parks-page"),
    path("places/<uuid:key>/", public.place, name="places-page"),
]
